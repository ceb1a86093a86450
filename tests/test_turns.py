"""Two administrators at the same thing at the same moment, on both databases: one after the other, nothing doubled or lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import Connection, delete, func, select, update

from bot import clock
from bot.desk import Desk
from bot.jobs import hand_over
from bot.service import Service
from models.colleagues import Colleague
from models.handover import DONE, KIND, PLANNED, Wanted, cancel, handover, plan
from models.items import Item
from models.journal import Actor
from models.people import Account, JoinCode, Person
from models.refusal import Refusal
from models.roster_codes import make_codes
from tests.browsing import Browser, Clients, at_once, opened

WANG, LI, WU = (
    Colleague(number, name, 2, "沁水县团委", "/1/2/", "cadre")
    for number, name in ((1, "王干事"), (2, "李干事"), (7, "吴新"))
)


@pytest.fixture
def two(service: Service) -> Service:
    """A second administrator beside the first; one who has not joined."""
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 8).values(roles="unit_admin"))
        connection.execute(delete(Account).where(Account.person_id == 7))
    return service


def open_codes(service: Service, person: int = 7) -> int:
    mine = (JoinCode.person_id == person, JoinCode.spent_at.is_(None))
    with service.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(JoinCode).where(*mine)) or 0


def codes(connection: Connection, service: Service) -> list[str]:
    now = clock.now()
    return [row.code for row in make_codes(connection, service.vault, [7], "/1/2/", now, now.date())]


def handovers(service: Service) -> list[str]:
    with service.engine.connect() as connection:
        return list(connection.scalars(select(Item.status).where(Item.kind == KIND).order_by(Item.id)))


def asked(connection: Connection, admin: int, taker: Colleague = WU) -> int:
    today = clock.now().date()
    return plan(connection, Actor(admin, 2, None, clock.now()), Wanted(WANG, taker, today, False, True), today)


def meanwhile(service: Service, first: Connection, second: Callable[[Connection], object]) -> list[object]:
    """Begin the second while the first has not committed; what came of it, and whether it had to wait."""
    came: list[object] = []

    def run() -> None:
        with service.engine.begin() as connection:
            try:
                came.append(second(connection))
            except Refusal as refusal:
                came.append(str(refusal))

    thread = Thread(target=run)
    thread.start()
    time.sleep(0.3)
    waited = not came
    first.commit()
    thread.join(20)
    return [waited, *came]


def test_codes_made_meanwhile_end_those_before(two: Service) -> None:
    with two.engine.connect() as first:
        first.begin()
        (one,) = codes(first, two)
        waited, other = meanwhile(two, first, lambda connection: codes(connection, two))
    assert waited
    assert [one] != other
    assert open_codes(two) == 1


@pytest.mark.parametrize("taker", [WU, LI])
def test_a_post_goes_over_once(two: Service, taker: Colleague) -> None:
    with two.engine.connect() as first:
        first.begin()
        asked(first, 4)
        waited, said = meanwhile(two, first, lambda connection: asked(connection, 8, taker))
    assert waited
    assert "已经登记了一次交接" in str(said)
    assert handovers(two) == [PLANNED]


def test_what_is_done_meanwhile_cannot_be_taken_back(two: Service) -> None:
    with two.engine.begin() as connection:
        number = asked(connection, 4)
        one = handover(connection, number, "/1/2/")
    assert one
    run_clock(two)
    with two.engine.begin() as connection, pytest.raises(Refusal, match="已经办完"):
        cancel(connection, Actor(8, 2, None, clock.now()), one)  # as it was seen before
    assert handovers(two) == [DONE]


def run_clock(service: Service) -> None:
    hand_over.run(Desk(service, {}, clock.now), clock.now() + timedelta(minutes=1))


# On pages


@pytest.fixture
def admins(two: Service, client: Clients) -> tuple[Browser, Browser]:
    return opened(two, client(), "孙管理"), opened(two, client(), "陈审批")


@pytest.mark.pages
def test_two_sheets_at_once_leave_one_code_each(two: Service, admins: tuple[Browser, Browser]) -> None:
    def make(browser: Browser) -> int:
        return browser.send("codes", "make", person="7").status_code

    statuses = at_once([lambda: make(admins[0]), lambda: make(admins[1])])
    assert set(statuses) <= {200, 422}
    assert 200 in statuses
    assert open_codes(two) == 1


@pytest.mark.pages
def test_a_sheet_made_since_the_page_was_shown_is_told_of(two: Service, admins: tuple[Browser, Browser]) -> None:
    seen = shown(admins[1])
    assert admins[0].send("codes", "make", person="7", seen=shown(admins[0])).status_code == 200
    refused = admins[1].send("codes", "make", person="7", seen=seen)
    assert refused.status_code == 422
    assert "已经给吴新生成过加入码" in refused.text
    again = admins[1].send("codes", "make", person="7", seen=shown(admins[1]))
    assert again.status_code == 200
    assert open_codes(two) == 1


def shown(browser: Browser) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', browser.get("codes").text)
    assert found
    return found[1]


@pytest.mark.pages
def test_two_hand_overs_at_once_are_one(two: Service, admins: tuple[Browser, Browser]) -> None:
    day = clock.now().date().isoformat()

    def hand(browser: Browser) -> int:
        return browser.send("member", "hand", {"id": 1}, id="1", taker="7", day=day, schools="1").status_code

    assert sorted(at_once([lambda: hand(admins[0]), lambda: hand(admins[1])])) == [303, 422]
    assert handovers(two) == [DONE]
