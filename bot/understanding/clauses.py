"""Tokens parted into clauses: what stands between two marks, with the mark before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .frozen import frozen
from .late import late
from .tokens import Token

BREAKS = frozenset(("stop", "line", "comma", "space", "open", "close"))
QUESTION = late(
    r"谁|哪[些几个\d]|多少|怎么样|怎么[讲写办弄做开]|如何|咋样|进度|是不是|有没有|真的假的|[了完够来好]没(?:有)?$|[去到谈聊访讲写交做弄搞动][^,。:]{0,6}(?<![都也还就是从并全一])没$|(?<![十百千好二三四五六七八九])几[个次天名篇场节份](?:呀|呢|了)?$|的有几[个名位]|够不够|[能可](?:不能|不可以)(?!算)[分连跨顶抵补提拆]|吗$"
)
STILL = late(r"还[差欠缺]|[差欠缺]几")
LONGEST = 60  # words of one clause; what runs on longer is cut, so that reading stays linear
OTHER_DAY = frozenset(("relative", "weekday"))
OTHER_DAY_FREE = frozenset(
    ("all", "off", "at", "prep", "label", "prepare", "act", "conj", "date", "colon", "orig", "plan")
)
TURNS = frozenset(("然后", "接着", "随后", "后来"))
HARD = frozenset(("stop", "line", "start"))
FILLER = frozenset(
    " 了的他她它们也都还有又另外是呢吧啊呀哦噢嗯哈哟嘛哩呗咯啦喽地得着过我俺咱们今此共计约到来这那个些就才刚先后再一并且同时以及包括其中等分别各每均全总名位人次场之为于里中内与和跟及哉咧嘅啦咗噶嘎\"'·.~-=<>|*#@_%°✓👍·x×哎唉诶呃额那么嘞哒滴呐噻喔么吗真"
)


@frozen
class Clause:
    """Tokens between two marks; `opener` is the kind of the mark before them."""

    tokens: Sequence[Token]
    start: int
    end: int
    opener: str
    roles: frozenset[str] = frozenset()

    def has(self, role: str) -> bool:
        """True where one of its words can play this part."""
        return role in self.roles

    def first(self, role: str) -> Token | None:
        """The first word that can play this part."""
        return next((t for t in self.tokens if role in t.roles), None) if role in self.roles else None

    @property
    def hard(self) -> bool:
        """True where a sentence begins here."""
        return self.opener in HARD


def clause_of(tokens: Sequence[Token], start: int, end: int, opener: str) -> Clause:
    """A clause that knows all the parts its words can play."""
    return Clause(tokens, start, end, opener, all_roles(tokens))


def all_roles(tokens: Sequence[Token]) -> frozenset[str]:
    """All the parts that words can play."""
    return frozenset().union(*[t.roles for t in tokens])


def clauses(tokens: Sequence[Token], end: int, start: int = 0) -> Iterator[Clause]:
    """The clauses of a stretch, in order; empty ones are left out."""
    held: list[Token] = []
    opener, at = "start", start
    for at_token, token in enumerate(tokens):
        mark = None if token.word else parting(token)
        if mark is None:
            turning = (token.said or token.word in TURNS) and turns(tokens, at_token, held)
            if not turning and len(held) < LONGEST:
                held.append(token)
                continue
        elif mark == "space" and within(held, tokens[at_token + 1 : at_token + 3]):
            continue
        if held or token.start > at:
            yield clause_of(held, at, token.start, opener)
            held, opener = [], mark or "comma"
        elif opener not in HARD and mark:
            opener = mark
        if mark is None:
            held, at = [token], token.start
        else:
            at = token.end
    if held or end > at:
        yield clause_of(held, at, end, opener)


def parting(mark: Token) -> str | None:
    """The kind of a mark that parts clauses."""
    return next((role for role in mark.roles if role in BREAKS), None)


def within(held: Sequence[Token], after: Sequence[Token]) -> bool:
    """True for a space that parts nothing."""
    return bool(held) and (joins(held[-1], after) or plus_before(held, after[:1]))


def plus_before(held: Sequence[Token], after: Sequence[Token]) -> bool:
    """+2 队员: a number with a plus stands before its people."""
    if len(held) != 2 or not after or "aud" not in after[0].roles:
        return False
    return "conj" in held[0].roles and "num" in held[1].roles and not held[0].word


def turns(tokens: Sequence[Token], at: int, held: Sequence[Token]) -> bool:
    """True where speech without stops begins something new: at 然后, or at another day with a deed behind it."""
    token = tokens[at]
    if token.word in TURNS:
        return tells(held)
    if (
        token.said is None
        or not held
        or token.said.rule not in OTHER_DAY
        or not OTHER_DAY_FREE.isdisjoint(held[-1].roles)
    ):
        return False
    pairs = any("aud" in t.roles for t in held) and any("num" in t.roles for t in held)
    if (
        held[-1].word[-1:] in ("到", "改", "在")
        or not any("date" in t.roles for t in held)
        or not (tells(held) or pairs)
    ):
        return False
    after = tokens[at + 1 : at + 3]
    return bool(after) and after[0].start - token.end < 3 and any({"act", "go", "num"} & t.roles.keys() for t in after)


def tells(held: Sequence[Token]) -> bool:
    """True where the words since the last mark tell of something: 然后 begins a clause of its own."""
    return any("act" in t.roles or "go" in t.roles for t in held)


def joins(before: Token, after: Sequence[Token]) -> bool:
    """队员 3人, 听课 2节: a space between a word and its number parts nothing."""
    at = 1 if len(after) > 1 and "tick" in after[0].roles else 0
    return bool(after) and "num" in after[at].roles and ("aud" in before.roles or "act" in before.roles)


def rest(text: str, clause: Clause, kinds: frozenset[str]) -> int:
    """How many characters of a clause say something beside the given kinds of words and fillers."""
    count, at = 0, clause.start
    for token in clause.tokens:
        count += sum(c not in FILLER for c in text[at : token.start])
        if not kinds & token.roles.keys():
            count += sum(c not in FILLER for c in text[token.start : token.end])
        at = max(at, token.end)
    return count + sum(c not in FILLER for c in text[at : clause.end])
