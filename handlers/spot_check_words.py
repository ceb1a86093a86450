"""Spot checks in words: a record drawn, how its check stands, what the one who is asked hears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.wording import listing
from models.spot_checks import STATES, Check

HOW = "都对就回“属实”；有出入说一句，如：应该是2名。只要一句话，不用照片和材料，也不用去问孩子。"


def record(one: Check, today: date) -> str:
    """11月18日 城关小学 访谈队员3名."""
    return listing([(one, one.count, one.place, None)], today)


def line(one: Check, today: date) -> str:
    """12号 沁水县团委王干事 11月18日 城关小学 访谈队员3名：等本人答复."""
    return f"{one.id}号 {one.unit}{one.name} {record(one, today)}：{outcome(one)}"


def own_line(one: Check, today: date) -> str:
    """The same for the person themselves."""
    return f"{one.id}号 {record(one, today)}：{outcome(one)}"


def outcome(one: Check) -> str:
    """How a check stands, with what was said."""
    return STATES[one.status] + (f"“{one.text}”" if one.text else "")


def request(by: str, mine: Sequence[Check], today: date) -> str:
    """What somebody is asked about the records of theirs that were drawn."""
    lines = [f"{one.id}号 {record(one, today)}" for one in mine]
    return "\n".join([f"{by}随机抽查，抽到你的{len(mine)}条记录，请看看对不对：", *lines, HOW])


def question(one: Check, today: date) -> str:
    """The same as a question that waits for its answer."""
    return f"抽查{one.id}号：{record(one, today)}，属实吗？"[:300]
