"""每月开展情况: small columns a month, one strip for each kind of work, in letters that any machine can show."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image, ImageDraw

from bot.forms.pace_picture import INK, SOFT, TRACK, UNDER, letters

WIDE, EDGE, NAME, STRIP, TOP, FOOT = 1400, 40, 210, 200, 30, 60
BAR = 62


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of work: its name, its unit, a value for each month."""

    name: str
    unit: str
    values: tuple[Decimal, ...]


def months_chart(months: Sequence[str], series: Sequence[Series]) -> bytes:
    """The chart as PNG; a month without anything keeps its place."""
    image = Image.new("RGB", (WIDE, TOP + STRIP * len(series) + FOOT), "white")
    pen = ImageDraw.Draw(image)
    for number, one in enumerate(series):
        _strip(pen, TOP + STRIP * number, one)
    for number, name in enumerate(months):
        at = _middle(number, len(months))
        pen.text((at, TOP + STRIP * len(series) + 10), name, fill=SOFT, font=letters(30), anchor="ma")
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _strip(pen: ImageDraw.ImageDraw, top: int, one: Series) -> None:
    low, most = top + STRIP - 34, max(one.values, default=Decimal(0))
    pen.text((EDGE, top + 60), one.name, fill=INK, font=letters(36))
    pen.text((EDGE, top + 108), f"（{one.unit}）", fill=SOFT, font=letters(28))
    pen.line((NAME, low, WIDE - EDGE, low), fill=TRACK, width=3)
    for number, value in enumerate(one.values):
        at, tall = _middle(number, len(one.values)), int(float(value / most) * (STRIP - 90)) if most else 0
        if value:
            half = min(BAR, (WIDE - EDGE - NAME) // (2 * len(one.values))) // 2
            pen.rectangle((at - half, low - max(tall, 4), at + half, low), fill=UNDER)
            pen.text((at, low - max(tall, 4) - 6), f"{value.normalize():f}", fill=INK, font=letters(28), anchor="mb")


def _middle(number: int, count: int) -> int:
    room = (WIDE - EDGE - NAME) / max(count, 1)
    return int(NAME + room * (number + 0.5))
