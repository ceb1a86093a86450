"""回“是”确认刚才问的"""

from handlers.asked import MEMBER, Asked

WHO = MEMBER
EXAMPLE = "是"


def answer(asked: Asked) -> str:
    """Reached only where no question was open: what was said is kept already."""
    if any(question.came_back for question in asked.context.questions):
        return "好的。还有一条待补全，先不计入；回“我的记录”可看。"
    return "好的，都记着。现在没有等你确认的事。"
