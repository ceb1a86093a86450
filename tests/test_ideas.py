"""Ideas and rows: what a word stands for, what hides it, and what a row needs of a message."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.understanding import understand
from bot.understanding.commands import ideas, rows
from bot.understanding.commands.frame import Frame, frame
from bot.understanding.commands.ideas import see
from bot.understanding.commands.loosely import BEFORE_AMENDS
from bot.understanding.commands.loosely import ROWS as LATER
from bot.understanding.commands.rows import Row, Rows
from bot.understanding.normal import normalise

NOW = datetime(2026, 11, 20, 17, 30)  # noqa: DTZ001 - local wall clock, as understanding takes it
ROWS = (*BEFORE_AMENDS, *LATER.rows)


def seen(text: str) -> Frame:
    return frame(normalise(text), NOW)


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("催一下", "urge", "self"),
        ("给我看看", "view", "self"),
        ("我看看", "view", "urge"),
        ("一年级", "noise", "per"),
        ("好使不", "whether", "urge"),
        ("干了没干", "whether", "urge"),
        ("不对", "wrong", "whether"),
        ("驻校", "doing", "self"),
    ],
)
def test_a_word_stands_for_its_ideas_unless_it_is_hidden(text: str, has: str, lacks: str) -> None:
    found = see(text)
    assert found.has(has)
    assert not found.has(lacks)


def test_a_longer_word_stands_also_for_what_its_beginning_does() -> None:
    assert see("差距").has("left")
    assert not see("咋样").has("how")


@pytest.mark.parametrize(
    ("said", "text", "fits"),
    [
        ("self left", "我还差", True),
        ("self left", "还差多少", False),
        ("self|unit left", "全县还差", True),
        ("left -self", "我还差", False),
        ("problem>neg", "问题没办", True),
        ("problem>neg", "没问题", False),
        ("urge @name", "催催李红", True),
        ("urge @name", "催一下", False),
        ("urge -@name", "催一下", True),
        ("* erase", "快递删了", True),
        ("erase", "快递删了", False),
    ],
)
def test_a_row_needs_what_it_says(said: str, text: str, fits: bool) -> None:
    assert (Rows((Row("help", said),)).first(seen(text)) is not None) is fits


def test_the_first_row_whose_slots_can_be_made_is_the_reading() -> None:
    rows = Rows((Row("help", "urge", lambda _frame, _seen: None), Row("more", "urge")))
    found = rows.first(seen("催一下"))
    assert found is not None
    assert found.intent == "more"


def test_every_row_names_ideas_and_facts_that_exist() -> None:
    known = ideas.dictionary().bits
    for row in ROWS:
        for part in row.said.split():
            names = re.split(r"[|>]", part.strip("-@*"))
            wanted = {*rows.FACTS, *rows.LENGTHS} if "@" in part else {*known}
            assert all(name in wanted for name in names if name), row.said
            assert part[:2] != "-@" or names[0] not in rows.LENGTHS, row.said


def test_every_idea_is_used() -> None:
    used = {name for row in ROWS for part in row.said.split() for name in re.split(r"[|>]", part.strip("-@*"))}
    asked_for = used | set(ideas.WHOLE) | set(ideas.ALONE) | {"elsewhere", "product", "handed_on", "office"}
    assert set(ideas.dictionary().bits) <= asked_for


@pytest.mark.parametrize("text", ["查一下王主任", "催催老马", "王干事的清单批了", "老周那儿进度呢"])
def test_a_colleague_in_a_command_keeps_the_name(text: str) -> None:
    assert understand(text, NOW).slots["name"] in text
