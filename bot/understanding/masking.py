"""What of a message may be stored and logged: children, telephones and accounts replaced, harm and secrets dropped.

`mask(text)` never raises and never returns what it hid. An office keeps its place (王校长 becomes 〔校长〕), a child is 〔学生〕,
a person of whom no more is known 〔姓名〕; a masked text names as many people as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field

from .frozen import frozen
from .identifiers import Span, identifiers
from .late import late
from .name_contexts import MODERN, TITLES, either
from .names import Name, people
from .normal import Normal, normalise
from .sensitive import sensitive

GIVEN_ALONE = late(f".(?:[小晓子雨思].|.[{MODERN}]|[{MODERN}].)")
SHORT = 8
CHILDREN = ("学生", "姓名")
PERSON_MARK = late(f"〔(副?{either(TITLES)}|学生|姓名)〕")
INVENTED = "张小明"
PERSONS = frozenset(f"〔{deputy}{office}〕" for deputy in ("", "副") for office in TITLES.split()) | {
    "〔学生〕",
    "〔姓名〕",
}
CROSSED = "※"


@frozen
class Masked:
    """`text` is safe to keep; `dropped` is harm or secret where nothing is (`text` is then empty)."""

    text: str
    dropped: str | None = None
    hidden: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)

    def clean(self, words: str) -> str:
        """A stretch cut from the same message, with the same things replaced; empty where the message was dropped."""
        return "" if self.dropped else self.without(words)

    def without(self, words: str) -> str:
        """The words with what was hidden replaced, however the message was dropped."""
        for raw, label in self.hidden:
            words = words.replace(raw, label)
        return words

    def blanked(self, words: str) -> str:
        """The text with its numbers and addresses crossed out, of the same length: none of them is a count."""
        for raw, label in self.hidden:
            if label not in PERSONS:
                words = words.replace(raw, CROSSED * len(raw))
        return words


def mask(text: str, normal: Normal | None = None) -> Masked:
    """The message as it may be kept; `normal` saves reading it twice."""
    normal = normal or normalise(text)
    names = tuple(people(normal.text))
    spans = _spans(normal.text, names)
    dropped = sensitive(normal)
    if not spans:
        return Masked("" if dropped else text, dropped, names=names)
    hidden = _hidden(normal, spans)
    if dropped:
        return Masked("", dropped, hidden, names)
    kept = _replaced(text, [(*normal.span(start, end), words) for start, end, words in spans])
    return Masked(kept, None, hidden, names)


def kept_words(text: str) -> str:
    """Words as they may be kept; empty where none may."""
    return mask(text).text


def _hidden(normal: Normal, spans: list[Span]) -> tuple[tuple[str, str], ...]:
    """What was hidden, as typed and as read, each with what stands for it; the longest first."""
    said = {
        form: f"〔{words}〕"
        for start, end, words in spans
        for form in (normal.text[start:end], normal.original(start, end))
    }
    return tuple(sorted(said.items(), key=lambda pair: -len(pair[0])))


def stand_ins(text: str) -> str:
    """A masked message with invented people for its marks, so that it reads as the message as typed did."""
    if "〔" not in text:
        return text
    return PERSON_MARK.sub(lambda mark: INVENTED if mark[1] in CHILDREN else f"王{mark[1]}", text)


def _spans(text: str, names: Iterable[Name]) -> list[Span]:
    """What is hidden, in order."""
    found = identifiers(text)
    if named := [(n.start, n.end, words) for n in names if (words := label(n))]:
        found += named + _again(text, named)
    return _merged(found) if found else found


def _again(text: str, named: list[Span]) -> list[Span]:
    """The same names, and their given names alone, wherever else the message says them."""
    whole = {text[start:end]: words for start, end, words in named if end - start > 1}
    given = {name[1:]: words for name, words in whole.items() if words in CHILDREN and GIVEN_ALONE.fullmatch(name)}
    known = given | whole
    if not known or len(text) < SHORT:
        return []
    pattern = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return [(*m.span(), known[m.group()]) for m in re.finditer(pattern, text)]


def label(name: Name) -> str:
    """What stands for a person: nothing for a colleague in a command, or where a mark already stands."""
    if name.kind in ("colleague", "mark"):
        return ""
    return name.title or ("学生" if name.kind == "child" else "姓名")


def _merged(spans: list[Span]) -> list[Span]:
    """The spans in order, each overlap as one under the label of the longest."""
    merged: list[Span] = []
    for start, end, words in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            first, last, kept = merged[-1]
            merged[-1] = (first, max(last, end), kept)
        else:
            merged.append((start, end, words))
    return merged


def _replaced(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, words in spans:
        parts += [text[at:start], f"〔{words}〕"]
        at = end
    return "".join([*parts, text[at:]])
