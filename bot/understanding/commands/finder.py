"""Finds very many words in a text, letter by letter: which lengths to try is known from two letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Finder:
    """Finds the longest word at every place of a text, except inside those read whole, before which longer ones yield."""

    def __init__(self, words: Iterable[str], whole: Iterable[str]) -> None:
        self._whole = frozenset(whole)
        self._words = frozenset(word for word in words if self._whole.isdisjoint(word[:n] for n in range(1, len(word))))
        self._words |= self._whole
        lengths: dict[str, dict[str, set[int]]] = {}
        for word in self._words:
            lengths.setdefault(word[0], {"": set()}).setdefault(word[1:2], set()).add(len(word))
        self._lengths = {
            letter: {after: tuple(sorted(many | behind[""], reverse=True)) for after, many in behind.items()}
            for letter, behind in lengths.items()
        }

    def of(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the words of a text stand, and the words."""
        free = 0
        for at, letter in enumerate(text):
            behind = self._lengths.get(letter)
            if behind is None or at < free:
                continue
            for length in behind.get(text[at + 1 : at + 2]) or behind[""]:
                word = text[at : at + length]
                if word in self._words:
                    free = at + length if word in self._whole else 0
                    yield at, word
                    break
