"""One telling for several places: the same at every school of a list, one person in each house."""

from __future__ import annotations

from dataclasses import replace

from .clauses import Clause
from .deeds import PEOPLE, Deed
from .heads import Part
from .late import late
from .scene import Scene
from .tokens import Token

SCHOOL_LIST = late(r"[、,和跟与及 ]|还有|以及|,?(?:然后)?(?:又|再|还)?(?:去|到|是)了?")
HOUSES = late("[一二两三四五六七八九十\\d][户家]")
BOTH = late("上下午|上午下午|上午和下午|上、下午")
EACH_HOME = late("每[户家]|家家|各户|户户|都(?:聊|见|谈|唠|说|在)|挨家")


def at_each_school(scene: Scene, deed: Deed, part: Part, roles: frozenset[str]) -> None:
    """市一中、市二中各宣讲1场; 跑了一小、二小: the same at every school named."""
    each = "each" in roles and any("each" in t.roles for t in part.before)
    if each and BOTH.search(scene.text, max(0, deed.start - 12), deed.end):
        scene.deeds.append(replace(deed))
    going = deed.activity == "on_site" and not deed.numbers
    if not going and not each:
        return
    places = listed_schools(scene.text, part.behind if going else part.before)
    if not going and not places and scene.clause - scene.schools_at == 1:
        places = scene.schools
    if len(places) > 1:
        deed.place = places[0]
        scene.deeds += [replace(deed, place=place) for place in places[1:]]


def note_schools(scene: Scene, clause: Clause) -> None:
    """东街小学和河口小学,各谈了2个队员: schools of a list hold for what is told of each."""
    places = listed_schools(scene.text, list(clause.tokens))
    if len(places) > 1:
        scene.schools, scene.schools_at = places, scene.clause


def listed_schools(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """The schools named one behind the other."""
    named = [t for t in tokens if t.roles.get("school") == "named"]
    found = named[:1]
    for token in named[1:]:
        if not SCHOOL_LIST.fullmatch(text, found[-1].end, token.start):
            break
        found.append(token)
    return [(t.start, t.end) for t in found]


def households(scene: Scene, clause: Clause, deed: Deed) -> None:
    """走访5户,每户见了家长1人: one person in each house makes as many as there were houses."""
    last = scene.last
    if last is None or last is deed or not {last.activity, deed.activity} <= PEOPLE or len(last.groups) != 1:
        return
    if len(deed.groups) > 1 and all(g.audience == "parent" for g in deed.groups) and not last.groups[0].audience:
        last.dropped = last.dropped or HOUSES.search(scene.text, last.start, last.end + 1) is not None
    if len(deed.groups) != 1:
        return
    house, one = last.groups[0], deed.groups[0]
    if (
        HOUSES.search(scene.text, last.start, last.end + 1)
        and house.audience is None
        and one.number
        and one.audience == "parent"
    ):
        last.dropped = True
        return
    if (
        house.audience
        or not house.number
        or not one.audience
        or not EACH_HOME.search(scene.text, clause.start, clause.end)
    ):
        return
    if one.number is None or one.number.value == 1:
        last.groups = [replace(house, audience=one.audience)]
        scene.deeds.remove(deed)


JOINED = late("[、,和与及跟+& ]+|以及|还有")


def one_each(scene: Scene, told: list[Deed]) -> None:
    """入队仪式+主题队会各一场: the number of the last of a list is that of each."""
    if len(told) < 2 or not told[-1].each or len(told[-1].numbers) != 1:
        return
    for deed, after in zip(told[-2::-1], told[:0:-1], strict=False):
        if deed.numbers or deed.activity in PEOPLE or not JOINED.fullmatch(scene.text, deed.end, after.start):
            return
        deed.numbers, deed.each = told[-1].numbers, True
