"""半年总结、年度总结 and the other forms by link: the chat's numbers, places left to write, nothing that nobody gave."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from zipfile import ZipFile

import docx
from docx.document import Document as Paper
from docx.enum.text import WD_COLOR_INDEX
from openpyxl import Workbook, load_workbook
from sqlalchemy import insert, update

from bot.forms.chart import Series, months_chart
from bot.forms.hardship import HIDDEN
from bot.forms.order import Made
from bot.forms.registry import MAKERS, WRITERS, write
from bot.forms.summary import KEYS
from bot.service import Service
from handlers.forms import FORMS
from models.filing import duties, offices
from models.items import Item
from models.people import Assignment, Person
from models.records import Entry
from models.units import Unit
from tests.orders import NOW, order
from tests.staffed import Say

HALF = {"start": date(2026, 7, 1), "end": date(2026, 12, 31), "kind": "2026年下半年"}


def made(service: Service, form: str, unit: int = 1, **changes: object) -> tuple[Made, bytes]:
    out = io.BytesIO()
    with service.engine.connect() as connection:
        return write(order(service, connection, unit, **changes), form, out), out.getvalue()


def paper(service: Service, form: str, unit: int = 1, **changes: object) -> Paper:
    return docx.Document(io.BytesIO(made(service, form, unit, **changes)[1]))


def book(service: Service, form: str, unit: int = 1, **changes: object) -> Workbook:
    return load_workbook(io.BytesIO(made(service, form, unit, **changes)[1]))


def texts(found: Paper) -> list[str]:
    return [line.text for line in found.paragraphs]


def tables(found: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found.tables]


def test_every_form_that_chat_names_has_its_maker() -> None:
    assert set(FORMS) == set(MAKERS) | set(WRITERS)


def test_a_draft_holds_the_figures_of_the_table_of_units(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天，访谈队员3名", "李干事: 10月12日宣讲2场，80名队员参加", "赵干事: 昨天驻校1天")
    page = book(service, "summary", start=HALF["start"], end=HALF["end"])["统计表"]
    rows = {row[0]: dict(zip(KEYS, row, strict=True)) for row in page.iter_rows(min_row=3, values_only=True)}
    found = paper(service, "review", **HALF)
    words = "\n".join(texts(found))
    whole = rows["合计"]
    assert f"应参加{whole['应参加人数']}人，已开展{whole['已开展人数']}人" in words
    assert f"驻校共{whole['蹲点天数合计']}天" in words
    assert "宣讲、团课2场，覆盖80人次" in words
    units = next(table for table in tables(found) if table[0][0] == "单位")
    assert {row[0]: row[3] for row in units[1:]} == {
        name: str(row["蹲点天数合计"]) for name, row in rows.items() if str(name).endswith("团委")
    }
    tasks = next(table for table in tables(found) if table[0][0] == "任务")
    assert ["队员", "4", "0", "3"] in tasks


def test_what_only_people_know_is_marked_and_left_open(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天")
    for form in ("review", "own_review", "skeleton"):
        found = paper(service, form, **HALF | ({"kind": "report"} if form == "skeleton" else {}))
        marked = [run for line in found.paragraphs for run in line.runs if run.font.highlight_color]
        assert len([run for run in marked if run.text.startswith("【请填写：")]) >= 3
        assert all(run.font.highlight_color == WD_COLOR_INDEX.YELLOW for run in marked)


def test_a_draft_has_one_chart_whose_months_are_the_totals(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天", "王干事: 10月12日驻校1天")
    content = made(service, "review", **HALF)[1]
    with ZipFile(io.BytesIO(content)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.startswith("word/media/")]
    assert [one[:4] for one in pictures] == [b"\x89PNG"]


def test_a_chart_shows_other_values_otherwise() -> None:
    from decimal import Decimal

    some = [months_chart(["9月", "10月"], [Series("驻校", "天", (Decimal(1), Decimal(value)))]) for value in (0, 3, 3)]
    assert some[0] != some[1] == some[2]
    assert len(months_chart(["9月"], [Series("驻校", "天", (Decimal(0),))])) < 60_000


def test_ones_own_draft_says_what_the_chat_says(service: Service, said: Say) -> None:
    replies = said(
        "王干事: 今天到城关小学驻校1天，访谈队员13名",
        "王干事: 反映一个问题：学校没有队室",
        "王干事: 进度",
        "王干事: 更多",
    )
    chat = dict(re.findall(r"(驻校|队员)(\d+)/\d+", "\n".join(replies)))
    found = paper(service, "own_review", 2, **HALF)
    table = {row[0]: row[3] for row in tables(found)[0]}
    assert {name: table[name] for name in chat} == chat
    assert "本人（沁水县团委 王干事）在城关小学蹲点：驻校1天，队员13名，问题建议1条。" in "\n".join(texts(found))
    assert "1. 学校没有队室" in texts(found)


def test_problems_in_a_draft_name_nobody(service: Service, said: Say) -> None:
    said("王干事: 反映一个问题：学校没有队室", "赵干事: 反映一个问题：有1名困难学生交不起餐费")
    words = "\n".join(texts(paper(service, "review", **HALF)))
    assert "共收集问题2件，已解决0件，在办2件。" in words
    assert "少数困难学生交不起餐费（清河区团委，待办）" in words
    assert "王干事" not in words


def test_a_unit_without_people_has_a_draft_too(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).values(left_on=date(2026, 7, 1)))
    assert "没有应参加人员" in "\n".join(texts(paper(service, "review", 3, **HALF)))


def test_the_mix_of_schools_is_a_table_of_its_own(service: Service) -> None:
    page = book(service, "school_mix")["学校构成"]
    assert next(page.iter_rows(min_row=3, values_only=True)) == ("小学", "乡", 3)


def test_task_lists_stand_in_words_as_they_were_approved(service: Service, said: Say) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
    said("王干事: 制定任务清单", "王干事: 改为每月走访两所学校", *["王干事: 是"] * 5, "王干事: 提交清单")
    said("陈审批: 退回王干事的任务清单，次数太多")
    found = book(service, "task_list", 2)
    words = list(found["清单内容"].iter_rows(min_row=3, values_only=True))
    mine = [row for row in words if row[1] == "王干事"]
    assert len(mine) == 6
    assert (mine[0][3], mine[0][4]) == ("每月走访两所学校", "已退回")
    assert "次数太多" in str(mine[0][5])
    assert ("没有制定",) in {row[4:5] for row in words if row[1] == "李干事"}
    states = {row[9] for row in found["完成情况"].iter_rows(min_row=3, values_only=True) if row[1] == "王干事"}
    assert states == {"已退回"}


def test_small_numbers_of_pairs_are_in_no_table(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
        row = {"unit_id": 2, "activity": "pairing", "made_at": NOW, "state": "active", "start": NOW.date()}
        connection.execute(insert(Entry).values(**row, person_id=1, count=2, end=NOW.date()))
        connection.execute(insert(Entry).values(**row, person_id=2, count=5, end=NOW.date()))
    rows = list(book(service, "task_list")["完成情况"].iter_rows(min_row=3, values_only=True))
    pairs = {row[1]: row[5] for row in rows if "结对" in str(row[3])}
    assert (pairs["王干事"], pairs["李干事"]) == (HIDDEN, 5)
    with ZipFile(io.BytesIO(made(service, "archive", 1)[1])) as kept:
        entries, goals = (
            [json.loads(line) for line in kept.read(f"{n}.jsonl").splitlines()] for n in ("entries", "goals")
        )
    assert [row["count"] for row in entries if row["activity"] == "pairing"] == [None, 5]
    assert {row["done"] for row in goals if row["rule"] == "M17"} == {None}


def test_an_archive_by_chat_is_the_operators(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天", "王干事: 反映一个问题：有2名低保学生没有校服")
    file, content = made(service, "archive", 1)
    assert (file.name, set(file.people) >= {1, 2, 3}) == ("长安市团委2026年工作档案.zip", True)
    with ZipFile(io.BytesIO(content)) as kept:
        names = set(kept.namelist())
        problems = kept.read("problems.jsonl").decode()
    assert {"说明.txt", "entries.jsonl", "entries.xlsx", "goals.xlsx", "hand_ins.jsonl"} <= names
    assert "少数低保学生没有校服" in problems


def province(service: Service) -> None:
    """A region above the prefecture, with one of its own staff at a school, and a university beside."""
    with service.engine.begin() as connection:
        connection.execute(
            insert(Unit),
            [
                {"id": 50, "name": "自治区团委", "level": "province", "path": "/50/", "position": 0},
                {"id": 51, "name": "某大学团委", "level": "university", "path": "/50/51/", "position": 9},
            ],
        )
        for number, path in ((1, "/1/"), (2, "/1/2/"), (3, "/1/3/"), (4, "/1/2/4/"), (5, "/1/2/5/"), (6, "/1/3/6/")):
            connection.execute(update(Unit).where(Unit.id == number).values(path=f"/50{path}"))
        connection.execute(update(Unit).values(policies="league_im_2021"))
        people = [{"id": 60, "unit_id": 50, "name": "省干部"}, {"id": 61, "unit_id": 51, "name": "校干部"}]
        connection.execute(insert(Person), people)
        connection.execute(insert(Assignment).values(person_id=60, school_id=4, start=date(2026, 1, 1)))


def test_staff_above_the_prefectures_stand_in_no_group_of_the_schedule(service: Service) -> None:
    province(service)
    found = book(service, "schedule", 50)
    assert found.sheetnames == ["1 长安市团委", "2 某大学团委", "未填项"]
    cells = [cell for name in found.sheetnames[:2] for row in found[name].iter_rows(values_only=True) for cell in row]
    assert "省干部" not in cells
    assert {"王干事", "校干部"} <= set(cells)
    lacking = {row[1]: row[2] for row in found["未填项"].iter_rows(min_row=3, values_only=True)}
    assert "不在表内五组中" in str(lacking["省干部"])
    assert found["1 长安市团委"]["A2"].value == "盟市（高校）团委：长安市团委"


def test_no_form_lets_words_act_as_a_formula_or_break_it(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(name="+cmd|x\x0b"))
        connection.execute(update(Unit).where(Unit.id == 3).values(name="=清河区团委"))
        item = {"kind": "issue", "unit_id": 2, "person_id": 1, "made_at": NOW, "day": NOW.date()}
        for text in ("=1+1", "\t=1", "@x", "-1", "\x1fx"):
            connection.execute(insert(Item).values(**item, text=text))
    for form in ("ledger", "task_list", "summary", "schedule", "year_sheet", "school_mix"):
        found = book(service, form)
        cells = [cell for page in found for row in page.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], form
        words = [str(cell.value) for cell in cells if isinstance(cell.value, str)]
        assert not [text for text in words if text.lstrip().startswith(("=", "+", "@"))], form
    for form in ("review", "own_review", "skeleton"):
        assert paper(service, form, **HALF | {"kind": "report" if form == "skeleton" else ""})


def test_a_draft_tells_of_the_numbers_that_were_handed_in(service: Service, said: Say) -> None:
    said("王干事: 今天到城关小学驻校1天")
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
        office = offices(connection, [1])[0]
        found = duties(service.policies, office, service.calendars.of(), NOW.date())
        due = next(one for one in found if (one.first, one.last) == (HALF["start"], HALF["end"]))
        rows = [{"bound": 9, "begun": 4}, {"bound": 2, "begun": 2}]
        data = {"rows": rows, "frozen_at": "2026-11-19T02:00:00+00:00"}
        item = {"kind": "hand_in", "unit_id": 1, "title": due.hand_in.id, "period": due.period, "status": "confirmed"}
        connection.execute(insert(Item).values(**item, data=data, made_at=NOW))
    words = "\n".join(texts(paper(service, "review", **HALF)))
    assert "已于2026年11月19日定稿：应参加11人，已开展6人" in words
    assert "定稿" not in "\n".join(texts(paper(service, "review", 2, **HALF))).replace("定稿前请核对", "")
