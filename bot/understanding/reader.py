"""From clauses to deeds: moods and dates that hold on, heads with their words, and what follows without a head."""

from __future__ import annotations

from .asides import met_aside
from .clauses import QUESTION, STILL, Clause, clause_of
from .deeds import EVENTS, PEOPLE, Deed
from .following import day_by_day, read_headless
from .heads import Part, cut
from .late import late
from .not_ours import CONTENTED, OTHERS, contents, theirs
from .places import at_each_school, households, one_each
from .plans import planning
from .productions import FILL, fill_things, present, proven
from .said_last import all_dated, all_halves
from .scene import Scene, take_dates
from .time_out import changes_a_stay, spend_lengths
from .tokens import Token
from .unheld import forget_day, only_prepared, put_off, shifted, stale

ADDED = late(
    r"(?:加上|算上|连同|连上|(?:前面|之前|上次|先前)已?报[了过的]?|已经?报[了过的]?)[^。;!?\n]{0,14}(?:总共|一共|共|合计|拢共)"
)
INDEED = late("^[^一-鿿]{0,2}(?:实际|最终|最后|结果|到头来)(?!一)")
TOLD = late(r"[谈聊讲听访到去来发见唠][了过]")
WONDERING = frozenset(
    "谁哪多怎如咋进是有真没几够能可吗差欠缺"
)  # nothing is asked, and nothing still wanting, without any of these
ASKED_IN_TALK = late(
    "(?:[聊谈唠问]了[聊谈唠问一下会儿]*|商量了?|讨论了?|请教了?|了解了?|研究了?)[^,。;?]{0,12}(?:怎么|如何|咋|哪|谁|是不是|有没有|[^了]{2}多少|[^了]{2}几[个次天名篇场节份])"
)
UNCOUNTED = late("多少[^,。;]{0,8}(?:忘|没数|没记|不清|记不|不知道|没统计)")
ONLY_THEN = late(
    r"(?:上午|下午|晚上)?(?:才|再|就|要|去)(?:讲|上|开|办|搞|弄|举行|进行|去|听|谈|聊|宣讲|访谈|做|来)?(?:呢|的|了)?$"
)


def read_clause(scene: Scene, clause: Clause) -> None:
    """Adds to the scene what one clause says."""
    scene.enter(clause)
    if scene.deeds and (
        ("date" in clause.roles and changes_a_stay(scene, clause))
        or (scene.last is not None and scene.last.activity in CONTENTED and contents(scene.text, clause))
    ):
        return
    if scene.text[clause.start : clause.start + 1] in OTHERS and theirs(scene.text, clause):
        return
    if clause.opener == "open" and met_aside(scene, clause):
        return
    moods(scene, clause)
    parts = cut(scene, clause)
    off = not SHIFTS.isdisjoint(clause.roles) and shifted(scene, clause) is not None
    if not parts and not off:
        read_headless(scene, clause)
        all_halves(scene, clause)
        all_dated(scene, clause)
        return
    before = len(scene.deeds)
    for part in parts:
        read_part(scene, clause, part)
    if "each" in clause.roles:
        one_each(scene, scene.deeds[before:])
    all_halves(scene, clause)
    if off:
        put_off(scene, clause, scene.deeds[before:])
    elif not listed_days(scene, clause, parts[-1]) and not all_dated(scene, clause):
        close(scene, clause)


def listed_days(scene: Scene, clause: Clause, part: Part) -> bool:
    """驻校3天半:周一半天、周二一天: the days behind a colon, each with its length."""
    if part.activity != "on_site" or "colon" not in clause.roles:
        return False
    at = next((i for i, t in enumerate(part.behind) if "colon" in t.roles), None)
    if at is None:
        return False
    tail = part.behind[at + 1 :]
    return bool(tail) and day_by_day(scene, clause_of(tail, tail[0].start, clause.end, "comma"))


SHIFTS = frozenset(("off", "actual"))
MOODS = frozenset(("ask", "orig", "actual", "total", "sum"))


def moods(scene: Scene, clause: Clause) -> None:
    """Plans given up, totals and questions that begin in this clause."""
    if MOODS.isdisjoint(clause.roles) and not (scene.dropping or scene.planning):
        return
    if "ask" in clause.roles:
        scene.asks = True
    if "orig" in clause.roles:
        scene.dropping = scene.dropping or given_up(clause)
    elif "actual" in clause.roles or (
        scene.dropping and "date" in clause.roles and TOLD.search(scene.text, clause.start, clause.end)
    ):
        scene.dropping = False
    if scene.planning and not scene.ahead and INDEED.search(scene.text, clause.start, clause.end):
        scene.planning = False
    if "total" in clause.roles:
        scene.totalling = True
        scene.total_back(clause)
    if "sum" in clause.roles:
        scene.summing = True
        scene.totalling = scene.totalling or bool(ADDED.search(scene.text, max(0, clause.start - 20), clause.end))


def given_up(clause: Clause) -> bool:
    """True for a plan given up; not where something was done before it (听了三节课下午本来要访谈), nor where none is named (本来约20分钟)."""
    kinds = [t.roles for t in clause.tokens if {"act", "orig", "go", "aud"} & t.roles.keys()]
    return "act" not in kinds[0] and len(kinds) > 1


def read_part(scene: Scene, clause: Clause, part: Part) -> None:
    """One head with its words becomes a deed."""
    held = scene.when()
    if "date" in clause.roles:
        take_dates(scene, clause, dated_words(part))
    if stale(scene, clause, part):
        forget_day(scene)
    for token in [*part.before, *part.behind[:3]] if "school" in clause.roles else ():
        if token.roles.get("school") == "named":
            scene.place = (token.start, token.end)
    scene.planning = planning(scene, clause, part)
    if not MEANT.isdisjoint(clause.roles):
        scene.dropping = still_meant(scene, part)
    if listeners(scene, part):
        return
    deed = scene.open(part.activity, part.head.start, part.head.end, part.tone)
    deed.forum = part.tone == "forum"
    deed.negated = part.negated or zero_behind(part)
    roles = part.roles()
    deed.again = "also" in roles and any("also" in t.roles for t in part.before)
    deed.half, deed.whole = "half_day" in roles, "whole_day" in roles
    deed.part = "part_day" in roles and sum("part_day" in t.roles for t in clause.tokens) == 1
    deed.heads = bool(part.behind) and "colon" in part.behind[-1].roles
    deed.proven = proven(scene.text, part)
    FILL.get(part.activity, fill_things)(scene, deed, part)
    at_each_school(scene, deed, part, roles)
    if scene.lengths and part.activity == "on_site" and len(scene.lengths) > 1 and not deed.numbers:
        spend_lengths(scene, deed)
    withdraw(scene, deed, part)
    households(scene, clause, deed)
    if (
        questioned(scene, clause, part)
        or only_prepared(scene, part)
        or ("cannot" in roles and any("cannot" in t.roles for t in part.before[-2:]))
    ):
        deed.dropped = True
        if scene.ahead:
            scene.hold(held)
    scene.last = deed if deed in scene.recent or scene.last is None else scene.last


def questioned(scene: Scene, clause: Clause, part: Part) -> bool:
    """True where it is asked how a deed stands, not told."""
    if "ask" in clause.roles:
        return False
    if WONDERING.isdisjoint(scene.text[clause.start : clause.end]):
        return False
    asked = QUESTION.search(scene.text, clause.start, clause.end)
    if asked:
        return not (
            ASKED_IN_TALK.search(scene.text, clause.start, asked.end())
            or UNCOUNTED.search(scene.text, clause.start, clause.end)
        )
    still = STILL.search(scene.text, clause.start, clause.end)
    if still is None:
        return False
    counted = [t.end for t in part.around if t.number is not None and t.number.value is not None]
    return not counted or still.start() < max(counted)


def dated_words(part: Part) -> list[Token]:
    """The words whose dates are the deed's: 交了2025年度调研报告 dates the paper, not the deed."""
    if any("prepare" in t.roles for t in part.before) and any("date" in t.roles for t in part.behind):
        return part.behind
    if len(part.behind) > 1 and "colon" in part.behind[0].roles and "date" in part.behind[1].roles:
        return [*part.before, part.behind[1]] if not part.before else part.behind[1:2]
    if part.activity not in ("report", "case"):
        return part.before
    at = next((i for i, t in enumerate(part.before) if "done" in t.roles), len(part.before))
    return part.before[:at] if any("date" in t.roles for t in part.before[at:]) else part.before


def withdraw(scene: Scene, deed: Deed, part: Part) -> None:
    """宣讲没讲, 队课下周才讲: a weak verb denied or put ahead takes the deed it stands for with it."""
    if deed.groups or not (deed.negated or (deed.planned and part.tone == "weak")):
        return
    for other in scene.recent:
        if (
            other is not deed
            and other.clause == scene.clause
            and other.activity == deed.activity
            and not any("aud" in t.roles for t in part.before)
            and (part.tone == "weak" or other.planned)
        ):
            other.negated, other.planned = other.negated or deed.negated, other.planned or deed.planned


MEANT = frozenset(("orig", "actual"))


def still_meant(scene: Scene, part: Part) -> bool:
    """说好谈10个结果只谈了6个: the last word for a plan or for what came of it."""
    said = [t for t in part.before if "orig" in t.roles or "actual" in t.roles]
    if not said:
        return scene.dropping
    return "orig" in said[-1].roles


NEAR = 2


def zero_behind(part: Part) -> bool:
    """听课:0, 宣讲:无, 访谈没搞成; 去的时候校长不在 says nothing of the stay."""
    at_end, behind = part.head.end, part.behind
    for at, token in enumerate(behind):
        if "neg" in token.roles and token.start - at_end > NEAR:
            return False
        at_end = token.end
        if (
            token.number is not None
            and token.number.value == 1
            and at + 1 < len(behind)
            and "neg" in behind[at + 1].roles
        ):
            return True
        if "aud" in token.roles and part.activity == "on_site":
            return False
        if {"colon", "aud", "also", "noise", "label"} & token.roles.keys():
            continue
        return bool({"zero", "neg"} & token.roles.keys()) or (token.number is not None and token.number.value == 0)
    return False


def listeners(scene: Scene, part: Part) -> bool:
    """76名队员听: those who heard the lecture just told of."""
    last = scene.last
    if (
        part.activity != "class_visit"
        or part.tone != "weak"
        or last is None
        or last.activity not in EVENTS
        or not scene.near(last)
    ):
        return False
    crowd = present(scene.text, part.before)
    last.crowd += crowd
    return bool(crowd) or (part.head.word == "听" and any(t.roles.get("num") == "group" for t in part.before))


def put_ahead(scene: Scene, clause: Clause, heads: list[Deed]) -> None:
    """团课明天才上, 座谈会下周三再开: a day to come behind the deed, with a verb that only says when, makes it a plan."""
    token = next((t for t in reversed(clause.tokens) if "date" in t.roles), None) if "date" in clause.roles else None
    if (
        token is None
        or token.said is None
        or token.start < heads[-1].end
        or not ONLY_THEN.match(scene.text[token.end : clause.end])
    ):
        return
    days = token.said.resolve(scene.now, True)
    if days and days[0].first and days[0].first > scene.today:
        for deed in heads:
            deed.planned, deed.days, deed.dated = True, days, True


def close(scene: Scene, clause: Clause) -> None:
    """A date behind the last head belongs to the heads of this clause, where none was said before them."""
    heads = [d for d in scene.recent if d.clause == scene.clause]
    if not heads:
        return
    put_ahead(scene, clause, heads)
    late = [t for t in clause.tokens if "date" in t.roles and t.start >= heads[-1].end]
    if late and heads[-1].activity == "on_site" and len(late[-1].said.resolve(scene.now) if late[-1].said else ()) > 1:
        take_dates(scene, clause, late)
        scene.redate(heads[-1:])
        return
    if not late or any("date" in t.roles and t.end <= heads[-1].start for t in clause.tokens):
        return
    if scene.closes(clause, late[-1]) and not (
        late[0].start == heads[-1].end
        and heads[-1].activity in PEOPLE
        and late[0].said is not None
        and scene.is_topic(late[0])
    ):
        take_dates(scene, clause, late)
        scene.redate(heads)
