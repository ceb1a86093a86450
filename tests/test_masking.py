"""What may be kept of a message: the corpus both ways, and what masking promises of every text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from bot.understanding import identifiers, name_contexts, name_shapes, names, understand
from bot.understanding.masking import mask
from bot.understanding.meaning import meaning_json
from bot.understanding.names import people
from bot.understanding.normal import normalise

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("corpus").joinpath("masking.jsonl").read_text("utf-8").splitlines()
]
HIDDEN = [case for case in CASES if "hide" in case]
DROPPED = [case for case in CASES if "dropped" in case]
HARMLESS = [case["text"] for case in CASES if case.keys() == {"text"}]
MOST_OVER = 0.02
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
NOW = datetime(2026, 11, 20, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
PIECES = [
    "今天", "访谈了", "队员", "张小明", "、", "王刚", "同学", "13812345678", "学生", "被欺凌", "宣讲", "没有", "【秘密】", "李老师", "和", "聊了聊", "3名",
    "家住和平路12号", "生日", "2014年5月6日", "微信", "abc12345", "晋D12345", "苏日娜", "小明", "·", "\u200b", "🎉", "\n", "〔学生〕", "绑定",
]  # fmt: skip
HOSTILE = [
    "张" * 2000, "一" * 2000, "1" * 2000, "1 " * 1000, "张小明、" * 500, "队员" * 1000, "和张三" * 666, "路1号" * 500, "单元1" * 666, "a@" * 1000,
    "没有欺凌、" * 400, "【" * 2000, "被" * 2000, "小明" * 1000, "乌兰" * 1000, "·" * 2000, "微信a" * 666, "《" * 2000 + "欺凌", "13812345678" * 180,
]  # fmt: skip


def test_the_corpus_is_large_enough_both_ways() -> None:
    assert len(HIDDEN) + len(DROPPED) >= 200
    assert len(HARMLESS) >= 200


@pytest.mark.parametrize("case", HIDDEN, ids=lambda case: str(case["text"]))
def test_what_points_at_a_person_is_gone(case: dict[str, list[str]]) -> None:
    masked = mask(str(case["text"]))
    assert masked.dropped is None
    assert [raw for raw in case["hide"] if raw in masked.text] == []
    assert "〔" in masked.text


@pytest.mark.parametrize(
    "written", [OpenCC("s2t").convert, lambda text: text.translate(WIDE)], ids=["traditional", "wide"]
)
def test_no_way_of_writing_escapes(written: Callable[[str], str]) -> None:
    kept = [
        case["text"] for case in HIDDEN if any(written(raw) in mask(written(case["text"])).text for raw in case["hide"])
    ]
    missed = [case["text"] for case in DROPPED if mask(written(case["text"])).dropped != case["dropped"]]
    assert kept + missed == []


@pytest.mark.parametrize("case", DROPPED, ids=lambda case: str(case["text"]))
def test_harm_and_secrets_leave_no_text(case: dict[str, str]) -> None:
    masked = mask(case["text"])
    assert (masked.text, masked.dropped) == ("", case["dropped"])
    assert masked.clean(case["text"]) == ""


def test_harmless_words_stay_as_written() -> None:
    changed = [text for text in HARMLESS if mask(text).text != text]
    assert len(changed) <= MOST_OVER * len(HARMLESS), changed


WHOLE = [
    normalise(json.loads(line)["text"])
    for file in sorted(Path(__file__).with_name("corpus").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]
JOINED = [normalise("、".join(case.typed for case in WHOLE[at : at + 3])) for at in range(0, len(WHOLE), 3)]


def test_a_gate_leaves_out_no_rule_that_finds_something() -> None:
    for text in [normal.text for normal in WHOLE + JOINED]:
        opened = [(gate.search(text), rules) for gate, rules in identifiers.GROUPS]
        if identifiers.SPOKEN_RUN.search(text) or any(gate for gate, _ in opened):
            assert identifiers.SUSPECT.search(text), text
        for gate, rules in opened[2], opened[4]:
            assert gate or not any(rule.pattern.search(text) for rule in rules), text


def test_a_name_that_is_passed_over_is_none() -> None:
    for text in ["丫丫,濮阳存国昨天", *(normal.text for normal in WHOLE + JOINED)]:
        sides = {cue.end(): cue.lastgroup for cue in name_contexts.CUE.finditer(text)}
        asked = names._Sides(text)
        for start in range(len(text)):
            assert asked.at(start) == sides.get(start), text[:start]
            if passed_over(text, start, sides.get(start)):
                assert names._read(text, start, None, sides.get(start)) is None, text[start:]


def test_no_given_name_begins_as_none_may() -> None:
    seconds = ["", *name_contexts.GIVEN_SET]
    assert not [one for one in name_contexts.NEVER if any(name_shapes.given(one + second) for second in seconds)]


def passed_over(text: str, start: int, side: str | None) -> bool:
    """True where a surname, or what else may begin a name, is not even looked at."""
    if name_contexts.CANDIDATE.match(text, start):
        return names._only_a_word(text, start) or not (side or names._hinted(text, start))
    return text[start] in names.SURNAMES and "一" <= text[start + 1 : start + 2] <= "鿿"


def test_offices_stay_when_names_go() -> None:
    assert mask("找王校长和大队辅导员李老师谈话").text == "找〔校长〕和大队辅导员〔老师〕谈话"


def test_a_masked_message_names_as_many_people_as_before() -> None:
    text = "访谈了队员张小明、李小红、王刚"
    assert len(people(mask(text).text)) == len(people(text)) == len(("张小明", "李小红", "王刚"))


def test_a_stored_message_means_what_was_typed() -> None:
    for typed in ("访谈了队员张小明、李小红、王刚", "和大队辅导员李老师谈心", "今天访谈了郑晓雯", "跟王校长聊了半小时"):
        stored = mask(typed).text
        assert stored != typed
        assert meaning_json(understand(stored, NOW)) == meaning_json(understand(typed, NOW))


@pytest.mark.parametrize(
    "text",
    [
        "反映问题:李小明同学家里困难，电话13812345678",
        "访谈队员3名，李小明同学反映午饭凉，妈妈电话１３８１２３４５６７８",
        "投诉建议：李小明同学的家长总打13812345678找我",
        "交调研报告《李小明同学的故事》",
        "反映：学生李小明被同学打了",
        "改成李小明同学",
    ],
)
def test_no_part_of_the_answer_says_what_was_masked(text: str) -> None:
    answer = json.dumps(meaning_json(understand(text, NOW)), ensure_ascii=False)
    assert not any(raw in answer for raw in ("小明", "13812345678", "１３８１２３４５６７８", "被同学打"))


def test_binding_keeps_what_it_needs() -> None:
    answer = understand("绑定 张三 13812345678", NOW)
    assert dict(answer.slots) == {"name": "张三", "phone": "13812345678"}
    assert "13812345678" not in answer.masked


def test_a_masked_number_is_never_a_count() -> None:
    answer = understand("去和平路12号3单元501访谈家长1名", NOW)
    assert [entry.count for entry in answer.entries] == [1]


def test_the_counts_of_a_dropped_message_stay() -> None:
    answer = understand("访谈队员3名，其中一名说在宿舍被霸凌", NOW)
    assert [entry.count for entry in answer.entries if entry.activity == "interview"] == [3]
    assert (answer.masked, answer.dropped) == ("", "harm")


def test_a_name_hidden_once_is_hidden_wherever_it_returns() -> None:
    assert "小明" not in mask("王小明同学很懂事，课后小明帮我搬凳子，小明真好").text


def test_a_stretch_of_the_message_is_cleaned_alike() -> None:
    masked = mask("反映问题：李小明同学家里困难，电话138 1234 5678")
    assert masked.clean("李小明同学家里困难") == "〔学生〕同学家里困难"
    assert masked.clean("电话138 1234 5678") == "电话〔电话〕"


def test_what_was_hidden_is_not_in_the_log_form() -> None:
    assert "13812345678" not in repr(mask("电话13812345678"))


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_masking_never_raises_and_is_steady(text: str) -> None:
    once = mask(text)
    assert once == mask(text)
    assert (
        mask(once.text).text.count("〔") >= once.text.count("〔") or once.dropped is not None or mask(once.text).dropped
    )


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join), st.integers(13000000000, 19999999999))
def test_no_telephone_survives_any_surroundings(around: str, number: int) -> None:
    text = f"{around}，{number}，{around}"
    assert str(number) not in mask(text).text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: str(text[:6]))
def test_hostile_texts_cost_little(text: str) -> None:
    began = time.perf_counter()
    mask(text[:2000])
    assert time.perf_counter() - began < 0.2
