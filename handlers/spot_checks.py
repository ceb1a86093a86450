"""What becomes of a spot check: asked about, answered by the person, closed by a supervisor; both see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from handlers.asked import Asked
from handlers.scope import within
from handlers.spot_check_words import question, request
from models import journal
from models.audit import look
from models.colleagues import with_role
from models.notices import tell
from models.officers import officer
from models.refusal import Refusal
from models.spot_checks import (
    STATES,
    WAITING,
    Check,
    Drawn,
    Pool,
    check,
    checks_of,
    checks_of_entries,
    draw,
    draw_again,
    is_on,
)
from models.team import UnitRow
from models.works import step

MOST = 20
OFF = "{unit}还没有开启抽查。要用的话，由单位管理员回“开启抽查”；只抽记录、只问干部本人。"


Days = tuple[date, date]


def drawn(
    asked: Asked, unit: UnitRow, count: int, seed: int, days: Days | None = None, only: int | None = None
) -> tuple[Drawn, bool]:
    """The draw of this seed: made before and given again, or made now; and whether it is new. Usually of this term.

    Of all in the unit and below, or of one person `only`.
    """
    if not is_on(asked.connection, asked.context.unit_id):
        raise Refusal(OFF.format(unit=asked.context.unit_name))
    first, last = days or (asked.calendar.term(asked.today).start, asked.today)
    found = draw_again(asked.connection, unit.id, seed, (first, min(last, asked.today)) if days else None, only)
    if found:
        return found, False
    if not 1 <= count <= MOST:
        raise Refusal(f"一次抽1到{MOST}条。")
    if asked.context.training:
        raise Refusal("演练中不抽查，免得打扰别人。回“结束演练”后再抽。")
    pool = Pool(unit.path, first, min(last, asked.today), asked.person_id, asked.today, only)
    made = draw(asked.connection, asked.actor, unit.id, pool, seed, count)
    _ask(asked, checks_of_entries(asked.connection, made.entries), made.id)
    return made, True


def _ask(asked: Asked, found: Sequence[Check], draw_id: int) -> None:
    """One message to each person whose records were drawn for the first time, with a question a record."""
    by = f"{asked.context.unit_name}{asked.context.name}"
    new = sorted((one for one in found if one.data.get("draw") == draw_id), key=lambda one: one.person_id)
    for person, some in groupby(new, key=lambda one: one.person_id):
        mine = list(some)
        text = request(by, mine, asked.today)
        tell(asked.connection, [person], f"draw:{draw_id}", text, asked.now, asks=questions(asked, mine), **_only(mine))


def _only(mine: Sequence[Check]) -> dict[str, Any]:
    """A single record's message is not sent any more once it was answered."""
    return {"item": mine[0].id, "status": "asked"} if len(mine) == 1 else {}


def questions(asked: Asked, mine: Sequence[Check]) -> list[dict[str, Any]]:
    """A question a record, as an answer in chat settles it."""
    return [
        {"kind": "check", "text": question(one, asked.today), "entry_id": one.entry_id, "data": {"item": one.id}}
        for one in mine
        if one.status == "asked"
    ]


def looked(asked: Asked, found: Sequence[Check]) -> None:
    """Keep who looked at whose records."""
    people = sorted({one.person_id for one in found} - {asked.person_id})
    look(asked.connection, asked.person_id, people, "spot_check", asked.now)


def check_meant(asked: Asked, number: int) -> Check:
    """The check of a number within the asker's scope."""
    found = check(asked.connection, number, asked.context.unit_path)
    return within(asked, found, f"你能看的范围里没有{number}号抽查。回“抽查情况”看号码。")


def own_check(asked: Asked, number: int) -> Check:
    """A check of the asker's own record that still waits for an answer."""
    one = next((one for one in checks_of(asked.connection, asked.person_id) if one.id == number), None)
    if one is None or one.status != "asked":
        raise Refusal("这一条不用再答复了。")
    return one


def confirm_own(asked: Asked, one: Check) -> str:
    """The person says that it is true."""
    settle(asked, one.id, "confirmed")
    journal.close_questions(asked.connection, one.entry_id)
    return f"谢谢，抽查{one.id}号记为属实，已办结。"


def explain_own(asked: Asked, one: Check, words: str) -> str:
    """The person says a sentence, which waits for who drew the record."""
    settle(asked, one.id, "answered", words)
    journal.close_questions(asked.connection, one.entry_id)
    tell_drawer(asked, one, words)
    return f"好的，这句话记在抽查{one.id}号下，会转给抽查的人办结。"


def settle(asked: Asked, number: int, status: str, words: str = "") -> None:
    """What the person says to a check; who drew it hears of a remark, which waits to be closed."""
    step(asked.connection, asked.actor, number, "answered", status, words, {"text": words} if words else {})


def tell_drawer(asked: Asked, one: Check, words: str) -> None:
    """Who drew it hears of what waits for them; where they left, whoever runs the unit it was drawn for."""
    text = f"{asked.context.name}对抽查{one.id}号的说明：{words}\n办结回：抽查{one.id}号办结，后面可写一句意见。"
    hear, what = _drawers(asked, one), f"check:{one.id}:answered"
    tell(asked.connection, hear, what, text, asked.now, item=one.id, status="answered")


def _drawers(asked: Asked, one: Check) -> list[int]:
    drawer = officer(asked.connection, one.data["by"])
    if drawer is None or not drawer.gone:
        return [one.data["by"]]
    return [admin.id for admin in with_role(asked.connection, drawer.unit.path, "unit_admin", asked.today)]


def close(asked: Asked, one: Check, remark: str) -> str:
    """A supervisor closes what was answered, or could not be; the person is told."""
    if one.person_id == asked.person_id:
        raise Refusal("抽查自己的记录，要由别人来办结。")
    if one.status not in WAITING:
        raise Refusal(f"{one.id}号抽查{STATES[one.status]}。")
    words = "；".join(filter(None, [one.text, f"办结意见：{remark}" if remark else ""]))
    journal.close_questions(asked.connection, one.entry_id)
    step(asked.connection, asked.actor, one.id, "closed", "closed", remark, {"text": words} if words else {})
    said = f"抽查{one.id}号已办结{f'，意见：{remark}' if remark else ''}"
    tell(asked.connection, [one.person_id], f"check:{one.id}:closed", f"你的{said}。", asked.now)
    return f"{said}。会告诉{one.name}。"
