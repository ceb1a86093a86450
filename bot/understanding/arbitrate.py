"""One reading for one message: a command, things done, things planned, nothing done, or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from . import commands
from .absences import absence
from .belonging import belongs
from .deeds import PEOPLE, Deed
from .entries import entries
from .explain import trace
from .fallback import besides, fall_back
from .fragments import fragment
from .frozen import frozen
from .grumbles import EXCUSE, grumble
from .late import late
from .masking import Masked, mask, stand_ins
from .meaning import Entry, Meaning, Trace
from .normal import Normal, normalise
from .reading import Reading, read
from .scrub import scrubbed
from .strangers import FAMILY, HEARSAY, hearsay, of_strangers, of_the_family
from .tables import laid_out


@frozen
class Told:
    """What a message tells of: done, planned, not done, or a problem alone."""

    intent: str = "unknown"
    entries: tuple[Entry, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)


FIRM = frozenset(("check_in", "plan"))
LOOSE = frozenset(("unknown", "nothing"))
POINTING = late(
    r"(?:对|好的?|嗯|哦|哎呀?|诶|欸|唉|啊|呃|那个|不好意思|抱歉|对不起|等等|等下|[,。! ]){0,4}(?:把|将|给我把|请把|麻烦)?(?:刚[才刚]?(?:的|那|说|记|发|报|写|填|录|错|不|把|点)|上一?[条次个]|上面|前面|前一条|之前|头先|(?:早上|上午|昨天|前天|上次|上回|上周|那天)(?:我)?(?:说|报|记|发|写|填|交)过?的|那[条个场次天]|这[条个场]|[^,。在到去往]{0,8}那[条个场次]|[^,。]{1,8}(?:其实|明明)(?:是|算)|(?:我)?(?:记|报|说|写|填|打|数|算|搞|弄|听|看)(?:岔|混|错|反|漏|串)|不对|不是(?!今|昨|前天|周|星期|\d+[月号日])|不,|更正|错了|改|应该|说错|记错|我说错|弄错|写错|怎么|如何|撤|删|取消|[^,。;!0-9]{1,6}改(?=[\d一二三四五六七八九十半两])|[^,。;!0-9]{1,10}(?:改(?:成|为|作|到)|更正[为成])|[^,。;!]{1,8}由[^,。;!]{1,8}(?:更新|改|变更|调整)[为成到])"
)
IDLE = late(
    r"^(?:今[天日儿]个?|昨[天日儿]个?|[本这上]周|[本这上]个?(?:礼拜|星期|月)|前天|周[一二三四五六日天]|\d{1,2}[月./]\d{1,2}[日号]?)[, :]?(?:我|俺)?(?:无|没有|没得|没|莫得|冇|木有|零|空白)(?:了|呢|啊|哈|哦)?[。!]?$|^(?:今[天日儿]个?|[本这]周)?(?:无事|没啥事|平安无事|没[事啥]可报|无可报|没什么可报)[的了]?[。!]?$|"
    "(?:啥|什么|任何|哪)(?:事|活动|工作|地方)?儿?(?:都|也)?没有?(?:干|做|搞|弄|开展|安排|去|动)|(?<![别他它余])(?<!别的)(?<!其他)(?<!其它)(?<!其余)(?<!他的)没有?(?:开展|搞|组织|安排|做|干)(?:什么|任何|啥)?(?:活动|工作|事|成)?(?=$|[,。;!])"
    "|没(?:有)?(?:出(?:过)?(?:单位|办公室|大?门|屋|门)|离(?:开)?(?:单位|办公室|岗)|顾得?上|腾出|抽出|抽开|挤出|空出|工夫|时间去|机会去|踏进|迈进)|(?:走|脱|抽)不开身?|分身乏术"
    "|(?:谁|(?:一|半)个[^,。]{0,3}?)(?:也|都)?没有?(?:见|找|谈|聊|访|碰|遇)|没(?:弄|搞|干|办|做|去|下|到|走|谈|聊|见|访|讲|听|开|蹲|驻|跑)得?成|没(?:动弹|动窝|挪窝|出门|出去|下去|顾上|捞着|干啥|干活)|啥(?:也|都)没|^(?:今[天日儿]个?|昨[天日儿]个?)?[,]?(?:歇|休息|躺)了?(?:一|半)?天|(?:今天|今日|本周|这周|本月|这个月)(?:无|没有?|未)(?:入校|到校|蹲点|驻校|下校|宣讲|访谈)?(?:外出|下校|下乡|进校|到校|工作|活动|安排|动静|进展|新增)|没(?:有)?(?:动静|进展|新增|新进展)"
)
CONTESTED = frozenset(("amend", "leave", "export", "my_records", "nothing", "set_school", "submit", "undo"))
QUESTION = late(
    r"谁|哪|多少|[啥什](?:么)?时候|何时|怎么|咋|几[个人位天次名场]|的人|名单|[吗没不]$|《|(?:问题|困难|诉求|建议)\d"
)
SHORT_QUESTION = 30
WONDERING, LATELY = frozenset("多几谁哪样何时能行咋啥么够影紧号"), 14
WANTS_TO_KNOW = late(
    r"(?:多少|几[号月]|(?<![那这前后好十])几[个人位天次名场篇所家]|谁|哪[个些几里位天次]|[怎咋]么?样|咋个样|如何|[啥什]么?时候|能不能|行不行|可不可以|咋整|什么情况|咋[说讲办弄算来]|怎么[说讲办弄算来]|(?:图|为|是)个?[啥什]么?|影响不影响|影不影响|要紧(?:吗|不)|够(?:了|不够|没)*(?:吧|没|不))[^,。;!]{0,8}(?:[,。][^,。]{0,3}(?:文件|规定|上头|上面|你|谁)[^,。]{0,6})?[?]?$"
)
PERMIT = late(r"能不能|可不可以|行不行|算不算")
MERELY = frozenset(
    "好的对是嗯恩行可以没错要得滴哒呀啊哦噢呃哈嘿呵嘻谢您你辛苦不吧呢啦嘛okesy ,。!"
)  # they spell no deed, no people, no number
COUNTING = late(r"[\d一二两三四五六七八九十仨俩半几访谈聊计量]")
LASTED = late("(?<!座)[聊谈唠说讲摆喧侃]了?[^,。]{0,6}(?:分钟|小时|钟头|一?会儿?|半天|一阵|几句|两句)")
HAPPENED = late(
    "^(?![^,。;]{0,6}(?:如果|要是|假如|若|万一)).*?(?:[谈聊讲听访到去见唠碰遇找问做办上开发送捐赠买带修装换添](?:了|过|到)|[送捎带][去来])"
)
GIVEN = late("(?<!宣)[讲捐赠修装添买]了")
ONE_HELD = late("[上讲听开]了?一[节堂场次]")
FINISHED = late("(?:[聊谈唠说讲摆喧侃拉谝扯吹叨见碰倾疑复答话心流计量]|座谈|家访|访谈)[了过咧哒咗]")
PAPERS = frozenset(("report", "case"))


def understand(text: str, now: datetime, explain: bool = False) -> Meaning:
    """The meaning of one message sent at `now`, local time; never raises, and the same for the same words."""
    text = stand_ins(text)
    table = laid_out(text)
    return of_table(text, table, now) if table else understood(text, now, explain)


def of_table(text: str, table: str, now: datetime) -> Meaning:
    """What a table tells, its numbers under their headings; it is kept and logged as it was written."""
    masked = mask(text, normalise(text))
    found = understood(table, now)
    entries = tuple(replace(entry, span=(0, len(text))) for entry in found.entries)
    return scrubbed(replace(found, entries=entries, masked=masked.text, dropped=masked.dropped), masked)


def understood(text: str, now: datetime, explain: bool = False) -> Meaning:
    """The meaning of a message without tables."""
    if not explain and (intent := commands.alone().get(text)):
        return Meaning(intent, masked=text)
    normal = normalise(text)
    masked = mask(text, normal)
    seen = commands.frame(normal, now)
    command = commands.read(seen)
    if command and not explain and plainly(command, normal.text):
        told = Told(command.intent, command.entries, command.slots)
        return scrubbed(meant(told, masked, command.fragment), masked)
    blanked = masked.blanked(normal.text)
    reading = read(blanked, now, masked.names if blanked == normal.text else None)
    told = tell(reading, normal)
    command = command or asked_loosely(told, reading, seen)
    why = trace(reading, normal, command) if explain else ()
    if command and wins(command, told, reading):
        told = Told(command.intent, command.entries, command.slots)
        loose = command.fragment or fragment(reading, normal)
    else:
        loose = fragment(reading, normal)
        told = unclaimed(told, reading, normal, now) if command is None else told
    return scrubbed(meant(told, masked, loose, why), masked)


def asked_loosely(told: Told, reading: Reading, seen: commands.Frame) -> commands.Command | None:
    """A question or an order by its ideas, where nothing done or planned is told plainly."""
    firm = told.intent in FIRM and (len(told.entries) > 2 or any(solid(deed, reading.text) for deed in reading.deeds))
    if firm and not ((len(reading.text) < SHORT_QUESTION and QUESTION.search(reading.text)) or permits(reading.text)):
        return None
    found = commands.loosely(seen, told.intent)
    return found if found and wins(found, told, reading) else None


def permits(text: str) -> bool:
    """True where a message asks whether something may be or count."""
    return text[-1] in "吗嘛么?" or ("不" in text and PERMIT.search(text) is not None)


def unclaimed(told: Told, reading: Reading, normal: Normal, now: datetime) -> Told:
    """The fallback's reading where nothing claimed the message, or an absence may be somebody else's."""
    if told.intent == "check_in" and (more := besides(reading, normal, now)):
        return replace(told, entries=told.entries + more)
    if told.intent not in LOOSE or of_strangers(reading.text):
        return told
    found = fall_back(reading, normal, now, told.intent)
    return Told(*found) if found[0] != "unknown" else told


def meant(told: Told, masked: Masked, loose: Mapping[str, Any], why: tuple[Trace, ...] = ()) -> Meaning:
    """What is told, with the text as it may be kept."""
    return Meaning(told.intent, told.entries, told.slots, masked.text, loose, masked.dropped, why)


def plainly(command: commands.Command, text: str) -> bool:
    """True where nothing in the text could tell a deed against the command: no number, no talk, and no order that deeds often hold."""
    if MERELY.issuperset(text):
        return True
    return command.level >= commands.STANDS and command.intent not in CONTESTED and not COUNTING.search(text)


def wins(command: commands.Command, told: Told, reading: Reading) -> bool:
    """True where the command is the surer reading."""
    if told.intent == "check_in" and reading.asks and LASTED.search(reading.text):
        return False
    if told.intent == "unknown" or command.level > commands.SURE:
        return True
    if belongs(command.intent, told.intent, reading):
        return False
    if command.level > commands.STANDS and not (command.intent == "rules" and reading.asks):
        return True
    if command.intent == "rules" and reading.asks and told.intent == "check_in" and HAPPENED.search(reading.text):
        return False
    if command.level >= commands.STANDS:
        return not contradicts(command, told, reading)
    return command.level == commands.YIELDS and told.intent not in FIRM


def contradicts(command: commands.Command, told: Told, reading: Reading) -> bool:
    """True where a deed is told so plainly that the words of a command belong to the telling."""
    if told.intent != "check_in" or POINTING.match(reading.text):
        return False
    if command.intent == "set_school" and any(deed.activity == "unit_link" for deed in reading.deeds):
        return True
    if command.intent == "amend" and "不是是" in reading.text:
        return True
    told_plainly = [deed for deed in reading.deeds if solid(deed, reading.text)]
    if command.intent == "submit":
        kinds = {deed.activity for deed in told_plainly}
        return not kinds <= PAPERS or len(kinds) > 1
    return bool(told_plainly)


def solid(deed: Deed, text: str) -> bool:
    """True for a deed done, named by its verb and counted, that is not itself what a question or an order is about."""
    if deed.negated or deed.dropped or deed.planned or deed.tone == "pair" or text[deed.end : deed.end + 1] == "的":
        return False
    for number, _ in deed.numbers:
        if number.value is not None or number.at_least is not None:
            return True
    for group in deed.groups:
        said = group.number
        if group.named or (said and (said.value is not None or said.at_least is not None)):
            return True
    if deed.without:
        return True
    if deed.proven and ONE_HELD.search(text, deed.start, deed.end):
        return True
    if (
        deed.proven
        and (deed.tone == "weak" or deed.activity == "lecture")
        and GIVEN.search(text, deed.start, deed.end + 1)
    ):
        return True
    return any(g.prep for g in deed.groups) and bool(FINISHED.search(text, deed.start, deed.end + 1))


def only_asked(reading: Reading) -> bool:
    """座谈会算访谈吗: a deed named only to ask whether it counts."""
    return (
        reading.asks
        and all(deed.bare and deed.activity != "on_site" for deed in reading.deeds)
        and not HAPPENED.search(reading.text)
    )


def asked_of(reading: Reading) -> bool:
    """外国语学院这学期蹲班的有几位: a short question that tells of nothing with its number or its people."""
    text = reading.text
    return (
        len(text) < SHORT_QUESTION
        and not WONDERING.isdisjoint(text[-LATELY:])
        and WANTS_TO_KNOW.search(text) is not None
        and not reading.asks
        and not HAPPENED.search(text)
        and not any(solid(deed, text) or deed.groups for deed in reading.deeds)
    )


def given_up(deed: Deed, reading: Reading) -> bool:
    """寻思今天去,结果没去上: what was meant to be done and is denied afterwards."""
    return any(d.negated and d.activity == deed.activity and d.start > deed.start for d in reading.deeds)


def plain(deed: Deed, text: str) -> bool:
    """True for a problem, and for a deed that no complaint could be about."""
    return (
        deed.activity == "issue"
        or bool(deed.crowd)
        or ((deed.tone != "weak" or bool(deed.groups)) and solid(deed, text))
    )


def tell(reading: Reading, normal: Normal) -> Told:
    """What the message tells of: things done win over plans, and both over a problem alone."""
    if of_strangers(reading.text):
        return Told()
    found = all_entries(reading, normal)
    done = tuple(entry for deed, entry in found if not deed.planned)
    if not any(plain(deed, reading.text) for deed, _ in found) and (stretch := grumble(reading)):
        return Told("issue_report", (), {"text": normal.original(*stretch)})
    if found and asked_of(reading) and all(entry.activity != "issue" for _, entry in found):
        return Told()
    if any(entry.activity != "issue" for entry in done) and not only_asked(reading):
        return Told("check_in", done, {"asks": True} if reading.asks else {})
    if done and done[0].activity == "issue":
        return Told("issue_report", (), {"text": done[0].text})
    if found and not done and not any(given_up(deed, reading) for deed, _ in found):
        return Told("plan", tuple(entry for _, entry in found))
    return not_done(reading, normal)


def all_entries(reading: Reading, normal: Normal) -> list[tuple[Deed, Entry]]:
    """The entries of the speaker's own deeds."""
    found = [pair for scene in reading.scenes for pair in entries(scene, normal)]
    if not found:
        return found
    if FAMILY.search(reading.text):
        found = [pair for pair in found if not of_the_family(reading.text, pair[0])]
    if HEARSAY.search(reading.text):
        return [pair for pair in found if not hearsay(reading.text, pair[0])]
    return found


def not_done(reading: Reading, normal: Normal) -> Told:
    """An absence, a problem alone, or nothing."""
    if away := absence(reading):
        return Told("leave", (), away)
    if any(deed.negated and (deed.tone != "weak" or deed.activity in PEOPLE) for deed in reading.deeds):
        return Told("nothing")
    if reading.complaint and not EXCUSE.search(reading.text):
        return Told("issue_report", (), {"text": normal.original(*reading.complaint)})
    if len(reading.text) < 40 and IDLE.search(reading.text):
        return Told("nothing")
    return Told()
