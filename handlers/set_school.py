"""设蹲点学校：我的蹲点学校是实验小学"""

from __future__ import annotations

import re

from handlers.asked import MEMBER, Asked
from handlers.remarks import remark
from models.assignments import TooEarly, assign, known_school, link, propose
from models.colleagues import Colleague
from models.progress import plain
from models.refusal import Refusal

WHO = MEMBER
NO_NAME = re.compile("(?:换|改|新|别的?|哪个?|哪所|其他)?(?:所|个)?(?:蹲点)?学校")
EXAMPLE = "我的蹲点学校是实验小学"
SOMEBODY = re.compile(
    "(?:把|将|给|帮)?(?!我|俺|咱|本人|自己|原|新|现在|这学期|本学期|今年)(?:〔[^〕]+〕|[一-鿿·]{2,4})的(?:蹲点|驻校|联系|挂点|对口)?(?:学校|点)(?:是|换|改|调|设)"
    "|(?:把|将|给|帮)?[^,。，]{2,14}的(?:联系|蹲点|驻校|负责)(?:人|干部|同志)(?:是|换|改|调|由)"
)


def answer(asked: Asked) -> str:
    """Make a school of the roster the asker's own; before the year is over, ask the approver with the reason given."""
    words = asked.meaning.slots.get("school")
    if not words or NO_NAME.fullmatch(words):
        return _present(asked)
    if SOMEBODY.match(asked.meaning.masked):
        raise Refusal("各人的蹲点学校由本人来说，或由单位管理员在网页的名册里改；没有动你的学校。")
    kind = _link_kind(asked)
    if kind:
        return _link(asked, words, kind)
    who = asked.context
    try:
        school = assign(asked.connection, asked.person_id, who.unit_path, words, asked.today, asked.calendar)
    except TooEarly:
        reason = remark(asked.meaning.masked)
        if not reason:
            raise
        return _request(asked, words, reason)
    return f"好的，你的蹲点学校是{school.name}，从今天起算。"


def _present(asked: Asked) -> str:
    """Which school is one's own now, or how to say it."""
    own = "、".join(school.name for school in asked.context.own_schools)
    how = "换一所就写全名，如：我的蹲点学校改成实验小学。" if own else "请写全名，如：我的蹲点学校是实验小学。"
    return f"你的蹲点学校是{own}。{how}" if own else f"还没有设蹲点学校。是哪所？{how}"


def _link_kind(asked: Asked) -> str:
    """How one more school is held: as an own one under the document that wants several; beside the one own under both."""
    metrics = {rule.metric for rule in asked.rules}
    if "schools_linked" not in metrics:
        return ""
    if "active_assignments" not in metrics:
        return "own"
    return "linked" if "联系" in asked.meaning.masked else ""


def _link(asked: Asked, words: str, kind: str) -> str:
    """One more linked school; above the range is said, never refused."""
    school, many = link(asked.connection, asked.person_id, asked.context.unit_path, words, asked.today, kind)
    rule = next(rule for rule in asked.rules if rule.metric == "schools_linked")
    wanted = f"{plain(rule.low)}至{plain(rule.high)}{rule.unit}"
    note = f"文件写的是{wanted}，多了照样记。" if many > rule.high else f"文件要求{wanted}。"
    return f"好的，{school.name}记为你的联系学校，从今天起算；现在共{many}所，{note}"


def _request(asked: Asked, words: str, reason: str) -> str:
    """Put the change before the approver."""
    school = known_school(asked.connection, asked.context.unit_path, words)
    who = asked.context
    me = Colleague(asked.person_id, who.name, who.unit_id, who.unit_name, who.unit_path, "")
    approvers = propose(asked.connection, asked.actor, me, school, reason)
    names = "、".join(person.name for person in approvers) or "单位审批人"
    return f"换成{school.name}的申请已交，等{names}审批；批准前仍按原来的学校算。"
