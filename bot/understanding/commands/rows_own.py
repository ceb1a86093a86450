"""Rows of what a cadre asks about himself and puts right: progress, records, rules, lists, papers, the last record."""

from __future__ import annotations

from datetime import timedelta

from ..late import late
from . import making
from .change_words import NEGATED
from .frame import Frame, span_slots
from .ideas import Seen, mask
from .persons import whom
from .rows import Row
from .rule import STANDS, SURE, Slots
from .stretches import values


def asked(frame: Frame, _seen: Seen) -> Slots:
    """The audience or activity asked about."""
    return frame.asked


def required(frame: Frame, _seen: Seen) -> Slots:
    """What a requirement is asked for."""
    return making.required(frame)


def spanned(frame: Frame, _seen: Seen) -> Slots:
    """The days asked about."""
    return span_slots(frame.days())


def named(frame: Frame, _seen: Seen) -> Slots | None:
    """The person a question begins with."""
    return {"name": frame.once(whom)}


def permitted(frame: Frame, _seen: Seen) -> Slots | None:
    """The deed of which it is asked whether it may be done so; what people ask for is a problem heard."""
    deed = frame.topic.get("activity")
    return {"activity": deed} if deed else None


def lately(frame: Frame, _seen: Seen) -> Slots | None:
    """The days asked about, where they are few and past; of a term it is the progress that is asked."""
    days = frame.days()
    if (
        days is None
        or days.period
        or LONG.search(frame.text)
        or not (days.first and days.last)
        or days.last - days.first > FEW
    ):
        return None
    return None if days.first > frame.now.date() else span_slots(days)


def which(frame: Frame, _seen: Seen) -> Slots:
    """The audience or activity whose count is asked about."""
    return making.counted(frame)


def paper(frame: Frame, _seen: Seen) -> Slots | None:
    """What is handed in, and its title."""
    found = PAPER.search(frame.core)
    return making.paper(frame, found) if found else None


def put_right(frame: Frame, seen: Seen) -> Slots | None:
    """The one thing that is told beside a slip; what was said before it is the old."""
    slip = mask("wrong|change|rather")
    last = max(end for _, end, bits in seen.spans if bits & slip)
    text = NEGATED.sub(" ", frame.core)
    after = values(frame, NEGATED.sub(" ", frame.core[last:]), frame.core)
    found = after or values(frame, text)
    return found if found and len(found.keys() - {"start", "end"}) <= 1 else None


LONG = late("学期|学年|今年|全年|去年|半年|开学")
FEW = timedelta(days=31)
PAPER = late("(?P<paper>(?:工作|典型)?案例|(?:调研)?报告)")

TO_ONESELF = "-who|heads|folk|unit|message|problem|own_list"
CALM = "-how|whether|message|why|unit|account|data|away|best|own_list"
UNDO: tuple[Row, ...] = (
    Row(
        "undo",
        f"remove|take_back that|twice|misfire|slip|history|fell_through {CALM}|change|leaving @brief",
        level=STANDS,
    ),
    Row("undo", f"take_back {CALM}|change @brief", level=STANDS),
    Row("undo", f"remove {CALM}|change @tiny", level=STANDS),
    Row("undo", f"remove|take_back {CALM}|change|rather|problem @topic @short", level=STANDS),
    Row("undo", f"misfire that {CALM}|change|rather @brief", level=STANDS),
)
LATE_UNDO: tuple[Row, ...] = (
    Row("undo", f"discount that|fell_through|history {CALM}|change @brief", level=STANDS),
    Row(
        "undo",
        f"misfire|slip|twice {CALM}|pupil|school_life|change|rather|how_goes|what|make @short -@number -@topic -@days -@school",
    ),
)
PAGING: tuple[Row, ...] = (Row("more", "page -how|message|pupil|who|problem|paper -@days -@lacking @short"),)
AMEND: tuple[Row, ...] = (
    Row("which", "what -how @filed @short", which, SURE),
    Row(
        "my_records",
        f"self written history view|make {TO_ONESELF}|exporting|summary|norm|how|change|remove|data @brief",
        spanned,
        STANDS,
    ),
    Row("amend", f"wrong|change|rather that {CALM}|who|many|agree @brief", put_right),
    Row("amend", f"wrong {CALM}|who|many|agree|change @short", put_right),
)
OWN: tuple[Row, ...] = (
    Row("rules", "penalty what|how|how_goes|whether -who|problem|message|written @brief", required, STANDS),
    Row("rules", "due what|when|whether|many -problem|pupil|message|self|unit -@name @brief", required, STANDS),
    Row("picture", "picture drawing|view|make|progress -pupil|school_life|how @brief"),
    Row("picture", "picture|drawing -pupil|school_life|how @tiny"),
    Row("which", "-left|enough|norm|problem|urge|lag @tally", which, SURE),
    Row("which", "what|how counted -problem|make|left|urge|norm @brief", which),
    Row("which", "who counted -problem|lag|urge|left|self @brief", which),
    Row("rules", "per many|what -self|who|heads|unit|problem|written", required, STANDS),
    Row(
        "person_progress",
        "enough|progress|doing whether|many|how_goes -unit|problem|message|norm|per @brief @named_first",
        named,
        STANDS,
    ),
    Row(
        "my_records",
        "self doing many|what -folk|unit|message|problem|own_list|left|enough|norm|counting|change|remove|how @days @brief",
        lately,
        STANDS,
    ),
    Row("my_progress", f"self how_goes {TO_ONESELF}|norm|counting|history|picture|means", asked, STANDS),
    Row("my_progress", f"self best many {TO_ONESELF}", asked),
    Row("my_progress", "self left many|what|whether|how_goes -who|folk|unit|message|problem|own_list", asked, STANDS),
    Row("my_progress", f"left>many enough {TO_ONESELF}|per|written -@region -@name -@school @short", asked, STANDS),
    Row("my_progress", f"left many {TO_ONESELF}|norm|written -@region -@name -@school -@days @brief", asked, STANDS),
    Row("my_progress", f"left many|what {TO_ONESELF}|norm -@region -@name -@school @brief", asked),
    Row(
        "my_progress",
        f"self enough|progress many|how|how_goes|whether|what|view {TO_ONESELF}|written|norm|counting",
        asked,
        STANDS,
    ),
    Row("my_progress", f"self doing many now_|so_far {TO_ONESELF}|written|norm|counting", asked, STANDS),
    Row("my_progress", f"self doing many|how_goes|enough {TO_ONESELF}|written|norm|counting", asked),
    Row(
        "my_progress",
        f"enough whether|many {TO_ONESELF}|written|norm|counting|best|forecast -@region -@name -@school @brief",
        asked,
        STANDS,
    ),
    Row(
        "my_progress",
        f"progress {TO_ONESELF}|written|norm|counting|reckon|history|best|pupil|school_life|fed_up|picture|lag -@region -@name -@school -@number @short",
        asked,
    ),
    Row(
        "my_progress",
        f"paper how_goes|agree|outcome whether|how_goes {TO_ONESELF}|norm|list_out -@name -@region -@title @short",
        asked,
    ),
    Row("my_progress", f"doing so_far {TO_ONESELF}|norm|written -@name -@region -@school @tiny", asked),
    Row("my_progress", f"left view {TO_ONESELF}|norm|pupil @short -@name"),
    Row("my_progress", f"left {TO_ONESELF}|doing|written @tiny -@name"),
    Row(
        "my_records",
        f"written what|many|whether|view|when self|keeper|recent {TO_ONESELF}|norm|data|how|how_goes|change|remove|left",
        spanned,
    ),
    Row("my_records", f"slip whether {TO_ONESELF}|pupil|school_life|change @tiny"),
    Row(
        "my_records", f"stored whether|view {TO_ONESELF}|norm|counting|message|pupil|school_life -@name @brief", spanned
    ),
    Row("my_records", f"written what|many|view|whether {TO_ONESELF}|norm|how|change|remove -@name @days", spanned),
    Row(
        "my_records",
        f"history self|view {TO_ONESELF}|exporting|wording|summary|norm|how|change|remove|data -@name -@region @brief",
        spanned,
    ),
    Row(
        "my_records",
        f"history {TO_ONESELF}|exporting|norm|how|change|remove|data -@name -@region @days @short",
        spanned,
    ),
    Row("my_records", f"history recent {TO_ONESELF}|change|remove|exporting -@name @short", spanned),
    Row("my_records", f"history {TO_ONESELF}|change|remove -@name @tiny"),
    Row("rules", "norm many|what|whether|how|when -who|lag|written|problem", required, STANDS),
    Row(
        "rules",
        "permit|split_up -who|lag|message|problem|written|keeper|own_list -@name @permitted @topic",
        permitted,
        SURE,
    ),
    Row("rules", "reckon -who|lag|problem|that|written", required, STANDS),
    Row("rules", "* -who|lag|problem|that|self -@told @reckoned", required, STANDS),
    Row("rules", "* -who|lag|problem|that|self @reckoned", required),
    Row("rules", "obliged whether -who|lag|problem|message|written -@name @brief", required, STANDS),
    Row("rules", "will_do -who|lag|problem|self @number @topic @short", required),
    Row("rules", "due what|when|whether|many -problem|pupil", required),
    Row("rules", "* counting whether|how|many|what -who|lag|problem|that -@told", required, STANDS),
    Row("rules", "* counting whether|how|many|what -who|lag|problem|that", required),
    Row("submit", "paper hand -how|who|whether|many @title", paper, STANDS),
    Row("submit", "paper hand -how|who|whether|many|agree|refuse", paper),
    Row("task_list", "own_list -who|refuse|problem|exporting|how|certain -@name @brief"),
    Row("another", "separate -how|whether|many|who @brief"),
)
