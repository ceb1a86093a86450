"""单位设置：评价、抽查、演练、下级报数提前几天"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web import keeping
from bot.web.visit import Done, Form, Shown, Visit
from models.colleagues import with_role
from models.refusal import Refusal
from models.roster_forms import note
from models.unit_settings import MOST_LEAD_DAYS, SWITCHES, set_lead_days, settings_of, switch

WHO = keeping.ADMIN
PATH = "unit"
GROUP = keeping.GROUP
TITLES = {"rating": "评价", "spot_check": "抽查", "training": "演练"}
MEANS = {
    "rating": "等次只由审批人评，要写理由，本人看得到、可以答复；本助手不计算等次。关着的时候谁也不能评。",
    "spot_check": "督导可以在本单位及以下随机抽取记录来问，种子公开，可以重抽出同一批；只问干部本人，不问孩子。",
    "training": "整个单位先练习：大家说的都不计入任何数，每条回复都标明演练。正式开始前记得关掉。",
}


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """Each switch with what it does, and who approves."""
    now = settings_of(visit.connection, visit.who.unit_id)
    switches = [(what, TITLES[what], MEANS[what], getattr(now, SWITCHES[what])) for what in SWITCHES]
    values = {
        "switches": switches,
        "lead_days": visit.typed.get("days", str(now.lead_days)),
        "most": MOST_LEAD_DAYS,
        "approvers": with_role(visit.connection, visit.who.unit_path, "approver", visit.today),
    }
    return Shown("pages/unit.html", values)


def _switch(visit: Visit, form: Form) -> Done:
    """One switch on or off."""
    what, on = form.get("what"), form.get("on") == "1"
    if what not in SWITCHES:
        raise Refusal("没有这个开关。")
    switch(visit.connection, visit.who.unit_id, what, on=on)
    said = f"{'开启' if on else '关闭'}{TITLES[what]}"
    note(keeping.keeper(visit), said)
    return Done(f"{visit.who.unit_name}已{said}。", visit.url(PATH))


def _lead(visit: Visit, form: Form) -> Done:
    """How many workdays before, the units below are asked."""
    days = set_lead_days(visit.connection, visit.who.unit_id, form.get("days"))
    note(keeping.keeper(visit), f"下级报数提前{days}个工作日")
    when = f"提前{days}个工作日" if days else "到期当天"
    return Done(f"已保存：下级单位{when}确认自己的那一行。", visit.url(PATH))


ACTIONS = {"switch": _switch, "lead": _lead}
