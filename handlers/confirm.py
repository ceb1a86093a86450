"""回“是”确认刚才问的"""

from handlers.asked import MEMBER, Asked

WHO = MEMBER
EXAMPLE = "是"


def answer(asked: Asked) -> str:
    """Reached only where no question was open: what was said is kept already."""
    return "好的，都记着。现在没有等你确认的事。"
