"""Whom a command is about: a name at its beginning, or behind the words that lead to one."""

from __future__ import annotations

import re
from functools import cache

from ..late import late, several
from ..name_words import SURNAMES, ordinary
from .frame import Frame, pattern
from .slots import first_letters, is_name, region

FOLLOW = late(
    r"同志|老师|书记|主任|干事|部长|副书记|这|那(?!仁|日|木|顺)|现(?=在)|目(?=前)|最(?=近)|本(?=学|月|周|年|期)|上(?=个?月|周|学|半|次|星)|今|昨|截|到(?=底|现|目|今|了|校|哪)|完(?=成)|干(?=得|的|了|到|啥|什|没|完|多)|做(?=得|的|了|到|啥|什|没|完|多)|搞|弄|进(?=度|展|行)|情(?=况)|催(?=过|了|一|没|办|促|下|催)|怎|咋|如何|"
    r"还|都|有(?=没|多|几|无|什|啥|进|动)|去(?=了|过|没|学|哪|几|年)|蹲|驻(?=校|了|点)|访(?=谈|了|过)|宣(?=讲)|听(?=课|了|没)|记(?=录|了|过|的)|任(?=务)|差|欠|缺|够|达(?=标|到)|落(?=后|实)|拖|表(?=现)|一(?=下|般)|呢|吧|啊|吗|的|评|等(?=次|级)|年(?=终|度|底)|考(?=核)|给(?=个|他|她|定|评|良|优|合|我)|定(?=为|优|良|合|一|个|成|级)|"
    r"为(?=优|良|合|一|什|啥|何)|是|清(?=单)|抓(?=紧|抓|点)|赶(?=紧|快)|该|快(?=点|些|去|把)|尽(?=快|早)|把|别|他|她|没|未|补|交(?=了|没|过|报|的|清|任|材)|填|报(?=了|的|没|过|记|数|进|一)|写(?=了|得|的|没)|不(?=行|合|够|达|及|错|要|能)|要|加(?=快|紧|把|油)|注(?=意)|可(?=以)|通(?=过|知)|批|退|审|打(?=回|个|电)|谈(?=了|得|没)|跟(?=进|上|他)|在(?=干|做|什|忙|哪|学|搞|不)|这|"
    r"讲(?=了|几|过)|提(?=个|醒|一|交)|按(?=时|要|期|照)|准(?=时)|及(?=时)|马(?=上)|立(?=即|刻)|务(?=必)|记(?=得)|下(?=周|午|班|学|去)|动(?=了|没|起)|说(?=一?声|一下|说)|发(?=个|条|消息|一|短|通|信)|优(?=秀|$|[,。!等])|良(?=好|$|[,。!等])|合(?=格)|总(?=共|体)|累(?=计)|共|和|跟|与|及|[,、。:?! ()\"\d]|$"
)
OPENER = late(
    r"[,:、。?! ]|给|跟|催催|催一?下?|催办|提醒一?下?|督促一?下?|通知一?下?|叮嘱|敲打一?下?|告诉|转告|让|叫一?下?|喊一?下?|请|@|和|跟|把|将|对|批准|同意|退回|驳回|通过|打回|准了?|审定|审批|团委|少工委|[县区旗市]的|小组的|单位的|评定|评选|评价|评|是|查查?一?下?|看看?一?下?|关于|由|替|帮"
)


@cache
def leading() -> re.Pattern[str]:
    """The words that may stand before a name at the beginning."""
    return pattern(
        r"^(?:<view>|那|那个|就|把|给|请|帮|我|俺|想|要|再|单独|具体|咱们?|我们|团委|单位|县里|区里|市里|局里|关于|对|(?:在)?(?:现在|目前|当前|最近|今天|昨天|本周|这周|上周|本月|这个月|上个月|本学期|这学期|今年|年终|年度|年底|学期末|半年|季度)(?:的)?|个人|考核|等次|评价|一下|下|的|是|[,:、 ])+"
    )


POST = late("[和跟同与](?:教导|德育|政教|总务|教务|少先队|大队|中队|总辅|团委|分管)")


def may_begin(text: str, start: int) -> bool:
    """True where a name could begin, as far as its first letter tells."""
    return text[start : start + 1] in first_letters() or "·" in text


def name_at(text: str, start: int = 0) -> str | None:
    """The name that begins at a place and ends where a sentence goes on."""
    if not may_begin(text, start) or POST.match(text, start):
        return None
    for length in (2, 3, 4, 5, 6, 7):
        words = text[start : start + length]
        if len(words) == length and FOLLOW.match(text, start + length) and is_name(words):
            return words
    return None


def fuller(text: str, name: str | None, starts: list[int]) -> str | None:
    """小姚呢,姚建平干得行不行: the full name behind the familiar one."""
    if name is None or len(name) != 2 or name[0] not in "老小":
        return name
    others = (name_at(text, start) for start in starts if start and text.startswith(name[1], start))
    return next((other for other in others if other and text.index(other) > text.index(name)), name)


def find_name(frame: Frame) -> str | None:
    """The person a message is about, as typed."""
    text = frame.core
    opening = leading().match(text)
    head = opening or OPENER.match(text)
    starts = [*([head.end()] if head else []), 0, *(m.end() for m in OPENER.finditer(text))]
    for start in starts:
        if name := fuller(text, name_at(text, start), starts):
            at = frame.offset + text.index(name, start)
            return frame.normal.original(at, at + len(name))
    return familiar(frame)


FOLLOWED = late(
    r"$|的|你|带|[ ,。]|队员|辅导员|学生|老师|家长|团课|宣讲|问卷|多[久少]|能|会|啥|什么|哪|又|才|到底|究竟|就|换|那|嘛|报|老是|一直|几|今|昨|周|上周|这|手[头上]|太|很|真|慢|快|拖|说|麻利|上心|完|落|该|动|办|在|怎|咋|积极|利索|加油|尽快|早点"
)
BEFORE_NAME = late(
    r"^|[说见就,的]|批准|批了|准了?|同意|退回|驳回|打回|一下|下|一?哈子?|@|戳|跟|给|叫|让|喊|催|和|对|看|查|把|问"
)


COMRADE = late(r"(?:^|[,。 给催叫让跟问查看对和])(?P<name>[一-鿿]{2,3}?)同志")


def whom(frame: Frame) -> str | None:
    """The person named, whatever follows the name."""
    if name := find_name(frame):
        return name
    comrade = COMRADE.search(frame.core)
    if comrade and comrade["name"][0] in SURNAMES:
        return frame.original(*comrade.span("name"))
    for match in BEFORE_NAME.finditer(frame.text):
        start = max(match.end(), frame.offset) if match.end() == 0 else match.end()
        for end in (start + 2, start + 3) if may_begin(frame.text, start) else ():
            if FOLLOWED.match(frame.text, end) and is_name(frame.text[start:end]):
                return frame.normal.original(start, end)
    return None


def where(frame: Frame) -> str | None:
    """The region named."""
    return region(frame.core)


FAMILIAR = late(r"(?:^|(?<=[,。 给催喊叫让跟问查看下醒促对和]))[老小][一-鿿](?![学生师孩子们时])")
TITLED = late(
    r"(?:^|(?<=[,。 给催喊叫让跟问查看下醒促对和]))[一-鿿](?:干事|主任|副?书记|部长|科长|委员|主席|局长|处长|队长|老师|姐|哥)"
)
NO_NAME = several(
    "老师 小时 小学 老家 小孩 小组 老是 老乡 老公 老婆 小区 老鼠 小米 老早 小心 老实 小说 老年 老人 小路 老路 小车 小方 老汉 小红 小于 小计 小白 小花 小金 老成 小池 小麦 小卖 老百"
)


def familiar(frame: Frame) -> str | None:
    """老王, 小马: a colleague called by the surname."""
    for match in FAMILIAR.finditer(frame.core):
        words = match.group()
        if words[1] in SURNAMES and words not in NO_NAME and words not in ordinary():
            at = frame.offset + match.start()
            return frame.normal.original(at, at + len(words))
    return titled(frame)


def titled(frame: Frame) -> str | None:
    """王干事, 李主任: a colleague called by surname and post; the name stays as it was typed."""
    for match in TITLED.finditer(frame.core):
        if match.group()[0] in SURNAMES:
            at = frame.offset + match.start()
            return frame.normal.original(at, at + len(match.group()))
    return None
