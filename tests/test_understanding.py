"""The corpus is the specification: every labelled message means what its label says."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.understanding import understand
from bot.understanding.__main__ import run
from bot.understanding.arbitrate import MERELY
from bot.understanding.lexer import lex
from bot.understanding.meaning import meaning_json
from bot.understanding.vocabulary import vocabulary
from tests.corpus_rules import GIVEN, OWN, labelled, right, wrong

NOW = datetime(2026, 11, 20, 17, 30)  # noqa: DTZ001 - the service's local time
FILES = sorted(path for path in OWN.glob("*.jsonl") if path.stem != "masking")
SHARES = {"messages.jsonl": 0.98, "peers.jsonl": 0.95}


def answer(gold: dict[str, Any]) -> dict[str, Any]:
    return meaning_json(understand(gold["text"], datetime.fromisoformat(gold["now"])))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_own_message_is_right(path: Path) -> None:
    faults = {gold["text"]: found for gold in labelled(path) if (found := wrong(gold, answer(gold)))}
    assert not faults


@pytest.mark.parametrize("name", SHARES)
def test_given_messages_are_right(name: str) -> None:
    if not (GIVEN / name).exists():
        pytest.skip("the given corpus is not here")
    found = [right(gold, answer(gold)) for gold in labelled(GIVEN / name)]
    assert sum(found) / len(found) >= SHARES[name]


def test_own_corpus_is_large() -> None:
    assert sum(len(list(labelled(path))) for path in FILES) >= 600


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("队员", {"audience": "pioneer"}),
        ("3", {"count": 3}),
        ("又5个", {"count": 5}),
        ("昨天", {"start": NOW.date().replace(day=19), "end": NOW.date().replace(day=19)}),
        ("实验小学", {"place": "实验小学"}),
        ("宣讲", {"activity": "lecture"}),
        ("3名队员", {"count": 3, "audience": "pioneer"}),
    ],
)
def test_bare_answers_leave_a_fragment(text: str, fragment: dict[str, Any]) -> None:
    assert understand(text, NOW).fragment == fragment


def test_vague_counts_keep_their_bound() -> None:
    entry = understand("访谈了20多名队员", NOW).entries[0]
    assert (entry.count, entry.at_least) == (None, 20)


def test_those_met_before_are_told() -> None:
    assert understand("访谈队员8名，其中3名上次谈过", NOW).entries[0].met_before == 3


def test_a_forum_is_an_interview_of_those_who_came() -> None:
    entry = understand("召开座谈会1场，8名队员参加", NOW).entries[0]
    assert (entry.activity, entry.audience, entry.count, entry.method) == ("interview", "pioneer", 8, "forum")


def test_a_relayed_line_carries_its_person() -> None:
    told = understand("#接龙\n1. 赵敏 到校 队员3\n2. 我 队员2", NOW).entries
    assert [entry.colleague for entry in told] == ["赵敏", "赵敏", None]


def test_a_class_reached_keeps_its_size() -> None:
    entry = understand("高一3班45人，已覆盖38人", NOW).entries[0]
    assert (entry.activity, entry.count, entry.of, entry.class_name) == ("coverage", 38, 45, "高一3班")


def test_values_are_cut_as_typed() -> None:
    assert understand("今天去實驗小學蹲點", NOW).entries[0].place == "實驗小學"


@pytest.mark.parametrize(
    ("text", "full"),
    [("全天蹲班", True), ("蹲班半天", False), ("上午到校", False), ("一上午都在校", False), ("到校", None)],
)
def test_whole_and_half_days_are_told(text: str, full: bool | None) -> None:
    assert understand(text, NOW).entries[0].full_day is full


@pytest.mark.parametrize(
    ("text", "dated"), [("昨天访谈3名队员", True), ("访谈3名队员", False), ("访谈3名队员，昨天的", True)]
)
def test_it_is_told_whether_a_day_was_said(text: str, dated: bool) -> None:
    assert understand(text, NOW).entries[0].dated is dated


def test_a_day_that_does_not_exist_is_kept_in_words() -> None:
    entry = understand("2月30日访谈3名队员", NOW).entries[0]
    assert (entry.start, entry.end, entry.invalid) == (None, None, "2月30日")


def test_lines_are_answered_in_order_and_faults_named() -> None:
    out = io.StringIO()
    run(['{"text": "到校", "now": "2026-11-20T17:30:00"}', "no json", "[]", '{"text": "撤销", "now": "x"}', ""], out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [next(iter(a)) for a in answers] == ["intent", "error", "error", "error"]


def test_explaining_names_a_rule_for_each_stretch() -> None:
    why = understand("昨天访谈3名队员", NOW, explain=True).trace
    assert [one.words for one in why if one.rule.startswith("word")] == ["昨天", "访谈", "3名", "队员"]
    assert any(one.rule.startswith("deed") for one in why)


def test_what_ends_early_can_tell_of_nothing() -> None:
    words = [word for word in vocabulary().roles if MERELY.issuperset(word)]
    roles = {role for word in words for role in vocabulary().roles[word]} | {
        role for letter in MERELY for token in lex(letter) for role in token.roles
    }
    assert words
    assert not {"act", "aud", "num", "date", "school", "go", "visit", "link", "lead", "say", "half_day"} & roles
