"""Slips owned to in passing: the right number behind a no, and which of two words was meant."""

from __future__ import annotations

from ..gates import needed
from ..late import late
from .change_words import NUMERAL, TOLD
from .changes import EVENTS, LISTENERS, command
from .frame import Frame
from .rule import Command, Step
from .stretches import values

SHORT = 24
IT_IS = late(
    r"^(?P<slip>[^,。!]{1,12}[,。! ]+(?:[^,。!]{1,8}[,。! ]+)?)(?:其实|应该|确实|就|才|准确)?(?:是|系|得是|该是|为)(?P<new>NUM[名个位天场次节份]?(?:队员|辅导员|学生|家长|老师)?)(?:先啱|先至啱|才对|才啱|至啱)?(?:[,]?(?:不是|唔系|不系|没有).{1,6})?$".replace(
        "NUM", NUMERAL
    )
)
SLIPPED = late(
    r"错|岔|不是|不对|弗对|勿对|唔系|唔啱|冇|[手指][一抖滑快误]|抖|滑|[多少]([打按写敲输])|[按打敲输]重|看花|眼花|糊涂|马虎|呸|反了|混了|迷糊|不准|口误"
)
TOOK = late(
    r"^(?:(?:前面|上面|刚才|刚刚|之前)(?:说|记|报|发|写|填)?的)?(?:把|将|我把|我将|刚才把?|上一条把?)?(?P<right>[^,。把将是没未不]{1,8}?)(?:给|被|我|都|又|给我)*(?:写|记|报|打|填|录|登|说|弄|搞|敲|输|念|选)成了?(?P<wrong>[^,。是]{1,8}?)(?:了|啦|咯|喽|呢|的)*(?:[, ]*(?:请|给我|帮我|麻烦)?(?:改|更正|纠正)[一下改了过来吧]*)?$"
)
TOOK_IT = late(
    r"^(?:我|刚才|上一条|刚刚|那条)*(?:写|记|报|打|填|录|登|说|弄|搞|敲|输|念|选)成了?(?P<wrong>[^,。是]{1,8}?)(?:了|啦|咯|喽)*[,。 ]+(?:其实|应该|本来|实际)*(?:是|系|为)(?P<right>[^,。]{1,8})$"
)


def it_is(frame: Frame) -> Command | None:
    """整错了,是俩不是仨; 唔系,系四个: a slip owned to or a no, and then the right number."""
    match = IT_IS.match(frame.core) if len(frame.core) <= SHORT else None
    if match is None or not SLIPPED.search(match["slip"]) or TOLD.search(match["slip"]):
        return None
    found = values(frame, match["new"], match["slip"])
    slots = {key: value for key, value in found.items() if key in ("count", "audience", "attendance")}
    if "count" in slots and LISTENERS.search(match["slip"]) and values(frame, match["slip"]).get("activity") in EVENTS:
        slots["attendance"] = int(slots.pop("count"))
    return command(slots, {}) if "count" in slots or "attendance" in slots else None


def took_for(frame: Frame) -> Command | None:
    """辅导员写成队员啦; 报成宣讲了,是听课: of two words of one kind the right one."""
    text = frame.core
    match = TOOK.match(text) or TOOK_IT.match(text)
    if match is None or len(text) > SHORT:
        return None
    right, wrong = values(frame, match["right"]), values(frame, match["wrong"])
    slots = {key: value for key, value in right.items() if key in wrong and wrong[key] != value}
    return command(slots, wrong) if slots and "place" not in slots else None


NOT_SO_MANY = late(
    r"^(?:哪有|没有|没|冇|莫得)NUM[名个位天场次节份][, ]*(?:其实|一共)?(?:就|只有?|才|仅)(?:是|有)?(?P<new>NUM[名个位天场次节份]?)$".replace(
        "NUM", NUMERAL
    )
)


def not_so_many(frame: Frame) -> Command | None:
    """没有5个就4个: fewer than were told."""
    match = NOT_SO_MANY.match(frame.core) if len(frame.core) <= SHORT else None
    return command({"count": values(frame, match["new"])["count"]}, {}) if match else None


def steps() -> tuple[Step, ...]:
    """What reads a slip owned to."""
    return (
        Step(took_for, (frozenset("成"),)),
        Step(it_is, needed(IT_IS.pattern) + needed(SLIPPED.pattern)),
        Step(not_so_many, needed(NOT_SO_MANY.pattern)),
    )
