"""The skeleton of a report or a case: numbers and the list of problems from the records, and never a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.calendar import Calendar
from models.facts import Fact
from models.progress import plain
from models.stays import FULL, day_map

ZERO = Decimal(0)
BLANK = "（请填写）"
WHO = {
    "pioneer": "少先队员",
    "counselor": "辅导员",
    "student": "学生",
    "league_cadre": "团学干部",
    "head_teacher": "班主任",
    "teacher": "教师",
    "school_leader": "校领导",
    "parent": "家长",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a paper: its heading, and the lines that are known."""

    heading: str
    lines: tuple[str, ...] = (BLANK,)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A paper to be written: its title line, its parts, and the table of figures behind them."""

    title: str
    sections: tuple[Section, ...]
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a skeleton is made from."""

    name: str
    unit: str
    schools: tuple[str, ...]
    facts: tuple[Fact, ...]
    problems: tuple[str, ...]
    start: date
    end: date


def report(basis: Basis, calendar: Calendar) -> Skeleton:
    """A research report: what was done is filled in, what was found is the writer's."""
    facts = _inside(basis)
    problems = tuple(f"{n}. {words}" for n, words in enumerate(basis.problems, 1)) or (BLANK,)
    return Skeleton(
        f"关于{BLANK}的调研报告",
        (
            Section("调研概况", tuple(_overview(basis, facts, calendar))),
            Section("基本情况与主要做法"),
            Section("存在问题（每条一句话，附数据）", problems),
            Section("原因分析"),
            Section("意见建议（谁来办、怎么办）"),
        ),
        tuple(figures(facts, calendar)),
    )


def case(basis: Basis, calendar: Calendar) -> Skeleton:
    """A work case: background, what was done, what came of it, what others may take over."""
    facts = _inside(basis)
    done = tuple(_overview(basis, facts, calendar))
    parts = (Section("背景"), Section("做法", (*done, BLANK)), Section("成效"), Section("可推广之处"))
    return Skeleton(f"{BLANK}工作案例", parts, tuple(figures(facts, calendar)))


def _inside(basis: Basis) -> list[Fact]:
    return [f for f in basis.facts if f.state == "active" and f.end and basis.start <= f.end <= basis.end]


def _overview(basis: Basis, facts: Sequence[Fact], calendar: Calendar) -> Iterable[str]:
    ends = [f.end for f in facts if f.end]
    if ends:
        yield f"时间：{_day(min(ends))}至{_day(max(ends))}，驻校{plain(days(facts, calendar))}天"
    yield f"学校：{'、'.join(basis.schools) or BLANK}"
    yield f"方式：{'；'.join(_ways(facts)) or BLANK}"
    yield f"撰写：{basis.unit} {basis.name}"


def _ways(facts: Sequence[Fact]) -> Iterable[str]:
    talks = [f for f in facts if f.activity == "interview" and f.method != "forum"]
    forums = [f for f in facts if f.activity == "interview" and f.method == "forum"]
    surveys = [f for f in facts if f.activity == "survey"]
    if talks:
        yield f"访谈{_people(talks)}"
    if forums:
        yield f"座谈{len({(f.message_id, f.start, f.place) for f in forums})}场（{_people(forums)}）"
    if surveys:
        yield f"问卷收回{plain(_sum(surveys))}份"


def _people(facts: Sequence[Fact]) -> str:
    counted = {who: _sum(f for f in facts if f.audience == who) for who in WHO}
    return "、".join(f"{WHO[who]}{plain(count)}人" for who, count in counted.items() if count)


def figures(facts: Sequence[Fact], calendar: Calendar) -> Iterable[tuple[str, str]]:
    """The table of figures: what, and how much."""
    yield "驻校天数", plain(days(facts, calendar))
    for who, label in WHO.items():
        met = [f for f in facts if f.activity == "interview" and f.audience == who]
        if met:
            yield f"访谈、座谈{label}（人次）", plain(_sum(met))
    for activity, label in (
        ("lecture", "宣讲、团课（场）"),
        ("class_visit", "听课、走访班级"),
        ("survey", "收回问卷（份）"),
        ("issue", "反映问题（条）"),
    ):
        total = _sum(f for f in facts if f.activity == activity)
        if total:
            yield label, plain(total)


def days(facts: Iterable[Fact], calendar: Calendar) -> Decimal:
    """Distinct days at school."""
    return Decimal(sum(day_map((f for f in facts if f.activity == "on_site"), calendar).values())) / FULL


def _sum(facts: Iterable[Fact]) -> Decimal:
    return sum((f.count or ZERO for f in facts), ZERO)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


MAKERS = {"report": report, "case": case}
