"""People of a later roster: found again however they are written, moved, handed over, sent to other schools."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, insert, select, update

from models.people import Account, Assignment, JoinCode, Person
from models.records import Entry
from models.units import School, Unit
from tests.rosters import (
    MORE,
    NOW,
    PEOPLE,
    SMALL,
    TERM,
    own_schools,
    people,
    person,
    rows_of,
    take,
)


def test_a_person_who_moves_is_found_by_telephone(roster: Engine) -> None:
    before = person(roster, "王芳")
    report = take(roster, people(["王芳", "丙县", "", "13900000002", "", "", "", ""]))
    assert report.changes[0].what == "单位 乙县 → 丙县"
    assert person(roster, "王芳").id == before.id
    assert person(roster, "王芳").unit_id == person(roster, "刘洋").unit_id


def test_a_number_is_surer_than_name_and_unit(roster: Engine) -> None:
    take(roster, people(["王芳", "乙县", "", "", "", "", "", "", "JX-7"], headings=MORE))
    wang = person(roster, "王芳")
    take(roster, people(["王小芳", "丙县", "", "", "", "", "", "", "JX-7"], headings=MORE))
    assert person(roster, "王小芳").id == wang.id
    take(roster, people(["王小芳", "丙县", "兼职", "", "", "", "", "", "JX-8"], headings=MORE))
    names = [row.name for row in rows_of(roster, Person.name)]
    assert names.count("王小芳") == 2


def test_a_changed_name_is_followed_where_it_is_said(roster: Engine) -> None:
    headings = [*PEOPLE, "原姓名"]
    wang = person(roster, "王芳")
    for _ in range(2):
        assert take(roster, people(["王晓芳", "乙县", "", "13900000002", "", "", "", "", "王芳"], headings=headings)).ok
    assert person(roster, "王晓芳").id == wang.id


def test_a_post_handed_over_leaves_the_past_with_the_one_who_went(roster: Engine) -> None:
    headings = [*PEOPLE, "离开日期"]
    wang = person(roster, "王芳")
    with roster.begin() as connection:
        connection.execute(insert(Account).values(channel="console", user="w", person_id=wang.id, failures=0))
    report = take(
        roster,
        people(
            ["周新", "乙县", "专职", "13900000002", "", "河湾小学", "wangfang", "", ""],
            ["王芳", "乙县", "", "", "", "", "", "", "2026-11-19"],
            headings=headings,
        ),
    )
    assert report.ok
    assert person(roster, "周新").wecom == "wangfang"
    assert rows_of(roster, Account.person_id) == [(None,)]
    assert own_schools(roster, "王芳") == [("河湾小学", date(2026, 9, 1), date(2026, 11, 19))]
    assert rows_of(roster, JoinCode.code_hash) == []
    older = take(roster, people(["王芳", "乙县", "专职", "", "", "", "", ""]))
    assert older.unchanged == {"人员": 1}
    assert any("已离开" in note for note in older.notes)


def test_who_comes_back_is_the_same_person(roster: Engine) -> None:
    headings = [*PEOPLE, "离开日期"]
    wang = person(roster, "王芳")
    take(roster, people(["王芳", "乙县", "", "", "", "", "", "", "2026-11-19"], headings=headings))
    report = take(roster, people(["王芳", "乙县", "", "", "", "", "", "", "无"], headings=headings))
    back = person(roster, "王芳")
    assert (back.id, back.left_on) == (wang.id, None)
    assert "有1人还没有绑定码" in report.notes[0]


def test_namesakes_are_told_apart_by_telephone(roster: Engine) -> None:
    first = ["王芳", "乙县", "", "", "", "", "", "", "A1"]
    second = ["王芳", "乙县", "兼职", "13900000008", "", "", "", "", "A2"]
    assert take(roster, people(first, second, headings=MORE)).added == {"人员": 1}
    vague = take(roster, people(["王芳", "乙县", "挂职", "", "", "", "", ""]))
    assert "有几位“王芳”" in vague.faults[0].reason
    assert take(roster, people(["王芳", "乙县", "挂职", "13900000008", "", "", "", ""])).changed == {"人员": 1}


def test_joining_later_begins_later(roster: Engine) -> None:
    headings = [*PEOPLE, "加入日期"]
    take(roster, people(["周新", "乙县", "专职", "", "", "河湾小学", "", "", "2026-10-15"], headings=headings))
    assert person(roster, "周新").joined_on == date(2026, 10, 15)
    assert own_schools(roster, "周新") == [("河湾小学", date(2026, 10, 15), None)]
    assert person(roster, "王芳").joined_on == date(2026, 11, 20)


def test_a_units_own_calendar_begins_the_assignment(database: Engine) -> None:
    calendar = {"校历": [TERM, ["乙县", "2026-2027-1", "2026-08-24", "2027-01-20", "", ""]]}
    assert take(database, {**SMALL, **calendar}).ok
    assert own_schools(database, "王芳") == [("河湾小学", date(2026, 8, 24), None)]
    assert own_schools(database, "刘洋") == [("丙县中学", date(2026, 9, 1), None)]


def test_a_wrong_school_never_visited_is_put_right(roster: Engine) -> None:
    take(roster, people(["王芳", "乙县", "", "", "", "乙县实验小学", "", ""]))
    assert own_schools(roster, "王芳") == [("乙县实验小学", date(2026, 9, 1), None)]


def test_a_school_that_was_visited_stays_in_the_past(roster: Engine) -> None:
    wang = person(roster, "王芳")
    school = next(
        row.school_id for row in rows_of(roster, Assignment.school_id, Assignment.person_id) if row.person_id == wang.id
    )
    visited = date(2026, 10, 12)
    entry = {"person_id": wang.id, "unit_id": wang.unit_id, "school_id": school, "activity": "on_site", "count": 1}
    with roster.begin() as connection:
        connection.execute(insert(Entry).values(**entry, start=visited, end=visited, made_at=NOW, state="active"))
    take(roster, people(["王芳", "乙县", "", "", "", "乙县实验小学", "", ""]))
    assert own_schools(roster, "王芳") == [
        ("河湾小学", date(2026, 9, 1), date(2026, 11, 19)),
        ("乙县实验小学", date(2026, 11, 20), None),
    ]


def test_nobody_is_sent_to_a_school_that_closed(roster: Engine) -> None:
    with roster.begin() as connection:
        closed = select(Unit.id).where(Unit.name == "乙县实验小学").scalar_subquery()
        connection.execute(update(School).where(School.unit_id == closed).values(closed_on=NOW.date()))
    report = take(roster, people(["王芳", "乙县", "", "", "", "乙县实验小学", "", ""]))
    assert "已撤并" in report.faults[0].reason
