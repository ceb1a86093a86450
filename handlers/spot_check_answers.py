"""What a person answers to a spot check: true, put right on the spot, or a sentence that goes to who drew it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from handlers.asked import Asked
from handlers.needs import Draft, first_need
from handlers.recording import read_back
from handlers.spot_checks import settle, tell_drawer
from models import journal
from models.context import OpenQuestion
from models.facts import Fact
from models.spot_checks import Check, checks_of

FRESH, NATURAL = timedelta(days=60), timedelta(days=3)
SENTENCE, SHORT = 6, 12
NUMBER = re.compile(r"^(?:抽查|核实)?第?(\d+)号")
SAYS_IT = re.compile(
    r"^(?:情况|记录|都|全部|均|核实|抽查|是的?|对)*[^，,。；;]{0,3}属实|属实[。!！~ ]*$"
    r"|^(?:抽查|核实)第?\d+号|^\d+号(?:抽查|那条|的)?(?:不?属实|有出入)|^(?:抽查|核实)?说明[:：]|^有出入"
)
TRUE = re.compile(r"属实|无误|没错|没有?问题|[没无]有?出入|核实(?:过|好)?了|真实|都对|是真的")
FALSE = re.compile(r"不属实|不真实|(?<![没无])有出入|有误|不对|记错")
BARE = re.compile(r"(?:嗯+|是的?|对的?|对得上|确认|[，, ])+[。!！~ ]*")
RIGHT = re.compile(r"应该?是|应为|应该|改[成为]|其实|实际|只有|不是|是[\d一二两三四五六七八九十]")
OTHER_MATTERS = ("issue_report", "feedback", "plan")
EVERY = re.compile("都|全|均")
COLUMNS = ("audience", "start", "end")


def answer_marked(asked: Asked, pending: OpenQuestion) -> str | None:
    """An answer that can be nothing else: 属实, 12号属实, 抽查12号…, or a figure put right with nothing newer to mean."""
    words = asked.meaning.masked.strip()
    says_it = asked.meaning.intent not in OTHER_MATTERS and bool(SAYS_IT.search(words))
    if not _about(asked, pending):
        return None
    if (says_it or _short(asked, words)) and TRUE.search(words) and not FALSE.search(words):
        return _confirmed(asked, pending)
    if BARE.fullmatch(words) and _alone(asked):
        return _confirmed(asked, pending)
    if asked.meaning.intent == "amend" and (says_it or _means_this(asked, pending)):
        return (_put_right(asked, pending) if RIGHT.search(words) else None) or _said(asked, pending)
    return _said(asked, pending) if says_it else None


def _means_this(asked: Asked, pending: OpenQuestion) -> bool:
    """Whether a correction can mean no other record: none was named, and nothing was recorded since the question."""
    slots = asked.meaning.slots
    elsewhere = any(slots.get(name) != value for name, value in asked.meaning.fragment.items())
    newer = any(fact.made_at is not None and fact.made_at > pending.asked_at for fact in asked.context.facts)
    return not elsewhere and not newer and asked.now - pending.asked_at <= NATURAL


def _short(asked: Asked, words: str) -> bool:
    """A few words that tell of nothing else, with no other question they could answer."""
    return len(words) <= SHORT and not asked.meaning.entries and _alone(asked)


def answer_freely(asked: Asked, pending: OpenQuestion) -> str | None:
    """A sentence of another kind than a report, while the question is fresh."""
    long = len(asked.meaning.masked.strip()) >= SENTENCE
    natural = (
        long and asked.meaning.intent in ("unknown", "nothing", "deny") and asked.now - pending.asked_at <= NATURAL
    )
    return _said(asked, pending) if natural and _about(asked, pending) else None


def _about(asked: Asked, pending: OpenQuestion) -> bool:
    """Whether a number that was said, if any, is this one's."""
    said = NUMBER.search(asked.meaning.masked.strip()) if SAYS_IT.search(asked.meaning.masked.strip()) else None
    fresh = asked.now - pending.asked_at <= FRESH
    return fresh and (said is None or int(said[1]) == pending.data["item"])


def _alone(asked: Asked) -> bool:
    """Whether nothing else waits that a bare yes could mean."""
    return all(question.kind == "check" for question in asked.context.questions)


def _confirmed(asked: Asked, pending: OpenQuestion) -> str:
    """True; where all are said to be, all that wait."""
    waiting = [q for q in asked.context.questions if q.kind == "check"]
    meant = waiting if EVERY.search(asked.meaning.masked) else [pending]
    for question in meant:
        settle(asked, question.data["item"], "confirmed")
        journal.settle(asked.connection, question.id)
    numbers = "、".join(f"{question.data['item']}号" for question in meant)
    return f"谢谢，抽查{numbers}记为属实，已办结。{_next(asked, [q.id for q in meant])}"


def _put_right(asked: Asked, pending: OpenQuestion) -> str | None:
    """应该是2名: the record that was asked about is changed, with its history; where it makes no sense, nothing is."""
    fact = _fact(asked, pending)
    changes = _changes(asked, fact) if fact else {}
    if fact is None or not changes or first_need(Draft(fact._asdict() | changes), asked.today, asked.calendar):
        return None
    journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), changes, "answer")
    settle(asked, pending.data["item"], "corrected", asked.meaning.masked)
    journal.settle(asked.connection, pending.id)
    said = read_back(asked, [fact._replace(**changes)], head="已改")
    return f"{said}\n抽查{pending.data['item']}号记为已更正，已办结。{_next(asked, [pending.id])}"


def _changes(asked: Asked, fact: Fact) -> dict[str, Any]:
    """What the words change, if the record they are about can be this one."""
    slots = {name: value for name, value in asked.meaning.slots.items() if value is not None}
    count = Decimal(str(slots.get("count", 1)))
    broken = fact.activity != "on_site" and count != count.to_integral_value()
    if broken or not slots.keys() <= {"count", *COLUMNS}:
        return {}
    changes: dict[str, Any] = {name: slots[name] for name in COLUMNS if name in slots}
    return changes | ({"count": count, "at_least": None} if "count" in slots else {})


def _fact(asked: Asked, pending: OpenQuestion) -> Fact | None:
    return next((fact for fact in asked.context.facts if fact.id == pending.entry_id), None)


def _said(asked: Asked, pending: OpenQuestion) -> str | None:
    """A sentence: it stays with the check, and who drew it hears of it."""
    words = re.sub(r"^(?:抽查|核实)?(?:\d+号)?(?:的?说明)?[:：，, ]*", "", asked.meaning.masked.strip())
    one = _check(asked, pending.data["item"])
    if one is None:
        journal.settle(asked.connection, pending.id, "dropped")
        return None
    if FALSE.fullmatch(words.rstrip("。!！")) or not words:
        return f"抽查{one.id}号哪里有出入？说一句就行，如：应该是2名。"
    settle(asked, one.id, "answered", words)
    journal.settle(asked.connection, pending.id)
    tell_drawer(asked, one, words)
    return f"好的，这句话记在抽查{one.id}号下，会转给抽查的人办结。{_next(asked, [pending.id])}"


def _check(asked: Asked, number: int) -> Check | None:
    return next((one for one in checks_of(asked.connection, asked.person_id) if one.id == number), None)


def _next(asked: Asked, settled: list[int]) -> str:
    """The next record that was drawn, if there is one."""
    left = [q for q in asked.context.questions if q.kind == "check" and q.id not in settled]
    return f"\n还有一条：{left[0].text}" if left else ""
