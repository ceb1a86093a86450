"""Every form that can be asked for: what it is called, who may have it, and the words that mean it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.asked import LEADER, MEMBER

CONTACTS = frozenset({"unit_admin", "responsible_office", "responsible_head"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `words` mean it whatever else is understood; `slot` is what the understanding calls it."""

    title: str
    who: frozenset[str] = LEADER
    words: re.Pattern[str] | None = None
    slot: str = ""


def _form(title: str, words: str = "", who: frozenset[str] = LEADER, slot: str = "") -> Form:
    return Form(title, who, re.compile(words) if words else None, slot)


# The order is that in which the words are looked for.
FORMS: Mapping[str, Form] = {
    "picture": _form("进度图", who=MEMBER),
    "archive": _form(
        "年度档案", "归档|存档|(?:工作|年度|全年)档案|档案(?:包|文件|$|导|下载|打包)|导出.{0,8}档案", CONTACTS
    ),
    "skeleton": _form("报告骨架", "(?:报告|案例).{0,4}(?:骨架|框架|模板|提纲|结构|初稿)", MEMBER),
    "school_mix": _form("学校构成表", "学校.{0,4}(?:构成|分布|结构|类型)"),
    "year_sheet": _form(
        "个人年度表", "年度(?:工作|汇总|情况|蹲点)*(?:表|台账|台帐)|个人(?:工作)?(?:年表|台账|台帐|汇总表)|年表", MEMBER
    ),
    "year_sheets": _form("全体人员年度表"),
    "summary": _form("统计表", "统计|汇总|汇报表|总表"),
    "schedule": _form("工作安排表", who=CONTACTS, slot="schedule"),
    "task_list": _form("任务清单完成情况", slot="task_list"),
    "ledger": _form("问题台账", slot="ledger"),
    "own_review": _form("个人总结", who=MEMBER),
    "review": _form("工作总结", slot="summary"),
    "own_book": _form("本单位表格"),
}
NAMES = "问题台账、统计表、学校构成表、任务清单完成情况、工作安排表、半年总结、年度总结、年度表、年度档案、报告骨架"


def form_meant(words: str, slot: str | None) -> str | None:
    """The form that a message asks for; words of a form of their own win over the kind that was understood."""
    for name, form in FORMS.items():
        if form.words and form.words.search(words) and (name != "summary" or slot in (None, "ledger") or "表" in words):
            return name
    return next((name for name, form in FORMS.items() if slot and form.slot == slot), None)
