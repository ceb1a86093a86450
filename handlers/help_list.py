"""Who may need help, with the reason they gave: names for the person's own unit, numbers for units above it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from handlers.asked import Asked
from models.audit import look
from models.helps import Help, listed


def help_lines(asked: Asked, path: str) -> list[str]:
    """The help list of a unit and below; each of these people was told of it first."""
    found = listed(asked.connection, path)
    mine = [one for one in found if one.path == asked.context.unit_path]
    look(asked.connection, asked.person_id, sorted({one.person_id for one in mine}), "help", asked.now)
    below = Counter({one.unit: 0 for one in found if one not in mine})
    below.update({unit: len({o.person_id for o in found if o.unit == unit}) for unit in below})
    named = [_line(list(some)) for _, some in groupby(mine, key=lambda one: one.person_id)]
    lines = named + [f"{unit}：{count}人" for unit, count in below.items()]
    return ["要帮忙的（本人已知道）：", *lines] if lines else []


def _line(some: list[Help]) -> str:
    reason = next((one.text for one in some if one.text), "")
    facts = "；".join(one.data.get("said", "") for one in some)
    return f"{some[0].name}：{facts}{f'。本人说：{reason}' if reason else ''}"
