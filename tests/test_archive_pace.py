"""A large archive: records are read once whatever the documents, and the page hears how far it is all along."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import event, insert, update

from bot.clock import now
from bot.forms import archive, task_list
from bot.forms.archive import make_archive
from bot.forms.lines import lines_by_policy
from bot.forms.registry import order_of
from bot.forms.task_list import make_task_list
from bot.service import Service
from models.completion import Span, person_lines
from models.database import reading
from models.people import Person
from models.records import Entry
from models.refusal import Refusal

TODAY = date(2026, 11, 20)
PEOPLE, ENTRIES = 30, 5
BOTH = "pioneer_2017 league_im_2021"


@pytest.fixture
def crowd(service: Service) -> Service:
    """Thirty people more in one county, under both documents, with some records each."""
    people = [{"id": 100 + n, "unit_id": 2, "name": f"干部{n}", "policies": BOTH} for n in range(PEOPLE)]
    records = [
        {
            "person_id": 100 + n,
            "unit_id": 2,
            "activity": "interview",
            "audience": "pioneer",
            "count": k + 1,
            "made_at": now(),
        }
        | {"start": TODAY - timedelta(days=k), "end": TODAY - timedelta(days=k), "state": "active"}
        for n in range(PEOPLE)
        for k in range(ENTRIES)
    ]
    with service.engine.begin() as connection:
        connection.execute(insert(Person), people)
        connection.execute(insert(Entry), records)
    return service


def made(service: Service) -> tuple[ZipFile, list[float], list[str]]:
    """The archive of the prefecture, what was told of its progress, and the statements it took."""
    told, asked, out = list[float](), list[str](), io.BytesIO()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(service.engine, "before_cursor_execute", note)
    with reading(service.engine).connect() as connection:
        order = order_of(service, connection, {"unit": 1, "start": "2026-01-01"}, 5, now().replace(2026, 11, 20))
        make_archive(replace(order, progress=told.append), out)
    event.remove(service.engine, "before_cursor_execute", note)
    return ZipFile(out), told, asked


def test_how_far_it_is_grows_from_nothing_to_the_whole(crowd: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "STEP", 10)
    _, told, _ = made(crowd)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == pytest.approx(1, abs=0.02)
    assert max(late - early for early, late in pairwise(told)) < 0.15


def test_records_are_read_once_for_all_documents(crowd: Service) -> None:
    _, _, one = made(crowd)
    with crowd.engine.begin() as connection:
        connection.execute(update(Person).values(policies="pioneer_2017"))
    _, _, two = made(crowd)
    assert len(one) == len(two)


def test_goals_and_sums_are_those_of_the_forms(crowd: Service) -> None:
    kept, _, _ = made(crowd)
    goals = [json.loads(line) for line in kept.read("goals.jsonl").splitlines()]
    sums = [json.loads(line) for line in kept.read("sums.jsonl").splitlines()]
    span = {name: Span(policy, date(2026, 1, 1), TODAY) for name, policy in crowd.policies.items()}
    with reading(crowd.engine).connect() as connection:
        for name in crowd.policies:
            found = list(person_lines(connection, crowd.policies, crowd.calendars.of, span[name], "/1/"))
            rules = {rule.id for rule in crowd.policies[name].rules}
            mine = {row["person_id"] for row in goals if row["rule"] in rules}
            assert mine == {line.who.bound.person_id for line in found if line.standings}
    assert len({row["person_id"] for row in sums}) == len(sums)
    assert [row["pioneer"] for row in sums if row["person_id"] >= 100] == ["15"] * PEOPLE


def test_a_form_reads_its_documents_in_the_order_of_their_names(crowd: Service) -> None:
    with reading(crowd.engine).connect() as connection:
        order = order_of(crowd, connection, {"unit": 1}, 5, now().replace(2026, 11, 20))
        found = list(lines_by_policy(order, date(2026, 1, 1), TODAY))
    assert [policy.id for policy, _ in found] == sorted(policy.id for policy, _ in found)
    assert {len([line for line in lines if line.who.bound.person_id >= 100]) for _, lines in found} == {PEOPLE}


def test_a_table_that_memory_cannot_hold_says_what_to_do(crowd: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_list, "MOST", PEOPLE)
    with reading(crowd.engine).connect() as connection:
        order = order_of(crowd, connection, {"unit": 1, "start": "2026-11-01"}, 5, now().replace(2026, 11, 20))
        with pytest.raises(Refusal, match="请按下级单位分别导出"):
            make_task_list(order)
        below = order_of(crowd, connection, {"unit": 3, "start": "2026-11-01"}, 5, now().replace(2026, 11, 20))
        assert make_task_list(below).people
