"""评价等次：张三评优，蹲点扎实（由人评，写一句理由）"""

from __future__ import annotations

from sqlalchemy import select

from handlers.asked import Asked
from handlers.person import meant
from handlers.remarks import remark
from models.notices import tell
from models.refusal import Refusal
from models.units import Unit
from models.works import latest, open_work, step

WHO = frozenset({"approver"})
EXAMPLE = "张三评优，蹲点扎实"
RATINGS = ("优", "良", "合格", "一般")


def answer(asked: Asked) -> str:
    """Keep a rating that a person gave, with its reason; the cadre hears of it and may answer. Never computed."""
    if not asked.connection.execute(select(Unit.rating_on).where(Unit.id == asked.context.unit_id)).scalar():
        raise Refusal("本单位没有开启评价。要用，请单位管理员先开启；等次只由人评，本助手不计算。")
    colleague = meant(asked, asked.meaning.slots.get("name"), "rate")
    rating = asked.meaning.slots.get("rating")
    if rating not in RATINGS:
        return "等次是：优、良、合格、一般。如：张三评优，蹲点扎实。"
    reason, year = remark(asked.meaning.masked), str(asked.today.year)
    if not reason:
        return f"请写一句理由，如：{colleague.name}评{rating}，蹲点扎实、问题反映及时。"
    older = latest(asked.connection, colleague.id, ("rating",), ("given",), year)
    if older:
        step(asked.connection, asked.actor, older.id, "replaced", "replaced")
    values = {"title": rating, "text": reason, "period": year, "status": "given", "data": {"by": asked.person_id}}
    row = values | {"person_id": colleague.id, "unit_id": colleague.unit_id}
    number = open_work(asked.connection, asked.actor, "rating", **row)
    text = f"{year}年评价：{rating}。理由：{reason}。有不同看法，回“对评价的答复：……”，和评价放在一起并转给评价人。"
    tell(asked.connection, [colleague.id], f"rating:{number}", text, asked.now)
    return f"已记：{colleague.name} {year}年 {rating}，理由：{reason}。本人会看到，并可以答复。"
