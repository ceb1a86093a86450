"""Rosters: all or nothing, again without harm, changing only what they say."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, func, select

from models.people import Assignment, JoinCode, Person
from models.roster_template import template
from models.roster_tree import merged_order
from models.roster_words import name
from models.units import School, SchoolClass, Term, Unit
from tests.rosters import (
    NOW,
    PEOPLE,
    SCHOOLS,
    SMALL,
    TERM,
    UNITS,
    VAULT,
    Sheets,
    own_schools,
    people,
    person,
    rows_of,
    take,
)


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


def test_columns_are_found_in_any_order_and_writing(roster: Engine) -> None:
    headings = ["备 用", "绑定码", " 角 色", "姓　名", "单位（必填）", "岗位", "手机号", "蹲点学校*", "企业微信账号"]
    title = ["甲市名册"]
    report = take(
        roster, {" 人员 ": [title, headings, ["x", "", "干部", "周　新", "乙县", "专职", 13900000009, "", ""]]}
    )
    assert report.ok
    assert person(roster, "周新").phone_hash == VAULT.hash("13900000009")
    assert any("备用" in note for note in report.notes)


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
