"""Supervisors' pages: in scope only, with the chat's numbers; what they do goes the chat's way."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert, select, update

from bot import clock
from bot.service import Service
from models.items import Item, ItemEvent
from models.outbox import OutboxMessage
from models.people import Person
from tests.browsing import BASE, Browser, Clients, looks, opened, say, text

pytestmark = pytest.mark.pages
LEADERS = ("team", "names", "helps", "problems", "hand-ins")


@pytest.mark.parametrize("path", LEADERS)
def test_pages_of_leaders_are_closed_to_others(service: Service, client: Clients, path: str) -> None:
    page = opened(service, client(), "王干事").get(path)
    assert page.status_code == 403
    assert looks(service, "scope") == [(1, None)]


@pytest.mark.parametrize("path", [*LEADERS, "checks", "problem", "hand-in"])
def test_without_the_code_there_is_nothing(service: Service, client: Clients, path: str) -> None:
    browser = opened(service, client(), "周督导")
    stranger = Browser(client(), browser.root)
    page = stranger.get(path)
    assert page.status_code == 403
    assert "团委" not in page.text


@pytest.mark.parametrize("path", ["team", "names", "problems"])
@pytest.mark.parametrize("unit", ["1", "3", "99999", "-1", "３", "x" * 40, "9" * 40])
def test_a_unit_outside_the_scope_is_refused_and_kept(service: Service, client: Clients, path: str, unit: str) -> None:
    page = opened(service, client(), "孙管理").get(path, unit=unit)
    assert page.status_code == 403
    assert "不在你能看的范围" in page.text
    assert "清河区" not in page.text
    assert looks(service, "scope") == [(4, None)]


def test_units_read_as_in_chat(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天驻校，访谈3名队员", "赵干事: 今天宣讲1场")
    said = say(service, "周督导: 全市进度")
    page = text(opened(service, client(), "周督导").get("team"))
    for unit, begun, bound, days in re.findall(r"(\S+团委) (\d)/(\d)人，驻校(\d+)天", said):
        assert f"{unit} {begun}／{bound}人 驻校{days}天" in page
    whole = re.search(r"合计 (\d)/(\d)人，驻校(\d+)天", said)
    assert whole
    assert f"合计 {whole[1]}／{whole[2]}人已开展 驻校{whole[3]}天" in page


def test_rules_read_as_in_chat(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天驻校，访谈20名队员")
    said = say(service, "周督导: 全市进度", "周督导: 更多")
    page = text(opened(service, client(), "周督导").get("team"))
    lines = re.findall(r"(\S+) (\d)/(\d)人，合计(\S+)", said)
    assert len(lines) >= 6
    for title, met, bound, done in lines:
        assert f"{title} {met}／{bound}人 {done}" in page


def test_units_stand_in_the_official_order_and_lead_down(service: Service, client: Clients) -> None:
    say(service, "赵干事: 今天驻校，访谈3名队员")
    browser = opened(service, client(), "周督导")
    page = browser.get("team").text
    assert page.index("沁水县团委") < page.index("清河区团委")
    assert f"{browser.root}/team?unit=3" in page.replace("&amp;", "&")
    below = text(browser.get("team", unit=3))
    assert "清河区团委本级 1／1人" in below
    assert not set("排名落后督办") & {"名次"} and not re.search("落后|排名|督办", page)


def test_names_are_shown_where_asked_for_and_those_named_see_it(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天驻校，访谈3名队员")
    browser = opened(service, client(), "周督导")
    assert "王干事" not in browser.get("team", unit=2).text
    assert looks(service, "names") == []
    page = text(browser.get("names", unit=2))
    assert "还没开始的2人 沁水县团委 李干事、吴新" in page
    assert "王干事 沁水县团委 本学期 驻校1/10天" in page
    assert sorted(person or 0 for _, person in looks(service, "names")) == [1, 2, 7]
    assert "周督导" in say(service, "李干事: 谁看过我的记录")


def test_help_list_names_the_own_unit_only(service: Service, client: Clients) -> None:
    with service.engine.begin() as connection:
        row = {"kind": "help", "status": "open", "title": "N01", "period": "x", "made_at": clock.now()}
        said = {"data": {"said": "驻校0/10天"}, "text": "防汛走不开"}
        connection.execute(insert(Item), [row | said | {"person_id": p, "unit_id": u} for p, u in ((1, 2), (3, 3))])
    county, city = opened(service, client(), "孙管理"), opened(service, client(), "周督导")
    page = text(county.get("helps"))
    assert "王干事 驻校0/10天 本人说：防汛走不开" in page
    assert "赵干事" not in page
    above = text(city.get("helps"))
    assert "沁水县团委 1人" in above
    assert "清河区团委 1人" in above
    assert "王干事" not in above
    assert looks(service, "help") == [(4, 1)]


def raise_problems(service: Service, many: int = 1) -> list[int]:
    with service.engine.begin() as connection:
        row = {"kind": "issue", "unit_id": 2, "person_id": 1, "status": "open", "made_at": clock.now()}
        return [
            connection.execute(insert(Item).values(text=f"经费不足{at}", **row).returning(Item.id)).scalar_one()
            for at in range(many)
        ]


def test_a_problem_is_answered_and_told_back(service: Service, client: Clients) -> None:
    (number,) = raise_problems(service)
    browser = opened(service, client(), "孙管理")
    assert f"{number}号" in text(browser.get("problems"))
    done = browser.send("problem", "move", {"id": number}, id=number, status="forwarded", words="转给教育局办理")
    assert done.status_code == 303
    page = text(browser.get("problem", id=number))
    assert f"{number}号问题已记为“已转办”。会告诉提出的王干事。" in page
    assert "转给教育局办理 沁水县团委孙管理" in page
    browser.send("problem", "move", {"id": number}, id=number, status="resolved", words="经费已到位")
    assert "办好了" not in text(browser.get("problem", id=number))
    assert "没有这样的问题" in text(browser.get("problems"))
    assert "经费不足0" in text(browser.get("problems", state="resolved"))
    with service.engine.connect() as connection:
        told = list(connection.execute(select(OutboxMessage.text).where(OutboxMessage.person_id == 1)).scalars())
    assert [words.rpartition("：")[2] for words in told] == ["转给教育局办理", "经费已到位"]
    assert "台账里没有未解决的问题" in say(service, "孙管理: 问题台账")


def test_words_of_a_form_are_masked_and_harm_is_not_kept(service: Service, client: Clients) -> None:
    (number,) = raise_problems(service)
    browser = opened(service, client(), "孙管理")
    browser.send(
        "problem", "move", {"id": number}, id=number, status="resolved", words="已联系张小明同学家长13812345678"
    )
    with service.engine.connect() as connection:
        words = connection.execute(select(ItemEvent.text).order_by(ItemEvent.id.desc()).limit(1)).scalar_one()
    assert "张小明" not in words
    assert "13812345678" not in words
    refused = browser.send(
        "problem", "move", {"id": number}, id=number, status="reopened", words="有个学生被老师打伤了，家长来反映"
    )
    assert refused.status_code == 422
    assert "12355" in refused.text
    with service.engine.connect() as connection:
        assert connection.execute(select(Item.status).where(Item.id == number)).scalar_one() == "resolved"


@pytest.mark.parametrize(
    ("status", "words"), [("resolved", ""), ("withdrawn", "好"), ("", "好"), ("resolved", "长" * 301)]
)
def test_a_step_that_makes_no_sense_changes_nothing(service: Service, client: Clients, status: str, words: str) -> None:
    (number,) = raise_problems(service)
    browser = opened(service, client(), "孙管理")
    answer_ = browser.send("problem", "move", {"id": number}, id=number, status=status, words=words)
    assert answer_.status_code == 422
    with service.engine.connect() as connection:
        assert connection.execute(select(Item.status).where(Item.id == number)).scalar_one() == "open"


def test_anothers_problem_is_not_to_be_seen(service: Service, client: Clients) -> None:
    (number,) = raise_problems(service)
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 3).values(roles="unit_admin"))
    browser = opened(service, client(), "赵干事")
    page = browser.get("problem", id=number)
    assert page.status_code == 403
    assert "经费" not in page.text
    sent = browser.send("problem", "move", {}, id=number, status="resolved", words="好了")
    assert sent.status_code in (403, 422)


def test_long_ledgers_have_pages(service: Service, client: Clients) -> None:
    raise_problems(service, 45)
    browser = opened(service, client(), "周督导")
    first, last = text(browser.get("problems")), text(browser.get("problems", nr=3))
    assert "经费不足44" in first
    assert "经费不足24" not in first
    assert "经费不足4 " in last
    assert "1 / 3" in first
    assert browser.get("problems", nr="0").status_code == browser.get("problems", nr="x" * 9).status_code == 200


def test_a_form_without_our_proof_does_nothing(service: Service, client: Clients) -> None:
    (number,) = raise_problems(service)
    browser = opened(service, client(), "孙管理")
    data = {"action": "move", "id": number, "status": "resolved", "words": "好了", "proof": "f" * 64}
    sent = browser.client.post(f"{browser.root}/problem?id={number}", data=data, base_url=BASE)
    assert sent.status_code == 403
    with service.engine.connect() as connection:
        assert connection.execute(select(Item.status).where(Item.id == number)).scalar_one() == "open"
