"""Slips told of beside what is right: the right value first, or vouched for, or against what was filed."""

from __future__ import annotations

from ..gates import needed
from ..late import late
from .change_words import NUMERAL
from .changes import command
from .frame import Frame
from .rule import SURE, Command, Step
from .stretches import values

LONGEST = 30
NOT_ONLY = late(
    r"^(?P<old>[^,。]{0,10})不(?:止|只|光)(?:是|有)?NUM[名个位天场次节份篇件项][, ]*(?:是|有|得有|总共|一共|应该|其实)*(?P<new>NUM[名个位天场次节份篇件项])(?:呢|才对|的|啊|哩|嘞)*(?:[,。 ](?:是?我)?[^,。]{0,4}(?:少|漏|错)[^,。]{0,4})?$".replace(
        "NUM", NUMERAL
    )
)
RIGHT_FIRST = late(
    r"^(?P<what>[^,。是]{0,8})是(?P<new>NUM[名个位人天场次节份篇件]?(?:[一-鿿]{1,3}?)?)(?:哈|啊|呀|哦|的)*[,。! ]+(?:我)?[^,。]{0,8}(?:按|打|敲|输|写|记|听|看|填|录|说|报|弄|搞)成了?NUM?[^,。]{1,4}$".replace(
        "NUM", NUMERAL
    )
)
LATE_SLIP = late(
    r"^(?P<new>.{2,30}?)[,。;! ]+(?:是)?(?:我|俺|你|你们)?(?:(?:是)?(?:刚才?|刚刚|前面|上面|之前|上次|上一条|早上|原来|头先|那会儿?)(?:我|你)?[^,。]{0,3}(?:说|报|记|写|填|录|算|数|打|发)(?:得|的)?(?:少|多(?!少)|错|漏|岔|混|反|成|了)|(?:报|记|填|录|登)(?:得|的)?(?:少|多(?!少)|错|漏|岔|混|反)|(?:你|给我|给|系统|又|倒|咋|怎么)*(?:写|记|报|填|说|打|录|登|算|听|看|认|理解|当)(?:成|到|在))[^,。;]{0,8}$"
)
INTO = late("[写记报填说打录登算听看认解当](?:成|到|在)")
MISRECORDED = late(
    r"^[^,。]{0,6}(?:怎么|咋|为啥|为什么|谁)(?:又|还|就|会)?(?:给我|把我|给|把)?(?:的)?[^,。]{0,6}(?:记|写|算|登|录|弄|搞|报|填)成(?P<wrong>[^,。?]{1,8}?)(?:了|啦)?[,。?! ]+(?P<right>[^,。]{2,16})$"
)
QUANTITY = late("少|多|漏|只")
ROLE = late(
    r"(?:是|应该是|该是|属于)(?:去)?(?P<new>[听讲谈])的?[,。 ]*(?:可|并|又|而)?不是(?:去)?[听讲谈]的?(?=$|[,。])|不是(?:去)?[听讲谈]的?[,。 ]*(?:而)?是(?:去)?(?P<new2>[听讲谈])的"
)
ROLES = {"听": "class_visit", "讲": "lecture", "谈": "interview"}
SO_MANY = late(
    r"^(?:其实|应该|真的?|确实|就|明明|肯定|绝对|的确|不(?:是)?[,。 ])*是(?:共|一共|总共)?(?P<new>NUM[名个位天场次节份](?:[一-鿿]{1,4}?)?)[, ]*(?:真的|没错|(?:我|俺|咱)?(?:都|又|重新|刚|仔细|专门)*(?:数|点|核|对|查|问|翻|算)(?:了|过)(?:的|一遍|两遍|一下|名单|人头|好几遍)*|(?:不会|没有?|不可能)错|(?:我|俺)?(?:保证|确定|肯定|记得清楚|记得很清)|错不了)(?:的|啊|呀|呢)*$".replace(
        "NUM", NUMERAL
    )
)


def not_only(frame: Frame) -> Command | None:
    """问卷不止一份,两份呢: more than was told."""
    match = NOT_ONLY.match(frame.core) if len(frame.core) <= LONGEST else None
    if match is None:
        return None
    return command({"count": values(frame, match["new"])["count"]}, values(frame, match["old"]), level=SURE)


def role(frame: Frame) -> Command | None:
    """我是听的不是讲的: of two deeds of one lesson the right one."""
    match = ROLE.search(frame.core) if len(frame.core) <= LONGEST else None
    return command({"activity": ROLES[match["new"] or match["new2"]]}, {}, level=SURE) if match else None


def right_first(frame: Frame) -> Command | None:
    """问卷是四十份,我按成四百了: the right number, and then the slip."""
    match = RIGHT_FIRST.match(frame.core) if len(frame.core) <= LONGEST else None
    found = values(frame, match["new"]) if match else {}
    return (
        command({"count": found["count"]}, values(frame, match["what"]), level=SURE)
        if match and "count" in found
        else None
    )


def late_slip(frame: Frame) -> Command | None:
    """实际只有50份,前面报多了: what is so, and behind it that something else was told."""
    match = LATE_SLIP.match(frame.core) if len(frame.core) <= LONGEST else None
    if match is None or "不" in match["new"]:
        return None
    found, slip = values(frame, match["new"]), frame.core[match.end("new") :]
    if into := INTO.search(slip):
        wrong = values(frame, slip[into.end() :])
        named = "是" in match["new"]
        found = {key: value for key, value in found.items() if key in wrong or (key == "place" and named and not wrong)}
    elif "count" in found and (QUANTITY.search(slip) or "place" not in found):
        found = {"count": found["count"]}
    slots = {key: value for key, value in found.items() if key != "activity"}
    return command(slots, {}, level=SURE) if len(slots.keys() - {"end"}) == 1 else None


def misrecorded(frame: Frame) -> Command | None:
    """怎么给我记成两天了,我就去了一天: what should stand there."""
    match = MISRECORDED.match(frame.core) if len(frame.core) <= LONGEST else None
    if match is None:
        return None
    right, wrong = values(frame, match["right"]), values(frame, match["wrong"])
    slots = {key: value for key, value in right.items() if key in wrong and wrong[key] != value}
    return command(slots, {}, level=SURE) if slots else None


def so_many(frame: Frame) -> Command | None:
    """是十一个孩子,我数了: the right number, vouched for."""
    match = SO_MANY.match(frame.core) if len(frame.core) <= LONGEST else None
    return command({"count": values(frame, match["new"])["count"]}, {}, level=SURE) if match else None


def steps() -> tuple[Step, ...]:
    """What reads such a slip."""
    return (
        Step(right_first, needed(RIGHT_FIRST.pattern)),
        Step(misrecorded, needed(MISRECORDED.pattern)),
        Step(late_slip, needed(LATE_SLIP.pattern)),
        Step(so_many, needed(SO_MANY.pattern)),
        Step(not_only, needed(NOT_ONLY.pattern)),
        Step(role, needed(ROLE.pattern)),
    )
