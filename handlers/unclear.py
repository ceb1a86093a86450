"""没听懂时，说出听懂的部分和一个对的例子"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.asked import LEADER, MEMBER, Asked
from handlers.wording import ACTIVITIES, AUDIENCES, EVENTS, number
from models.facts import Fact

WHO = MEMBER
EXAMPLE = ""
JUST_NOW = timedelta(minutes=10)
LEADERS = "这句没听懂。可以问：各单位进度、谁还没开始、查一下张三、问题台账、导出统计表；回“帮助”看全部。"


def answer(asked: Asked) -> str:
    """What was understood, and one right example near to what was typed."""
    if asked.roles & LEADER and not asked.rules:
        return LEADERS
    part = asked.meaning.fragment
    heard = [AUDIENCES.get(part.get("audience") or "", ""), ACTIVITIES.get(part.get("activity") or "", ("",))[0]]
    if part.get("count") is not None:
        heard.append(f"数字{number(part['count'])}")
    words = "、".join(filter(None, heard))
    if heard_only_number(part) and (just := _just_recorded(asked)):
        more = number(part["count"])
        change = f"到场{more}人" if all(fact.activity in EVENTS for fact in just) else f"改成{more}"
        return f"只听出了{words}，没有改。要改刚才那条，回“{change}”；是另一件事，说全就行。"
    lead = f"只听出了{words}，没有记。" if words else "这句没听懂，没有记。"
    return f"{lead}可以这样说：{_example(part)}。能记的有访谈、驻校、宣讲、听课、问卷、结对等，回“帮助”看全部。"


def heard_only_number(part: Mapping[str, Any]) -> bool:
    """A bare number."""
    return part.get("count") is not None and not any(value for name, value in part.items() if name != "count")


def _just_recorded(asked: Asked) -> list[Fact]:
    """What the newest message recorded, a moment ago, but for stays."""
    fresh = [f for f in asked.context.facts if f.made_at and asked.now - f.made_at <= JUST_NOW]
    newest = max((f.message_id or 0 for f in fresh), default=0)
    return [f for f in fresh if (f.message_id or 0) == newest and f.activity != "on_site"]


def _example(part: object) -> str:
    said = dict(part) if isinstance(part, dict) else {}
    count = number(min(said.get("count") or 3, 20))
    activity = said.get("activity") or "interview"
    label, unit = ACTIVITIES[activity]
    who = AUDIENCES.get(said.get("audience") or "pioneer", "") if unit == "名" else ""
    return f"今天{label}{count}{unit}{who}"
