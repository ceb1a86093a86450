"""要求：要访谈几个队员才够，蹲点有什么要求"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.asked import LEADER, MEMBER, Asked
from handlers.figures import current, goal
from handlers.filing_desk import mine
from handlers.filing_schedule import schedule
from handlers.wording import pages
from models.credits import feeds
from models.policy import Card, Policy
from models.progress import Standing, line

WHO = MEMBER
EXAMPLE = "要访谈几个队员才够"
LINES = 12
DATED = re.compile("报送|上报")


def answer(asked: Asked) -> str:
    """The goal asked for, with the document's own words; a duty without a number; else all goals in short."""
    slots = asked.meaning.slots
    if DATED.search(asked.meaning.masked) and asked.roles & LEADER:
        return schedule(asked, mine(asked))
    found = current(asked)
    if slots.get("audience") or slots.get("activity"):
        chosen = [s for s in found if feeds(s.rule, slots.get("activity"), slots.get("audience"))]
        return "\n".join(_long(asked, s) for s in chosen) or "文件对这一项没有数量要求；做了告诉我，照样记。"
    cards = _cards(asked)
    return "\n".join(_card(card) for card in cards) if cards else _all(asked, found)


def _long(asked: Asked, one: Standing) -> str:
    reading = f"\n说明：{one.rule.reading}" if one.rule.reading else ""
    return f"{goal(one.rule)}。\n原文：“{one.rule.words}”（{one.rule.source}）{reading}\n你现在：{line(one)}"


def _policies(asked: Asked) -> Sequence[Policy]:
    return [asked.policies[name] for name in asked.context.policies if name in asked.policies]


def _cards(asked: Asked) -> list[Card]:
    """Duties without a number that the words of the question name."""
    words = asked.meaning.masked
    every = (card for policy in _policies(asked) for card in policy.cards)
    return [card for card in every if any(keyword in words for keyword in card.keywords)][:2]


def _card(card: Card) -> str:
    return f"{card.title}：{card.text}\n原文：“{card.words}”（{card.source}）"


def _all(asked: Asked, found: Sequence[Standing]) -> str:
    if not found:
        return "你不在这些文件的考察对象里，没有定额。"
    names = "、".join(policy.name for policy in _policies(asked))
    lines = list(dict.fromkeys(goal(s.rule) for s in sorted(found, key=lambda s: s.rule.id) if s.rule.kind != "shown"))
    return pages(f"{names}的要求：", [*lines, "想看某一项的原文，如：要访谈几个队员才够。"], LINES)
