"""Numerals say what they say, and leave open what they leave open."""

import re

import pytest

from bot.understanding.numerals import NUMBER, Number, value

EXACT = [
    ("3", 3), ("三", 3), ("叁", 3), ("两", 2), ("俩", 2), ("仨", 3), ("十", 10), ("十二", 12), ("二十", 20), ("廿", 20),
    ("廿三", 23), ("卅一", 31), ("一百", 100), ("一百二", 120), ("一百二十", 120), ("一百零二", 102), ("百三", 130),
    ("四百五", 450), ("九百九十九", 999), ("1百", 100), ("1百二", 120), ("1.5万", 15000), ("一万二", 12000), ("半", 0.5),
    ("二百零一", 201), ("拾伍", 15), ("1.5", 1.5), ("两千零四", 2004), ("两千", 2000), ("二〇二六", 2026), ("二十四", 24),
    ("四十二", 42), ("一千三百", 1300), ("三千五", 3500), ("半百", 50),
]  # fmt: skip
VAGUE = [
    ("20多", 20), ("二十多", 20), ("十几", 11), ("十多", 10), ("两百多", 200), ("一百余", 100), ("20+", 20), ("三四", 3),
    ("十五六", 15), ("二三十", 20), ("几十", 20), ("数百", 200), ("几", None), ("好几", None), ("若干", None),
    ("近70", None), ("约50", None), ("十来", None), ("不到三十", None), ("三到五", 3), ("3-5", 3), ("超过20", 20), ("上百", 100),
    ("七八百", 700), ("几十几", 20),
]  # fmt: skip


@pytest.mark.parametrize(("words", "exact"), EXACT)
def test_an_exact_numeral_has_one_value(words, exact):
    assert value(words) == Number(exact)


@pytest.mark.parametrize(("words", "bound"), VAGUE)
def test_a_vague_numeral_has_at_most_a_bound(words, bound):
    assert value(words) == Number(None, bound, vague=True)


@pytest.mark.parametrize("words", [w for w, _ in EXACT + VAGUE if w not in ("三到五", "3-5", "半百", "若干")])
def test_the_pattern_takes_a_numeral_whole(words):
    match = re.compile(NUMBER).match(words + "名")
    assert match
    assert match.group() == words


@pytest.mark.parametrize("words", ["一" * 2000, "十" * 2000, "9" * 2000, "百千万" * 500, "三四" * 900])
def test_long_numerals_cost_little_and_never_fail(words):
    assert isinstance(value(words), Number)
