"""Who is one person or one group in several words: titles and names, officers of one class, an audience said again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from .late import late, several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .people import Group
    from .tokens import Token

TEACHING = ("老师", "教师", "先生")
OFFICES = several("班长 副班长 学习委员 学委 宣传委员 组织委员 体育委员 文艺委员 劳动委员 纪律委员 生活委员 心理委员")
OF_PIONEERS = several("大队长 副大队长 大队委 大队委员 中队长 副中队长 中队委")
MEANS = late(r"[,(]?(?:也?就是|即|名叫|叫做?|就是说)[四三二一五六\d\w]{0,6}的?$")


def officers(found: list[Group]) -> list[Group]:
    """团支书2人、班长3人: beside a branch secretary the others of a class are officers too."""
    kinds = {g.audience for g in found}
    if "league_cadre" not in kinds and not any(g.word in OF_PIONEERS for g in found):
        return found
    theirs = "league_cadre" if "league_cadre" in kinds else "pioneer"
    return [replace(g, audience=theirs) if g.word in OFFICES else g for g in found]


def joined(found: list[Group], join: Callable[[Group, Group], Group | None]) -> list[Group]:
    """Groups, where `join` may make one of a group and the one before it."""
    out: list[Group] = []
    for group in found:
        one = join(out[-1], group) if out else None
        if one is None:
            out.append(group)
        else:
            out[-1] = one
    return out


def explained(text: str, found: list[Group]) -> list[Group]:
    """大队辅导员就是李老师: one person, named a second time."""

    def join(last: Group, group: Group) -> Group | None:
        if not last.audience or last.number is not None or group.number is not None:
            return None
        same = MEANS.search(text[last.end : group.start])
        return replace(last, end=group.end, named=max(last.named, 1)) if same else None

    return joined(found, join)


def once(found: list[Group]) -> list[Group]:
    """团员三名团员: an audience said again without a number says nothing new."""
    counted = {g.audience for g in found if g.number is not None and g.audience}
    return [g for g in found if not (g.many and g.audience in counted and g.kind == "groups")]


def with_named(found: list[Group]) -> list[Group]:
    """队员张小明、李小红: names are counted under the audience before or behind them; a number behind a list is its size."""
    return joined(found, _with_named)


def _with_named(last: Group, group: Group) -> Group | None:
    if group.kind == "name" and (last.named or last.many or last.number):
        return replace(last, named=last.named + 1, end=group.end)
    if last.named and last.kind in ("name", "groups", "roles") and group.kind == "number":
        return replace(last, number=group.number, end=group.end)
    if last.kind == "name" and group.many and group.start == last.end:
        return replace(group, named=last.named, start=last.start)
    return None


def colleagues(text: str, found: list[Group]) -> list[Group]:
    """中队辅导员郝老师、冀老师: a name with no office of its own shares that of the name before."""

    def join(last: Group, group: Group) -> Group | None:
        shares = shares_office(text, last, group)
        return replace(last, named=last.named + group.named, end=group.end, word=group.word) if shares else None

    return joined(found, join)


def shares_office(text: str, before: Group, group: Group) -> bool:
    """True for 冀老师 behind 辅导员郝老师, or behind 辅导员 and a colon."""
    if (
        group.named
        and before.named
        and group.audience == before.audience
        and group.word == before.word
        and group.audience
    ):
        return True
    if not group.named or group.audience != "teacher" or before.audience == "teacher" or len(group.word) != 2:
        return False
    return before.word.endswith(TEACHING) or (
        before.many and text[before.end : group.start] in ("", ":", "(", " ", "有", "是")
    )


def relative_of(text: str, name: Token, after: Token) -> bool:
    """小王的家长: a name that only tells whose the next person is."""
    return "aud" not in name.roles and "aud" in after.roles and text[name.end : after.start] == "的"


NOUNS = several("同学 学生 孩子 队员 老师 教师 领导 同志 干部 小朋友")


def counts_them(bare: Sequence[Group], last: Group) -> bool:
    """团支书、组织委员、宣传委员三位同学: the number of the persons named before, with a noun for them all."""
    titled = all(g.kind == "titles" for g in bare)
    return titled and last.word in NOUNS and last.number is not None and last.number.value == len(bare) > 1
