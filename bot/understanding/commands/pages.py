"""The pages opened from chat: a link to them is wanted, or the last one does not open any more."""

from __future__ import annotations

import re

from .frame import Frame
from .persons import TITLED
from .rule import SURE, Rule, Slots, fixed, rule
from .slots import is_name

PLACE = r"(?:网页|页面|网站|网址|网上|h5|web|电脑|浏览器|手机端)"
ABOUT = r"进度|进展|记录|台账|问题|数据|单位|全县|全市|全区|下级|帮助|抽查|名册|花名册|学校|安排|绑定码|加入码|报送|材料|导入|导入名册|设置|单位设置"
WANTED = r"(?:请|帮我|给我|我|你|能不能|能|可以|可不可以|想|要|再|重新|麻烦|把|在|从|用|到|去)*"
DO = r"(?:打开|点开|开|进入?|发|给|要|来|上|登录|登陆|访问|看看?|查看?|改|翻|弹出|调出|有没有|有)?"


def page(_frame: Frame, match: re.Match[str]) -> Slots:
    """The page named, in the words of the message."""
    named = match.groupdict().get("page")
    return {"page": named} if named else {}


WHO = r"[\u4e00-\u9fff·]{2,6}?"
WORK = r"(?:的?(?:全部|所有)?(?:工作|岗位|职务|活儿?|担子|摊子|事情))"
HANDS = r"(?:交接|移交|转交)"
FROM = r"(?:,?(?:从|自)?[^,给]{1,12}(?:起|开始))?"
GONE = r"(?:要|已经|就)?(?:调走|调离|调动|离任|离职|退休|转岗|走)了?"


def kept_page(_frame: Frame, match: re.Match[str]) -> Slots:
    """The administrator's page that is meant by what is to be done there."""
    return {"page": match["page"] or ("导入" if match["page2"] else "名册")}


def hand_over(frame: Frame, match: re.Match[str]) -> Slots | None:
    """Whose post goes over, as typed; nothing where what stands in the place of a name is none."""
    said = {group: words for group, words in match.groupdict().items() if words}
    if not all(is_name(words) or TITLED.fullmatch(words) for words in said.values()):
        return None
    givers = (frame.original(*match.span(group)) for group in said if group.startswith("giver"))
    name = next(givers, None)
    return {"page": "交接", "name": name} if name else {"page": "交接"}


# Before all that makes texts to order: 生成加入码 wants no text.
KEPT: tuple[Rule, ...] = (
    rule(
        "pages",
        rf"{WANTED}(?:(?:给|为|帮){WHO})?(?:重新)?(?:生成|打印|做|发|补|要|打开|看看?)?(?:一个|个|一张)?(?P<page>加入码|绑定码)(?:单子|清单)?"
        r"|(?:我要|怎么|如何|在哪|批量|重新)*(?P<page2>导入|上传)(?:一下)?(?:名册|花名册|人员名单|人员)(?:表|怎么弄|在哪)?"
        r"|(?:我要|怎么|如何|在哪)*(?:添加|新增|增加|加)(?:一个|一名|几个)?(?:人员|新人|新干部|新同志)",
        kept_page,
        level=SURE,
        whole=True,
        beside="码册员新",
    ),
    rule(
        "pages",
        r"(?:还有?|现在|本单位|我们单位|都)*(?:谁|哪些人|哪几个人?|哪个|几个人?|多少人|有人)(?:还|都)?(?:没有?|未)(?:加入|绑定|注册)(?:的|了|呢|啊|上)?",
        fixed(page="加入码"),
        level=SURE,
        whole=True,
        beside="加绑注",
    ),
)
RULES: tuple[Rule, ...] = (
    rule(
        "pages",
        rf"{WANTED}(?:(?:我|本人)?(?:{GONE})?,?(?:我?的?(?:手头|手上)?的?(?:工作|岗位|事情|活儿?))(?:都|全)?(?:{HANDS}|交)(?:给|到)(?P<taker5>{WHO})|{FROM},?(?:把|将)?(?P<giver>{WHO})(?:{WORK}{FROM}(?:都|全)?(?:{HANDS}|交)|的?{HANDS})(?:给|到)(?P<taker>{WHO})(?:接手|负责|来做|来接)?"
        rf"|{FROM},?(?:由|让|请)?(?P<taker2>{WHO}){FROM}来?(?:接替|接任|顶替|接手)(?P<giver2>{WHO}){WORK}?"
        rf"|(?P<giver3>{WHO}){GONE},?(?:由|让|请)?(?P<taker3>{WHO})来?(?:接手|接替|接任|接班)(?:他|她)?{WORK}?"
        rf"|(?:办理?|登记|取消|撤销)?(?:一下)?(?P<giver4>{WHO})的{WORK}?{HANDS}(?:手续)?(?:怎么办|咋办|在哪办|取消)?"
        rf"|(?:办理?|登记|做|取消|撤销)?(?:一下|个)?(?:岗位|工作|职务)?交接(?:手续)?(?:怎么办理?|咋办|如何办理?|怎么弄|在哪办)?){FROM}",
        hand_over,
        level=SURE,
        whole=True,
        beside="接移转交",
    ),
    rule(
        "pages",
        rf"{WANTED}{DO}(?:我|个|一个|一下|下|自己|的)*(?P<page>{ABOUT})?(?:的)?(?:总)?{PLACE}"
        r"(?:版|端|上|里)?(?:的)?(?:链接|地址|网址|入口)?"
        r"(?:打不开|点不开|进不去|能|可以|在|给我|给|发我|发一下|发|打开|开|登录|看看?|查看?|改|翻|怎么|如何|咋|进入?|哪里?|呢|吧|吗|么|没有?|啊|一下|下|个|我|的|记录|进度|数据)*",
        page,
        level=SURE,
        whole=True,
        beside="网页站脑浏机5w",
    ),
    rule(
        "pages",
        r"(?:我|那个|这个|刚才|刚|你|发|给|的|上次|昨天|再|重新|请|要|来|个|一个|条|一条)*(?:链接|网址)"
        r"(?:又|都|已经?|怎么|过期|失效|打不开|点不开|进不去|没了|用不了|不能用|不见|找不到|丢|锁住?|坏|发我|发一下|给我|给|发|呢|了|啊|吗|在哪里?|再|来|个|一个|一次|一下)*",
        level=SURE,
        whole=True,
        beside="链网",
    ),
)
