"""One-time join codes: made for who has no account, seen once by who hands them out; only keyed hashes are kept."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, func, insert, or_, select

from models.people import Account, JoinCode, Person
from models.refusal import Refusal
from models.turns import take_turn
from models.units import Unit
from models.vault import Vault

MANY = 1000
"""From so many open codes on, new ones are longer: six digits would be guessed too easily among them."""
BATCH = 500
JUST_MADE = "这页打开以后，已经给{names}{many}生成过加入码，请用那一张单子。确实要换新码，请看过下面的名单再点一次，旧码随之作废。"


class CodeRow(NamedTuple):
    """One line of the list that is handed out."""

    unit: str
    name: str
    code: str


class Lacking(NamedTuple):
    """Somebody of the roster who has not joined, and when a code was last made that is still open."""

    id: int
    unit_id: int
    unit: str
    name: str
    made_at: datetime | None


def hashed(vault: Vault, code: str) -> str:
    """A code as it is kept and looked for."""
    return vault.hash(f"join {code.strip().upper()}")


def new_code(open_codes: int) -> str:
    """A random code; it never begins with 0, which Excel would drop."""
    digits = 6 if open_codes < MANY else 8
    return str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))


def lacking(connection: Connection, path: str, today: date) -> list[Lacking]:
    """Who serves in a unit or below and has no account yet, in the official order."""
    return [Lacking._make(row) for row in connection.execute(_lacking(path, today))]


def _lacking(path: str, today: date) -> Select[int, int, str, str, datetime | None]:
    joined = select(Account.id).where(Account.person_id == Person.id).exists()
    made = select(func.max(JoinCode.made_at)).where(JoinCode.person_id == Person.id, JoinCode.spent_at.is_(None))
    return (
        select(Person.id, Unit.id, Unit.name, Person.name, made.scalar_subquery())
        .join(Unit, Unit.id == Person.unit_id)
        .where(Unit.path.startswith(path, autoescape=True), ~joined)
        .where(or_(Person.left_on.is_(None), Person.left_on > today))
        .order_by(Unit.position, Unit.id, Person.position, Person.id)
    )


def without_code(people: Collection[Lacking]) -> list[int]:
    """Those who have no open code either."""
    return [one.id for one in people if one.made_at is None]


def make_codes(
    connection: Connection,
    vault: Vault,
    persons: Collection[int],
    path: str,
    now: datetime,
    today: date,
    seen: datetime | None = None,
) -> list[CodeRow]:
    """New codes for those of these people who serve within `path` and have no account; their older open ones end.

    Raises Refusal where somebody else has made one since the list was `seen`: that sheet may be on its way already.
    """
    take_turn(connection, persons)
    chosen = [one for one in lacking(connection, path, today) if one.id in persons]
    if seen and (given := [one.name for one in chosen if one.made_at and one.made_at > seen]):
        raise Refusal(JUST_MADE.format(names="、".join(given[:5]), many="等" if len(given) > len(given[:5]) else ""))
    end_codes(connection, [one.id for one in chosen])
    made = _distinct(connection, vault, len(chosen))
    rows = [
        {"code_hash": mark, "person_id": one.id, "made_at": now}
        for one, mark in zip(chosen, made.values(), strict=True)
    ]
    if rows:
        connection.execute(insert(JoinCode), rows)
    return [CodeRow(one.unit, one.name, code) for one, code in zip(chosen, made, strict=True)]


def end_codes(connection: Connection, persons: Collection[int]) -> None:
    """The open codes of these people open nothing any more."""
    numbers = sorted(persons)
    for first in range(0, len(numbers), BATCH):
        mine = JoinCode.person_id.in_(numbers[first : first + BATCH])
        connection.execute(delete(JoinCode).where(mine, JoinCode.spent_at.is_(None)))


def _distinct(connection: Connection, vault: Vault, many: int) -> dict[str, str]:
    """So many codes that nobody has or had, with their hashes."""
    taken = set(connection.execute(select(JoinCode.code_hash)).scalars())
    opened = connection.scalar(select(func.count()).where(JoinCode.spent_at.is_(None))) or 0
    made: dict[str, str] = {}
    while len(made) < many:
        code = new_code(opened + many)
        mark = hashed(vault, code)
        if mark not in taken:
            made[code] = mark
    return made
