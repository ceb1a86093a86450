"""催一下张三，提醒还没开始的人"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers.asked import LEADER, Asked
from handlers.person import meant
from handlers.scope import unit_meant
from handlers.team_figures import figures
from handlers.wording import day
from models.audit import look
from models.candidates import Candidate, candidates
from models.deciding import NUDGE, Verdict, decide, lately
from models.outbox_rows import Draft, put
from models.periods import period_of
from models.said import said
from models.wishes import is_off

WHO = LEADER
EXAMPLE = "催一下张三"
KEPT = timedelta(days=7)
LOOK_BACK = timedelta(days=400)
QUIET = {
    "done": "都完成了，不用提醒",
    "no_rules": "没有定额，不用提醒",
    "leave": "在请假，回来再说",
    "not_joined": "还没绑定，收不到，请当面转告",
}
MANY = {
    "done": "已完成",
    "no_rules": "没有定额",
    "leave": "在请假",
    "not_joined": "还没绑定",
    "off": "本人暂停了提醒",
    "told": "7天内提醒过，不重复",
    "new": "已安排提醒",
}


def answer(asked: Asked) -> str:
    """Ask for a reminder by the same budget as every other; where it is spent, say when and what the person was told."""
    name = asked.meaning.slots.get("name")
    return _one(asked, meant(asked, name, "nudge").id) if name else _many(asked)


def _one(asked: Asked, person_id: int) -> str:
    found = _verdicts(asked, [person_id])
    if not found:
        return "这个人不在考察对象里，没有定额。"
    one = found[0]
    name, outcome = one.candidate.name, _outcome(asked, one)
    if outcome == "told":
        return f"{name}{_told(asked, one)}一周最多提醒一次，这次不重复。"
    if outcome == "off":
        return f"{name}暂停了提醒，这次不发；要紧的请当面说。"
    if outcome != "new":
        return f"{name}{QUIET[outcome]}。"
    _put(asked, [one])
    return f"好的，上班时间提醒{name}：{one.facts}。本人会看到是你请提醒的；送达前补上了就不发。"


def _many(asked: Asked) -> str:
    """Those who have not begun: names only of the own unit, numbers of the units below."""
    unit = unit_meant(asked, asked.meaning.slots.get("region"))
    idle = [person for person in figures(asked, unit, named=None).members if not person.begun]
    if not idle:
        return f"{unit.name}应参加的人都已开始，不用提醒。"
    ids = [person.person_id for person in idle]
    look(asked.connection, asked.person_id, ids, "nudge", asked.now)
    outcomes = [(one, _outcome(asked, one)) for one in _verdicts(asked, ids)]
    _put(asked, [one for one, outcome in outcomes if outcome == "new"])
    head = f"{unit.name}还没开始的有{len(idle)}人："
    return "\n".join([head, *(_line(asked, outcomes, kind) for kind in MANY if _of(outcomes, kind))])


def _of(outcomes: Sequence[tuple[Verdict, str]], kind: str) -> list[Verdict]:
    return [one for one, outcome in outcomes if outcome == kind]


def _line(asked: Asked, outcomes: Sequence[tuple[Verdict, str]], kind: str) -> str:
    some = _of(outcomes, kind)
    mine = [one for one in some if one.candidate.path == asked.context.unit_path]
    when = [f"{one.candidate.name}{_told(asked, one) if kind == 'told' else ''}" for one in mine]
    names = "；".join(when)
    return f"{MANY[kind]}{len(some)}人{f'（本单位：{names}）' if names else ''}"


def _verdicts(asked: Asked, ids: Sequence[int]) -> list[Verdict]:
    kinds = {(rule.period, rule.month) for policy in asked.policies.values() for rule in policy.rules}
    keys = {period_of(kind, asked.today, asked.calendar, month).key for kind, month in kinds}
    found: list[Candidate] = candidates(asked.connection, ids, keys, asked.now - LOOK_BACK)
    return [decide(asked.policies, one, asked.calendar, asked.today) for one in found]


def _outcome(asked: Asked, one: Verdict) -> str:
    if not one.open:
        return one.reason if one.reason in QUIET else "done"
    if is_off(one.candidate.asks, asked.today):
        return "off"
    return "told" if lately(one.candidate.told, asked.today) else "new"


def _told(asked: Asked, one: Verdict) -> str:
    """When the person was last told, and what."""
    last = lately(one.candidate.told, asked.today)
    push = said(asked.connection, last.id) if last else None
    if push is None or last is None:
        return "最近提醒过。"
    lines = [line for line in push.text.split("\n") if not line.endswith("请你看看进度：")]
    when = last.at.astimezone(asked.now.tzinfo)
    reached = f"{day(when.date(), asked.today)}{when:%H:%M}提醒过" if last.arrived else "有一条提醒正等着送达"
    return f"{reached}：{lines[0] if lines else ''}。"


def _put(asked: Asked, found: Sequence[Verdict]) -> None:
    who = asked.context
    by = {"by": f"{who.unit_name}{who.name}"}
    drafts = [
        Draft(
            one.candidate.bound.person_id,
            f"{NUDGE}:{one.candidate.bound.person_id}:{asked.today}",
            NUDGE,
            asked.now,
            asked.now + KEPT,
            one.facts,
            by,
        )
        for one in found
    ]
    put(asked.connection, drafts, asked.now)
