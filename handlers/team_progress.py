"""全市进度：本级和下级各单位的情况；更多看各项要求；看沁源县名单看姓名"""

from __future__ import annotations

import re
from typing import Any

from handlers.asked import LEADER, Asked
from handlers.name_list import ASKED_FOR, name_list
from handlers.rule_figures import of_topic
from handlers.scope import unit_meant
from handlers.team_figures import change, figures, shown
from handlers.wording import day, number, span
from models.team import Figures, TeamLine

WHO = LEADER
EXAMPLE = "全市进度"
RANKS = ("排名", "排行", "最好", "最差", "第一", "倒数", "垫底", "先进", "名次")
MANY = re.compile("多少|几[个名位次场节篇份件条人]|总数|总量|总共|合计|一共")
FOOT = "看各项要求，回“更多”；看姓名，回“名单”；还没开始的，回“谁还没开始”。"


def answer(asked: Asked) -> str:
    """One line a unit, in the official order, as of now; never a ranking."""
    region = asked.meaning.slots.get("region")
    unit = unit_meant(asked, region)
    if region and ASKED_FOR in asked.meaning.masked:
        return name_list(asked, unit, {})
    if (topic := _topic(asked)) and (said := of_topic(asked, unit, topic)):
        return f"{said}\n{FOOT}"
    found = figures(asked, unit)
    lines = shown(found)
    if not lines:
        return f"{unit.name}名册里没有应参加的人。"
    head = f"{unit.name}，截至{day(asked.today, asked.today)}{asked.now:%H:%M}（已开展/应参加，括号里是比上月底）："
    rows = [_line(line.unit.name, line, own=line.unit.id == unit.id) for line in lines]
    return "\n".join([head, *rows, f"合计 {_figures(found.whole)}。", *_no_ranking(asked), *_other_days(asked), FOOT])


def _topic(asked: Asked) -> dict[str, Any]:
    """What is counted, where how many is asked for: 全市访谈了多少人, 各县听了几节课; the days of stays are in the overview."""
    if not MANY.search(asked.meaning.masked):
        return {}
    said = {**asked.meaning.fragment, **asked.meaning.slots}
    topic = {name: said.get(name) for name in ("activity", "audience")}
    return {} if topic["activity"] == "on_site" else {name: value for name, value in topic.items() if value}


def _no_ranking(asked: Asked) -> list[str]:
    """Who asks for ranks hears that there are none."""
    asks = any(word in asked.meaning.masked for word in RANKS)
    return ["按名册顺序列出，不排名次。"] if asks else []


def _other_days(asked: Asked) -> list[str]:
    """Who asks for a month gone by hears that these are the figures of now, and where that month's are."""
    start, end = asked.meaning.slots.get("start"), asked.meaning.slots.get("end")
    if start is None or end is None or end >= asked.today:
        return []
    when = f"{start.month}月" if (start.year, start.month) == (end.year, end.month) else span(start, end, asked.today)
    return [f"上面是本学期到现在的；{when}的数，回“导出{when}统计表”。"]


def _line(name: str, line: TeamLine, *, own: bool) -> str:
    since = change(line.now, line.before)
    return f"{name}{'本级' if own else ''} {_figures(line.now)}{f'（{since}）' if since else ''}"


def _figures(one: Figures) -> str:
    away = f"，{one.away}人请假" if one.away else ""
    return f"{one.started}/{one.bound}人{away}，驻校{number(one.days)}天"
