"""Where everybody of a unit and below stood at the end of a span, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.forms.order import Order
from models.completion import Line, Span, person_lines
from models.histories import enrolled
from models.policy import Policy


def lines_by_policy(order: Order, first: date, last: date) -> Iterator[tuple[Policy, list[Line]]]:
    """Each document that somebody here is under, with the people it binds; the documents in the order of their names."""
    people = (who for batch in enrolled(order.connection, order.unit.path) for who in batch)
    names = {name for who in people for name in who.bound.policies}
    for policy in (order.policies[name] for name in sorted(names) if name in order.policies):
        found = person_lines(
            order.connection, order.policies, order.calendars.of, Span(policy, first, last), order.unit.path
        )
        yield policy, [line for line in found if policy.id in line.who.bound.policies]


def lines_by_person(found: Iterable[tuple[Policy, list[Line]]]) -> list[Line]:
    """Each person once, whatever documents bind them."""
    people: dict[int, Line] = {}
    for _, lines in found:
        for line in lines:
            number = line.who.bound.person_id
            kept = people[number].standings if number in people else ()
            people[number] = Line(line.who, (*kept, *line.standings), line.sums)
    return list(people.values())
