"""A person's own goals: what an approver changed for one rule in one period, with the reason; else goals stay frozen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection, select

from models.items import Item
from models.journal import Actor
from models.progress import Standing
from models.works import latest, open_work, step

KIND = "goal"
GIVEN = "given"
Own = dict[tuple[str, str], Decimal]


def change(
    connection: Connection, actor: Actor, person_id: int, unit_id: int, one: Standing, value: int, why: str
) -> int:
    """Give a person another number for a rule in its present period; an older one is replaced. Gives the item's number."""
    older = latest(connection, person_id, (KIND,), (GIVEN,), one.period, one.rule.id)
    if older:
        step(connection, actor, older.id, "replaced", "replaced")
    row = {"title": one.rule.id, "period": one.period, "text": why, "status": GIVEN, "data": {"value": value}}
    return open_work(connection, actor, KIND, **row | {"person_id": person_id, "unit_id": unit_id})


def between(connection: Connection, first: int, last: int) -> Mapping[int, Own]:
    """The changed goals of everybody between two numbers, both included; one statement."""
    mine = (Item.kind == KIND, Item.status == GIVEN, Item.person_id.between(first, last))
    statement = select(Item.person_id, Item.title, Item.period, Item.data).where(*mine).order_by(Item.id)
    found: dict[int, Own] = {}
    for person, rule, period, data in connection.execute(statement):
        found.setdefault(person, {})[rule, period] = Decimal(data["value"])
    return found
