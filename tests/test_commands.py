"""Commands: what wins over a report and what yields to it, which record is meant, and what a reading costs.

What each command sounds like is in corpus/ways.jsonl, corpus/commands.jsonl and others.
"""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.understanding import commands, edges, gates, understand
from bot.understanding.commands.frame import frame
from bot.understanding.commands.slots import form, is_name, region, time_of_day
from bot.understanding.normal import normalise

NOW = datetime(2026, 11, 20, 17, 30)  # noqa: DTZ001 - local wall clock, as understanding takes it


def read(text):
    return commands.read(commands.frame(normalise(text), NOW))


REPORTS = [
    "按您的建议,今天访谈了3名队员",
    "今天嗯访谈了那个八名不对不对我看下是六名队员",
    "校级交流活动一次(打错了,是校际),来了40人",
    "没错,今天就访谈了1名",
    "不用催了,我今天宣讲了一场",
    "抽查时发现的问题已经整改,今天又到校1天",
    "今天帮学校解决困难2件",
    "任务清单上的重点工作推进了1项",
    "评优用的案例交了1个",
    "谢谢提醒,刚去听了一节课",
    "大队辅导员电话13700351111,刚谈过话",
    "昨天请假,今天补上,驻校一天",
    "访谈了3名队员,能算不",
    "随机抽了5名队员聊了聊",
    "问卷回收两百多份",
    "给团干部讲三会两制一课,团课一节",
]


@pytest.mark.parametrize("text", REPORTS)
def test_a_report_with_a_commands_word_stays_a_report(text):
    assert understand(text, NOW).intent == "check_in"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("昨天那条改成4名", {"start": date(2026, 11, 19), "end": date(2026, 11, 19)}),
        ("刚才的3名队员都改成3名班主任", {"audience": "pioneer", "count": 3}),
        ("刚才队员改成6名", {"audience": "pioneer"}),
        ("不是3名是5名", {"count": 3}),
    ],
)
def test_an_amendment_says_which_record_it_means(text, meant):
    found = understand(text, NOW)
    assert found.intent == "amend"
    assert meant.items() <= found.fragment.items()


def test_what_did_not_change_is_no_slot():
    assert dict(understand("刚才的3名队员都改成3名班主任", NOW).slots) == {"audience": "head_teacher"}


@pytest.mark.parametrize(
    ("text", "doubt"), [("导出上学期台账", "上学期"), ("我上个月10号的记录", "上个月10号"), ("导出本学期台账", None)]
)
def test_days_with_a_second_reading_say_so(text, doubt):
    assert understand(text, NOW).fragment.get("ambiguous") == doubt


def test_swapped_figures_are_the_new_state():
    found = understand("队员是两个辅导员是三个反过来的", NOW)
    assert [(e.audience, e.count) for e in found.entries] == [("pioneer", 2), ("counselor", 3)]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("二连浩特市那边完成几成", "二连浩特市"),
        ("查一下正蓝旗", "正蓝旗"),
        ("潞州区进度如何", "潞州区"),
        ("长治这边怎么样", "长治"),
        ("全市进度", None),
        ("各旗县谁排第一", None),
        ("目前我们区整体啥情况", None),
        ("国旗下讲话", None),
        ("小区", None),
    ],
)
def test_a_region_is_taken_as_written(text, where):
    assert region(text) == where


@pytest.mark.parametrize("words", ["张三", "欧阳雪", "苏日娜", "高娃", "丁一", "阿木古楞", "王玉清", "巴特尔"])
def test_names_are_names(words):
    assert is_name(words)


@pytest.mark.parametrize("words", ["大家", "长治", "进度", "明天", "方案", "全市", "于是", "时间", "安排", "毕业班"])
def test_ordinary_words_are_no_names(words):
    assert not is_name(words)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("晚上8点", "20:00"),
        ("每日18:15", "18:15"),
        ("傍晚六点三刻", "18:45"),
        ("中午12点半", "12:30"),
        ("晚上十二点", "00:00"),
        ("十九点三十", "19:30"),
        ("下午三点零五分", "15:05"),
        ("早点", None),
    ],
)
def test_times_are_read(text, time):
    assert time_of_day(text) == time


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("导出台账", "ledger"),
        ("驻校安排表", "schedule"),
        ("10月任务清单完成情况", "task_list"),
        ("写份述职材料", "summary"),
        ("天气", None),
    ],
)
def test_forms_are_known_by_their_names(text, kind):
    assert form(text) == kind


@pytest.mark.parametrize("text", commands.alone())
def test_a_usual_word_alone_means_what_reading_it_finds(text):
    assert understand(text, NOW) == replace(understand(text, NOW, explain=True), trace=())


@pytest.mark.parametrize(
    ("text", "level"), [("撤销", commands.STANDS), ("好的", commands.YIELDS), ("辛苦了", commands.LAST)]
)
def test_a_command_says_how_sure_it_is(text, level):
    assert read(text).level == level


@pytest.mark.parametrize(
    "text", ["今天访谈3名队员", "上午听课2节,宣讲一场", "驻校一天", "到校", "队员3", "问卷50份", ""]
)
def test_what_is_no_command_is_none(text):
    assert read(text) is None


def test_a_gate_lets_through_every_rule_that_finds_something():
    table = commands.readers()
    lines = (Path(__file__).parent / "corpus" / "commands.jsonl").read_text(encoding="utf-8").splitlines()
    for said in (json.loads(line) for line in lines):
        seen = frame(normalise(said["text"]), datetime.fromisoformat(said["now"]))
        finding = {at for at, reader in enumerate(table.readers) if reader.read(seen)}
        assert finding <= set(table.gate.of(seen.text)), said["text"]


def test_a_gate_lets_few_rules_through():
    table = commands.readers()
    assert len(list(table.gate.of("今天访谈了3名队员"))) < len(table.readers) // 20


@pytest.mark.parametrize(
    ("source", "sets"),
    [
        ("改成|换(?:成|为)", ["改成 换成 换为"]),
        ("(?:请|把)?撤(?=掉)", ["掉", "撤"]),
        ("看[一两]?[眼下]", ["看一 看两 看眼 看下", "看", "眼 下"]),
        ("[^改]*|撤", []),
    ],
)
def test_a_pattern_needs_the_rarest_first(source, sets):
    assert gates.needed(source) == [frozenset(one.split()) for one in sets]


@pytest.mark.parametrize(
    ("source", "quick"),
    [
        ("(?<!不)请?[把将]走|撤", "(?=[将把撤请])(?:(?<!不)请?[把将]走|撤)"),
        (r"(?:约)?\d+名", r"(?=[\d约])(?:(?:约)?\d+名)"),
        ("撤|走", "撤|走"),
        ("^请?走", "^请?走"),
        ("请?", "请?"),
        (".走", ".走"),
    ],
)
def test_a_pattern_looks_at_the_first_letter(source, quick):
    assert edges.looking(source) == quick


def test_a_pattern_tells_how_it_begins_and_ends():
    assert edges.begins(re.compile("请?[把将](?!他)撤.*")) == set("请把将")
    assert edges.ends(re.compile("撤(?:了|掉吧?)$"), re.compile("好")) == set("了掉吧好")
    with pytest.raises(ValueError):
        edges.ends(re.compile("撤.*"))


@pytest.mark.parametrize(
    "unit",
    [
        "我还差",
        "改成",
        "不是是",
        "好",
        "提醒",
        "谁没",
        "问题1",
        "查一下",
        "张三",
        "给",
        "哪",
        "取消",
        "要几个",
        "撤",
        "。",
        "一",
        "把",
        "的",
    ],
)
def test_repeated_words_cost_little(unit):
    for length in (60, 290):
        read((unit * 300)[:length])


@pytest.mark.parametrize("text", ["🌹🌹", "???", "*队员", "-1", "+2", "1", "\x00", "\ud800", "好" * 40])
def test_odd_messages_are_read(text):
    understand(text, NOW)
