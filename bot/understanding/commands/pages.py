"""The pages opened from chat: a link to them is wanted, or the last one does not open any more."""

from __future__ import annotations

import re

from .frame import Frame
from .rule import SURE, Rule, Slots, rule

PLACE = r"(?:网页|页面|网站|网址|网上|h5|web|电脑|浏览器|手机端)"
ABOUT = r"进度|进展|记录|台账|问题|数据|单位|全县|全市|全区|下级|帮助|抽查|名册|花名册|学校|安排|绑定码|加入码|报送|材料|导入|导入名册|设置|单位设置"
WANTED = r"(?:请|帮我|给我|我|你|能不能|能|可以|可不可以|想|要|再|重新|麻烦|把|在|从|用|到|去)*"
DO = r"(?:打开|点开|开|进入?|发|给|要|来|上|登录|登陆|访问|看看?|查看?|改|翻|弹出|调出|有没有|有)?"


def page(_frame: Frame, match: re.Match[str]) -> Slots:
    """The page named, in the words of the message."""
    named = match.groupdict().get("page")
    return {"page": named} if named else {}


RULES: tuple[Rule, ...] = (
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
