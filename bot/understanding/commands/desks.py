"""What is settled at a desk: problems closed and told of without a lead word, papers sent back, units asked about, posts handed over."""

from __future__ import annotations

import re

from ..late import late
from .filed import as_written
from .frame import Frame, span_slots
from .persons import find_name
from .rule import STANDS, SURE, Rule, Slots, asked, rule
from .slots import form, is_name, region

NUMBERED = late(
    r"(?:问题|事项|困难|诉求|建议|意见)第?(?P<n>\d{1,4})(?![月年.日号\d])|第?(?P<m>\d{1,4})(?:号|条)(?:问题|事项|困难|诉求|建议|意见|反馈)"
)


def settled(frame: Frame, _match: re.Match[str]) -> Slots:
    """The problem that is settled, where its number is told."""
    found = NUMBERED.search(frame.core)
    return ({"number": int(found["n"] or found["m"])} if found else {}) | {"status": "resolved"}


def sent_back(frame: Frame, _match: re.Match[str]) -> Slots:
    """Whose paper does not pass, where it is said."""
    name = find_name(frame)
    return {"name": name, "approved": False} if name else {"approved": False}


def covering(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A form and the days it covers; the day by which it is wanted is none of them."""
    which = form(match["what"])
    days = [said.resolve(frame.now) for said in frame.dates if said.end <= frame.offset + match.end("what")]
    return {"form": which, **(span_slots(days[0][0]) if days and days[0] else {})} if which else None


RULES: tuple[Rule, ...] = (
    rule(
        "issue_update",
        r"(?:问题|困难|事项|诉求|反馈|的事|这件?事)[^?]{2,40}(?:请(?:予|予以|准予|给予)?(?:销号|销账|结案)|(?:可以|能|就|应该)?算(?:是)?(?:已经?)?(?:解决|办结|落实|了结|了了)了?|(?:可以|能|就|该)销(?:号|账|了|掉)+)(?:吧|了)*$",
        settled,
        level=SURE,
        unless="[?吗]|怎么|没(?:有)?(?:解决|办|落实)|不能算|访谈|宣讲",
        longest=90,
        beside="销算",
    ),
    rule(
        "approve",
        r"(?:^|[,。 ])[^,。]{2,4}(?:的)?那(?:份|个|张)(?:清单)?(?:给我|先|就|请|都|得|要)*(?:退(?:回|掉|了)去?|打回去?|驳回)",
        sent_back,
        level=SURE,
        unless="[?吗]|谁|哪|怎么|我的|问卷|没退",
        longest=60,
        beside="退打驳",
    ),
    rule(
        "approve",
        r"(?:报告|案例|清单|材料)(?:我)?(?:看|审|翻|读)(?:了|过|完)[^?]{0,20}(?:让|叫|请|要|喊)[他她它]?(?:们)?(?:重新|再|拿回去?|回去)?(?:重?写|重?做|改一?改|改|修改|补充|完善|返工)(?:一下|一遍|吧|了|写)*$",
        sent_back,
        level=SURE,
        unless="访谈|孩子|学生",
        longest=50,
        beside="写做改充善工",
    ),
    rule(
        "behind",
        r"(?:哪[几些]?|谁)(?:个|对|位|人|家|名)?[^,。]{0,6}(?:好久|很久|好长时间|一直|长期|半天|好些天)(?:都|也)?(?:没|不)(?:有)?(?:活动|联系|动静|见面|走动|去|来|报|谈|开展|动)",
        asked,
        level=SURE,
        unless="队员|学生|孩子|老师|我的|我",
        longest=40,
        beside="哪谁",
    ),
    rule(
        "export",
        r"^(?P<what>(?:导出?|下载|打印|发我|给我|把|将)[^,。?]{2,24})[,。 ](?:最晚|最迟)?(?:\d{1,2}[号日]|(?:下|这|本)?周[一二三四五六日末]|月底|今天|明天|后天|大后天|\d{1,2}月\d{1,2}[号日]?)[^,。]{0,6}(?:(?:之|以)?前)?(?:就|都)?(?:要|得|须|需要|必须)(?:报|交|用|送|给|上报|上交)[^,。]{0,6}$",
        covering,
        level=SURE,
        unless="怎么|如何|问题\\d",
        longest=60,
        beside="报交用送给",
    ),
    rule(
        "team_progress",
        r"^(?P<where>[一-鿿]{2,7}?[县市区旗镇乡盟])(?:那边|这边)?(?:怎么|咋|为啥|为什么|为何)(?:才|就|只)(?:有|搞|做|谈|访谈|报|完成|去)?了?(?:\d|[一二两三四五六七八九十])",
        lambda _frame, match: {"region": where} if (where := region(match["where"])) else {},
        level=SURE,
        unless="记|算成|我(?!们)",
        longest=30,
        beside="县市区旗镇乡盟",
    ),
    rule(
        "issue_report",
        r"(?P<text>[^,。?]{2,24}(?:就|才|只有?|一共|总共|拢共|满打满算)[^,。?]{0,4}(?:\d{1,3}|[一二两三四五六七八九十俩仨]{1,3})[个名位]?(?:学生|队员|老师|辅导员|孩子|娃|人))[,。 ](?:[^,。?]{0,10}?(?:上|去|到|从|往)(?:哪儿?|哪里)[^,。?]{0,4}(?:找|谈|凑|弄|访|来|听)[^,。?]{0,6}|[^,。?]{0,6}哪来的?[^,。?]{1,8})[?]?$",
        as_written,
        unless="今天|昨天|谈了|访谈了",
        level=SURE,
        longest=60,
        beside="哪",
    ),
    rule(
        "issue_report",
        r"^(?P<text>[^?]{4,60}?)[,。 ](?:这个?|那|这)(?:也|能|个|都)*(?:算不算|算|是不是|是)(?:个|一个)?问题(?:吗|不|么)?[?]?$",
        as_written,
        level=SURE,
        unless=r"今天|昨天|访谈了|\d名",
        longest=70,
        beside="算是",
    ),
    rule(
        "issue_report",
        r"存在(?:着)?(?P<text>[^。;?:]{4,60}?)等(?:突出|具体|实际|共性)?(?:问题|困难|情况|现象)(?:[,。](?:已|目前|并|正|现|均)[^。]{0,30})?$",
        as_written,
        level=SURE,
        unless=r"\d[名个场次节天件]|访谈了|宣讲|蹲点|驻校|听课|结对",
        longest=120,
        beside="等",
    ),
    rule(
        "issue_report",
        r"^(?P<text>[^?]{4,40}?)[,。](?:已经?|都|我|我们)?(?:反映|上报|汇报|说|提)(?:过|了)(?:好)?(?:几|两|三|多|\d)[回次遍]了?[,。](?:请|望|恳请|希望)[^,。]{0,8}(?:解决|协调|处理|帮助|支持|重视|关注)[^,。]{0,6}$",
        as_written,
        level=SURE,
        unless=r"访谈|宣讲|蹲点|驻校|\d名",
        longest=80,
        beside="回次遍",
    ),
    rule(
        "unknown",
        r"(?:调走|调离|退休|离职|辞职|换岗)了?[,。](?:由|接|换)(?:他|她|替|任|班)?[^?]{1,20}(?:学校|联系点|班级|中队)?(?:不变|照旧|不动)$",
        level=STANDS,
        unless="我|建议|希望|反映",
        longest=50,
        beside="走离休职岗",
    ),
    rule(
        "unknown",
        r"^(?:把|将)?(?P<who>[^,。我的]{2,4}?)(?:[(][^)]{2,8}[)])?的?(?:联系|蹲点|挂联|包联|负责)(?:点|班级|班|中队|学校|校)(?:改|换|调整?|变更)(?:成|为|到)(?!我)",
        lambda _frame, match: {} if is_name(match["who"]) else None,
        level=STANDS,
        unless="我|自己|本人|今天|昨天|刚才|记录",
        longest=50,
        beside="改换调变",
    ),
)
