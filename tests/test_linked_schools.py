"""Somebody under both documents keeps one own school and links others beside it."""

from __future__ import annotations

from sqlalchemy import update

from bot.replay import Player
from bot.service import Service
from models.people import Person

LINES = """
now 2026-09-16 17:30
王干事: 我的联系学校是沁水县实验小学
机器人: 现在共2所
王干事: 今天在沁水县实验小学驻校一整天
机器人: 9月集中驻校1/5天
王干事: 昨天在城关小学驻校一整天
机器人: 9月集中驻校2/5天
王干事: 还差几天
机器人: 驻校1/10天
王干事: 我的蹲点学校是城关小学
机器人: 你的蹲点学校是城关小学
"""


def test_days_at_a_linked_school_serve_the_league_alone(service: Service) -> None:
    shown: list[str] = []
    with service.engine.begin() as connection:
        both = update(Person).where(Person.name == "王干事").values(policies="pioneer_2017 league_im_2021")
        connection.execute(both)
    Player(service, shown.append).play(LINES.strip().splitlines())
    assert "联系学校" in "\n".join(shown)
