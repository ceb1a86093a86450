"""Numbers of people that are told twice: sums of those before, parts of a whole, boys and girls, one number for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .clauses import Clause
from .deeds import PEOPLE, Deed
from .late import late
from .people import Group, adds_up
from .scene import Scene, same_days

SEX = late("[男女]")
CHILDREN = ("pioneer", "student")


def within(last: Deed, part: Group) -> bool:
    """访谈5名学生(男生3名,女生2名): fewer of the same people, in brackets."""
    whole = last.groups[-1] if last.groups else None
    if whole is None or whole.audience != part.audience or not (whole.number and part.number):
        return False
    return (part.number.value or 0) <= (whole.number.value or 0)


def same_number(last: Deed, group: Group) -> bool:
    """六年级的3个,2男1女: how many of them were boys says nothing new."""
    told = last.groups[-1].number if last.groups else None
    return told is not None and group.number is not None and told.value == group.number.value


def still_of(last: Deed, found: Sequence[Group]) -> bool:
    """见了5个人:3个队员,2个家长: more parts of a whole said without an audience."""
    whole = (
        last.groups[0].number.value
        if last.groups and last.groups[0].number and last.groups[0].audience is None
        else None
    )
    if whole is None or not all(g.audience and g.number and g.number.value for g in found):
        return False
    so_far = [g.number.value for g in (*last.groups[1:], *found) if g.number and g.number.value]
    return sum(so_far) <= whole


def parts_of(last: Deed, clause: Clause, found: Sequence[Group]) -> bool:
    """访谈18人(队员10、辅导员8): numbers in brackets, or behind a number without an audience, that add up to it."""
    if by_sex(last, found):
        return True
    if len(found) < 2 or not last.groups or not (clause.opener == "open" or last.groups[-1].audience is None):
        return False
    return adds_up(last.groups[-1], found)


def one_by_one(last: Deed, clause: Clause, found: Sequence[Group]) -> bool:
    """谈话两人(大队辅导员、班主任): who they were, one of each."""
    whole = last.groups[-1] if last.groups else None
    if whole is None or whole.audience or whole.number is None or clause.opener != "open" or len(found) < 2:
        return False
    if len(last.spare) == len(found) and all(g.many and g.audience for g in found):
        last.groups = [replace(g, number=n.number) for g, n in zip(found, last.spare, strict=True)]
        return True
    if whole.number.value != len(found) or not all(g.many and g.kind != "groups" and g.audience for g in found):
        return False
    last.groups[-1:] = [replace(g, prep=True) for g in found]
    return True


def by_sex(last: Deed, found: Sequence[Group]) -> bool:
    """队员8人,男生5人,女生3人: boys and girls of the people told before."""
    if not last.groups or not all(SEX.match(g.word) and g.number and g.number.value for g in found):
        return False
    whole = last.groups[-1].number
    told = sum(g.number.value for g in found if g.number and g.number.value)
    return (
        last.groups[-1].audience in CHILDREN and whole is not None and whole.value is not None and told <= whole.value
    )


def joint(told: Sequence[Group], number: Group) -> list[Group]:
    """和队员、辅导员聊了聊,一共5人: one number for all; as many as there are persons says nothing new."""
    same = len({g.audience for g in told}) == 1
    if (
        number.number is not None
        and number.number.value == len(told)
        and not same
        and not any(g.kind == "groups" for g in told)
    ):
        return list(told)
    return [replace(number, start=told[0].start, kind="groups", audience=told[0].audience if same else None)]


def vague(told: Sequence[Group]) -> bool:
    """见了几个学生干部,5个: a number that was open is said now."""
    return bool(told) and told[0].number is not None and told[0].number.value is None


def sums_up(told: Sequence[Group], number: Group) -> bool:
    """三个老师还有大队辅导员,四个人: a number that is the sum of those told, one person each where no number was said."""
    if (
        len(told) < 2
        or number.number is None
        or all(g.many for g in told)
        or any(g.many and g.kind == "groups" for g in told)
    ):
        return False
    values = [g.number.value if g.number else float(g.named or 1) for g in told]
    return None not in values and sum(v or 0 for v in values) == number.number.value


def on_another_day(scene: Scene, clause: Clause, last: Deed, found: list[Group]) -> bool:
    """上周三访谈了5个辅导员,上周四3个: so many more of the same people on a day of their own."""
    if not clause.has("date") or last.activity not in PEOPLE or len(last.groups) != 1 or len(found) != 1:
        return False
    told, number = last.groups[0], found[0]
    if number.audience or number.number is None or told.number is None or not last.dated:
        return False
    if same_days(last.days, scene.days) or clause.has("total") or clause.has("sum"):
        return False
    deed = scene.last = scene.apart(last)
    deed.groups = [replace(number, audience=told.audience, kind=told.kind)]
    return True
