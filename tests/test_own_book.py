"""A unit's own workbook: its places filled from the chat's figures, everything else as the unit made it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from bot.__main__ import main
from bot.forms.own_book import fill, make_own_book
from bot.forms.places import COLUMNS, MET, PERIODS, WORDS, Places
from bot.forms.summary import KEYS, make_summary
from bot.replay import Player
from bot.service import Service
from models.workbooks import put, workbooks
from tests.orders import NOW, order


@pytest.fixture
def service(service: Service) -> Service:
    """A service on the small roster, everybody joined, with a little done."""
    lines = [
        "王干事: 今天到城关小学驻校1天，访谈队员3名",
        "赵干事: 昨天驻校1天",
        "李干事: 10月12日宣讲1场，80名队员参加",
    ]
    Player(service, lambda _: None).play(["now 2026-11-20 17:30", *lines])
    return service


def book() -> Workbook:
    made = Workbook()
    page = made.worksheets[0]
    page.title = "季报"
    page["A1"] = "{{单位}}蹲点情况（截至{{截止日期}}）"
    page["A1"].font = Font(name="黑体", size=18, color="FF0000")
    page["B3"], page["B3"].number_format = "{{驻校天数}}", "0.0"
    page["B3"].fill = PatternFill("solid", start_color="FFFF00")
    page["B4"] = "{{ 沁水县团委.驻校天数 }}"
    page["B5"] = "{{10月.宣讲场数}}"
    page["B6"] = "{{今年.访谈队员}}"
    page["B7"] = "{{没有这个数}}"
    page["B8"] = "共{{应参加人数}}人，{{没有这个}}人"
    page["B9"], page["B10"] = "=B3*2", "=SUM(B3:B4)"
    page["C3"] = "原样"
    made.defined_names["覆盖人次"] = DefinedName("覆盖人次", attr_text="季报!$D$20")
    made.defined_names["我的区域"] = DefinedName("我的区域", attr_text="季报!$A$1:$B$2")
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=3, max_row=6))
    page.add_chart(chart, "F2")
    return made


def bytes_of(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def filled(service: Service, content: bytes, unit: int = 1) -> tuple[Workbook, list[tuple[str, str, str]]]:
    with service.engine.connect() as connection:
        done = fill(content, Places(order(service, connection, unit, viewer=5)).value)
    return load_workbook(io.BytesIO(done.content)), done.unknown


def test_places_hold_the_figures_of_the_table_of_units(service: Service) -> None:
    page = filled(service, bytes_of(book()))[0]["季报"]
    with service.engine.connect() as connection:
        table = load_workbook(io.BytesIO(make_summary(order(service, connection, viewer=5)).content))["统计表"]
    rows = {row[0]: dict(zip(KEYS, row, strict=True)) for row in table.iter_rows(min_row=3, values_only=True)}
    assert page["A1"].value == "长安市团委蹲点情况（截至2026年11月20日）"
    assert page["B3"].value == rows["合计"]["蹲点天数合计"] == 2
    assert page["B4"].value == rows["沁水县团委"]["蹲点天数合计"] == 1
    assert [page[at].value for at in ("B5", "B6", "D20")] == [1, 3, 80]
    assert page["B8"].value == f"共{rows['合计']['应参加人数']}人，{{{{没有这个}}}}人"


def test_every_place_has_its_figure(service: Service) -> None:
    with service.engine.connect() as connection:
        places = Places(order(service, connection, viewer=5))
        for name in (*WORDS, *COLUMNS, *MET, *(f"{span}.驻校天数" for span in PERIODS), "2月.人均天数"):
            assert places.knows(name), name
        for name in ("驻校", "13月.驻校天数", "某县.驻校天数", "本月.沁水县团委.驻校天数", "本月.单位", "."):
            assert not places.knows(name), name


def test_what_is_no_place_stays_and_is_listed(service: Service) -> None:
    made, unknown = filled(service, bytes_of(book()))
    assert made["季报"]["B7"].value == "{{没有这个数}}"
    assert unknown == [("季报", "B7", "没有这个数"), ("季报", "B8", "没有这个")]


def test_formulas_styles_and_charts_stay(service: Service) -> None:
    content = bytes_of(book())
    with service.engine.connect() as connection:
        done = fill(content, Places(order(service, connection, viewer=5)).value).content
    page = load_workbook(io.BytesIO(done))["季报"]
    assert (page["B9"].value, page["B10"].value, page["C3"].value) == ("=B3*2", "=SUM(B3:B4)", "原样")
    assert (page["A1"].font.name, page["A1"].font.size, page["B3"].number_format) == ("黑体", 18, "0.0")
    assert page["B3"].fill.start_color.rgb == "00FFFF00"
    with ZipFile(io.BytesIO(content)) as before, ZipFile(io.BytesIO(done)) as after:
        same = [name for name in before.namelist() if before.read(name) == after.read(name)]
        assert set(before.namelist()) - set(same) == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
        assert b'fullCalcOnLoad="1"' in after.read("xl/workbook.xml")


def test_no_figure_is_left_from_before(service: Service) -> None:
    content = bytes_of(book())
    with ZipFile(io.BytesIO(content)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(r"<f>B3\*2</f><v ?/?>(</v>)?", "<f>B3*2</f><v>999</v>", sheet).encode()
    assert b"999" in parts["xl/worksheets/sheet1.xml"]
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    assert filled(service, out.getvalue())[0]["季报"]["B9"].value == "=B3*2"
    with service.engine.connect() as connection:
        done = fill(out.getvalue(), Places(order(service, connection, viewer=5)).value).content
    with ZipFile(io.BytesIO(done)) as made:
        assert b"999" not in made.read("xl/worksheets/sheet1.xml")


def test_words_put_in_are_no_formula(service: Service) -> None:
    done = fill(bytes_of(book()), {"单位": "=cmd()", "截止日期": "x"}.__getitem__)
    assert load_workbook(io.BytesIO(done.content))["季报"]["A1"].value == "'=cmd()蹲点情况（截至x）"


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", b"\xd0\xcf\x11\xe0" * 20])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="xlsx"):
        fill(content, lambda _: 1)


def test_a_workbook_serves_its_unit_and_those_below(service: Service) -> None:
    with service.engine.begin() as connection:
        put(connection, 1, "季报", bytes_of(book()), NOW)
        put(connection, 2, "季报", bytes_of(book()), NOW)
        put(connection, 2, "周报", bytes_of(book()), NOW)
    with service.engine.connect() as connection:
        assert [(one.unit_id, one.name) for one in workbooks(connection, "/1/")] == [(1, "季报")]
        held = {one.name: one.unit_id for one in workbooks(connection, "/1/2/")}
    assert held == {"季报": 2, "周报": 2}


def test_it_is_asked_for_by_its_name_in_chat(service: Service) -> None:
    with service.engine.begin() as connection:
        put(connection, 1, "季度走访表", bytes_of(book()), NOW)
        number = workbooks(connection, "/1/")[0].id
    shown: list[str] = []
    player = Player(service, shown.append, said=900)
    player.play(["now 2026-11-20 17:40", "孙管理: 导出季度走访表"])
    assert "沁水县团委季度走访表已备好" in shown[-1]
    player.play(["王干事: 导出季度走访表"])
    assert "已备好" not in shown[-1]
    with service.engine.connect() as connection:
        made = make_own_book(order(service, connection, 2, viewer=5, book=number))
    assert load_workbook(io.BytesIO(made.content))["季报"]["A1"].value.startswith("沁水县团委")


@pytest.fixture
def run(service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs a command on the service's database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", service.settings.database_url)
    monkeypatch.setenv("DUNDIAN_DEMO", "1")
    monkeypatch.setenv("DUNDIAN_POLICIES", str(Path(__file__).parent.parent / "policies"))

    def command(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["templates", *words])
        return result.exit_code, result.output

    return command


def test_commands_put_list_fill_and_remove(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "季报.xlsx").write_bytes(bytes_of(book()))
    code, said = run("put", "季报.xlsx", "--unit", "沁水县团委")
    assert code == 0
    assert "季报!B7: {{没有这个数}} is no place" in said
    assert run("list") == (0, "沁水县团委\t季报\n")
    assert run("fill", "季报.xlsx", "out.xlsx", "--unit", "沁水县团委")[0] == 0
    assert load_workbook(tmp_path / "out.xlsx")["季报"]["A1"].value.startswith("沁水县团委蹲点情况")
    assert run("remove", "季报", "--unit", "沁水县团委")[0] == 0
    assert run("remove", "季报", "--unit", "沁水县团委")[0] == 1
    assert run("list") == (0, "")
    (tmp_path / "wrong.xlsx").write_bytes(b"no")
    assert run("put", "wrong.xlsx", "--unit", "沁水县团委")[0] == 1


def test_the_list_of_places_is_in_the_guide(run: Callable[..., tuple[int, str]]) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "places.md").read_text("utf-8")
    said = run("places")[1]
    for name in (*WORDS, *COLUMNS, *MET, *PERIODS):
        assert f"`{name}`" in guide, name
        assert name in said
