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
from .frame import Frame
from .items import REF
from .rule import STANDS, YIELDS, Command, Slots

CHANGE = late(
    r"(?:请|帮我|给我|都|全|统一)?(?:(?<![整修])改(?:成|为|到|作|回|写成|正为|正|填|记|一?下(?:吧)?[,:是成为]*|:|,|[ ](?=\S)|(?=[\d一二三四五六七八九十两半昨前今]))|换(?:成|为|到)|调(?:整)?(?:成|为|到)|更正(?:一下|下)?(?:为|成|是|:|,)*|订正(?:为|成|:|,)*|纠正(?:一下)?(?:为|成|:|,)*|修正(?:为|成|:)*|修改(?:为|成|到|一下)?(?:[:,])*|更改(?:为|成)|变更(?:为|成)|更新(?:为|成)|^(?:人数|日期|时间|学校|地点|对象|天数|场数)(?:应该)?是|(?:更改|修改|更正|改|调整|变更|换)(?:一下)?(?:人数|日期|时间|学校|地点|对象|数量|天数|场数|活动)(?:为|成|到|是)|变成|写成|当作|延(?:长|期)?(?:到|至)|推迟到|提前到|挪到|移到|记到|算到|算作|应该(?:是|为|算|写|记|有|填|只有)*|应(?:是|为|改为|记|填|算|写)|其实(?:没|不|上)?[^,。]{0,6}[,，]?(?:是|应该是)(?=[\d一二两三四五六七八九十])|其实(?:上)?(?:是|只有|就|有|应该是|才|只)|实际(?:上)?(?:是|为|只有|有|应该是|就|才)|准确(?:的|地)?(?:说)?(?:是|应该是)?|确切(?:地)?(?:说)?是?|正确(?:的)?(?:是|为|应该是)|(?:的)(?:应该)?是|原来是|明明是|才是|说的是|指的是|总共是|一共是)"
)
ERROR = late(
    r"(?:说|记|写|报|填|打|搞|弄|输|录|选|算|数|看|讲|敲|登|标|点|统计|登记|手误打|认)(?:的|得)?(?:都|全|是|又)?(?:错|岔|反|混|倒|串|颠倒|漏|混淆|拧)(?:字|行|数|人|啦|了|咯|位)*|(?:人数|数字?|数目|日期|时间|日子|学校|地点|对象|活动|类型|天数|场数|次数|身份|信息|内容|称呼)(?:都|也)?(?:不对|不准|错了?|有误|有错|写错|记错|弄错|搞错|不正确|反了)|(?:少|多)(?:打|写|输|按|填)了?.{0,3}(?:0|零|数字?|字|位)|(?:记|写|报|填|说|打|登记)成(?!一|这)|看花眼了?|眼花了?|手(?:滑|抖|快|贱)了?|打快了?|按快了?|脑子(?:短路|糊涂)了?|口误|笔误|手误|更正|纠正|订正|反过来|对调|颠倒|倒过来|换过来|调换|搞反|弄反|说反|写反|记反"
)
NEGATED = late(
    r"(?:而|并)?(?:不是|不叫|不在|非)(?!没)(?:在)?[^,。;!是应]{1,14}?(?=[,。;! ]|而是|是|应该|$)|不算[^,。;!]{1,10}|(?:记|写|报|说|打|填|弄|搞|输|录|算|登记|看)成了?[^,。;!]{1,12}?(?:了(?=[,。;! ]|$)|[,。;! ]|$)|(?:别的|其他|其它|其余|剩下的?)(?:的)?(?:都)?(?:不(?:动|变|改|用动)|照旧|一样)"
)
NOT_BUT = late(
    r"^(?:错了?|哦|啊|噢|欸|诶|哎|对|嗯|好|呀|那|刚才|其实|日期|时间|人数|学校|地点|对象|不对|[,。! ])*(?:刚才的?那?条?|上一?条|前一条|那条|前面那条|那个|那是|这个|这是)?(?:不是|并不是|不叫|不在)(?!没)[^,。;是]{1,14}[,。; ]*(?:而|应该|其实|就)?(?:是|叫|在|应)|^(?:不是|并不是)(?!没)[^,。;是]{1,10}[, ]+[^,。;]{1,8}$|^[^,。;不]{1,14}[,。; ]*(?:而)?(?:不是|并不是|可不是)(?!没)[^,。;]{1,14}$"
)
AS_KIND = late(
    r"(?:那|这|刚才|上面|上一)?(?:场|条|个|次|回|的)?(?:应该|应当|得|要|该|只能|也|就)?算(?:是|作|成)?(?P<k>[^,。;不]{2,10})[,。; ]*(?:而)?(?:不算|不是|别算)|不算(?P<k0>[^,。;]{2,10})[,。; ]*(?:应该|得|要)?算(?:是|作)?(?P<k2>[^,。;]{2,10})"
)
REFERS = late(
    rf"^(?:对|嗯|好的?|哦|欸|诶|那个|不好意思|抱歉|,|。| )*(?P<ref>[^,。;]{{0,14}}?(?:{REF}|那(?:[两二三四五六七八九十几\d]+)(?:名|个|位|人|天|场|条|次)))(?:的)?(?:人数|时间|日期|学校|地点|对象)?(?:应该|其实|实际|都|全|也|就)?(?:是|在|不是|只有)(?!哪|什么|谁|怎)(?P<new>[^?]{{1,24}})$"
)
DELTA = (
    (1, late(r"(?:少|漏)(?:记|报|算|写|填|数|说|登|录)?(?:了)?(?P<n>NUM)(?:名|个|位|人|天|场|次|份|节|条|(?=$|[,。! ]))".replace("NUM", r"\d{1,4}|[一两二三四五六七八九十俩仨]{1,3}"))),
    (1, late(r"^(?:再|还要?|另外?|又|请|给我|帮我|刚才的?|那条|上一条|[,。 ])*(?:再)?(?:加(?:上)?|添(?:上)?|增加|多加|补(?:上|记)?|追加|加记)(?:了)?(?P<n>\d{1,4}|[一两二三四五六七八九十俩仨]{1,3})(?!个?[零0字])(?:名|个|位|人|天|场|次|份|节|条|(?=$|[,。! ]))")),
    (-1, late(r"(?:记|报|写|填|数|算)多了(?P<n>\d{1,4}|[一两二三四五六七八九十俩仨]{1,3})(?:名|个|位|人|天|场|次|份|节|条|(?=$|[,。! ]))")),
    (-1, late(r"(?:多|重)(?:记|报|算|写|填|数|说|登|录|加)(?:了)?(?P<n>\d{1,4}|[一两二三四五六七八九十俩仨]{1,3})(?!个?[零0字])(?:名|个|位|人|天|场|次|份|节|条|(?=$|[,。! ]))")),
    (-1, late(r"^(?:再|要|请|给我|帮我|得|应该|刚才的?|那条|上一条|[,。 ])*(?:减(?:去|掉|少)?|扣(?:掉|除|去)?|去掉|少算|少记|划掉|抹掉)(?:了)?(?P<n>\d{1,4}|[一两二三四五六七八九十俩仨]{1,3})(?!个?[零0字])(?:名|个|位|人|天|场|次|份|节)")),
    (1, late(r"^\+ ?(?P<n>\d{1,3})(?:名|个|位|人)?$")),
    (-1, late(r"^- ?(?P<n>\d{1,3})(?:名|个|位|人)?$")),
)  # fmt: skip
MET = late(
    r"(?:那|这|其中|里面|当中|里头|中)?(?:的)?(?:[\d一二三四五六七八九十两]+(?:名|个|位|人))?(?:里面?|中|当中|里头|其中)?(?:有|是)?(?P<n>\d{1,3}|[一二三四五六七八九十两俩仨]{1,3})(?:名|个|位|人)(?:队员|辅导员|学生|家长|老师|同学)?(?:是|都|之前|以前|上次|上回|上周|上个月|上学期|曾经|早就|已经|前面|前几天)*(?:谈过|聊过|访谈过|见过|访过|找过|记过|算过|老面孔|重复|旧的|谈了的|老熟人|之前的|是老)"
)
ATTENDING = late("参加|到场|出席|听众|到会|参会|与会|在场|听课人数|观众|受众|人来听|听讲|覆盖人数|实到|现场")
START = late("起始|开始|起点|首日|第一天|头一天|起(?=日|的日)|从哪天|起日")
END = late("结束|截止|截至|终止|最后一天|末日|止日|到期|终点|尾")
TOLD = late(
    r"(?:访谈|宣讲|听课|座谈|谈心|驻校|蹲点|到校|走访|结对|聊|谈|讲|听|去)了?[^,。不错改应]{0,8}?(?:\d|[一二三四五六七八九十两])+(?:名|个|场|次|节|天|位)|(?:去了|到校|驻校|蹲点)"
)
RECORDED = late(
    rf"{REF}|那(?:[两二三四五六七八九十几\d]+)?(?:名|个|位|人|天|场|条|次|篇)|记成|报成|写成|打成|说成|填成|上午报|刚报|昨天报|之前报|报的|记的|(?:前面|上面|刚才|刚刚|之前|早上|上午|下午|头先)(?:我)?(?:说|报|记|写|填|发)的|(?:写|记|报|填|录|登记)(?:错|反|混|岔)"
)
NO_AMEND = late(
    r"(?:更正|修改|改|修正|订正)(?:后|过)|批改|是不是|有没有|我觉得|应当?该?给|怎么|如何|咋(?!说)|[?吗]$|原计划|原定|计划|打算|提醒|清单|问题\d|\d号问题|蹲点学校|驻校学校|联系学校|绑定|评优|请假|建议|希望|反映|改善|改革|改造|改进|改天|改选|谁|为什么|哪|改编|密码|账号|手机号|课表改|学校改成(?!.*[小中]学)"
)


def amend(frame: Frame) -> Command | None:
    """What changes in a record said before, and which record is meant."""
    text = frame.core
    if len(text) > 60 or not AMENDS.search(frame.text) or NO_AMEND.search(frame.text):
        return None
    return step(frame, text) or kind_only(frame, text) or met(text) or changed(frame, text)


AMENDS = late(
    r"花眼|眼花|手[滑抖快]|[打按]快|短路|糊涂|[记报写填数]多了|[改换调更订纠修变挪移应错岔反混漏颠倒误算延推提加添增补追减扣+-]|^(?:人数|日期|时间|学校|地点|对象|天数|场数)是|^(?:那|这|这些|以上|上述|前面)|其实|实际|准确|确切|正确|不是|的是|谈过|聊过|见过|访过|重复|不对|不准|多[记报算写填数说登录]|少[记报算写填数说登录了]|那(?:条|次|场|个|天|[一两二三四五六七八九十\d])|刚才|刚刚|上一?条|这条|去掉|老面孔|以上|上面"
)


def step(frame: Frame, text: str) -> Command | None:
    """少记了一个, 再加2名, -1: the difference; with a new total said (少记了,应该是5名) it is no difference."""
    if CHANGE.search(text) and re.search("改成|改为|应该?是|应为|其实|实际", text):
        return None
    found = []
    for sign, words in DELTA:
        for match in words.finditer(text):
            many = numerals.value(match["n"]).value
            if many:
                found.append(sign * int(many))
    if not found:
        return None
    return command({"delta": found[0]}, rest(frame, text, ("audience", "activity")))


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
        if many and match and (match.start() == 0 or RECORDED.search(text)) and not TOLD.search(text[: match.start()])
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


EVENTS = frozenset(("lecture", "theme_day", "exchange"))


def changed(frame: Frame, text: str) -> Command | None:
    """改成5名; 不是3名是5名; 刚才说错了,是辅导员; 那两个是家长."""
    split = None if inside_report(text) else parted(text)
    if split is None:
        return None
    old, new, level = split
    if TOLD.search(old) and not RECORDED.search(old) and not re.match("不对|不是|错|改|更正|纠正", text):
        return None
    several = both(frame, new)
    if several:
        return command({}, {}, several)
    found, before = values(frame, new, old), values(frame, old)
    slots = {key: value for key, value in found.items() if before.get(key) != value or key in ("start", "end")}
    if "count" in slots and "audience" in slots and told_of(frame, text) == slots["audience"]:
        before["audience"] = slots.pop("audience")
    if "count" in slots and before.get("activity") in EVENTS and re.search("人数|人$", text):
        slots["attendance"] = int(slots.pop("count"))
    if not slots:
        return command({}, before, level=YIELDS) if ERROR.search(text) and level == YIELDS and len(text) <= 14 else None
    sure = HEAD.match(text) or RECORDED.search(text) or BARE_CHANGE.match(text)
    return command(slots, before, level=STANDS if sure else YIELDS)


NUMERAL = r"(?:\d{1,4}|[一二两三四五六七八九十俩仨]{1,3})"


def told_of(frame: Frame, text: str) -> str | None:
    """家长不是2名是4名: the audience that stays, as it only says which record is meant."""
    whose = WHOSE.search(text)
    return values(frame, whose["who"]).get("audience") if whose else None


WHOSE = late(rf"(?P<who>[^,。:;是]{{2,8}})不是{NUMERAL}[名个位人]?[,]?(?:而|应该)?是{NUMERAL}(?:[名个位人]|$)")
BARE_CHANGE = late(r"^[^,。;!0-9]{1,10}(?:改(?:成|为|作|到)|更正[为成])[^,。;!]{1,12}$")
DAY_TOLD = late(
    r"(?:那|这|这些|那些|以上|上面|前面|刚才|上述)(?:说|报|记)?(?:的|那些|这些|几条|内容)*(?:都|全|全部|也|就)?(?:是|算)(?P<new>(?:[昨前今]|大前|上|周|星期|礼拜|\d|[一二三四五六七八九十]{1,3}[月号]).{1,14}?)(?:的|的事|的事儿|的事情|的记录|的情况|干的|做的|发生的)?$"
)
ATTENDED = late(r"(?:参加|到场|出席|到会|参会|听|来)(?:的)?(?:人数|人)?(?:应该)?(?:是|为|有)")


def inside_report(text: str) -> bool:
    """True where a speaker only corrects himself while reporting (活动一次(打错了,是校际))."""
    error = SLIP.search(text)
    return bool(error and error.start() and AMOUNT.search(text[: error.start()]) and not RECORDED.search(text))


HEAD = late(
    rf"(?:对|嗯|好的?|哦|噢|啊|欸|诶|哎|呀|我|那个|不好意思|抱歉|对不起|等等|等下|,|。| )*(?:{CHANGE.pattern}|{ERROR.pattern}|不对|不是|错了?|{REF}|(?:昨|今|前|上)[^,。]{{0,8}}(?:那|的)(?:条|次|个|场|天)|(?:[^,。]{{0,6}}的)?(?:人数|日期|时间|学校|地点|对象|活动类型|起始日|结束日|开始时间|起始|结束|开始|参加人数|类型|把|将))"
)
SLIP = late("[打说讲口]错|不对|口误|错了|哦不|啊不|噢不|更正")
AMOUNT = late(r"(?:\d|[一二两三四五六七八九十俩仨])(?:名|个|场|次|节|天|位|份|篇|件|项)")
COUNTED_REF = r"那(?:[两二三四五六七八九十几\d]+)(?:名|个|位|人|天|场|条|次)"
HELD = late(rf"(?:{REF}|{COUNTED_REF}|[^,。]{{2,10}}(?:那|这)(?:条|次|场|个|天)(?:的)?)")
MEANT = late(rf"(?:{REF}|{COUNTED_REF})(?=是|$)")
TURN = late(
    r"(?:请|帮我|给我|都|全|统一)?(?:改|换|调|更|订|纠|修|变|挪|移|延|推|提|应|其实|实际|准确|确切|正确|人数|日期|时间|学校|地点|对象|天数|场数)"
)
ERR_FIRST = late(r"(?:不对|错了|错|哦不|啊不|噢不|呃不|不不)+")
MIDDLE = late(r"不对[,。 ]+(?=.)")


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
        return text[: middle.start()], text[middle.end() :], STANDS
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
    elif "half_day" in roles:
        found.setdefault("count", 0.5)
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
