"""进度图: drawn in no time, in letters that any machine can show."""

from __future__ import annotations

import io
from datetime import date
from time import process_time

from PIL import Image, ImageFont

from bot.forms.pace_picture import FONT, Bar, draw, make_picture
from bot.replay import Player
from bot.service import Service
from tests.orders import order


def test_picture_shows_chinese_and_is_quick(service: Service) -> None:
    Player(service, lambda _: None).play(["now 2026-11-20 17:30", "王干事: 今天到城关小学驻校1天，访谈队员13名"])
    with service.engine.connect() as connection:
        wanted = order(service, connection, 2)
        begun = process_time()
        file = make_picture(wanted)
        assert process_time() - begun < 1
    image = Image.open(io.BytesIO(file.content))
    assert (image.format, image.width, file.people) == ("PNG", 1080, ())
    assert len(file.content) < 150_000


def test_picture_is_drawn_within_a_second_and_differs_with_the_figures() -> None:
    some = [Bar("本学期 队员", "13/20名", share, 0.6, met=False) for share in (0.1, 0.65)]
    draw("王干事", date(2026, 11, 20), [])
    begun = process_time()
    one, other = (draw("王干事", date(2026, 11, 20), [bar] * 8) for bar in some)
    assert process_time() - begun < 2
    assert one != other


def test_font_holds_the_common_characters_and_its_licence() -> None:
    font = ImageFont.truetype(FONT, 40)
    missing = bytes(font.getmask("\U0010ffff"))
    assert not [
        c for c in "驻校蹲点进度截至完成队员辅导员宣讲调研报告，。％（）沁" if bytes(font.getmask(c)) == missing
    ]
    assert FONT.stat().st_size <= 2_500_000
    assert "SIL Open Font License" in (FONT.parent / "OFL.txt").read_text("utf-8")
