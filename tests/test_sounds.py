"""Words of the trade are heard through typing errors; ordinary words are left alone."""

import random

import pytest

from bot.understanding.sounds import any_clash, mend, mended, sounds

MENDED = [
    ("访探了8个对员", "访谈了8个队员"),
    ("大队辅道员1名", "大队辅导员1名"),
    ("宣奖1场,参加对员98人", "宣讲1场,参加队员98人"),
    ("辅导圆2名", "辅导员2名"),
    ("开展对课2节", "开展队课2节"),
    ("典型案列2个,己上报", "典型案例2个,已上报"),
    ("结队困难学生3名", "结对困难学生3名"),
    ("改乘6名", "改成6名"),
    ("敦点一天", "蹲点一天"),
    ("到校报道", "到校报到"),
    ("学生反应没有热水", "学生反映没有热水"),
    ("反应一个问题", "反映一个问题"),
    ("撤消", "撤销"),
    ("今天坐谈教师5名", "今天座谈教师5名"),
    ("和班主人聊聊", "和班主任聊聊"),
    ("调言报告1篇", "调研报告1篇"),
]
UNTOUCHED = [
    "团圆小学", "学校停课一天", "住校生12名", "在教室听课", "老实说", "贪心不足", "据报道", "发了2篇报道", "成群结队", "化学反应", "注销账号",
    "大堆作业", "我们的总队长", "大队园地", "队原来的样子", "口味清淡", "精度不够", "教导处1人", "上课老是跟不上", "我反对原来的安排", "纪录片",
    "今天访谈3名队员和2名辅导员", "上周访谈3名队员", "提心吊胆", "取笑别人", "嘉兴到校外", "座谈新时代", "改称少先队",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), MENDED)
def test_our_words_are_heard(typed, meant):
    assert mend(typed) == meant


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_words_stay(text):
    assert mend(text) == text


@pytest.mark.parametrize("text", ["对员" * 1000, "访探" * 1000, "", "a" * 2000])
def test_places_never_shift(text):
    assert len(mend(text)) == len(text)


def test_what_is_mended_clashes_with_its_neighbour():
    alike = {}
    for code, heard in sounds().syllables.items():
        alike.setdefault(heard, []).append(chr(code))
    sure, tried = random.Random(11), 0
    for word in sounds().words.values():
        for _ in range(40):
            typed = "".join(sure.choice(alike[sounds().syllables[ord(letter)]]) for letter in word)
            text = f"今天{typed[:-1] + word[-1]}3名,{word[0] + typed[1:]}"
            tried += mended(text) != text
            assert any_clash(text) or mended(text) == text
    assert tried > 1000
