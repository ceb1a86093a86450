"""Which deeds stand, and which are the same deed told twice."""

from __future__ import annotations

from dataclasses import replace

from .deeds import PEOPLE, Deed
from .scene import same_days

NEAR = 24  # deeds that are compared with one another


def stands(deed: Deed) -> bool:
    """True where enough was said for a deed: weak words need people or a number, papers a number or an end."""
    if deed.numbers and all(n.value == 0 for n, _ in deed.numbers):
        return False
    if deed.waiting and not any(g.audience for g in deed.groups):
        return False
    if deed.activity in ("report", "case", "key_task"):
        return bool(deed.numbers) or deed.proven
    if deed.activity == "coverage":
        return deed.proven
    if deed.activity == "unit_link":
        return bool(deed.numbers or deed.classes) or deed.proven
    if deed.tone == "weak":
        return stands_weakly(deed)
    return deed.activity != "survey" or bool(deed.numbers) or deed.proven


def stands_weakly(deed: Deed) -> bool:
    """True where a weak word has what it needs beside it."""
    if deed.activity == "on_site":
        return bool(deed.numbers) or deed.half or deed.whole or deed.part or deed.proven
    if deed.activity in ("practical_help", *PEOPLE):
        return deed.proven and not (deed.activity in PEOPLE and deed.bare)
    return not deed.bare or (deed.activity == "lecture" and deed.proven)


def merged(deeds: list[Deed]) -> list[Deed]:
    """Two words for one stay, or a deed named again without a number, are one."""
    if len(deeds) < 2:
        return deeds
    kept: list[Deed] = []
    deeds = without_parts(deeds)
    for at, deed in enumerate(deeds):
        if retold(deed, deeds[max(0, at - NEAR) : at + NEAR]):
            continue
        twin = next((d for d in reversed(kept[-NEAR:]) if twins(d, deed)), None)
        if twin is None:
            kept.append(deed)
        else:
            absorb(twin, deed)
    return kept


def without_parts(deeds: list[Deed]) -> list[Deed]:
    """宣讲2场,上午一场下午一场; 问卷60份,学生40份,家长20份: numbers that add up to the one before them are its parts."""
    gone: set[int] = set()
    for at, deed in enumerate(deeds):
        after = parts(deed, deeds[at + 1 : at + NEAR])
        apart = not deed.dated and any(one.dated for one in after)
        gone.update(map(id, [deed] if apart else after))
        before = deeds[max(0, at - NEAR) : at]
        if sums_up(deed, before):
            gone.update(map(id, by_sex(deed, before) or [deed]))
    return [deed for deed in deeds if id(deed) not in gone]


def parts(whole: Deed, after: list[Deed]) -> list[Deed]:
    """The deeds right behind one that divide it up."""
    if whole.activity in PEOPLE or len(whole.numbers) != 1 or whole.numbers[0][0].value is None:
        return []
    found: list[Deed] = []
    for deed in after:
        if deed.activity != whole.activity or deed.again or deed.sentence != whole.sentence or not deed.numbers:
            break
        if whole.dated and not same_days(deed.days, whole.days):
            break
        found.append(deed)
    values = [n.value or 0 for deed in found for n, _ in deed.numbers]
    return found if len(values) > 1 and sum(values) == whole.numbers[0][0].value else []


def sums_up(deed: Deed, before: list[Deed]) -> bool:
    """队员3名、辅导员2名,共访谈5人: a number of people of no audience that is the sum of those told before it."""
    if deed.activity not in PEOPLE or len(deed.groups) != 1 or deed.groups[0].audience or deed.groups[0].named:
        return False
    told = [g for d in before if d.activity == deed.activity and d.sentence == deed.sentence for g in d.groups]
    values = [g.number.value if g.number else float(g.named or g.kind == "titles" or g.prep) for g in told]
    number = deed.groups[0].number
    return len(values) > 1 and number is not None and None not in values and sum(v or 0 for v in values) == number.value


def by_sex(deed: Deed, before: list[Deed]) -> list[Deed]:
    """男队员3名女队员4名,共访谈7名: boys and girls give way to their sum."""
    told = [d for d in before if d.activity == deed.activity and d.sentence == deed.sentence]
    if not all(g.word[:1] in ("男", "女") for d in told for g in d.groups):
        return []
    deed.groups = [replace(deed.groups[0], audience=told[0].groups[0].audience)]
    return told


def retold(deed: Deed, deeds: list[Deed]) -> bool:
    """True for a talk without people beside one with people (聊了下安排): the same talk."""
    others = [d for d in deeds if d is not deed and abs(d.sentence - deed.sentence) <= 1 and d.planned == deed.planned]
    if deed.activity in ("interview", "online_contact") and deed.bare:
        if deed.heads and any(d.activity in PEOPLE and not d.bare for d in deeds if d.start > deed.end):
            return True
        return any(d.activity in ("interview", "online_contact") and not d.bare for d in others)
    if (
        deed.activity == "interview"
        and deed.tone == "weak"
        and all(g.many and not g.prep and g.kind == "groups" for g in deed.groups)
    ):
        return any(d.activity == "interview" and d.sentence == deed.sentence for d in others)
    if deed.activity == "practical_help" and deed.tone == "weak":
        return any(d.activity == "practical_help" and (d.tone != "weak" or d.start < deed.start) for d in others)
    return False


def twins(a: Deed, b: Deed) -> bool:
    """True where two mentions are one deed."""
    if a.activity == "issue":
        return False
    if a.activity != b.activity or a.colleague != b.colleague or a.planned != b.planned or a.total != b.total:
        return False
    if counts_the_same(a, b) or same_lessons(a, b):
        return True
    if a.activity == "survey" and a.sent and not b.sent and b.numbers:
        return True
    if a.clause == b.clause and b.tone == "weak" and a.activity not in PEOPLE:
        return True
    if a.dated and b.dated and not same_days(a.days, b.days):
        return on_that_day(a, b)
    if a.place and b.place and a.place != b.place:
        return False
    if a.activity in ("on_site", "identity"):
        return True
    if a.activity in PEOPLE or b.again:
        return False
    return not (a.numbers or a.classes) or not (b.numbers or b.classes)


def on_that_day(a: Deed, b: Deed) -> bool:
    """11月份报到一次,今天去的: the day of the one visit of a span."""
    if a.activity != "on_site" or b.again or b.numbers or len(a.days) != 1 or len(b.days) != 1:
        return False
    if [n.value for n, _ in a.numbers] != [1.0] or b.clause - a.clause > 1 or not b.which:
        return False
    span, day = a.days[0], b.days[0]
    if not (span.first and span.last and day.first) or span.first == span.last:
        return False
    return span.first <= day.first <= span.last


def counts_the_same(a: Deed, b: Deed) -> bool:
    """找队员谈话,谈了4名: a number without people for a talk without a number, told in the same breath."""
    if (
        a.activity not in PEOPLE
        or a.sentence != b.sentence
        or b.clause - a.clause > 1
        or len(a.groups) != 1
        or len(b.groups) != 1
    ):
        return False
    first, second = a.groups[0], b.groups[0]
    return (
        bool(first.audience)
        and first.many
        and first.kind != "titles"
        and second.audience is None
        and second.number is not None
        and b.tone == "weak"
    )


def same_lessons(a: Deed, b: Deed) -> bool:
    """去了三个班听了三节课: as many lessons as classes, in one breath."""
    if a.activity != "class_visit" or a.clause != b.clause or not (a.numbers or a.classes):
        return False
    if not a.numbers:
        return b.activity == "class_visit" and [n.value for n, _ in b.numbers] == [float(a.classes)]
    if b.activity != "class_visit" or [n for n, _ in a.numbers] != [n for n, _ in b.numbers]:
        return False
    return [unit for _, unit in a.numbers] != [unit for _, unit in b.numbers]


def absorb(twin: Deed, deed: Deed) -> None:
    """What the second mention adds to the first."""
    if twin.activity in PEOPLE:
        twin.groups = [replace(deed.groups[0], audience=twin.groups[0].audience)]
    twin.numbers = deed.numbers if twin.sent and deed.numbers else twin.numbers or deed.numbers
    twin.classes = twin.classes or deed.classes
    twin.crowd += [g for g in deed.crowd if all(g.start != other.start for other in twin.crowd)]
    twin.half, twin.whole = twin.half or deed.half, twin.whole or deed.whole
    twin.part = twin.part and not deed.part
    twin.place = twin.place or deed.place
    twin.without, twin.halves = twin.without or deed.without, twin.halves or deed.halves
    if deed.dated and (not twin.dated or deed.clause == twin.clause or on_that_day(twin, deed)):
        twin.days, twin.dated, twin.explicit_range = deed.days, True, deed.explicit_range
