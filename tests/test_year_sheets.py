"""个人年度表, opened cell by cell: the chat's numbers, months that add up, whoever's it is."""

from __future__ import annotations

import io
import re
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import insert, select, update

from bot.forms.hardship import HIDDEN
from bot.forms.order import Made
from bot.forms.registry import write
from bot.forms.year_sheet import make_year_sheet
from bot.service import Service
from models.items import Item
from models.people import Person
from models.records import Entry
from models.refusal import Refusal
from models.units import Unit
from tests.conftest import fresh_sqlite
from tests.orders import NOW, order
from tests.staffed import conversation, staffed

Row = tuple[object, ...]


def sheet(service: Service, person: int = 1, **changes: object) -> list[Row]:
    """The rows of a person's sheet."""
    with service.engine.connect() as connection:
        made = make_year_sheet(order(service, connection, person=person, **changes))
    return rows(load_workbook(io.BytesIO(made.content)))


def rows(book: Workbook) -> list[Row]:
    return list(book["年度表"].iter_rows(values_only=True))


def part(found: list[Row], number: str) -> list[Row]:
    """The rows of a part, without its headings."""
    at = next(i for i, row in enumerate(found) if str(row[0]).startswith(f"{number}、"))
    rest = found[at + 2 :]
    end = next((i for i, row in enumerate(rest) if re.match("[一二三四五]、|数字来自", str(row[0]))), len(rest))
    return rest[:end]


def works(found: list[Row]) -> dict[str, Row]:
    return {str(row[0]): row for row in part(found, "一")}


def goals(found: list[Row]) -> dict[tuple[str, str], Row]:
    return {(str(row[0]).partition("（")[0], str(row[1])): row for row in part(found, "二")}


def number(cell: object) -> float:
    return float(cell or 0)  # type: ignore[arg-type]


def figures_of(words: str) -> dict[str, float]:
    """What a reply says was done of each goal: 队员20/20(另3) is 23."""
    found = re.findall(r"(驻校|队员|辅导员|宣讲)(\d+(?:\.\d+)?)/\d+(?:\.\d+)?天?(?:\(另([\d.]+)\))?", words)
    return {name: float(done) + float(over or 0) for name, done, over in found}


DEED = st.tuples(
    st.sampled_from(
        (
            "今天到城关小学驻校1天",
            "昨天到城关小学驻校半天",
            "{day}驻校1天",
            "{day}访谈队员{n}名",
            "{day}访谈辅导员{n}名，其中1名上次谈过",
            "{day}宣讲{few}场",
            "今天访谈队员{n}名、辅导员{few}名",
            "撤销",
            "改成{n}名",
            "{day}座谈队员{n}名",
        )
    ),
    st.sampled_from(("11月3日", "10月15日", "9月28日", "9月2日", "5月12日", "1月14日")),
    st.integers(1, 9),
    st.integers(1, 2),
)


@given(st.lists(DEED, min_size=1, max_size=9))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cells_are_the_chats_numbers_after_any_history(
    sqlite_template: object, tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, str, int, int]]
) -> None:
    with staffed(fresh_sqlite(sqlite_template, tmp_path_factory.mktemp("years"))) as service:  # type: ignore[arg-type]
        say = conversation(service)
        for words, day, n, few in deeds:
            said = say("王干事: " + words.format(day=day, n=n, few=few))
            if "日期对吗" in said[-1]:
                say("王干事: 是")
        chat = figures_of("\n".join(say("王干事: 进度", *["王干事: 更多"] * 4)))
        found = sheet(service)
        mine = goals(found)
        assert set(chat) == {"驻校", "队员", "辅导员", "宣讲"}
        assert {name: number(mine[name, "2026-2027学年第一学期"][15]) for name in chat} == chat
        for row in works(found).values():
            assert number(row[2]) == sum(map(number, row[3:15]))
        for (_, period), row in mine.items():
            if period.startswith("2026-2027") and any(row[3:15]):
                assert number(row[15]) == sum(map(number, row[3:15]))


def test_every_part_of_a_year_is_there(service: Service) -> None:
    say = conversation(service)
    say(
        "王干事: 3月10日到城关小学驻校1天",
        "王干事: 是",
        "王干事: 3月11日访谈队员3名",
        "王干事: 是",
        "王干事: 今天宣讲1场，80名队员参加",
        "王干事: 反映一个问题：学校没有队室",
    )
    say("王干事: 交调研报告《乡村队室》", "陈审批: 批准王干事的调研报告")
    found = sheet(service)
    assert found[0][0] == "王干事蹲点工作年度表（2026年）"
    assert "沁水县团委" in str(found[1][0])
    assert [works(found)[key][2] for key in ("驻校", "访谈少先队员", "宣讲、团课、思政课", "宣讲覆盖")] == [1, 3, 1, 80]
    assert works(found)["驻校"][5] == 1
    assert goals(found)["队员", "2025-2026学年第二学期"][15:17] == (3, "差17")
    assert [row[:4] for row in part(found, "三")] == [("城关小学", "小学 乡", 1, "2025-09-01起，在任")]
    assert [(row[0], row[2], row[3]) for row in part(found, "四")] == [
        ("问题建议", "待办", "学校没有队室"),
        ("调研报告", "已通过", "《乡村队室》"),
    ]


def test_the_task_list_stands_in_words_with_its_state(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
    say = conversation(service)
    say("王干事: 制定任务清单", "王干事: 改为每月走访两所学校", *["王干事: 是"] * 5, "王干事: 提交清单")
    say("陈审批: 批准王干事的任务清单")
    found = sheet(service)
    listed = part(found, "五")
    assert any(str(row[0]).startswith("五、个人任务清单（已审定）") for row in found)
    assert listed[0][3] == "每月走访两所学校"
    assert len(listed) == 6


def test_months_of_one_rule_are_told_as_so_many_of_so_many(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
    conversation(service)("王干事: 3月10日到城关小学驻校1天", "王干事: 是", "王干事: 今天到城关小学驻校1天")
    row = goals(sheet(service))["每月报到", "每月"]
    assert (row[5], row[13], row[15], row[16]) == (1, 1, "2/11个月", "进行中")


def test_small_numbers_of_pairs_are_in_no_cell(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
        row = {"person_id": 1, "unit_id": 2, "activity": "pairing", "made_at": NOW, "state": "active"}
        for day, count in ((date(2026, 3, 9), 2), (date(2026, 5, 8), 5)):
            connection.execute(insert(Entry).values(**row, count=count, start=day, end=day))
        item = {"kind": "issue", "unit_id": 2, "person_id": 1, "text": "有2名困难学生交不起餐费", "made_at": NOW}
        connection.execute(insert(Item).values(**item, day=date(2026, 5, 8)))
    found = sheet(service)
    pairs = works(found)["结对"]
    assert (pairs[5], pairs[7], pairs[2]) == (HIDDEN, HIDDEN, 7)
    assert goals(found)["结对", "2026年"][15] == HIDDEN
    assert part(found, "四")[0][3] == "有少数困难学生交不起餐费"


def test_no_words_of_anybody_act_as_a_formula(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(name="=1+1"))
        item = {"kind": "issue", "unit_id": 2, "person_id": 1, "made_at": NOW, "day": date(2026, 5, 8)}
        for text in ("=HYPERLINK(1)", "+1", "-1", "@a", "\t=1", "\r=1", "　=1", "a\x0bb"):
            connection.execute(insert(Item).values(**item, text=text))
    cells = [cell for row in sheet(service) for cell in row if isinstance(cell, str)]
    assert not [cell for cell in cells if cell.lstrip(" 　\t\r").startswith(("=", "+", "-", "@"))]
    assert "ab" in cells


def test_a_unit_has_a_workbook_for_each_and_a_list(service: Service) -> None:
    conversation(service)("王干事: 今天到城关小学驻校1天", "赵干事: 今天访谈队员3名")
    out = io.BytesIO()
    with service.engine.connect() as connection:
        made = write(order(service, connection), "year_sheets", out)
    with ZipFile(out) as archive:
        names = archive.namelist()
        one = rows(load_workbook(io.BytesIO(archive.read("沁水县团委/王干事_1.xlsx"))))
        listed = load_workbook(io.BytesIO(archive.read("一览.xlsx")))["一览"]
    assert one == sheet(service, 1)
    assert set(made.people) == {1, 2, 3, 6, 7}
    assert {"清河区团委/赵干事_3.xlsx", "一览.xlsx"} <= set(names)
    table = {row[1]: row[2:4] for row in listed.iter_rows(min_row=3, values_only=True)}
    assert (table["王干事"], table["赵干事"]) == ((1, 0), (0, 3))


def test_who_practises_or_left_before_the_year_has_no_sheet(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 2).values(training=True))
        connection.execute(update(Person).where(Person.id == 3).values(left_on=date(2025, 12, 1)))
    with service.engine.connect() as connection:
        made: Made = write(order(service, connection), "year_sheets", io.BytesIO())
    assert not {2, 3} & set(made.people)


def test_names_within_the_zip_cannot_leave_their_folder(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(name="../../x"))
        connection.execute(update(Unit).where(Unit.id == 2).values(name="a/..\\b"))
    out = io.BytesIO()
    with service.engine.connect() as connection:
        write(order(service, connection), "year_sheets", out)
    with ZipFile(out) as archive:
        names = archive.namelist()
    assert not [name for name in names if ".." in name or "\\" in name or name.startswith("/")]
    assert all(name.count("/") <= 1 for name in names)


def test_a_year_whose_records_are_gone_is_refused(service: Service) -> None:
    with pytest.raises(Refusal, match="2020年的表做不了"):
        sheet(service, start=date(2020, 1, 1))
    last = sheet(service, start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert "2025-09-01以前的逐条记录已按保存期限清除" in str(last[-1][0])


def test_practice_is_no_work(service: Service) -> None:
    with service.engine.begin() as connection:
        row = {"person_id": 1, "unit_id": 2, "activity": "lecture", "count": 3, "made_at": NOW, "training": True}
        connection.execute(insert(Entry).values(**row, start=NOW.date(), end=NOW.date(), state="active"))
        assert connection.execute(select(Entry.id)).all()
    assert works(sheet(service))["宣讲、团课、思政课"][2] == 0


def test_a_window_gone_by_says_what_it_lacked(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
    conversation(service)("王干事: 3月10日到城关小学驻校1天", "王干事: 是")
    found = goals(sheet(service))
    assert found["3月集中驻校", "3月"][15:17] == (1, "差4")
    assert found["9月集中驻校", "9月"][15:17] == (0, "差5")
    assert found["调研报告", "2026年"][16] == "未开始"
