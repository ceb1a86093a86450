"""What was typed into a form's fields, read; None where it is nothing or not what the field takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.web.visit import Form

MOST = Decimal(99999)
ROW_DIGITS, PAGE_DIGITS = 18, 5


def day(words: str) -> date | None:
    """A day as a browser's date field gives it."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        return None


def whole(words: str, digits: int = 9) -> int | None:
    """A whole number from 0 on, of so many digits at most."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= digits else None


def number_in(said: Mapping[str, str] | Form, name: str) -> int:
    """The number of a row out of an address or a form; nought where there is none."""
    return whole(said.get(name) or "", ROW_DIGITS) or 0


def amount(words: str) -> Decimal | None:
    """A count above 0, with halves at most."""
    try:
        value = Decimal(words)
    except InvalidOperation:
        return None
    fits = value.is_finite() and 0 < value <= MOST and value * 2 == (value * 2).to_integral_value()
    return value if fits else None


def page_of(words: str) -> int:
    """The number of a list's page, from 1 on."""
    return max(whole(words, PAGE_DIGITS) or 1, 1)
