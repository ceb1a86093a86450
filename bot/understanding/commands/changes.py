"""Putting right: what changes in a record said before, and which record is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from .. import numerals
from ..late import late
from ..lexer import lex
from ..meaning import Entry
from ..tokens import Token
from .change_words import (
    AMENDS,
    AMOUNT,
    AS_KIND,
    ATTENDED,
    ATTENDING,
    BARE_CHANGE,
    CHANGE,
    DAY_TOLD,
    DELTA,
    DENIED,
    ERR_FIRST,
    ERROR,
    FROM_TO,
    HEAD,
    HELD,
    MEANT,
    MET,
    MIDDLE,
    NEGATED,
    NO_AMEND,
    NOT_BUT,
    RECORDED,
    REFERS,
    SLIP,
    TOLD,
    TURN,
    WHOSE,
)
from .frame import Frame
from .rule import STANDS, SURE, YIELDS, Command, Slots

START = late("起始|开始|起点|首日|第一天|头一天|起(?=日|的日)|从哪天|起日")
END = late("结束|截止|截至|终止|最后一天|末日|止日|到期|终点|尾")


def amend(frame: Frame) -> Command | None:
    """What changes in a record said before, and which record is meant."""
    text = frame.core if CANTONESE.isdisjoint(frame.grams) else mandarin(frame.core)
    if len(text) > 60 or not AMENDS.search(frame.text) or NO_AMEND.search(frame.text):
        return None
    if frame.text[0] in "这下以" and OWNER.match(frame.text):
        return None
    return step(frame, text) or kind_only(frame, text) or met(frame.text) or changed(frame, text)


def mandarin(text: str) -> str:
    """唔系三个,系四个: the small words of Cantonese as their twins of the same length."""
    for said, twin in TWINS:
        text = text.replace(said, twin)
    return IS.sub("是", text)


def step(frame: Frame, text: str) -> Command | None:
    """少记了一个, 再加2名, -1: the difference; with a new total said (少记了,应该是5名) it is no difference."""
    if CHANGE.search(text) and re.search("改成|改为|应该?是|应为|其实|实际", text):
        return None
    found = [1] if ONE_MORE.match(text) else []
    for sign, words in DELTA:
        for match in words.finditer(text):
            many = numerals.value(match["n"]).value
            if many:
                found.append(sign * int(many))
    if not found:
        return None
    sure = ADDED.match(text) is not None
    return command({"delta": found[0]}, rest(frame, text, ("audience", "activity")), level=SURE if sure else STANDS)


def rest(frame: Frame, words: str, keys: Iterable[str]) -> Slots:
    """Which record is meant, as far as the words tell it."""
    found = values(frame, words)
    return {key: found[key] for key in keys if key in found}


def command(slots: Slots, fragment: Slots, entries: tuple[Entry, ...] = (), level: int = STANDS) -> Command:
    """An amendment."""
    return Command("amend", slots, level, "amend", entries, fragment)


def met(text: str) -> Command | None:
    """那6名里有2名以前谈过."""
    match = MET.search(text)
    many = numerals.value(match["n"]).value if match else None
    return (
        command({"met_before": int(many)}, {})
        if many and match and (match.start() == 0 or RECORDED.search(text)) and (OF_RECORD.match(text) or not TOLD.search(text[: match.start()]))
        else None
    )


def kind_only(frame: Frame, text: str) -> Command | None:
    """那场算主题队日,不算宣讲."""
    match = AS_KIND.search(text)
    if not match:
        return None
    found = values(frame, match["k"] or match["k2"])
    if "activity" not in found:
        return None
    old = values(frame, match["k0"] or text[match.end() :])
    return command({"activity": found["activity"]}, {"activity": old["activity"]} if "activity" in old else {})


LEADS = late(r"[,。 的那]*(?:宣讲|团课|队课|讲课|访谈|谈话|谈心|座谈|听课|驻校|蹲点|问卷|结对|家访|走访|队日|队会|办实事)")
OF_RECORD = late(
    r"(?:[,。! ]|哦|对了|还有|那个(?=[上刚前]))*(?:那|上次|上回|上周|刚才|刚刚|前面|之前|昨天|前天|早上|上午)[^,。]{0,12}?(?:那|个|场|批|拨|的|里)"
)
OWNER = late(
    r"(?:这|下面|以下|下边)(?:一?条|个|些)?是?(?![昨今前明后上大本周\d我你他她])[一-鿿]{2,4}(?<!天|月|日|号|期)的(?:记录)?[,:]"
)
THEIRS = late(r"(?:那|这)(?:边|块|头|里|条|项|一栏|一项|栏)(?:的)?(?:应该|其实|实际|都|也|就)*(?:是|为|有|只有|才)")
ADDED = late(r"(?:[^,。]{1,6}(?:那|这)(?:边|块|头|里|条))(?:再|还|给我|请|帮我|要|得)*(?:补|添|加|减|扣|去掉)|[^。]{0,12}(?:漏|少)(?:了|掉|记|报|算)*[一两二三四五六七八九十俩仨\d]{1,3}[^,。]{0,4}[,。 ]+[^,。]{0,3}(?:补|加|添)")
FIELD = late(r"(?:时长|人数|天数|日期|时间|地点|场数|次数|数量|份数|学校|对象|[课谈讲卷访校会]数)(?:那[一]?[项栏])?[ ,]*$")
FILED_AS = late("(?:给我|来|帮我)?(?:登记|记录|统计|填报|上报|算|记)(?=[,。 ]|$)")
MISTAKEN = late(r"[^,。\d]{1,8}(?:其实|明明|本来就?)(?:是|算)[^,。\d]{1,8}$")
HOW_MANY = late("(?:记|报|写|填|登|录|算|数)(?:得|的)?(?:少|多(?!少))|(?:少|多|漏)(?:记|报|算|写|填|登|录)|人数|个数|数(?:儿|字|目)?(?:错|打错|不对|有误)")
IS = late("(?<![联关体应])系(?!统|列|数)")
ONE_MORE = late(
    r"^(?:我|刚才?|刚刚|前面|上面|上一条|还|又|好像|,)*(?:漏|落|少)(?:记|报|算|写|填|说|登)?(?:了|掉)(?:一)?(?:个|位|名)(?!月|星期|字|零|0)[^,。]{1,6}(?:[,。 ]+(?:帮我|给我|请|再|要|把)*[他她它]?(?:添|加|补|算|记)(?:上|进去?|一下|个)*[他她它]?)?(?:吧|了|啊)*$"
)
CANTONESE = frozenset(("唔系", "嗰", "𠮶", "咗", "嘅", "啱"))
TWINS = (("唔系", "不是"), ("头先", "刚才"), ("应系", "应是"), ("嗰", "那"), ("𠮶", "那"), ("咗", "了"), ("嘅", "的"), ("啱", "对"))
RECORD_SLIP = late("(?:日期|时间|人数|数字?|地点|学校|对象|活动|天数|场数)(?:都|也)?(?:有误|有错|不对|错了?|不准|写错|记错|弄错)|(?:少|多|漏|重)(?:记|报|算|写|填|登|录)|(?:记|报|写|填|登|录|算|打|输|敲|搞|弄|数|选|点)(?:得|的)?(?:少|多(?!少)|漏|错|重|岔|混|反)")
DAY_OF_RECORD = late(
    r"(?:的|我|那|这|天|次|趟|回|场|条|一|记录|在校|驻校|蹲点|到校|去学校|时间|天数|人数|个|半天|晚上|上午|下午)*(?:的|应该|应|应当|其实|实际|都|就|只|也|得|要|给我|[, ])*(?:算|是|为|系|改|记|按|有|只有)(?!的)"
)
COUNT_TOLD = late("人数|个数|数目|数量|数字")
PLAIN = late(r"(?P<n>[一二三四五六七八九十百两俩仨\d]{1,4})")
MEANT_BY = late("(?:说|指|讲|报|填)的是")
LISTENERS = late(r"人数|[的来]人|听众|[\d十百]人|人$")
EVENTS = frozenset(("lecture", "theme_day", "exchange"))


def changed(frame: Frame, text: str) -> Command | None:
    """改成5名; 不是3名是5名; 刚才说错了,是辅导员; 那两个是家长."""
    split = None if inside_report(text) else parted(text)
    if split is None:
        return None
    old, new, level = split[0], FILED_AS.sub("", split[1]), split[2]
    if (
        TOLD.search(old)
        and not (RECORDED.search(old) or FIELD.search(old))
        and not (BARE_CHANGE.match(text) or FROM_TO.search(text))
        and not re.match("不对|不是|错|改|更正|纠正", text)
    ):
        return None
    bare = PLAIN.fullmatch(ERROR.sub("", new).strip(" ,。了"))
    if (
        bare
        and (COUNT_TOLD.search(text) or MEANT_BY.search(text))
        and not (ATTENDING.search(text) or values(frame, old).get("activity") in EVENTS)
    ):
        return command({"count": numerals.value(bare["n"]).value}, values(frame, old))
    several = both(frame, new)
    if several and not HOW_MANY.search(text):
        return command({}, {}, several)
    found, before = values(frame, new, old), values(frame, old)
    said_of(frame, text, found, before)
    if "audience" in found and "count" in found and THEIRS.search(new):
        before["audience"] = found.pop("audience")
    if "count" in found and HOW_MANY.search(text) and owned_first(text, changed=False):
        before.update({key: found.pop(key) for key in ("audience", "activity", "start", "end") if key in found})
    if "activity" in found and len(found) > 1 and LEADS.match(new) and not CHANGE.search(text):
        before["activity"] = found.pop("activity")
    slots = {key: value for key, value in found.items() if before.get(key) != value or key in ("start", "end")}
    if "count" in slots and "audience" in slots and told_of(frame, text) == slots["audience"]:
        before["audience"] = slots.pop("audience")
    event = before.get("activity") or slots.get("activity")
    if "count" in slots and event in EVENTS and LISTENERS.search(text):
        slots["attendance"] = int(slots.pop("count"))
        before["activity"] = event
        slots = {key: value for key, value in slots.items() if key not in ("activity", "audience")}
    if "attendance" in slots:
        slots = {key: value for key, value in slots.items() if key != "audience"}
    sure = (
        HEAD.match(text)
        or RECORDED.search(text)
        or BARE_CHANGE.match(text)
        or NOT_BUT.match(text)
        or DAY_TOLD.match(text)
        or FROM_TO.search(text)
        or MISTAKEN.match(text)
        or FIELD.search(old)
        or (ERROR.search(text) and COUNT_TOLD.search(text))
    )
    if not slots:
        owned = ERROR.search(text) and level == YIELDS and len(text) <= 14
        denied = DENIED.match(text) and before and len(text) <= 14
        return command({}, before, level=STANDS if denied else YIELDS) if owned or denied else None
    return command(slots, before, level=SURE if owned_first(text) else STANDS if sure else YIELDS)


def owned_first(text: str, changed: bool = True) -> bool:
    """少记二人,应为八人: the slip is owned to before any number, so that what follows is no deed told anew."""
    error, amount = RECORD_SLIP.search(text), AMOUNT.search(text)
    told = error and (not changed or CHANGE.search(text, error.end()))
    return bool(error and told and (amount is None or error.start() < amount.start()))


def said_of(frame: Frame, text: str, found: dict[str, Any], before: dict[str, Any]) -> None:
    """上周五那趟算一整天: a day said of the record tells which one is meant, where something else is what changes."""
    if "start" not in found or not found.keys() - {"start", "end", "place"} or len(frame.dates) != 1:
        return
    if DAY_OF_RECORD.match(text, max(frame.dates[0].end - frame.offset, 0)):
        before.update({key: found.pop(key) for key in ("start", "end") if key in found})


def told_of(frame: Frame, text: str) -> str | None:
    """家长不是2名是4名: the audience that stays, as it only says which record is meant."""
    whose = WHOSE.search(text)
    return values(frame, whose["who"]).get("audience") if whose else None


def inside_report(text: str) -> bool:
    """True where a speaker only corrects himself while reporting (活动一次(打错了,是校际))."""
    error = SLIP.search(text)
    return bool(error and error.start() and AMOUNT.search(text[: error.start()]) and not RECORDED.search(text))


def parted(text: str) -> tuple[str, str, int] | None:
    """What was, what shall be, and whether only an error was told."""
    marks = list(CHANGE.finditer(text))
    error, negated, refers = slip(text), NOT_BUT.search(text), REFERS.match(text)
    day = DAY_TOLD.match(text)
    if not (error or negated or refers or day or ATTENDED.match(text) or any(TURN.match(m.group()) for m in marks)):
        return None
    if day and refers is None and not (error or negated):
        return "", day["new"], STANDS
    if refers and not marks and not negated and not error:
        return refers["ref"], refers["new"], STANDS
    middle = MIDDLE.search(text)
    if middle and not marks and middle.start() > 2:
        return text[: middle.start()], NEGATED.sub(" ", text[middle.end() :]), STANDS
    return around(text, marks, bool(negated))


def slip(text: str) -> bool:
    """True where an error is owned to."""
    return bool(ERROR.search(text) or ERR_FIRST.match(text) or (RECORDED.search(text) and MIDDLE.search(text)))


def around(text: str, marks: list[re.Match[str]], negated: bool) -> tuple[str, str, int]:
    """What stands before and behind the last word of change; what is said not to be belongs to the old."""
    mark = next((m for m in reversed(marks) if text[m.end() :].strip(" ,。!的")), None)
    old, new = (text[: mark.start()], text[mark.end() :]) if mark else ("", text)
    taken = " ".join(m.group() for m in NEGATED.finditer(new))
    new = NEGATED.sub(" ", new)
    if mark is None:
        held = HELD.match(new)
        taken += new[: held.end()] if held else ""
        new = MEANT.sub(" ", ERROR.sub(" ", new[held.end() :] if held else new))
    return f"{old} {taken}", new, YIELDS if mark is None and not negated else STANDS


def values(frame: Frame, words: str, about: str = "") -> dict[str, Any]:
    """What a stretch says of a record: count, audience, activity, days, place, attendance."""
    tokens = lex(words)
    found: dict[str, Any] = {}
    for token in tokens:
        add_value(frame, token, found, words + about)
    if "activity" in found and found["activity"] == "interview" and ("audience" in found or "count" in found):
        del found["activity"]
    if found.get("activity") == "on_site" and "count" in found:
        del found["activity"]
    if ATTENDING.search(words + about) and "count" in found and not re.search("[场次节天]", words):
        found["attendance"] = int(found.pop("count"))
    return found


def add_value(frame: Frame, token: Token, found: dict[str, Any], words: str) -> None:
    """One word's part; the first of its kind holds."""
    roles = token.roles
    if token.said:
        add_days(frame, token, found, words)
    elif roles.get("school") == "named":
        found.setdefault("place", place(frame, token, words))
    elif "num" in roles and token.number and token.number.value is not None:
        found.setdefault("count", token.number.value)
    elif "half_day" in roles or "whole_day" in roles:
        found.setdefault("count", 0.5 if "half_day" in roles else 1.0)
    elif "aud" in roles:
        found.setdefault("audience", roles["aud"])
    elif "act" in roles and roles.get("tone") != "weak":
        found.setdefault("activity", roles["act"])


def place(frame: Frame, token: Token, words: str) -> str:
    """A school as it was typed."""
    name = words[token.start : token.end]
    at = frame.text.find(name)
    return frame.normal.original(at, at + len(name)) if at >= 0 else name


def add_days(frame: Frame, token: Token, found: dict[str, Any], words: str) -> None:
    """The days said, or the one end that is named."""
    days = token.said.resolve(frame.now) if token.said else ()
    if not days or days[0].invalid:
        return
    first, last = days[0].first, days[-1].last
    ends: dict[str, date | None] = {"start": first, "end": last}
    if first == last and START.search(words):
        del ends["end"]
    elif first == last and END.search(words):
        del ends["start"]
    for key, day in ends.items():
        if day:
            found.setdefault(key, day)


def both(frame: Frame, words: str) -> tuple[Entry, ...]:
    """队员是四个辅导员是六个: several people with their numbers."""
    pairs: list[tuple[str, float]] = []
    audience: str | None = None
    number: float | None = None
    for token in lex(words):
        if "aud" in token.roles:
            audience = token.roles["aud"]
            if number is not None:
                pairs.append((audience, number))
                audience = number = None
        elif "num" in token.roles and token.number and token.number.value is not None:
            number = token.number.value
            if audience is not None:
                pairs.append((audience, number))
                audience = number = None
    if len(pairs) < 2:
        return ()
    today = frame.now.date()
    return tuple(Entry("interview", who, many, today, today) for who, many in pairs)
