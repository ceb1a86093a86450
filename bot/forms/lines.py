"""Where everybody of a unit and below stood at the end of a span, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.forms.order import Order
from models.completion import Line, Span, lines_of_each
from models.histories import enrolled
from models.policy import Policy


def lines_by_policy(order: Order, first: date, last: date) -> Iterator[tuple[Policy, list[Line]]]:
    """Each document that somebody here is under, with the people it binds; the documents in the order of their names."""
    people = (who for batch in enrolled(order.connection, order.unit.path) for who in batch)
    names = {name for who in people for name in who.bound.policies}
    policies = [order.policies[name] for name in sorted(names) if name in order.policies]
    spans = [Span(policy, first, last) for policy in policies]
    calendar_of, path = order.calendars.of, order.unit.path
    found = list(lines_of_each(order.connection, order.policies, calendar_of, spans, path))
    for policy in policies:
        yield policy, [lines[policy.id] for lines in found if policy.id in lines]


def lines_by_person(found: Iterable[tuple[Policy, list[Line]]]) -> list[Line]:
    """Each person once, whatever documents bind them."""
    people: dict[int, Line] = {}
    for _, lines in found:
        for line in lines:
            number = line.who.bound.person_id
            kept = people[number].standings if number in people else ()
            people[number] = Line(line.who, (*kept, *line.standings), line.sums)
    return list(people.values())
