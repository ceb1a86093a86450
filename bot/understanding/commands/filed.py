"""Records put right or taken back in the wording of reports and of dialects, and what only looks like that."""

from __future__ import annotations

import re
from typing import Any

from ..late import late
from .away import leave
from .change_words import NUMERAL
from .frame import Frame, span_slots
from .making import TITLE
from .rule import SURE, Rule, Slots, asked, rule
from .slots import time_of_day
from .stretches import values

AMOUNT = rf"{NUMERAL}(?:[名个位人天场次节份篇件项](?:[一-鿿]{{1,4}}?)?)"
MIS = "(?:误|错|重)(?:记|录|报|填|登|写|点|发)"
GONE = "(?:去掉|去除|删除?掉?|剔除|划掉|抹掉|撤销|撤掉|作废|扣除|扣掉|核减|核销)"
BESIDE = frozenset(("audience", "activity"))
RECENT = 62  # days after which a leave is rather one to come
HEARD = late("到场|参加|出席|到会|听众|实到|人数")
THAT_DAY = late("[日号天一二三四五六]那(?:几|两)?天|当天")
ON_SITE = late("驻校|蹲点|蹲班|跟班|到校|下校|入校|去[一二两三四五六\\d]|学校|天")


def anew(frame: Frame, match: re.Match[str]) -> Slots | None:
    """The one thing said anew."""
    found = {key: value for key, value in values(frame, match["new"]).items() if key not in BESIDE}
    if "count" in found and HEARD.search(frame.core, 0, match.start("new")) and "访谈" not in frame.core:
        found["attendance"] = int(found.pop("count"))
    return found if found and len(found.keys() - {"end"}) == 1 else None


def rather(frame: Frame, match: re.Match[str]) -> Slots | None:
    """What differs between what is so and what is not."""
    new, old = values(frame, match["new"]), values(frame, match["old"])
    found = {key: value for key, value in new.items() if key in old and old[key] != value}
    return found or None


def its_days(frame: Frame, _match: re.Match[str]) -> Slots:
    """From the first to the last of the days told of a record."""
    found: dict[str, Any] = dict(span_slots(frame.days()))
    return found


def wrong_day(frame: Frame, _match: re.Match[str]) -> Slots:
    """The day that was kept by mistake; one that only says which record is meant is none."""
    last = frame.dates[-1].resolve(frame.now) if frame.dates and THAT_DAY.search(frame.core) else ()
    return span_slots(last[0]) if last else {}


def paper_done(frame: Frame, match: re.Match[str]) -> Slots:
    """What is handed in for review, and its title."""
    title = TITLE.search(frame.text)
    kind = {"kind": "case" if "案例" in match["paper"] else "report"}
    return kind | ({"title": frame.normal.original(*title.span("t"))} if title else {})


def moved_hour(frame: Frame, match: re.Match[str]) -> Slots:
    """The time to be reminded at."""
    time = time_of_day(frame.core[match.end() :]) or time_of_day(frame.core)
    return {"time": time} if time else {}


def leave_told(frame: Frame, match: re.Match[str]) -> Slots | None:
    """The days of a leave of which it is asked what becomes of the tasks; it may be over."""
    past = frame.days()
    if past is None or past.first is None or past.last is None:
        return leave(frame, match) if frame.dates else None
    recent = past.last <= frame.now.date() and (frame.now.date() - past.last).days < RECENT
    return span_slots(past) if recent else leave(frame, match)


def as_written(frame: Frame, match: re.Match[str]) -> Slots:
    """What is complained of, in its own words."""
    return {"text": frame.original(*match.span("text"))}


def visited(frame: Frame, match: re.Match[str]) -> Slots:
    """A school asked about by its short name, and the days."""
    return {"school": frame.original(*match.span("school")), **span_slots(frame.days())}


RULES: tuple[Rule, ...] = (
    rule(
        "amend",
        rf"^(?:(?:不好意思|抱歉|对不起|sorry)[,。! ]*)?(?:(?:上面|前面|刚才|刚刚|刚|上一条|那条|这条)(?:的)?)?(?:我)?(?:发|打|敲|写|填|输)错(?:了|字|数)*[,。! ]+(?:应该|其实|实际)?是(?P<new>{AMOUNT})[,。 ]*(?:而|可|并)?不是(?P<old>{AMOUNT})$",
        rather,
        level=SURE,
        longest=50,
        beside="错",
    ),
    rule(
        "amend",
        r"^(?:兹|现|拟)?(?:将|把)?(?:前|原|此前|先前|之前|上次|上期|昨日|昨天|本周)所?(?:报|填|记|登|列|呈)的?[^。;]{2,40}(?:更正|订正|修正|更改|变更|调整|纠正)(?:为|成)(?P<new>[^,。;]{1,12})(?:[,。 ]*(?:请|望|特此)[^。]{0,10})?$",
        anew,
        level=SURE,
        unless="问题|清单|学校(?:更正|变更|调整)",
        beside="报填记登列呈",
    ),
    rule(
        "amend",
        r"^补(?:充|正)?(?:一下|说明|一句)?[:,](?:刚才|上面|前面)?(?:那场|那次|的)?(?:到场|参加|出席|听众|实到)(?:的)?(?:人数)?(?:应该)?(?:是|为|有)(?P<new>[^,。]{1,8})$",
        anew,
        level=SURE,
        longest=40,
        beside="补",
    ),
    rule(
        "amend",
        r"^补(?:充|正)?(?:一下|说明|一句)?[:,](?:刚才|上面|前面)?(?:那场|那次|那个|的)?(?:问卷|宣讲|讲座|访谈|座谈会?|听课|队课|团课|活动)是[^,。\d]{2,6}(?:发|办|讲|谈|听|上|搞|开|做)的(?:[,。][^,。\d]{2,5}(?:收|结束|完)的)?$",
        its_days,
        level=SURE,
        longest=40,
        beside="补",
    ),
    rule(
        "undo",
        rf"(?:是|系|属|为|算)(?:我)?{MIS}的?[,。 ]*(?:请|麻烦|望|帮我|给我|予以?|把它?)*{GONE}(?:吧|了|一下|掉)*$",
        wrong_day,
        level=SURE,
        unless="改成|改为|应该?[是为]|更正为|问题|清单|[?吗]",
        longest=50,
        beside="误错重",
    ),
    rule(
        "undo",
        rf"^(?:请|麻烦)?(?:把|将)[^,。]{{0,12}}{MIS}的(?:[那这][条个次笔]|记录|一条|一次)*{GONE}(?:吧|了|一下|掉)*$",
        level=SURE,
        unless="改成|改为|问题|清单|[?吗]",
        longest=40,
        beside="误错重",
    ),
    rule(
        "undo",
        r"^(?:请|唔该|麻烦|帮我|同我|[,。])*(?:将|把)?(?:我)?(?:头先|啱先|啱啱|刚先|刚才|上面|上|前)(?:我)?(?:嗰|𠮶|那|个|一)?(?:条|个|句|样|单)(?:嘢|记录)?(?:删|铲|剷|取消|撤|抹|掟)(?:咗|掉|走|返)*(?:佢|它|去)?(?:啦|吖|呀|喇|先)*$|^(?:请|唔该|麻烦|帮我|同我|[,。])*(?:删|铲|剷|取消|撤|抹)(?:咗|掉|走|返)+(?:头先|啱先|啱啱|刚先|刚才|上)(?:嗰|𠮶|那|一)?(?:条|个|句)(?:嘢|记录)?(?:佢)?(?:啦|吖|呀|喇)*$",
        level=SURE,
        longest=30,
        beside="删铲剷消撤抹掟",
    ),
    rule(
        "submit",
        r"(?P<paper>(?:工作|典型)?案例|(?:调研|调查)?报告)[^。?]{0,60}(?:请|呈|望|恳请)(?:予|予以|您|领导|书记|主任|各位|老师)*(?:审阅|审核|审定|批阅|过目|阅示|审改|斧正|指正)$",
        paper_done,
        level=SURE,
        unless=r"访谈|宣讲|驻校|到校|听课\d|怎么|[吗?]|问卷|队员\d",
        longest=110,
        beside="阅审目正",
    ),
    rule(
        "task_list",
        r"^(?:我的?|我们的?)?(?:任务)?清单(?:给)?(?:书记|领导|团委|上级|县里|单位)?(?:已经?|都)?(?:审定?|审核|审批|批|通过|批准|审过|批过)(?:了)?(?:没有?|没|吗|么|不)[?]?$",
        level=SURE,
        longest=24,
        beside="审批通",
    ),
    rule(
        "reminders",
        r"(?:提醒|催报|催办|推送|催填)(?:的)?(?:消息|信息|通知|时间)?(?:能不能|能否|可不可以|可以|可否|请|麻烦|想|都|给我|能|[,])*(?:不要|别|不)?(?:提前|改|挪|放|推迟|推后|调|换|移)(?:到|在|成|至)",
        moved_hour,
        level=SURE,
        unless="为什么|怎么|没提醒|孩子|学生|反映",
        longest=60,
        beside="醒催推",
    ),
    rule(
        "smalltalk",
        r"^(?:别|莫|甭|不要|勿|莫要|不准|不用)[^,。]{0,6}催(?:了|我|嘛|啦|咯|撒|哈|命|个不停)*[,!。 ]+(?:我)?(?:这就|已经|都|在|早就?)?(?:晓得|知道|明白|记得|记着|收到|懂|清楚|来|去|弄|报)(?:了|啦|咯|嘛|着|呢|的)+$",
        level=SURE,
        longest=30,
        beside="催",
    ),
    rule(
        "my_progress",
        r"^(?:那|是不是|我|我再|还|[,])*再(?=[^,。]{0,8}(?:[一二两三四五六七八九十俩仨\d]))[^,。]{2,12}?(?:是不是|不是|我|,)*(?:就|便)(?:都|全|可以|能|算)?(?:齐|够|满|完成|达标|到位|圆满|凑齐|凑够)(?:数|任务)?了(?:吧|吗|么|嘛|是吧|对吧|对不对|不)?[?]?$",
        lambda frame, _match: {"activity": "on_site"} if ON_SITE.search(frame.core) else frame.asked,
        level=SURE,
        unless="清单|提醒|反映",
        longest=30,
        beside="齐够满成标位",
    ),
    rule(
        "school_visits",
        r"^[^,。?]{0,10}去(?:了|过)?几(?:次|趟|回|天)(?P<school>(?![了过来吗呢啊的学校])[一-鿿]{2,10}?)(?:了|啊|呀)?[?]?$",
        visited,
        level=SURE,
        unless="谁|哪|队员|辅导员|听课|宣讲|我们县|家访|学校$|人|村|够|才|还[得要差]",
        longest=24,
        beside="几",
    ),
    rule(
        "feedback",
        r"^(?P<text>[^?]{0,14}(?:账号|微信|系统|网页|页面|小程序|后台)?[^?,]{0,4}(?:绑定不[了上]|绑不上|登录?不[了上进]|登陆不[了上]|注册不[了上]))(?:[,。 ][^?]{0,20})?$",
        as_written,
        unless="怎么|如何|咋|访谈|宣讲|^我?(?:绑|登)|孩子|学生",
        level=SURE,
        longest=40,
        beside="绑登注",
    ),
    rule(
        "feedback",
        r"^(?:[^,。?]{1,8}[,。 ])?(?P<text>(?:你|这)?(?:的)?(?:字|字体|字号)(?:能不能|能否|可不可以|可以|能|请)?(?:调|放|弄|改|再|太|有点|这么)*(?:大|小|密|看不清|淡)(?:一?点儿?|一?些|了)?(?:吗|不|吧|看不清|看不见|[,])*|(?:你|请|能不能|可以)?(?:别|不要|少)(?:每次|老是?|总是?)?(?:都)?(?:回|发|说|写)(?:我)?(?:这么|那么|一大|太)(?:长|多|啰嗦|一?[段串堆]|字|话)*|(?:你)?(?:每次|老是?|总是?|都)*(?:回复?|发)(?:得|的)?(?:太|这么|那么)(?:长|多|啰嗦|慢)了?)$",
        as_written,
        unless="学生|孩子|黑板|课本|教材|老师|作业|队员",
        level=SURE,
        longest=30,
        beside="字回发说写",
    ),
    rule(
        "leave",
        r"(?:休|请)(?:了|的)?(?:产|病|年|事|婚|丧|陪产|探亲|护理|育儿|哺乳)假[,。 ][^。]{0,12}(?:任务|指标|天数|进度)[^。]{0,6}(?:怎么|咋|还|如何)?(?:算|办|折算|减)",
        leave_told,
        level=SURE,
        unless="谁|他|她|有人|同志|如果|要是",
        beside="假",
    ),
    rule(
        "rules",
        r"^(?:上次|上回|上周|上个月|那天|那次|之前|前几天)[^,。]{0,10}那(?:场|次|个|批|拨|\d{1,3}个?人?|[一二三四五六七八九十]{1,3}[个名位]人?)?[^,。]{0,6}(?:能|可以|能不能|可不可以|算不算|算)(?:算|作|当|计入)?[^,。\d]{0,5}(?:吗|么|不)[?]?$",
        asked,
        level=SURE + 1,
        unless="了(?!吗)|昨天",
        longest=30,
        beside="吗么不",
    ),
    rule(
        "smalltalk",
        r"^[^,。?]{0,10}[,。 ]?(?:先不(?:说|聊|讲)了|不(?:跟你)?(?:说|聊)了)(?:[,。 ][^?\d]{0,10})?$|(?:基层|我们|大家|还)?还(?:干不干|让不让|要不要)(?:人)?(?:干)?活了?$",
        level=SURE,
        unless="学生|队员|孩子|老师|访谈|今天|昨天",
        longest=40,
        beside="说聊讲活",
    ),
)
