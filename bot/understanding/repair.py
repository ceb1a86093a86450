"""The last word counts: what a speaker takes back is struck out before anything is read."""

from __future__ import annotations

from collections.abc import Sequence

from .lexer import Token

KINDS = ("num", "date", "act", "aud", "school")
REACH = 6
SMALL = frozenset(("prep", "conj", "also", "noise", "colon", "space", "comma", "fix", "actual", "plan", "say", "open", "close", "stop", "dash", "lead", "each", "neg"))


def repaired(tokens: list[Token]) -> list[Token]:
    """The tokens without those that a correction replaces."""
    if not any("fix" in t.roles for t in tokens):
        return tokens
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if "fix" in token.roles and out:
            after = corrected(tokens, at + 1)
            strike(out, after)
            at += 1
            while at < len(tokens) and SMALL & tokens[at].roles.keys() and not kinds(tokens[at]):
                at += 1
            if after and out and {"comma", "space", "open"} & out[-1].roles.keys():
                out.pop()
            continue
        out.append(token)
        at += 1
    return out


def kinds(token: Token) -> set[str]:
    """What a token could replace."""
    return {kind for kind in KINDS if kind in token.roles}


def corrected(tokens: Sequence[Token], at: int) -> list[Token]:
    """The words of the correction: the first that say something, up to the next mark."""
    found: list[Token] = []
    for token in tokens[at : at + REACH + 4]:
        if kinds(token):
            found.append(token)
        elif found and {"comma", "stop", "line", "close"} & token.roles.keys():
            break
    return found[:3]


def strike(out: list[Token], after: Sequence[Token]) -> None:
    """Takes out the nearest earlier word of each kind that the correction names."""
    seen: set[str] = set()
    for token in after:
        for kind in kinds(token) - seen:
            seen.add(kind)
            for i in range(len(out) - 1, max(-1, len(out) - 1 - REACH), -1):
                if kind in out[i].roles:
                    del out[i]
                    break
                if {"stop", "line"} & out[i].roles.keys():
                    break
