"""Fallback questions and orders: a name with a word of asking or urging, what is left and for whom, wishes about messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .commands.frame import Frame, frame
from .commands.making import as_written
from .commands.persons import find_name
from .commands.slots import is_name, region, time_of_day
from .frozen import frozen
from .late import late
from .normal import Normal, normalise

Slots = Mapping[str, Any]
FOLLOWED = late(
    r"$|[ ,。]|队员|辅导员|学生|老师|家长|团课|宣讲|问卷|多[久少]|能|会|啥|什么|哪|又|才|就|老是|一直|几|今|昨|周|上周|这|手[头上]|太|很|真|慢|快|拖|说|麻利|上心|完|落|该|动|办|在|怎|咋|积极|利索|加油|尽快|早点"
)
BEFORE_NAME = late(r"^|一下|下|@|戳|跟|给|叫|让|喊|催|和|对|看|查|把|问")
STATE = r"弄|搞|做|干|整|完|进|动|忙|去|到|谈|访|聊|讲|听|交|跑|办|落实|推|够|达标|报|填|差|欠|拖|落"
ASKING = r"没有?|吗|么|不|啥|什么|咋样?|怎么?样|怎样|如何|多少|几[个名位场次天成篇]?|哪[儿一里]?步?|多久|何时|什么时候"
PROGRESS = late(
    rf"(?:{STATE})[^,。]{{0,10}}(?:{ASKING})|(?:{ASKING})[^,。]{{0,6}}(?:{STATE})|(?:情况|进度|进展|战况|工作)[^,。]{{0,6}}(?:{ASKING})|怎么回事|啥情况|什么情况|(?:啥|什么)(?:水平|程度|样)|(?:咋|怎么)样|^.{{0,4}}(?:动静|水平|状态)"
)
URGING = late(
    r"催|敲打|戳|抓点紧|盯(?:着|紧|一)|提(?:个|一)?醒|督促|推一?把|(?:喊|叫|让|通知|告诉|跟|和|给|请).{0,12}(?:快|赶紧|抓紧|上心|加把劲|加油|麻利|利索|积极|上紧|早点|尽快|别拖|动起来|补上|说一?声|说说|打个?招呼|发个?消息|递个?话)|(?:该|要|得)(?:快点|抓紧|赶紧|动一?动|上点心)|别再?拖|抓紧(?:点|些|时间)?$"
)
OWN_LIFE = late(r"你|您|吃|喝|买|卖|车|睡|回家|电话多少|多大|结婚|生日|孩子多")
LEFT = late(
    r"还?[差争欠缺剩](?:我)?[^,。]{0,4}(?:多少|几|啥|什么|点|哪)|够(?:不够|没够|了没|了吗|没|吗|不)|(?:弄|搞|做|干|完成|攒|记|整|凑)了?多少|完了?几成|(?:啥时候|什么时候|何时|多久)(?:才)?能?(?:弄|做|搞)?完|够[^,。]{0,6}(?:[不没吗]|没有)$|(?:弄|搞|做|整)完了?[没吗]|到哪[一]?步|[一二三四五六七八九十\d两]+[个名位场天次](?:[^,。]{0,4})够[了不]?[没吗不]"
)
WHOLE = late(
    r"[全各](?:市|县|区|旗|盟|体|团)|[我咱]们?(?:这)?(?:市|县|区|旗|组|片)|大家|大伙|总体|整体|总的|全员|总共大"
)
OTHERS = late(r"谁|哪[个位些几](?!场|天|次)|哪几位|边个|有没有人|有人|几个人|多少人|还有人")
SHORT = late(r"没|未|不(?:够|达|动)|冇|差|欠|缺|落|拖|少|慢|零|(?<!有)空|原地|磨蹭|垫底")
NOT_WORK = late(r"电影|吃|喝|买|卖|车|钥匙|医院|票|房|钱|作业|考试|球|饭|药|手机|经费|器材|场地|问题")
MESSAGES = late(
    r"提醒|提个醒|吱一?声|戳我|闹钟|发(?:了?好|这么|那么)?[几多]?[遍次条]|消息|通知|推送|喊(?:一声|我|一下)|叫(?:一声|我|一下)|发我|艾特|催我|催得|弹窗|打扰|(?<!名)吵"
)
OFF = late(r"别|不要|不用|甭|莫|关(?:了|掉|闭)|停|少发|够了|勿|烦|太多|免了")
ON_AGAIN = late(r"还是|接着|继续|恢复|重新|再")
ENOUGH = late(
    r"[\d一二两三四五六七八九十](?:[个名位场次天节份篇]|[^,。]{0,5})(?:能|就)?(?:行|成|中|可以|达标|合格|过关|符合)(?:了)?(?:吗|不|么|没|[?])"
)
SHORT_WISH = 22
OTHER_WISH = late(
    r"谁|他|她|大家|居民|请各|停水|停电|播出|[\d一二三四五六七八九十]+条|反映|学生|队员|家长|老师|为什么|怎么|领导|落后|会议|天气"
)


@frozen
class Ask:
    """One loose way to ask or order: its intent, and the slots where it is one."""

    intent: str
    make: Callable[[Frame], Slots | None]

    def read(self, normal: Normal, now: datetime) -> Slots | None:
        """The slots, if the message is such a question."""
        return self.make(frame(normal, now))


def whom(seen: Frame) -> str | None:
    """The person named, whatever follows the name."""
    if name := find_name(seen):
        return name
    for match in BEFORE_NAME.finditer(seen.text):
        start = max(match.end(), seen.offset) if match.end() == 0 else match.end()
        for end in (start + 2, start + 3):
            if FOLLOWED.match(seen.text, end) and is_name(seen.text[start:end]):
                return seen.normal.original(start, end)
    return None


def nudged(seen: Frame) -> Slots | None:
    """A person to be urged."""
    if not URGING.search(seen.text) or OWN_LIFE.search(seen.text):
        return None
    return {"name": name} if (name := whom(seen)) else None


def looked_up(seen: Frame) -> Slots | None:
    """A person asked about: a name with how it goes, or a name and 呢."""
    name = None if OWN_LIFE.search(seen.text) else whom(seen)
    if name is None or region(seen.core):
        return None
    alone = re.fullmatch(
        rf"(?:那|那么|还有)?{re.escape(normalise(name).text)}(?:那边|那头|那里|这边|同志)?(?:呢|[?])+", seen.text
    )
    return {"name": name} if alone or PROGRESS.search(seen.text) else None


NOBODY = late(r"(?:今[天日儿]|昨[天日儿]|这周|本周|上周|上午|下午|我)[^,。?]{0,4}谁(?:也|都)(?:没|未)(?!.*[?吗呢]$)")


def lagging(seen: Frame) -> Slots | None:
    """Somebody not named who has not done enough."""
    if NOBODY.search(seen.text):
        return None
    if not (OTHERS.search(seen.core) and SHORT.search(seen.core)) or NOT_WORK.search(seen.core):
        return None
    topic, where = dict(seen.topic), region(seen.core)
    if not topic and not re.search("完|动|做|干|搞|够|达标|落后|交|报|空|原地|垫底|没影|没信", seen.core):
        return None
    if topic.get("audience") and "activity" not in topic and re.search("谈|聊|访|见", seen.core):
        topic["activity"] = "interview"
    return topic | ({"region": as_written(seen, where)} if where else {})


def of_all(seen: Frame) -> Slots | None:
    """How a unit or the whole stands."""
    where = region(seen.core)
    if not (where or WHOLE.search(seen.core)) or not (LEFT.search(seen.core) or PROGRESS.search(seen.core)):
        return None
    return {"region": as_written(seen, where)} if where else {}


def own_rest(seen: Frame) -> Slots | None:
    """What is left for oneself."""
    if not LEFT.search(seen.text) or OTHERS.search(seen.core) or NOT_WORK.search(seen.core) or find_name(seen):
        return None
    return seen.asked


def enough(seen: Frame) -> Slots | None:
    """队员5个能行吗: whether so many will do."""
    return seen.asked or None if ENOUGH.search(seen.text) and not NOT_WORK.search(seen.core) else None


def messages(seen: Frame) -> Slots | None:
    """When the service is to write to the speaker, or that it is not to."""
    if not MESSAGES.search(seen.text) or OTHER_WISH.search(seen.text) or len(seen.core) > SHORT_WISH:
        return None
    if time := time_of_day(seen.text):
        return {"time": time}
    if OFF.search(seen.text):
        return {"off": True}
    return {"off": False} if ON_AGAIN.search(seen.text) and "提醒" in seen.text else None


ASKS = (Ask("nudge", nudged), Ask("person_progress", looked_up), Ask("behind", lagging))
LATE_ASKS = (
    Ask("team_progress", of_all),
    Ask("my_progress", own_rest),
    Ask("reminders", messages),
    Ask("rules", enough),
)
