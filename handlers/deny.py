"""回“不是”否认刚才问的"""

from handlers.asked import MEMBER, Asked

WHO = MEMBER
EXAMPLE = "不是"


def answer(asked: Asked) -> str:
    """Reached only where no question was open."""
    if any(question.came_back for question in asked.context.questions):
        return "好的。还有一条待补全，先不计入；回“我的记录”可看，不要了回“不用了”。"
    return "现在没有等你确认的事。刚才记错了就回“撤销”，或直接说对的，如：改成5名。"
