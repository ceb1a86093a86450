"""A simulated year drawn: messages and pushed reminders, week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.year_people import DAY, FIRST, LAST
from models.calendar import Calendar

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 1500, 620, 70, 540, 90, 1470
WEEKS = (LAST - FIRST).days // 7 + 1
STEP = (RIGHT - LEFT) / WEEKS


@dataclass(frozen=True, slots=True)
class Weeks:
    """How much was said and told in each week, by how many."""

    people: int
    said: Mapping[int, int]
    told: Mapping[int, int]

    @property
    def scale(self) -> float:
        """Pixels for one message."""
        return (BOTTOM - TOP) / max([*self.said.values(), *self.told.values(), 1])


def picture(weeks: Weeks, calendar: Calendar, path: Path) -> None:
    """Draw it; weeks without a teaching day are shaded."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    for week in range(WEEKS):
        _week(pen, weeks, week, calendar)
    _lines(pen, weeks)
    head = (
        f"{weeks.people} cadres, one school year: messages (blue) and pushed reminders (orange) a week; grey: no school"
    )
    pen.text((LEFT, 30), head, fill="black", font=ImageFont.load_default(22))
    image.save(path)


def _week(pen: ImageDraw.ImageDraw, weeks: Weeks, week: int, calendar: Calendar) -> None:
    first, x = FIRST + 7 * week * DAY, LEFT + week * STEP
    if not calendar.teaching(first, min(first + 6 * DAY, LAST)):
        pen.rectangle((x, TOP, x + STEP, BOTTOM), fill="#f0f0f0")
    said, told = (BOTTOM - done.get(week, 0) * weeks.scale for done in (weeks.said, weeks.told))
    pen.rectangle((x + 2, said, x + STEP / 2, BOTTOM), fill="#4c8bb8")
    pen.rectangle((x + STEP / 2, told, x + STEP - 2, BOTTOM), fill="#e08a3c")
    if first.day <= 7:
        font = ImageFont.load_default(15)
        pen.text((x, BOTTOM + 8), f"{first.year}-{first.month:02}", fill="#333333", font=font)


def _lines(pen: ImageDraw.ImageDraw, weeks: Weeks) -> None:
    """The scale at the left, by the messages said."""
    font = ImageFont.load_default(15)
    most = max([*weeks.said.values(), 1])
    for value in range(0, most + 1, max(most // 5, 1)):
        y = BOTTOM - value * weeks.scale
        pen.line((LEFT, y, RIGHT, y), fill="#dddddd")
        pen.text((14, y - 9), f"{value}", fill="#555555", font=font)
