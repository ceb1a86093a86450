"""Rows of what leaders ask and order: units, those behind, one person, problems, lists, grades, spot checks, forms."""

from __future__ import annotations

from ..late import late
from . import making
from .frame import Frame, span_slots
from .ideas import Seen
from .items import NUM
from .persons import where, whom
from .rows import Row
from .rule import STANDS, SURE, Slots
from .slots import form, number


def of_region(frame: Frame, _seen: Seen) -> Slots:
    """The region and the days, where said."""
    place = frame.once(where)
    return ({"region": making.as_written(frame, place)} if place else {}) | span_slots(frame.days())


def of_those(frame: Frame, seen: Seen) -> Slots:
    """Region, activity and audience of a question about those behind."""
    place, topic = frame.once(where), {} if seen.has("helped") else dict(frame.topic)
    if "audience" in topic and "activity" not in topic and late("谈|聊|访|见").search(frame.core):
        topic["activity"] = "interview"
    return ({"region": making.as_written(frame, place)} if place else {}) | topic


def of_person(frame: Frame, _seen: Seen) -> Slots | None:
    """The person named, who is no region."""
    name, place = frame.once(whom), frame.once(where)
    return None if not name or (place and (name in place or place.startswith(name))) else {"name": name}


def visited(frame: Frame, _seen: Seen) -> Slots | None:
    """The school asked about, and the days."""
    return making.visits(frame)


def verdict(frame: Frame, seen: Seen) -> Slots | None:
    """Whose list, and whether it passes."""
    slots = of_person(frame, seen)
    return slots and {**slots, "approved": not (seen.has("refuse") or making.REFUSED.search(frame.core))}


def for_all(_frame: Frame, seen: Seen) -> Slots:
    """All lists at once."""
    return {"approved": not seen.has("refuse")}


def graded(frame: Frame, _seen: Seen) -> Slots | None:
    """Whose grade, and which."""
    return making.grade(frame)


def drawn(frame: Frame, _seen: Seen) -> Slots | None:
    """How many records are to be drawn."""
    return {"count": number(found["n"])} if (found := DRAWN.search(frame.core)) else None


def counted(frame: Frame, seen: Seen) -> Slots:
    """How many records are to be drawn, where said."""
    return drawn(frame, seen) or {}


def settled(frame: Frame, seen: Seen) -> Slots | None:
    """Which problem, and what has become of it."""
    found = ITEM_NUMBER.search(frame.core)
    if not found:
        return None
    said = (
        "reopened"
        if seen.has("anew")
        else "forwarded"
        if seen.has("handed_on") or (seen.has("forward") and seen.has("office"))
        else "resolved"
    )
    return {"number": number(found["n"] or found["m"] or found["k"]), "status": said}


def formed(frame: Frame, _seen: Seen) -> Slots | None:
    """The form asked for, and its days."""
    which = form(frame.core)
    days = making.ahead(frame) if which == "schedule" else making.past(frame)
    return {"form": which, **days} if which else None


def summed(frame: Frame, _seen: Seen) -> Slots:
    """A summary, and its days."""
    return {"form": "summary", **making.past(frame)}


def handed(frame: Frame, _seen: Seen) -> Slots:
    """The form handed in."""
    return {"form": form(frame.core) or "task_list", **making.past(frame)}


DRAWN = late(rf"(?P<n>{NUM})(?:条|份|个(?!人|县|区|学|队|老|月)|笔|篇|项|例)")
ITEM_NUMBER = late(rf"第?(?P<n>{NUM})(?:号|条|项)|(?:问题|编号|困难|台账|#)第?(?P<m>{NUM})|第(?P<k>{NUM})个")
NO_ORDER = "-whether|who|what|many|how|how_goes|pupil"
NO_UNIT = "-problem|message|own_list"

SETTLING: tuple[Row, ...] = (
    Row("issue_list", "shelved what|many|view|pending -self|who|folk"),
    Row("behind", "helped who|what|folk -self|problem|pupil @brief", of_those, STANDS),
    Row("rate", "excellent|good|pass|fair awarding -whether|who|pupil|how|many|paper|finish @name", graded, SURE),
    Row("rate", "excellent|good|pass|fair -whether|refuse|who|pupil|school_life|how|many @name @short", graded, SURE),
    Row("rate", "excellent|good|pass|fair -whether|refuse|who|pupil|how|many @brief", graded),
    Row("approve", f"refuse list {NO_ORDER}|urge @name", verdict, SURE),
    Row("nudge", "urge -what|many|pupil|self|how_goes @name", of_person, STANDS),
    Row("nudge", "tell come_on|other -what|many|pupil|self|how_goes @name", of_person, STANDS),
    Row("nudge", "tell -what|many|pupil|self|how_goes|progress|view @name @short", of_person),
    Row("nudge", "come_on -who|what|many|pupil|self|how_goes|whether @name", of_person, STANDS),
    Row("nudge", "urge those|lag|folk|at_once -who|whether|what|why|self|keeper @brief", level=STANDS),
    Row("nudge", "urge|tell come_on|at_once those|lag|folk|unit -who|whether|what|many|why|self @brief", level=STANDS),
    Row("nudge", "come_on those|lag -who|whether|what|many|why|self @brief", level=STANDS),
    Row("team_progress", "-self|problem|pupil|counting @versus", of_region, STANDS),
    Row("behind", "who|heads lag|helped -self|problem|nobody", of_those, SURE),
    Row("behind", "who|heads -self|problem|nobody|message|how @undone", of_those, SURE),
    Row("behind", "folk lag|helped -problem|nobody|self", of_those, SURE),
    Row("behind", "lag list_out -self|problem|nobody|how|message|pupil @brief", of_those, STANDS),
    Row("behind", "-self|problem|nobody|how|message @lacking", of_those, SURE),
    Row("approve", "to_review -pupil|school_life @short"),
    Row("approve", "approving -whether|who|how|self|message -@name @tiny", for_all),
    Row("approve", f"approving everything {NO_ORDER}|doing|self -@name @short", for_all),
    Row("approve", f"agree list {NO_ORDER}|come_on @name", verdict, SURE),
    Row("approve", f"refuse {NO_ORDER}|urge|come_on|school_life|left|enough @name @short", verdict),
    Row("approve", f"agree {NO_ORDER}|school_life|left|come_on|doing @name @brief", verdict),
    Row("spot_check", "spot -how|who|pupil|problem|school_life @brief", counted),
    Row("spot_check", "draw verify history|written -how|who|pupil|many|self|left @brief", counted),
    Row("spot_check", "draw verify|item -how|pupil|who|change @number @brief", drawn),
    Row(
        "issue_update",
        "problem solved|anew|forward|handed_on -who|how|pupil|many|what|spot|told_of @item",
        settled,
        SURE,
    ),
    Row("issue_update", "solved|anew|forward|handed_on -who|how|pupil @item -@name", settled),
    Row("issue_list", "problem list_out -self|how|wrong @brief", level=SURE),
    Row("issue_list", "pending problem -self|folk"),
    Row("issue_list", "pending view -self|folk|lag"),
    Row("issue_list", "pending many -self|folk|lag|left|now_"),
    Row("issue_list", "problem>listing -self|how|hand|report_up"),
    Row("issue_list", "problem what|many|view -self|pupil|how|school_life|enough|wrong|neg @brief"),
    Row("issue_list", "problem>neg many|what|how_goes -self|who|how|pupil"),
    Row("issue_list", "problem>outcome what|many|view|whether|how_goes -self|how|best|unit|enough"),
    Row("issue_list", "told_of solved many|whether|what -self|who|pupil|written"),
    Row("issue_list", "told_of problem what|many|view|how_goes -self|pupil|left"),
    Row("hand_in", "report_up completion -how|whether|who|pupil @brief", handed),
    Row("hand_in", "report_up certain own_list -how|whether|who|pupil @days @brief", handed),
    Row("hand_in", "report_up certain|form_done -how|whether|who|own_list|pupil|paper|unit|message @brief", handed),
    Row(
        "export",
        "make|for_me ledger|schedule|summary -how|why|whether|hand|erase|school_life|periodic|own_list|looking -@tally @brief",
        formed,
    ),
    Row("export", "ledger|schedule -how|problem|who|change|self|school_life -@tally @short", formed),
    Row("export", "completion make|for_me|exporting -how|problem|who|whether|certain @brief", formed),
    Row("export", "task_form make|for_me|exporting -self|neg|how|problem|who|what|whether @days @brief", formed),
    Row(
        "export",
        "wording|summary make|for_me|wording -how|why|whether|hand|erase|school_life|pupil|data|who @brief",
        summed,
        STANDS,
    ),
    Row("export", "summary -how|why|problem|who|pupil|written|paper|enough @tiny", formed),
    Row("export", "exporting -how|why|data|who|school_life|pupil|problem @tiny"),
    Row("export", "exporting ledger|schedule|task_form|summary|history -how|why|data @brief", formed),
)
ASKING: tuple[Row, ...] = (
    Row("behind", "those view|what|many -problem|progress|doing|enough", of_those),
    Row("school_visits", "who|whether|many|heads doing|progress|lag -self|pupil|problem @school", visited, SURE),
    Row("school_visits", "how|how_goes|view doing|progress -self|pupil|problem @school", visited),
    Row(
        "person_progress",
        f"progress|doing|left|enough|lag|now_|how_goes many|how|how_goes|whether|view|what|progress {NO_UNIT}|unit @name",
        of_person,
        STANDS,
    ),
    Row("person_progress", "view @name @lookup", of_person, SURE),
    Row("person_progress", "view -problem|pupil|history|message @name @short", of_person),
    Row(
        "person_progress",
        "history|progress|how_goes -problem|pupil|message|self|list|exporting @name @short",
        of_person,
    ),
    Row("team_progress", "best who|what|unit|progress|many|how_goes|whether -problem|pupil|self -@name", of_region),
    Row("team_progress", "best -problem|pupil|self|school_life -@name @short", of_region),
    Row("team_progress", f"enough who|folk {NO_UNIT}|self|neg|lag|helped|pupil @brief", of_region),
    Row("team_progress", f"forecast enough whether|many|what {NO_UNIT}|self", of_region),
    Row(
        "team_progress",
        f"progress|doing|enough|left|best|how_goes {NO_UNIT}|who -@school @region @brief",
        of_region,
        STANDS,
    ),
    Row("team_progress", f"view|many|best {NO_UNIT}|who -@school @region @short", of_region),
    Row("team_progress", f"unit progress|how_goes|best|heads {NO_UNIT}|lag @brief", of_region, STANDS),
    Row("team_progress", f"unit left many|what {NO_UNIT}|folk|who @brief", of_region, STANDS),
    Row("team_progress", f"unit doing|enough|left many|how|whether|what|view {NO_UNIT}|lag @brief", of_region, STANDS),
)
