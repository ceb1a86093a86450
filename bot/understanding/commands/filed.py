"""Records put right or taken back in the wording of reports and of dialects, and what only looks like that."""

from __future__ import annotations

import re
from typing import Any

from ..late import late
from .away import leave
from .change_words import NUMERAL
from .frame import Frame, span_slots
from .making import TITLE
from .persons import find_name
from .rule import STANDS, SURE, Rule, Slots, asked, rule
from .slots import form, is_name, region, time_of_day
from .stretches import values

AMOUNT = rf"{NUMERAL}(?:[名个位人天场次节份篇件项](?:[一-鿿]{{1,4}}?)?)"
MIS = "(?:误|错|重)(?:记|录|报|填|登|写|点|发)"
GONE = "(?:去掉|去除|删除?掉?|剔除|划掉|抹掉|撤销|撤掉|作废|扣除|扣掉|核减|核销)"
BESIDE = frozenset(("audience", "activity"))
RECENT = 62  # days after which a leave is rather one to come
HEARD = late("到场|参加|出席|到会|听众|实到|人数")


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


def its_days(frame: Frame, match: re.Match[str]) -> Slots:
    """From the first to the last of the days told of a record."""
    found: dict[str, Any] = dict(span_slots(frame.days()))
    return found


def wrong_day(frame: Frame, _match: re.Match[str]) -> Slots:
    """The day that was kept by mistake; one that only says which record is meant is none."""
    last = frame.dates[-1].resolve(frame.now) if frame.dates and THAT_DAY.search(frame.core) else ()
    return span_slots(last[0]) if last else {}


def settled(frame: Frame, _match: re.Match[str]) -> Slots:
    """The problem that is settled, where its number is told."""
    found = NUMBERED.search(frame.core)
    return ({"number": int(found["n"] or found["m"])} if found else {}) | {"status": "resolved"}


def paper_done(frame: Frame, match: re.Match[str]) -> Slots:
    """What is handed in for review, and its title."""
    title = TITLE.search(frame.text)
    kind = {"kind": "case" if "案例" in match["paper"] else "report"}
    return kind | ({"title": frame.normal.original(*title.span("t"))} if title else {})


def sent_back(frame: Frame, _match: re.Match[str]) -> Slots:
    """Whose paper does not pass, where it is said."""
    name = find_name(frame)
    return {"name": name, "approved": False} if name else {"approved": False}


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


def covering(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A form and the days it covers; the day by which it is wanted is none of them."""
    which = form(match["what"])
    days = [said.resolve(frame.now) for said in frame.dates if said.end <= frame.offset + match.end("what")]
    return {"form": which, **(span_slots(days[0][0]) if days and days[0] else {})} if which else None


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
        "issue_update",
        r"(?:问题|困难|事项|诉求|反馈|的事|这件?事)[^?]{2,40}(?:请(?:予|予以|准予|给予)?(?:销号|销账|结案)|(?:可以|能|就|应该)?算(?:是)?(?:已经?)?(?:解决|办结|落实|了结|了了)了?|(?:可以|能|就|该)销(?:号|账|了|掉)+)(?:吧|了)*$",
        settled,
        level=SURE,
        unless="[?吗]|怎么|没(?:有)?(?:解决|办|落实)|不能算|访谈|宣讲",
        longest=90,
        beside="销算",
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
        "smalltalk",
        r"^[^,。?]{0,10}[,。 ]?(?:先不(?:说|聊|讲)了|不(?:跟你)?(?:说|聊)了)(?:[,。 ][^?\d]{0,10})?$|(?:基层|我们|大家|还)?还(?:干不干|让不让|要不要)(?:人)?(?:干)?活了?$",
        level=SURE,
        unless="学生|队员|孩子|老师|访谈|今天|昨天",
        longest=40,
        beside="说聊讲活",
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
THAT_DAY = late("[日号天一二三四五六]那(?:几|两)?天|当天")
ON_SITE = late("驻校|蹲点|蹲班|跟班|到校|下校|入校|去[一二两三四五六\\d]|学校|天")
NUMBERED = late(
    r"(?:问题|事项|困难|诉求|建议|意见)第?(?P<n>\d{1,4})(?![月年.日号\d])|第?(?P<m>\d{1,4})(?:号|条)(?:问题|事项|困难|诉求|建议|意见|反馈)"
)
