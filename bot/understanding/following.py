"""Clauses without a head: they go on with the deed before, or are dates, places and bare pairs of their own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .asides import back_from, brought, classes_named, ended, handed_out, of_a_class, of_all_units, printed, stayed
from .clauses import FILLER, Clause, rest
from .deeds import PEOPLE, PROOF, Deed, number_of
from .form_lines import LONG, behind_lead, form_line, length_alone
from .late import late, several
from .pairs import PAIR_KINDS, SMALL, more_people, open_pair
from .people import Group, groups, is_person_number
from .places import note_schools
from .productions import astray
from .scene import Scene, take_dates
from .time_out import note_length
from .tokens import Token
from .unheld import elsewhere, held_later

DAY_KINDS = several("date num half_day whole_day part_day conj also colon done again forgot school at")


def read_headless(scene: Scene, clause: Clause) -> None:
    """A clause without a head."""
    clause = behind_lead(clause)
    if day_by_day(scene, clause):
        return
    name_place(scene, clause)
    aside = clause.opener == "open" and scene.date_at == clause.start - 1
    fresh = not aside and take_dates(scene, clause, opening(scene, clause))
    scene.planning = scene.planning or "plan" in clause.roles
    nothing_of_it(scene, clause)
    held_later(scene, clause)
    brought(scene, clause)
    stayed(scene, clause)
    form_line(scene, clause)
    note_class(scene, clause)
    classes_named(scene, clause)
    of_a_class(scene, clause)
    of_all_units(scene, clause)
    if "sent" in clause.roles and handed_out(scene, clause):
        return
    found, things = counted(scene, clause)
    if "lost" in clause.roles:
        things = [t for t in things if not astray(clause.tokens, clause.tokens.index(t))]
    if found:
        more_people(scene, clause, found)
    elif things and not (EACH_ONE.match(scene.text, clause.start) and any(d.numbers for d in scene.recent[-2:])):
        more_things(scene, clause, things)
    elif fresh and "meeting" not in clause.roles:
        late_date(scene, clause)
    if not LONG.isdisjoint(clause.roles):
        length_alone(scene, clause)
        if "date" in clause.roles:
            note_length(scene, clause)
    if "half_day" in clause.roles and scene.last is not None and scene.last.activity == "on_site":
        scene.last.half = scene.last.half or not scene.last.numbers


def name_place(scene: Scene, clause: Clause) -> None:
    """A school named by itself holds on, and may be where the deed before was."""
    if "school" in clause.roles:
        note_schools(scene, clause)
    for token in clause.tokens if "school" in clause.roles else ():
        if token.roles.get("school") == "named":
            scene.place = (token.start, token.end)
            late_place(scene, clause)
        if "school" in token.roles:
            back_from(scene, clause, token)


def nothing_of_it(scene: Scene, clause: Clause) -> None:
    """宣讲(×): the deed before was not done; 案例2个(待定稿) was not finished."""
    if (
        "half" in clause.roles
        and clause.opener == "open"
        and scene.last is not None
        and scene.last.activity in PROOF
        and not rest(scene.text, clause, PAIR_KINDS | {"half", "neg"})
    ):
        scene.last.dropped = True
        return
    if (
        ("zero" in clause.roles or ("neg" in clause.roles and clause.opener == "open"))
        and scene.last is not None
        and clause.opener in SMALL
        and len(clause.tokens) == 1
        and scene.date_at <= scene.last.end
    ):
        scene.last.negated = scene.last.negated or not rest(scene.text, clause, PAIR_KINDS | {"neg"})


def counted(scene: Scene, clause: Clause) -> tuple[list[Group], list[Token]]:
    """The people and the numbers of things in a clause; a bare number belongs to the deed that still lacks one."""
    found = groups(scene.text, clause.tokens)
    if elsewhere(scene, clause, found):
        return [], []
    if uncounted(scene, clause):
        return [], [t for t in clause.tokens if "num" in t.roles]
    if scene.last is not None and scene.last.activity == "survey":
        came = [t for t in clause.tokens if t.roles.get("num", "no") in scene.last.accepts]
        if came:
            return [], came
    return found, [t for t in clause.tokens if "num" in t.roles and not is_person_number(t)]


def day_by_day(scene: Scene, clause: Clause) -> bool:
    """补报蹲点3天:9号半天、10号一天: each day with its length is a stay of its own, in place of the whole."""
    last = scene.last
    if last is None or last.activity != "on_site" or "date" not in clause.roles:
        return False
    if rest(scene.text, clause, DAY_KINDS) or not all(of_days(t) for t in clause.tokens):
        return False
    pairs = [
        (a, b) for a, b in pairwise(clause.tokens) if "date" in a.roles and (LONG & b.roles.keys() or "num" in b.roles)
    ]
    if not pairs:
        return False
    last.dropped = last.dropped or bool(last.numbers) or not last.dated
    for day, length in pairs:
        scene.dated([day], forward=False)
        deed = scene.last = scene.apart(last)
        deed.numbers = [number_of(length)] if length.number else []
        deed.half, deed.whole, deed.dropped, deed.proven = (
            "half_day" in length.roles,
            "whole_day" in length.roles,
            False,
            True,
        )
    last.dropped = last.dropped and scene.sentence - last.sentence <= 1
    return True


def of_days(token: Token) -> bool:
    """True for all but numbers of other things than days; 9号一回 is a day."""
    unit = token.roles.get("num", "day")
    return unit == "day" or (unit == "session" and token.number is not None and token.number.value == 1)


def opening(scene: Scene, clause: Clause) -> list[Token]:
    """The words before anything else is told: a date among later ones (核对本学期记录) is not the day of the deed."""
    if "prep" not in clause.roles:
        return list(clause.tokens)
    at = clause.start
    kept: list[Token] = []
    for token in clause.tokens:
        if (
            any(c not in FILLER for c in scene.text[at : token.start])
            and len(kept) > 0
            and any("prep" in t.roles for t in kept)
        ):
            break
        if "date" in token.roles and any("aud" in t.roles for t in kept) and any("prep" in t.roles for t in kept):
            break
        kept.append(token)
        at = token.end
    return kept


def uncounted(scene: Scene, clause: Clause) -> bool:
    """宣讲 1: a bare number behind a deed that has none counts it."""
    last = scene.last
    if (
        last is None
        or last.numbers
        or last.crowd
        or last.activity in PEOPLE
        or clause.opener not in ("space", "open", "comma")
    ):
        return False
    told = [
        t for t in clause.tokens if "colon" not in t.roles and t.word not in ("次数", "数量", "场次", "节数", "份数")
    ]
    return len(told) == 1 and told[0].roles.get("num") == "" and "" in last.accepts


def note_class(scene: Scene, clause: Clause) -> None:
    """高一3班45人: a class and its size, for what is said of it next."""
    label, size = clause.first("class"), next((t for t in clause.tokens if is_person_number(t)), None)
    if size is not None and (label is not None or "班" in scene.text[clause.start : clause.end]):
        scene.klass, scene.size = (label.start, label.end) if label else None, size.number


def late_place(scene: Scene, clause: Clause) -> None:
    """去了,第一实验小学; …都在梧桐小学: a school said last is where it was."""
    everything = any(t.word in ("都在", "均在", "全在") for t in clause.tokens)
    for deed in scene.deeds if everything else scene.deeds[-1:]:
        if deed.place is None and (
            everything or (deed.activity == "on_site" and not rest(scene.text, clause, PAIR_KINDS))
        ):
            deed.place = scene.place


def late_date(scene: Scene, clause: Clause) -> None:
    """以上都是昨天的: a date said last covers what was said before it."""
    if scene.ahead:
        if scene.topic and "补" in scene.text[clause.start : clause.end]:
            open_pair(scene, clause, [replace(g, number=g.number) for g in scene.topic], None)
        return
    if "these" in clause.roles or "all" in clause.roles:
        scene.redate(scene.deeds)
        return
    clean = not rest(scene.text, clause, PAIR_KINDS)
    ended(scene)
    if (
        scene.last is not None
        and (scene.last.activity == "on_site" or told_as_often(scene.last, len(scene.days)))
        and len(scene.days) > 1
        and scene.near(scene.last)
        and clean
    ):
        scene.redate([scene.last])
        return
    undated = [d for d in scene.recent if d.sentence == scene.sentence and not d.dated]
    if undated and clause.opener in SMALL and (clean or ended_on(scene, clause)):
        scene.redate(undated)


ENDED = late(
    "(?:[上下]午|晚上|中午|早上|刚|才|就|已经?|都|全部?)*(?:送达|送到|送去|送来|到位|办完|办好|办妥|办成|落实|装好|弄好|修好|搞好|搞完|发完|收齐|完成|结束|(?:交|做|搞|弄|办|讲|上|开|听|谈|聊|去|访|发|送|写|组织|进行)的)了?的?"
)


def ended_on(scene: Scene, clause: Clause) -> bool:
    """协调到图书三百册,昨日送达: on which day what was told came to its end."""
    day = clause.tokens[0] if clause.tokens and "date" in clause.tokens[0].roles else None
    return day is not None and ENDED.fullmatch(scene.text, day.end, clause.end) is not None


def told_as_often(last: Deed, days: int) -> bool:
    """这个月宣讲2场(10月9日、10月20日): as many days as there were sessions."""
    return len(last.numbers) == 1 and last.numbers[0][0].value == days


def more_things(scene: Scene, clause: Clause, things: list[Token]) -> None:
    """A number in a clause of its own counts the deed before it, or the same deed once more."""
    if scene.last is None and "total" in clause.roles and things[0].roles["num"] == "day":
        scene.last = scene.open("on_site", things[0].start, things[0].end)
    if scene.last is None or not scene.near(scene.last):
        return
    come_true(scene, clause)
    things = things[-1:] if scene.last.activity == "survey" and "got" in clause.roles else things
    uncounted_yet = not scene.last.numbers
    for token in things:
        if (
            token.number is None
            or token.roles["num"] not in scene.last.accepts
            or (clause.opener == "open" and scene.last.numbers and "got" not in clause.roles)
        ):
            continue
        if forgotten(scene, clause, token):
            continue
        if uncounted_yet:
            scene.last.numbers.append(number_of(token))
        elif scene.last.activity == "survey" and "got" in clause.roles and of_others(scene.last, clause):
            scene.last = scene.apart(scene.last)
            scene.last.numbers.append(number_of(token))
        elif scene.last.activity == "survey" and ("got" in clause.roles or printed(scene, clause)):
            scene.last.numbers, scene.last.sent = [number_of(token)], "got" not in clause.roles
        elif not ANEW.isdisjoint(clause.roles):
            scene.last = scene.apart(scene.last)
            scene.last.numbers.append(number_of(token))


ANEW = frozenset(("date", "part_day", "also", "aud"))


def of_others(last: Deed, clause: Clause) -> bool:
    """家长填了38份,学生填了41份: forms of other people than those before."""
    return "grade" in clause.roles or "class" in clause.roles or ("aud" in clause.roles and not last.sent)


def come_true(scene: Scene, clause: Clause) -> None:
    """本来该交问卷,结果只收回31份: what was meant is done now; 两个班,每班一节 is one for each."""
    last = scene.last
    if last is None:
        return
    if (last.dropped or last.planned) and "actual" in clause.roles and not scene.ahead:
        last = scene.last = scene.apart(last)
        last.planned = last.dropped = False
    if "each" in clause.roles and last.units and not last.numbers:
        last.times = last.units


EACH_ONE = late("一[班校]一[节场堂次]|一个班一[节场堂次]")


def forgotten(scene: Scene, clause: Clause, token: Token) -> bool:
    """还有一天想不起来了: a day somewhere in the span spoken of."""
    if "forgot" not in clause.roles or scene.last is None or scene.last.activity != "on_site":
        return False
    deed = scene.apart(scene.last)
    deed.days, deed.numbers = scene.span_around(), [number_of(token)]
    return True
