"""Leave, reminders, and why one was reminded."""

from __future__ import annotations

import re
from datetime import timedelta

from .. import numerals
from ..dates import Days
from ..late import late
from .frame import Frame, span_slots
from .rule import YIELDS, Rule, Slots, fixed, rule
from .slots import time_of_day
from .told import DONE


def leave(frame: Frame, _match: object = None) -> Slots | None:
    """From when to when: an end alone starts today; a number of days runs from its first day."""
    days = leave_days(frame)
    if days and days.invalid:
        return {"invalid": days.invalid}
    today = frame.now.date()
    if days is None:
        length = LENGTH.search(frame.text)
        return span_slots(run(Days(today, today), length)) if length else {}
    told = from_the_first(frame, days) if len(frame.dates) == 2 else by_one_date(frame, days)
    if told:
        return told
    length = LENGTH.search(frame.text)
    if length and days.first and (days.first == days.last or days.last is None):
        days = run(days, length)
    if days.first is None and days.last:
        return {"start": today, "end": days.last}
    return span_slots(days)


def by_one_date(frame: Frame, days: Days) -> Slots | None:
    """To the day of being back, from a day on, until a day: what stands beside the one date said."""
    if len(frame.dates) != 1 or not days.last:
        return None
    said, today = frame.dates[0], frame.now.date()
    if BACK.match(frame.text, said.end) and days.first and days.first > today:
        return {"start": today, "end": days.first - timedelta(days=1)}
    if frame.text.startswith(("起", "开始"), said.end) and not LENGTH.search(frame.text) and said.rule != "range":
        return {"start": days.first} if days.first else None
    until = UNTIL.match(frame.text, said.end) or UP_TO.search(frame.text, 0, said.start)
    return {"start": today, "end": days.last} if until and said.rule != "range" else None


def from_the_first(frame: Frame, days: Days) -> Slots | None:
    """明天起放假三日: a length behind the first day; 明天起,30号回来: the day of being back is none of the leave."""
    first, last = frame.dates
    begins = first.resolve(frame.now, True)[0]
    length = LENGTH.match(frame.text, last.start) if ON_LEAVE.search(frame.text, 0, last.start) else None
    if length and last.end == length.end():
        return span_slots(run(begins, length))
    if BACK.match(frame.text, last.end) and days.first and days.last and days.first < days.last:
        return {"start": days.first, "end": days.last - timedelta(days=1)}
    return None


def leave_days(frame: Frame) -> Days | None:
    """The days of a leave; not 今天 where it only says when leave is asked for (今天请假,从12月1日起)."""
    return frame.days(forward=True)


LENGTH = late(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?P<u>天|日|周|星期|礼拜|月)(?!前|后|[一二三四五六日天])(?:假|左右)?"
)


UP_TO = late("(?:到|至|截止|直到)$")


ON_LEAVE = late("(?:放假|请假|休假|[请休])$")
UNTIL = late("(?:之|以)?前(?!往)")
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


NOT_GOING = late("去不(?:了|成)|不能去|没法去|到不了|来不了|不(?:去|到校|下校|驻校|蹲点)")


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
    one_day = days.first == days.last and not re.search(r"\d[日号.]|请假|起", frame.text)
    if days.last <= today or ((this_week or one_day) and days.last <= sunday):
        return None
    return leave(frame, match)


def stop_reminding(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """No more reminders; with days ahead it is a leave, which another rule reads."""
    days = frame.days(forward=True)
    return None if days and days.first and days.first > frame.now.date() else {"off": True}


def this_week(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """明天去不成学校了: not going on a day of this week is nothing done."""
    days = frame.days(forward=True)
    today = frame.now.date()
    one_day = days is not None and days.first == days.last and days.first is not None and days.first > today
    soon = one_day and days is not None and days.last is not None and (days.last - today).days <= 4 - today.weekday()
    return {} if soon and not re.search(r"\d[日号.]|起|提醒|催", frame.text) else None


PUT_OFF = r"改(?:到|成|在|至|约|[周下明后大]|星期|礼拜|\d)|[挪推]到|(?:再|先)去"

RULES: tuple[Rule, ...] = (
    rule(
        "nothing",
        r"去不(?:了|成|得)|不能去|没法去|无法去|到不了|不(?:去|下)(?:学校|校)?了$|没(?:空|时间|办法|法)去",
        this_week,
        unless=rf"谁|哪些|怎么|建议|希望|反映|请假|出差|改|推|再去|学生|孩子|{DONE}|[?]|[吗嘛]$",
        longest=50,
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
        unless=rf"怎么|如何|咋|不用|回来了|天数|用补|补蹲|暑假|寒假|谁|哪些|多少人|规定|补上|{DONE}|考核|(?:孩子|学生|队员|辅导员|老师(?!好)|校长|家长|班主任|同学|他|她)[^,。我]{{0,8}}请|[?]$",
        longest=60,
    ),
    rule(
        "leave",
        r"(?:去不(?:了|成)|不能去|没法去|无法去|去不得|到不了|不(?:去|到|下|来)(?:学校|校|驻校|蹲点)?(?:了)?$|没(?:空|时间|办法|法)(?:去|到|下|驻|蹲)|(?:暂停|停|中断)(?:驻校|蹲点|蹲班)|不(?:驻校|蹲点|蹲班|下校|到校|入校))",
        ahead,
        unless=rf"谁|哪些|怎么|建议|希望|反映|{PUT_OFF}|{DONE}",
        longest=50,
    ),
    rule(
        "leave",
        r"(?:出差|外出(?!活动|参观|研学)|出国|培训(?!了|学生|队员|辅导员|老师|内容|班课)|脱产|跟班学习|挂职锻炼|外派|借调|抽调|住院|做手术|手术|坐月子|生孩子|待产|陪护|隔离|疗养|封闭学习|党校学习|在外学习|在外地|不在(?:$|[,。]|单位|岗|家|本地|市里|县里)|休息|去(?:省里|北京|市里|党校|外地)(?:学习|开会|培训|出差))",
        away,
        unless=rf"怎么|如何|谁|哪些人|队员|辅导员|学生|孩子|全县|全市|[?]$|回来|{DONE}|建议|希望|反映|缺|访谈|宣讲|听课|(?:无|没有?|未)外出",
        level=YIELDS,
        longest=50,
    ),
)
