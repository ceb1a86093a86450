"""How much of a class is reached: what was stated last, and the talks since."""

from __future__ import annotations

from models.facts import Fact
from models.gauges import gauge_rows
from tests.made import BOTH, CALENDAR, bound, fact, rule, stand, talk


def gauge(count: int, of: int | None = None, name: str | None = "高一3班", **more: object) -> Fact:
    return fact("coverage", count, of=of, class_name=name, **more)


def test_a_stated_coverage_replaces_the_one_before() -> None:
    found = stand("M13", gauge(30, 45, start="11-02"), gauge(38, start="11-16"))
    assert (found.done, found.size) == (38, 45)


def test_talks_after_a_statement_add_to_its_class() -> None:
    said = gauge(30, 45, start="11-10")
    assert stand("M13", said, talk("student", 6, "11-16", class_name="高一三班")).done == 36
    assert stand("M13", said, talk("student", 6, "11-02", class_name="高一3班")).done == 30
    assert stand("M13", said, talk("student", 40, "11-16", class_name="高一3班")).done == 45


def test_classes_are_pooled() -> None:
    found = stand("M13", gauge(45, 45), gauge(34, 54, "高一4班"))
    assert (found.done, found.size, found.met) == (79, 99, False)


def test_each_class_can_be_told() -> None:
    said = [gauge(45, 45), gauge(34, 54, "高一4班"), talk("student", 3), gauge(9, 50, "高二1班", start="2025-11-20")]
    rows = gauge_rows(said, bound(*BOTH), CALENDAR, rule("M13"), "2026")
    assert [(row.name, row.reached, row.size) for row in rows] == [("", 3, 0), ("高一3班", 45, 45), ("高一4班", 34, 54)]


def test_another_class_does_not_fill_the_pool() -> None:
    assert stand("M13", gauge(30, 45, start="11-02"), talk("student", 9, "11-16", class_name="初二1班")).done == 30


def test_cadres_have_their_own_gauge() -> None:
    found = stand("M14", gauge(16, 18, None, audience="league_cadre"), talk("league_cadre", 2))
    assert (found.done, found.size, found.met) == (18, 18, True)
    assert stand("M13", gauge(16, 18, None, audience="league_cadre")).size == 0
