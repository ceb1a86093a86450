"""Progress of another term; 上学期 is last term to some and the first term to others, and is never guessed."""

from __future__ import annotations

from handlers.asked import Asked
from handlers.wording import day
from models.calendar import TermSpan
from models.metrics import totals
from models.policy import rules_for
from models.progress import Standing, line, standings

HALVES = ("第一学期", "第二学期")


def of_term(asked: Asked, words: str) -> str:
    """The figures of the term meant; where the words mean either of two, both are offered."""
    this = asked.calendar.term(asked.today)
    before = asked.calendar.term_of(_before(this.key))
    years = this.key[:9]
    if "第" in words:
        return _figures(asked, asked.calendar.term_of(f"{years}-{1 if '一' in words else 2}"))
    first = asked.calendar.term_of(f"{years}-1")
    if words == "上学期" and first.key != before.key:
        return (
            f"“上学期”有两种说法：{_name(before)}（{_span(asked, before)}），还是{_name(first)}（{_span(asked, first)}）？"
            "前一个回“上个学期进度”，后一个回“第一学期进度”。"
        )
    return _figures(asked, before)


def _before(key: str) -> str:
    start, half = int(key[:4]), key[-1]
    return f"{start}-{start + 1}-1" if half == "2" else f"{start - 1}-{start}-2"


def _name(term: TermSpan) -> str:
    return f"{term.key[:9]}学年{HALVES[int(term.key[-1]) - 1]}"


def _span(asked: Asked, term: TermSpan) -> str:
    return f"{day(term.start, asked.today)}至{day(term.end, asked.today)}"


def _figures(asked: Asked, term: TermSpan) -> str:
    """Each rule of a term as it stood on its last day, or stands today."""
    if term.start > asked.today:
        return f"{_name(term)}还没开始。"
    found = [line(one) for one in _standings(asked, term) if one.rule.period == "term" and one.rule.kind != "shown"]
    return f"{_name(term)}：{' '.join(found)}" if found else f"{_name(term)}没有按学期的定额。"


def _standings(asked: Asked, term: TermSpan) -> tuple[Standing, ...]:
    who, last = asked.context, min(term.end, asked.today)
    rules = rules_for(asked.policies, who.bound, last, asked.calendar)
    sums = totals(who.facts, who.items, who.bound, asked.calendar, rules)
    return standings(rules, sums, who.bound, asked.calendar, last, who.goals)
