"""报告骨架：调研报告骨架，工作案例模板（填好数字，内容自己写）"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.wording import pages
from models.ledger import problems_of
from models.periods import period_of
from models.skeleton import MAKERS, Basis, Section, Skeleton

WHO = MEMBER
EXAMPLE = "调研报告骨架"
LINES = 24
NAMES = {"report": "调研报告", "case": "工作案例"}
FOOT = "只填了你记过的数和反映过的问题，内容请自己写。写完说：交调研报告《题目》。"


def answer(asked: Asked) -> str:
    """The skeleton of a paper with this year's numbers; no finding that nobody gave."""
    kind = asked.meaning.slots.get("kind") or "report"
    made = MAKERS[kind](basis(asked), asked.calendar)
    word = f"要 Word 文档，回“导出{NAMES[kind]}骨架”。" if asked.address else ""
    return pages(made.title, [*_lines(made), FOOT + word], LINES)


def basis(asked: Asked) -> Basis:
    """What the asker did this year."""
    who, year = asked.context, period_of("year", asked.today, asked.calendar)
    raised = tuple(problems_of(asked.connection, asked.person_id, year.start, year.end))
    schools = tuple(dict.fromkeys(s.name for s in who.own_schools))
    return Basis(who.name, who.unit_name, schools, who.facts, raised, year.start, year.end)


def _lines(made: Skeleton) -> list[str]:
    parts = [line for number, part in enumerate(made.sections) for line in _part(number, part)]
    return [*parts, "附：数据", *(f"　{name} {value}" for name, value in made.figures)]


def _part(number: int, part: Section) -> list[str]:
    return [f"{'一二三四五六'[number]}、{part.heading}", *(f"　{line}" for line in part.lines)]
