"""没听懂时，说出听懂的部分和一个对的例子"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.wording import ACTIVITIES, AUDIENCES, number

WHO = MEMBER
EXAMPLE = ""


def answer(asked: Asked) -> str:
    """What was understood, and one right example near to what was typed."""
    part = asked.meaning.fragment
    heard = [AUDIENCES.get(part.get("audience") or "", ""), ACTIVITIES.get(part.get("activity") or "", ("",))[0]]
    if part.get("count") is not None:
        heard.append(f"数字{number(part['count'])}")
    words = "、".join(filter(None, heard))
    lead = f"只听出了{words}，没有记。" if words else "这句没听懂，没有记。"
    return f"{lead}可以这样说：{_example(part)}。能记的有访谈、驻校、宣讲、听课、问卷、结对等，回“帮助”看全部。"


def _example(part: object) -> str:
    said = dict(part) if isinstance(part, dict) else {}
    count = number(min(said.get("count") or 3, 20))
    activity = said.get("activity") or "interview"
    label, unit = ACTIVITIES[activity]
    who = AUDIENCES.get(said.get("audience") or "pioneer", "") if unit == "名" else ""
    return f"今天{label}{count}{unit}{who}"
