"""Slips owned to in passing: the right number behind a no, and which of two words was meant."""

from __future__ import annotations

from ..late import late
from .change_words import NUMERAL, TOLD
from .changes import EVENTS, LISTENERS, command, values
from .frame import Frame
from .rule import SURE, Command

SHORT = 30
SLIPS = frozenset("少 多 错 漏 岔 混 反 成 只 写到 记到 算到 登到 记在 写在 算在 填到 填在".split())
IT_IS = late(
    r"^(?P<slip>[^,。!]{1,12}[,。! ]+(?:[^,。!]{1,8}[,。! ]+)?)(?:其实|应该|确实|就|才|准确)?(?:是|系|得是|该是|为)(?P<new>NUM[名个位天场次节份]?(?:队员|辅导员|学生|家长|老师)?)(?:先啱|先至啱|才对|才啱|至啱)?(?:[,]?(?:不是|唔系|不系|没有).{1,6})?$".replace(
        "NUM", NUMERAL
    )
)
SLIPPED = late(
    r"错|岔|不是|不对|弗对|勿对|唔系|唔啱|冇|[手指][一抖滑快误]|抖|滑|[多少]([打按写敲输])|[按打敲输]重|看花|眼花|糊涂|马虎|呸|反了|混了|迷糊|不准|口误"
)
TOOK = late(
    r"^(?:(?:前面|上面|刚才|刚刚|之前)(?:说|记|报|发|写|填)?的)?(?:(?:你|你们|系统|机器人|又|是|那|它|我|刚才|上一条|可能|好像)*(?:把|将)?|刚才|上一条)?(?P<right>[^,。把将是没未不]{1,8}?)(?:给|被|我|都|又|给我)*(?:写|记|报|打|填|录|登|说|弄|搞|敲|输|念|选)成了?(?P<wrong>[^,。是]{1,8}?)(?:了|啦|咯|喽|呢|的)*(?:[, ]*(?:请|给我|帮我|麻烦)?(?:改|更正|纠正)[一下改了过来吧]*)?$"
)
TOOK_IT = late(
    r"^(?:我|刚才|上一条|刚刚|那条)*(?:写|记|报|打|填|录|登|说|弄|搞|敲|输|念|选)成了?(?P<wrong>[^,。是]{1,8}?)(?:了|啦|咯|喽)*[,。 ]+(?:其实|应该|本来|实际)*(?:是|系|为)(?P<right>[^,。]{1,8})$"
)


def it_is(frame: Frame, text: str) -> Command | None:
    """整错了,是俩不是仨; 唔系,系四个: a slip owned to or a no, and then the right number."""
    match = IT_IS.match(text)
    if match is None or not SLIPPED.search(match["slip"]) or TOLD.search(match["slip"]):
        return None
    found = values(frame, match["new"], match["slip"])
    slots = {key: value for key, value in found.items() if key in ("count", "audience", "attendance")}
    if "count" in slots and LISTENERS.search(match["slip"]) and values(frame, match["slip"]).get("activity") in EVENTS:
        slots["attendance"] = int(slots.pop("count"))
    return command(slots, {}) if "count" in slots or "attendance" in slots else None


def took_for(frame: Frame, text: str) -> Command | None:
    """辅导员写成队员啦; 报成宣讲了,是听课: of two words of one kind the right one."""
    match = TOOK.match(text) or TOOK_IT.match(text)
    if match is None:
        return None
    right, wrong = values(frame, match["right"]), values(frame, match["wrong"])
    slots = {key: value for key, value in right.items() if key in wrong and wrong[key] != value}
    return command(slots, wrong) if slots and "place" not in slots else None


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
    r"^(?P<new>.{2,30}?)[,。;! ]+(?:是)?(?:我|俺|你|你们)?(?:(?:是)?(?:刚才?|刚刚|前面|上面|之前|上次|上一条|早上|原来|头先|那会儿?)(?:我|你)?[^,。]{0,3}(?:说|报|记|写|填|录|算|数|打|发)(?:得|的)?(?:少|多(?!少)|错|漏|岔|混|反|成|了)|(?:报|记|填|录|登)(?:得|的)?(?:少|多(?!少)|错|漏|岔|混|反)|(?:你|给我|给|系统|又|倒|咋|怎么)*(?:写|记|报|填|说|打|录|登|算)(?:成|到|在))[^,。;]{0,8}$"
)
INTO = late("[写记报填说打录登算](?:成|到|在)")
MISRECORDED = late(
    r"^[^,。]{0,6}(?:怎么|咋|为啥|为什么|谁)(?:又|还|就|会)?(?:给我|把我|给|把)?(?:的)?[^,。]{0,6}(?:记|写|算|登|录|弄|搞|报|填)成(?P<wrong>[^,。?]{1,8}?)(?:了|啦)?[,。?! ]+(?P<right>[^,。]{2,16})$"
)
QUANTITY = late("少|多|漏|只")
ROLE = late(r"(?:是|应该是|该是|属于)(?:去)?(?P<new>[听讲谈])的?[,。 ]*(?:可|并|又|而)?不是(?:去)?[听讲谈]的?(?=$|[,。])|不是(?:去)?[听讲谈]的?[,。 ]*(?:而)?是(?:去)?(?P<new2>[听讲谈])的")
ROLES = {"听": "class_visit", "讲": "lecture", "谈": "interview"}


def not_only(frame: Frame, text: str) -> Command | None:
    """问卷不止一份,两份呢: more than was told."""
    match = NOT_ONLY.match(text)
    if match is None:
        return None
    return command({"count": values(frame, match["new"])["count"]}, values(frame, match["old"]), level=SURE)


def role(text: str) -> Command | None:
    """我是听的不是讲的: of two deeds of one lesson the right one."""
    match = ROLE.search(text)
    return command({"activity": ROLES[match["new"] or match["new2"]]}, {}, level=SURE) if match else None


NOT_SO_MANY = late(
    r"^(?:哪有|没有|没|冇|莫得)NUM[名个位天场次节份][, ]*(?:其实|一共)?(?:就|只有?|才|仅)(?:是|有)?(?P<new>NUM[名个位天场次节份]?)$".replace(
        "NUM", NUMERAL
    )
)


def not_so_many(frame: Frame, text: str) -> Command | None:
    """没有5个就4个: fewer than were told."""
    match = NOT_SO_MANY.match(text)
    return command({"count": values(frame, match["new"])["count"]}, {}) if match else None


SO_MANY = late(
    r"^(?:其实|应该|真的?|确实|就|明明|肯定|绝对|的确|不(?:是)?[,。 ])*是(?:共|一共|总共)?(?P<new>NUM[名个位天场次节份](?:[一-鿿]{1,4}?)?)[, ]*(?:真的|没错|(?:我|俺|咱)?(?:都|又|重新|刚|仔细|专门)*(?:数|点|核|对|查|问|翻|算)(?:了|过)(?:的|一遍|两遍|一下|名单|人头|好几遍)*|(?:不会|没有?|不可能)错|(?:我|俺)?(?:保证|确定|肯定|记得清楚|记得很清)|错不了)(?:的|啊|呀|呢)*$".replace(
        "NUM", NUMERAL
    )
)


def right_first(frame: Frame, text: str) -> Command | None:
    """问卷是四十份,我按成四百了: the right number, and then the slip."""
    match = RIGHT_FIRST.match(text)
    found = values(frame, match["new"]) if match else {}
    return command({"count": found["count"]}, values(frame, match["what"]), level=SURE) if match and "count" in found else None


def late_slip(frame: Frame, text: str) -> Command | None:
    """实际只有50份,前面报多了: what is so, and behind it that something else was told."""
    match = LATE_SLIP.match(text)
    if match is None or "不" in match["new"]:
        return None
    found, slip = values(frame, match["new"]), text[match.end("new") :]
    if INTO.search(slip):
        wrong = values(frame, slip[INTO.search(slip).end() :])  # type: ignore[union-attr]
        named = "是" in match["new"]
        found = {key: value for key, value in found.items() if key in wrong or (key == "place" and named and not wrong)}
    elif "count" in found and (QUANTITY.search(text, match.end("new")) or "place" not in found):
        found = {"count": found["count"]}
    slots = {key: value for key, value in found.items() if key != "activity"}
    return command(slots, {}, level=SURE) if len(slots.keys() - {"end"}) == 1 else None


def misrecorded(frame: Frame, text: str) -> Command | None:
    """怎么给我记成两天了,我就去了一天: what should stand there."""
    match = MISRECORDED.match(text)
    if match is None:
        return None
    right, wrong = values(frame, match["right"]), values(frame, match["wrong"])
    slots = {key: value for key, value in right.items() if key in wrong and wrong[key] != value}
    return command(slots, {}, level=SURE) if slots else None


def denied(frame: Frame, text: str) -> Command | None:
    """What is put right by a no."""
    return not_only(frame, text) or role(text)


def so_many(frame: Frame, text: str) -> Command | None:
    """是十一个孩子,我数了: the right number, vouched for."""
    match = SO_MANY.match(text)
    return command({"count": values(frame, match["new"])["count"]}, {}, level=SURE) if match else None


def read(frame: Frame) -> Command | None:
    """What a short message puts right."""
    text = frame.core
    if len(text) > SHORT:
        return None
    return (
        (took_for(frame, text) or right_first(frame, text) or misrecorded(frame, text) if "成" in text else None)
        or (None if SLIPS.isdisjoint(frame.grams) else late_slip(frame, text))
        or it_is(frame, text)
        or (so_many(frame, text) if "是" in text else None)
        or (denied(frame, text) if "不" in text else None)
        or not_so_many(frame, text)
    )
