"""Which record a correction means, and how sure it is that one is meant: its day, its field, its owner, a slip told of."""

from __future__ import annotations

from typing import Any

from ..late import late
from .change_words import AMOUNT, CHANGE
from .frame import Frame

OWNER = late(
    r"(?:这|下面|以下|下边)(?:一?条|个|些)?是?(?![昨今前明后上大本周\d我你他她])[一-鿿]{2,4}(?<!天|月|日|号|期)的(?:记录)?[,:]"
)
OF_RECORD = late(
    r"(?:[,。! ]|哦|对了|还有|那个(?=[上刚前]))*(?:那|上次|上回|上周|刚才|刚刚|前面|之前|昨天|前天|早上|上午)[^,。]{0,12}?(?:那|个|场|批|拨|的|里)"
)
LEADS = late(
    r"[,。 的那]*(?:宣讲|团课|队课|讲课|访谈|谈话|谈心|座谈|听课|驻校|蹲点|问卷|结对|家访|走访|队日|队会|办实事)"
)
THEIRS = late(r"(?:那|这)(?:边|块|头|里|条|项|一栏|一项|栏)(?:的)?(?:应该|其实|实际|都|也|就)*(?:是|为|有|只有|才)")
HOW_MANY = late(
    "(?:记|报|写|填|登|录|算|数)(?:得|的)?(?:少|多(?!少))|(?:少|多|漏)(?:记|报|算|写|填|登|录)|人数|个数|数(?:儿|字|目)?(?:错|打错|不对|有误)"
)
FIELD = late(
    r"(?:时长|人数|天数|日期|时间|地点|场数|次数|数量|份数|学校|对象|[课谈讲卷访校会]数)(?:那[一]?[项栏])?[ ,]*$"
)
FILED_AS = late("(?:给我|来|帮我)?(?:登记|记录|统计|填报|上报|算|记)(?=[,。 ]|$)")
MISTAKEN = late(r"[^,。\d]{1,8}(?:其实|明明|本来就?)(?:是|算)[^,。\d]{1,8}$")
ADDED = late(
    r"(?:[^,。]{1,6}(?:那|这)(?:边|块|头|里|条))(?:再|还|给我|请|帮我|要|得)*(?:补|添|加|减|扣|去掉)|[^。]{0,12}(?:漏|少)(?:了|掉|记|报|算)*[一两二三四五六七八九十俩仨\d]{1,3}[^,。]{0,4}[,。 ]+[^,。]{0,3}(?:补|加|添)"
)
ONE_MORE = late(
    r"^(?:我|刚才?|刚刚|前面|上面|上一条|还|又|好像|,)*(?:漏|落|少)(?:记|报|算|写|填|说|登)?(?:了|掉)(?:一)?(?:个|位|名)(?!月|星期|字|零|0)[^,。]{1,6}(?:[,。 ]+(?:帮我|给我|请|再|要|把)*[他她它]?(?:添|加|补|算|记)(?:上|进去?|一下|个)*[他她它]?)?(?:吧|了|啊)*$"
)
LEFT_OUT = frozenset(a + b for a in "漏落少" for b in "记报算写填说登了掉")
ONLY_THAT = late(
    r"[了啦]?[,。 ]+(?:是|就|才|应该|只有)*(?:\d{1,4}|[一二两三四五六七八九十俩仨]{1,3})[名个位人天场次节份篇件项]$"
)
RECORD_SLIP = late(
    "(?:日期|时间|人数|数字?|地点|学校|对象|活动|天数|场数|节数|份数|次数)(?:都|也)?(?:有误|有错|不对|错了?|不准|写错|记错|弄错)|(?:少|多|漏|重)(?:记|报|算|写|填|登|录)|(?:记|报|写|填|登|录|算|打|输|敲|搞|弄|数|选|点)(?:得|的)?(?:少|多(?!少)|漏|错|重|岔|混|反)"
)
DAY_OF_RECORD = late(
    r"(?:的|我|那|这|天|次|趟|回|场|条|一|记录|在校|驻校|蹲点|到校|去学校|时间|天数|人数|个|半天|晚上|上午|下午)*(?:的|应该|应|应当|其实|实际|都|就|只|也|得|要|给我|[, ])*(?:算|是|为|系|改|记|按|有|只有)(?!的)"
)
IS = late("(?<![联关体应])系(?!统|列|数)")
CANTONESE = frozenset("唔嗰𠮶咗嘅啱")
TWINS = (
    ("唔系", "不是"),
    ("头先", "刚才"),
    ("应系", "应是"),
    ("嗰", "那"),
    ("𠮶", "那"),
    ("咗", "了"),
    ("嘅", "的"),
    ("啱", "对"),
)


def words_of(frame: Frame) -> str:
    """The message without courtesies; 唔系三个,系四个 with the small words of Cantonese as their twins of the same length."""
    text = frame.core
    if CANTONESE.isdisjoint(text):
        return text
    for said, twin in TWINS:
        text = text.replace(said, twin)
    return IS.sub("是", text)


def of_another(frame: Frame) -> bool:
    """这条是小郑的,今天…: a record told for a colleague."""
    return frame.text[0] in "这下以" and OWNER.match(frame.text) is not None


def owned_first(text: str, changed: bool = True) -> bool:
    """少记二人,应为八人: the slip is owned to before any number, so that what follows is no deed told anew."""
    error, amount = RECORD_SLIP.search(text), AMOUNT.search(text)
    told = error and (not changed or CHANGE.search(text, error.end()) or ONLY_THAT.match(text, error.end()))
    return bool(error and told and (amount is None or error.start() < amount.start()))


def meant(frame: Frame, text: str, new: str, found: dict[str, Any], before: dict[str, Any]) -> None:
    """What is said only to tell which record is meant goes from what changes to what was."""
    other = found.keys() - {"start", "end", "place"}
    at = frame.dates[0].end - frame.offset if "start" in found and other and len(frame.dates) == 1 else -1
    if at >= 0 and DAY_OF_RECORD.match(text, at):
        moved(found, before, "start", "end")
    if "audience" in found and "count" in found and THEIRS.search(new):
        moved(found, before, "audience")
    if "count" in found and HOW_MANY.search(text) and owned_first(text, changed=False):
        moved(found, before, "audience", "activity", "start", "end")
    if "activity" in found and len(found) > 1 and LEADS.match(new) and not CHANGE.search(text):
        moved(found, before, "activity")


def moved(found: dict[str, Any], before: dict[str, Any], *keys: str) -> None:
    """Some values, from one to the other."""
    before.update({key: found.pop(key) for key in keys if key in found})
