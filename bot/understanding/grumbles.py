"""Complaints without any lead word: something of school life opens the sentence, and what follows finds fault with it."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import Clause, clauses
from .deeds import Deed
from .issues import patterns, statement
from .late import late, several
from .reading import Reading
from .standing import stands

FAULT = late(
    r"冇|莫得|没得|木有|么得|太|老(?:是|被|爱)|总(?:是|被|让)|没(?!事|关系|问题|错|毛病|收到|[去见聊谈访讲听到开宣上搞写交做弄办来在发进能成动安])|[一-鿿]不(?:到|了|上|着|起|动|开|成|住|进|出)|不(?!对|错|少|过|是|用|久|同|知|好意思|仅|但|光|去|在|来)|缺|少(?!先|年|队)|差(?!不多)|破|坏|旧|漏|塌|裂|锈|霉|脏|臭|乱|挤|堵|冷得|热得|冻|凉|闷|吵(?!架)|暗|滑|陡|贵"
    r"|慢(?!慢)|难(?!得|忘)|一[^,。]{1,3}就|还是[^,。]{0,6}(?:年前|年代|老|上世纪)|成了|有名无实|名存实亡|形同|走过场|应付|流于|照本宣科|念(?:文件|稿)|时有时无|顿顿|翻来覆去|短一截|超[载员]|就剩|只剩|只有|才(?=[\d一二两三四五])"
    r"|拖|欠|占(?!地)|卡(?=了|着|顿|住)|兼|吓人|危险|隐患|严重|将就|凑合|一分钱|自己掏|自掏|自费|垫钱|烦|头疼|要命|受不了|一年就|放羊|摆设|坑|摔|打瞌睡|跟不上|蜗牛|龟速|停摆|到半夜|没完|淘汰|报废|老掉牙|二手|质量一般|很一般|意见大|意见很大|不咋"
)
BURDEN = late(
    r"评职称|职称|不算|谁还|谁愿意|太[少忙累难多]|不够|不足|缺|流失|考走|调走|跑了(?![\d一二两三四五六七八九十几])|想走|留不住|换了[好几\d一二两三四五六]|既[^,。]{1,8}又|又[^,。]{1,5}又|身兼|兼[着的了]|一个人(?:教|带|管|干|顶|兼|包)|一人多岗|忙不过来|顾不|管不|没[见听用坐玩摸碰上]过|没(?![去见聊谈访讲听到开宣上搞写交做弄办来在发进能成动安参事关意问反提迟缺掉落收错有联准])[一-鿿]{2}|没有(?!意见|问题|反映|迟到|缺席|来|去|到)[一-鿿]{2}"
    r"|待遇|工资|压力|负担|不敢|不愿|不会|不懂|不爱吃|见不[着到]|沉迷|上瘾|近视|熬夜|睡眠|打瞌睡|听不[进懂]|跟不上|进不去|排不上|轮不[到上]|冻|淋|挤[成得]|绕|走[^,。]{0,4}(?:里|公里|小时|钟头|山路)|辍学|厌学|严重|玩手机|短视频|打游戏|没着落|一年(?:就|才|只)|太大年纪|年纪大|老龄|断层|青黄不接|掏(?:钱|腰包)"
)
PEOPLE = late(r"辅导员|老师|教师|班主任|孩子|娃|学生|队员|团员|家长|团干|校医|保安|校长")
KNOWN = late(
    r"修好|解决了|换上|换了新|装上|补齐|到位了|不错|挺好|很好|真好|没问题|高兴|谢谢|感谢|表扬|进步|高价|量大|优惠|请假|发烧|放假|感冒|我(?!们?(?:学校|校|这|村|班))|咱(?!们?(?:学校|校|这|村))|俺(?!们?(?:学校|校|这|村))"
)
EXCUSE = late(r"没顾[上得]|没来得及|没腾出|没空|走不开|脱不开|没法(?:访谈|去|到|听|谈|聊|讲|开展|进行|蹲)")
ASKING = late(r"[?]|[吗么嘛]$|请问|算.{0,4}吧$")
OPENS = several("prep act go visit link neg plan date orig off")
NEAR = 14


def grumble(reading: Reading) -> tuple[int, int] | None:
    """The stretch that finds fault, where the message tells nothing beside it."""
    text = reading.text
    if not FAULT.search(text) and not BURDEN.search(text):
        return None
    if EXCUSE.search(text) or KNOWN.search(text) or ASKING.search(text):
        return None
    if any(absent(text, deed) for deed in reading.deeds):
        return None
    found = list(clauses(reading.tokens, len(text)))
    at = next((i for i, clause in enumerate(found) if at_fault(text, found, i)), None)
    if at is None or told_besides(reading, found[at].start):
        return None
    if reading.complaint and reading.complaint[0] < found[at].start:
        return reading.complaint
    last = at
    while (
        last + 1 < len(found) and not found[last + 1].hard and not patterns().after.match(text, found[last + 1].start)
    ):
        last += 1
    return statement(text, found[at].start, found[last].end)


def absent(text: str, deed: Deed) -> bool:
    """True where the speaker was not there; 孩子们进不去 is no such thing."""
    return deed.negated and deed.activity == "on_site" and not PEOPLE.search(text, max(0, deed.start - 5), deed.start)


def at_fault(text: str, found: Sequence[Clause], at: int) -> bool:
    """True where a clause opens with something of school life and it, or the clause behind it, finds fault."""
    clause = found[at]
    thing = patterns().matter.search(text, clause.start, min(clause.end, clause.start + NEAR))
    if thing is None:
        return False
    if any(OPENS & t.roles.keys() for t in clause.tokens if t.end <= thing.start()):
        return False
    after = found[at + 1] if at + 1 < len(found) and not found[at + 1].hard else clause
    whose = PEOPLE.search(text, clause.start, thing.end() + 4)
    if whose is None:
        return FAULT.search(text, thing.end(), after.end) is not None
    if BURDEN.search(text, whose.end(), after.end):
        return True
    theirs = next(
        (m for m in patterns().matter.finditer(text, whose.end(), clause.end) if not PEOPLE.match(m.group())), None
    )
    return theirs is not None and FAULT.search(text, theirs.end(), after.end) is not None


def told_besides(reading: Reading, start: int) -> bool:
    """True where something done is told with its number, or in a clause of its own."""
    return any(
        stands(deed) and (deed.start < start or (deed.tone != "weak" and not deed.bare))
        for deed in reading.deeds
        if not (deed.negated or deed.dropped or deed.planned) and deed.activity != "issue"
    )
