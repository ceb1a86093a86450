"""开关：开启评价，关闭评价，开启抽查，关闭抽查"""

from __future__ import annotations

from handlers.asked import Asked
from models.unit_settings import switch

WHO = frozenset({"unit_admin"})
EXAMPLE = "开启评价"
NAMES = {"rating": "评价", "spot_check": "抽查"}
MEANS = {
    "rating": "等次只由审批人评，要写理由，本人看得到、可以答复；本助手不计算。",
    "spot_check": "抽查只在本单位及以下，随机抽取，可以重抽同一批；只问干部本人，不问孩子。",
}


def answer(asked: Asked) -> str:
    """Switch ratings or spot checks of the own unit; both are off until somebody wants them."""
    what, on = asked.meaning.slots["what"], not asked.meaning.slots.get("off")
    switch(asked.connection, asked.context.unit_id, what, on=on)
    return f"{asked.context.unit_name}已{'开启' if on else '关闭'}{NAMES[what]}。" + (MEANS[what] if on else "")
