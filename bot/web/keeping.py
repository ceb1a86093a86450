"""What the administrator's pages share: whose roster it is, one person of it, a day out of a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from bot.web.fields import page_of
from bot.web.visit import Form, Visit
from bot.web.words import clean
from models.audit import look, refused
from models.refusal import Refusal
from models.regions import unit_at
from models.roster_differences import hidden
from models.roster_forms import Keeper
from models.staff import Card, UnitCount, card, unit_within, units_below
from models.tree import UnitRow

Thing = TypeVar("Thing")
ADMIN = frozenset({"unit_admin"})
GROUP = "单位管理"
NOBODY = "名册里没有这个人，或不在本单位及以下。"


class Paged(NamedTuple, Generic[Thing]):
    """A page of a list, its number and that of the last."""

    shown: Sequence[Thing]
    number: int
    last: int


def keeper(visit: Visit) -> Keeper:
    """Who visits, as the one who keeps the roster of the own unit and below."""
    who, names = visit.who, tuple(visit.service.policies)
    vault = visit.service.vault
    return Keeper(visit.connection, vault, names, visit.person_id, who.unit_id, who.unit_path, visit.now)


def one_of(visit: Visit, number: int) -> Card:
    """A person of the own unit and below; asking for another's is kept and refused."""
    found = card(visit.connection, number, visit.who.unit_path) if number else None
    if found is None:
        refused(visit.connection, visit.person_id, None, visit.now)
        raise Refusal(NOBODY)
    return found


def unit_of(visit: Visit, number: int) -> UnitRow:
    """A unit within the own and below; the own where none is meant."""
    if not number:
        return UnitRow(visit.who.unit_id, visit.who.unit_name, visit.who.unit_path)
    found = unit_within(visit.connection, number, visit.who.unit_path)
    if found is None:
        there = unit_at(visit.connection, number)
        refused(visit.connection, visit.person_id, there.id if there else None, visit.now)
        raise Refusal("这个单位不在本单位及以下。")
    return found


def seen(visit: Visit, people: Collection[int], what: str) -> None:
    """Keep that these people were looked at; one's own line needs none."""
    look(visit.connection, visit.person_id, [one for one in people if one != visit.person_id], what, visit.now)


def day_in(form: Form, name: str, what: str) -> date:
    """A day out of a form."""
    try:
        return date.fromisoformat(form.get(name))
    except ValueError:
        raise Refusal(f"请选{what}。") from None


def school_cells(form: Form, now: datetime) -> dict[str, str]:
    """What a form says of a school, by the headings of a roster."""
    parts = ("薄弱" if form.get("weak") else "", clean(bare(form.get("remark")), now))
    words = "、".join(part for part in parts if part)
    return {"类型": form.get("kind"), "城乡": form.get("area"), "备注": words or "无"}


def bare(remark: str) -> str:
    """A school's remark without the word that has a box of its own."""
    return remark.replace("薄弱", "").strip(" 、，；")


def paged(things: Sequence[Thing], query: Mapping[str, str], size: int) -> Paged[Thing]:
    """One page of a list; the first where another was asked for than there is."""
    last = max(-(-len(things) // size), 1)
    number = min(page_of(query.get("page", "")), last)
    return Paged(things[(number - 1) * size : number * size], number, last)


def masked(visit: Visit, cipher: str) -> str:
    """A telephone number of which only the ends are shown."""
    return hidden(visit.service.vault.unlock(cipher))


def units_with(visit: Visit) -> list[UnitCount]:
    """The units just below the visitor's."""
    return units_below(visit.connection, visit.who.unit_path, visit.today)
