"""Supervisors' pages of hand-ins and spot checks: confirmed as seen, frozen, drawn, answered, closed, as in chat."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot import clock
from bot.service import Service
from models.items import Item
from models.people import Person
from models.units import Unit
from tests.browsing import Browser, Clients, looks, opened, say, text

pytestmark = pytest.mark.pages


@pytest.fixture
def league(service: Service) -> Service:
    """The roster under the notice of 2021, with an administrator for the prefecture."""
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
        connection.execute(update(Person).where(Person.id == 5).values(roles="supervisor unit_admin"))
    return service


def seen(browser: Browser, due: dict[str, str]) -> str:
    found = re.search(r'name="seen" value="(\w+)"', browser.get("hand-in", **due).text)
    assert found
    return found[1]


def last_month(row: str = "") -> dict[str, str]:
    """The monthly hand-in about the month before this one, which may be confirmed from its first day on."""
    day = clock.local(clock.now()).date().replace(day=1) - timedelta(days=1)
    return {"what": "M20", "period": f"{day:%Y-%m}", "row": row}


def test_a_hand_in_is_confirmed_as_seen_frozen_and_sent(league: Service, client: Clients) -> None:
    browser = opened(league, client(), "周督导")
    due = last_month()
    fields = {**due, "seen": seen(browser, due), "checked": "1"}
    assert browser.send("hand-in", "confirm", due, **fields).status_code == 303
    page = text(browser.get("hand-in", **due))
    assert "已定稿" in page
    assert "没有更正，和现在的数一致" in page
    assert "已经定稿" in say(league, f"周督导: 确认报送{int(due['period'][-2:])}月完成情况")
    assert browser.send("hand-in", "sent", due, **due).status_code == 303
    assert "已报送" in text(browser.get("hand-in", **due))
    assert "报过的" in text(browser.get("hand-ins"))


def test_figures_that_moved_are_shown_again_before_they_are_frozen(league: Service, client: Clients) -> None:
    browser = opened(league, client(), "周督导")
    due = last_month()
    before = seen(browser, due)
    last = f"{due['period'][:4]}年{int(due['period'][-2:])}月20日"
    say(league, f"王干事: {last}访谈5名学生")
    moved = browser.send("hand-in", "confirm", due, **{**due, "seen": before, "checked": "1"})
    assert moved.status_code == 422
    assert "请再核对一次" in moved.text
    assert browser.send("hand-in", "confirm", due, **{**due, "seen": seen(browser, due)}).status_code == 303
    say(league, f"王干事: {last}访谈7名学生", "王干事: 另记")
    page = text(browser.get("hand-in", **due))
    assert "更正访谈学生" in page
    assert re.search(r"现在的数 \S+ .*学生5→12", page)


def test_who_may_not_confirm_sees_the_figures_only(league: Service, client: Clients) -> None:
    with league.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 5).values(roles="supervisor"))
    browser = opened(league, client(), "周督导")
    due = last_month()
    page = browser.get("hand-in", **due)
    assert page.status_code == 200
    assert 'name="action"' not in page.text
    forced = browser.send("hand-in", "confirm", due, **due, seen="x")
    assert forced.status_code in (403, 422)
    with league.engine.connect() as connection:
        assert connection.execute(select(Item.id).where(Item.kind == "hand_in")).all() == []


def test_a_county_stands_by_its_row(league: Service, client: Clients) -> None:
    browser = opened(league, client(), "孙管理")
    due = last_month("1")
    page = text(browser.get("hand-in", **due))
    assert "沁水县团委" in page
    assert "清河区团委" not in page
    sent = browser.send("hand-in", "confirm_row", due, **due, seen=seen(browser, due))
    assert sent.status_code == 303
    assert "长安市团委会据此汇总" in text(browser.get("hand-in", **due))
    above = text(opened(league, client(), "周督导").get("hand-in", **{**due, "row": ""}))
    assert "清河区团委 （未确认）" in above or "清河区团委（未确认）" in above
    assert "沁水县团委（未确认）" not in above


@pytest.mark.parametrize("due", [{"what": "M99", "period": "2026-10"}, {"what": "M20", "period": "1999-01"}, {}])
def test_a_hand_in_that_is_none_is_refused(league: Service, client: Clients, due: dict[str, str]) -> None:
    assert opened(league, client(), "周督导").get("hand-in", **due).status_code == 403


def test_draws_are_made_answered_and_closed_on_pages(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天驻校，访谈3名队员", "孙管理: 开启抽查")
    admin = opened(service, client(), "孙管理")
    assert admin.send("checks", "draw", unit="2", count="2", seed="77").status_code == 303
    assert "2条记录，已抽出2条，种子77" in text(admin.get("checks"))
    mine = opened(service, client(), "王干事")
    numbers = re.findall(r"(\d+)号", text(mine.get("checks")))
    first, second = sorted(set(numbers), key=int)
    assert mine.send("checks", "true", id=first).status_code == 303
    assert mine.send("checks", "explain", id=second, words="那天只去了半天").status_code == 303
    assert mine.send("checks", "true", id=first).status_code in (403, 422)
    page = text(admin.get("checks"))
    assert "本人核实属实，已办结" in page
    assert "那天只去了半天" in page
    assert admin.send("checks", "close", id=second, words="按半天算").status_code == 303
    assert "办结意见：按半天算" in text(mine.get("checks"))
    assert "办结意见：按半天算" in say(service, "孙管理: 抽查情况")
    assert (4, 1) in looks(service, "spot_check")


def test_a_form_sent_twice_draws_once(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天驻校，访谈3名队员", "孙管理: 开启抽查")
    admin = opened(service, client(), "孙管理")
    found = re.search(r'name="fresh" value="(\d+)"', admin.get("checks").text)
    assert found
    for _ in range(2):
        assert admin.send("checks", "draw", unit="2", count="1", fresh=found[1]).status_code == 303
    with service.engine.connect() as connection:
        assert len(connection.execute(select(Item.id).where(Item.kind == "draw")).all()) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": "2", "count": "0"},
        {"unit": "2", "count": "21"},
        {"unit": "2", "count": "三"},
        {"unit": "2", "count": "3", "seed": "1" * 13},
        {"unit": "3", "count": "3"},
    ],
)
def test_draws_out_of_bounds_draw_nothing(service: Service, client: Clients, fields: dict[str, str]) -> None:
    say(service, "王干事: 今天驻校", "赵干事: 今天驻校", "孙管理: 开启抽查")
    admin = opened(service, client(), "孙管理")
    assert admin.send("checks", "draw", None, **fields).status_code == 422
    with service.engine.connect() as connection:
        assert connection.execute(select(Item.id).where(Item.kind.in_(("draw", "spot_check")))).all() == []


def test_a_cadre_draws_and_closes_nothing(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天驻校", "李干事: 今天驻校", "孙管理: 开启抽查", "孙管理: 抽查2条 种子5")
    mine = opened(service, client(), "王干事")
    assert mine.send("checks", "draw", unit="2", count="1", seed="9").status_code in (403, 422)
    with service.engine.connect() as connection:
        others = connection.execute(select(Item.id).where(Item.kind == "spot_check", Item.person_id == 2)).scalar_one()
        assert len(connection.execute(select(Item.id).where(Item.kind == "draw")).all()) == 1
    for action in ("close", "true", "explain"):
        assert mine.send("checks", action, id=str(others), words="改了").status_code in (403, 422)
    assert "李干事" not in mine.get("checks").text
