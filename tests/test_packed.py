"""Totals as lines, one for each period of a person: nothing is lost, nothing stale is left, older databases get theirs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, select, text

from models.database import config, connect
from models.keeping import BEGUN, DAYS, Kept
from models.metrics import Totals
from models.packed import Packed, packed, unpacked
from models.records import PeriodTotals, Total
from models.recount import lined, recount
from models.retention import drop_records
from models.totals import persist, rows_of
from tests.made import CALENDAR, fact, policies
from tests.test_recount import act, keep, recounted, roster

D = Decimal
PERIODS = ("2026", "2026-11", "2026-09w", "2026H2", "2026-2027", "2026-2027-1", "always")
KEYS = st.one_of(
    st.tuples(st.sampled_from(("lectures@own", "coverage:of", "students-forum")), st.sampled_from(PERIODS)),
    st.just((DAYS, "2026-2027-1")),
    st.tuples(st.just(BEGUN), st.sampled_from(("2026-2027-1/2026", "2026-2027-1/2027", "2025-2026-2/2026"))),
)
TOTALS = st.dictionaries(KEYS, st.integers(0, 4000).map(lambda tenths: D(tenths) / 10), max_size=12)
KEPT = st.builds(Kept, TOTALS, TOTALS, st.sampled_from(("", "2026-11")))


def some(totals: Totals) -> Totals:
    return {key: value for key, value in totals.items() if value}


def read(lines: list[Packed], *, before: bool = False) -> Totals:
    found: Totals = {}
    for line in lines:
        words = line.earlier if before and line.month is not None else line.now
        found |= unpacked(line.period, words or "")
    return found


def stored(connection: Connection, person_id: int) -> list[Packed]:
    columns = [getattr(PeriodTotals, name) for name in Packed._fields]
    rows = connection.execute(select(*columns).where(PeriodTotals.person_id == person_id))
    return [Packed(*row) for row in rows]


@given(KEPT)
def test_lines_hold_every_total_now_and_before(kept: Kept) -> None:
    assert read(packed(kept)) == some(kept.now)
    assert read(packed(kept), before=True) == some(kept.before)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(KEPT, min_size=1, max_size=3))
def test_what_is_kept_last_is_all_there_is(database: Engine, many: list[Kept]) -> None:
    with database.connect() as connection, connection.begin() as transaction:
        for kept in many:
            persist(connection, "person", 1, kept)
        persist(connection, "person", 2, many[0])
        assert sorted(line for line in stored(connection, 1) if line.now or line.earlier) == sorted(
            line for line in packed(many[-1]) if line.now or line.earlier
        )
        assert read(stored(connection, 2)) == some(many[0].now)
        transaction.rollback()


def test_a_wrong_line_is_found_and_repaired(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        act(connection, [fact("lecture"), fact("lecture", 3)])
        keep(connection)
        connection.execute(text("UPDATE period_totals SET now = 'league_classes=9' WHERE period = '2026'"))
        assert recounted(connection, repair=True) == [("league_classes", "2026")]
        assert list(recount(connection, policies(), lambda _: CALENDAR)) == []
        assert lined(connection, 1)["league_classes", "2026"] == 3


def test_an_older_database_gets_its_lines(database_url: str) -> None:
    kept = Kept(
        {("days", "2026-2027-1"): D("4.5"), ("begun", "2026-2027-1/2026"): D(1), ("talks", "2026"): D(120)},
        {("days", "2026-2027-1"): D("2"), ("begun", "2026-2027-1/2026"): D(1), ("visits", "2026"): D(10)},
        "2026-11",
    )
    engine = connect(database_url)
    rows = [
        {
            "metric": metric,
            "period": period,
            "value": D(value),
            "month": month,
            "earlier": None if old is None else D(old),
        }
        for metric, period, value, month, old in rows_of(kept)
    ]
    command.downgrade(config(engine), "0006")
    with engine.begin() as connection:
        connection.execute(insert(Total), [{"subject_kind": "person", "subject_id": 7, **row} for row in rows])
        connection.execute(insert(Total).values(subject_kind="past", subject_id=7, metric="m", period="2020", value=3))
    command.upgrade(config(engine), "head")
    with engine.connect() as connection:
        lines = stored(connection, 7)
    engine.dispose()
    assert read(lines) == some(kept.now)
    assert read(lines, before=True) == some(kept.before)


def test_lines_end_with_their_periods(database: Engine) -> None:
    ended, kept_on = ("2024-2025-2", "2024-2025-2/", "2024"), ("2025-2026-1", "2025-2026-1/", "always")
    with database.begin() as connection:
        rows = [{"person_id": who, "period": one, "now": "m=1"} for who in (1, 2) for one in (*ended, *kept_on)]
        connection.execute(insert(PeriodTotals), rows)
        drop_records(connection, [1], date(2025, 9, 1), ["2024-2025-2", "2024"])
        assert {line.period for line in stored(connection, 1)} == set(kept_on)
        assert len(stored(connection, 2)) == len(ended) + len(kept_on)
