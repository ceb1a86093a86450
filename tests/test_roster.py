"""Rosters: all or nothing, every fault with its place, again without harm, changing only what they say."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from models.people import Account, Assignment, JoinCode, Person
from models.records import Entry
from models.roster_codes import hashed, lacking, make_codes, new_code, without_code
from models.roster_template import template
from models.roster_tree import merged_order
from models.roster_words import name
from models.units import School, SchoolClass, Term, Unit
from tests.rosters import MORE, NOW, PEOPLE, SCHOOLS, SMALL, UNITS, VAULT, Sheets, book, people, take


def rows_of(engine: Engine, *columns: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(*columns)))


def person(engine: Engine, name: str) -> Person:
    with Session(engine, expire_on_commit=False) as session:
        return session.scalars(select(Person).where(Person.name == name)).one()


def own_schools(engine: Engine, name: str) -> list[tuple[str, date, date | None]]:
    with engine.connect() as connection:
        statement = (
            select(Unit.name, Assignment.start, Assignment.end)
            .join(Unit, Unit.id == Assignment.school_id)
            .join(Person, Person.id == Assignment.person_id)
            .where(Person.name == name)
            .order_by(Assignment.id)
        )
        return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def test_a_roster_comes_in_whole(database: Engine) -> None:
    report = take(database, SMALL)
    assert report.ok
    assert report.added == {"单位": 3, "学校": 3, "人员": 3}
    units = {u.name: u for u in rows_of(database, Unit.name, Unit.level, Unit.path, Unit.position, Unit.id)}
    assert units["乙县"].path == f"{units['甲市'].path}{units['乙县'].id}/"
    assert [u.name for u in sorted(units.values(), key=lambda u: u.position)] == [
        *("甲市", "乙县", "丙县"),
        *("乙县实验小学", "河湾小学", "丙县中学"),
    ]
    assert units["河湾小学"].level == "school"
    assert own_schools(database, "王芳") == [("河湾小学", date(2026, 9, 1), None)]


def test_words_become_identifiers(roster: Engine) -> None:
    chen, wang, liu = (person(roster, name) for name in ("陈静", "王芳", "刘洋"))
    assert (chen.roles, wang.roles, liu.roles) == ("unit_admin supervisor", "cadre", "cadre")
    assert (wang.post, liu.post) == ("full_time", "chief_counselor")
    schools = {tuple(row) for row in rows_of(roster, School.kind, School.area, School.weak)}
    assert schools == {("primary", "urban", False), ("primary", "rural", True), ("junior_high", "urban", False)}


def test_telephones_are_locked_and_found_however_typed(roster: Engine) -> None:
    wang = person(roster, "王芳")
    assert "13900000002" not in wang.phone
    assert VAULT.unlock(wang.phone) == "13900000002"
    assert wang.phone_hash == VAULT.hash("13900000002")
    assert person(roster, "刘洋").phone_hash == VAULT.hash("13900000003")


def test_again_changes_nothing(database: Engine) -> None:
    take(database, SMALL)
    before = rows_of(database, JoinCode.code_hash, JoinCode.person_id)
    report = take(database, SMALL)
    assert (report.added, report.changed) == ({}, {})
    assert report.unchanged == {"单位": 3, "学校": 3, "人员": 3}
    assert report.changes == ()
    assert rows_of(database, JoinCode.code_hash, JoinCode.person_id) == before
    assert len(rows_of(database, Assignment.id)) == 2


NAMES = [
    ("王 芳", "王芳"),
    ("王\u3000芳", "王芳"),
    ("\u200b王芳\xa0", "王芳"),
    ("Anna  Li", "Anna Li"),
    ("阿依·古丽", "阿依·古丽"),
]
NAMES += [("\U0002ebf0\U000323b0", "\U0002ebf0\U000323b0"), ("王\ue864", "王\ue864")]


@pytest.mark.parametrize(("typed", "kept"), NAMES)
def test_names_keep_what_can_be_seen(typed: str, kept: str) -> None:
    assert name(typed) == kept


def test_a_preview_writes_nothing_and_says_what_would_change(roster: Engine) -> None:
    report = take(roster, people(["王芳", "乙县", "挂职", "", "", "", "", ""]), preview=True)
    assert report.changed == {"人员": 1}
    assert [(c.row, c.name, c.what) for c in report.changes] == [(2, "乙县 王芳", "岗位 专职 → 挂职")]
    assert "人员 第2行 乙县 王芳：岗位 专职 → 挂职" in report.lines()
    assert person(roster, "王芳").post == "full_time"


def test_a_later_file_changes_only_what_it_says(roster: Engine) -> None:
    before = person(roster, "王芳")
    report = take(roster, people(["王芳", "乙县", "", "", "干部、审批人", "", "", ""]))
    assert report.changed == {"人员": 1}
    after = person(roster, "王芳")
    assert after.roles == "cadre approver"
    kept = ("post", "phone", "phone_hash", "wecom", "joined_on", "unit_id", "position")
    assert [getattr(after, k) for k in kept] == [getattr(before, k) for k in kept]
    assert own_schools(roster, "王芳") == [("河湾小学", date(2026, 9, 1), None)]
    assert {p.name for p in rows_of(roster, Person.name)} == {"陈静", "王芳", "刘洋"}


def test_the_word_none_clears(roster: Engine) -> None:
    take(roster, people(["王芳", "乙县", "", "无", "", "无", "无", ""]))
    wang = person(roster, "王芳")
    assert (wang.phone, wang.phone_hash, wang.wecom) == ("", None, None)
    assert own_schools(roster, "王芳") == []


WRONG_PEOPLE = {
    "no name": (["", "乙县", "专职", "", "", "", "", ""], "缺少姓名"),
    "no unit": (["周新", "", "专职", "", "", "", "", ""], "缺少单位"),
    "unknown unit": (["周新", "丁县", "专职", "", "", "", "", ""], "没有“丁县”"),
    "unknown post": (["周新", "乙县", "临时", "", "", "", "", ""], "岗位 “临时”不在可填的范围内"),
    "no post": (["周新", "乙县", "", "", "干部", "", "", ""], "缺少岗位"),
    "unknown role": (["周新", "乙县", "专职", "", "干部、校长", "", "", ""], "角色 “校长”不在可填的范围内"),
    "half a telephone": (["周新", "乙县", "专职", "1390000", "", "", "", ""], "电话 不是有效号码"),
    "two telephones": (["周新", "乙县", "专职", "13900000008 13900000009", "", "", "", ""], "电话 不是有效号码"),
    "another's telephone": (["周新", "乙县", "专职", "13900000002", "", "", "", ""], "电话与“王芳”的相同"),
    "unknown school": (["周新", "乙县", "专职", "", "", "海边小学", "", ""], "蹲点学校：没有“海边小学”"),
    "a school that is none": (["周新", "乙县", "专职", "", "", "甲市", "", ""], "蹲点学校“甲市”不是学校"),
    "another's account": (["周新", "乙县", "专职", "", "", "", "WangFang", ""], "企业微信账号已用于另一人"),
    "another's code": (["周新", "乙县", "专职", "", "", "", "", "493027"], "绑定码与另一人的相同"),
    "a short code": (["周新", "乙县", "专职", "", "", "", "", "123"], "绑定码 应为6到20位"),
    "a formula": (["周新", "乙县", "专职", "=1+1", "", "", "", ""], "电话 是公式"),
    "a date for a name": ([date(2026, 3, 1), "乙县", "专职", "", "", "", "", ""], "姓名 被Excel变成了日期"),
    "a number for a name": ([12345, "乙县", "专职", "", "", "", "", ""], "姓名 不像名称"),
    "a long name": (["周" * 41, "乙县", "专职", "", "", "", "", ""], "姓名 太长"),
}


@pytest.mark.parametrize(("cells", "reason"), WRONG_PEOPLE.values(), ids=WRONG_PEOPLE.keys())
def test_a_wrong_person_is_reported_with_place_and_reason(roster: Engine, cells: list[Any], reason: str) -> None:
    good = ["孙丽", "乙县", "专职", "", "", "", "", ""]
    report = take(roster, people(good, cells))
    assert [(f.sheet, f.row) for f in report.faults] == [("人员", 3)]
    assert reason in report.faults[0].reason
    assert "孙丽" not in {row.name for row in rows_of(roster, Person.name)}


WRONG_UNITS = {
    "no level": ([["丁县", "甲市", ""]], "缺少级别"),
    "unknown level": ([["丁县", "甲市", "组"]], "级别 “组”不在可填的范围内"),
    "unknown parent": ([["丁县", "己市", "县"]], "没有“己市”"),
    "no parent": ([["丁县", "", "县"]], "缺少上级"),
    "above its parent": ([["丁市", "乙县", "市"]], "级别高于它的上级"),
    "twice": ([["丁县", "甲市", "县"], ["丁县", "甲市", "县"]], "与第2行重复"),
    "a circle": ([["丁县", "戊县", "县"], ["戊县", "丁县", "县"]], "绕成了圈"),
    "unknown policy": ([["丁县", "甲市", "县", "pioneer_1917"]], "没有“pioneer_1917”这个适用制度"),
    "a slash": ([["丁/县", "甲市", "县"]], "名称里不要有"),
}


@pytest.mark.parametrize(("rows", "reason"), WRONG_UNITS.values(), ids=WRONG_UNITS.keys())
def test_a_wrong_unit_is_reported(roster: Engine, rows: list[list[str]], reason: str) -> None:
    report = take(roster, {"单位": [UNITS, *rows]})
    assert report.faults[-1].sheet == "单位"
    assert reason in report.faults[-1].reason
    assert len(rows_of(roster, Unit.id)) == 6


WRONG_SCHOOLS = {
    "no kind": (["东小学", "乙县", "", "城", ""], "缺少类型"),
    "unknown kind": (["东小学", "乙县", "幼儿园", "城", ""], "类型 “幼儿园”不在可填的范围内"),
    "unknown area": (["东小学", "乙县", "小学", "郊", ""], "城乡 “郊”不在可填的范围内"),
    "no unit": (["东小学", "", "小学", "城", ""], "缺少上级"),
    "a unit": (["乙县", "甲市", "小学", "城", ""], "已是单位"),
}


@pytest.mark.parametrize(("cells", "reason"), WRONG_SCHOOLS.values(), ids=WRONG_SCHOOLS.keys())
def test_a_wrong_school_is_reported(roster: Engine, cells: list[str], reason: str) -> None:
    report = take(roster, {"学校": [SCHOOLS, cells]})
    assert [(f.sheet, f.row) for f in report.faults] == [("学校", 2)]
    assert reason in report.faults[0].reason


TERM = ["单位", "学期", "开始", "结束", "教学开始", "教学结束"]
WRONG_TERMS = {
    "not a term": (["甲市", "秋季", "2026-09-01", "2027-01-31"], "学期 应写成"),
    "no end": (["甲市", "2026-2027-1", "2026-09-01", ""], "缺少开始或结束"),
    "backwards": (["甲市", "2026-2027-1", "2027-01-31", "2026-09-01"], "结束要晚于开始"),
    "another year": (["甲市", "2025-2026-1", "2026-09-01", "2027-01-31"], "不在2025-2026学年内"),
    "taught outside": (["甲市", "2026-2027-1", "2026-09-01", "2027-01-31", "2026-08-20"], "要在学期之内"),
    "no such day": (["甲市", "2026-2027-1", "2026-09-31", "2027-01-31"], "开始 不是有效日期"),
}


@pytest.mark.parametrize(("cells", "reason"), WRONG_TERMS.values(), ids=WRONG_TERMS.keys())
def test_a_wrong_term_is_reported(roster: Engine, cells: list[str], reason: str) -> None:
    report = take(roster, {"校历": [TERM, cells]})
    assert [(f.sheet, f.row) for f in report.faults] == [("校历", 2)]
    assert reason in report.faults[0].reason


def test_terms_and_classes_come_in_and_change(roster: Engine) -> None:
    labels = ["学校", "班级", "人数", "团学干部人数"]
    first: Sheets = {
        "校历": [TERM, ["甲市", "2026-2027学年第一学期", "2026/8/31", "2027年1月24日", "", ""]],
        "班级": [labels, ["丙县中学", "初一1班", "45人", 6]],
    }
    assert take(roster, first).ok
    report = take(roster, {"班级": [labels, ["丙县中学", "初一1班", 46, ""]]})
    assert report.changed == {"班级": 1}
    assert [tuple(r) for r in rows_of(roster, SchoolClass.size, SchoolClass.league_cadres)] == [(46, 6)]
    found = rows_of(roster, Term.name, Term.start, Term.end)
    assert [tuple(r) for r in found] == [("2026-2027-1", date(2026, 8, 31), date(2027, 1, 24))]


def test_more_officers_than_pupils_are_refused(roster: Engine) -> None:
    report = take(roster, {"班级": [["学校", "班级", "人数", "团学干部人数"], ["丙县中学", "初一1班", 4, 6]]})
    assert "比全班人数还多" in report.faults[0].reason


def test_every_wrong_row_is_named_at_once_and_only_the_cause(roster: Engine) -> None:
    sheets: Sheets = {
        "单位": [UNITS, ["丁县", "甲市", "组"]],
        "人员": [PEOPLE, ["周新", "丁县", "专职", "", "", "", "", ""], ["孙丽", "乙县", "临时", "1", "", "", "", ""]],
    }
    report = take(roster, sheets)
    assert [(f.sheet, f.row) for f in report.faults] == [("单位", 2), ("人员", 3)]
    assert "岗位" in report.faults[1].reason
    assert "电话" in report.faults[1].reason


def test_columns_are_found_in_any_order_and_writing(roster: Engine) -> None:
    headings = ["备 用", "绑定码", " 角 色", "姓　名", "单位（必填）", "岗位", "手机号", "蹲点学校*", "企业微信账号"]
    title = ["甲市名册"]
    report = take(
        roster, {" 人员 ": [title, headings, ["x", "", "干部", "周　新", "乙县", "专职", 13900000009, "", ""]]}
    )
    assert report.ok
    assert person(roster, "周新").phone_hash == VAULT.hash("13900000009")
    assert any("备用" in note for note in report.notes)


def test_a_missing_or_doubled_heading_is_named(roster: Engine) -> None:
    missing = take(roster, people(["周新", "乙县", "专职"], headings=PEOPLE[:5]))
    assert "缺少列：蹲点学校 企业微信账号 绑定码" in str(missing.faults[0])
    doubled = take(roster, people(["周新", "乙县"], headings=[*PEOPLE, "电话"]))
    assert "标题重复：电话" in str(doubled.faults[0])


def test_parents_may_follow_their_children(database: Engine) -> None:
    rows = [UNITS, ["丙镇", "乙县", "乡镇"], ["乙县", "甲市", "县"], ["甲市", "", "市"]]
    assert take(database, {"单位": rows}).ok
    paths = {u.name: u.path for u in rows_of(database, Unit.name, Unit.path)}
    assert paths["丙镇"].startswith(paths["乙县"])
    assert paths["乙县"].startswith(paths["甲市"])


def test_units_of_one_name_are_told_apart(roster: Engine) -> None:
    towns = {"单位": [UNITS, ["城关镇", "乙县", "乡镇"], ["城关镇", "丙县", "乡镇"]]}
    assert take(roster, towns).added == {"单位": 2}
    vague = take(roster, people(["周新", "城关镇", "兼职", "", "", "", "", ""]))
    assert "请写成“上级/名称”" in vague.faults[0].reason
    assert take(roster, people(["周新", "丙县/城关镇", "兼职", "", "", "", "", ""])).ok
    with roster.connect() as connection:
        below = connection.scalar(
            select(func.count())
            .select_from(Unit)
            .where(Unit.id == person(roster, "周新").unit_id, Unit.level == "town")
        )
    assert below == 1


def test_the_nearest_school_of_a_name_is_meant(roster: Engine) -> None:
    take(roster, {"学校": [SCHOOLS, ["中心小学", "乙县", "小学", "城", ""], ["中心小学", "丙县", "小学", "城", ""]]})
    take(roster, people(["周新", "丙县", "专职", "", "", "中心小学", "", ""]))
    with roster.connect() as connection:
        parent = connection.scalar(
            select(Unit.parent_id)
            .join(Assignment, Assignment.school_id == Unit.id)
            .where(Assignment.person_id == person(roster, "周新").id)
        )
    assert parent == person(roster, "周新").unit_id


def test_renamed_and_moved_units_keep_their_number(roster: Engine) -> None:
    before = {u.name: u for u in rows_of(roster, Unit.name, Unit.id)}
    moved: Sheets = {
        "学校": [[*SCHOOLS, "原名称"], ["丙县河湾学校", "丙县", "", "", "", "河湾小学"]],
        "单位": [[*UNITS, "原名称"], ["乙区", "甲市", "", "", "乙县"]],
    }
    for _ in range(2):
        assert take(roster, moved).ok
    after = {u.id: u for u in rows_of(roster, Unit.id, Unit.name, Unit.path)}
    assert after[before["河湾小学"].id].name == "丙县河湾学校"
    assert after[before["河湾小学"].id].path.startswith(after[before["丙县"].id].path)
    assert after[before["乙县"].id].name == "乙区"
    assert len(after) == len(before)


def test_policies_come_from_above_and_follow_it(roster: Engine) -> None:
    take(roster, {"单位": [UNITS, ["丙一镇", "丙县", "乡镇"], ["丙二镇", "丙县", "乡镇", "pioneer_2017"]]})
    policies = {u.name: u.policies for u in rows_of(roster, Unit.name, Unit.policies)}
    assert (policies["乙县"], policies["丙一镇"], policies["丙县中学"]) == ("", "league_im_2021", "league_im_2021")
    take(roster, {"单位": [UNITS, ["丙县", "甲市", "县", "pioneer_2017、league_im_2021"]]})
    policies = {u.name: u.policies for u in rows_of(roster, Unit.name, Unit.policies)}
    assert policies["丙一镇"] == "pioneer_2017 league_im_2021"
    assert policies["丙二镇"] == "pioneer_2017"


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


def test_a_number_like_an_identity_card_is_refused(roster: Engine) -> None:
    report = take(roster, people(["周新", "乙县", "兼职", "", "", "", "", "", "11010519491231002X"], headings=MORE))
    assert "像是身份证号" in report.faults[0].reason
    assert "1949" not in report.faults[0].reason


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


def test_one_person_twice_in_a_file_is_refused(roster: Engine) -> None:
    report = take(
        roster, people(["周新", "乙县", "专职", "", "", "", "", ""], ["周新", "乙县", "兼职", "", "", "", "", ""])
    )
    assert "与第2行是同一人" in report.faults[0].reason


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


def test_the_template_comes_in_empty_and_offers_choices(roster: Engine) -> None:
    stream = io.BytesIO()
    template(stream)
    stream.seek(0)
    report = take(roster, stream)
    assert report.ok
    assert (report.added, report.changed) == ({}, {})
    page = load_workbook(stream)["人员"]
    assert [cell.value for cell in page[1]][:8] == PEOPLE
    assert any("总辅导员" in str(rule.formula1) for rule in page.data_validations.dataValidation)


def test_the_examples_of_the_template_are_right(database: Engine) -> None:
    from models.roster_columns import SHEETS
    from models.roster_template import EXAMPLES

    sheets = {name: [[c.heading for c in sheet.columns], *EXAMPLES[name]] for name, sheet in SHEETS.items()}
    report = take(database, sheets)
    assert report.faults == ()


ORDERS = [
    ("abc", "abc", "abc"),
    ("abcd", "ca", "cbad"),
    ("abc", "xy", "abcxy"),
    ("abc", "axb", "axbc"),
    ("abc", "xb", "axbc"),
    ("", "ba", "ba"),
]


@pytest.mark.parametrize(("current", "said", "merged"), ORDERS)
def test_orders_merge(current: str, said: str, merged: str) -> None:
    assert "".join(merged_order(current, said)) == merged


def hidden() -> io.BytesIO:
    made = Workbook()
    page = made.create_sheet("人员")
    page.append(PEOPLE)
    page.sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


def bomb() -> io.BytesIO:
    stream = book(people())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (90 * 1024 * 1024))
    stream.seek(0)
    return stream


def forged(row: str) -> io.BytesIO:
    """A workbook whose sheet was replaced by hand-written XML."""
    clean = book({"人员": [PEOPLE]})
    stream = io.BytesIO()
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = content.replace(b"</sheetData>", row.encode() + b"</sheetData>")
            target.writestr(name, content)
    stream.seek(0)
    return stream


HOSTILE = {
    "not a workbook": (lambda: io.BytesIO(b"name,unit\n" * 3), "不是Excel工作簿"),
    "an old workbook": (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "旧格式"),
    "a zip of something": (lambda: io.BytesIO(b"PK\x05\x06" + b"\0" * 18), "不是完好的Excel工作簿"),
    "cut off": (lambda: io.BytesIO(book(SMALL).getvalue()[:2000]), "不是Excel工作簿"),
    "a bomb": (bomb, "展开后过大"),
    "a hidden sheet": (hidden, "工作表是隐藏的"),
    "no sheet of ours": (lambda: book({"Sheet1": [["a"]]}), "没有找到工作表"),
    "no headings": (lambda: book({"人员": [["张三", "乙县"]] * 12}), "没有标题行"),
    "broken XML": (lambda: forged("<row><c"), "不是完好的Excel工作簿"),
    "an error value": (
        lambda: forged(
            '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="inlineStr"><is><t>乙县</t></is></c></row>'
        ),
        "是Excel错误值",
    ),
}


@pytest.mark.parametrize(("make", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused(roster: Engine, make: Any, reason: str) -> None:
    report = take(roster, make())
    assert reason in str(report.faults[0])


def test_a_forged_row_number_ends_nowhere(roster: Engine) -> None:
    report = take(roster, forged('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'))
    assert report.added == {}


def test_entities_are_not_expanded(roster: Engine) -> None:
    clean = book({"人员": [PEOPLE]})
    stream = io.BytesIO()
    laughs = '<!DOCTYPE x [<!ENTITY a "' + "哈" * 50 + '"><!ENTITY b "' + "&a;" * 50 + '">]>'
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
                content = laughs.encode() + content.replace(b"</sheetData>", cell.encode())
            target.writestr(name, content)
    stream.seek(0)
    assert "不是完好的Excel工作簿" in str(take(roster, stream).faults[0])


def some_roster(chance: random.Random) -> Sheets:
    """A roster of few names in many combinations, so that rows meet, move, leave and collide."""

    def rows(number: int, *columns: str) -> list[list[str]]:
        return [[chance.choice(column.split("|")) for column in columns] for _ in range(number)]

    levels = {"甲市": ["", "市"], "戊镇": ["乙县", "乡镇"]}
    units = [
        [*(name, *levels.get(name, ["甲市", "县"])), *rest]
        for name, *rest in rows(2, "甲市|乙县|丙县|丁县|戊镇", "||league_im_2021|无", "|||丙县")
    ]
    schools = rows(2, "河湾小学|东小学|西小学", "乙县|丙县|", "小学|初中|", "城|乡|", "薄弱|无|", "||东小学")
    staff = rows(
        chance.randint(1, 4),
        *("王芳|陈静|刘洋|周新", "甲市|乙县|丙县|丁县", "专职|挂职|", "||无|13900000002|13900000003", "|干部|督导"),
        *(
            "|无|河湾小学|东小学、河湾小学",
            "||w1|无",
            "||493027|880011",
            "||A1|A2",
            "|||无|2026-11-20|2026-12-01",
            "|||王芳",
        ),
    )
    more = ["人员编号", "离开日期", "原姓名"]
    sheets = {
        "单位": [[*UNITS, "原名称"], *units],
        "学校": [[*SCHOOLS, "原名称"], *schools],
        "人员": [[*PEOPLE, *more], *staff],
    }
    return {name: sheet for name, sheet in sheets.items() if name == "人员" or chance.random() < 0.5}


@pytest.mark.parametrize("seed", [0, 1, 2, 4])
def test_whatever_came_in_comes_in_again_without_a_change(roster: Engine, seed: int) -> None:
    chance, now, taken = random.Random(seed), NOW, 0
    for _ in range(40):
        now += timedelta(hours=chance.randint(0, 30))
        sheets = some_roster(chance)
        if take(roster, sheets, now).ok:
            taken += 1
            again = take(roster, sheets, now)
            assert (again.faults, again.changes) == ((), ()), sheets
    assert taken >= 3
