"""What a bare answer to a question could mean: 队员, 3, 又5个, 昨天, 实验小学."""

from __future__ import annotations

from typing import Any

from . import numerals
from .late import late
from .normal import Normal
from .reading import Reading
from .scene import BEFORE, days_meant, only_names, together
from .tokens import Token

LONGEST = 40
ABOUT = late("(?:大概|大约|差不多|约|可能|估计|好像|也就)(?:有|是)?(?P<n>\\d+|[一二两三四五六七八九十百]+)")
SPEAKING = frozenset(("num", "half_day", "aud", "act", "school"))
A_RECORD = ("一条", "1条")  # 删一条: a record, not how many were met


def fragment(reading: Reading, normal: Normal) -> dict[str, Any]:
    """Count, audience, activity, start, end and place, as far as a short message names them."""
    if len(reading.text) > LONGEST:
        return {}
    found: dict[str, Any] = {}
    for token in reading.tokens:
        roles = token.roles
        if not token.word or SPEAKING.isdisjoint(roles):
            continue
        if "num" in roles and token.number is not None and "count" not in found and token.word not in A_RECORD:
            found["count"] = token.number.value
            if (least := token.number.at_least) is not None or (least := about(token)) is not None:
                found["at_least"] = least
        elif "half_day" in roles:
            found.setdefault("count", 0.5)
        elif "aud" in roles and roles["aud"] != "mixed":
            found.setdefault("audience", roles["aud"])
        elif "act" in roles and roles["tone"] != "weak":
            found.setdefault("activity", roles["act"])
        elif roles.get("school") == "named":
            found.setdefault("place", normal.original(token.start, token.end))
    return {**found, **days(reading)} if "date" in reading.roles else found


def about(token: Token) -> float | None:
    """大概五个: the number said, which is to be asked about."""
    exact = ABOUT.match(token.word) if token.number and token.number.value is None else None
    said = numerals.value(exact["n"]) if exact else None
    return None if said is None else said.at_least if said.value is None else said.value


def days(reading: Reading) -> dict[str, Any]:
    """The first and last day named."""
    if not reading.scenes:
        return {}
    text, now, tokens = reading.text, reading.scenes[0].now, reading.tokens
    dated = [t for t in tokens if "date" in t.roles and not only_names(text, now, t, tokens)]
    if not dated:
        return {}
    kept = together(text, dated)
    said = days_meant(kept, now, "plan" in reading.roles or BEFORE.match(text, kept[-1].end) is not None)
    firsts = [d.first for d in said if d.first]
    lasts = [d.last for d in said if d.last]
    return {"start": min(firsts), "end": max(lasts)} if firsts and lasts else {}
