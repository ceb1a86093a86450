"""Words of the trade mistyped by sound (对员, 访探, 宣奖), mended; what is an ordinary word stays as it is.

Characters are compared by syllable, without tone and without what ears and thumbs confuse (zh/z, n/l, -n/-ng). A stretch
that sounds like a word of ours, and shares a character with it, is that word where its neighbours leave it alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from .frozen import frozen
from .vocabulary import fast_pattern

NONE: frozenset[str] = frozenset()
WORDS = Path(__file__).with_name("words") / "sounds.toml"
SELF = re.compile("(?<![自知利异体切律克])己(?=上报|完|报|交|访|到|写|填|发|经|宣|记|处|解|办)")


@frozen
class Sounds:
    """The table of syllables, our words by their sound, and the neighbours that leave a word alone."""

    syllables: dict[int, str]
    words: dict[str, str]
    pattern: re.Pattern[str]
    ordinary: re.Pattern[str]
    before: frozenset[str]
    after: frozenset[str]
    clashes: Mapping[str, frozenset[str]]


@cache
def sounds() -> Sounds:
    """The data, loaded when first needed."""
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    syllables = {ord(c): letters[0] for letters in data["syllables"] for c in letters}
    words = {word.translate(syllables): word for word in data["words"]}
    return Sounds(
        syllables=syllables,
        words=words,
        pattern=re.compile(fast_pattern(words)),
        ordinary=re.compile("|".join(sorted(data["ordinary"], key=len, reverse=True))),
        before=frozenset(data["before"]) | {""},
        after=frozenset(data["after"]),
        clashes=clashes(syllables, words.values()),
    )


def clashes(syllables: Mapping[int, str], words: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each character those that, right behind it, sound like two of one of our words without being the two."""
    sound = {chr(code): letter for code, letter in syllables.items()}
    alike: dict[str, set[str]] = {}
    for letter, heard in sound.items():
        alike.setdefault(heard, set()).add(letter)
    pairs = {pair for word in words for pair in pairwise(word)}
    found: dict[str, frozenset[str]] = {}
    for heard in {sound[first] for first, _ in pairs}:
        near = [(first, second) for first, second in pairs if sound[first] == heard]
        found |= dict.fromkeys(alike[heard], frozenset().union(*(alike[sound[second]] for _, second in near)))
        for right in {first for first, _ in near}:
            found[right] = frozenset().union(
                *(alike[sound[second]] - ({second} if first == right else set()) for first, second in near)
            )
    return found


def mend(text: str) -> str:
    """The text with our words in their right characters; of the same length, character for character."""
    text = mended(text) if any_clash(text) else text
    return SELF.sub("已", text) if "己" in text else text


def any_clash(text: str) -> bool:
    """True where two neighbours sound like two of one of our words; where none do, no word is mistyped."""
    behind = sounds().clashes.get
    barred = NONE
    for letter in text:
        if letter in barred:
            return True
        barred = behind(letter, NONE)
    return False


def mended(text: str) -> str:
    """The same, each word of ours looked for by its sound."""
    known = sounds()
    heard = text.translate(known.syllables)
    match = known.pattern.search(heard)
    while match:
        word, (start, end) = known.words[match.group()], match.span()
        right = text.startswith(word, start)
        if not right and mistyped(known, text, heard, start, end, word):
            text, right = text[:start] + word + text[end:], True
        match = known.pattern.search(heard, end if right else start + 1)
    return text


def mistyped(known: Sounds, text: str, heard: str, start: int, end: int, word: str) -> bool:
    """True where the stretch is our word mistyped, and no other word."""
    said = text[start:end]
    if not any(a == b for a, b in zip(said, word, strict=True)) and not beside_number(text, start, end):
        return False
    if text.startswith("节对课", start) or (text[start] == "节" and COUNT_OF.search(text, max(0, start - 1), start)):
        return False
    counted = PEOPLE_BEHIND.match(text, end) is not None
    if (in_ordinary(known, text, start, end) and not counted) or cuts_word(known, text, heard, start, end):
        return False
    if said[0] != word[0] and not open_before(known, text, start):
        return False
    return said[-1] == word[-1] or open_after(known, text, heard, end)


COUNT_OF = re.compile("[\\d一二两三四五六七八九十俩仨半几]$")
COUNT_BEHIND = re.compile(
    r"了?(?:收回|回收|发放|发|收)?了?(?:\d{1,3}|[一二两三四五六七八九十俩仨半几]{1,3})[名位个场次节堂份人明分]"
)
PEOPLE_BEHIND = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十几]{1,3})[名位]|收?了?\d{1,3}份")
COUNT_BEFORE = re.compile(r"(?:[\d一二两三四五六七八九十几][名位个明]|[俩仨])$")


def beside_number(text: str, start: int, end: int) -> bool:
    """True where a number with a measure word says that one of our words must stand here (3名对圆, 喧奖一场)."""
    if any(letter in "一二两三四五六七八九十百千万半几零" for letter in text[start:end]):
        return False
    return bool(COUNT_BEHIND.match(text, end) or COUNT_BEFORE.search(text, max(0, start - 3), start))


def cuts_word(known: Sounds, text: str, heard: str, start: int, end: int) -> bool:
    """True where one of our words, rightly typed, begins inside the stretch and leads out of it."""
    inside = (known.pattern.match(heard, at) for at in range(start + 1, end))
    return any(m and m.end() > end and text.startswith(known.words[m.group()], m.start()) for m in inside)


def in_ordinary(known: Sounds, text: str, start: int, end: int) -> bool:
    """True where an ordinary word or phrase holds part of the stretch."""
    near = known.ordinary.finditer(text, max(0, start - 3), end + 3)
    return any(match.start() < end and start < match.end() for match in near)


def open_before(known: Sounds, text: str, start: int) -> bool:
    """True where the character before does not draw the first one into another word."""
    before = text[start - 1 : start]
    if before in known.before or not "一" <= before <= "鿿":
        return True
    return any(text.endswith(word, 0, start) for word in known.words.values())


def open_after(known: Sounds, text: str, heard: str, end: int) -> bool:
    """True where the character after does not draw the last one into another word."""
    if end == len(text) or text[end] in known.after or not "一" <= text[end] <= "鿿":
        return True
    return known.pattern.match(heard, end) is not None
