"""Kept totals: one statement, on both databases, that leaves nothing stale."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Engine, select

from models.keeping import Kept
from models.records import Total
from models.totals import persist

D = Decimal


def kept(database: Engine, subject: int = 1) -> dict[tuple[str, str], Decimal]:
    with database.begin() as connection:
        rows = connection.execute(select(Total.metric, Total.period, Total.value).where(Total.subject_id == subject))
        return {(metric, period): value for metric, period, value in rows}


def keep(database: Engine, totals: dict[tuple[str, str], Decimal], subject: int = 1) -> None:
    with database.begin() as connection:
        persist(connection, "person", subject, Kept(totals, totals))


def test_totals_are_kept_and_replaced(database: Engine) -> None:
    keep(database, {("days", "2026-2027-1"): D("4.5"), ("lectures", "2026"): D(1)})
    keep(database, {("days", "2026-2027-1"): D("5"), ("lectures", "2026"): D(1)})
    assert kept(database) == {("days", "2026-2027-1"): D(5), ("lectures", "2026"): D(1)}


def test_what_is_reckoned_no_more_becomes_nought(database: Engine) -> None:
    keep(database, {("days", "2026"): D(3)}, subject=2)
    keep(database, {("days", "2026"): D(3), ("talks", "2026"): D(2)})
    keep(database, {("talks", "2026"): D(2)})
    assert kept(database) == {("days", "2026"): D(0), ("talks", "2026"): D(2)}
    assert kept(database, 2) == {("days", "2026"): D(3)}


def test_no_totals_at_all_clear_the_subject(database: Engine) -> None:
    keep(database, {("days", "2026"): D(3)})
    keep(database, {})
    assert kept(database) == {("days", "2026"): D(0)}
