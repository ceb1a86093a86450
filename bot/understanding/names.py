"""People named in a message: where each name stands, and whether a child, an adult or a colleague is meant.

`people(text)` reads names by their surroundings (a word for pupils or a talk before them, a title after them, a list), never
by their shape alone. Marks that masking left (〔学生〕, 〔姓名〕, 〔老师〕 …) are names too, so a masked message counts as before.
`name_end(text, start)` is the bare shape: where a name that begins here would end, 0 where none can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .name_words import COMPOUND, ETHNIC, GIVEN, PUBLIC, RISKY, STOP, SURNAMES, ordinary


@dataclass(frozen=True, slots=True)
class Name:
    """One person named; `kind` is child, adult, unsure, colleague (of whom a command speaks) or mark (already masked)."""

    start: int
    end: int
    words: str
    kind: str
    title: str = ""


def either(words: str) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


HAN = "\u4e00-\u9fff"
FIRST = "".join(sorted(set(GIVEN) - STOP))
MODERN = frozenset(
    "涵轩梓萱睿宸诺桐浩琪怡妍彤煜熙辰沐萌馨钰莹婷晨昊皓晟玥悦汐苒芮珂琳茜薇蕊烨奕泽铭硕博翰骏逸晗欣佳婉瑶璐颖琦"
)
NICK = "明红刚芳丽强军亮伟燕娟杰玲敏霞英龙宇涵轩欣怡婷萱浩凯洋飞峰勇辉静慧梅兰凤波涛磊鹏娜琴莉佳豪乐虎胖东斌兵兰李王张刘陈赵杨周吴孙"
SURNAME = f"(?:{either(COMPOUND)}|[{SURNAMES}])"
TITLES = (
    "老师 教师 校长 书记 主任 班主任 辅导员 大队辅导员 中队辅导员 总辅导员 园长 局长 科长 处长 部长 院长 站长 所长 镇长 乡长 县长 村长 股长 "
    "干事 专干 教练"
)
MARK = "〔(?:学生|姓名|" + "|".join(TITLES.split()) + ")〕"

PUPILS = either(
    "少先队员 队员 同学 学生 孩子 小朋友 大队委 大队委员 大队长 中队长 小队长 中队委 中队委员 班长 副班长 组长 小组长 队长 委员 课代表 团支书 "
    "团支部书记 班干 班干部 学生干部 学生会主席 娃 娃儿 娃娃 儿童 少年 男生 女生 男孩 女孩 小男孩 小女孩 小姑娘 新生 儿子 女儿 孙子 孙女 弟弟 妹妹 "
    "值日生 团员 毕业生 旗手 升旗手 护旗手 小记者 小主持人 留守儿童 困难学生 孤儿 幼儿 宝贝 班级 好少年 学委 大队干部 中队干部 小干部 讲解员 小讲解员"
)
ADULTS = either(TITLES + " 家长 父亲 母亲 爸爸 妈妈 爷爷 奶奶 学生家长 监护人 校医 团委书记 团干部")
TALKS = either(
    "访谈 采访 约谈 谈心 谈话 面谈 座谈 交流 家访 走访 看望 慰问 探访 探望 结对 帮扶 资助 对话 拜访 访问 电话访谈 单独谈 重点谈 谈心谈话"
)
COUNT = "(?:[一二两俩三仨四五六七八九十几\\d]{1,3}[名位个人])"
TAIL = f"{COUNT}?(?:[:：,，(（\\s「“\"'—\\-·、）)了]|有|是|为|叫|如|包括|分别|代表|例如|比如|们){{0,5}}"
CLASS = "(?:[一二三四五六七八九十高初\\d][)）]?(?:年级|中队|班)|年级[一二三四五六七八九十\\d]+班)(?:的|里)?"
LEFT = re.compile(
    f"(?:(?P<child>{PUPILS}{TAIL}|{CLASS}{COUNT}?[:：(（\\s]*{PUPILS}?)"
    f"|(?P<adult>{ADULTS}{TAIL})"
    f"|(?P<talk>(?:{TALKS}(?:了|过|到|的|的是|的有|对象|对象是|对象为)?|(?:聊|见|问|谈|找)(?:了|过|到|的是|见了))[:：\\s]*{COUNT}?[:：\\s]*)"
    "|(?P<label>(?:姓名|名字|名叫|叫做|一个叫|有个叫|孩子叫|学生叫|名单|参加人员|访谈人员)[:：是为\\s]*)"
    "|(?P<order>(?:^|(?<=[,，。!！\\s]))(?:请|帮我|麻烦)?(?:查一下|查查|查|看一下|看看|看下|查下|催一下|催催|催|提醒一下|提醒|批准|退回|通过|绑定"
    "|我是|我叫|代记|代|同意|驳回|叫|让|通知)[:：\\s]*)"
    "|(?P<with>(?:和|跟|与|同|找|给|对|向|帮|为|陪|约|联系|联系了|替|关于)\\s?))\\Z"
)
JOIN = re.compile("(?:\\s*(?:[、,，/&+·;；]|和|跟|与|同|及|以及|还有|加上|\\s|[)）]?[、,，](?:另外|还有))\\s*)?\\Z")
FOLLOW = re.compile(
    "\\Z|[^\u4e00-\u9fff]|[和跟与同及还以等说讲谈聊问提的在家也都就被把对给向让想要有没不很非最又再已今昨前明上下去来到因是为做参表主常只经"
    "之这那其两三四五六七八九十各了吗呢吧啊过走看听写送爱喜希觉认担获当住由考拿哭笑打骂][\u4e00-\u9fff]?|反映|建议|反应|放学|课后|课间|成绩|学习|身体|心理|情绪|"
    "一[起个直人些同]|父|母|爸|妈|爷|奶|哥|姐|弟|妹|同学|学生|小朋友|队员|老师|班主任|辅导员|个人|俩|仨|近|目前|现在|性格|平时|需|能|会|可|该|曾|进行|共|代|介|交|结|担任"
)
KIN = "(?:家长|妈妈|爸爸|母亲|父亲|爷爷|奶奶|姥姥|外婆|外公|姥爷|妈|爸)"
LINK = f"(?:(?:\\s*[、,，和跟与及/]\\s*|\\s+)?(?:{SURNAME}[{FIRST}]{{1,2}}|小[{FIRST}]{{1,2}}|[{HAN}]{{2,3}}(?=[、,，和跟与等])))"
RIGHT_CHILD = re.compile(
    f"{LINK}{{0,12}}\\s*(?:等|这|这几|他们|共)?\\s*{COUNT}?(?:少先队员|队员(?!访谈|任务|指标|还差)|小?同学|小朋友|孩子|娃(?!娃菜)|学生(?!访谈|任务)|的?{KIN}|家里|家庭(?!访)|家孩子)"
)
TALK_AFTER = re.compile(
    f"{LINK}{{0,12}}(?!\\s*(?:一起|一同|一道|共同|一块))[^,，。；;!！?？\n]{{0,8}}?"
    "(?:聊|谈心|谈话|谈了|访谈|交流|沟通|座谈|见面|见了|家访|交心|唠|摆龙门|结对|视频|说说|说了说|送去|送了|买了|补课|捐|辅导作业|倾计|通了?电话|进行了)"
)
PUPIL_LIFE = re.compile(
    "\\s?(?:同学)?(?:家里|家庭|父母|爸爸|妈妈|爷爷|奶奶|今天没来上|没来上|没上学|没来学校|没写作业|作业|上课|逃课|旷课|逃学|辍学|厌学|转学|退学|休学|复学|"
    "成绩|学习成绩|单亲|留守|低保|父亲|母亲|是留守|是单亲|是孤儿|是困难|是贫困|[,，(（\\s]*[男女](?![生孩子同队])|[,，(（]?\\s*\\d{1,2}岁|"
    "[,，(（]\\s*(?:[一二三四五六七八九高初小]|\\d)[^,，。]{0,4}?[级班]|想当|没人管|没人接|没带红领巾)"
)
ORDER_AFTER = re.compile(
    "\\s*(?:评优|评为|评[优良合一]|考核|等次|现在什么|完成|进度|的?(?:任务)?清单|的?任务|还差|还欠|欠|落后|那边|这边|干得|做得|做了几|手机|电话|[,，]?手机号|达标|怎么样)"
)
PLACE = re.compile(
    "[^\\W\\d_和跟与同的在到去说了是家、]{2,7}?(?:小学|中学|学校|附小|附中|[一二三四五六七八九十]小|[一二三四五六七八九十]中(?!队)|幼儿园|教学点|社区|街道|"
    "[镇乡村县旗庄屯区路街巷](?![里上])|嘎查|苏木|大街|大道|市|州|省|湾|坪|坝|营|堡|桥|河|庙|学区|校区|希望|实验|中心校)"
)
NOT_ETHNIC = re.compile("浩特|察布|牧骑|淖尔|图克|木仁|苏木|嘎查|[街路镇旗县湖乡村区山]|小学|中学|民族|学校|草原|盟")
TITLED = re.compile(f"(?:{SURNAME}[{FIRST}]{{0,2}}|{either(ETHNIC)}{{1,2}})(副?(?:{either(TITLES)}))")
UNTITLED = frozenset("和向于时应那来都全单原化公谈计相信平水花古车连解管成满修国权初华席宗")
TAILS = frozenset(
    "音乐 语文 作文 历史 主任 担任 现任 时任 新任 前任 上任 专任 历任 原任 兼任 离任 责任 国文 中文 英文 蒙文 藏文 校方 对方 双方 各方 地方 官方 "
    "家和 队员向 联系 语言 初任 委任 继任 附近 党政 学前 教育 快乐 声乐 器乐 民乐 管乐 首任 接任 书法 武术 支部".split()
)
EXACT = re.compile(f"[{HAN}]{{2,4}}?(?=\\Z|[、,，;；。)）\\s]|和|跟|与|等|[三四五六七八九十两\\d]+[名位个人])")
CANDIDATE = re.compile(
    f"{MARK}|{SURNAME}(?=[{HAN}])|{either(ETHNIC)}|小(?=[{NICK}])|[{FIRST}]{{1,2}}宝(?!宝|贝|藏|石|塔|典|座)|[{HAN}]{{1,6}}·[{HAN}]{{1,8}}"
    f"|[{''.join(sorted(MODERN))}](?=[{FIRST}])|[{FIRST}](?=[{''.join(sorted(MODERN))}])|([{FIRST}])\\1"
)
NICKNAME = re.compile(f"小[{NICK}]|([{FIRST}])\\1|[{FIRST}]{{2}}")
NOT_NICK = frozenset(
    "国宝 珠宝 元宝 淘宝 法宝 财宝 文宝 三宝 四宝 大宝 付宝 支付宝 家宝 小王子 小龙虾 小龙人 小英雄 小飞机 小军号 小兵张 小胖墩 小乐队 小乐器 小周期 小明星 "
    "小虎队 小红花 小红帽 小红书 小红旗 小红星 小强人 小龙头 天天 星星 常常 明明 处处 人人 太太 好好 时时 多多 茫茫 纷纷 渐渐 欣欣 微微 悠悠 "
    "久久 深深 高高 真真 实实 平平 安安 清清 楚楚 朗朗 蓝蓝 红红 长长 青青 圆圆 甜甜 香香 满满 重重 暖暖 美美 三三 四四 一一 二二 沙沙 样样 层层"
    " 种种 某某 点点 冷冷 静静 慢慢 轻轻 细细 早早 晚晚 远远 默默 区区 代代 里里 依依 怡怡 源源 滔滔 明理 家长".split()
)


def people(text: str) -> list[Name]:
    """The people named in the text, in order; names inside one list are separate and share their kind."""
    found: list[Name] = []
    at = CANDIDATE.search(text)
    while at:
        name = _read(text, at.start(), found[-1] if found else None)
        if name:
            found.append(name)
        at = CANDIDATE.search(text, name.end if name else at.start() + 1)
    return found


def name_end(text: str, start: int = 0) -> int:
    """Where a full name that begins at `start` would end by its shape alone, 0 where none can begin."""
    ethnic = ETHNIC_NAME.match(text, start)
    if ethnic and not NOT_ETHNIC.match(text, ethnic.end()):
        return ethnic.end()
    return next((end for end in _ends(text, start) if not _is_word(text, start, end)), 0)


ETHNIC_NAME = re.compile(f"{either(ETHNIC)}{{1,3}}(?:·[{HAN}]{{1,8}})?|[{HAN}]{{1,6}}·[{HAN}]{{1,8}}")
MARKED = re.compile(MARK)
FULL_NAME = re.compile(f"({either(COMPOUND)})[{FIRST}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}}")


def _read(text: str, start: int, before: Name | None) -> Name | None:
    """The name that begins at `start`, where its surroundings make it one."""
    if text[start] == "〔":
        end = text.index("〕", start) + 1
        return Name(start, end, text[start:end], "mark", text[start + 1 : end - 1])
    return _titled(text, start) or _plain(text, start, before)


def _titled(text: str, start: int) -> Name | None:
    """An adult by surname and office: 王校长, 李红老师."""
    match = TITLED.match(text, start)
    if not match or text[max(0, start - 1) : start + 1] in TAILS:
        return None
    bare = text[start : match.start(1)]
    if bare in PUBLIC or bare in UNTITLED or _is_word(text, start, match.start(1)):
        return None
    return Name(start, match.end(), match.group(), "adult", match.group(1))


def _plain(text: str, start: int, before: Name | None) -> Name | None:
    chained = _chain(text, start, before)
    left = LEFT.search(text, max(0, start - 18), start)
    for end in _shapes(text, start, bool(left or chained)):
        kind = chained or _kind(text, start, end, left)
        if kind and _believable(text, start, end, kind, bool(chained)):
            return Name(start, end, text[start:end], kind)
    return None


def _chain(text: str, start: int, before: Name | None) -> str | None:
    """The kind of the list that this name goes on, if the one before stands right beside it."""
    if before is None or start - before.end > 5 or not JOIN.match(text, before.end, start):
        return None
    if before.kind == "mark" or (before.title and start == before.end):
        return None
    return before.kind


def _shapes(text: str, start: int, warm: bool) -> list[int]:
    """Where a name that begins here may end, the likeliest first; nicknames only beside words for people."""
    ethnic = ETHNIC_NAME.match(text, start)
    if ethnic:
        return [] if NOT_ETHNIC.match(text, ethnic.end()) else [ethnic.end()]
    ends = _ends(text, start)
    if text[start] == "小" or text[start] not in SURNAMES or (not ends and warm):
        ends += _nick_ends(text, start)
    return ends


def _ends(text: str, start: int) -> list[int]:
    match = FULL_NAME.match(text, start)
    if not match:
        return []
    return [
        end
        for end in (match.end(), match.end() - 1)
        if end > start + 1 + bool(match.group(1)) and _closed(text, start, end)
    ]


def _closed(text: str, start: int, end: int) -> bool:
    """True where nothing inside speaks against a name and what follows can follow one."""
    if not STOP.isdisjoint(text[start + 1 : end]):
        return False
    if FOLLOW.match(text, end) or (end - start == 3 and text[end - 1] in MODERN):
        return True
    return text[end] in SURNAMES and text[end] not in RISKY and text[end + 1 : end + 2] in GIVEN_SET


GIVEN_SET = frozenset(FIRST)


def _nick_ends(text: str, start: int) -> list[int]:
    match = NICKNAME.match(text, start)
    ends = [match.end()] if match and FOLLOW.match(text, match.end()) else []
    for end in (start + 2, start + 3):
        if text[end - 1 : end] == "宝" and FOLLOW.match(text, end):
            ends.append(end)
    return [end for end in ends if text[start:end] not in NOT_NICK and text[start : end + 1] not in NOT_NICK]


def _kind(text: str, start: int, end: int, left: re.Match[str] | None) -> str | None:
    """Whose name it is, told by the words before it and after it."""
    if RIGHT_CHILD.match(text, end):
        return "child"
    side = left.lastgroup if left else None
    if side in ("child", "adult"):
        return side
    if side == "order" or ORDER_AFTER.match(text, end):
        return "colleague"
    if side in ("talk", "label"):
        return "unsure"
    if side == "with" and TALK_AFTER.match(text, end):
        return "unsure"
    return _alone(text, start, end)


def _alone(text: str, start: int, end: int) -> str | None:
    """A name with nothing before it: beside a pupil's circumstances, or at the head of a list of names."""
    if start and text[start - 1] not in " \n\t,，。:：;；、!！?？(（\"“「'和跟与给有":
        return None
    if PUPIL_LIFE.match(text, end):
        return "child"
    return "unsure" if text[end : end + 1] == "、" and _clear(text, start, end) and _another(text, end + 1) else None


def _another(text: str, start: int) -> bool:
    end = name_end(text, start)
    return bool(end) and _clear(text, start, end)


def _clear(text: str, start: int, end: int) -> bool:
    """True for a name that can hardly be anything else."""
    return text[start] not in RISKY and GIVEN_SET.issuperset(text[start + 1 : end]) and not _is_word(text, start, end)


def _is_word(text: str, start: int, end: int) -> bool:
    words = ordinary()
    if end - start == 3 and text[end - 1] in MODERN and text[start] not in RISKY:
        return text[start:end] in words
    return text[start : start + 2] in words or text[start : start + 3] in words or text[start:end] in words


def _believable(text: str, start: int, end: int, kind: str, chained: bool) -> bool:
    """Whether this stretch may be a name at all: no school, no figure of history, no ordinary word, or a listed one."""
    if text[start:end] in PUBLIC or PLACE.match(text, start):
        return False
    if ETHNIC_NAME.match(text, start):
        return True
    if _is_word(text, start, end):
        return _listed(text, start, end, chained) or _called(text, end)
    if text[start] in SURNAMES and text[start] not in RISKY and end - start > 1 and text[start] != "小":
        return kind in ("child", "adult") or chained or GIVEN_SET.issuperset(text[start + 1 : end])
    return GIVEN_SET.issuperset(text[start + 1 : end]) and (
        text[start] in GIVEN_SET or text[start] in SURNAMES or text[start] == "小"
    )


def _listed(text: str, start: int, end: int, chained: bool) -> bool:
    """A word that is a name because it is a whole item of a list of names: 白雪、李想、陈一诺."""
    item = EXACT.match(text, start)
    if not item or item.end() != end:
        return False
    return chained or (text[end : end + 1] == "、" and _another(text, end + 1))


def _called(text: str, end: int) -> bool:
    return text.startswith(("同学", "小朋友"), end) and not text.startswith("同学们", end)
