"""The last word counts: what a speaker takes back is struck out before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .late import late, several
from .tokens import Token

KINDS = ("num", "date", "act", "aud", "school")
REACH = 7
SMALL = several("prep conj also noise colon space comma fix actual plan say open stop dash lead each neg orig")
ENDS = frozenset(("comma", "stop", "line", "close"))


def repaired(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens without those that a correction replaces."""
    tokens = without_denied(text, recounted(text, tokens))
    if not any("fix" in t.roles for t in tokens):
        return tokens
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if "fix" not in tokens[at].roles or not out:
            out.append(tokens[at])
            at += 1
            continue
        at += 1
        while at < len(tokens) and SMALL & tokens[at].roles.keys() and not kinds(tokens[at]):
            at += 1
        if anew := told_anew(out, tokens, at):
            first, at = anew
            out[first:] = [tokens[at]._replace(start=out[first].start)]
            at += 1
            continue
        at += replace_earlier(out, corrected(tokens, at))
    return out


def told_anew(out: Sequence[Token], tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """队员2辅导员3,不对,队员3辅导员2: where pairs begin that are told once more, and where they are told anew."""
    before, after = pairs_run(out, range(len(out) - 1, -1, -1)), pairs_run(tokens, range(at, len(tokens)))
    said = {tokens[i].roles["aud"] for i in after if "aud" in tokens[i].roles}
    if len(said) < 2 or len(after) != 2 * len(said) or len(before) != len(after):
        return None
    same = said == {out[i].roles["aud"] for i in before if "aud" in out[i].roles}
    return (before[-1], after[0]) if same else None


def pairs_run(tokens: Sequence[Token], places: range) -> list[int]:
    """The places of people and numbers that stand together, with nothing but small words and commas between them."""
    found: list[int] = []
    for at in places:
        if {"aud", "num"} & tokens[at].roles.keys():
            found.append(at)
        elif not (SMALL | {"conj"}) & tokens[at].roles.keys():
            break
    return found


AGAIN = late("[。,]?(?:哦|啊|哎|噢|呃|嗯)?(?:不是|不对|不)(?:是|应该是?)?")
AFFIRMED = ("是", "为", "叫")


def recounted(text: str, tokens: list[Token]) -> list[Token]:
    """访谈了四个不是五个家长: a number, a denial and a number in one breath; the second holds."""
    if "不" not in text:
        return tokens
    out: list[Token] = []
    last = -1
    for token in tokens:
        if last >= 0 and counts_again(text, out[last], token):
            out[last:] = [token._replace(start=out[last].start)]
        else:
            out.append(token)
            pause = "stop" in token.roles and AGAIN.match(text, token.end) is not None
            last = last if pause or "fix" in token.roles else len(out) - 1
    return out


def counts_again(text: str, first: Token, second: Token) -> bool:
    """True for two numbers of one unit with nothing but a denial between them."""
    if "num" not in first.roles or first.roles.get("num") != second.roles.get("num"):
        return False
    if text[first.start - 1 : first.start] in AFFIRMED:
        return False
    return AGAIN.fullmatch(text, first.end, second.start) is not None


def without_denied(text: str, tokens: list[Token]) -> list[Token]:
    """不是今天,昨天访谈了…; 不是队员是团员: what is said not to be meant."""
    if "不是" not in text:
        return tokens
    kept = [
        t if at and "fix" in tokens[at - 1].roles and tokens[at - 1].end == t.start else meant(text, t)
        for at, t in enumerate(tokens)
    ]
    return [t for t in kept if t is not None]


def meant(text: str, token: Token) -> Token | None:
    """What stays of a word that 不是 stands before: of two dates the second, else (as of a range) nothing."""
    if not kinds(token) - {"act"} or not text.endswith("不是", 0, token.start):
        return token
    if token.said is not None and token.said.rule != "range" and len(token.said.specs) > 1:
        return token._replace(said=replace(token.said, specs=token.said.specs[1:]))
    return None


def kinds(token: Token) -> set[str]:
    """What a token could replace; half a day replaces days."""
    found = {kind for kind in KINDS if kind in token.roles}
    return found | {"length"} if "half_day" in token.roles or token.roles.get("num") == "day" else found


def corrected(tokens: Sequence[Token], at: int) -> list[Token]:
    """The words of the correction: the first that say something, up to the next mark."""
    found: list[Token] = []
    for token in tokens[at : at + REACH]:
        if kinds(token):
            found.append(token)
        elif found and ENDS & token.roles.keys():
            break
    return found[:3]


def replace_earlier(out: list[Token], after: Sequence[Token]) -> int:
    """One corrected word takes the earlier one's place (1 token used up); several strike out what they replace."""
    named = {kind for token in after for kind in kinds(token)}
    hits = {kind: i for kind in named if (i := earlier(out, kind)) is not None}
    if "length" in hits:
        hits.pop("num", None)
    if len(after) == 1 and len(hits) == 1:
        i = next(iter(hits.values()))
        out[i] = after[0]._replace(start=out[i].start, end=out[i].end)
        return 1
    for i in sorted(set(hits.values()), reverse=True):
        del out[i]
    if after and out and {"comma", "space", "open"} & out[-1].roles.keys():
        out.pop()
    return 0


def earlier(out: Sequence[Token], kind: str) -> int | None:
    """The place of the last word of a kind."""
    return next((i for i in range(len(out) - 1, max(-1, len(out) - 1 - REACH), -1) if kind in kinds(out[i])), None)
