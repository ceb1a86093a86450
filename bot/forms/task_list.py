"""任务清单完成情况 of a month: person by rule with goal, done and state; each unit's sums; the lists in words, as approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.forms.hardship import HIDDEN, LEAST, METRICS
from bot.forms.lines import lines_by_policy
from bot.forms.order import XLSX, Made, Order
from bot.forms.sheets import table, workbook
from models.completion import Line, unit_rows
from models.periods import ALWAYS, month_end
from models.policy import Policy
from models.progress import Standing, plain
from models.refusal import Refusal
from models.tasklists import Listed, lists_of
from models.year_sheets import how_many

KEYS = ("单位", "姓名", "方面", "任务", "目标", "已完成", "计量单位", "期限", "状态", "清单审定")
WORDS = ("单位", "姓名", "方面", "清单内容", "审定情况", "审定意见")
STATES = {"draft": "草稿，未提交", "submitted": "待审定", "returned": "已退回", "approved": "已审定"}
MOST = 4000  # people: with their lists and borders more would take more memory than one file may
SUMS = ("单位", "任务", "应完成（人）", "已完成（人）", "累计数量")


def make_task_list(order: Order) -> Made:
    """Where everybody stood on the last day of the span, by the documents that bind them."""
    first, last = span_of(order)
    name = f"{order.unit.name}{first.year}年{first.month}月任务清单完成情况"
    if (many := how_many(order.connection, order.unit.path, first.year)) > MOST:
        raise Refusal(
            f"{order.unit.name}及以下有{many}人，一张表放不下（至多{MOST}人）。请按下级单位分别导出，全体的用“导出年度总结”。"
        )
    found = list(lines_by_policy(order, first, last))
    lists = lists_of(order.connection, order.unit.path, first.year)
    rows = [row for policy, lines in found for line in lines for row in _rows(policy, line, lists)]
    sums = [row for _, lines in found for row in _sums(order, lines)]
    grids = [
        table("完成情况", f"{name}（截至{last:%Y-%m-%d}）", KEYS, rows, wide=(1, 3)),
        table("合计", f"{name}（合计）", SUMS, sums, wide=(1,)),
        table(
            "清单内容",
            f"{order.unit.name}{first.year}年个人任务清单",
            WORDS,
            list(_words(found, lists)),
            wide=(1, 3, 4),
        ),
    ]
    people = {line.who.bound.person_id for _, lines in found for line in lines}
    return Made(f"{name}.xlsx", XLSX, workbook(grids), tuple(sorted(people)))


def span_of(order: Order) -> tuple[date, date]:
    """The month asked for, else this one, up to today at the latest."""
    first = order.start or order.today.replace(day=1)
    return first, min(order.end or month_end(first), max(order.today, first))


def _words(found: Sequence[tuple[Policy, list[Line]]], lists: Mapping[int, Listed]) -> Iterator[tuple[object, ...]]:
    """Each person's list line by line; who has none is told by one row, where a document asks for lists."""
    asked = [line.who for policy, lines in found if policy.aspects for line in lines]
    for who in {one.bound.person_id: one for one in asked}.values():
        held = lists.get(who.bound.person_id)
        if held is None:
            yield who.unit, who.name, None, None, "没有制定", None
            continue
        for one in held.lines:
            yield who.unit, who.name, one.get("aspect"), one.get("text"), STATES[held.status], held.comment or None


def _rows(policy: Policy, line: Line, lists: Mapping[int, Listed]) -> Iterator[tuple[object, ...]]:
    """A person's rules in the document's order."""
    held = lists.get(line.who.bound.person_id)
    place = {rule: number for number, rule in enumerate(policy.rules)}
    for one in sorted(line.standings, key=lambda s: place.get(s.rule, 0)):
        aspect = next((a.title for a in policy.aspects if one.rule.id in a.rules), "")
        yield (
            line.who.unit,
            line.who.name,
            aspect,
            " ".join(filter(None, (one.label, one.rule.title))),
            goal_cell(one),
            HIDDEN if _needy(one) else one.done,
            "人" if one.rule.gauge else one.rule.unit,
            one.due if one.period != ALWAYS else None,
            "记录" if _needy(one) else state(one),
            (STATES[held.status] if held else "没有制定") if policy.aspects else None,
        )


def _needy(one: Standing) -> bool:
    """Whether the figure is of people in need, and so small that it might point at one."""
    return one.rule.metric in METRICS and 0 < one.done < LEAST


def goal_cell(one: Standing) -> object:
    """The goal as a number where it is one."""
    if one.rule.kind == "shown":
        return None
    if one.rule.gauge and not one.size:
        return f"{plain(one.rule.required)}%"
    if one.rule.op == "between":
        return f"{plain(one.rule.low)}–{plain(one.rule.high)}"
    return f"至多{plain(one.required)}" if one.rule.op == "<=" else one.required


def state(one: Standing) -> str:
    """已完成, 进行中 or 未开始; a limit is kept or passed; what has no goal is only noted."""
    if one.rule.kind == "shown":
        return "记录"
    if one.rule.op == "<=":
        return "符合" if one.met else "已超过"
    return "已完成" if one.met else "进行中" if one.done else "未开始"


def _sums(order: Order, lines: list[Line]) -> Iterator[tuple[object, ...]]:
    """By unit; a sum is left out where a part of it was, since it would give that away."""
    needy = {one.rule.id for line in lines for one in line.standings if _needy(one)}
    for row in unit_rows(order.connection, order.unit.row, lines):
        for name, rule in row["rules"].items():
            told = (HIDDEN, HIDDEN) if name in needy else (rule["met"], float(rule["done"]))
            yield row["unit"], rule["title"], rule["bound"], *told
