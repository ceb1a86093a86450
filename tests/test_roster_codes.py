"""The codes people join with: made once, kept as hashes, ended by newer ones."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select, update

from models.people import Account, JoinCode
from models.roster_codes import hashed, lacking, make_codes, new_code, without_code
from models.units import Unit
from tests.rosters import (
    NOW,
    SMALL,
    VAULT,
    person,
    rows_of,
    take,
)


def test_codes_are_made_for_who_has_none_and_kept_as_hashes(database: Engine) -> None:
    take(database, SMALL)
    with database.begin() as connection:
        people = lacking(connection, "/", NOW.date())
        made = make_codes(connection, VAULT, without_code(people), "/", NOW, NOW.date())
    assert [one.name for one in people] == ["陈静", "王芳", "刘洋"]
    assert [(row.unit, row.name) for row in made] == [("甲市", "陈静"), ("丙县", "刘洋")]
    assert all(len(row.code) == 6 and row.code.isdigit() for row in made)
    kept = {row.code_hash for row in rows_of(database, JoinCode.code_hash)}
    assert kept == {hashed(VAULT, code) for code in (made[0].code, made[1].code, "493027")}


def test_a_new_code_ends_the_older_and_only_within_the_unit(database: Engine) -> None:
    take(database, SMALL)
    wang = person(database, "王芳")
    with database.begin() as connection:
        path = connection.scalar(select(Unit.path).where(Unit.name == "丙县")) or ""
        assert make_codes(connection, VAULT, [wang.id], path, NOW, NOW.date()) == []
        made = make_codes(connection, VAULT, [wang.id], "/", NOW, NOW.date())
    mine = [row for row in rows_of(database, JoinCode.code_hash, JoinCode.person_id) if row.person_id == wang.id]
    assert [row.code_hash for row in mine] == [hashed(VAULT, made[0].code)]


def test_a_spent_code_does_not_come_to_life_again(roster: Engine) -> None:
    wang = person(roster, "王芳")
    with roster.begin() as connection:
        spent = update(JoinCode).where(JoinCode.code_hash == hashed(VAULT, "493027")).values(spent_at=NOW)
        connection.execute(spent)
        connection.execute(insert(Account).values(channel="console", user="w", person_id=wang.id, failures=0))
    assert take(roster, SMALL).changed == {}
    with roster.connect() as connection:
        assert "王芳" not in {one.name for one in lacking(connection, "/", NOW.date())}


def test_codes_grow_where_many_are_open() -> None:
    assert (len(new_code(999)), len(new_code(1000))) == (6, 8)
