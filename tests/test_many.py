"""Many people at once: the figures of all are the sum of the figures of each."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, Engine, insert

from models.keeping import Kept
from models.many import Figure, standings_of, unit_figures
from models.metrics import totals
from models.people import Person
from models.policy import rules_for
from models.progress import FROM_BOUND, standings
from models.totals import persist
from models.units import Unit
from tests.made import BOTH, CALENDAR, TODAY, bound, fact, policies, stay, talk

DEEDS = (
    stay("11-09", "11-13", 5),
    stay("10-12", "10-23", 10),
    talk("pioneer", 20),
    talk("pioneer", 7),
    talk("student", 40),
    fact("lecture"),
    fact("unit_link", 3),
    stay("09-07", "09-11", 5),
)
POSTS = ("full_time", "part_time", "chief_counselor")


def roster(connection: Connection) -> None:
    units = [(1, "市", "prefecture", None, "/1/"), (2, "甲县", "county", 1, "/1/2/"), (3, "乙县", "county", 1, "/1/3/")]
    for number, name, level, above, path in units:
        values = {"id": number, "name": name, "level": level, "parent_id": above, "path": path, "position": 9 - number}
        connection.execute(insert(Unit).values(**values, policies=" ".join(BOTH) if number < 3 else ""))
    for n in range(1, 31):
        values = {"id": n, "unit_id": 1 + n % 3, "name": f"人{n}", "post": POSTS[n % 7 % 3], "training": n == 30}
        connection.execute(insert(Person).values(**values, left_on=date(2026, 11, 1) if n == 29 else None))
        rules = rules_for(policies(), bound(*BOTH), TODAY)
        done = [deed for at, deed in enumerate(DEEDS) if (n >> at % 5) % 2]
        sums = totals(done, (), bound(*BOTH), CALENDAR, rules)
        persist(connection, "person", n, Kept(sums, sums))


def figures(connection: Connection, path: str = "/") -> dict[tuple[int, str], Figure]:
    found = unit_figures(connection, policies(), CALENDAR, TODAY, path)
    assert len(found) == len({(one.unit_id, one.rule) for one in found})
    return {(one.unit_id, one.rule.id): one for one in found}


def one_by_one(connection: Connection) -> dict[tuple[int, str], tuple[int, int, int, Decimal]]:
    sums: dict[tuple[int, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 4)
    for who, found in standings_of(connection, policies(), lambda _terms: CALENDAR, TODAY):
        if who.training:
            continue
        for one in found:
            if one.rule.metric not in FROM_BOUND and not one.rule.gauge:
                old = sums[who.unit_id, one.rule.id]
                met = one.met or (one.rule.kind == "shown" and one.done > 0)
                sums[who.unit_id, one.rule.id] = [old[0] + 1, old[1] + (one.done > 0), old[2] + met, old[3] + one.done]
    return {key: (int(a), int(b), int(c), d) for key, (a, b, c, d) in sums.items()}


def test_a_units_figures_are_those_of_its_people(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        found = {key: (one.bound, one.begun, one.met, one.done) for key, one in figures(connection).items()}
        assert found == one_by_one(connection)
        assert any(met for _, _, met, _ in found.values())


def test_scope_is_the_unit_and_below(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        assert {unit for unit, _ in figures(connection, "/1/2/")} == {2}
        # The roster's order, not the numbers'.
        assert list(dict.fromkeys(unit for unit, _ in figures(connection))) == [3, 2, 1]


def test_who_is_not_bound_is_not_counted(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        people = [who for who, found in standings_of(connection, policies(), lambda _terms: CALENDAR, TODAY) if found]
        assert all(who.bound.post != "part_time" for who in people)
        assert {29, 1}.isdisjoint(who.bound.person_id for who in people)
        serving = [who for who in people if not who.training]
        assert sum(one.bound for one in figures(connection).values() if one.rule.id == "N01") == len(serving)


def test_kept_totals_give_the_same_standings_as_entries(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        for who, found in standings_of(connection, policies(), lambda _terms: CALENDAR, TODAY):
            done = [deed for at, deed in enumerate(DEEDS) if (who.bound.person_id >> at % 5) % 2]
            rules = rules_for(policies(), who.bound, TODAY)
            sums = totals(done, (), who.bound, CALENDAR, rules)
            assert found == standings(rules, sums, who.bound, CALENDAR, TODAY)


def test_nobody_gives_no_figures(database: Engine) -> None:
    with database.begin() as connection:
        assert unit_figures(connection, policies(), CALENDAR, TODAY) == []
