"""Records given out: the same keys in every format, the days and units asked for, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, insert, select, update

from bot.forms.entries import FORMATS, KEYS, entry_lines, export_entries
from bot.forms.tables import harmless
from models.database import reading
from models.people import Person
from models.records import Entry
from models.refusal import Refusal
from models.units import Unit
from tests.rosters import NOW, SMALL, take

EXPECTED = [
    "id",
    "person_id",
    "person",
    "unit",
    "school",
    "activity",
    "audience",
    "count",
    "start",
    "end",
    "attendance",
    "state",
    "message_id",
]


@pytest.fixture
def filled(database: Engine) -> Engine:
    assert take(database, SMALL).ok
    with database.begin() as connection:
        units = {row.name: row.id for row in connection.execute(select(Unit.name, Unit.id))}
        people = {row.name: row.id for row in connection.execute(select(Person.name, Person.id))}

        def entry(name: str, unit: str, day: int, **more: Any) -> None:
            start = date(2026, 11, day)
            values = {"person_id": people[name], "unit_id": units[unit], "start": start, "end": start, "made_at": NOW}
            connection.execute(insert(Entry).values(values | {"activity": "interview", "state": "active"} | more))

        entry("王芳", "乙县", 2, audience="pioneer", count=Decimal(3), school_id=units["河湾小学"])
        entry("王芳", "乙县", 9, activity="on_site", count=Decimal("0.5"), place="=cmd|'/C calc'!A0")
        entry("刘洋", "丙县", 9, audience="counselor", count=None, state="pending")
        entry("刘洋", "丙县", 16, activity="lecture", count=Decimal(1), attendance=120, end=date(2026, 11, 20))
        entry("刘洋", "丙县", 17, activity="lecture", count=Decimal(1), training=True)
    return database


def lines(engine: Engine, **options: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    with engine.connect() as connection:
        export_entries(connection, out, "jsonl", **options)
    return [json.loads(line) for line in out.getvalue().decode().splitlines()]


def test_the_keys_are_those_promised_in_their_order(filled: Engine) -> None:
    assert list(KEYS) == EXPECTED
    assert all(list(row) == EXPECTED for row in lines(filled))


def test_values_are_plain(filled: Engine) -> None:
    first, second, third, fourth = lines(filled)
    assert (first["person"], first["unit"], first["school"]) == ("王芳", "乙县", "河湾小学")
    assert (first["count"], first["start"], first["end"]) == (3, "2026-11-02", "2026-11-02")
    assert (second["count"], second["school"]) == (0.5, "=cmd|'/C calc'!A0")
    assert (third["count"], third["state"], third["message_id"]) == (None, "pending", None)
    assert (fourth["attendance"], fourth["end"]) == (120, "2026-11-20")


def test_practice_is_no_record(filled: Engine) -> None:
    assert "2026-11-17" not in [row["start"] for row in lines(filled)]


def test_days_asked_for_include_what_touches_them(filled: Engine) -> None:
    assert [row["start"] for row in lines(filled, start=date(2026, 11, 18))] == ["2026-11-16"]
    assert [row["start"] for row in lines(filled, end=date(2026, 11, 2))] == ["2026-11-02"]
    both = lines(filled, start=date(2026, 11, 3), end=date(2026, 11, 10))
    assert [row["person"] for row in both] == ["王芳", "刘洋"]


@pytest.mark.parametrize(("words", "number"), [("甲市", 4), ("乙县", 2), ("甲市/丙县", 2), ("河湾小学", 1), ("乙", 2)])
def test_a_unit_means_itself_and_below(filled: Engine, words: str, number: int) -> None:
    assert len(lines(filled, unit=words)) == number


def test_a_unit_may_be_said_by_its_number(filled: Engine) -> None:
    with filled.connect() as connection:
        number = connection.scalar(select(Unit.id).where(Unit.name == "丙县"))
    assert [row["unit"] for row in lines(filled, unit=str(number))] == ["丙县", "丙县"]


@pytest.mark.parametrize("words", ["丁县", "丙县/乙县", "999999", "县"])
def test_an_unknown_or_vague_unit_is_refused(filled: Engine, words: str) -> None:
    with pytest.raises(Refusal, match="上级/名称"):
        lines(filled, unit=words)


def test_every_format_says_the_same(filled: Engine) -> None:
    files = {}
    for form in FORMATS:
        files[form] = io.BytesIO()
        with filled.connect() as connection:
            export_entries(connection, files[form], form)
    table = list(csv.reader(io.StringIO(files["csv"].getvalue().decode())))
    book = [[cell.value for cell in row] for row in load_workbook(files["xlsx"]).active.iter_rows()]  # type: ignore[union-attr]
    assert table[0] == book[0] == EXPECTED
    assert [row[2] for row in table[1:]] == [row[2] for row in book[1:]] == ["王芳", "王芳", "刘洋", "刘洋"]
    assert table[2][4] == book[2][4] == "'=cmd|'/C calc'!A0"
    assert table[2][7] == "0.5"
    assert book[2][7] == 0.5
    assert table[3][7] == ""


def test_the_player_gets_the_same_lines(filled: Engine) -> None:
    with reading(filled).connect() as connection:
        assert [json.loads(line) for line in entry_lines(connection)] == lines(filled)


def test_reading_keeps_no_writer_waiting(filled: Engine) -> None:
    with reading(filled).connect() as connection:
        given = entry_lines(connection)
        first = next(given)
        with filled.begin() as other:
            other.execute(update(Entry).values(state="withdrawn"))
        rest = list(given)
    assert [json.loads(line)["state"] for line in (first, *rest)] == ["active", "active", "pending", "active"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_cells_that_could_act_are_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["河湾小学", -1, None, 0.5, "a=b"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value
