"""Rows of what leaders ask and order: units, those behind, one person, problems, lists, grades, spot checks, forms."""

from __future__ import annotations

from ..late import late
from . import leaders, orders
from .frame import Frame, span_slots
from .ideas import Row, Seen
from .items import NUM
from .persons import whom
from .rule import Slots
from .slots import form, number, region


def of_region(frame: Frame, _seen: Seen) -> Slots:
    """The region and the days, where said."""
    where = region(frame.core)
    return ({"region": leaders.as_written(frame, where)} if where else {}) | span_slots(frame.days())


def of_those(frame: Frame, _seen: Seen) -> Slots:
    """Region, activity and audience of a question about those behind."""
    where, topic = region(frame.core), dict(frame.topic)
    if "audience" in topic and "activity" not in topic and late("谈|聊|访|见").search(frame.core):
        topic["activity"] = "interview"
    return ({"region": leaders.as_written(frame, where)} if where else {}) | topic


def of_person(frame: Frame, _seen: Seen) -> Slots | None:
    """The person named, who is no region."""
    name, where = whom(frame), region(frame.core)
    return None if not name or (where and (name in where or where.startswith(name))) else {"name": name}


def verdict(frame: Frame, seen: Seen) -> Slots | None:
    """Whose list, and whether it passes."""
    slots = of_person(frame, seen)
    return slots and {**slots, "approved": not (seen.has("refuse") or orders.REFUSED.search(frame.core))}


def graded(frame: Frame, _seen: Seen) -> Slots | None:
    """Whose grade, and which."""
    return orders.grade(frame)


def drawn(frame: Frame, _seen: Seen) -> Slots | None:
    """How many records are to be drawn."""
    return {"count": number(found["n"])} if (found := DRAWN.search(frame.core)) else None


def settled(frame: Frame, seen: Seen) -> Slots | None:
    """Which problem, and what has become of it."""
    found = ITEM_NUMBER.search(frame.core)
    if not found:
        return None
    said = "reopened" if seen.has("anew") else "forwarded" if seen.has("forward") and seen.has("office") else "resolved"
    return {"number": number(found["n"] or found["m"] or found["k"]), "status": said}


def formed(frame: Frame, _seen: Seen) -> Slots | None:
    """The form asked for, and its days."""
    which = form(frame.core)
    return {"form": which, **span_slots(frame.days())} if which else None


def handed(frame: Frame, _seen: Seen) -> Slots:
    """The form handed in."""
    return {"form": form(frame.core) or "task_list", **span_slots(frame.days())}


DRAWN = late(rf"(?P<n>{NUM})(?:条|份|个(?!人|县|区|学|队|老|月)|笔|篇|项|例)")
ITEM_NUMBER = late(rf"第?(?P<n>{NUM})(?:号|条|项)|(?:问题|编号|困难|台账|#)第?(?P<m>{NUM})|第(?P<k>{NUM})个")

ROWS: tuple[Row, ...] = (
    Row("rate", "excellent|good|pass|fair @name -whether|refuse|who|pupil|how|many @brief", graded),
    Row("approve", "refuse list|self -whether|who|how|pupil @name", verdict),
    Row("approve", "agree list -whether|who|how|pupil|written @name", verdict),
    Row("approve", "agree -whether|who|how|pupil|school_life|left @name @brief", verdict),
    Row("spot_check", "draw verify|item -how|pupil|who|change @number @brief", drawn),
    Row("issue_update", "solved|anew|forward -who|how|pupil @number -@name", settled),
    Row("issue_list", "pending problem -self"),
    Row("issue_list", "pending|told_of problem|outcome what|many|view|whether -self"),
    Row("issue_list", "problem outcome what|many|view|whether -self|how"),
    Row("nudge", "urge -who|what|many|pupil|self @name", of_person),
    Row("nudge", "tell come_on -who|what|many|pupil @name", of_person),
    Row("nudge", "come_on -who|what|many|pupil|whether @name @brief", of_person),
    Row("nudge", "urge those|lag -whether|what|many|why|self @brief"),
    Row("behind", "who lag -self|pupil|problem", of_those),
    Row("behind", "who lag view -problem", of_those),
    Row("behind", "those view|what|many -problem", of_those),
    Row("school_visits", "who|whether|many|how|view doing|progress|lag @school -self|pupil", leaders.visits),
    Row(
        "person_progress",
        "progress|doing|left|enough|lag many|how|whether|view|what|progress -problem|message|pupil @name",
        of_person,
    ),
    Row(
        "team_progress",
        "progress|doing|enough|left|best many|how|whether|what|view -problem|pupil|who @region",
        of_region,
    ),
    Row(
        "team_progress",
        "unit progress|doing|enough|left|best many|how|whether|what|view -problem|pupil|who @brief",
        of_region,
    ),
    Row("team_progress", "best who|what|unit|progress -problem|pupil", of_region),
    Row("export", "make ledger|schedule|task_form|summary -how|why|whether|hand|erase|school_life @brief", formed),
    Row("hand_in", "form_done certain report_up -how|whether", handed),
)
