"""What the present parser would make of the stored messages: shown beside what was recorded, before anything is switched."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from bot.clock import local
from bot.service import Service
from bot.understanding import understand
from bot.understanding.meaning import Entry, Meaning, plain
from models.database import reading
from models.facts import Fact
from models.histories import histories
from models.recount import differences, flat, reckon, stored
from models.reparse import COMPARED, Said, fingerprint, messages

RECORDED = "check_in"
Write = Callable[[str], object]


def compare(service: Service, write: Write) -> int:
    """Write each message that would be read otherwise, then each total that would change; gives how many messages."""
    with reading(service.engine).connect() as connection, connection.begin():
        changed = {said.id: (said, now) for said in messages(connection) if (now := _otherwise(said)) is not None}
        for said, now in changed.values():
            write(_line(said, now))
        for line in _totals(connection, service, changed):
            write(line)
    return len(changed)


def _otherwise(said: Said) -> Meaning | None:
    """The new reading where it differs; what a person put right by hand stays as it is."""
    if said.touched:
        return None
    now = understand(said.text, local(said.said_at))
    if now.intent != said.intent:
        concerned = RECORDED in (now.intent, said.intent) or said.facts
        return now if concerned else None
    if now.intent != RECORDED or not said.facts:
        return None
    old, new = Counter(map(fingerprint, said.facts)), Counter(fingerprint(fact) for fact in _facts(said, now))
    return now if old != new else None


def _facts(said: Said, now: Meaning) -> list[Fact]:
    """The new reading as entries, at the place where the old ones are filed."""
    if now.intent != RECORDED:
        return []
    return [_fact(said, entry, -(said.id * 100 + n)) for n, entry in enumerate(now.entries) if not entry.total]


def _fact(said: Said, entry: Entry, number: int) -> Fact:
    where = said.facts[0] if said.facts else None
    values: dict[str, Any] = {name: getattr(entry, name, None) for name in Fact._fields}
    values |= {name: where and getattr(where, name) for name in ("place", "school_id")}
    number_of = None if entry.count is None else Decimal(str(entry.count))
    state = "active" if number_of is not None and entry.start else "pending"
    values |= {"id": number, "message_id": said.id, "count": number_of, "state": state}
    values |= {name: bool(where and getattr(where, name)) for name in ("away", "linked")}
    values |= {"made_at": said.said_at, "at_least": None}
    return Fact(**values)


def _line(said: Said, now: Meaning) -> str:
    row = {
        "message": said.id,
        "person_id": said.person_id,
        "text": said.text,
        "was": {"intent": said.intent, "entries": _shown(said.facts)},
        "now": {"intent": now.intent, "entries": _shown(_facts(said, now))},
    }
    return json.dumps(row, ensure_ascii=False)


def _shown(facts: Sequence[Fact]) -> list[dict[str, object]]:
    return [{name: _plain(getattr(fact, name)) for name in COMPARED} for fact in facts]


def _plain(value: object) -> object:
    return plain(float(value)) if isinstance(value, Decimal) else plain(value)


def _totals(connection: Connection, service: Service, changed: Mapping[int, tuple[Said, Meaning]]) -> Iterator[str]:
    """The totals of the people concerned, kept and as they would be."""
    people = {said.person_id for said, _ in changed.values()}
    for history in histories(connection):
        number = history.who.bound.person_id
        if number not in people:
            continue
        left = [fact for fact in history.facts if fact.message_id not in changed]
        new = [fact for said, now in changed.values() if said.person_id == number for fact in _facts(said, now)]
        other = replace(history, facts=tuple(left + new))
        reckoned = flat(reckon(other, service.policies, service.calendars.of(history.who.terms)))
        for one in differences(number, stored(connection, number), reckoned):
            row = {"person_id": number, "metric": one.metric, "period": one.period}
            yield json.dumps(row | {"kept": float(one.kept), "would_be": float(one.reckoned)}, ensure_ascii=False)
