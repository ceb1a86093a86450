"""Where a school is named: its kind of name, walked back to where the name begins."""

from __future__ import annotations

from typing import NamedTuple

from .late import late

NUMERAL = "一二三四五六七八九十百\\d"
KINDS = (
    "school|[县镇乡旗]小(?![学队组朋孩型的姑伙时])|[县镇乡旗]中(?![心央队学间期考医药旬层型年午国秋区街路])|分校区?|[东西南北新老本主]校区(?!负责|主任|校长|书记)|(?:蹲点|驻点|联系|挂点|挂联|包联|帮扶)校(?![长园舍区门方友车服医内外里本史级际务董训规歌旗徽])|老地方|同校(?![长的学友])|民族小学|中心小学|实验小学|希望小学|小学校|小学|中学|学校|教学点|幼儿园|中心校(?!长)|中心小(?!学生)|完小|村小|村校|职业高中|职教中心|职业中专|职高|职校|职中|"
    "技校|技师学院|学院|大学|附小|附中|附校|实小|实中|外国语|初级中学|高级中学|初中|高中|小学部|初中部|高中部|幼师|中专|书院|学堂|高职|卫校|特校|"
    f"[{NUMERAL}]{{1,4}}(?:中|小|幼|初|高)(?![队午心间旬年等期央国学小的号文时组生孩型个名位朋级初高一二三姑结心计声全])"
)
NOT_AFTER = "(?![生们]|生活|时代|毕业|阶段|文化|语文|数学|教育|课|路|门口那)"
SUFFIX = late(
    f"(?:{KINDS}){NOT_AFTER}(?:附属小学|附小|附中|附属中学|分校|[东西南北新老本]校区|(?:小学|初中|高中)部|教学点|校区)?"
)
BODY = late(r"[一-鿿\dA-Za-z·]{0,14}\Z")
CUT = late(
    "[上这本下]个?月(?![湖亮牙坪山城塘河季])|撤[销回]|删[除掉]|取消|作废|更正|更?换|来到|咗|哒|联系点|哪[儿里]|读|落(?=学校)|发现|帮助|协助|了解|感觉|知道|要求|通过|利用|结合|围绕|针对|签到|路过|经过|对方|参加|参与|帮扶|慰问|看望|考察|指导|检查|督导|陪同|组织|搁|喺|跑(?!马)|去到|去了趟|去了一趟|去趟|走进了?|走入|走访了?|前往|赶到|赶往|赶赴|抵达|到达|到了|来了|进了|跑了趟|跑了一趟|跑了|进驻|入驻|驻点|驻校|蹲点|蹲班|下沉|深入|奔赴|"
    "下到|回到|走到|驻扎|联系|选定?|调研|宣讲|访谈|打卡|签到|学校是|今天|昨天|前天|今日|昨日|今儿个?|昨儿|明天|后天|今早|昨晚|早上|早晨|上午|下午|中午|晚上|傍晚|前晌|后晌|"
    "(?:周|星期|礼拜)[一二三四五六日天]|[\\d一二三四五六七八九十][号日]|[\\d一二两三四五六七八九十半]天半?|那个|这个|咱们|我们|他们|人家|还有|以及|或者|老师|校长|主任|书记|队员|学生|同学|家长|辅导员|班主任|"
    "去(?!年)|返|赴|往|从(?!化|江)|由|离|于(?!都|田|洪)|的|了|着|是|叫|跟|与|给|把|被|让(?!胡)|请|帮|替|及|或|个|名|所|座|某|各|每|该|我|咱|你|他|她|驻(?!马)|"
    "在|到(?!保)|来(?!宾|安|凤|福|龙|仪|苏)|和(?!平|睦|顺|县|田|谐|静|美|硕|龙|林|合|兴|悦|丰)|同(?!心|仁|德|济|江|安|兴|文|昌|和|升|乐|福|盟|川|里)|向(?!阳|荣|明|东|前|上|日|化)|"
    "为(?!民)|对(?!门)|进(?!贤|才|步|德)|回(?!民|龙|族|澜|郭)|下(?!关|沙|城|河|营|庄|马|洼|街|园|陆|庙|坝|湾|渚|堡|寨|村|川|坪|沟)|都(?!昌|匀|安|兰|江|市)|也|就|又|再|还|"
    "先(?!锋|进|农)|没|未|喜欢|成(?!都|功|安|武|县)|说|看|听|反映|希望|建议|请|全(?!州|椒|南|福)|本(?!溪)|换成|改成|搬到|两(?!河|江|路|岔|当)|几[次趟回所]?"
)
GENERIC = frozenset(
    (
        "school",
        "学校",
        "小学",
        "中学",
        "大学",
        "高中",
        "初中",
        "学院",
        "幼儿园",
        "教学点",
        "村小",
        "小学部",
        "初中部",
        "高中部",
        "学堂",
        "小学校",
        "中专",
        "外国语",
        "书院",
        "老地方",
        "同校",
        "蹲点校",
        "驻点校",
        "联系校",
        "挂点校",
        "挂联校",
        "包联校",
        "帮扶校",
    )
)
SCHOOL_MARK = "\ue001"
GENERIC_MARK = "\ue002"


class School(NamedTuple):
    """A school named in the text; `named` is false for 学校 alone."""

    start: int
    end: int
    named: bool


def find_schools(text: str) -> list[School]:
    """Every school in a text, left to right."""
    found: list[School] = []
    floor = 0
    for match in SUFFIX.finditer(text):
        start, end = begin(text, max(floor, match.start() - 14), match.start()), match.end()
        words = text[start:end]
        named = (
            words not in GENERIC
            and words.lstrip("都也就上趟搁泡窝猫呆蹲待") not in GENERIC
            and not words.startswith("蹲点学校")
        )
        found.append(School(start if named else match.start(), end, named))
        floor = end
    return found


def begin(text: str, floor: int, suffix: int) -> int:
    """Where the name that ends in a kind of school begins."""
    body = BODY.search(text[floor:suffix])
    start = suffix - len(body.group()) if body else suffix
    cut = start
    for match in CUT.finditer(text, start, suffix):
        cut = match.end()
    return cut


def marked(text: str, schools: list[School]) -> str:
    """The text with every school replaced by marks of the same length."""
    parts: list[str] = []
    at = 0
    for school in schools:
        parts += [
            text[at : school.start],
            (SCHOOL_MARK if school.named else GENERIC_MARK) * (school.end - school.start),
        ]
        at = school.end
    return "".join(parts) + text[at:]
