"""Units by the names people give them: 沁源 for 沁源县团委."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.team import UnitRow
from models.units import School, Unit

_TAILS = ("少工委", "团委", "团工委", "教育局", "委员会")


def units_named(connection: Connection, words: str) -> list[UnitRow]:
    """The committees whose name begins with these words (a region's), the shortest fit first."""
    statement = (
        select(Unit.id, Unit.name, Unit.path)
        .outerjoin(School, School.unit_id == Unit.id)
        .where(School.unit_id.is_(None), Unit.name.contains(_bare(words), autoescape=True))
        .order_by(Unit.position, Unit.id)
    )
    found = [UnitRow(*row) for row in connection.execute(statement)]
    exact = [unit for unit in found if _bare(unit.name) == _bare(words)]
    return exact or found


def unit_at(connection: Connection, number: int) -> UnitRow | None:
    """The unit of a number."""
    row = connection.execute(select(Unit.id, Unit.name, Unit.path).where(Unit.id == number)).first()
    return UnitRow(*row) if row else None


def units_between(connection: Connection, top: str, path: str) -> list[UnitRow]:
    """The units from one down to another, both among them."""
    steps = path.strip("/").split("/")
    paths = ["/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    wanted = [one for one in paths if one.startswith(top)]
    rows = connection.execute(select(Unit.id, Unit.name, Unit.path).where(Unit.path.in_(wanted)))
    return sorted((UnitRow(*row) for row in rows), key=lambda unit: len(unit.path))


def region_in(connection: Connection, words: str) -> str | None:
    """The longest name of a committee's region that occurs in these words."""
    statement = select(Unit.name).outerjoin(School, School.unit_id == Unit.id).where(School.unit_id.is_(None))
    names = {_bare(name) for name in connection.execute(statement).scalars()}
    return max((name for name in names if len(name) > 1 and name in words), key=len, default=None)


def _bare(name: str) -> str:
    """A region's name without what committees append to it."""
    for tail in _TAILS:
        name = name.removesuffix(tail)
    short = name[:-1] if len(name) > 2 and name[-1] in "省市县区旗盟州" else name
    return short.removeprefix("共青团")
