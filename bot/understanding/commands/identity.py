"""Who one is: binding, the data kept of a person, the school one stays at."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame
from .rule import Rule, Slots, rule
from .slots import person

PHONE = late(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9](?:[- ]?\d){9})(?!\d)")


CODE = late(
    r"(?:绑定|邀请|验证|激活|登录|加入|入驻)(?:码|号|代码|口令)?(?:是|为|:|,| )*(?P<code>(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{3,11})(?![a-z0-9])"
)


NAMED = late(
    r"(?:我(?:的)?(?:名字|姓名)?(?:是|叫(?:做)?)|姓名|名字|本人(?:是|叫)?|(?:我|本人)姓名|绑定(?:账号|一下|用户|人员|信息|身份)?|注册|认证|登记(?:一下)?)[是为叫:, ]*(?P<name>[一-鿿·]{2,24})"
)


NAME_TAIL = late(
    r"(?:.*(?:的|团委|少工委|团县委|团市委|团区委|团旗委|教育局|教体局|学校|中学|小学|书记|干事|主任|部长))?(?P<name>[一-鿿·]{2,8}?)(?:同志|老师)?(?:我)?(?:的)?(?:联系|手机|电话|手机号|号码|绑定|申请|要|,|$)"
)


def bind(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Name and telephone, or the code."""
    phone = PHONE.search(frame.text)
    if phone:
        digits = re.sub(r"\D", "", phone[1])
        name = name_beside(frame, phone)
        return {"name": name, "phone": digits} if name else {"phone": digits}
    code = CODE.search(frame.text)
    if code:
        return {"code": frame.normal.original(*code.span("code"))}
    named = NAMED.search(frame.text)
    name = bound_name(frame, named["name"]) if named else None
    return {"name": name} if name else {}


def name_beside(frame: Frame, phone: re.Match[str]) -> str | None:
    """The name said with a telephone: behind 我是 or 绑定, else any stretch that can be one."""
    named = NAMED.search(frame.text)
    if named and (name := bound_name(frame, named["name"])):
        return name
    rest = frame.text[: phone.start()] + "," + frame.text[phone.end() :]
    for words in re.findall(r"[一-鿿·]{2,24}", rest):
        if name := bound_name(frame, words):
            return name
    first = FIRST_WORD.match(rest)
    return frame.normal.original(*first.span("name")) if first and first["name"] not in NO_FIRST else None


FIRST_WORD = late(
    r"(?:我是|我叫|本人是?|姓名)?(?P<name>[一-鿿·]{2,8}?)(?:同志)?[,:  ]+(?:手机号?|电话号?|号码|联系方式)?[是为: ]*,"
)
NO_FIRST = frozenset(
    ("我的", "绑定", "手机", "电话", "号码", "手机号", "你好", "您好", "本人", "联系方式", "登记", "注册")
)


def bound_name(frame: Frame, words: str) -> str | None:
    """The name in a stretch that may begin with an office and end with 电话."""
    words = re.sub("^(?:我要|我(?!们)|俺|申请|绑定|姓名|名字|我叫|我是|本人|是|叫)+", "", words)
    match = NAME_TAIL.match(words)
    for part in (
        match["name"] if match else "",
        words,
        re.sub("手机|电话|号码|联系|绑定|账号|申请|我要|的$", "", words),
    ):
        if part and (name := person(part)):
            at = frame.text.find(name)
            return frame.normal.original(at, at + len(name)) if at >= 0 else name
    return None


def school(frame: Frame, match: re.Match[str]) -> Slots | None:
    """The school, as written."""
    start, end = match.span("school")
    start, end = start + frame.offset, end + frame.offset
    for named in frame.schools:
        if named.end > start and named.start < end:
            whole = HEADED.match(frame.text, start, named.end)
            first = whole.start("name") if whole else max(start, named.start)
            return {"school": frame.normal.original(first, named.end)}
    words = re.sub("(?:了|吧|啊|呢|哈|的|啦|谢谢|这边)+$", "", frame.text[start:end])
    if (
        not 2 <= len(words) <= 20
        or not re.search("(?:校|小|中|园|院|点|学)$", words)
        or re.search("什么|哪|啥|几|多少|怎", words)
    ):
        return None
    return {"school": frame.normal.original(start, start + len(words))}


HEADED = late("(?:是|在|到|去|为|成|了|的| )*(?P<name>[^,。的了是在到去换, ]{2,16})$")


def numbered(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A telephone counts as binding where its owner gives a name, or hardly anything else is said."""
    slots = bind(frame, match)
    introduced = re.search("我是|我叫|本人|姓名|名字", frame.text)
    short = len(re.sub(r"[\d\W]", "", frame.text)) <= 12
    return slots if slots and "name" in slots and (introduced or short) else None


def stated_school(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A school told as one's own."""
    start, end = next(match.span(name) for name in ("school", "s2", "s3") if match[name])
    words = frame.core[start:end]
    return {"school": frame.original(start, end)} if re.search("校|小|中|园|院|点", words) else None


def assigned(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A school one was sent to."""
    return school(frame, match) if frame.schools else None


RULES: tuple[Rule, ...] = (
    rule(
        "bind",
        r"^(?:重新|申请|账号|微信|手机|解除|取消|换|更换|现在|去|来|先)?(?:绑定|换绑|绑一下|绑个|注册账号|认证身份|绑)",
        bind,
        unless=r"怎么|如何|咋|哪里|在哪|多少|绑定[了过]?(?:之后|以后|后)|[名个]",
        longest=60,
    ),
    rule(
        "set_school",
        r"^(?:我|俺)(?:这边|这里|这)?(?:换校|换学校|换了学校|调校)了?[, ]*(?:现在)?(?:改为|改成|换成|是|到|去)(?P<s3>[^,。?!;\n]{2,20})$|^(?:我|俺)的学校(?:已经|现在|要|请)?(?:改成|换成|改为|换为|变更为|是|为|定为|:)+(?P<school>[^,。?!;\n]{2,24})$|^(?:我|俺)?(?:这学期|今年|本学期|新学期|这个学期)(?:我|俺)?(?:就|都|要)?(?:在|去)(?P<s2>[^,。?!;\n]{2,20}?)(?:蹲点|驻校|蹲班)$",
        stated_school,
        unless="[?吗]|什么|哪|[天名次]",
    ),
    rule(
        "set_school",
        r"(?:我|俺|咱|本人)?(?:的|这学期的?|今年的?|现在的?|新的?|这学期|今年|现在|本学期)*(?:蹲点|驻校|蹲班|联系服务|对口联系|服务|联系|驻点|挂点|包联|挂钩|负责|帮扶|结对|包抓|驻|蹲)(?:的)?(?:学校|校|点|单位|点校)?(?:名称|名)?(?:从.{2,14})?(?:(?:已经|都)?(?:定|换|变|改|确定|定下来)了[, ]*)?(?:已经|已|现在|现|要|请|给我|帮我|都|暂)?(?:改成|换成|改为|换为|更换为|更改为|更正为|变更为|变成|调整为|调整到|设为|设成|设置为|定为|定在|换到|改到|更新为|是在|是|为|叫|在|:|,现在是|还是(?:原来的?|以前的?|之前的?)?|仍是|依然是|换了,?(?:现在)?是|改|换|就是| )+ ?(?P<school>[^,。?!;\n]{2,24})",
        school,
        unless=r"^(?:今天|昨天|上午|下午|前天|本周|上周|明天|周)|[?吗]|怎么|什么时候|几天|多少|访谈|到校|听课|宣讲|[天名场]$|了[半一二三四五六七八九十两\d]|[,，].*(?:今天|报到|到校|访谈|听课|宣讲|驻校(?!的)|蹲点(?!的|学校))",
        longest=60,
    ),
    rule(
        "set_school",
        r"(?:我|俺|本人)(?:今年|这学期|现在|本学期|下学期|新学期|已经|被)*(?:分到|分在|被分到|分配到|分配在|派到|派去|安排到|安排在|去|调到|调整到|换到|改到|定在|定的是|选的是|选了|负责联系|负责对接|对接的?是?|包联的?是?|挂钩的?是?|蹲的是|驻的是|负责的是|联系的是|包的是)了?(?P<school>[^,。?!;\n]{2,20}?)(?:蹲点|驻校|蹲班|驻点|这个学校|了|$)",
        assigned,
        unless="[?吗]|怎么|^(?:今天|昨天|明天|上午|下午|周|下周)|访谈|听课|宣讲|[名个]|几天",
    ),
)
