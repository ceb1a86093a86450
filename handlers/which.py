"""一个数是怎么来的：这14名是哪些，哪几天算的"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from handlers.asked import MEMBER, Asked
from handlers.figures import current
from handlers.wording import span, thing
from models.credits import credits as credited_metrics
from models.credits import feeds
from models.facts import Fact
from models.progress import Standing, line
from models.sources import sources

WHO = MEMBER
EXAMPLE = "这14名是哪些"


def answer(asked: Asked) -> str:
    """The records behind a figure, and those that did not count with the reason."""
    one = _figure(asked, current(asked))
    if one is None:
        return "问的是哪个数？如：访谈队员是哪些；驻校哪几天算的。"
    counted, left_out = sources(asked.context.facts, one, asked.calendar)
    lines = [f"{line(one)}，来自{len(counted)}条：", *(_line(asked, f) for f in counted)]
    lines += [f"{_line(asked, f)}（{why}）" for f, why in left_out]
    return "\n".join(lines) if counted or left_out else f"{line(one)}，这个数还没有记录。"


def _figure(asked: Asked, found: Sequence[Standing]) -> Standing | None:
    """The figure meant: by what it is about, by its number, else the one that the newest record went into."""
    slots = {**asked.meaning.fragment, **asked.meaning.slots}
    activity, audience, count = slots.get("activity"), slots.get("audience"), slots.get("count")
    if activity or audience:
        return next((s for s in found if feeds(s.rule, activity, audience)), None)
    if count is not None:
        return next((s for s in found if s.done == Decimal(str(count))), None)
    newest = max(asked.context.facts, key=lambda f: f.id, default=None)
    metrics = credited_metrics(newest, [s.rule for s in found]) if newest else frozenset()
    return next((s for s in found if s.rule.metric in metrics), None)


def _line(asked: Asked, fact: Fact) -> str:
    place = f" {fact.place}" if fact.place else ""
    return f"{span(fact.start, fact.end, asked.today)}{place} {thing(fact, fact.count)}"
