"""回“不是”否认刚才问的"""

from handlers.asked import MEMBER, Asked

WHO = MEMBER
EXAMPLE = "不是"


def answer(asked: Asked) -> str:
    """Reached only where no question was open."""
    return "现在没有等你确认的事。刚才记错了就回“撤销”，或直接说对的，如：改成5名。"
