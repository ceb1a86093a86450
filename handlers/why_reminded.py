"""为什么提醒我，怎么没提醒我"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.wording import day
from models.deciding import NUDGE, PACE, WISH
from models.decisions import last
from models.policy import Rule
from models.said import Said, last_said

WHO = MEMBER
EXAMPLE = "为什么提醒我"
QUIET = {
    "on_pace": "已过半，时间还够",
    "done": "有定额的都完成了",
    "no_rules": "你没有定额",
    "leave": "你在请假",
    "plan_ahead": "你说过打算哪天去",
    "too_early": "时间还够",
    "joined_late": "你加入不久，还来得及",
    "off": "你让我别提醒",
    "told_before": "这件事已经说过",
    "told_lately": "一周内已经提醒过",
    "own_time": "当天按你自己定的时间说",
    "in_help_list": "该说的已说过，单位管理员知道了，不再重复",
    "not_joined": "你还没绑定",
    "vacation": "在放假",
}
CAUSES = {
    "start_soon": "离最迟开始的日子不到15个教学日",
    "start_now": "当天是最迟要开始的日子",
    "too_late": "剩下的教学日已不够",
    "plan_passed": "计划的日子过了，还没有记录",
    "ask_plan": "开学20个教学日后问一次打算",
    "last_weeks": "到了最后几周，还没完成",
    "below_half": "时间过半，完成不到一半",
    "escalate": "提醒过两次仍没完成，先告诉你，再让单位管理员看到",
    "nudge": "上级请我提醒",
    "wish": "你自己定的时间",
}
BUDGET = "主动提醒一周最多一条，只在工作日9:00–11:30、14:30–17:30；来得及、做完了、请假、放假都不提醒。"


def answer(asked: Asked) -> str:
    """The stored decision and what was said by it, in words."""
    lines = [_last(asked), _latest(asked), BUDGET]
    return "\n".join(line for line in lines if line)


def _last(asked: Asked) -> str:
    said = last_said(asked.connection, asked.person_id, (PACE, NUDGE, WISH))
    if said is None:
        return "还没有提醒过你。"
    when = said.due.astimezone(asked.now.tzinfo)
    head = f"上次提醒是{day(when.date(), asked.today)}{when:%H:%M}，说的是：{said.text.splitlines()[0]}"
    return "\n".join([head, *_causes(asked, said)])


def _causes(asked: Asked, said: Said) -> list[str]:
    """Each need that was named: by which rule, and why then."""
    lines = [_cause(asked, key) for key in said.data.get("needs", ())]
    asker = f"{said.data['by']}请我提醒你。" if said.data.get("by") else ""
    return list(dict.fromkeys(filter(None, [asker, *lines])))[:4]


def _cause(asked: Asked, key: str) -> str:
    number, _, rest = key.partition(":")
    rule = next((rule for rule in asked.rules if rule.id == number), None)
    why = CAUSES.get(rest.partition(":")[2].partition(":")[0], "")
    return f"{rule.title}：{why}（{_source(rule)}）。" if rule and why else ""


def _source(rule: Rule) -> str:
    return f"{rule.id}“{rule.words}”"


def _latest(asked: Asked) -> str:
    decided = last(asked.connection, asked.person_id)
    if decided is None or decided.remind:
        return ""
    why = QUIET.get(decided.reason, "没有要紧的事")
    facts = decided.data.get("facts", "")
    return f"{day(decided.day, asked.today)}没有提醒，因为{why}{f'：{facts}' if facts else ''}。"
