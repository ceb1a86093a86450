"""A message is read in one form, and every stretch leads back to what was typed."""

import pytest

from bot.understanding.normal import normalise

READ = [
    ("撤 销 一 下", "撤销一下"),
    ("不 对 ！", "不对!"),
    ("今天 雪☃️❄️ 到校 , 问卷33份～～", "今天 雪 到校,问卷33份~"),
    ("请假１２／２５－１２／２７", "请假12/25-12/27"),
    ("今天訪談３名隊員", "今天访谈3名队员"),
    ("2008 年 十二月", "2008年十二月"),
    ("访谈队员:3 访谈辅导员:2", "访谈队员:3 访谈辅导员:2"),
    ("1️⃣访谈", "1、访谈"),
    ("少先 队员 3 名", "少先队员 3名"),
    ("队员 5 个人访谈", "队员 5 个人访谈"),
    ("👍🏻", "👍"),
    ("第一行\r\n\r\n 第二行", "第一行\n第二行"),
    ("？？？", "?"),
    ("好。。。。", "好。"),
    ("辅​导员", "辅导员"),
    ("ＱＱ联系", "qq联系"),
    ("访谈٣名队员", "访谈3名队员"),
    ("", ""),
    ("\ud800", ""),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_typing_comes_to_one_form(typed, read):
    assert normalise(typed).text == read


@pytest.mark.parametrize("typed", [typed for typed, _ in READ])
def test_reading_again_changes_nothing(typed):
    once = normalise(typed).text
    assert normalise(once).text == once


def test_values_are_cut_as_they_were_typed():
    normal = normalise("  我的蹲点學校是 實驗小 学 ！")
    start = normal.text.index("实")
    assert normal.original(start, start + 4) == "實驗小 学"


def test_plain_text_needs_no_way_back():
    assert normalise("今天访谈3名队员").places is None
