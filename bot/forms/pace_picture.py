"""进度图: each goal as a bar, with a mark where the term stands, in letters that any machine can show."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.forms.order import Made, Order
from handlers.figures import of_person
from models.context_query import load_person
from models.periods import period_of
from models.progress import Standing, plain
from models.refusal import Refusal

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-subset.ttf"
WIDE, EDGE, HEAD, STEP, FOOT = 1080, 60, 220, 150, 130
BAR = 44
INK, SOFT, TRACK, DONE, UNDER, MARK = "#1a1a1a", "#5c5c5c", "#e6e8eb", "#07a35a", "#2f7bd9", "#c2410c"
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One goal: how far, its figures, and how much of its time is gone; none where it has no end."""

    title: str
    figures: str
    share: float
    gone: float | None
    met: bool


def make_picture(order: Order) -> Made:
    """The asker's own standings as a picture; nobody else's."""
    context = load_person(order.connection, order.viewer, order.today)
    if context is None:
        raise Refusal("名册里没有你了。")
    calendar = order.calendars.of(context.terms)
    found = of_person(context, calendar, order.policies, order.today)
    spans = {s: period_of(s.rule.period, order.today, calendar, s.rule.month) for s in found}
    bars = [bar(s, spans[s].start, order.today) for s in found if drawable(s)][:SHOWN]
    return Made("进度图.png", "image/png", draw(context.name, order.today, bars))


def drawable(one: Standing) -> bool:
    """Whether a standing is a way towards a goal."""
    return (
        one.rule.kind != "shown"
        and one.rule.metric != "assignment_terms"
        and one.rule.op in (">=", "between")
        and one.required > 0
    )


def bar(one: Standing, start: date, today: date) -> Bar:
    """A standing as a bar; a goal is never more than full."""
    gone = (today - start).days / max((one.due - start).days, 1)
    unit, more = "人" if one.rule.gauge else one.rule.unit, f"（另{plain(one.over)}）" if one.over else ""
    figures = f"{plain(one.done - one.over)}/{plain(one.required)}{unit}{more}"
    share = min(float(one.done / one.required), 1.0)
    return Bar(
        f"{one.label} {one.rule.title}".strip(),
        figures,
        share,
        min(max(gone, 0.0), 1.0) if one.label else None,
        one.met,
    )


def draw(name: str, today: date, bars: Sequence[Bar]) -> bytes:
    """The picture as PNG, made for a phone held at arm's length."""
    image = Image.new("RGB", (WIDE, HEAD + STEP * max(len(bars), 1) + FOOT), "white")
    pen = ImageDraw.Draw(image)
    pen.text((EDGE, 50), f"{name}的进度", fill=INK, font=letters(64))
    pen.text((EDGE, 140), f"截至{today.year}年{today.month}月{today.day}日", fill=SOFT, font=letters(38))
    for number, one in enumerate(bars):
        _draw_bar(pen, HEAD + STEP * number, one)
    _legend(pen, HEAD + STEP * max(len(bars), 1))
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _draw_bar(pen: ImageDraw.ImageDraw, top: int, one: Bar) -> None:
    last, low = WIDE - EDGE, top + 66
    pen.text((EDGE, top), one.title, fill=INK, font=letters(42))
    pen.text((last, top), one.figures + (" 完成" if one.met else ""), fill=INK, font=letters(42), anchor="ra")
    pen.rounded_rectangle((EDGE, low, last, low + BAR), BAR // 2, fill=TRACK)
    if one.share:
        end = EDGE + max(int((last - EDGE) * one.share), BAR)
        pen.rounded_rectangle((EDGE, low, end, low + BAR), BAR // 2, fill=DONE if one.met else UNDER)
    if not one.met and one.gone is not None:
        at = EDGE + int((last - EDGE) * one.gone)
        pen.rectangle((at - 4, low - 10, at + 4, low + BAR + 10), fill=MARK)


def _legend(pen: ImageDraw.ImageDraw, top: int) -> None:
    pen.rectangle((EDGE, top + 20, EDGE + 8, top + 70), fill=MARK)
    pen.text((EDGE + 28, top + 22), "竖线：时间过到这里。可以集中做，不必跟线走。", fill=SOFT, font=letters(36))


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    """The letters that come with the service: a machine need have none of its own."""
    return ImageFont.truetype(FONT, size)
