"""说做了什么，就记下来：今天访谈3名队员"""

from __future__ import annotations

from bot.understanding.meaning import Entry
from handlers.asked import MEMBER, Asked
from handlers.behalf import record_for_others
from handlers.recording import record
from handlers.wording import ACTIVITIES, number, thing
from models import journal

WHO = MEMBER
EXAMPLE = "今天访谈3名队员"


def answer(asked: Asked) -> str:
    """Store what was done; compare running totals; leave out what was reported for somebody else."""
    entries = asked.meaning.entries
    own = [e for e in entries if e.colleague in (None, asked.context.name)]
    done = [e for e in own if not e.total]
    stated = [e for e in own if e.total]
    parts = [record(asked, done)] if done else []
    parts += [_compare(asked, e) for e in stated]
    if len(own) < len(entries):
        parts += record_for_others(asked, [e for e in entries if e not in own])
    if asked.meaning.slots.get("asks"):
        parts.append("上面记下的都按规则计入；想看规则，回“要求”。")
    return "\n".join(parts)


def _compare(asked: Asked, entry: Entry) -> str:
    """Set a stated running total beside ours; never add it."""
    mine = _known(asked, entry)
    what = thing(entry, entry.count)
    if mine is None or entry.count is None:
        return f"你说累计{what}，我记下的要看“进度”；累计数不重复计入。"
    gap = entry.count - mine
    if gap == 0:
        return f"累计{what}，和我这里一致。"
    if gap < 0:
        return f"你说累计{what}，我这里已有{number(mine)}。累计数不改记录；想核对，回“我的记录”。"
    unit = ACTIVITIES[entry.activity or ""][1]
    text = f"我这里{number(mine)}{unit}，要补记{number(gap)}{unit}吗？回“是”补在今天。"
    data = {"activity": entry.activity, "audience": entry.audience, "count": gap}
    journal.ask(asked.connection, asked.actor, [{"kind": "top_up", "text": text, "data": data}])
    return f"你说累计{what}，{text}"


def _known(asked: Asked, entry: Entry) -> float | None:
    """Our own sum of the same thing in the stated span."""
    facts = asked.context.facts
    same = [f for f in facts if (f.activity, f.audience, f.state) == (entry.activity, entry.audience, "active")]
    if entry.start is None or entry.end is None:
        return None
    return float(sum(f.count or 0 for f in same if f.start and f.end and f.start >= entry.start and f.end <= entry.end))
