"""任务清单：制定任务清单，我的任务清单，提交清单"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.asked import MEMBER, Asked
from handlers.figures import current, goal
from handlers.task_lines import NUMBERS, question, task_question
from models import journal
from models.colleagues import with_role
from models.notices import tell
from models.progress import Standing, line
from models.tasklists import EDITABLE, LIVE, aspects_of, proposal
from models.works import Work, latest, open_work, step

WHO = MEMBER
EXAMPLE = "制定任务清单"
STATES = {"draft": "草稿，未提交", "submitted": "已提交，等审定", "returned": "已退回", "approved": "已审定"}
MAKING = ("制定", "拟", "重做", "修改", "写", "列", "做个", "做一个", "新建")
HANDING = ("提交", "报送", "交", "送审", "上报")


def answer(asked: Asked) -> str:
    """Make, show or submit the list of this year."""
    if not aspects_of(asked.policies, asked.context.policies):
        return "你适用的文件没有要求个人任务清单；进度照常看“进度”。"
    words = asked.meaning.masked
    held = latest(asked.connection, asked.person_id, ("task_list",), LIVE, str(asked.today.year))
    if any(word in words for word in HANDING):
        return _submit(asked, held)
    if any(word in words for word in MAKING) or held is None:
        return _make(asked, held)
    return show(asked, held)


def _make(asked: Asked, held: Work | None) -> str:
    """A fresh draft, or the old lines once more; each line is asked about in turn."""
    if held and held.status == "submitted":
        return "清单已提交，等审定；要改，请审批人先退回。回“我的任务清单”查看。"
    lines = held.data["lines"] if held else _proposal(asked)
    number = _draft(asked, held, lines)
    text = question(lines, 0)
    journal.ask(asked.connection, asked.actor, [task_question(number, lines, 0)])
    return f"一共{len(lines)}个方面，逐个定。\n{text}"


def _proposal(asked: Asked) -> list[dict[str, Any]]:
    goals = {rule.id: goal(rule) for rule in asked.rules}
    return proposal(aspects_of(asked.policies, asked.context.policies), asked.rules, goals)


def _draft(asked: Asked, held: Work | None, lines: Sequence[Mapping[str, Any]]) -> int:
    """The number of the list to work on; an approved one stays as it is until a new one is approved."""
    if held and held.status in EDITABLE:
        return held.id
    period, data = str(asked.today.year), {"lines": list(lines)}
    return open_work(asked.connection, asked.actor, "task_list", status="draft", period=period, data=data)


def show(asked: Asked, held: Work) -> str:
    """Every line with what is done by now."""
    found = {s.rule.id: s for s in current(asked)}
    rows = [_row(i, row, found) for i, row in enumerate(held.data["lines"])]
    comment = f"\n审批意见：{held.data['comment']}" if held.data.get("comment") else ""
    foot = "回“提交清单”送审；回“制定任务清单”重新逐条定。" if held.status in EDITABLE else ""
    return "\n".join([f"{held.period}年任务清单（{STATES[held.status]}）{comment}", *rows, foot]).rstrip()


def _row(index: int, row: Mapping[str, Any], found: Mapping[str, Standing]) -> str:
    done = "，".join(line(found[name]) for name in row["rules"] if name in found)
    return f"{NUMBERS[index]}{row['aspect']}：{row['text']}" + (f"\n　完成：{done}" if done else "")


def _submit(asked: Asked, held: Work | None) -> str:
    if held is None:
        return "还没有清单。回“制定任务清单”，六个方面逐个定。"
    if held.status not in EDITABLE:
        return f"清单{STATES[held.status]}，不用再提交。"
    approvers = with_role(asked.connection, asked.context.unit_path, "approver", asked.today)
    for one in (q for q in asked.context.questions if q.kind == "task_line"):
        journal.settle(asked.connection, one.id, "dropped")
    step(asked.connection, asked.actor, held.id, "submitted", "submitted")
    text = f"{asked.context.name}提交了{held.period}年任务清单，请审定：回“批准{asked.context.name}的任务清单”，或“退回”并写意见。"
    ids = [person.id for person in approvers]
    tell(asked.connection, ids, f"list:{held.id}:{asked.message_id}", text, asked.now, item=held.id, status="submitted")
    names = "、".join(person.name for person in approvers) or "单位审批人（名册里还没有设）"
    return f"已提交，等{names}审定。"
