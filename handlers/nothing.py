"""没做也可以说：今天没去学校"""

from handlers.asked import MEMBER, Asked

WHO = MEMBER
EXAMPLE = "今天没去学校"


def answer(asked: Asked) -> str:
    """Nothing was done, nothing is stored, nothing is held against anybody."""
    return "知道了，没有要记的，不影响什么。"
