"""Which page lies at which address; the order is that of the first page's list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType

from bot.web.views import (
    assigning,
    checks,
    codes,
    data,
    hand_in,
    hand_ins,
    helps,
    home,
    importing,
    member,
    names,
    newcomer,
    problem,
    problems,
    progress,
    record,
    records,
    roster,
    school,
    schools,
    team,
    unit,
    viewers,
)
from bot.web.visit import Page

MODULES: tuple[ModuleType, ...] = (
    home,
    progress,
    records,
    record,
    viewers,
    data,
    team,
    names,
    helps,
    problems,
    problem,
    hand_ins,
    hand_in,
    checks,
    roster,
    member,
    newcomer,
    importing,
    codes,
    schools,
    school,
    assigning,
    unit,
)
GROUP = "我的"


def _page(module: ModuleType) -> Page:
    title, _, hint = (module.__doc__ or "").partition("\n")[0].partition("：")
    return Page(
        path=module.PATH,
        title=title,
        hint=hint,
        group=getattr(module, "GROUP", GROUP) if getattr(module, "LISTED", True) else "",
        who=module.WHO,
        show=module.show,
        actions=getattr(module, "ACTIONS", {}),
    )


PAGES: Mapping[str, Page] = {page.path: page for page in map(_page, MODULES)}


def menu(roles: frozenset[str]) -> Mapping[str, list[Page]]:
    """The pages that somebody may open, by group."""
    return _grouped(page for page in PAGES.values() if page.group and page.who & roles)


def _grouped(pages: Iterable[Page]) -> dict[str, list[Page]]:
    groups: dict[str, list[Page]] = {}
    for page in pages:
        groups.setdefault(page.group, []).append(page)
    return groups
