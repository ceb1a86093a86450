"""Official forms, opened and compared cell by cell, and with what the chat says of the same people."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import insert, update

from bot.forms.ledger import make_ledger
from bot.forms.order import Made, Order
from bot.forms.schedule import make_schedule
from bot.forms.summary import KEYS, make_summary
from bot.forms.task_list import make_task_list
from bot.service import Service
from models.items import Item
from models.people import Assignment, Person
from models.records import Plan
from models.units import School, Unit
from tests.orders import NOW, order
from tests.staffed import Say

CHINA = ZoneInfo("Asia/Shanghai")
HEADING = [
    None,
    "姓名",
    "工作单位及职务",
    "联系电话",
    "邮箱",
    "微信号",
    "高等院校（院系、年级、班级）及校团委书记姓名、联系方式",
    None,
    "高级中学（年级、班级）及校团委书记姓名、联系方式",
    None,
    "初级中学（年级、班级）及校团委书记姓名、联系方式",
    None,
    "完全中学（年级、班级）及校团委书记姓名、联系方式",
    None,
    "九年一贯制学校（年级、班级）及校团委书记姓名、联系方式",
    None,
    "中等职业学校（专业、年级、班级）及校团委书记姓名、联系方式",
    None,
    None,
    None,
]


def made(service: Service, maker: Callable[[Order], Made], unit: int = 1, **changes: object) -> Made:
    with service.engine.connect() as connection:
        return maker(order(service, connection, unit, **changes))


def opened(file: Made) -> Workbook:
    return load_workbook(io.BytesIO(file.content))


def cells(page: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in page[row]]


def league(service: Service) -> None:
    """Make the tree one of the second document, with a senior high school, its secretary, and a plan for March."""
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
        connection.execute(update(School).where(School.unit_id == 4).values(kind="senior_high"))
        contact = {
            "phone": service.vault.lock("13800001111"),
            "wechat": service.vault.lock("=cmd()"),
            "title": "副书记",
        }
        connection.execute(update(Person).where(Person.id == 1).values(**contact))
        head = {"unit_id": 4, "name": "郑书记", "title": "校团委书记", "phone": service.vault.lock("13700002222")}
        connection.execute(insert(Person).values(id=20, roles="cadre", post="part_time", position=1, **head))
        span = {"start": date(2026, 3, 9), "end": date(2026, 3, 13), "activity": "on_site", "state": "done"}
        connection.execute(insert(Plan).values(person_id=1, made_at=NOW, **span))


def test_schedule_has_the_official_headings_and_groups(service: Service) -> None:
    page = opened(made(service, make_schedule))["工作安排表"]
    assert page.max_column == 20
    assert page["A1"].value == "2026 年全区学校共青团“驻校蹲班”工作安排表"
    assert page["A2"].value == "盟市（高校）团委：长安市团委"
    assert cells(page, 3) == [None, "参加人员", *[None] * 4, "入驻学校", *[None] * 11, "驻校蹲班预计时间", None]
    assert cells(page, 4) == HEADING
    assert [v for row in range(5, page.max_row + 1) if (v := page.cell(row, 1).value)] == [
        "盟市",
        "旗县",
        "高校",
        "中学",
        "中职",
    ]
    joined = {str(found) for found in page.merged_cells.ranges}
    assert {"A1:T1", "B3:F3", "G3:R3", "S3:T3", "G4:H4", "Q4:R4"} <= joined


def test_schedule_is_filled_from_roster_assignment_classes_and_plans(service: Service, said: Say) -> None:
    league(service)
    said("王干事: 高一3班45人，已覆盖38人")
    page = opened(made(service, make_schedule))["工作安排表"]
    row = next(cells(page, n) for n in range(5, page.max_row + 1) if page.cell(n, 2).value == "王干事")
    assert row[2:6] == ["沁水县团委副书记", "13800001111", None, "'=cmd()"]
    assert re.fullmatch(r"城关小学（.*3.*）", str(row[8]))
    assert row[9] == "郑书记 13700002222"
    assert row[18:] == ["3月9日—13日", None]
    assert [row[at] for at in (6, 7, 10, 11, 12, 13, 14, 15, 16, 17)] == [None] * 10


def test_schedule_lists_what_nobody_gave(service: Service) -> None:
    league(service)
    book = opened(made(service, make_schedule))
    lacking = {page[1]: page[2] for page in book["未填项"].iter_rows(min_row=3, values_only=True)}
    assert lacking["王干事"] == "邮箱、城关小学的班级、9月预计时间"
    assert "清河区第二中学不在表内六类学校中" in str(lacking["赵干事"])


def test_schedule_leaves_out_who_has_left_and_who_practises(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(left_on=date(2026, 10, 1)))
        connection.execute(update(Person).where(Person.id == 2).values(training=True))
    shown = made(service, make_schedule).people
    assert not {1, 2} & set(shown)
    assert 3 in shown


def test_an_ended_assignment_of_an_earlier_year_is_not_in_the_schedule(service: Service) -> None:
    league(service)
    with service.engine.begin() as connection:
        connection.execute(update(Assignment).where(Assignment.person_id == 1).values(end=date(2025, 12, 1)))
    page = opened(made(service, make_schedule))["工作安排表"]
    row = next(cells(page, n) for n in range(5, page.max_row + 1) if page.cell(n, 2).value == "王干事")
    assert row[6:18] == [None] * 12


def test_task_list_says_what_the_chat_says(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天，访谈队员13名、辅导员2名", "王干事: 今天宣讲1场")
    replies = said("王干事: 进度", "王干事: 更多", "王干事: 更多", "王干事: 更多")
    chat = dict(re.findall(r"(驻校|队员|辅导员|宣讲)(\d+/\d+)", "\n".join(replies)))
    page = opened(made(service, make_task_list))["完成情况"]
    rows = [row for row in page.iter_rows(min_row=3, values_only=True) if row[1] == "王干事"]
    sheet = {str(row[3]).split()[-1]: f"{row[5]}/{row[4]}" for row in rows}
    assert chat == {"驻校": "1/10", "队员": "13/20", "辅导员": "2/10", "宣讲": "1/1"}
    assert {name: sheet[name] for name in chat} == chat
    assert {str(row[3]).split()[-1]: row[8] for row in rows}["宣讲"] == "已完成"


def test_whoever_is_under_another_document_is_in_its_rows_alone(service: Service, said: Say) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 2).values(policies="league_im_2021"))
    rows = list(opened(made(service, make_task_list))["完成情况"].iter_rows(min_row=3, values_only=True))
    mine = {str(row[3]).split()[-1] for row in rows if row[1] == "李干事"}
    assert "队员" not in mine
    assert "团学干部" in mine
    assert any(row[2] for row in rows if row[1] == "李干事")


def test_task_list_stops_at_the_end_of_its_month(service: Service, said: Say) -> None:
    said("王干事: 10月15日访谈队员4名", "王干事: 今天访谈队员9名")
    file = made(service, make_task_list, start=date(2026, 10, 1), end=date(2026, 10, 31))
    page = opened(file)["完成情况"]
    row = next(r for r in page.iter_rows(min_row=3, values_only=True) if r[1] == "王干事" and "队员" in str(r[3]))
    assert (row[5], page["A1"].value) == (4, "长安市团委2026年10月任务清单完成情况（截至2026-10-31）")


def test_task_list_adds_up_by_unit(service: Service, said: Say) -> None:
    said("王干事: 今天访谈队员20名", "赵干事: 今天访谈队员7名")
    page = opened(made(service, make_task_list))["合计"]
    sums = {(row[0], row[1]): row[2:] for row in page.iter_rows(min_row=3, values_only=True)}
    assert sums["沁水县团委", "队员"][1:] == (1, 20)
    assert sums["清河区团委", "队员"][1:] == (0, 7)


def test_unit_sheet_says_what_the_chat_says(service: Service, said: Say) -> None:
    said(
        "王干事: 今天到城关小学驻校1天，访谈队员3名",
        "赵干事: 11月19日驻校半天",
        "李干事: 今天宣讲1场，80名队员参加",
    )
    chat = "\n".join(said("周督导: 全市进度"))
    page = opened(made(service, make_summary))["统计表"]
    assert cells(page, 2) == list(KEYS)
    rows = {str(row[0]): row for row in page.iter_rows(min_row=3, values_only=True)}
    shown = dict(re.findall(r"(\S+团委)(?:本级)? (\d+/\d+人，驻校[\d.]+)天", chat))
    assert len(shown) >= 2
    assert {name: f"{rows[name][2]}/{rows[name][1]}人，驻校{rows[name][3]:g}" for name in shown} == shown
    assert rows["合计"][1] == sum(rows[name][1] for name in rows if name.endswith("团委"))
    assert rows["沁水县团委"][KEYS.index("覆盖（人次）")] == 80


def test_unit_sheet_keeps_the_official_order(service: Service, said: Say) -> None:
    said("赵干事: 今天访谈队员20名")
    page = opened(made(service, make_summary))["统计表"]
    names = [row[0] for row in page.iter_rows(min_row=3, values_only=True)]
    assert names.index("沁水县团委") < names.index("清河区团委") < names.index("合计")


def test_school_mix_is_that_of_the_chat_and_names_no_weak_school(service: Service, said: Say) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(School).where(School.unit_id == 4).values(weak=True))
    chat = said("周督导: 学校构成")[-1]
    rows = list(opened(made(service, make_summary))["学校构成"].iter_rows(min_row=3, values_only=True))
    assert rows == [("小学", "乡", 3), ("合计", None, 3), ("其中基础薄弱", None, 1)]
    assert "蹲点学校3所" in chat
    assert "基础薄弱的1所" in chat


def test_means_round_as_people_do(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天")
    rows = {r[0]: r for r in opened(made(service, make_summary))["统计表"].iter_rows(min_row=3, values_only=True)}
    assert (rows["合计"][1], rows["合计"][3], rows["合计"][4]) == (4, 1, 0.3)


def test_17_raised_and_solved_are_two_numbers_and_no_share(service: Service, said: Say) -> None:
    said("王干事: 反映一个问题：学校没有队室", "赵干事: 反映一个问题：缺辅导员", "周督导: 问题台账")
    number = next(opened(made(service, make_ledger))["问题台账"].iter_rows(min_row=3, values_only=True))[0]
    said(f"周督导: 问题{number}已解决")
    page = opened(made(service, make_summary))["统计表"]
    heading = [cell.value for cell in page[2]]
    total = next(row for row in page.iter_rows(min_row=3, values_only=True) if row[0] == "合计")
    assert [total[heading.index(title)] for title in ("收集问题（件）", "已解决（件）")] == [2, 1]
    shown = [(cell.value, cell.number_format) for row in page.iter_rows() for cell in row]
    assert not [both for both in shown if "%" in f"{both}"]
    assert not [line for line in said("周督导: 问题台账") if "%" in line]


def test_ledger_tells_the_way_of_a_problem_and_runs_no_formula(service: Service, said: Say) -> None:
    said("王干事: 反映一个问题：学校没有队室", "赵干事: 反映一个问题：缺辅导员")
    said("周督导: 问题台账")
    with service.engine.begin() as connection:
        connection.execute(update(Item).where(Item.kind == "issue", Item.person_id == 1).values(text="=HYPERLINK(1)"))
    first = opened(made(service, make_ledger))["问题台账"]
    rows = list(first.iter_rows(min_row=3, values_only=True))
    assert [(row[1], row[2], row[6]) for row in rows] == [("沁水县团委", None, "待办"), ("清河区团委", None, "待办")]
    assert rows[0][4] == "'=HYPERLINK(1)"
    said(f"周督导: 问题{rows[1][0]}已解决")
    after = list(opened(made(service, make_ledger))["问题台账"].iter_rows(min_row=3, values_only=True))
    assert after[1][6:8] == ("已解决", 0)
    assert after[1][8].date() == date(2026, 11, 20)


def test_ledger_names_only_the_own_units_people(service: Service, said: Say) -> None:
    said("王干事: 反映一个问题：学校没有队室")
    file = made(service, make_ledger, unit=2)
    assert (opened(file)["问题台账"]["C3"].value, file.people) == ("王干事", (1,))


def test_ledger_keeps_to_the_days_asked_for(service: Service, said: Say) -> None:
    said("王干事: 反映一个问题：学校没有队室")
    page = opened(made(service, make_ledger, end=date(2026, 11, 1)))["问题台账"]
    assert page.max_row == 2
