"""What holds for any message whatever: it never raises, and means the same in any dress."""

from __future__ import annotations

import sys
from datetime import datetime
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bot.understanding import understand
from bot.understanding.meaning import Entry, Meaning
from tests.corpus_rules import GIVEN, OWN, labelled

NOW = datetime(2026, 11, 20, 17, 30)  # noqa: DTZ001 - the service's local time
PIECES: list[str] = str.split(
    "今天 昨天 上周三 9月3日 9月3日至5日 本周 本学期 明天 访谈 座谈 聊了聊 队员 辅导员 校长 3名 5人 两位 十几名 20多名 各 共 其中 和 、 , 。 到校 驻校 半天 "
    "宣讲 一场 听课 2节 问卷 50份 没 没去 准备 实验小学 三(2)中队 第3次 累计 反映 建议 经费不足 不对 是 改成 张小明 13812345678 #接龙 \n 1. ( ) : + × ?",
    " ",
)
MESSAGES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
SCHOOLS = ("实验小学", "城关中学", "向阳小学")
DAYS = ("11月3日", "11月10日", "11月17日")
DEEDS = ("访谈3名队员", "宣讲1场", "听课2节", "到校", "访谈辅导员2名")
HOSTILE = (
    "今天" * 600,
    "一" * 2000,
    "((((" * 500,
    "队员3" * 660,
    "1、" * 900,
    "访谈和" * 660,
    "3月" * 900,
    "小学" * 900,
    "张" * 2000,
    "不对" * 900,
    "。,\n" * 660,
)


def core(meaning: Meaning) -> tuple[object, ...]:
    return meaning.intent, [plain(entry) for entry in meaning.entries]


def plain(entry: Entry) -> tuple[object, ...]:
    return entry.activity, entry.audience, entry.count, entry.start, entry.end, entry.total, entry.attendance


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=200), MESSAGES))
@example("时间不是周一到周三")
@example("琴日去。咗半半日")
@example("驻校883211天")
@example("26号9到30号都去不了，家里有事")
def test_any_text_has_one_meaning(text: str) -> None:
    first = understand(text, NOW)
    assert core(first) == core(understand(text, NOW))


@settings(deadline=None, max_examples=100)
@given(MESSAGES)
def test_spans_are_in_order_and_inside(text: str) -> None:
    meaning = understand(text, NOW, explain=True)
    starts = [one.start for one in meaning.trace]
    assert starts == sorted(starts)
    assert all(0 <= one.start <= one.end <= len(text) for one in meaning.trace)
    assert all(0 <= entry.span[0] <= entry.span[1] <= len(text) for entry in meaning.entries)


@settings(deadline=None, max_examples=150)
@given(MESSAGES)
def test_nothing_done_ends_after_now(text: str) -> None:
    meaning = understand(text, NOW)
    if meaning.intent == "check_in":
        assert all(entry.end is None or entry.end <= NOW.date() for entry in meaning.entries)


@pytest.mark.parametrize("path", sorted(OWN.glob("*.jsonl")), ids=lambda path: path.stem)
def test_width_and_script_change_nothing(path: object) -> None:
    traditional = OpenCC("s2t")
    changed = []
    for gold in list(labelled(path))[:60]:  # type: ignore[arg-type]
        if "now" not in gold:
            continue
        now = datetime.fromisoformat(gold["now"])
        meant = core(understand(gold["text"], now))
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in gold["text"])
        changed += [text for text in (wide, traditional.convert(gold["text"])) if core(understand(text, now)) != meant]
    assert not changed


@settings(deadline=None, max_examples=60)
@given(st.permutations(range(3)), st.permutations(range(3)), st.sampled_from(DEEDS), st.sampled_from(DEEDS))
def test_two_sentences_mean_together_what_they_mean_apart(
    days: list[int], schools: list[int], one: str, two: str
) -> None:
    first = f"{DAYS[days[0]]}在{SCHOOLS[schools[0]]}{one}"
    second = f"{DAYS[days[1]]}在{SCHOOLS[schools[1]]}{two}"
    together = core(understand(f"{first}。{second}", NOW))[1]
    assert together == [*core(understand(first, NOW))[1], *core(understand(second, NOW))[1]]  # type: ignore[misc]


def steps(text: str) -> int:
    """How many calls reading a text takes."""
    count = 0

    def called(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        understand(text, NOW)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4])
def test_reading_grows_with_the_text_and_no_faster(text: str) -> None:
    half = text[: len(text) // 2]
    understand(text, NOW)  # what is made once is made here
    assert steps(text) <= 2.5 * steps(half) + 2_000


def test_the_given_corpus_is_read_the_same_again() -> None:
    if not GIVEN.exists():
        pytest.skip("the given corpus is not here")
    for gold in list(labelled(GIVEN / "messages.jsonl"))[:40]:
        now = datetime.fromisoformat(gold["now"])
        assert understand(gold["text"], now) == understand(gold["text"], now)
