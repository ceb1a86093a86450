"""What was typed into a form's fields, read; None where it is nothing or not what the field takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

MOST = Decimal(99999)


def day(words: str) -> date | None:
    """A day as a browser's date field gives it."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        return None


def whole(words: str, otherwise: int | None = None) -> int | None:
    """A whole number from 0 on."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else otherwise


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
    return max(whole(words[:6]) or 1, 1)
