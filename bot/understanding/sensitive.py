"""Messages whose text must not be kept: harm to a child told as having happened, and what bears a mark of secrecy."""

from __future__ import annotations

import re

from .late import late
from .name_contexts import either
from .normal import Normal

HARM = either(
    "欺凌 霸凌 凌辱 欺负 打骂 体罚 性侵 性侵害 性侵犯 猥亵 强奸 性骚扰 自伤 自残 自杀 自虐 割腕 割手腕 轻生 跳楼 虐待 虐打 遗弃 失联 走失 失踪 离家出走 出走 家暴 "
    "家庭暴力 校园暴力 殴打 围殴 群殴 毒打 暴打 挨打 挨揍 打伤 勒索 敲诈 拐卖 拐骗 被拐 耳光 辱骂 恐吓 不想活 想死 寻死 割痕 刀痕 淤青 伤痕 被打(?![开断动乱扫造印湿翻包卡上分破通磨]) 打他 打她 打孩子 "
    "打学生 打得 打头 骂她 骂他 骂孩子 骂学生 骂得 针扎 扎他 扎她 扎孩子 用刀 刀划 划伤 口子 吞药 服毒 遗书 饿肚子 跳河 投河 跳江 皮带 裸照 烟头 没回家 不回家 踹他 踹她 踢他 踢她 关起来 不让上学 摸她 摸他 动手动脚 怀孕 锁在家 不给饭吃 不让吃饭 罚跪 罚站 有伤 的伤 溺亡 身亡 被侵害 侵害 孤立 被逼 扒裤 扒衣 喝农药 保护费 关小黑屋 掐 抽打 推下楼 推倒 推下 关厕所 关进 关在 挨饿 侵犯 打人 青一块 紫一块 黑屋 坠楼 掌掴 拳打脚踢 抢钱 踢了 踹了 踩他 骂学生 打骂 恐吓 喝农药 巴掌 扎自己 划自己 割自己 咬自己 打自己 打老婆 打媳妇 走丢 被窝 揪 堵在"
)
GATE = late(HARM + "|被[^,。;]{1,8}打[了的过]|抽[他她]|被(?:同学|高年级|老师|几个|一群)")
CLAUSE = late("[^,。;!?\\n]+")
TEACH = (
    "宣讲 讲座 讲了 讲解 讲述 讲一 主题 专题 知识 教育 演练 预防 防范 防止 避免 杜绝 禁止 严禁 拒绝 抵制 远离 零容忍 治理 整治 排查 摸排 筛查 识别 应对 "
    "如何 怎么 怎样 怎么办 是否 有没有 有无 什么是 干预 宣传 普及 学习 培训 法规 条例 规定 制度 预案 机制 热线 案例 短片 视频 影片 电影 教育片 警示 "
    "签名 勇敢说不 说不主题 说不签名 说不$ 队会 班会 团课 队课 主题课 心理课 法治课 公开课 手册 海报 展板 倡议 承诺 情景剧 剧本 绘本 防治 问卷 危害 内容 话题 反家 反校 反欺 反霸 防欺 防性 防校 "
    "防霸 防暴 防虐 防拐 防家 防走 防自 防溺 防侵 法律 责任书 报告制度 强制报告 自查 举报电话 举报箱 信箱 自我保护 保护自己 一课 区别 界限 扮演 体会 角色 手环 手抄报 黑板报 征文 演讲 辩论 讨论"
)
TOPIC = late(either(TEACH) + "|(?:[防禁抗]|反(?![映应复而正馈]))[^,。]{0,4}$")
TOLD = late(
    "(?:有|一|两|几|[0-9])(?:[名个位些])?(?:少先)?(?:队员|学生|同学|孩子|女生|男生|娃|小朋友|女孩|男孩|女童)[^,。]{0,8}(?:说|反映|告诉|哭|透露|表示|遭|被|受到|曾|向我)|"
    "被(?!打断|打动|打乱|打扫)[^,。]{0,10}(?:欺|霸|打|骂|猥|侵|虐|摸|罚|勒索|敲诈|孤立|围|殴|强)|发现(?:了)?(?:一|两|几|有|\\d)|(?:一|两|几|\\d)起|遭到?|受到|疑似|目睹|亲眼|得知|"
    "哭诉|确有|经常|总是|常常被|送医|住院|受伤|受害|正在|刚刚|昨晚|已报警|处理了|家里不|没人制止|无人制止|没人管|没有?(?:人|老师)管"
)
DENIED = late(
    "(?:没有?|是否|有没有|有无|未|无|不要|不能|不得|不许|不准|不可|别|请勿|切勿|不存在|从未|从没|并未|尚未|不|零|0起?)(?:人|学生|同学|孩子|队员|老师|教师|一起|出现|发现|发生|听说|存在|遇到|见|过|再|曾|会|有|被|遭受?|受到?|"
    "任何|校园|相互|互相|网络|身体|明显|类似|打骂|辱骂|[、和或的了]){0,8}$"
)
REACH = 16
PREVENTED = late(
    "(?:防|反(?![映应复而正馈])|禁|抗|预防|防范|防止|避免|杜绝|禁止|严禁|拒绝|抵制|远离)(?:校园|学生|网络|未成年人|侵害|和|、|或|暴力|霸凌|性侵){0,4}$"
)
STRANGE = late(
    "陀螺|台风|冰雹|树苗|庄稼|设备|信号|网络失|系统|物品|垃圾|校舍|校区|动物|小狗|小猫|跳楼机|跳楼价|资料|时间|掐着|掐点|掐表|罚站军姿"
)
NEEDS_CHILD = late(
    "巴掌|自己|打老婆|打媳妇|走丢|被窝|揪|堵在|打头|(?<![辱打])骂|扎|推[下倒]|关[厕进在]|挨饿|打人|黑屋|抢钱|抽打|用刀|刀划|划伤|口子|吞药|遗书|饿肚子|跳[河江]|投河|皮带|烟头|回家|踹|踢|关起来|不让上学|抽[他她]|被同学|被高年级|被老师|被几个|被一群|被打|打得|有伤|的伤|掐|孤立|出走|被逼|侵害|欺负|罚站|耳光|淤青|伤痕|打他|打她|想死|怀孕|失联|失踪|走失"
)
CHILD = "(?:学生|孩子|队员|同学|娃|女生|男生|女孩|男孩|他|她|童|该生|小[\u4e00-\u9fff])"
GROWN = "(?:爸|妈|父|母|老师|主任|大人|叔|爷|奶|邻居|亲戚|家长)"
HURT = late(
    f"(?:扇|打|挨|甩)[^,。]{{0,4}}巴掌|[扎划割咬]自己|打(?:老婆|媳妇)|{CHILD}[^,。]{{0,8}}走丢|走丢[^,。]{{0,4}}[天夜时]|钻[^,。]{{0,3}}被窝|揪[^,。]{{0,4}}(?:出血|耳朵|头发)|被[^,。]{{0,4}}堵在|"
    f"被(?:{CHILD}|高年级|老师|班主任|爸|妈|父|母|继|后|亲|邻居|社会|几个|一群|校外|舅|叔|哥)[^,。]{{0,8}}(?:[骂推关踢踹抢欺逼摸侵扇掐堵扎烫锁殴]|威胁|打(?![开断动乱扫造印湿翻包卡上分破通磨]))(?![动选算荐举])|"
    f"[打踢踹踩骂](?:了|着)?(?:学生|孩子|同学|队员|娃)|{CHILD}[^,。]{{0,10}}(?:挨饿|坠楼|推[下倒]|关[进在]|黑屋)|(?:喝醉|喝酒|经常|总|天天)[^,。]{{0,4}}打人|抢钱[^,。]{{0,4}}打|"
    "打得(?:浑身|鼻青|很重|遍体|满身|哭|住院|头破|直哭|不敢|起不)|(?:身上|手上|胳膊|脸上|腿上|手腕|手臂|浑身)[^,。]{0,8}(?:伤|口子|疤|印子|刀)|打的伤|"
    f"被[^,。]{{0,8}}(?:孤立|逼|掐|欺负|打(?![开断动乱扫造印湿翻包卡上分破通磨])|骂|踢|踹|抽|扎|拍裸照|拍了裸照|关起来)|离家|{CHILD}[^,。]{{0,8}}(?:失联|失踪|走失|怀孕|出走|想死|欺负|侵害|吞药|遗书|"
    f"没回家|不敢回家|跳河|跳江|投河|饿肚子|划伤|割|裸照|身亡)|(?:走失|失踪|失联)[^,。]{{0,4}}{CHILD}|(?:扇|打)[^,。]{{0,6}}耳光|欺负[^,。]{{0,6}}(?:孩子|同学|学生|弟弟|妹妹|娃|他|她|小)|"
    f"{GROWN}[^,。]{{0,8}}(?:打[他她我]|打孩子|[骂踢踹掐抽扎](?:了|着)?[他她我孩学队娃]|打头|不让上学)|用[^,。]{{0,4}}(?:刀|针|皮带|棍|烟头|书|尺|板子|衣架)[^,。]{{0,4}}(?:划|扎|抽|打|烫|砸|割)|"
    "有淤青|有伤痕|罚站[^,。]{0,6}(?:小时|天|节课|上午|下午)|同桌[^,。]{0,6}(?:扎|打|掐|踢)"
)
QUOTED = late("《[^》]{0,40}》")
MARK_WORD = "(?:秘密|机密|绝密|工作秘密|内部资料|内部文件|内部材料|涉密)"
SECRET = late(
    f"[\\[(【〔] ?{MARK_WORD}(?:级|件|文件|资料|材料|[★☆]|[0-9一二三四五六七八九十]{{1,2}}年|长期|[ ,:。!]|注意保存|(?:请勿|严禁|不得)(?:外传|转发|公开)|不公开){{0,4}}[\\])】〕]|密级[ :]{{0,3}}(?:秘密|机密|绝密|内部)|^(?:绝密|机密|秘密)\\s*\\n|"
    "^(?:机密|绝密|秘密)[ :](?=[^,。]{2,20}(?:通知|文件|意见|方案|通报|纪要))|"
    "(?:内部资料|内部文件|内部材料|涉密文件|涉密材料|机密文件|秘密文件|工作秘密)[ ,:。!]{0,2}(?:请勿|严禁|不得|不要|禁止|注意保|切勿|勿|不可|妥善|请注意保)|"
    "^(?:内部资料|内部文件|涉密)[ :,\\n]"
)
MARK = late(MARK_WORD)
STAR = late("[\\s\u200b-\u200f\ufeff]{0,3}[★☆]")
SECRET_GATE = late("秘密|机密|绝密|密级|内部|涉密")


def sensitive(normal: Normal) -> str | None:
    """Why the text must not be kept: harm, secret, or nothing."""
    if GATE.search(normal.text) and tells_of_harm(normal.text):
        return "harm"
    if SECRET_GATE.search(normal.text) and bears_a_mark(normal):
        return "secret"
    return None


def bears_a_mark(normal: Normal) -> bool:
    """True where a mark of secrecy stands in brackets, before a star, or at the head with its warning."""
    if SECRET.search(normal.text):
        return True
    ends = (normal.span(*word.span())[1] for word in MARK.finditer(normal.text))
    return any(STAR.match(normal.typed, end) for end in ends)


def tells_of_harm(text: str) -> bool:
    """True where some clause tells of harm as a fact, not as a topic, a denial or a precaution."""
    bare = QUOTED.sub("《》", text)
    taught = False
    for clause in CLAUSE.finditer(bare):
        words = clause.group()
        if GATE.search(words) and _happened(words, taught):
            return True
        taught = bool(TOPIC.search(words)) and not TOLD.search(words)
    return False


def _happened(clause: str, taught: bool) -> bool:
    """One clause with a word of harm: the fact unless it is denied, taught, or about a thing."""
    if STRANGE.search(clause):
        return False
    if all(_denied(clause, word) for word in GATE.finditer(clause)):
        return False
    if TOLD.search(clause) and not _lesson(clause):
        return True
    if taught or TOPIC.search(clause):
        return False
    strong = any(not NEEDS_CHILD.search(word.group()) for word in GATE.finditer(clause))
    return strong or bool(HURT.search(clause))


def _lesson(clause: str) -> bool:
    """A clause about teaching or preventing whose words of a fact belong to the lesson (讲了被欺凌怎么办)."""
    return bool(
        re.search(
            "怎么办|是否|有没有|有无|提纲|如何|怎样|讲座|宣讲|案例|教育片|警示|主题|演练|短片|培训|制度|预防|杜绝|防止|避免|遇到|遭遇.{0,6}时|问卷显示没",
            clause,
        )
    ) and not re.search(
        "有(?:学生|队员|同学|孩子)(?:说|反映|告诉)|告诉我|哭诉|反映[^,。]{0,6}被",
        clause,
    )


def _denied(clause: str, word: re.Match[str]) -> bool:
    near = max(0, word.start() - REACH)
    return bool(DENIED.search(clause, near, word.start()) or PREVENTED.search(clause, near, word.start()))
