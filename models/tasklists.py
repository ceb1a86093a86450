"""A person's task list of a year: the aspects of the policies, each with a proposal, then the person's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from models.items import Item
from models.people import Person
from models.policy import Aspect, Policy, Rule
from models.units import Unit

LIVE = ("draft", "submitted", "returned", "approved")
EDITABLE = ("draft", "returned")


def aspects_of(policies: Mapping[str, Policy], names: Sequence[str]) -> tuple[Aspect, ...]:
    """The aspects that the person's policies ask a list to have; empty where none asks for one."""
    return tuple(aspect for name in names if name in policies for aspect in policies[name].aspects)


def proposal(aspects: Sequence[Aspect], rules: Sequence[Rule], goal: Mapping[str, str]) -> list[dict[str, Any]]:
    """One line an aspect, with the goals of its rules as the proposal."""
    bound = {rule.id for rule in rules}
    return [
        {
            "aspect": aspect.title,
            "rules": [name for name in aspect.rules if name in bound],
            "text": "；".join(goal[name] for name in aspect.rules if name in bound) or "按实际情况开展",
        }
        for aspect in aspects
    ]


class Listed(NamedTuple):
    """A person's list of a year as it stands: its status, its lines, what the approver said."""

    status: str
    lines: Sequence[Mapping[str, Any]]
    comment: str


def lists_of(connection: Connection, path: str, year: int) -> dict[int, Listed]:
    """The newest living list of everybody of a unit and below, by person."""
    mine = (Item.kind == "task_list", Item.period == str(year), Item.status.in_(LIVE), Item.person_id.is_not(None))
    statement = select(Item.person_id, Item.status, Item.data).join(Person, Person.id == Item.person_id)
    here = statement.join(Unit, Unit.id == Person.unit_id).where(Unit.path.startswith(path, autoescape=True), *mine)
    rows = connection.execute(here.order_by(Item.id))
    return {
        int(number): Listed(status, data.get("lines", []), data.get("comment", "")) for number, status, data in rows
    }


_LEAD = re.compile(r"^(?:改为|改成|改)[:：]?\s*")


def set_line(connection: Connection, item_id: int, index: int, words: str) -> list[dict[str, Any]]:
    """Put the person's own words into one line; no words leave the proposal. Gives all lines."""
    data: dict[str, Any] = dict(connection.execute(select(Item.data).where(Item.id == item_id)).scalar_one())
    lines: list[dict[str, Any]] = [dict(line) for line in data["lines"]]
    if words:
        lines[index]["text"] = _LEAD.sub("", words)[:120]
        connection.execute(update(Item).where(Item.id == item_id).values(data={**data, "lines": lines}))
    return lines
