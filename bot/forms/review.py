"""半年总结、年度总结 as drafts: the numbers, two tables and a chart are filled in; what was found is left to who writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from docx.document import Document as Paper

from bot.forms.chart import Series, months_chart
from bot.forms.documents import grid, heading, line, paper, picture, saved, small, to_write
from bot.forms.hardship import HIDDEN, METRICS, veiled
from bot.forms.lines import lines_by_person, lines_by_policy
from bot.forms.order import DOCX, Made, Order
from bot.forms.summary import KEYS, cells, sum_row, unit_sheets
from bot.forms.task_list import goal_cell, state
from handlers.figures import of_person
from models.completion import SUMS, Line, span_sums
from models.context import Context
from models.context_query import load_person
from models.filing import duties, filed
from models.histories import histories
from models.ledger import OPEN, STATES, Problem, problems, problems_of
from models.months import KINDS, Sums, add_months, months_between, row
from models.policy import Policy
from models.progress import Standing, plain
from models.refusal import Refusal
from models.unit_sheet import raised_within

TOLD = 20  # problems in the text; the ledger has them all
SHORT = (
    "单位",
    "应参加人数",
    "已开展人数",
    "蹲点天数合计",
    "访谈队员/学生（人）",
    "访谈辅导员/团学干部（人）",
    "宣讲/团课（场）",
    "收集问题（件）",
    "已解决（件）",
)
NOTE = "本稿由系统按记录填数，截至{day}；数字与聊天里、统计表里的相同。标黄处由撰写人填写，定稿前请核对。"


def make_review(order: Order) -> Made:
    """A unit's half-year or year, or any days."""
    first, last = _span(order)
    found = list(lines_by_policy(order, first, last))
    title = f"{order.unit.name}{order.kind or ''}蹲点工作总结"
    made = paper(title, "（草稿）")
    sheets = unit_sheets(order, lines_by_person(found), first, last)
    order.progress(0.5)
    figures = dict(zip(KEYS, sum_row(sheets), strict=True)) if sheets else {}
    heading(made, 0, "基本情况")
    line(made, _overview(order, figures, first, last))
    for frozen in _frozen(order, first, last):
        line(made, frozen)
    to_write(made, "组织领导、工作部署等基本情况")
    heading(made, 1, "任务完成情况")
    _tasks(made, found)
    to_write(made, "对完成情况的说明")
    heading(made, 2, "各单位和各月开展情况")
    grid(
        made,
        [_short(key) for key in SHORT],
        [[dict(zip(KEYS, cells(one), strict=True))[key] for key in SHORT] for one in sheets],
        "各单位开展情况",
    )
    _chart(made, _months_of(order, lines_by_person(found), first, last), first, last)
    order.progress(0.9)
    heading(made, 3, "主要做法和成效")
    to_write(made, "主要做法、成效和典型案例")
    heading(made, 4, "反映的问题和办理情况")
    _problems(made, raised_within(problems(order.connection, order.unit.path, only_open=False), first, last))
    _close(made, order, 5)
    return Made(f"{title}.docx", DOCX, saved(made))


def make_own_review(order: Order) -> Made:
    """The asker's own days: what was done, where the goals stand, what was raised."""
    who = load_person(order.connection, order.viewer, order.today)
    if who is None:
        raise Refusal("名册里没有你了。")
    first, last = _span(order)
    title = f"{who.name}{order.kind or ''}蹲点工作总结"
    made = paper(title, "（草稿）")
    calendar = order.calendars.of(who.terms)
    heading(made, 0, "基本情况")
    line(made, _own_overview(who, span_sums(who.facts, who.items, calendar, first, last), first, last))
    heading(made, 1, "任务完成情况")
    standings = of_person(who, calendar, order.policies, min(last, order.today))
    grid(
        made,
        ("任务", "时段", "目标", "完成", "状态"),
        [_stand(one) for one in standings if one.done or one.rule.kind != "shown"],
        "各项任务",
    )
    sums: Sums = {}
    add_months(sums, who.facts, calendar, first, last)
    _chart(made, sums, first, last)
    heading(made, 2, "主要做法和体会")
    to_write(made, "做了什么、有什么体会")
    heading(made, 3, "反映的问题")
    raised = problems_of(order.connection, order.viewer, first, last)
    for number, text in enumerate(raised, start=1):
        line(made, f"{number}. {veiled(text)}")
    if not raised:
        line(made, "这段时间没有记录反映的问题。")
    _close(made, order, 4)
    return Made(f"{title}.docx", DOCX, saved(made), (order.viewer,))


def _span(order: Order) -> tuple[date, date]:
    first = order.start or order.today.replace(month=1, day=1)
    return first, min(order.end or order.today, order.today)


def _overview(order: Order, figures: dict[str, object], first: date, last: date) -> str:
    """The numbers of the sheet of units, in a sentence."""
    if not figures:
        return f"{_day(first)}至{_day(last)}，{order.unit.name}及以下没有应参加人员的记录。"

    def of(key: str) -> str:
        return str(plain_cell(figures[key]))

    return (
        f"{_day(first)}至{_day(last)}，{order.unit.name}及以下应参加{of('应参加人数')}人，已开展{of('已开展人数')}人，"
        f"联系学校{of('联系学校数')}所；驻校共{of('蹲点天数合计')}天，人均{of('人均')}天。"
        f"访谈队员、学生{of('访谈队员/学生（人）')}人，辅导员、团学干部{of('访谈辅导员/团学干部（人）')}人；"
        f"宣讲、团课{of('宣讲/团课（场）')}场，覆盖{of('覆盖（人次）')}人次；通过调研报告{of('调研报告（篇）')}篇、"
        f"工作案例{of('案例（个）')}个；收集问题{of('收集问题（件）')}件，已解决{of('已解决（件）')}件。"
    )


def plain_cell(value: object) -> object:
    """A figure as people write it; none at all is nought."""
    return plain(value) if isinstance(value, Decimal) else 0 if value is None else value


def _own_overview(who: Context, sums: dict[str, Decimal], first: date, last: date) -> str:
    done = "，".join(f"{SUMS[key][0]}{plain(value)}{SUMS[key][1]}" for key, value in sums.items() if value)
    schools = "、".join(dict.fromkeys(school.name for school in who.own_schools)) or "（请填写）"
    return f"{_day(first)}至{_day(last)}，本人（{who.unit_name} {who.name}）在{schools}蹲点：{done or '还没有记录'}。"


def _frozen(order: Order, first: date, last: date) -> Iterator[str]:
    """What was handed in of these days already: that number stays, whatever is put right since."""
    calendar = order.calendars.of()
    for due in duties(order.policies, order.unit, calendar, order.today):
        work = filed(order.connection, order.unit.id, due) if (due.first, due.last >= last) == (first, True) else None
        if work is not None and "frozen_at" in work.data:
            rows = work.data["rows"]
            at = datetime.fromisoformat(work.data["frozen_at"])
            bound, begun = (sum(int(row[key]) for row in rows) for key in ("bound", "begun"))
            yield (
                f"{due.hand_in.title}已于{_day(at.astimezone(order.now.tzinfo).date())}定稿：应参加{bound}人，已开展{begun}人。"
                "定稿数不变；以上是现在的数，有出入的以定稿数为准，另附更正。"
            )


def _tasks(made: Paper, found: Iterable[tuple[Policy, list[Line]]]) -> None:
    """By document: how many a task binds, how many have met it, and the sum."""
    for policy, lines in found:
        rows: dict[str, list[Decimal | str]] = {}
        for one in (one for each in lines for one in each.standings if one.rule.kind != "shown"):
            kept = rows.setdefault(one.rule.id, [one.rule.title, Decimal(0), Decimal(0), Decimal(0)])
            for place, more in ((1, Decimal(1)), (2, Decimal(int(one.met))), (3, one.done)):
                kept[place] = kept[place] + more  # type: ignore[operator]
        if rows:
            grid(made, ("任务", "应完成（人）", "已完成（人）", "累计数量"), list(rows.values()), policy.name)


def _stand(one: Standing) -> tuple[object, ...]:
    done = HIDDEN if one.rule.metric in METRICS and 0 < one.done < 3 else one.done
    return one.rule.title, one.label, goal_cell(one), done, state(one)


def _months_of(order: Order, lines: Sequence[Line], first: date, last: date) -> Sums:
    """What the people of these lines did, month by month."""
    people, sums = {one.who.bound.person_id for one in lines}, Sums()
    for history in histories(order.connection, order.unit.path):
        if history.who.bound.person_id in people:
            add_months(sums, history.facts, order.calendars.of(history.who.terms), first, last)
    return sums


def _chart(made: Paper, sums: Sums, first: date, last: date) -> None:
    months = months_between(first, last)
    series = [Series(name, unit, row(sums, kind, months)) for kind, (name, unit) in KINDS.items()]
    picture(made, months_chart([f"{month}月" for _, month in months], series), "图　各月开展情况")


def _problems(made: Paper, raised: Sequence[Problem]) -> None:
    """How many, how many are solved, and the open ones in words; never who raised them."""
    still = [one for one in raised if one.status in OPEN]
    solved = sum(one.status == "resolved" for one in raised)
    line(made, f"共收集问题{len(raised)}件，已解决{solved}件，在办{len(still)}件。")
    for number, one in enumerate(still[:TOLD], start=1):
        line(made, f"{number}. {veiled(one.text)}（{one.unit}，{STATES[one.status]}）")
    if len(still) > TOLD:
        line(made, f"其余{len(still) - TOLD}件见问题台账。")


def _close(made: Paper, order: Order, number: int) -> None:
    heading(made, number, "存在的不足")
    to_write(made, "存在的不足")
    heading(made, number + 1, "下一步打算")
    to_write(made, "下一步打算")
    small(made, NOTE.format(day=_day(order.today)))


def _short(key: str) -> str:
    return key.partition("（")[0].removesuffix("合计").replace("访谈", "")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
