"""The colleague a supervisor names: one within the scope, or a refusal that says what to do."""

from __future__ import annotations

from handlers.asked import Asked
from handlers.scope import within
from models.audit import look
from models.colleagues import Colleague, named
from models.refusal import Refusal


def meant(asked: Asked, name: str | None, what: str) -> Colleague:
    """The person named, within the asker's unit and below; the look is kept."""
    if not name:
        raise Refusal("是谁？请写姓名，如：查一下张三。")
    listed = named(asked.connection, name, asked.context.unit_path, asked.today)
    found = within(asked, listed, f"你能看的范围（{asked.context.unit_name}及以下）里没有叫{name}的人。")
    if len(found) > 1:
        units = "、".join(person.unit for person in found)
        raise Refusal(f"叫{name}的有{len(found)}位：{units}。请连单位一起说，如：查一下{found[0].unit}的{name}。")
    look(asked.connection, asked.person_id, [found[0].id], what, asked.now)
    return found[0]
