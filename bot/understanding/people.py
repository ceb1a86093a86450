"""Who and how many: audience words and numbers paired by how they stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .frozen import frozen
from .late import late, several
from .numerals import VAGUE, Number
from .same_people import colleagues, counts_them, explained, officers, once, relative_of, with_named
from .tokens import Token

DESCRIPTION = 9
PERSON_UNITS = frozenset(("person", "thing", "", "house"))
HEARD = several("each sum prep remainder among colon noise conj also")
PARTING = frozenset(("conj", "prep", "also", "each", "sum", "among", "remainder"))
ONE = late("(?:那|这|某|有)[个位名]$")
SOME = late("(?:一些|部分|不少|许多|很多|好些|各位|所有|全体|众多|有些|多名|多位|好几[个名位])的?$")
CLASS_END = late(r"[\d一二三四五六七八九十)](?:班|中队)的?$|级的?$")


@frozen
class Group:
    """People of one audience and how many; `one` where a single person is meant by the word alone."""

    start: int
    end: int
    audience: str | None = None
    number: Number | None = None
    kind: str = "group"
    named: int = 0
    prep: bool = False
    among: bool = False
    each: bool = False
    rest: bool = False
    word: str = ""

    @property
    def many(self) -> bool:
        """True where nothing says how many."""
        return self.number is None and not self.named


@dataclass(slots=True)
class Item:
    """Audience words and numbers without a separator between them, and what was said before them."""

    tokens: list[Token]
    prep: bool
    rest: bool
    among: bool


@dataclass(slots=True)
class Run:
    """Items that stand together, before they are paired."""

    items: list[Item] = field(default_factory=list)
    each: bool = False
    sum: bool = False
    among: bool = False
    prep: bool = False
    rest: bool = False
    fresh: bool = True

    def add(self, token: Token) -> None:
        """One more word; after a separator it begins a new item."""
        if self.fresh or not self.items:
            self.items.append(Item([token], self.prep, self.rest, self.among))
        else:
            self.items[-1].tokens.append(token)
        self.fresh = False

    def forget(self) -> None:
        """The word added last stands for nobody: 小王的家长, 团支部书记例会."""
        self.items[-1].tokens.pop()
        if not self.items[-1].tokens:
            self.items.pop()
        self.fresh = True

    @property
    def last(self) -> Token | None:
        """The word added last."""
        return self.items[-1].tokens[-1] if self.items else None

    def hear(self, token: Token, text: str) -> None:
        """A word between: it may part the items, or say how those after it are meant."""
        roles = token.roles
        for role in ("each", "sum", "prep"):
            if role in roles:
                setattr(self, role, True)
        self.rest = self.rest or "remainder" in roles
        self.among = self.among or ("among" in roles and (len(token.word) > 1 or text[token.start - 1] in "里中内"))
        colon = "colon" in roles and self.last is not None and "num" in self.last.roles
        noise = "noise" in roles and text[token.end : token.end + 1] != "的"
        self.fresh = self.fresh or colon or noise or bool(PARTING & roles.keys())


def parted_from(text: str, left: Token, right: Token) -> bool:
    """True where the words between two neighbours are no description (5个困难家庭的孩子)."""
    gap = text[left.end : right.start]
    return len(gap) > 1 and gap[-1] != "的" and (len(gap) > 5 or "num" not in left.roles)


def is_person_number(token: Token) -> bool:
    """True where a number may count people."""
    return token.roles.get("num") in PERSON_UNITS


def without_descriptions(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """三个跳得最差的孩子: what stands between a number and its people, up to 的, only describes them."""
    for at, token in enumerate(tokens[:-2]):
        if not is_person_number(token) or "aud" in token.roles:
            continue
        end = next((i for i in range(at + 2, min(at + 5, len(tokens))) if "aud" in tokens[i].roles), None)
        if end is None or text[tokens[end].start - 1] != "的" or tokens[end].start - token.end > DESCRIPTION:
            continue
        if not any({"num", "aud", "act", "conj", "comma"} & t.roles.keys() for t in tokens[at + 1 : end]):
            return [*tokens[: at + 1], *tokens[end:]]
    return tokens


def groups(text: str, tokens: Sequence[Token]) -> list[Group]:
    """The groups of people in a stretch without deeds between them."""
    if not tokens:
        return []
    run = Run()
    for token in without_descriptions(text, tokens) if len(tokens) > 2 else tokens:
        if "aud" in token.roles or "name" in token.roles or is_person_number(token):
            last = run.last
            if last is not None:
                if "name" in last.roles and relative_of(text, last, token):
                    run.forget()
                elif parted_from(text, last, token):
                    run.fresh = True
            run.add(token)
        elif not HEARD.isdisjoint(token.roles):
            run.hear(token, text)
        elif "meeting" in token.roles and run.last is not None and run.last.end == token.start:
            run.forget()
    return paired(text, run) if run.items else []


def paired(text: str, run: Run) -> list[Group]:
    """The groups of a run: each item paired, then 各 and 共 applied."""
    found = [marked(group, item) for item in run.items for group in pair(text, item.tokens)]
    if len(found) > 1:
        found = once(with_named(colleagues(text, explained(text, officers(found)))))
    if len(found) > 2:
        found = without_parts(found)
    if len(found) > 1:
        found = shared(found) if run.each else together(found) if run.sum else trailing(found)
    return [replace(g, each=True) for g in found] if run.each else found


def marked(group: Group, item: Item) -> Group:
    """The group with what was said before its item."""
    if not (item.prep or item.rest or item.among):
        return group
    return replace(group, prep=item.prep, rest=item.rest, among=item.among)


def pair(text: str, item: list[Token]) -> Iterator[Group]:
    """Words and numbers without a separator: by their order a number belongs before or behind its word."""
    named = next((i for i, t in enumerate(item) if "name" in t.roles), None)
    if named is not None:
        yield from pair(text, item[:named])
        yield from (alone(text, t) for t in item[named:])
        return
    if len(item) > 2 and item[0].named and "num" in item[1].roles and "aud" in item[2].roles:
        yield alone(text, item[0])
        yield from pair(text, item[1:])
        return
    words = sum("aud" in t.roles for t in item)
    behind = len(item) > 1 and "aud" in item[0].roles and (words * 2 == len(item) or not title_first(item))
    at = 0
    while at < len(item):
        here, after = item[at], item[at + 1] if at + 1 < len(item) else None
        if after is not None and ("aud" in here.roles) != ("aud" in after.roles) and ("aud" in here.roles) == behind:
            aud, num = (here, after) if behind else (after, here)
            yield Group(here.start, after.end, audience(aud), num.number, aud.roles["kind"], word=aud.word)
            at += 2
        else:
            yield alone(text, here)
            at += 1


def title_first(item: list[Token]) -> bool:
    """True where the first word is a title, which needs no number of its own (校长3名队员)."""
    return item[0].roles.get("kind") == "titles"


def audience(token: Token) -> str | None:
    """The audience a word names; none for mixed company."""
    return None if token.roles["aud"] == "mixed" else token.roles["aud"]


def alone(text: str, token: Token) -> Group:
    """A word or a number that stands by itself."""
    if token.number is not None and "aud" in token.roles:
        return Group(token.start, token.end, audience(token), token.number, "groups", word=token.word)
    if "name" in token.roles:
        return Group(token.start, token.end, None, None, "name", 1)
    if "aud" not in token.roles:
        return Group(token.start, token.end, None, token.number, "number")
    kind = "groups" if text[token.end : token.end + 1] == "们" else token.roles["kind"]
    if kind == "roles" and CLASS_END.search(text, max(0, token.start - 6), token.start):
        kind = "titles"
    if "们" not in text[token.end - 1 : token.end + 1] and ONE.search(text, max(0, token.start - 2), token.start):
        return Group(token.start, token.end, audience(token), Number(1.0), "groups", word=token.word)
    if SOME.search(text, max(0, token.start - 3), token.start):
        return Group(token.start, token.end, audience(token), VAGUE, "groups", word=token.word)
    return Group(token.start, token.end, audience(token), None, kind, int(token.named), word=token.word)


def shared(found: list[Group]) -> list[Group]:
    """各3名: every audience before it has the number."""
    if not any(g.audience for g in found) or any(g.named for g in found):
        return found
    numbers = [g.number for g in found if g.kind == "number"] or [found[-1].number]
    return [g if g.number else replace(g, number=numbers[-1]) for g in found if g.kind != "number"]


def together(found: list[Group]) -> list[Group]:
    """共5名: one number for all; where each has its own already, the sum says nothing new."""
    if found[0].many and found[1].kind == "number":
        return [replace(found[0], number=found[1].number, end=found[1].end), *found[2:]]
    last = found[-1]
    rest = found[:-1]
    if last.kind != "number" or last.number is None:
        return found
    if all(g.number for g in rest):
        return rest
    if len(rest) == 1:
        return [replace(rest[0], number=last.number, end=last.end)]
    same = len({g.audience for g in rest}) == 1
    return [Group(rest[0].start, last.end, rest[0].audience if same else None, last.number, "groups")]


def adds_up(whole: Group, parts: Sequence[Group]) -> bool:
    """完成访谈18人:队员10、辅导员3、家长5: numbers that add up to the one before are its parts."""
    if whole.number is None or whole.number.value is None:
        return False
    values = [g.number.value for g in parts if g.number is not None and g.number.value is not None]
    return len(values) == len(parts) and sum(values) == whole.number.value


def without_parts(found: list[Group]) -> list[Group]:
    """男生4个女生3个一共7个同学, 大队委5人:大队长1人、委员4人: of one audience the whole; a sum of several says nothing new."""
    if len(found) < 3 or any(g.rest or g.among for g in found):
        return found
    if found[0].audience and adds_up(found[0], found[1:]) and {g.audience for g in found} <= {found[0].audience, None}:
        return found[:1]
    if not adds_up(found[-1], found[:-1]) or not all(g.audience for g in found[:-1]):
        return found
    kinds = {g.audience for g in found if g.audience}
    if found[-1].audience and len(kinds) > 1:
        return found
    return [replace(found[-1], audience=kinds.pop())] if len(kinds) == 1 else found[:-1]


def whole_alone(found: list[Group]) -> list[Group]:
    """和大队委5人座谈:大队长1、委员4: parts of one kind behind their whole say nothing new."""
    if len(found) < 3 or not found[0].audience or not adds_up(found[0], found[1:]):
        return found
    return without_parts(officers(found))


def trailing(found: list[Group]) -> list[Group]:
    """队员、辅导员5名 without 各 is five together; a title among them stays by itself, and 校长、班主任2人 is one of each."""
    bare = [g for g in found[:-1] if g.many]
    last = found[-1]
    same = len({g.audience for g in found}) == 1
    if (
        last.number is not None
        and last.number.value == len(found)
        and len(bare) == len(found) - 1
        and all(g.kind == "titles" for g in found)
    ):
        return [replace(last, start=found[0].start)] if same else [*found[:-1], replace(last, number=None)]
    if len(found) == 2 and found[0].named > 1 and last.audience and last.number and last.number.value == found[0].named:
        return [replace(last, start=found[0].start)]
    if counts_them(bare, last) and len(bare) == len(found) - 1:
        kinds = {g.audience for g in bare}
        return [replace(last, start=found[0].start, audience=kinds.pop())] if len(kinds) == 1 else bare
    if same and last.number is not None and last.number.value == len(bare) == len(found) - 1:
        return [replace(last, start=found[0].start)]
    if (
        len(bare) == len(found) - 1
        and last.number
        and all(g.kind == "groups" for g in bare)
        and last.kind == "groups"
        and last.audience != bare[0].audience
    ):
        return [Group(found[0].start, last.end, None, last.number, "groups")]
    if last.kind == "number" and len(found) == 2 and found[0].many:
        return [replace(found[0], number=last.number, end=last.end)]
    return found
