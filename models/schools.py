"""Schools by the names people give them."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.units import School, Unit

_PREFIX = re.compile(r"^.{1,6}?[省市县区旗盟州](?=.{3,})")
_SHORT = (("小学", "小"), ("中学", "中"), ("学校", ""), ("第", ""))


class NamedSchool(NamedTuple):
    """A school of the roster."""

    id: int
    name: str
    path: str


def same_school(name: str, words: str) -> bool:
    """Whether words mean the school of this name: with or without the region before it, or its usual short form."""
    if name == words:
        return True
    if len({_region_of(name), _region_of(words), ""}) > 2:
        return False
    full, said = _bare(name), _bare(words)
    return full == said or _short(full) == _short(said)


def _region_of(name: str) -> str:
    found = _PREFIX.match(name.strip())
    return found[0] if found else ""


def _bare(name: str) -> str:
    return _PREFIX.sub("", name.strip())


def _short(name: str) -> str:
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name


def named_schools(connection: Connection, path: str, words: str) -> list[NamedSchool]:
    """Schools that these words may mean, those nearest to the unit at `path` first."""
    hint = _bare(words)[:2]
    statement = select(Unit.id, Unit.name, Unit.path).join(School, School.unit_id == Unit.id)
    here = (Unit.name.contains(hint, autoescape=True), School.closed_on.is_(None))
    rows = connection.execute(statement.where(*here))
    found = [NamedSchool(*row) for row in rows if same_school(row.name, words)]
    near = [school for school in found if school.path.startswith(_region(path))]
    return near or found


def _region(path: str) -> str:
    steps = path.strip("/").split("/")
    return "/" + "/".join(steps[:-1] or steps) + "/"
