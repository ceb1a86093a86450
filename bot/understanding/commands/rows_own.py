"""Rows of what a cadre asks about himself and puts right: progress, records, rules, lists, papers, the last record."""

from __future__ import annotations

from ..late import late
from . import changes, leaders, own
from .frame import Frame, span_slots
from .ideas import Row, Seen, mask
from .rule import STANDS, Slots


def asked(frame: Frame, _seen: Seen) -> Slots:
    """The audience or activity asked about."""
    return frame.asked


def required(frame: Frame, _seen: Seen) -> Slots:
    """What a requirement is asked for."""
    return leaders.asked_rule(frame)


def spanned(frame: Frame, _seen: Seen) -> Slots:
    """The days asked about."""
    return span_slots(frame.days())


def which(frame: Frame, _seen: Seen) -> Slots:
    """The audience or activity whose count is asked about."""
    return own.which(frame)


def paper(frame: Frame, _seen: Seen) -> Slots | None:
    """What is handed in, and its title."""
    found = PAPER.search(frame.core)
    return own.paper(frame, found) if found else None


def put_right(frame: Frame, seen: Seen) -> Slots | None:
    """The one thing that is told beside a slip; what was said before it is the old."""
    slip = mask("wrong") | mask("change")
    last = max(end for _, end, bits in seen.spans if bits & slip)
    text = changes.NEGATED.sub(" ", frame.core)
    after = changes.values(frame, changes.NEGATED.sub(" ", frame.core[last:]), frame.core)
    found = after or changes.values(frame, text)
    return found if found and len(found.keys() - {"start", "end"}) <= 1 else None


PAPER = late("(?P<paper>(?:工作|典型)?案例|(?:调研)?报告)")

CHANGES: tuple[Row, ...] = (
    Row("more", "page -how|message|pupil|who|problem|many @short"),
    Row("undo", "remove that|twice|misfire -how|whether|message|why|unit|account|data|away|change|best|away @brief"),
    Row("undo", "misfire remove -how|whether|message|why|unit @brief"),
    Row("amend", "wrong|change that -how|whether|message|why|unit|who|many|list|agree @brief", put_right),
    Row("amend", "wrong -how|whether|message|why|unit|who|many|list|agree @short", put_right),
)
ROWS: tuple[Row, ...] = (
    Row("which", "what|how|many counted -problem|make @brief", which),
    Row(
        "my_progress",
        "self left|enough|progress|doing many|how|whether|what|view -who|unit|message|problem|written|list|norm",
        asked,
    ),
    Row(
        "my_progress",
        "left|enough many|how|whether -who|unit|message|problem|written|list|norm|counting -@region -@name @brief",
        asked,
    ),
    Row(
        "my_records",
        "written|record what|many|whether|view self|keeper -who|unit|problem|norm|data|how|change|remove",
        spanned,
    ),
    Row("my_records", "written what|many|view -who|unit|problem|norm|how|change|remove -@name @days", spanned),
    Row("rules", "norm many|what|whether|how -who|lag|written|problem", required, STANDS),
    Row("rules", "counting -who|lag|problem|that", required),
    Row("submit", "paper hand -how|who|whether|many @title", paper, STANDS),
    Row("submit", "paper hand -how|who|whether|many|agree|refuse", paper),
    Row("task_list", "list self|make what|view|make|how|hand -who|refuse|problem @brief"),
    Row("picture", "picture view|make|progress -pupil|school_life @brief"),
    Row("another", "separate -how|whether|many @brief"),
)
