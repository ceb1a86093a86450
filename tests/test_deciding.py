"""Who hears what, and when: the jobs on a small roster, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.channels.base import Incoming
from bot.clock import CHINA
from bot.conversation import answer
from bot.jobs.running import run_job
from bot.outbox import deliver
from models.calendar import Calendar
from models.candidates import candidates
from models.outbox import Decision, OutboxMessage
from models.people import Absence, Account, Person, Wish
from models.records import Entry, Plan, Question, Total
from models.units import Term
from models.wishes import Asks, slot
from tests.desks import ID, NAME, Office, office


@pytest.fixture
def here(sqlite_url: str) -> Iterator[Office]:
    with office(sqlite_url, template=True) as made:
        yield made


@pytest.fixture
def on_both(database_url: str) -> Iterator[Office]:
    with office(database_url, template=True) as made:
        yield made


def at(here: Office, moment: str) -> None:
    here.watch.at = datetime.fromisoformat(moment).replace(tzinfo=CHINA)


def run(here: Office, job: str, moment: str = "") -> dict[str, int]:
    if moment:
        at(here, moment)
    return run_job(here.desk, job, here.watch.at)


def told(here: Office, moment: str, job: str = "pace") -> list[str]:
    """What the first person is sent by a round at this moment."""
    run(here, job, moment)
    before = newest(here)
    here.wrote()
    deliver(here.desk)
    with here.service.engine.connect() as connection:
        mine = (OutboxMessage.person_id == ID, OutboxMessage.state == "sent", OutboxMessage.done_at >= here.watch.at)
        rows = connection.execute(select(OutboxMessage.text).where(*mine, OutboxMessage.id > 0)).scalars()
        return list(rows) if before or rows else []


def newest(here: Office) -> int:
    with here.service.engine.connect() as connection:
        return connection.execute(select(OutboxMessage.id).order_by(OutboxMessage.id.desc()).limit(1)).scalar() or 0


def reason(here: Office, person: int = ID) -> str:
    with here.service.engine.connect() as connection:
        statement = select(Decision.reason).where(Decision.person_id == person).order_by(Decision.day.desc())
        return str(connection.execute(statement.limit(1)).scalar())


def say(here: Office, words: str, user: str = NAME) -> str:
    here.keys += 1
    message = Incoming("official", user, f"s{here.keys}", "text", words, here.watch.at)
    return answer(here.service, message, here.watch.at) or ""


def add(here: Office, table: type, **values: Any) -> None:
    with here.service.engine.begin() as connection:
        connection.execute(insert(table), [values])


def reached(here: Office, *metrics: str, value: int = 50, person: int = ID) -> None:
    rows = [
        {"subject_kind": "person", "subject_id": person, "metric": metric + end, "period": period, "value": value}
        for metric in metrics
        for end in ("", "@own")
        for period in ("2026-2027-1", "2026", "always")
    ]
    with here.service.engine.begin() as connection:
        connection.execute(insert(Total), rows)


OTHERS = (
    "lectures",
    "pioneers_interviewed",
    "counselors_interviewed",
    "key_tasks",
    "squadrons_linked",
    "identity_declared",
    "research_reports",
)


def test_all_in_one_message_most_pressing_first(on_both: Office) -> None:
    (text,) = told(on_both, "2026-12-14 09:30")
    lines = text.split("\n")
    assert lines[0] == "驻校还差10天，本学期还剩10个教学日，最迟12月14日要开始"
    assert len(lines) > 5
    assert lines[-1].startswith("回“为什么提醒我”")


def test_facts_are_those_of_the_rules(here: Office) -> None:
    reached(here, *OTHERS)
    reached(here, "on_site_days", value=4)
    (text,) = told(here, "2026-11-27 09:30")
    assert text.startswith("驻校还差6天，本学期还剩21个教学日，最迟12月18日要开始")


def test_at_most_one_unasked_a_week(here: Office) -> None:
    assert told(here, "2026-12-14 09:30")
    for day in ("15", "16", "17", "18"):
        assert told(here, f"2026-12-{day} 09:30") == []
        assert reason(here) == "told_lately"
    assert told(here, "2026-12-21 09:30")


@pytest.mark.parametrize(
    "moment",
    [
        "2026-12-14 08:59",
        "2026-12-14 12:00",
        "2026-12-14 14:29",
        "2026-12-14 17:30",
        "2026-12-14 23:00",
        "2026-12-19 10:00",
        "2026-10-01 10:00",
        "2026-10-05 10:00",
        "2026-09-25 10:00",
    ],
)
def test_hours_and_days_are_a_gate(here: Office, moment: str) -> None:
    assert run(here, "pace", moment) == {"outside_hours": 1}


@pytest.mark.parametrize("moment", ["2026-10-10 09:00", "2026-09-20 11:29", "2026-12-14 17:29"])
def test_worked_weekends_are_open(here: Office, moment: str) -> None:
    assert run(here, "pace", moment)["considered"] == 5


def test_leave_holds_everything(here: Office) -> None:
    add(here, Absence, person_id=ID, start=date(2026, 12, 7), end=date(2026, 12, 16), made_at=here.watch.at)
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "leave"
    assert told(here, "2026-12-17 09:30")


def test_late_joiner_is_left_alone_at_first(here: Office) -> None:
    reached(here, "key_tasks", "research_reports")
    here.change(Person, Person.id == ID, joined_on=date(2026, 11, 9))
    assert told(here, "2026-11-20 09:30") == []
    assert reason(here) == "joined_late"
    (text,) = told(here, "2026-11-23 09:30")
    assert text.startswith("驻校还差10天，本学期还剩25个教学日")


def test_due_then_reported_is_cleared(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    reached(here, *OTHERS, "on_site_days")
    here.wrote()
    assert deliver(here.desk)["cleared"] >= 1
    assert here.double.texts(NAME) == []


def test_goal_changed_in_mid_term_changes_the_words(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    here.change(Person, Person.id == ID, post="part_time")
    here.wrote()
    assert deliver(here.desk).get("sent", 0) + deliver(here.desk).get("sent", 0) <= 3
    assert here.double.texts(NAME) == []


def test_post_handed_over_ends_it(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    here.change(Person, Person.id == ID, roles="unit_admin")
    here.wrote()
    deliver(here.desk)
    assert here.double.texts(NAME) == []
    assert run(here, "pace", "2026-12-21 09:30")["considered"] == 4


def test_clock_off_for_three_days_makes_no_flood(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    for moment in ("2026-12-17 09:30", "2026-12-17 09:31"):
        run(here, "pace", moment)
    here.wrote()
    deliver(here.desk)
    deliver(here.desk)
    assert len(here.double.texts(NAME)) == 1


def test_unit_with_its_own_calendar_goes_by_it(here: Office) -> None:
    term = {"name": "2026-2027-1", "start": date(2026, 9, 1), "end": date(2027, 1, 31)}
    add(here, Term, unit_id=2, **term, teaching_start=date(2026, 9, 1), teaching_end=date(2026, 12, 11))
    reached(here, *OTHERS)
    (text,) = told(here, "2026-11-13 09:30")
    assert "最迟11月16日要开始" in text


def test_own_time_lies_outside_the_hours(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    assert run(here, "own_time", "2026-12-14 19:59")["due"] == 0
    (text,) = told(here, "2026-12-14 20:00", "own_time")
    assert text.startswith("驻校还差10天")
    assert text.endswith("不要了回“不要再提醒了”。")
    assert run(here, "own_time", "2026-12-14 20:01") == {"due": 1, "new": 0}
    deliver(here.desk)
    assert len(here.double.texts(NAME)) == 1


def test_own_time_takes_the_place_of_the_weekly_one(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "own_time"


def test_own_time_is_silent_for_who_has_done_it(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    reached(here, *OTHERS, "on_site_days")
    assert told(here, "2026-12-14 20:00", "own_time") == []


def test_own_time_is_silent_where_it_was_recorded_today(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    at(here, "2026-09-15 16:00")
    say(here, "今天访谈3名队员")
    assert told(here, "2026-09-15 20:00", "own_time") == []
    assert told(here, "2026-09-16 20:00", "own_time")


def test_own_time_long_gone_is_not_made_up_for(here: Office) -> None:
    add(here, Wish, person_id=ID, time="18:00")
    assert run(here, "own_time", "2026-12-14 20:01") == {"due": 0, "new": 0}


@pytest.mark.parametrize(
    ("asks", "day", "said"),
    [
        (Asks(time="20:00"), "2026-12-14", True),
        (Asks(time="20:00"), "2026-12-19", False),
        (Asks(time="20:00"), "2026-10-02", False),
        (Asks(time="15:00", weekdays="3"), "2026-12-16", True),
        (Asks(time="15:00", weekdays="3"), "2026-12-17", False),
        (Asks(time="15:00", weekdays="6"), "2026-12-19", True),
        (Asks(time="15:00", weekdays="6"), "2026-10-03", False),
        (Asks(time="15:00", weekdays="7"), "2026-09-27", False),
        (Asks(), "2026-12-14", False),
    ],
)
def test_days_of_an_own_time(asks: Asks, day: str, said: bool) -> None:
    assert bool(slot(asks, Calendar(), date.fromisoformat(day))) == said


def test_pause_lasts_for_the_term_and_own_time_comes_back(here: Office) -> None:
    at(here, "2026-11-20 16:00")
    assert "每周三15:00" in say(here, "每周三下午提醒我")
    assert "到2027年1月31日为止" in say(here, "暂停提醒")
    assert told(here, "2026-12-14 09:30") == []
    assert told(here, "2026-12-16 15:00", "own_time") == []
    assert "每周三15:00照旧" in say(here, "恢复提醒")
    assert told(here, "2026-12-23 15:00", "own_time")


def test_digest_for_who_asked(here: Office) -> None:
    at(here, "2026-11-16 16:00")
    assert "每周五09:30推送" in say(here, "主动每周五推送", "oUser-5")
    assert run(here, "digest", "2026-11-19 09:30")["due"] == 0
    assert run(here, "digest", "2026-11-20 09:30") == {"due": 1, "new": 1}
    here.wrote("oUser-5")
    deliver(here.desk)
    (text,) = here.double.texts("oUser-5")
    assert "沁水县团委 0/3人，驻校0天" in text
    assert "王干事" not in text


def test_digest_ends_with_the_post(here: Office) -> None:
    add(here, Wish, person_id=5, time="09:30", weekdays="5", digest=True)
    here.change(Person, Person.id == 5, roles="cadre")
    run(here, "digest", "2026-11-20 09:30")
    here.wrote("oUser-5")
    deliver(here.desk)
    assert here.double.texts("oUser-5") == []


def test_planning_question_is_answered_by_days(here: Office) -> None:
    reached(here, *OTHERS)
    (text,) = told(here, "2026-10-19 09:30")
    assert "打算哪几天去？" in text
    assert "记下计划：12月7日至18日去驻校" in say(here, "12月7日到18日")
    with here.service.engine.connect() as connection:
        plan = connection.execute(select(Plan.start, Plan.end)).one()
    assert tuple(plan) == (date(2026, 12, 7), date(2026, 12, 18))
    assert told(here, "2026-11-23 09:30") == []
    assert reason(here) == "plan_ahead"


def test_planning_question_comes_once_a_term(here: Office) -> None:
    reached(here, *OTHERS)
    assert told(here, "2026-10-19 09:30")
    assert "定了再告诉我" in say(here, "还没定")
    for day in ("10-26", "11-02", "11-09", "11-16"):
        assert told(here, f"2026-{day} 09:30") == []


def test_question_that_a_reminder_asked_does_not_stand_in_the_way(here: Office) -> None:
    reached(here, *OTHERS)
    told(here, "2026-10-19 09:30")
    assert say(here, "今天访谈3名队员").startswith("已记")
    assert "还差一问" not in say(here, "进度")


def test_plan_gone_by_is_asked_about_and_yes_records_it(here: Office) -> None:
    reached(here, *OTHERS)
    days = {"start": date(2026, 11, 2), "end": date(2026, 11, 3)}
    add(here, Plan, person_id=ID, activity="on_site", count=2, state="open", made_at=here.watch.at, **days)
    (text,) = told(here, "2026-11-06 09:30")
    assert text.startswith("驻校还差10天")
    assert "驻校2天" in say(here, "是")


def test_after_two_in_vain_the_person_is_told_first(here: Office) -> None:
    reached(here, *OTHERS)
    for person in (2, 3, 7):
        reached(here, *OTHERS, "on_site_days", person=person)
    assert told(here, "2026-11-23 09:30")
    assert told(here, "2026-12-14 09:30")
    assert run(here, "pace", "2026-12-15 09:30")["helps"] == 0
    (text,) = told(here, "2026-12-21 09:30")
    assert "单位管理员会在帮助名单里看到" in text
    assert "要帮忙" not in say(here, "谁还没开始", "oUser-4")
    assert "记下了" in say(here, "学校装修，进不去")
    assert run(here, "pace", "2026-12-22 09:30")["helps"] == 1
    seen = say(here, "谁还没开始", "oUser-4")
    assert "王干事：驻校还差10天" in seen
    assert "本人说：学校装修，进不去" in seen
    assert "王干事" not in say(here, "谁还没开始", "oUser-5")
    assert told(here, "2026-12-29 09:30") == []
    assert reason(here) in ("in_help_list", "vacation")


def test_whoever_could_not_be_reached_is_not_on_the_list(here: Office) -> None:
    for moment in ("2026-11-23 09:30", "2026-12-14 09:30", "2026-12-21 09:30", "2026-12-22 09:30"):
        assert run(here, "pace", moment)["helps"] == 0


def test_who_catches_up_leaves_the_list(here: Office) -> None:
    reached(here, *OTHERS)
    for moment in ("2026-11-23 09:30", "2026-12-14 09:30", "2026-12-21 09:30", "2026-12-22 09:30"):
        told(here, moment)
    assert "王干事：驻校" in say(here, "谁还没开始", "oUser-4")
    reached(here, "on_site_days")
    run(here, "pace", "2026-12-23 09:30")
    assert "王干事：驻校" not in say(here, "谁还没开始", "oUser-4")


def test_nudge_goes_by_the_same_budget(here: Office) -> None:
    at(here, "2026-12-14 10:00")
    assert "上班时间提醒王干事：驻校还差10天" in say(here, "催一下王干事", "oUser-4")
    assert "正等着送达" in say(here, "催一下王干事", "oUser-5")
    here.wrote()
    deliver(here.desk)
    (text,) = here.double.texts(NAME)
    assert text.startswith("沁水县团委孙管理请你看看进度：\n驻校还差10天")
    said = say(here, "催一下王干事", "oUser-5")
    assert "12月14日10:00提醒过：驻校还差10天" in said
    assert "一周最多提醒一次" in said
    assert told(here, "2026-12-15 09:30") == []
    assert "沁水县团委孙管理请我提醒你" in say(here, "为什么提醒我")
    assert "催办" in say(here, "谁看过我的记录")


@pytest.mark.parametrize("words", ["催一下赵干事"])
def test_nudge_stays_within_the_scope(here: Office, words: str) -> None:
    at(here, "2026-12-14 10:00")
    assert "没有叫赵干事的人" in say(here, words, "oUser-4")


def test_nudge_tells_why_it_does_not_go_out(here: Office) -> None:
    reached(here, *OTHERS, "on_site_days")
    at(here, "2026-12-14 10:00")
    assert "都完成了" in say(here, "催一下王干事", "oUser-4")
    add(here, Wish, person_id=2, off=True)
    assert "暂停了提醒" in say(here, "催一下李干事", "oUser-4")


def test_who_has_not_begun_can_be_reminded_at_once(here: Office) -> None:
    at(here, "2026-12-14 10:00")
    said = say(here, "提醒还没开始的人", "oUser-4")
    assert "还没开始的有3人" in said
    assert "已安排提醒3人（本单位：王干事；李干事；吴新）" in said
    again = say(here, "提醒还没开始的人", "oUser-5")
    assert "王干事" not in again
    assert "7天内提醒过" in again


def test_why_is_answered_from_the_decision(here: Office) -> None:
    told(here, "2026-12-14 09:30")
    why = say(here, "为什么提醒我")
    assert "上次提醒是12月14日09:30，说的是：驻校还差10天" in why
    assert "当天是最迟要开始的日子（N01" in why
    told(here, "2026-12-15 09:30")
    assert "12月15日没有提醒，因为一周内已经提醒过" in say(here, "怎么没提醒我")


@pytest.mark.parametrize(
    ("day", "why"), [("2026-09-10", "来得及：驻校还差10天，本学期还剩"), ("2026-12-14", "你在请假")]
)
def test_why_not_is_told_with_facts(here: Office, day: str, why: str) -> None:
    add(here, Absence, person_id=ID, start=date(2026, 12, 10), end=date(2026, 12, 20), made_at=here.watch.at)
    run(here, "pace", f"{day} 09:30")
    assert why in say(here, "怎么没提醒我")


def test_one_message_a_day(here: Office) -> None:
    at(here, "2026-12-14 10:00")
    for number in (1, 2, 3):
        here.remind(kind="notice", key=f"n{number}", text=f"第{number}件")
    here.wrote()
    deliver(here.desk)
    (text,) = here.double.texts(NAME)
    assert text.split("\n————\n") == ["第1件", "第2件", "第3件"]
    here.remind(kind="notice", key="n4", text="第4件", expires=here.watch.at + timedelta(days=9))
    assert deliver(here.desk) == {"later": 1}
    at(here, "2026-12-15 09:00")
    here.wrote()
    deliver(here.desk)
    assert here.double.texts(NAME)[1:] == ["第4件"]


def test_a_reminder_takes_along_what_waits(here: Office) -> None:
    at(here, "2026-12-14 09:30")
    run(here, "pace")
    notice = here.remind(kind="notice", text="清单已退回")
    here.wrote()
    deliver(here.desk)
    (text,) = here.double.texts(NAME)
    assert text.startswith("驻校还差10天")
    assert text.endswith("清单已退回")
    assert (here.state(notice), here.row(notice).reason[:15]) == ("cleared", "goes along with")
    assert told(here, "2026-12-15 09:30") == []
    assert reason(here) == "told_lately"


def test_what_waits_comes_at_the_own_time(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    at(here, "2026-12-14 10:00")
    here.remind(kind="notice", text="清单已退回")
    here.wrote()
    assert deliver(here.desk) == {"later": 1}
    (text,) = told(here, "2026-12-14 20:00", "own_time")
    assert text.endswith("清单已退回")


def test_plans_are_closed_when_their_time_is_over(on_both: Office) -> None:
    here = on_both
    plan = {"person_id": ID, "activity": "on_site", "state": "open", "made_at": here.watch.at}
    days = (("2026-03-09", "2026-03-10"), ("2026-11-02", "2026-11-03"), ("2026-11-16", "2026-11-17"))
    for first, last in (*days, ("2026-12-21", "2026-12-22")):
        add(here, Plan, **plan, start=date.fromisoformat(first), end=date.fromisoformat(last))
    stay = {"activity": "on_site", "start": date(2026, 11, 2), "end": date(2026, 11, 2), "made_at": here.watch.at}
    add(here, Entry, person_id=ID, unit_id=2, **stay)
    assert run(here, "plans", "2026-12-14 09:30") == {"done": 1, "lapsed": 1, "passed": 1}
    assert run(here, "plans") == {"done": 0, "lapsed": 0, "passed": 1}


def test_every_night_the_totals_are_proved(on_both: Office) -> None:
    here = on_both
    at(here, "2026-11-20 16:00")
    say(here, "今天访谈3名队员")
    assert run(here, "recount") == {"differences": 0, "persons": 0}
    here.change(Total, Total.metric == "pioneers_interviewed@own", value=9)
    found = run(here, "recount")
    assert found["persons"] == 1
    assert run(here, "recount") == {"differences": 0, "persons": 0}


def test_second_clock_and_second_run_write_nothing_new(on_both: Office) -> None:
    here = on_both
    first = run(here, "pace", "2026-12-14 09:30")
    second = run_job(replace(here.desk, worker="other"), "pace", here.watch.at)
    assert (first["reminded"], second["reminded"]) == (4, 0)
    with here.service.engine.connect() as connection:
        assert len(connection.execute(select(Question.id)).all()) == 0


def test_paper_handed_in_is_somebody_elses_turn(here: Office) -> None:
    reached(here, *OTHERS[:-1], "on_site_days")
    at(here, "2026-12-11 16:00")
    assert "已登记" in say(here, "交调研报告《课后活动调研》")
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "done"


@pytest.mark.parametrize("ids", [[], [1], [3, 1, 2]])
def test_people_are_found_by_their_numbers(on_both: Office, ids: list[int]) -> None:
    with on_both.service.engine.connect() as connection:
        found = candidates(connection, ids, {"2026"}, on_both.watch.at)
    assert [one.bound.person_id for one in found] == sorted(ids)


def test_paper_accepted_counts_at_once(here: Office) -> None:
    add(here, Account, channel="official", user="oUser-8", person_id=8, failures=0, reachable=True)
    at(here, "2026-12-11 16:00")
    say(here, "交调研报告《课后活动调研》")
    assert "已通过" in say(here, "批准王干事的调研报告", "oUser-8")
    with here.service.engine.connect() as connection:
        mine = (Total.subject_id == ID, Total.metric == "research_reports", Total.period == "2026")
        assert connection.execute(select(Total.value).where(*mine)).scalar() == 1
