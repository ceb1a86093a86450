"""Telephone numbers as they are compared: digits alone, however they were typed."""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{9,11}")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?\d{10,11}$)")


def normal_phone(typed: str) -> str | None:
    """The digits of one mobile number or of a landline with its area code; None where it is neither."""
    plain = re.sub(r"[\s\-‐–—()._·]", "", unicodedata.normalize("NFKC", typed))
    digits = _COUNTRY.sub("", plain)
    return digits if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits) else None


def is_mobile(digits: str) -> bool:
    """Whether a normal number is one person's mobile; a landline may be shared."""
    return bool(MOBILE.fullmatch(digits))
