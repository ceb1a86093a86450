"""Every page that the links lead to, as different people, on a phone and at a desk: what all of them keep to."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator

import pytest

from tests.browser.visitor import Visitor

PEOPLE = ("王干事", "陈干事", "刘管理员", "何主任", "孙督导")
WIDTHS = (390, 1280)
MOST = 60  # pages of one kind look alike
Enter = Callable[..., Visitor]


def walk(visitor: Visitor) -> Iterator[str]:
    """Every page that a person's links lead to; of those that differ in a number only, one."""
    waiting, known = deque([""]), set()
    while waiting and len(known) < MOST:
        address = waiting.popleft()
        kind = re.sub(r"\d+", "#", address)
        if kind in known:
            continue
        known.add(kind)
        visitor.open(address)
        yield address
        waiting += visitor.links()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_keeps_to_the_rules(visitor: Enter, who: str, width: int) -> None:
    found = visitor(who, width)
    faults = {address: wrong for address in walk(found) if (wrong := found.faults())}
    assert faults == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_control_is_reached_by_the_keyboard(visitor: Enter, who: str) -> None:
    found = visitor(who, 1280)
    faults = {address: wrong for address in walk(found) if (wrong := found.unreached())}
    assert faults == {}
