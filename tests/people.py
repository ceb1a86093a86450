"""A small roster for tests: a prefecture, two counties, three schools, eight people. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, text

from bot.service import Service
from models.people import Assignment, JoinCode, Person
from models.roster_codes import hashed
from models.units import School, Unit

MADE = datetime(2026, 8, 20, 1, 0, tzinfo=UTC)

UNITS = (
    (1, None, "长安市团委", "prefecture", "/1/"),
    (2, 1, "沁水县团委", "county", "/1/2/"),
    (3, 1, "清河区团委", "county", "/1/3/"),
    (4, 2, "城关小学", "school", "/1/2/4/"),
    (5, 2, "沁水县实验小学", "school", "/1/2/5/"),
    (6, 3, "清河区第二中学", "school", "/1/3/6/"),
)
PEOPLE = (
    (1, 2, "王干事", "full_time", "cadre", 4),
    (2, 2, "李干事", "seconded", "cadre", 5),
    (3, 3, "赵干事", "full_time", "cadre", 6),
    (4, 2, "孙管理", "full_time", "unit_admin", None),
    (5, 1, "周督导", "full_time", "supervisor", None),
    (6, 3, "钱兼职", "part_time", "cadre", None),
    (7, 2, "吴新", "full_time", "cadre", None),
    (8, 2, "陈审批", "full_time", "approver", None),
)


def fill(service: Service) -> None:
    """Put the roster into an empty database."""
    with service.engine.begin() as connection:
        _units(connection)
        _people(connection, service)
        _number_on(connection)


def _units(connection: Connection) -> None:
    rows = [
        {"id": i, "parent_id": parent, "name": name, "level": level, "path": path, "position": i}
        for i, parent, name, level, path in UNITS
    ]
    connection.execute(insert(Unit), rows)
    schools = [{"unit_id": i, "kind": "小学", "area": "乡"} for i, *_, path in UNITS if path.count("/") == 4]
    connection.execute(insert(School), schools)


def _people(connection: Connection, service: Service) -> None:
    rows = [
        {
            "id": i,
            "unit_id": unit,
            "name": name,
            "post": post,
            "roles": roles,
            "position": i,
            "joined_on": date(2026, 9, 1),
            "phone_hash": service.vault.hash(f"1390000000{i}"),
        }
        for i, unit, name, post, roles, _ in PEOPLE
    ]
    connection.execute(insert(Person), rows)
    own = [{"person_id": i, "school_id": s, "start": date(2025, 9, 1)} for i, *_, s in PEOPLE if s]
    connection.execute(insert(Assignment), own)
    codes = [{"code_hash": hashed(service.vault, f"10000{i}"), "person_id": i, "made_at": MADE} for i, *_ in PEOPLE]
    connection.execute(insert(JoinCode), codes)


def _number_on(connection: Connection) -> None:
    """The roster brings its own numbers, which PostgreSQL does not count on from."""
    if connection.dialect.name == "postgresql":
        for table in ("units", "persons"):
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"))  # noqa: S608 - our own names
