"""讲 as a lecture: telling pupils something, or telling of what lectures are about."""

from __future__ import annotations

from .heads import Part
from .late import late

TOPICS = (
    "(?:防(?:溺水|诈|欺凌|火|震|灾|毒|拐|性侵|踩踏|艾)|(?:交通|消防|食品|用电|网络|校园|假期|暑假|寒假|饮食|出行|国家|居家|冬季|夏季)安全|安全(?:知识|教育|常识)|反诈|禁毒|雷锋|队(?:史|章|旗|礼|徽|歌|的光荣)|团(?:史|章|的历史)|党史|国史|长征|抗战|抗日|红军|红色故事|"
    "英雄|革命|烈士|先烈|红领巾的|宪法|民法典|法治|法律|未成年人保护|国防|国旗|国歌|四中全会|三中全会|二十大|二十届|两会|党的|习(?:爷爷|近平)|总书记|入队|入团|团课|队课|心理健康|青春期|垃圾分类|文明礼仪|礼仪|节约|环保|劳动精神|航天|科学家精神|民族团结|石榴籽|家乡)"
)
TOPIC = late(f"[了一下讲过咗]{{0,3}}(?:关于|怎么|如何)?{TOPICS}")


TOLD_OF = late(f"[^。;]{{0,10}}?讲的(?:是|就是|主要是){TOPICS}")
SOME_THING = late("的(?!故事|事迹|知识|历史|精神|道理|事|内容|意义|由来|来历|含义|重要|光荣|要求|规定)[一-鿿]")


def on_topic(text: str, part: Part) -> bool:
    """讲防溺水, but not 那本讲雷锋的书: a subject of lectures told by the speaker."""
    topic = TOPIC.match(text, part.head.end) or TOLD_OF.match(text, part.head.end)
    if topic is None or SOME_THING.match(text, topic.end()):
        return False
    return not any("aud" in t.roles or "name" in t.roles for t in part.before)


def told_to(part: Part) -> bool:
    """给四年级讲队旗的故事: telling pupils something is a lecture."""
    pairs = zip(part.before, part.before[1:], strict=False)
    return any(
        "prep" in a.roles and a.word[0] not in "带陪组请邀" and {"aud", "grade", "class"} & b.roles.keys()
        for a, b in pairs
    )
