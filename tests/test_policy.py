"""Policy files: what they hold, whom they bind, and what is said of wrong ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.catalogue import CATALOGUE
from models.people import POSTS
from models.periods import KINDS
from models.policy import Policy, PolicyError, load_policies, rules_for
from models.policy_check import ASPECT, CARD, EVERY, HAND_IN, MOMENTS, RULE, faults_of
from models.units import LEVELS
from tests.made import BOTH, CALENDAR, FOLDER, TODAY, bound, policies, rule

RIGHT = """
id = "a"
name = "甲"
source = "某文件"
[[binds]]
levels = ["county"]
posts = ["full_time"]
[[rules]]
id = "A1"
title = "宣讲"
unit = "场"
words = "每学期1场"
metric = "lectures"
period = "term"
required = 1
"""


def load(folder: Path, **files: str) -> dict[str, Policy]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_policies(folder)


def ids(*names: str, today: date = TODAY, **who: object) -> list[str]:
    return [one.id for one in rules_for(policies(), bound(*names, **who), today)]


def test_both_notices_load() -> None:
    assert set(policies()) == set(BOTH)


@pytest.mark.parametrize(
    ("number", "goal", "period"),
    [
        ("N01", 10, "term"),
        ("N08", 1, "term"),
        ("N09a", 20, "term"),
        ("N09b", 10, "term"),
        ("N10", 1, "standing"),
        ("N14", 1, "year"),
        ("N15", 1, "term"),
        ("M02a", 1, "month"),
        ("M03a", 5, "window"),
        ("M03b", 5, "window"),
        ("M13", 80, "year"),
        ("M14", 100, "year"),
        ("M15", 2, "year"),
        ("M16a", 40, "year"),
        ("M16b", 30, "year"),
    ],
)
def test_goals_are_those_of_the_notices(number: str, goal: int, period: str) -> None:
    one = rule(number)
    assert (one.goal, one.period) == (goal, period)
    assert one.words
    assert one.source


@pytest.mark.parametrize("number", ["N02", "N12", "N16", "M13", "M17", "M18", "M19a", "M19b"])
def test_what_is_soft_never_presses(number: str) -> None:
    assert not rule(number).hard


@pytest.mark.parametrize("number", ["N07", "N11", "N12", "N13", "N16", "M01", "M04", "M05", "M07", "M17", "M18", "M27"])
def test_duties_without_a_number_are_cards(number: str) -> None:
    cards = {card.id: card for policy in policies().values() for card in policy.cards}
    assert cards[number].words


def test_a_discipline_card_greets_who_joins() -> None:
    assert all(any(card.when == "joining" for card in policy.cards) for policy in policies().values())


def test_six_aspects_point_at_rules() -> None:
    league = policies()["league_im_2021"]
    assert len(league.aspects) == 6
    assert {name for aspect in league.aspects for name in aspect.rules} == {one.id for one in league.rules}


@pytest.mark.parametrize(
    ("level", "post", "binds"),
    [
        ("county", "full_time", True),
        ("province", "chief_counselor", True),
        ("national", "seconded", True),
        ("county", "part_time", False),
        ("town", "full_time", False),
        ("school", "full_time", False),
    ],
)
def test_who_the_first_notice_binds(level: str, post: str, binds: bool) -> None:
    assert bool(ids("pioneer_2017", level=level, post=post)) is binds


@pytest.mark.parametrize(
    ("level", "post", "binds"),
    [("university", "part_time", True), ("county", "part_time", False), ("middle_school", "seconded", True)],
)
def test_part_time_is_named_for_universities_only(level: str, post: str, binds: bool) -> None:
    assert bool(ids("league_im_2021", level=level, post=post)) is binds


def test_only_cadres_are_bound() -> None:
    assert ids("pioneer_2017", roles=frozenset({"supervisor", "unit_admin"})) == []


def test_a_person_may_be_under_both() -> None:
    assert {"N01", "M16b"} <= set(ids(*BOTH))


def test_branches_go_by_level() -> None:
    assert "M09" in ids("league_im_2021", level="county")
    assert "M08b" not in ids("league_im_2021", level="county")
    assert {"M08a", "M08b"} <= set(ids("league_im_2021", level="university"))
    assert "M08a" not in ids("league_im_2021", level="faculty")


def test_blocks_are_waived_on_a_grassroots_posting() -> None:
    assert "N02" in ids("pioneer_2017")
    assert "N02" not in ids("pioneer_2017", grassroots_posting=True)


def test_nothing_binds_before_its_first_day() -> None:
    assert ids("pioneer_2017", today=date(2017, 9, 21)) == []


def changed(folder: Path, until: str, since: str) -> dict[str, Policy]:
    second = RIGHT[RIGHT.index("[[rules]]") :].replace("required = 1", f"required = 3\nsince = {since}")
    return load(folder, a=RIGHT + f"until = {until}\n" + second)


def goal_on(made: dict[str, Policy], day: date) -> int:
    (only,) = rules_for(made, bound("a"), day, CALENDAR)
    return int(only.goal)


def test_a_goal_does_not_move_within_its_term(tmp_path: Path) -> None:
    made = changed(tmp_path, "2026-10-31", "2026-11-01")
    assert goal_on(made, date(2026, 10, 15)) == 1
    assert goal_on(made, date(2026, 11, 20)) == 1
    assert goal_on(made, date(2027, 2, 1)) == 3


def test_a_new_rule_holds_from_its_day(tmp_path: Path) -> None:
    made = load(tmp_path, a=RIGHT + "since = 2026-11-01\n")
    assert rules_for(made, bound("a"), date(2026, 10, 31)) == ()
    assert goal_on(made, date(2026, 11, 1)) == 1


def test_a_rule_that_ended_is_gone(tmp_path: Path) -> None:
    made = load(tmp_path, a=RIGHT + "until = 2026-10-31\n")
    assert rules_for(made, bound("a"), date(2026, 11, 1)) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('metric = "lectures"', 'metric = "lecturs"', "lectures"),
        ('period = "term"', 'period = "week"', "period"),
        ("required = 1", "", "缺 required"),
        ("required = 1", "required = -1", "required"),
        ("required = 1", "required = 0.3", "required"),
        ("required = 1", "required = true", "required"),
        ("required = 1", 'op = "between"\nlow = 3\nhigh = 2', "low 大于 high"),
        ("required = 1", 'op = "between"\nlow = 3', "low 和 high"),
        ("required = 1", 'required = 1\nkind = "shown"', "shown"),
        ("required = 1", "required = 1\ngauge = true", "gauge"),
        ("required = 1", "required = 1\nmonth = 3", "month"),
        ("required = 1", 'required = 1\nneeds = "accepted"', "needs"),
        ("required = 1", "required = 1\nrequird = 2", "requird"),
        ("required = 1", "required = 1\nsince = 2027-01-01\nuntil = 2026-01-01", "since"),
        ("required = 1", 'required = 1\nsince = "2027-01-01"', "since"),
        ('words = "每学期1场"', "", "缺 words"),
        ('title = "宣讲"', 'title = ""', "title"),
        ('levels = ["county"]', 'levels = ["countie"]', "county"),
        ('posts = ["full_time"]', "posts = []", "posts"),
        ('id = "A1"', "id = 1", "id"),
    ],
)
def test_a_wrong_rule_is_named_with_its_cure(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RIGHT
    with pytest.raises(PolicyError) as caught:
        load(tmp_path, a=RIGHT.replace(old, new))
    assert "a.toml" in str(caught.value)
    assert said in str(caught.value)


def test_all_faults_of_all_files_are_listed(tmp_path: Path) -> None:
    broken = RIGHT.replace("required = 1", "required = -1").replace('"term"', '"week"')
    with pytest.raises(PolicyError) as caught:
        load(tmp_path, a=broken, b="id = [", c=RIGHT, d=RIGHT)
    lines = str(caught.value).splitlines()
    assert len([line for line in lines if line.startswith("a.toml: A1:")]) == 2
    assert any(line.startswith("b.toml") for line in lines)
    assert any(line.startswith("d.toml") and "用过" in line for line in lines)


def test_one_id_twice_is_a_fault_unless_the_dates_part_them(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="A1"):
        changed(tmp_path, "2026-11-30", "2026-11-01")


def test_a_folder_without_policies_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        load_policies(tmp_path)


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"rules": 3},
        {"rules": ["x"], "binds": [3], "cards": {"id": 1}},
        {"rules": [{"id": ["x"], "since": 3}], "aspects": [{"rules": 3}, 4]},
        {"id": "x", "hand_ins": [{"id": "H", "every": "week", "due": 3}]},
        {"rules": [{"id": "A", "since": 1}, {"id": "A", "until": "x"}]},
    ],
)
def test_any_shape_of_file_gives_faults_and_never_fails(table: dict[str, object]) -> None:
    assert faults_of(table)


@pytest.mark.parametrize(
    ("every", "due"), [("month", "31st"), ("year", "12-32"), ("once", "12-31"), ("half_year", "6-30")]
)
def test_a_hand_in_needs_real_dates(tmp_path: Path, every: str, due: str) -> None:
    row = f'[[hand_ins]]\nid = "H"\nwhat = "x"\ntitle = "x"\nwords = "x"\nlevels = ["county"]\nevery = "{every}"\n'
    with pytest.raises(PolicyError, match="H: due"):
        load(tmp_path, a=RIGHT + row + f'due = ["{due}"]\n')


def test_the_guides_example_loads(tmp_path: Path) -> None:
    text = (FOLDER.parent / "docs" / "example_policy.toml").read_text(encoding="utf-8")
    made = load(tmp_path, example=text)
    assert [one.id for one in rules_for(made, bound(*made, level="county"), TODAY)]


def test_the_guide_explains_every_key_and_metric() -> None:
    guide = (FOLDER.parent / "docs" / "policies.md").read_text(encoding="utf-8")
    words = {*CATALOGUE, *RULE, *CARD, *HAND_IN, *ASPECT, *LEVELS, *POSTS, *KINDS, *MOMENTS, *EVERY}
    assert [word for word in sorted(words) if f"`{word}`" not in guide and f'`"{word}"`' not in guide] == []
