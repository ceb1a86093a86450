"""Draws repeat by their seed, leave nobody out, ask about each record once, and end with the answer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.bundling import spoken
from bot.reminding import Words
from bot.replay import Player
from bot.service import Service
from models.items import Item
from models.journal import Actor
from models.outbox import OutboxMessage
from models.outbox_rows import Row
from models.people import Person
from models.records import Entry, Question
from models.spot_checks import PRIME, Pool, checks_below, checks_of_entries, draw, draw_again
from models.units import Unit

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
POOL = Pool("/1/", date(2026, 9, 1), date(2026, 11, 20), 5, date(2026, 11, 20))
ACTOR = Actor(5, 1, None, NOW)


@pytest.fixture
def service(service: Service) -> Service:
    """The small roster with twenty records, some of which may not be drawn."""
    with service.engine.begin() as connection:
        connection.execute(insert(Entry), [_entry(1 + at % 2, date(2026, 10, 1) + timedelta(at)) for at in range(20)])
        barred: list[dict[str, Any]] = [
            {"state": "withdrawn"},
            {"training": True},
            {"activity": "issue"},
            {"person_id": 5},
        ]
        connection.execute(insert(Entry), [_entry(1, date(2026, 11, 1)) | one for one in barred])
        connection.execute(insert(Entry), [_entry(1, date(2026, 8, 1)), _entry(1, date(2026, 11, 21))])
    return service


def _entry(person: int, day: date) -> dict[str, Any]:
    row = {"person_id": person, "unit_id": 2, "activity": "on_site", "count": 1, "start": day, "end": day}
    return row | {"state": "active", "training": False, "away": False, "made_at": NOW}


def by_hand(seed: int, ids: list[int]) -> list[int]:
    """The shuffle as anybody can reckon it from the seed alone."""
    digest = sha256(f"spot check {seed}".encode()).digest()
    a, b, c, d = (int.from_bytes(digest[at : at + 4], "big") % PRIME for at in range(0, 16, 4))
    return sorted(ids, key=lambda x: (((a * x + b) * x + c) * x + d) % PRIME)


def allowed(connection: Connection) -> list[int]:
    """The records that may be drawn, by the fixture's own account."""
    days = (Entry.start >= POOL.first, Entry.start <= POOL.last)
    good = (Entry.activity == "on_site", Entry.state == "active", Entry.training.is_(False), Entry.person_id != 5)
    return list(connection.execute(select(Entry.id).where(*days, *good)).scalars())


def test_draw_is_what_the_seed_says(service: Service) -> None:
    with service.engine.begin() as connection:
        for seed in (1, 20261104, 99999999):
            made = draw(connection, ACTOR, 1, POOL, seed, 5)
            assert list(made.entries) == by_hand(seed, allowed(connection))[:5]
            assert made.of == 20


def test_every_record_is_as_likely_as_another(service: Service) -> None:
    with service.engine.connect() as connection:
        ids = allowed(connection)
    firsts = Counter(by_hand(seed, ids)[0] for seed in range(4000))
    assert set(firsts) == set(ids)
    assert max(firsts.values()) < 1.35 * 200
    assert min(firsts.values()) > 0.65 * 200


def test_seed_given_again_is_the_same_draw_whatever_came_since(service: Service) -> None:
    with service.engine.begin() as connection:
        made = draw(connection, ACTOR, 1, POOL, 7, 5)
        connection.execute(insert(Entry), [_entry(2, date(2026, 11, 10)) for _ in range(50)])
        assert draw_again(connection, 1, 7) == made
        assert draw_again(connection, 2, 7) is None


def test_each_record_is_asked_about_once(service: Service) -> None:
    with service.engine.begin() as connection:
        for seed in range(6):
            draw(connection, ACTOR, 1, POOL, seed, 10)
        found = checks_below(connection, "/1/")
    assert len(found) == len({one.entry_id for one in found}) <= 20


def test_fewer_records_than_wanted_are_all_drawn(service: Service) -> None:
    with service.engine.begin() as connection:
        made = draw(connection, ACTOR, 1, POOL._replace(first=date(2026, 10, 19)), 3, 20)
        assert len(checks_of_entries(connection, made.entries)) == made.of == 2


def test_nobody_at_practice_or_gone_is_drawn(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(training=True))
        connection.execute(update(Person).where(Person.id == 2).values(left_on=date(2026, 11, 1)))
        assert draw(connection, ACTOR, 1, POOL, 3, 20).entries == ()


TALKS = count(step=1000)  # no message has the number of another


def say(service: Service, *lines: str) -> None:
    Player(service, lambda _line: None, said=next(TALKS)).play(["now 2026-11-20 10:00", *lines])


def switch_on(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(spot_check_on=True))


def only_check(service: Service) -> int:
    with service.engine.connect() as connection:
        return connection.execute(select(Item.id).where(Item.kind == "spot_check")).scalar_one()


def test_what_goes_out_carries_the_question(service: Service) -> None:
    switch_on(service)
    say(service, "周督导: 抽查20条 种子5")
    with service.engine.begin() as connection:
        rows = connection.execute(select(*(getattr(OutboxMessage, name) for name in Row._fields))).all()
        told = {row.person_id: spoken(connection, service, Row(*row), NOW) for row in rows}
    assert set(told) == {1, 2}
    words = told[1]
    assert isinstance(words, Words)
    assert words.text.startswith("长安市团委周督导随机抽查，抽到你的10条记录")
    assert [ask["kind"] for ask in words.asks] == ["check"] * 10


def test_single_question_is_not_sent_once_it_is_answered(service: Service) -> None:
    switch_on(service)
    say(service, "周督导: 抽查1条 种子5")
    with service.engine.begin() as connection:
        connection.execute(update(Item).where(Item.kind == "spot_check").values(status="closed"))
        row = Row(*connection.execute(select(*(getattr(OutboxMessage, name) for name in Row._fields))).one())
        assert spoken(connection, service, row, NOW) == "settled"


def test_record_taken_back_ends_its_check(service: Service) -> None:
    switch_on(service)
    say(service, "赵干事: 今天驻校", "周督导: 抽查清河区1条", "赵干事: 抽查情况", "赵干事: 撤销", "赵干事: 抽查情况")
    say(service, "周督导: 抽查情况", "机器人: 记录已由本人撤销，已办结")
    with service.engine.connect() as connection:
        assert connection.execute(select(Question.state).where(Question.kind == "check")).scalars().all() == ["dropped"]


def test_report_after_the_question_is_a_report(service: Service) -> None:
    switch_on(service)
    say(
        service,
        "赵干事: 今天驻校",
        "周督导: 抽查清河区1条",
        "赵干事: 抽查情况",
        "赵干事: 今天访谈3名队员",
        "机器人: 已记",
        "赵干事: 改成5名",
        "机器人: 已改 11月20日 访谈队员5名",
        "赵干事: 好的",
        "赵干事: 抽查情况",
        "机器人: 驻校1天：等本人答复",
        "赵干事: 属实",
        "机器人: 记为属实",
    )


def test_closed_before_it_was_answered_asks_no_more(service: Service) -> None:
    switch_on(service)
    say(service, "赵干事: 今天驻校", "周督导: 抽查清河区1条", "赵干事: 抽查情况")
    number = only_check(service)
    say(
        service,
        f"周督导: 抽查{number}号办结",
        "机器人: 会告诉赵干事",
        "赵干事: 属实",
        "赵干事: 抽查情况",
        "机器人: 已办结",
    )
    say(service, f"孙管理: 抽查{number}号办结", f"机器人: 你能看的范围里没有{number}号抽查")


ASKED = ("赵干事: 今天访谈3名队员", "周督导: 抽查清河区1条", "赵干事: 抽查情况")


@pytest.mark.parametrize(
    "words",
    ["属实", "情况属实", "是的，属实", "核实过了，没错", "没有出入", "记录是真实的", "对的", "情况属实，那天下午去的"],
)
def test_ways_to_say_that_it_is_true(service: Service, words: str) -> None:
    switch_on(service)
    say(service, *ASKED, f"赵干事: {words}", "机器人: 记为属实，已办结")


@pytest.mark.parametrize("words", ["应该是2名", "那条记错了，是2名", "有出入，应该是2名"])
def test_a_figure_put_right_changes_the_record_asked_about(service: Service, words: str) -> None:
    switch_on(service)
    say(service, *ASKED, f"赵干事: {words}", "机器人: 访谈队员2名", "周督导: 抽查情况", "机器人: 本人已更正")


@pytest.mark.parametrize(
    "words",
    [
        "不属实，没去",
        "有出入，只去了半天",
        "说明：那天是线上谈的",
        "这件事我记得不太清楚了",
        "那天是和周末活动一起办的，算半场",
    ],
)
def test_a_sentence_goes_to_who_drew_the_record(service: Service, words: str) -> None:
    switch_on(service)
    say(service, *ASKED, f"赵干事: {words}", "机器人: 会转给抽查的人办结", "周督导: 抽查情况", "机器人: 等办结")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("今天访谈4名队员，没问题", "已记"),
        ("今天驻校，检查出入校门秩序", "已记"),
        ("反映问题：操场年久失修，情况属实", "已记入问题台账"),
        ("明天去清河区第二中学，没问题", "计划"),
        ("我的进度", "还有"),
        ("好的", ""),
        ("谢谢", ""),
    ],
)
def test_other_matters_are_no_answer(service: Service, words: str, kept: str) -> None:
    switch_on(service)
    say(service, *ASKED, f"赵干事: {words}", f"机器人: {kept}", "周督导: 抽查情况", "机器人: 等本人答复")


def test_a_date_is_no_number_of_a_check(service: Service) -> None:
    switch_on(service)
    say(service, *ASKED)
    number = only_check(service)
    say(
        service,
        f"赵干事: {number}号访谈4名队员",
        "机器人: 已记",
        f"赵干事: {number + 1}号属实",
        "周督导: 抽查情况",
        "机器人: 等本人答复",
    )
    say(service, f"赵干事: {number}号属实", "机器人: 记为属实")


def test_days_that_were_said_are_drawn_from(service: Service) -> None:
    switch_on(service)
    say(service, "周督导: 抽查10月1日到3日的20条", "机器人: 10月1日至3日的3条记录，随机抽出3条")
    say(service, "周督导: 抽查10月的3条 种子20261104", "机器人: 10月1日至31日的20条记录，随机抽出3条（种子20261104）")
    say(service, "周督导: 抽查3条 种子20261104", "机器人: 10月1日至31日的20条记录，这个种子抽过，是同一批3条")


def test_where_the_drawer_left_the_unit_hears_of_it(service: Service) -> None:
    switch_on(service)
    say(service, "王干事: 今天访谈3名队员", "陈审批: 抽查20条 种子4", "王干事: 抽查情况")
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 8).values(left_on=date(2026, 11, 1)))
    say(service, "王干事: 说明：那天是线上谈的")
    with service.engine.connect() as connection:
        told = connection.execute(
            select(OutboxMessage.person_id, OutboxMessage.text).order_by(OutboxMessage.id.desc())
        ).first()
    assert told
    assert (told.person_id, "线上谈的" in told.text) == (4, True)
