"""What counts, and how: each metric by its hard cases."""

from __future__ import annotations

import cProfile
from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.catalogue import CATALOGUE
from models.credits import credits, explain, rest_days  # noqa: A004 the plain word for it
from models.facts import Fact
from models.metrics import WAYS, totals
from models.policy import rules_for
from tests.made import BOTH, CALENDAR, SCHOOL, TODAY, bound, fact, item, policies, rule, stand, stay, sums, talk

TERM = "2026-2027-1"
D = Decimal


def days(*stays: Fact, number: str = "N01") -> Decimal:
    return stand(number, *stays).done


def test_every_metric_has_its_arithmetic() -> None:
    assert {metric.way for metric in CATALOGUE.values()} == set(WAYS)


def test_one_day_said_twice_is_one_day() -> None:
    assert days(stay("11-18"), stay("11-18")) == 1


def test_two_half_days_of_one_date_are_one_day() -> None:
    half = stay("11-18", count="0.5", full_day=False)
    assert days(half) == D("0.5")
    assert days(half, half) == 1
    assert days(half, half, half) == 1
    assert days(half, stay("11-19")) == D("1.5")


def test_a_span_with_a_count_and_dated_days_inside_are_the_greater_of_the_two() -> None:
    week = stay("11-16", "11-20", 3)
    assert days(week) == 3
    assert days(week, stay("11-16"), stay("11-17")) == 3
    assert days(week, *(stay(f"11-{n}") for n in range(16, 21))) == 5
    assert days(week, stay("11-13")) == 4


def test_nested_spans_are_not_added() -> None:
    assert days(stay("11-16", "11-18", 2), stay("11-16", "11-20", 3)) == 3
    assert days(stay("11-16", "11-18", 2), stay("11-19", "11-20", 1)) == 3


def test_rest_days_inside_a_range_do_not_count() -> None:
    assert days(stay("11-12", "11-17", 6)) == 4
    assert days(stay("09-24", "10-09", 16)) == 6  # 24, 28, 29, 30 September, 8 and 9 October


def test_a_make_up_saturday_inside_a_range_counts() -> None:
    assert days(stay("10-08", "10-11", 4)) == 3


def test_a_rest_day_named_by_itself_counts() -> None:
    assert days(stay("11-14")) == 1
    assert days(stay("11-14", "11-15", 2)) == 2


def test_more_days_than_workdays_are_believed_when_said_as_a_number() -> None:
    assert days(stay("11-09", "11-15", 6)) == 6


def test_what_waits_or_is_withdrawn_counts_nowhere() -> None:
    assert days(stay("11-18", state="pending"), stay("11-19", state="withdrawn"), stay("11-20")) == 1


def test_a_stay_of_no_days_is_none() -> None:
    assert days(stay(count=0)) == days(stay("11-16", "11-20", 0)) == 0
    assert stand("N02", stay(count=0)).done == stand("M02a", stay(count=0)).done == 0


def test_days_fall_into_their_terms() -> None:
    found = sums(stay("08-31"), stay("09-01"), who=bound())
    assert found["on_site_days@own", "2025-2026-2"] == 1
    assert found["on_site_days@own", TERM] == 1


def test_a_range_over_the_end_of_a_term_is_parted() -> None:
    found = sums(stay("08-27", "09-02", 7), who=bound())
    assert found["on_site_days@own", "2025-2026-2"] == 3
    assert found["on_site_days@own", TERM] == 2


@pytest.mark.parametrize("number", ["N01", "N08", "N09a", "N09b"])
def test_away_from_the_own_school_is_kept_but_not_credited(number: str) -> None:
    done = {
        "N01": stay(),
        "N08": fact("lecture"),
        "N09a": talk("pioneer", 1),
        "N09b": talk("counselor", 1),
    }[number]
    assert stand(number, done).done == 1
    assert stand(number, done._replace(away=True)).done == 0
    assert credits(done._replace(away=True), [rule(number)]) == frozenset()
    assert [one.reason for one in explain(done._replace(away=True), [rule(number)], CALENDAR)] == ["away"]


def test_the_league_counts_talks_at_any_school() -> None:
    assert stand("M16a", talk("student", 2, away=True)).done == 2


def test_people_met_before_are_taken_off() -> None:
    assert stand("N09a", talk("pioneer", 20, met_before=5)).done == 15
    assert stand("N09a", talk("pioneer", 3, met_before=5)).done == 0


def test_each_audience_has_its_own_count() -> None:
    found = sums(talk("pioneer", 3), talk("student", 4), talk("league_cadre", 5), talk("counselor", 6))
    assert found["pioneers_interviewed@own", TERM] == 3
    assert found["counselors_interviewed@own", TERM] == 6
    assert found["students_interviewed-forum", "2026"] == 4
    assert found["league_cadres_interviewed-forum", "2026"] == 5


def test_blocks_go_by_school_days() -> None:
    assert days(stay("11-16"), stay("11-20"), number="N02") == 1  # three school days between
    assert days(stay("11-16"), stay("11-23"), number="N02") == 2  # four
    assert days(stay("11-13"), stay("11-16"), number="N02") == 1  # a weekend


def test_holidays_after_the_end_of_teaching_break_no_block() -> None:
    assert stand("N02", stay("2027-01-08"), stay("2027-01-29"), today=date(2027, 1, 30)).done == 1


def test_full_days_want_the_whole_day_of_one_entry() -> None:
    half = stay("09-14", count="0.5", full_day=False)
    morning = stay("09-15", full_day=False)
    assert days(half, half, morning, stay("09-16"), stay("09-17", full_day=True), number="M03b") == 2


def test_full_days_fall_into_their_window() -> None:
    assert days(stay("09-29", "10-09", 11), number="M03b") == 2
    assert days(stay("10-08"), number="M03b") == 0
    assert days(stay("03-16"), number="M03a") == 1


def test_a_visit_in_the_month() -> None:
    assert days(stay("11-16", count="0.5", full_day=False), number="M02a") == 1
    assert days(stay("10-16"), number="M02a") == 0
    assert stand("M02a", fact("online_contact", 3, "11-16")).done == 0


def test_squadrons_are_told_apart_by_name() -> None:
    one, same, other = (fact("unit_link", class_name=name) for name in ("五(2)中队", "五二中队", "五1中队"))
    assert stand("N10", one, same).done == 1
    assert stand("N10", one, same, other).done == 2


def test_unnamed_links_may_be_the_named_ones() -> None:
    named, bare = fact("unit_link", class_name="高一3班团支部"), fact("unit_link", 2)
    assert stand("M09", bare).done == 2
    assert stand("M09", named, bare).done == 2
    assert stand("M09", named).done == 1


def test_a_squadron_is_no_branch() -> None:
    squadron, branch = fact("unit_link", class_name="五2中队"), fact("unit_link", class_name="高一3班团支部")
    assert stand("N10", branch).done == 0
    assert stand("M09", squadron).done == 0


def test_general_branches_are_counted_apart() -> None:
    who = bound("league_im_2021", level="university")
    general, branch = fact("unit_link", class_name="数学系团总支"), fact("unit_link", class_name="数学2101班团支部")
    assert stand("M08a", general, branch, who=who).done == 1
    assert stand("M08b", general, branch, who=who).done == 1


def test_links_and_identity_hold_for_the_present_school_only() -> None:
    moved = bound(assigned=((3, date(2025, 9, 1), date(2026, 8, 31)), (SCHOOL, date(2026, 9, 1), None)))
    for number, activity in (("N10", "unit_link"), ("N11", "identity")):
        assert stand(number, fact(activity, school_id=3), who=moved).done == 0
        assert stand(number, fact(activity, school_id=SCHOOL), who=moved).done == 1
        assert stand(number, fact(activity), who=moved).done == 1


def test_identity_is_done_once() -> None:
    assert stand("N11", fact("identity", start="09-02"), fact("identity")).done == 1


def test_a_report_counts_when_accepted() -> None:
    assert stand("N14", fact("report"), items=(item("report", status="submitted"),)).done == 0
    assert stand("N14", items=(item("report", status="accepted"),)).done == 1
    assert stand("M12", items=(item("case", status="accepted"), item("case", status="returned"))).done == 1


def test_one_accepted_report_serves_both_notices() -> None:
    report = (item("report", status="accepted"),)
    assert stand("N14", items=report).done == stand("M11", items=report).done == 1


def test_an_item_goes_with_its_entry() -> None:
    said = fact("report", start="2025-12-30", state="withdrawn")
    accepted = item("report", status="accepted", entry_id=said.id)
    assert stand("N14", said, items=(accepted,)).done == 0
    # An amended day holds for the item too.
    assert stand("N14", said._replace(state="active"), items=(accepted,)).done == 0
    assert stand("N14", said._replace(state="active", end=TODAY), items=(accepted,)).done == 1


def test_a_key_task_needs_a_follow_up() -> None:
    assert stand("N15", items=(item("key_task"),)).done == 0
    assert stand("N15", items=(item("key_task", follow_ups=1),)).done == 1
    assert stand("N15", items=(item("key_task", follow_ups=2), item("key_task"))).done == 1


def test_speaking_of_a_key_task_again_follows_it_up() -> None:
    first, again = fact("key_task", start="10-12"), fact("key_task", start="11-16")
    filed = tuple(item("key_task", entry_id=one.id) for one in (first, again))
    assert stand("N15", first).done == 0
    assert stand("N15", first, again).done == 1
    assert stand("N15", first, again, items=filed).done == 1
    assert stand("N15", first, again._replace(message_id=first.message_id), items=filed).done == 0


def test_what_is_only_shown_is_added_up() -> None:
    assert stand("N12", fact("online_contact", 5), fact("online_contact", 2)).done == 7
    assert stand("N16", fact("exchange")).done == 1
    assert stand("M18", talk("school_leader", 3), talk("school_leader", 1)).done == 2


def test_the_reply_can_say_why_something_does_not_count() -> None:
    rules = rules_for(policies(), bound(*BOTH), TODAY)
    forum = {one.rule.id: one.reason for one in explain(talk("student", 12, method="forum"), rules, CALENDAR)}
    assert forum == {"M13": "", "M14": "", "M16a": "forum"}
    morning = {one.rule.id: one.reason for one in explain(stay("09-14", full_day=False), rules, CALENDAR)}
    assert morning["M03b"] == "half_day"
    assert morning["M02a"] == morning["N01"] == ""
    assert {one.reason for one in explain(fact("report"), rules, CALENDAR)} == {"accepted"}
    week = explain(stay("11-12", "11-17", 6), [rule("N01")], CALENDAR)[0]
    assert (week.amount, week.reason, rest_days(stay("11-12", "11-17", 6), CALENDAR)) == (4, "rest_days", 2)


def test_an_entry_names_the_metrics_it_feeds() -> None:
    rules = rules_for(policies(), bound(*BOTH), TODAY)
    assert credits(talk("pioneer", 3), rules) == {"pioneers_interviewed"}
    assert credits(fact("lecture"), rules) == {"lectures", "league_classes"}
    assert "intensive_full_days" not in credits(stay("11-20"), rules)


def many(number: int) -> list[Fact]:
    kinds = ("on_site", "interview", "interview", "lecture", "unit_link", "coverage", "online_contact")
    people = ("pioneer", "counselor", "student", "league_cadre")
    first = date(2025, 9, 1)
    made = []
    for n in range(number):
        when = (first + timedelta(days=n * 7 % 440)).isoformat()
        more = {"audience": people[n % 4]} if kinds[n % 7] == "interview" else {}
        made.append(fact(kinds[n % 7], 1 + n % 3, when, class_name=f"{n % 9}班", of=40, **more))
    return made


def work(number: int) -> int:
    """How many calls it takes to reckon so many entries: the same on a busy machine."""
    done, who = many(number), bound(*BOTH)
    rules = rules_for(policies(), who, TODAY)
    profile = cProfile.Profile()
    profile.runcall(totals, done, (), who, CALENDAR, rules)
    return sum(entry.callcount for entry in profile.getstats())


def test_the_arithmetic_is_linear() -> None:
    work(4000)  # days are looked up once
    assert work(4000) < work(1000) * 5


def test_no_rule_leaves_no_total() -> None:
    assert totals(many(20), (), bound(), CALENDAR, ()) == {}


def test_a_linked_school_serves_the_document_that_wants_several() -> None:
    days = [stay("03-16", linked=True), stay("03-17", linked=True), stay("03-18")]
    at_own = stand("N01", *days, today=date(2026, 3, 20))
    at_all = stand("M03a", *days, today=date(2026, 3, 20))
    assert (at_own.done, at_all.done) == (1, 3)
    said = explain(days[0], [rule("N01"), rule("M03a")], CALENDAR)
    assert [one.reason for one in said] == ["away", ""]


def test_linked_schools_stand_beside_the_one_own_school() -> None:
    since = date(2026, 9, 1)
    both = bound(*BOTH, linked=((8, since, None), (9, since, None)))
    assert stand("N05", who=both).done == 1
    assert stand("M06", who=both).done == 3
