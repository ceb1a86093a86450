"""全市进度：本级和下级各单位的情况；更多看各项要求；看沁源县名单看姓名"""

from __future__ import annotations

from handlers.asked import LEADER, Asked
from handlers.name_list import ASKED_FOR, name_list
from handlers.scope import periods, unit_meant
from handlers.wording import day, number
from models.team import TeamLine, children, team_lines

WHO = LEADER
EXAMPLE = "全市进度"
RANKS = ("排名", "排行", "最好", "最差", "第一", "倒数", "垫底", "先进", "名次")
FOOT = "看各项要求，回“更多”；看姓名，回“名单”；还没开始的，回“谁还没开始”。"


def answer(asked: Asked) -> str:
    """One line a unit, in the official order, as of now; never a ranking."""
    region = asked.meaning.slots.get("region")
    unit = unit_meant(asked, region)
    if region and ASKED_FOR in asked.meaning.masked:
        return name_list(asked, unit, {})
    below = children(asked.connection, unit.id)
    lines = team_lines(asked.connection, asked.policies, [unit, *below], unit.path, periods(asked), asked.today)
    shown = [line for line in lines if line.bound]
    head = f"{unit.name}，截至{day(asked.today, asked.today)}{asked.now:%H:%M}（已开展/应参加）："
    if not shown:
        return f"{unit.name}名册里没有应参加的人。"
    rows = [_line(line, own=line.unit.id == unit.id) for line in shown]
    return "\n".join([head, *rows, _sum(shown), *_no_ranking(asked), FOOT])


def _no_ranking(asked: Asked) -> list[str]:
    """Who asks for ranks hears that there are none."""
    asks = any(word in asked.meaning.masked for word in RANKS)
    return ["按名册顺序列出，不排名次。"] if asks else []


def _line(line: TeamLine, *, own: bool) -> str:
    name = f"{line.unit.name}{'本级' if own else ''}"
    return f"{name} {line.started}/{line.bound}人，驻校{number(line.days)}天"


def _sum(lines: list[TeamLine]) -> str:
    people, begun = sum(line.bound for line in lines), sum(line.started for line in lines)
    return f"合计 {begun}/{people}人，驻校{number(sum(line.days for line in lines))}天。"
