"""A skeleton of a report or a case as a Word document: headings, the known numbers, and room to write."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from bot.forms.documents import grid, heading, line, paper, saved, small, to_write
from bot.forms.hardship import veiled
from bot.forms.order import DOCX, Made, Order
from models.context import Context
from models.context_query import load_person
from models.ledger import problems_of
from models.refusal import Refusal
from models.skeleton import BLANK, MAKERS, Basis, Skeleton

NAMES = {"report": "调研报告", "case": "工作案例"}
NOTE = "数字来自本人记录，截至生成之日；标黄的地方由撰写人填写。"


def make_skeleton(order: Order) -> Made:
    """The asker's own report or case of this year; nobody else's."""
    who = load_person(order.connection, order.viewer, order.today)
    if who is None:
        raise Refusal("名册里没有你了。")
    kind = order.kind if order.kind in MAKERS else "report"
    basis = basis_of(order, who)
    made = MAKERS[kind](basis, order.calendars.of(who.terms))
    return Made(f"{who.name}{order.today.year}年{NAMES[kind]}骨架.docx", DOCX, as_document(made))


def basis_of(order: Order, who: Context) -> Basis:
    """What the person did in the year, and raised."""
    first, last = date(order.today.year, 1, 1), date(order.today.year, 12, 31)
    raised = tuple(problems_of(order.connection, who.person_id or 0, first, last))
    schools = tuple(dict.fromkeys(school.name for school in who.own_schools))
    return Basis(who.name, who.unit_name, schools, who.facts, raised, first, last)


def write_paper(skeleton: Skeleton, out: BinaryIO) -> None:
    """Write the document; what nobody gave stays a blank to be filled in."""
    out.write(as_document(skeleton))


def as_document(skeleton: Skeleton) -> bytes:
    """The skeleton as a Word file."""
    made = paper(skeleton.title.replace(BLANK, "______"))
    for number, section in enumerate(skeleton.sections):
        heading(made, number, section.heading)
        for text in section.lines:
            if text == BLANK:
                to_write(made, section.heading.partition("（")[0])
            else:
                line(made, veiled(text))
    grid(made, ("项目", "数量"), skeleton.figures, "附：数据表")
    small(made, NOTE)
    return saved(made)
