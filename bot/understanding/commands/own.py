"""What a cadre asks or sets for himself: progress, records, school, leave, reminders, data, lists and papers."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from .. import numerals
from ..dates import Days
from ..late import late
from .frame import Frame, span_slots
from .persons import find_name
from .rule import YIELDS, Rule, Slots, asked, bare, fixed, rule
from .slots import person, region, time_of_day

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
    return None


def bound_name(frame: Frame, words: str) -> str | None:
    """The name in a stretch that may begin with an office and end with 电话."""
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


def leave(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """From when to when: an end alone starts today; a number of days runs from its first day."""
    days = leave_days(frame)
    if days and days.invalid:
        return {"invalid": days.invalid}
    today = frame.now.date()
    if days is None:
        length = LENGTH.search(frame.text)
        return span_slots(run(Days(today, today), length)) if length else {}
    if frame.dates and len(frame.dates) == 1 and days.last:
        said = frame.dates[0]
        if BACK.match(frame.text, said.end) and days.first and days.first > today:
            return {"start": today, "end": days.first - timedelta(days=1)}
        if UP_TO.search(frame.text, 0, said.start) and said.rule != "range":
            return {"start": today, "end": days.last}
    length = LENGTH.search(frame.text)
    if length and days.first and (days.first == days.last or days.last is None):
        days = run(days, length)
    if days.first is None and days.last:
        return {"start": today, "end": days.last}
    return span_slots(days)


def leave_days(frame: Frame) -> Days | None:
    """The days of a leave; not 今天 where it only says when leave is asked for (今天请假,从12月1日起)."""
    return frame.days(forward=True)


LENGTH = late(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?P<u>天|日|周|星期|礼拜|月)(?!前|后|[一二三四五六日天])(?:假|左右)?"
)
UP_TO = late("(?:到|至|截止|直到)$")
BACK = late("(?:才|再|就|会|能|可以)?(?:回来|回去|回岗|返|上班|到岗|回单位|恢复)")
DAYS_IN = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}


def run(days: Days, length: re.Match[str]) -> Days:
    """So many days from the first."""
    count = numerals.value(length["n"]).value
    if days.first is None or count is None:
        return days
    many = max(1, int(count * DAYS_IN[length["u"]]))
    return Days(days.first, days.first + timedelta(days=many - 1))


def reminder(frame: Frame, _match: re.Match[str]) -> Slots:
    """The time, where one was said."""
    time = time_of_day(frame.text)
    return {"time": time} if time else {}


def records(frame: Frame, _match: re.Match[str]) -> Slots:
    """The days asked about."""
    return span_slots(frame.days())


def paper(frame: Frame, match: re.Match[str]) -> Slots:
    """What is handed in, and its title."""
    kind = "case" if "案例" in match["paper"] else "report"
    title = TITLE.search(frame.text)
    if title:
        return {"kind": kind, "title": frame.normal.original(*title.span("t")).strip()}
    rest = BEHIND_COLON.search(frame.core, match.end("paper"))
    words = frame.original(*rest.span("t")) if rest else ""
    return {"kind": kind, "title": words} if len(words) > 3 else {"kind": kind}


TITLE = late("《(?P<t>[^《》]{1,80})》?")
BEHIND_COLON = late("(?:题目|标题|名字|名称)?(?:是|为|叫|:)+ ?(?P<t>[^,。!?]{2,60})")
FUTURE_ONLY = r"打算|准备(?!请)|计划|预计"
DONE = r"(?:(?:访谈|宣讲|听课|座谈|到校|驻校|蹲点|谈心|走访|结对|聊|谈)(?:了|过)?.{0,8}[一二三四五六七八九十两\d]+(?:名|个(?!月|星期|礼拜)|场|次|节|位)|去了.{0,6}[一二三四五六七八九十两\d]+(?:天|次))(?!.*(?:[吗么?]|了没|没有|够不够|了不)$)"


@cache
def rules() -> tuple[Rule, ...]:
    """Rules in order; the first that matches reads the message."""
    return (
        # who one is
        rule(
            "bind",
            r"^(?:重新|申请|账号|微信|手机|解除|取消|换|更换|现在|去|来|先)?(?:绑定|换绑|解绑|绑一下|绑个|注册账号|认证身份|绑)",
            bind,
            unless=r"怎么|如何|咋|哪里|在哪|多少|绑定[了过]?(?:之后|以后|后)|[名个]",
            longest=60,
        ),
        rule(
            "bind",
            r"绑定(?:码|账号|一下|我|手机|微信|吧|$)|(?:邀请|验证)码|(?:要|申请|请|来|给我)绑定",
            bind,
            unless=r"怎么|如何|咋|哪里|在哪|绑定[了过]?(?:之后|以后|后)",
            longest=80,
        ),
        rule(
            "bind",
            r"1[3-9](?:[- ]?\d){9}",
            numbered,
            unless=r"访谈|谈话|谈了|聊|宣讲|听课|座谈|家访|联系了|电话是?[^,]{0,4}给|快递|验证码|退订|贷款|转账|红包|http|客服|热线|投诉",
            level=YIELDS,
            longest=60,
        ),
        # one's data
        rule(
            "my_data",
            r"(?:谁|哪些人|哪几个人|什么人|哪些领导|有没有人|哪个|有人|几个人|多少人|领导).{0,6}(?:看|查|调|翻|浏览|访问|读|调取|查阅|动)(?:过|了|到|阅过|看过|询过|看|阅)?.{0,4}(?:我|俺)|(?:我|俺)(?:的)?(?:记录|数据|信息|资料|情况|进度)?.{0,3}(?:被|都|有|给)?(?:谁|哪些人|哪些领导|什么人|几个人)(?:看|查|调|翻|访问|浏览)|谁(?:能|可以|会|都能).{0,3}(?:看|查)(?:到|见)?.{0,3}我|我(?:的)?(?:信息|数据|记录|资料).{0,4}谁(?:能|可以|会)|(?:访问|查看|查阅|浏览|调阅)(?:记录|日志|历史)|(?:我|俺).{0,6}被(?:人)?(?:看|查)(?:过|了)",
            fixed(action="viewers"),
            unless="怎么看|给谁看",
        ),
        rule(
            "my_data",
            r"(?:删除?|清除|清空|清掉|抹掉|抹除|销毁|擦除|移除|去掉|不要保留|别留).{0,6}(?:我|俺|本人).{0,6}(?:所有|全部|一切)?(?:的)?(?:数据|信息|资料|账号|账户|档案|个人|号|所有记录|全部记录)|(?:我|俺|本人)(?:的)?.{0,4}(?:数据|信息|资料|账号|账户|号|所有记录|全部记录).{0,8}(?:删|清空|清除|抹掉|销毁|注销|销户)|注销|销号(?!.*问题)|销户|删号|退出系统|被遗忘",
            fixed(action="delete"),
            unless=r"怎么|如何|咋|问题|困难|诉求|\d号|假",
        ),
        rule(
            "my_data",
            r"(?:导出|下载|打包|拷贝|备份|复制|拿到|要一份|给我一份|发我一份|发给我|导一份|导个|取回|带走).{0,6}(?:我|俺|本人|个人)(?:的)?(?:所有|全部|个人)?(?:的)?(?:数据|信息|资料)|(?:我|俺|本人|个人)(?:的)?(?:所有|全部|个人)?(?:的)?(?:数据|信息|资料).{0,8}(?:导|下载|打包|拷|备份|发我|发给我|给我一份|一份|发一份)",
            fixed(action="export"),
        ),
        rule(
            "my_data",
            r"(?:我|俺|本人|个人)(?:的)?(?:所有|全部|个人)?(?:的)?(?:数据|信息|资料|隐私)(?!.{0,4}(?:对比|错|有误|不对))(?:$|[,。?!]|有哪|都有|是|存|给|呢|看|安全|怎么用|拿|用来|用在|列|包括|保存)|(?:你|你们|系统|这里|平台|后台).{0,4}(?:存|留|收集|保存|掌握|记录|知道|拿|采集|记|收|保留)(?:着|了|有|过)?(?:我|俺|关于我)(?:的)?.{0,4}(?:哪些|什么|啥|多少|信息|数据|资料|东西|隐私)|(?:存|收集|保存|采集|记录|留)了?(?:我|俺)(?:的)?(?:哪些|什么|啥)(?:数据|信息|资料|东西|内容)?|(?:看|查|查看|查询|显示|调|要).{0,4}(?:我|俺|本人)(?:的)?(?:所有|全部|个人)?(?:的)?(?:数据|信息|资料)",
            fixed(action="show"),
            unless="提醒|绑定",
        ),
        # why and reminders
        rule(
            "why_reminded",
            r"(?:为什么|为啥|为何|为嘛|怎么|咋|凭什么|凭啥|干嘛|干吗|干啥|何故|做咩|点解|什么原因|啥原因|什么情况|啥意思|怎么回事|怎的).{0,12}(?:提醒|催|推送|推消息|发消息|通知|发信息|发我这个|发这个|喊我|叫我|提示|短信)|(?:提醒|催|推送|通知|消息|短信).{0,10}(?:为什么|为啥|为何|什么原因|怎么回事|咋回事|凭什么|凭啥|(?:的)?(?:依据|理由|规则|标准)(?:是)?(?:什么|啥)|什么依据|根据什么|是因为啥|啥意思)|(?:昨天|今天|这周|上周|怎么|咋)?(?:没|没有|收不到|没收到|不)(?:给我)?(?:提醒|收到提醒|推送|通知)(?:我)?.{0,4}(?:为什么|为啥|怎么|咋|吗|呢|啊)|(?:了|过了|完了|啦)[, ]?(?:怎么|咋|为啥|干嘛|你)?(?:还|又|老|总).{0,4}(?:提醒|催)|(?:根据|按照|凭|依据)(?:什么|啥).{0,6}(?:提醒|催|通知)|(?:老|总|一直|天天|整天|又)(?:是)?(?:催|提醒)(?:我)?(?:干嘛|干啥|干吗|什么|啥|做什么)",
            bare,
            unless=r"怎么(?:设置|关|取消|开|改|停|恢复|弄)|如何|关掉|别再|不要再|[^我]{2,4}(?:怎么)?没(?:提醒|催)(?:他|她|别人)",
        ),
        rule(
            "leave",
            r"(?:取消|撤销|撤回|结束|不用|不|终止|提前结束|作废|收回)(?:我的|之前的|上次的|那个|刚才的|这次的)?(?:请|休)(?:的)?(?:了)?(?:产|病|年|事|婚)?假|销(?:一下|个|我的|了)?(?:产|病|年|事|婚|个)?假|(?:产|病|年|事)?假(?:期)?(?:给)?(?:我)?(?:取消|销|撤|结束|提前结束|不请|不休|作废|完)|不请假?了|不休(?:假)?了|(?:返|到|复|回)岗(?:了|上班)|回来上班了|休假回来|出差回来(?:了)?$|已(?:经)?(?:返岗|销假|复工)",
            fixed(off=True),
            unless="怎么|如何|咋",
        ),
        rule(
            "leave",
            r"(?:(?<!申)请|休|告|续|补)(?:了)?(?:个|一个|几|[一二两三四五六七八九十半\d]+)?(?:个)?(?:天|日|周|星期|礼拜|月|小时)?(?:的)?(?:长|短|产|病|年|事|婚|丧|公|陪产|探亲|护理|育儿)?假|(?:产|病|年休|年|事|婚|丧|陪产|探亲|护理|育儿|哺乳)假(?!期作业)",
            leave,
            unless=rf"怎么|如何|咋|暑假|寒假|谁|哪些|多少人|规定|补上|{DONE}|(?:孩子|学生|队员|辅导员|老师(?!好)|校长|家长|班主任|同学|他|她)[^,。我]{{0,8}}请|[?]$",
            longest=60,
        ),
        rule(
            "leave",
            r"(?:去不(?:了|成)|不能去|没法去|无法去|去不得|到不了|不(?:去|到|下|来)(?:学校|校|驻校|蹲点)?(?:了)?$|没(?:空|时间|办法|法)(?:去|到|下|驻|蹲)|(?:暂停|停|中断)(?:驻校|蹲点|蹲班)|不(?:驻校|蹲点|蹲班|下校|到校|入校))",
            ahead,
            unless=rf"谁|哪些|怎么|建议|希望|反映|{DONE}",
            longest=50,
        ),
        rule(
            "leave",
            r"(?:出差|外出(?!活动|参观|研学)|出国|培训(?!了|学生|队员|辅导员|老师|内容|班课)|脱产|跟班学习|挂职锻炼|外派|借调|抽调|住院|做手术|手术|坐月子|生孩子|待产|陪护|隔离|疗养|封闭学习|党校学习|在外学习|在外地|不在(?:单位|岗|家|本地|市里|县里)|休息|去(?:省里|北京|市里|党校|外地)(?:学习|开会|培训|出差))",
            away,
            unless=rf"怎么|如何|谁|哪些人|队员|辅导员|学生|孩子|全县|全市|[?]$|回来|{DONE}|建议|希望|反映|缺|访谈|宣讲|听课",
            level=YIELDS,
            longest=50,
        ),
        rule(
            "reminders",
            r"(?:恢复|重新(?:开启|打开|开|启用|提醒|恢复)|开启|打开|启用|开通|开一下|开开|继续|还是|重开|解除(?:暂停|静音)?|取消(?:静音|免打扰|暂停|关闭)).{0,6}(?:提醒|推送|通知|免打扰|我)|(?:提醒|推送|通知)(?:功能)?.{0,4}(?:恢复|重新打开|打开|开启|开一下|重开|继续|启用|开起来|开开|开了吧)",
            fixed(off=False),
            unless=r"怎么|如何|咋|\d|点|每天|每周|每晚|落后",
        ),
        rule(
            "reminders",
            r"(?:别|不要|不用|不必|甭|莫|停止|停掉|停了|停(?![水电课气车暖办])|关闭|关掉|关了|关|取消|暂停|屏蔽|拒收|退订|免|免除|去掉|勿|唔好|唔使|唔要|不想(?:要|收到|再收)?|不需要|先不|无需|别老|少|撤掉|禁用|禁止|不许|不准|消掉).{0,8}(?:提醒|催|推送|通知|打扰|发消息|发信息|推消息|喊我|叫我|提我|烦我|吵我|消息推送|骚扰|发我消息|给我发|发提示|弹)|(?:提醒|推送|通知|消息)(?:功能|服务)?(?:都|也|全|先|给我|请|帮我|可以|太多|太烦|太频繁|太吵|了|够了)*[, ]?(?:关|停|取消|暂停|屏蔽|免|别发|不要了|不用了|退订|撤|关闭)|免打扰|静音|(?:别|不要|莫|甭)(?:再|老|一直)?(?:给我)?(?:推|发|催)(?:了|啦|消息|我)?$|(?:别|不要|莫|甭)(?:再)?(?:@|艾特|烦|吵|打扰|骚扰)(?:我|俺)?",
            stop_reminding,
            unless=rf"怎么(?:关|停|取消|设)|如何|咋(?:关|停|取消)|为什么|为啥|谁|落后|队员|学生|忘|{DONE}",
        ),
        rule(
            "reminders",
            r"(?:每|天天|以后|今后|从|早|晚|上午|下午|中午|傍晚|\d{1,2}[:点]|[一二三四五六七八九十两]点|周|星期|定时|提前|到点|月底|到时|准时|按时|下班).{0,14}(?:催(?=我|一?下我)|提醒|喊|叫|通知|推送|唤|推)(?:一下|一声|下|个)?(?:我|俺|咱|$|吧|填|写|报|记|一下|一声)|(?:提醒|喊|叫|通知|催)(?:一下|一声|下)?(?:我|俺|咱).{0,20}(?:点|\d{1,2}:|每|前|填|记|报|写|去|交|早|晚|周)|提醒(?:时间|点|闹钟)?(?:设置|设|改|调|换|定|调整|改动|挪|推迟|提前)?(?:成|为|在|到|至|的时间)?.{0,4}(?:早|晚|上午|下午|中午|傍晚|\d{1,2}[:点]|[一二三四五六七八九十两]{1,3}点)|(?:设|加|定|建|搞|弄|来|订)(?:置|定|个|一个|一下)*.{0,10}(?:提醒|闹钟)|提醒(?:我|俺)$|(?:主动|每周|每天|每月|每日|定期|定时|按时|自动).{0,12}(?:推送|推给|发给|发我|推|发一下|发一份|发个|汇报|报给|播报|报一次|通报)",
            reminder,
            unless=r"为什么|为啥|怎么(?!样)|落后|没完成|队员.{0,4}名|学生们|(?:提醒|叫|喊|催|通知)(?:一下)?(?:他|她|大家|各|张|李|王)|谁|全县|全市",
        ),
        rule(
            "reminders",
            r"(?:主动|每周|每天|每月|每日|每晚|每早|定期|定时|自动).{0,14}(?:推送|推给|发给|发我|推|发一下|发一份|发个|播报|报一次|通报|提醒)",
            reminder,
            unless="怎么|为什么|落后|没完成",
        ),
        # one's school
        rule(
            "set_school",
            r"^(?:我|俺)的学校(?:已经|现在|要|请)?(?:改成|换成|改为|换为|变更为|是|为|定为|:)+(?P<school>[^,。?!;\n]{2,24})$|^(?:我|俺)?(?:这学期|今年|本学期|新学期|这个学期)(?:我|俺)?(?:就|都|要)?(?:在|去)(?P<s2>[^,。?!;\n]{2,20}?)(?:蹲点|驻校|蹲班)$",
            stated_school,
            unless="[?吗]|什么|哪|[了天名次]",
        ),
        rule(
            "set_school",
            r"(?:我|俺|咱|本人)?(?:的|这学期的?|今年的?|现在的?|新的?|这学期|今年|现在|本学期)*(?:蹲点|驻校|蹲班|联系|驻点|挂点|包联|挂钩|负责|帮扶|结对|包抓|驻|蹲)(?:的)?(?:学校|校|点|单位|点校)?(?:名称|名)?(?:从.{2,14})?(?:已经|已|现在|现|要|请|给我|帮我|都|暂)?(?:改成|换成|改为|换为|更换为|更改为|更正为|变更为|变成|调整为|调整到|设为|设成|设置为|定为|定在|换到|改到|更新为|是在|是|为|叫|在|:|,现在是|换了,?(?:现在)?是|改|换|就是| )+ ?(?P<school>[^,。?!;\n]{2,24})",
            school,
            unless=r"^(?:今天|昨天|上午|下午|前天|本周|上周|明天|周)|[?吗]|怎么|什么时候|几天|多少|访谈|到校|听课|宣讲|[天名场]$|了[半一二三四五六七八九十两\d]|[,，].*(?:今天|报到|到校|访谈|听课|宣讲|驻校(?!的)|蹲点(?!的|学校))",
            longest=60,
        ),
        rule(
            "set_school",
            r"(?:设置|设定|设|登记|修改|更改|变更|更换|更新|换|改|选|填|录入|添加|绑定)(?:一下|下|个)?(?:我的)?(?:蹲点|驻校|蹲班|联系|驻点|挂点|包联)(?:的)?(?:学校|校|点)?(?:为|成|是|到|:|,| )*(?P<school>[^,。?!;\n]{2,24})",
            school,
            unless="[?吗]|怎么|如何|咋|哪",
        ),
        rule(
            "set_school",
            r"(?:我|俺|本人)(?:今年|这学期|现在|本学期|下学期|新学期|已经|被)*(?:分到|分在|被分到|分配到|分配在|派到|派去|安排到|安排在|去|调到|调整到|换到|改到|定在|定的是|选的是|选了|负责联系|负责对接|对接的?是?|包联的?是?|挂钩的?是?|蹲的是|驻的是|负责的是|联系的是|包的是)了?(?P<school>[^,。?!;\n]{2,20}?)(?:蹲点|驻校|蹲班|驻点|这个学校|了|$)",
            assigned,
            unless="[?吗]|怎么|^(?:今天|昨天|明天|上午|下午|周|下周)|访谈|听课|宣讲|[名个]|几天",
        ),
        # pictures and practice
        rule(
            "picture",
            r"(?:进度|完成|统计|数据|柱状|饼|折线|曲线|走势|趋势|雷达|环形|仪表|示意|对比|甘特)(?:情况)?图(?!书)|(?:画|来|给|出|做|生成|弄|整|发|要|看|搞|绘|制作|做成|画成|转成|变成|用|上)(?:我|个|一?张|一个|一幅|幅|一下|成|点)*.{0,10}(?:图(?!书|片?墙|钉|案|腾|文)(?:表|片|示|形|看看|吧|瞧瞧)?|图像)|^图(?:表|片|呢)?$|图(?:示|表)(?:展示|显示|看看|呢)?|可视化|画一下(?:进度|我)|画出来",
            bare,
            unless="截图|图书|意图|地图|试图|画画|绘画|画了|图书馆|板报|美术|怎么|做了",
        ),
        rule(
            "training",
            r"^(?:我)?(?:结束|退出|停止|关闭|关掉|停掉|终止|离开|不|取消|跳出|完成)(?:一下|了)?(?:演练|练习|训练|模拟|试用|测试)(?:模式|状态)?(?:了)?|(?:演练|练习|练|模拟|试用|测试)(?:模式)?[, ]?(?:结束|完了|好了|完毕|停|退出|关|到此|够了|可以了|到这|做完|完成)",
            fixed(off=True),
            unless="消防|地震|防震|应急|疏散|防火|反恐|学生|队员",
        ),
        rule(
            "training",
            r"^(?:我|俺)?(?:先|要|想|来|去|开始|进入|打开|开启|启动|重新|切换到?|再|进行|做|试试|试着|先来)*(?:个|一次|一下|一遍|下|到)?(?:演练|练习模式|模拟练习|模拟模式|演示模式|试用模式|训练模式|测试模式|练习(?=一下|$|模式|,)|练练手|练手|模拟(?=一下|$|,)|试用(?=一下|$|,))(?:一下|一遍|一次|模式|开始|吧|下|试试|看看)*(?:$|[,。!])",
            bare,
            unless="消防|地震|防震|应急|疏散|防火|反恐|学生|队员|了一",
        ),
        # one's records and progress
        rule(
            "which",
            r"(?:这|那|上面|上述|刚才|所说)(?:[一二三四五六七八九十百两\d]+)?(?:名|个|位|人|天|场|次|节|篇|份|件|项|条|些)?.{0,8}(?:都)?(?:具体)?(?:是|有|指|包括|分别是|在|算的?)?(?:哪(?:几|些|[一二三四五六七八九十两\d]+)|什么时候的|啥时候的)|[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条).{0,10}(?:是|在|算|指|有|具体是)(?:的)?(?:哪(?:几|些|[一二三四五六七八九十两\d]+)|什么时候|啥时候|哪天|怎么来)|(?:具体)?(?:是|在)?哪(?:几|些|[一二三四五六七八九十两\d]+)?(?:天|次|场|回|条|名|个|位|节|篇|件|项|日|笔|份).{0,4}(?:算|计入|记入|记上|统计|算进|计算)|哪(?:些|几[个条次场]).{0,8}(?:算进|计入|算了|算上|算的|记进|算数的|被算)|^(?:都|具体|分别|那|这)?(?:都)?(?:是|有)?(?:的)?哪(?:几|些)?(?:个|天|场|次|节|条)?(?:的|啊|呢|呀)*$|(?:怎么|咋|如何)(?:来|算出来|得出|得出来|统计出来|数出来|统计)的$|算(?:进去|上)?的是哪|[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条).{0,4}(?:包括|包含|都有|有|含)哪|(?:这个?|那个?|这些|那些)?(?:数字?|数据|结果|总数|人数|天数|数目).{0,4}(?:是)?(?:怎么|咋|如何|哪)(?:来|算|得|统计|出|里来)(?:出来)?(?:的)?|明细(?:呢|给我|看看|列|发|是)|(?:给我|看|列|要)(?:一下)?(?:具体)?明细",
            which,
            unless="没|未|落后|还差|全县|全市|今天|昨天|领导|谁|需要|够|要求",
        ),
        rule(
            "my_progress",
            r"<self>.{0,14}(?:还差|还欠|还缺|还剩|还得|还要|还需|还有(?!呢|一个|几个问题)|差(?!别|不多)|欠|缺|剩|够(?:不够|了|数|没|吗|不|[一二三四五六七八九十两\d])|达标|完成(?!了\d)|做完|做够|满了|及格|合格|过关|进度|进展|做了多少|干了多少|到哪|几成|百分之|弄完|弄够|搞完|搞够|凑够|齐了|成绩|任务|指标|超额|足够|满足|做到|做得|完得成|能完成|排第|达到|到位)",
            asked,
            unless=r"谁|哪些人|要求|规定(?!的?任务)|标准|为什么|提醒|清单|怎么(?!样)|数据|[一二三四五六七八九十两\d]+名.{0,4}$|记录|明天|补上|今天补|<report>".replace(
                "<report>", DONE
            ),
            longest=46,
        ),
        rule(
            "my_progress",
            r"(?:^|[,。 ])(?:看|查|看看|查看|查一下|查查|看一下|显示|当前|目前|现在|我的?|本学期|这学期|本月|今年|个人|最新|完成|任务|工作)*(?:进度|进展|完成情况|完成率|完成进度|任务进度|完成度)(?:查询|如何|怎么样|咋样|怎样|多少|呢|条|情况|表|汇报|看看|到哪了?|到哪步了)?$|^还(?:差|欠|缺|剩)(?:呢|着呢|些|点)?$|^(?:还|仲|那还|那|总共|一共|现在|目前|都|另外)*(?:差|欠|缺|剩|剩下|要|得|有)(?:我)?(?:多少|几(?!点)|啥|什么|哪些|哪几|多远).{0,16}$|^[^谁哪]{0,12}(?:还差|仲差|还欠|还缺|还剩|还需|还要|还得)(?:多少|几(?!点)|啥|什么|哪些|多远).{0,14}$|^[^谁哪]{0,10}(?:够不够|够没够|够了没|够了吗|够数没|够数了没|够数吗|够了不|完成没|完成了没|完成了吗|做完没|达标没|达标了吗|达标了没|达标没有|完成没有)$",
            mine,
            unless=r"谁|哪些人|几个人|多少人|名单|全县|全市|全区|整体|总体|各|大家|他|她|县|区|旗|要求|规定|清单|明天|问题|办结|解决",
            longest=36,
        ),
        rule(
            "my_records",
            r"<self>(?:的|这|那)?.{0,12}(?:(?:记录|流水|日志|填报|打卡)(?:$|,)|(?:记录|记了|记的|记过|记着|记下|登记|报了|报的|报过|填了|填的|填过|录了|录的|录入|上报了|写了|交了|存了|流水|日志|干了|做了|干过|做过|干的|做的|忙了|忙的)(?:了|些|点|过|下|的)*(?:没$|什么|啥|哪些|哪几|几[条次笔个]|多少|有|都(?!没)|是|呢|情况|列|给|发|看|调|翻|查|吗|内容|东西))",
            records,
            unless=rf"谁|提醒|抽|清单|改|撤|删|作废|不对|错|绑|为什么|怎么(?!记的)|数据|总结|小结|台账|导出|{DONE}",
            longest=46,
        ),
        rule(
            "my_records",
            r"(?:今天|昨天|前天|本周|这周|上周|周|星期|礼拜|本月|这个?月|上个?月|这几天|最近|本学期|这学期|\d+[月号日]).{0,8}(?:记|登记|报|填|录|存|写)(?:了|过|的|下|入)(?:些|点|的)?(?:什么|啥|哪些|哪几|几条|多少条|几笔|多少)|(?:看|查|翻|调|列|查看|确认|核对|显示|找|打开|调出|给我|发我|回看|检查).{0,8}(?:(?:今天|昨天|前天|本周|这周|上周|本月|这个?月|上个?月|最近|本学期|这学期|刚才|历史|以前|之前|已报|已记|我|\d+[月号日])[^,]{0,6})(?:的)?(?:全部|所有)?(?:记录|登记|填报|流水|打卡|[报记填录]的$)|^(?:我的?|历史|全部|所有|已报|查看|查询|看看|查|看|最近)?(?:的)?(?:记录|填报记录|历史记录|打卡记录)(?:查询|列表|呢|看看|一下)?$",
            records,
            unless=r"谁|他|她|全县|全市|各县|抽|随机|改|撤|删|作废|不对|台账|总结|小结|导出|去掉|不要|取消",
            longest=46,
        ),
        rule(
            "my_progress",
            r"^(?:今天|本周|这周|上周|本月|这个?月|上个?月|本学期|这学期|今年|目前|现在|到现在|总共|一共|累计|,)*(?:我|俺|本人|咱)(?:今天|本周|这周|上周|本月|这个?月|上个?月|本学期|这学期|今年|目前|现在|到现在|总共|一共|已经|都|累计|,)*.{0,6}(?:去|访谈|谈|聊|宣讲|讲|听|驻|蹲|走访|结对|发|写|联系|办|做|跑|访)(?:了|过)?(?:多少|几)(?:个|名|场|次|天|节|份|篇|件|趟|回|人|位)?.{0,8}(?:了|啊|呢|吗|来着|队员|辅导员|学生|老师|家长|课|人|团干部|班)*$|^(?:今天|本周|这周|上周|本月|本学期|这学期|今年|目前|现在|总共|一共|累计)*(?:去|访谈|谈|宣讲|听|驻|蹲|走访)了(?:多少|几)(?:个|名|场|次|天|节).{0,4}(?:我|俺)$",
            asked,
            longest=36,
            unless="要|得|够|规定|应该",
        ),
        # papers and lists
        rule(
            "submit",
            r"^(?:现|我|我来|我要|这里|今天|来|本人|想|给你|给您|请查收|请收|把|补|我想)?(?:上)?(?:交|提交|递交|上传|报送|上报|投|呈报|呈送|交上|送交|补交|报|传|送)(?:一?下|我的|一[篇个份]|1[篇个份]|[个篇份])?(?:本学期|今年|年度|这学期)?(?:的)?(?P<paper>(?:优秀|典型|工作|育人|特色)*案例|(?:蹲点|驻校|专题|课题)?(?:调研|调查)?报告)(?!.{0,8}(?:[了完]|怎么|截止|什么时候|已))",
            paper,
            unless=r"怎么|如何|什么时候|哪里|截止|谁|明天|下周|下个?月|要求|已|一共|完成情况",
            longest=140,
        ),
        rule(
            "submit",
            r"(?P<paper>案例|调研报告|报告)(?:写好了|写完了|好了|弄好了|改好了)?[, ]?(?:现在|现|我)?(?:交|提交|递交|上传|报)(?:给你|一下|上来|给您|上去)$|(?:给你|给您|发你|请收|请查收)[一篇个份:, ]{0,3}(?P<p2>案例|调研报告)",
            submit_late,
            unless="怎么|谁|了没|已经?交",
        ),
        rule(
            "task_list",
            r"(?:我|俺|本人|自己)(?:的|这)?(?:个人|\d+月份?|本月|本年|今年|本学期|年度|那个|那份|那)*(?:的)?(?:任务|工作)?清单|^(?:个人)?(?:任务|工作)?清单(?:呢|查询|看看|填写|制定|草稿|模板|是什么|有哪些|\?)?$|(?:制定|做|编|建|拟|起草|写|填|列|弄|整|搞|生成|新建|创建|完善|修改|改|调整|更新|补充|提交|递交|上报|交|报送|报|送审|送|看|查看|看看|查|打开|确认)(?:一下|下|个|一个|一份|份|好|我的|这个|本年度|今年|个人|新|本学期|我)*(?:的)?(?:任务|工作)?清单|清单(?:交|提交|报|送)上去|清单.{0,8}(?:弄好|写好|做好|填好|完成了|好了|批了|审了|过了|通过了?没|审核|审批|批准|审定|送审|提交|交给|报给|退回来|被退|驳回|到哪|状态|改好)",
            bare,
            unless=r"谁|哪些人|没交|^(?:催|提醒|喊|叫|让|督促|通知)|怎么|如何|咋写|批准.{2,4}的|退回.{2,4}的|<name>的(?:任务)?清单|导出|发我|下载|(?:批准|退回|同意|驳回|通过|审批|准了|打回).{0,3}[^我清]{2,4}的?(?:任务)?清单|问题清单|完成情况|按照?清单|照清单|清单上|推进|访谈|宣讲|\d月(?:份)?的?(?:任务)?清单".replace(
                "<name>", "[^我的]{2,4}"
            ),
            longest=40,
        ),
    )


NOT_GOING = late("去不(?:了|成)|不能去|没法去|到不了|来不了|不(?:去|到校|下校|驻校|蹲点)")


def numbered(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A telephone counts as binding where its owner gives a name, or hardly anything else is said."""
    slots = bind(frame, match)
    introduced = re.search("我是|我叫|本人|姓名|名字", frame.text)
    short = len(re.sub(r"[\d\W]", "", frame.text)) <= 12
    return slots if slots and "name" in slots and (introduced or short) else None


def away(frame: Frame, match: re.Match[str]) -> Slots | None:
    """Being elsewhere is a leave where its days or the wish for silence are said."""
    if NOT_GOING.search(frame.text) and not re.search("请假|提醒|出差|催|打扰", frame.text):
        return ahead(frame, match)
    slots = leave(frame, match)
    quiet = re.search("提醒|催|打扰|别发|请假|去不了|不能去|来不了|不去", frame.text)
    ahead_said = slots and slots.get("end") and slots["end"] >= frame.now.date()
    return slots if quiet or (ahead_said and re.search("请|要|去|在|都|将|得|出差|培训|住院|休", frame.text)) else None


def ahead(frame: Frame, match: re.Match[str]) -> Slots | None:
    """Not going is a leave where it lies beyond today and this week; else nothing was done."""
    days = frame.days(forward=True)
    today = frame.now.date()
    if days is None or days.last is None or days.invalid:
        return None
    sunday = today + timedelta(days=6 - today.weekday())
    this_week = re.search("这周|本周|这星期|这个星期|这礼拜|今天|今日|今儿|今晚|今早|下午|上午", frame.text)
    if days.last <= today or (this_week and days.last <= sunday):
        return None
    return leave(frame, match)


def stop_reminding(_frame: Frame, _match: re.Match[str]) -> Slots | None:
    """No more reminders; with days said it is a leave, which another rule reads."""
    return {"off": True}


def stated_school(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A school told as one's own."""
    start, end = match.span("school") if match["school"] else match.span("s2")
    words = frame.core[start:end]
    return {"school": frame.original(start, end)} if re.search("校|小|中|园|院|点", words) else None


def assigned(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A school one was sent to."""
    return school(frame, match) if frame.schools else None


def which(frame: Frame, _match: re.Match[str]) -> Slots:
    """The audience or activity whose count is asked about."""
    return {key: value for key, value in frame.asked.items() if value != "on_site" or ON_SITE.search(frame.core)}


ON_SITE = late("驻校|蹲点|蹲班|到校|下校|入校|学校")


def mine(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """What is left, where nobody else is named."""
    return None if region(frame.core) or find_name(frame) else frame.asked


def submit_late(frame: Frame, match: re.Match[str]) -> Slots:
    """A paper named before the verb."""
    kind = "case" if "案例" in match.group() else "report"
    title = TITLE.search(frame.text)
    return {"kind": kind, "title": frame.normal.original(*title.span("t"))} if title else {"kind": kind}
