"""From clauses to deeds: each clause is cut at its heads, and every number and person goes to the head it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from .clauses import Clause, rest
from .deeds import EVENTS, PEOPLE, PROOF, Deed, number_of
from .lexer import Token
from .people import Group, groups, is_person_number
from .scene import Scene

PAIR_KINDS = frozenset(
    ("aud", "num", "each", "sum", "conj", "among", "colon", "dash", "date", "school", "part_day", "also", "tick", "zero", "again", "first", "total", "attend", "grade", "class", "expected", "noise", "actual", "done", "these", "ask")
)
GOING = frozenset(("date", "school", "part_day", "half_day", "whole_day", "go", "at", "mean", "num", "conj", "also", "noise", "actual", "done", "again", "these", "each", "prep", "visit", "first", "ask"))
WEAK_PLAN = frozenset("要 想 将 等 应 须 需 待 若 欲 该 得去 再去 会去 应当 必须 需要 的话 有空".split())
BETWEEN_DATES = " 、,和跟与及还有也"
DONE_MARKS = "了过"


@dataclass(slots=True)
class Part:
    """A head with the tokens before it (back to the head before) and behind it (up to the next)."""

    head: Token | None
    activity: str
    tone: str
    before: list[Token] = field(default_factory=list)
    behind: list[Token] = field(default_factory=list)
    negated: bool = False


def read_clause(scene: Scene, clause: Clause) -> None:
    """Adds to the scene what one clause says."""
    scene.clause += 1
    if clause.hard:
        scene.sentence += 1
        scene.planning = scene.dropping = scene.totalling = False
    moods(scene, clause)
    parts = cut(scene, clause)
    if not parts:
        read_headless(scene, clause)
        return
    settle_dates(scene, clause, parts)
    for part in parts:
        read_part(scene, clause, part)
    close(scene, clause)


def moods(scene: Scene, clause: Clause) -> None:
    """Plans, plans given up, totals and questions that begin in this clause."""
    if clause.has("ask"):
        scene.asks = True
    if clause.has("orig"):
        scene.dropping = True
    elif clause.has("actual"):
        scene.dropping = False
    if clause.has("total"):
        scene.totalling = True


def cut(scene: Scene, clause: Clause) -> list[Part]:
    """The clause cut at its heads."""
    parts: list[Part] = []
    held: list[Token] = []
    tokens = clause.tokens
    for at, token in enumerate(tokens):
        head = head_of(scene, clause, at)
        if head is None:
            held.append(token)
            continue
        if parts and heard(parts[-1], token, held):
            held.append(token)
            continue
        part = Part(token, *head)
        part.before, rest_of = divide(parts[-1] if parts else None, held, part)
        if parts:
            parts[-1].behind = rest_of
        part.negated = denied(part, token)
        parts.append(part)
        held = []
    if parts:
        parts[-1].behind = held
    return parts


def denied(part: Part, head: Token) -> bool:
    """True where the words before a head say that it was not done."""
    if "neg" in head.roles or any("neg" in t.roles for t in part.before[-4:]):
        return True
    return bool(part.before) and "zero" in part.before[-1].roles and part.before[-1].end == head.start


def heard(before: Part, token: Token, held: Sequence[Token]) -> bool:
    """听少先队活动课1节 is listening; 100名队员听了队课 a lecture that people heard."""
    if before.activity != "class_visit" or before.tone != "weak" or token.roles.get("act") not in ("lecture", "class_visit") or held:
        return False
    if token.roles["act"] == "lecture" and any("num" in t.roles and "person" in t.roles.values() for t in before.before):
        before.activity = "lecture"
    before.tone = "words"
    return True


def head_of(scene: Scene, clause: Clause, at: int) -> tuple[str, str] | None:
    """The deed a word stands for, with its tone; none where it stands for no deed here."""
    token = clause.tokens[at]
    roles = token.roles
    if "act" in roles:
        return None if describes(scene, clause, at) else (roles["act"], roles["tone"])
    for role, rule in HEADS.items():
        if role in roles and (found := rule(scene, clause, at)):
            return found, "words" if role != "mean" else "weak"
    return None


def describes(scene: Scene, clause: Clause, at: int) -> bool:
    """两个填问卷的同学: a deed's name that only tells which people are meant."""
    token = clause.tokens[at]
    after = clause.tokens[at + 1] if at + 1 < len(clause.tokens) else None
    if after is None or "aud" not in after.roles or scene.text[token.end : after.start] != "的" or token.roles["act"] == "interview":
        return False
    return any({"num", "prep"} & t.roles.keys() for t in clause.tokens[:at])


def going(scene: Scene, clause: Clause, at: int) -> str | None:
    """去实验小学: going to a school is being there."""
    return "on_site" if school_after(scene, clause, at) else None


def school_after(scene: Scene, clause: Clause, at: int) -> Token | None:
    """The school a verb leads to: right behind it, or behind a few words without weight."""
    end = clause.tokens[at].end
    for token in clause.tokens[at + 1 : at + 4]:
        if token.start - end > 6:
            return None
        if "school" in token.roles:
            return token
        if not ({"noise", "go", "also", "grade"} & token.roles.keys()):
            return None
        end = token.end
    return None


def staying(scene: Scene, clause: Clause, at: int) -> str | None:
    """昨天今天都在马家岔教学点: being at a school, where nothing else is said."""
    if not school_after(scene, clause, at):
        return None
    if any("act" in t.roles for t in clause.tokens) or rest(scene.text, clause, GOING):
        return None
    return "on_site"


def simply_going(scene: Scene, clause: Clause, at: int) -> str | None:
    """今天去了半天, 这周去了一二四: a day and going is all that is said."""
    if any("act" in t.roles or "school" in t.roles for t in clause.tokens) or rest(scene.text, clause, GOING):
        return None
    if any({"go", "mean"} & t.roles.keys() for t in clause.tokens[:at]) or any(is_person_number(t) for t in clause.tokens):
        return None
    known = clause.has("date") or clause.has("half_day") or scene.named_school or scene.date_at >= 0
    return "on_site" if known else None


def not_going(scene: Scene, clause: Clause, at: int) -> str | None:
    """没去, 未到校: not having been there."""
    token = clause.tokens[at]
    if token.word[-1:] in "去到来下进往赴" and len(token.word) > 1:
        after = clause.tokens[at + 1 : at + 2]
        if not after or "school" in after[0].roles or after[0].start - token.end > 2 or "date" in after[0].roles:
            return "on_site"
    after_tokens = clause.tokens[at + 1 : at + 2]
    if after_tokens and "go" in after_tokens[0].roles and after_tokens[0].start - token.end <= 2:
        return None
    return None


HeadRule = Callable[[Scene, Clause, int], str | None]


def linking(scene: Scene, clause: Clause, at: int) -> str | None:
    """联系1个中队, 联系的是四(3)中队."""
    for token in clause.tokens[at + 1 : at + 3]:
        if "class" in token.roles or token.roles.get("num") == "group":
            return "unit_link"
    return None


def visiting(scene: Scene, clause: Clause, at: int) -> str | None:
    """走访3个班, 走访六年级一班、二班."""
    after = clause.tokens[at + 1 : at + 2]
    if after and after[0].start - clause.tokens[at].end <= 2 and ("class" in after[0].roles or after[0].roles.get("num") == "group"):
        return "class_visit"
    if clause.tokens[at].word.startswith("走访") and after and ("aud" in after[0].roles or is_person_number(after[0])):
        return "interview"
    return None


HEADS: dict[str, HeadRule] = {
    "neg": not_going, "link": linking, "visit": visiting, "go": going, "at": staying, "mean": simply_going,
}  # fmt: skip


def divide(before: Part | None, held: list[Token], part: Part) -> tuple[list[Token], list[Token]]:
    """The tokens between two heads: what belongs to the second, and what to the first."""
    if before is None:
        return held, []
    at = len(held)
    for i, token in enumerate(held):
        if starts_next(before, held, i, part):
            at = i
            break
    return held[at:], held[:at]


def starts_next(before: Part, held: list[Token], i: int, part: Part) -> bool:
    """True where the words of the next head begin here."""
    roles = held[i].roles
    if {"neg", "plan", "orig", "date", "also", "part_day", "go"} & roles.keys():
        return i > 0 or not {"num"} & roles.keys()
    if "prep" in roles:
        return any({"aud", "num", "grade", "class"} & t.roles.keys() for t in held[i + 1 : i + 3])
    if "num" not in roles or i != len(held) - 1 or part.head is None:
        return False
    unit = roles["num"]
    return held[i].end >= part.head.start - 2 and takes(part.activity, unit) and (counted(before, held[:i]) or not takes(before.activity, unit))


def takes(activity: str, unit: str) -> bool:
    """True where a unit counts such deeds."""
    from .deeds import ACCEPTS, NONE

    return unit in ACCEPTS.get(activity, NONE) or (activity in PEOPLE and unit in ("person", "thing"))


def counted(part: Part, held: Sequence[Token]) -> bool:
    """True where a head has its number already."""
    return any("num" in t.roles and takes(part.activity, t.roles["num"]) for t in [*part.before, *held])


def settle_dates(scene: Scene, clause: Clause, parts: list[Part]) -> None:
    """The dates before the first head hold from here on."""
    take_dates(scene, clause, parts[0].before)


def take_dates(scene: Scene, clause: Clause, tokens: Sequence[Token]) -> bool:
    """Dates among some tokens hold from here on; those side by side together, else the last."""
    found = [t for t in tokens if "date" in t.roles and not within(scene, t)]
    if not found:
        return False
    kept = [found[-1]]
    for token in reversed(found[:-1]):
        if scene.text[token.end : kept[0].start].strip(BETWEEN_DATES):
            break
        kept.insert(0, token)
    scene.dated(kept, forward=planned(clause, found[0].start))
    return True


def within(scene: Scene, token: Token) -> bool:
    """作为本月的主题队日: a span around the day already said says nothing new."""
    if token.said is None or not scene.days or scene.text[token.end : token.end + 1] != "的":
        return False
    span = token.said.resolve(scene.now)
    day = scene.days[0]
    if len(span) != 1 or not (span[0].first and span[0].last and day.first and day.last) or span[0].first == span[0].last:
        return False
    return span[0].first <= day.first and day.last <= span[0].last and scene.sentence >= 1


def planned(clause: Clause, at: int) -> bool:
    """True where the clause speaks of what is to come."""
    return any("plan" in t.roles for t in clause.tokens)


def read_part(scene: Scene, clause: Clause, part: Part) -> None:
    """One head with its words becomes a deed, unless it only repeats or describes one."""
    head = part.head
    if head is None:
        return
    if part is not None:
        take_dates(scene, clause, part.before)
    places(scene, part)
    weak_or_strong_plan(scene, part)
    if listeners(scene, part):
        return
    deed = scene.open(part.activity, head.start, head.end, part.tone)
    deed.forum = part.tone == "forum"
    deed.negated = part.negated or zero_behind(scene.text, head, part.behind)
    deed.again = any("also" in t.roles for t in part.before)
    deed.half = any("half_day" in t.roles for t in [*part.before, *part.behind])
    deed.whole = any("whole_day" in t.roles for t in [*part.before, *part.behind])
    deed.proven = proven(part)
    FILL.get(part.activity, fill_things)(scene, deed, part)
    scene.last = deed


def weak_or_strong_plan(scene: Scene, part: Part) -> None:
    """准备 holds to the end of the sentence; 要 only for the head it stands before."""
    words = [t for t in part.before if "plan" in t.roles]
    done = part.head is not None and scene.text[part.head.end : part.head.end + 1] in DONE_MARKS and scene.text[part.head.end : part.head.end + 1]
    scene.planning = scene.planning or (bool(words) and not done)


def zero_behind(text: str, head: Token, behind: Sequence[Token]) -> bool:
    """听课:0, 宣讲:无, 访谈没搞成."""
    rest_of = [t for t in behind if "colon" not in t.roles and "aud" not in t.roles]
    if not rest_of:
        return False
    first = rest_of[0]
    if "zero" in first.roles or "neg" in first.roles:
        return True
    return first.number is not None and first.number.value == 0


def proven(part: Part) -> bool:
    """True where words say that the thing was finished."""
    roles = PROOF.get(part.activity)
    if roles is None:
        return True
    around = [*part.before, *part.behind]
    if any("half" in t.roles for t in around):
        return False
    return any(role in t.roles for t in around for role in roles)


def places(scene: Scene, part: Part) -> None:
    """The last school named before the head, or the one it leads to, holds from here on."""
    for token in [*part.before, *part.behind[:3]]:
        if token.roles.get("school") == "named":
            scene.place = (token.start, token.end)


def fill_people(scene: Scene, deed: Deed, part: Part) -> None:
    """People before and behind a talk are those talked to."""
    before = [t for t in part.before if usable(t, deed)]
    ahead = groups(scene.text, before)
    if deed.tone == "weak":
        ahead = [g for g in ahead if g.prep or g.number]
    deed.groups = completed(ahead, groups(scene.text, part.behind))
    extend(deed, deed.groups)
    if not deed.groups or (deed.groups[0].audience is None and deed.groups[0].among):
        about_topic(scene, deed)
    if not deed.groups and not deed.negated:
        backward(scene, deed)


def about_topic(scene: Scene, deed: Deed) -> None:
    """今天跟班主任们复盘,来了5位,座谈了…: a talk without people is with those spoken of."""
    if not scene.topic or scene.clause - scene.topic_at > 2:
        return
    if not deed.groups:
        deed.groups = scene.topic
    else:
        deed.groups = [replace(deed.groups[0], audience=scene.topic[-1].audience, among=False), *deed.groups[1:]]
    scene.topic = []


def listeners(scene: Scene, part: Part) -> bool:
    """76名队员听: those who heard the lecture just told of."""
    last = scene.last
    if part.activity != "class_visit" or part.tone != "weak" or last is None or last.activity not in EVENTS or not near(scene, last):
        return False
    crowd = present(scene, part.before)
    last.crowd += crowd
    return bool(crowd)


def completed(ahead: list[Group], behind: list[Group]) -> list[Group]:
    """队员访谈:17名, 与学生交流6人: a number behind the verb belongs to the people before it."""
    behind = behind[:1] + [g for g in behind[1:] if g.audience or g.among or g.named]
    lone = behind and behind[0].audience is None and behind[0].number is not None and not behind[0].among
    if not ahead or not lone or not ahead[-1].many:
        return ahead + behind
    if len(ahead) > 1 and all(g.many for g in ahead) and not any(g.kind == "titles" for g in ahead):
        if behind[0].each:
            return [replace(g, number=behind[0].number) for g in ahead] + behind[1:]
        return [replace(behind[0], kind="groups"), *behind[1:]]
    return [*ahead[:-1], replace(ahead[-1], number=behind[0].number), *behind[1:]]


def usable(token: Token, deed: Deed) -> bool:
    """True for the words that groups are made of."""
    return True


def backward(scene: Scene, deed: Deed) -> None:
    """队员x5 辅导员x2 访谈✓: a talk without people takes the pairs said before it."""
    others = [d for d in scene.deeds if d is not deed and d.activity == "interview" and not d.negated]
    near = [d for d in others if scene.sentence - d.sentence <= 2]
    if deed.negated or not near:
        return
    scene.deeds.remove(deed)
    if deed.forum:
        for one in near:
            if one.tone == "pair":
                one.forum = True


def fill_things(scene: Scene, deed: Deed, part: Part) -> None:
    """Numbers in the deed's own unit count it; people beside an event are those present."""
    tokens = [*part.before, *part.behind]
    sessions = any(t.roles.get("num") == "session" for t in tokens)
    crowd_tokens: list[Token] = []
    for token in tokens:
        if "num" in token.roles and token.roles["num"] in deed.accepts and not counts_people(token, tokens, deed) and (not sessions or token.roles["num"] == "session"):
            deed.numbers.append(number_of(token))
        else:
            crowd_tokens.append(token)
        if "class" in token.roles:
            deed.classes += 1
    extend(deed, ())
    crowd = present(scene, crowd_tokens)
    if deed.activity in EVENTS:
        deed.crowd += crowd or brought(scene)
    elif spoken := [g for g in groups(scene.text, crowd_tokens) if g.audience]:
        scene.topic, scene.topic_at = spoken, scene.clause


def brought(scene: Scene) -> list[Group]:
    """带88名队员去祭扫,算一次主题队日: the people spoken of just before were there."""
    if scene.clause - scene.topic_at > 2:
        return []
    found, scene.topic = [g for g in scene.topic if g.number], []
    return found


def present(scene: Scene, tokens: Sequence[Token]) -> list[Group]:
    """The people with a number among some words, without those only expected (应到96实到93)."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if "num" in token.roles and at and "expected" in tokens[at - 1].roles:
            continue
        kept.append(token)
    return [g for g in groups(scene.text, kept) if g.number]


def counts_people(token: Token, tokens: Sequence[Token], deed: Deed) -> bool:
    """True where a number without a unit of its own stands with an audience word."""
    if token.roles["num"] not in ("thing", "", "person"):
        return False
    if token.roles["num"] == "person" and deed.activity == "survey":
        return True
    return any("aud" in t.roles and (0 <= t.start - token.end <= 4 or 0 <= token.start - t.end <= 1) for t in tokens)


def extend(deed: Deed, found: Sequence[Group]) -> None:
    """The deed's stretch of the text grows with what it took."""
    for group in found:
        deed.start, deed.end = min(deed.start, group.start), max(deed.end, group.end)


def fill_survey(scene: Scene, deed: Deed, part: Part) -> None:
    """问卷发80收76: what came back counts."""
    tokens = [*part.before, *part.behind]
    numbers = [(i, t) for i, t in enumerate(tokens) if "num" in t.roles and t.roles["num"] in deed.accepts and not counts_people(t, tokens, deed)]
    came = [t for i, t in numbers if i and "got" in tokens[i - 1].roles]
    chosen = came or [t for _, t in numbers][-1:]
    deed.numbers = [number_of(chosen[0])] if chosen else []
    deed.proven = True


def fill_stay(scene: Scene, deed: Deed, part: Part) -> None:
    """The days of a stay."""
    for token in [*part.before, *part.behind]:
        if token.roles.get("num") == "day":
            deed.numbers.append(number_of(token))


Fill = Callable[[Scene, Deed, Part], None]
FILL: dict[str, Fill] = {
    "interview": fill_people, "pairing": fill_people, "online_contact": fill_people, "survey": fill_survey, "on_site": fill_stay,
}  # fmt: skip


def close(scene: Scene, clause: Clause) -> None:
    """A date behind the last head belongs to the heads of this clause, where none was said before them."""
    heads = [d for d in scene.deeds if d.clause == scene.clause]
    if not heads:
        return
    late = [t for t in clause.tokens if "date" in t.roles and t.start >= heads[-1].end]
    if late and not any("date" in t.roles and t.end <= heads[-1].start for t in clause.tokens):
        take_dates(scene, clause, late)
        scene.redate(heads)


def read_headless(scene: Scene, clause: Clause) -> None:
    """A clause without a head goes on with the deed before, or is a date, a place or bare pairs."""
    for token in clause.tokens:
        if token.roles.get("school") == "named":
            scene.place = (token.start, token.end)
    fresh = take_dates(scene, clause, clause.tokens)
    found = groups(scene.text, clause.tokens)
    things = [t for t in clause.tokens if "num" in t.roles and not is_person_number(t)]
    if clause.has("plan"):
        scene.planning = True
    if fresh and not found and not things:
        late_date(scene, clause)
    if found:
        more_people(scene, clause, found)
    elif things:
        more_things(scene, clause, things)
    if clause.has("half_day") and scene.last is not None and scene.last.activity == "on_site" and not scene.last.numbers:
        scene.last.half = True


def late_date(scene: Scene, clause: Clause) -> None:
    """以上都是昨天的: a date said last covers what was said before it."""
    if clause.has("these"):
        scene.redate(scene.deeds)
        return
    undated = [d for d in scene.deeds if d.sentence == scene.sentence and not d.dated]
    if undated and clause.opener in ("comma", "space", "open") and not rest(scene.text, clause, PAIR_KINDS):
        scene.redate(undated)


def more_people(scene: Scene, clause: Clause, found: list[Group]) -> None:
    """People in a clause of their own: present at the event before, part of the talk before, or a bare pair."""
    last = scene.last
    clean = not rest(scene.text, clause, PAIR_KINDS)
    if filled_topic(scene, clause, found):
        return
    if last is not None and last.activity in EVENTS and near(scene, last) and (clause.has("attend") or clean or clause.opener == "open"):
        last.crowd += present(scene, clause.tokens)
        return
    if not clean and any(g.audience or clause.has("attend") for g in found):
        scene.topic, scene.topic_at = [g for g in found if g.audience or clause.has("attend")], scene.clause
    if last is not None and last.activity in PEOPLE and near(scene, last):
        if continue_talk(scene, clause, last, found, clean):
            return
    if not clean or not any(g.audience for g in found):
        return
    deed = scene.open(last.activity if last is not None and last.activity in PEOPLE and near(scene, last) else "interview", found[0].start, found[-1].end, "pair")
    deed.groups = found
    deed.negated = any("zero" in t.roles for t in clause.tokens) or all(g.number is not None and g.number.value == 0 for g in found)
    scene.last = deed


def filled_topic(scene: Scene, clause: Clause, found: list[Group]) -> bool:
    """来了5位: a number without an audience is of those spoken of in the clause before."""
    if not scene.topic or scene.clause - scene.topic_at > 1 or len(found) > 1 or found[0].audience or not scene.topic[-1].many:
        return False
    scene.topic = [*scene.topic[:-1], replace(scene.topic[-1], number=found[0].number)]
    scene.topic_at = scene.clause
    return True


def near(scene: Scene, deed: Deed) -> bool:
    """True where the deed was spoken of in this sentence or just before."""
    return scene.sentence - deed.sentence <= 1


def continue_talk(scene: Scene, clause: Clause, last: Deed, found: list[Group], clean: bool) -> bool:
    """A number, a part (其中) or those who came, said of the talk before."""
    if clause.has("again") and found[0].number is not None:
        last.met_before = found[0].number.value
        return True
    if any(g.among for g in found):
        last.groups += found
        return True
    if clause.has("attend") and found[0].number is not None and (last.forum or last.bare) and found[0].audience:
        last.groups = found
        return True
    lonely = [i for i, g in enumerate(last.groups) if g.many]
    if found[0].audience is None and len(found) == 1 and lonely and (clean or clause.opener == "open" or clause.has("attend")):
        i = lonely[-1]
        last.groups[i] = replace(last.groups[i], number=found[0].number)
        return True
    if last.bare and last.activity == "interview" and (clean or clause.opener == "open"):
        last.groups = found
        return True
    return found[0].audience is None and not clause.has("total")


def more_things(scene: Scene, clause: Clause, things: list[Token]) -> None:
    """A number in a clause of its own counts the deed before it, or the same deed once more."""
    last = scene.last
    if last is None or not near(scene, last):
        return
    for token in things:
        if token.roles["num"] not in last.accepts or token.number is None:
            continue
        if not last.numbers:
            last.numbers.append(number_of(token))
        elif clause.has("date") or clause.has("part_day") or clause.has("also"):
            last = scene.last = scene.apart(last)
            last.numbers.append(number_of(token))
