"""How an account becomes a person's: by one-time code, or by name and telephone. Five wrong tries lock for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from models.context import Context
from models.people import Account, JoinCode, Person
from models.refusal import Refusal
from models.units import Unit

TRIES = 5
LOCK = timedelta(hours=1)


class Joined(NamedTuple):
    """Who has just joined."""

    person_id: int
    name: str
    unit: str


def open_account(connection: Connection, channel: str, user: str) -> None:
    """Remember a user of a platform, as yet nobody."""
    connection.execute(insert(Account).values(channel=channel, user=user, failures=0, reachable=True))


def join_by_code(connection: Connection, account: Context, channel: str, code_hash: str, now: datetime) -> Joined:
    """Spend a code, given as it is kept; raises Refusal where it is wrong, spent, or too many were tried."""
    _check_lock(account, now)
    spend = (
        update(JoinCode)
        .where(JoinCode.code_hash == code_hash, JoinCode.spent_at.is_(None))
        .values(spent_at=now)
        .returning(JoinCode.person_id)
    )
    person_id = connection.execute(spend).scalar()
    if person_id is None:
        raise _failed(connection, account, now, "绑定码不对，或已经用过。")
    _release(connection, person_id, channel)
    return _join(connection, account, person_id, now)


def join_by_phone(connection: Connection, account: Context, name: str, phone_hash: str, now: datetime) -> Joined:
    """Join who was never bound by name and telephone of the roster; raises Refusal otherwise."""
    _check_lock(account, now)
    bound = select(Account.person_id).where(Account.person_id.is_not(None))
    used = select(JoinCode.person_id).where(JoinCode.spent_at.is_not(None))
    never = (Person.name == name, Person.phone_hash == phone_hash, Person.left_on.is_(None))
    statement = select(Person.id).where(*never, Person.id.not_in(bound), Person.id.not_in(used))
    found = connection.execute(statement).scalars().all()
    if len(found) != 1:
        raise _failed(connection, account, now, "姓名和手机号与名册对不上，或已经绑定过；请向单位管理员要绑定码。")
    spend = update(JoinCode).where(JoinCode.person_id == found[0], JoinCode.spent_at.is_(None)).values(spent_at=now)
    connection.execute(spend)
    return _join(connection, account, found[0], now)


def _check_lock(account: Context, now: datetime) -> None:
    if account.locked_until and account.locked_until > now:
        raise Refusal("错得太多，先锁一小时，过后再试。急的话联系单位管理员。")


def _failed(connection: Connection, account: Context, now: datetime, words: str) -> Refusal:
    tries = account.failures + 1
    locked = tries >= TRIES
    values = {"failures": 0 if locked else tries, "locked_until": now + LOCK if locked else None}
    connection.execute(update(Account).where(Account.id == account.account_id).values(**values))
    return Refusal(words + ("已错5次，锁一小时。" if locked else f"还可以试{TRIES - tries}次。"))


def _release(connection: Connection, person_id: int, channel: str) -> None:
    """A new code moves the person to the new account on this platform."""
    mine = (Account.person_id == person_id, Account.channel == channel)
    connection.execute(update(Account).where(*mine).values(person_id=None))


def _join(connection: Connection, account: Context, person_id: int, now: datetime) -> Joined:
    joined = {"person_id": person_id, "joined_at": now, "failures": 0, "locked_until": None}
    connection.execute(update(Account).where(Account.id == account.account_id).values(**joined))
    statement = select(Person.name, Unit.name).join(Unit, Unit.id == Person.unit_id).where(Person.id == person_id)
    row = connection.execute(statement).one()
    return Joined(person_id, row[0], row[1])
