"""抽查：随机抽几条请本人核实，双方都看得到"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import randbelow

from bot.web.fields import number_in, whole
from bot.web.visit import Form, Shown, Visit
from bot.web.words import clean
from handlers.asked import LEADER, MEMBER
from handlers.scope import unit_numbered
from handlers.spot_check_words import outcome, record
from handlers.spot_checks import MOST, check_meant, close, confirm_own, drawn, explain_own, looked, own_check
from handlers.wording import span
from models.refusal import Refusal
from models.spot_checks import WAITING, Check, Drawn, checks_below, checks_of, is_on
from models.team import UnitRow, children

WHO = MEMBER
PATH = "checks"
GROUP = "单位"
SEED_DIGITS = 12


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """A leader's: what was drawn in the scope, and a form to draw; anybody's: the own records that were drawn."""
    leads = bool(visit.who.roles & LEADER)
    own = checks_of(visit.connection, visit.person_id)
    found = [one for one in _below(visit) if one.person_id != visit.person_id] if leads else []
    looked(visit.asked, found)
    values = {
        "own": [_row(visit, one) for one in own],
        "found": [_row(visit, one) for one in found],
        "leads": leads,
        "on": leads and is_on(visit.connection, visit.who.unit_id),
        "units": _units(visit) if leads else [],
        "most": MOST,
        "fresh": randbelow(10**8),  # tapped twice, a form draws the same once
    }
    return Shown("pages/checks.html", values)


def _below(visit: Visit) -> Sequence[Check]:
    return checks_below(visit.connection, visit.who.unit_path)


def _units(visit: Visit) -> list[UnitRow]:
    who = visit.who
    return [UnitRow(who.unit_id, who.unit_name, who.unit_path), *children(visit.connection, who.unit_id)]


def _row(visit: Visit, one: Check) -> dict[str, object]:
    return {
        "id": one.id,
        "who": f"{one.unit}{one.name}",
        "record": record(one, visit.today),
        "outcome": outcome(one),
        "waits": one.status in WAITING,
        "asked": one.status == "asked",
        "seed": one.seed,
    }


def _draw(visit: Visit, form: Form) -> str:
    if not visit.who.roles & LEADER:
        raise Refusal("抽查由督导来做。")
    unit = unit_numbered(visit.asked, form.get("unit"))
    seed, count = whole(form.get("seed"), SEED_DIGITS), whole(form.get("count"), 3)
    if (form.get("seed") and seed is None) or count is None:
        raise Refusal(f"条数填1到{MOST}，种子只用数字，最多{SEED_DIGITS}位。")
    fresh = whole(form.get("fresh"), SEED_DIGITS)
    chosen = next(one for one in (seed, fresh, randbelow(10**8)) if one is not None)
    made, new = drawn(visit.asked, unit, count, chosen)
    if not made.entries:
        return f"{unit.name}及以下{_when(visit, made)}还没有可抽的记录。"
    how = "已抽出" if new else "这个种子抽过，是同一批："
    return (
        f"{unit.name}及以下本学期{made.of}条记录，{how}{len(made.entries)}条，种子{made.seed}。再填这个种子得到同一批。"
    )


def _when(visit: Visit, made: Drawn) -> str:
    return span(made.first, made.last, visit.today)


def _close(visit: Visit, form: Form) -> str:
    if not visit.who.roles & LEADER:
        raise Refusal("办结由督导来做。")
    return close(visit.asked, check_meant(visit.asked, number_in(form, "id")), clean(form.get("words"), visit.local))


def _true(visit: Visit, form: Form) -> str:
    return confirm_own(visit.asked, own_check(visit.asked, number_in(form, "id")))


def _explain(visit: Visit, form: Form) -> str:
    words = clean(form.get("words"), visit.local)
    if not words:
        raise Refusal("请写一句哪里有出入。")
    return explain_own(visit.asked, own_check(visit.asked, number_in(form, "id")), words)


ACTIONS = {"draw": _draw, "close": _close, "true": _true, "explain": _explain}
