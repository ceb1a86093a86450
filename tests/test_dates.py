"""Dates as people say them, seen from Friday 20 November 2026."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.understanding.dates import day_count, scan
from bot.understanding.normal import normalise

NOW = datetime(2026, 11, 20, 17, 30)  # noqa: DTZ001 - local wall clock, as understanding takes it
BEHIND = """
今天 | 11-20
昨儿 | 11-19
今早 | 11-20
夜来后晌 | 11-19
大前天 | 11-17
三天前 | 11-17
一周前 | 11-13
两个月前 | 09-20
近三天 | 11-18~11-20
最近一周 | 11-14~11-20
这两天 | 11-19~11-20
9月3日、5日到校 | 09-03 09-05
9月3、5、8日 | 09-03 09-05 09-08
3、5、8号到校 | 11-03 11-05 11-08
三月三号十号十七号都去了 | 03-03 03-10 03-17
9月3日至5日驻校 | 09-03~09-05
9月3-5日 | 09-03~09-05
9.3-9.5 | 09-03~09-05
9.3-5到校 | 09-03~09-05
3-5号驻校 | 11-03~11-05
三到五号驻校 | 11-03~11-05
12/25-12/27 | 2025-12-25~2025-12-27
12月28日到1月3日 | 2025-12-28~01-03
去年12月28日到1月3日 | 2025-12-28~01-03
11月18日到25日 | 11-18~11-20
3号到今天 | 11-03~11-20
前天到昨天 | 11-18~11-19
昨天上午到今天下午 | 11-19~11-20
9月3日到校,5日宣讲 | 09-03 09-05
9月28日到校,2日宣讲 | 09-28 10-02
28号到校,2号也到校了 | 10-28 11-02
31号到校 | 10-31
9月30日到校,第二天宣讲 | 09-30 10-01
周三 | 11-18
周六日 | 11-14 11-15
周一周二各访谈2名队员 | 11-16 11-17
周一三五到校 | 11-16 11-18 11-20
上周三、周五 | 11-11 11-13
上周一到周三 | 11-09~11-11
周一至周五 | 11-16~11-20
上上周五 | 11-06
上周5 | 11-13
上周日家访 | 11-15
上周 | 11-09~11-15
本周 | 11-16~11-20
上周末 | 11-14~11-15
这周去了一二四 | 11-16 11-17 11-19
本月 | 11-01~11-20
上个月 | 10-01~10-31
10月份 | 10-01~10-31
去年12月 | 2025-12-01~2025-12-31
12月 | 2025-12-01~2025-12-31
10月中旬 | 10-11~10-20
11月上旬 | 11-01~11-10
10月底 | 10-21~10-31
十月的第一周 | 10-05~10-11
8月的最后一个星期一 | 08-31
今年 | 01-01~11-20
今年以来 | 01-01~11-20
去年 | 2025-01-01~2025-12-31
去年下半年 | 2025-07-01~2025-12-31
下半年 | 07-01~11-20
第三季度 | 07-01~09-30
前三季度 | 01-01~09-30
本学期 | 09-01~11-20
开学以来 | 09-01~11-20
第一学期 | 09-01~11-20
从9月1日至今 | 09-01~11-20
二〇二六年十月八日 | 10-08
2026-11-01至2026-11-05 | 11-01~11-05
20261118到校 | 11-18
26.11.18 | 11-18
11月18日(周三)到校 | 11-18
今天(11月20日) | 11-20
周日,二月十号 | 02-10
昨天周四 | 11-19
六一去了学校 | 06-01
五四那天 | 05-04
国庆期间 | 10-01~10-07
上周三3名队员 | 11-11
周三三年级听课 | 11-18
2月29日 | 2024-02-29
"""
AHEAD = """
这周 | 11-20~11-22
下周 | 11-23~11-29
下周三 | 11-25
周一 | 11-23
周一到周三 | 11-23~11-25
12月1日 | 12-01
3号 | 12-03
1月5日 | 2027-01-05
12月1日到5日 | 12-01~12-05
11月25日到12月2日 | 11-25~12-02
明天到下周五 | 11-21~11-27
12月 | 12-01~12-31
月底 | 11-21~11-30
下个月10号 | 12-10
今年 | 11-20~12-31
下学期 | 2027-02-01~2027-08-31
"""
NO_DATE = """
一周三次|三年级|六年级3班|第3天|10分钟|2.5天|3.5元|听课1.5节|1.3名队员|3-5名|三(2)中队|以后天天|目前天气|说明天气|生日|12号问题转教育局
3号楼|2025级|工作了15年|15年教龄|今年新来的辅导员|去年毕业的学生|今年的调研报告|每周三|周末愉快|六一入队|迎六一活动|这学期安排|次日返回|三年前|队员3,辅导员2
"""
INVALID = ["2月30日", "13月5日", "11月31日", "二月三十号", "2025年2月29日"]
AMBIGUOUS = ["上学期", "上个月10号", "前几天"]
COUNTS = [
    ("3天", 3), ("一天半", 1.5), ("半天", 0.5), ("两天半", 2.5), ("一整天", 1), ("三个半天", 1.5), ("大半天", 0.5), ("3个工作日", 3),
    ("几天", None), ("十几天", None),
]  # fmt: skip


def rows(table):
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


def spelled(text, forward):
    days = [d for said in scan(normalise(text).text) for d in said.resolve(NOW, forward)]
    return " ".join(short(d.first) + ("" if d.first == d.last else "~" + short(d.last)) for d in days)


def short(day):
    return day.isoformat().removeprefix("2026-")


@pytest.mark.parametrize(("words", "days"), rows(BEHIND))
def test_what_was_done_lies_behind(words, days):
    assert spelled(words, forward=False) == days


@pytest.mark.parametrize(("words", "days"), rows(AHEAD))
def test_what_is_planned_lies_ahead(words, days):
    assert spelled(words, forward=True) == days


@pytest.mark.parametrize("words", NO_DATE.replace("\n", "|").strip("|").split("|"))
def test_what_only_looks_like_a_date_is_none(words):
    assert scan(words) == []


@pytest.mark.parametrize("words", INVALID)
def test_a_day_that_does_not_exist_says_so(words):
    (days,) = scan(words)[0].resolve(NOW)
    assert (days.first, days.invalid) == (None, words)


@pytest.mark.parametrize("words", AMBIGUOUS)
def test_a_second_reading_is_told(words):
    assert scan(words)[0].resolve(NOW)[0].ambiguous == words


def test_last_term_is_plain_in_the_second_term():
    (days,) = scan("上学期")[0].resolve(date(2026, 3, 2))
    assert (days.first, days.last, days.ambiguous) == (date(2025, 9, 1), date(2026, 1, 31), None)


def test_only_this_term_is_marked_as_the_units_own_term():
    assert [scan(w)[0].resolve(NOW)[0].period for w in ("本学期", "第二学期", "上周")] == ["term", None, None]


def test_an_end_alone_leaves_the_beginning_open():
    (days,) = scan("截至11月15日")[0].resolve(NOW)
    assert (days.first, days.last) == (None, date(2026, 11, 15))


@pytest.mark.parametrize(("words", "days"), COUNTS)
def test_durations_are_counted_in_days(words, days):
    assert day_count(words) == days


@pytest.mark.parametrize("unit", ["今天", "3日5日", "3、", "9月", "周一到", "次日", "一", "1 ", "最近", "从"])
def test_long_input_is_read_and_resolved(unit):
    for said in scan((unit * 2000)[:2000]):
        said.resolve(NOW)


def test_the_peers_dates_are_understood():
    corpus = Path(__file__).parents[2] / "shared/corpus/peers.jsonl"
    if not corpus.exists():
        pytest.skip("the shared corpus is not here")
    wrong = [m["text"] for m in map(json.loads, corpus.read_text("utf-8").splitlines()) if not right(m)]
    assert wrong == []


def right(message):
    entry, now = message["entries"][0], datetime.fromisoformat(message["now"])
    days = [d for said in scan(normalise(message["text"]).text) for d in said.resolve(now)]
    return [(d.first.isoformat(), d.last.isoformat()) for d in days] == [(entry["start"], entry["end"])]
