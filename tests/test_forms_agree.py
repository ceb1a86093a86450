"""One set of numbers: after any history every form says what the chat says, cell by cell."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.forms.places import Places
from bot.forms.registry import write
from bot.forms.summary import KEYS
from bot.replay import Player
from bot.service import Service
from tests.conftest import fresh_sqlite
from tests.orders import order
from tests.staffed import staffed

TERM = "2026-2027学年第一学期"
WHO = {"王干事": 1, "李干事": 2, "赵干事": 3}
GOALS = ("驻校", "队员", "辅导员", "宣讲")
FIGURE = re.compile(rf"({'|'.join(GOALS)})(\d+(?:\.\d+)?)/\d+(?:\.\d+)?天?(?:\(另([\d.]+)\))?")
UNIT = re.compile(r"(\S+?团委)(?:本级)? (\d+)/(\d+)人，驻校([\d.]+)天")

DEED = st.tuples(
    st.sampled_from(tuple(WHO)),
    st.sampled_from(
        (
            "今天驻校1天",
            "昨天驻校半天",
            "{day}日驻校1天",
            "本周驻校{few}天",
            "{day}日访谈队员{n}名",
            "{day}日访谈辅导员{n}名",
            "{day}日座谈队员{n}名",
            "{day}日宣讲{few}场，{n}0名队员参加",
            "今天访谈队员{n}名、辅导员{few}名，其中1名队员上次谈过",
            "撤销",
            "改成{n}名",
            "删除宣讲",
        )
    ),
    st.integers(1, 19).map(lambda day: f"11月{day}"),
    st.integers(1, 9),
    st.integers(1, 2),
)


def content(service: Service, form: str, **changes: object) -> io.BytesIO:
    out = io.BytesIO()
    with service.engine.connect() as connection:
        made = order(service, connection)
        for name, value in changes.items():
            object.__setattr__(made, name, value)
        write(made, form, out)
    out.seek(0)
    return out


def chat_of(player: Player, shown: list[str], name: str) -> dict[str, float]:
    """What the chat tells somebody of the four goals."""
    before = len(shown)
    player.play([f"{name}: 进度", *[f"{name}: 更多"] * 4])
    found = FIGURE.findall("\n".join(shown[before:]))
    return {goal: float(done) + float(over or 0) for goal, done, over in found}


def year_cells(service: Service, person: int) -> dict[str, float]:
    page = load_workbook(content(service, "year_sheet", person=person))["年度表"]
    rows = [row for row in page.iter_rows(values_only=True) if row[1] == TERM]
    return {name: float(row[15]) for row in rows if (name := str(row[0]).partition("（")[0]) in GOALS}


def task_cells(service: Service) -> dict[str, dict[str, float]]:
    page = load_workbook(content(service, "task_list"))["完成情况"]
    found: dict[str, dict[str, float]] = {name: {} for name in WHO}
    for row in page.iter_rows(min_row=3, values_only=True):
        goal = str(row[3]).split()[-1]
        if row[1] in found and goal in GOALS:
            found[row[1]][goal] = float(row[5])
    return found


def review_cells(service: Service, person: int) -> dict[str, float]:
    first, last = date(2026, 9, 1), date(2026, 11, 20)
    paper = docx.Document(content(service, "own_review", viewer=person, start=first, end=last))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    return {row[0]: float(row[3]) for row in rows if row[0] in GOALS}


@given(st.lists(DEED, min_size=1, max_size=10))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_form_says_what_the_chat_says(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, str, str, int, int]]
) -> None:
    with staffed(fresh_sqlite(sqlite_template, tmp_path_factory.mktemp("agree"))) as service:
        shown: list[str] = []
        player = Player(service, shown.append)
        player.play(["now 2026-11-20 17:30"])
        for who, words, day, n, few in deeds:
            player.play([f"{who}: {words.format(day=day, n=n, few=few)}"])
        tasks = task_cells(service)
        for name, number in WHO.items():
            chat = chat_of(player, shown, name)
            assert set(chat) == set(GOALS)
            assert tasks[name] == chat
            assert year_cells(service, number) == chat
            assert review_cells(service, number) == chat
        agree_on_units(service, player, shown)


def agree_on_units(service: Service, player: Player, shown: list[str]) -> None:
    """The chat's line of each unit, the table of units, the draft's table and the places of an own workbook."""
    player.play(["周督导: 全市进度"])
    chat = {name: (int(begun), int(bound), float(days)) for name, begun, bound, days in UNIT.findall(shown[-1])}
    assert {"沁水县团委", "清河区团委"} <= set(chat)
    page = load_workbook(content(service, "summary"))["统计表"]
    rows = {row[0]: dict(zip(KEYS, row, strict=True)) for row in page.iter_rows(min_row=3, values_only=True)}
    for name, (begun, bound, days) in chat.items():
        row = rows[name]
        assert (row["已开展人数"], row["应参加人数"], float(row["蹲点天数合计"])) == (begun, bound, days)
    with service.engine.connect() as connection:
        places = Places(order(service, connection))
        for name, (_, _, days) in chat.items():
            assert float(str(places.value(f"{name}.驻校天数"))) == days
        assert places.value("宣讲场数") == rows["合计"]["宣讲/团课（场）"]
    paper = docx.Document(content(service, "review", start=date(2026, 9, 1), end=date(2026, 11, 20)))
    units = next(t for t in paper.tables if t.rows[0].cells[0].text == "单位")
    told = {row.cells[0].text: float(row.cells[3].text) for row in units.rows[1:]}
    assert {name: told[name] for name in chat if name in told} == {n: chat[n][2] for n in chat if n in told}
    assert told
