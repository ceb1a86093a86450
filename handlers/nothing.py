"""没做也可以说：今天没去学校"""

from handlers.asked import MEMBER, Asked
from handlers.not_done import ask_whether_gone
from handlers.planned import undone_on, withdraw
from handlers.put_off import where_to

WHO = MEMBER
EXAMPLE = "今天没去学校"


def answer(asked: Asked) -> str:
    """Nothing was done, nothing is stored, nothing is held against anybody; a plan that comes to nothing is taken back."""
    if plans := undone_on(asked, asked.meaning.fragment):
        return f"知道了，计划取消：{withdraw(asked, plans)}。{where_to(asked, plans)}"
    if question := ask_whether_gone(asked):
        return f"知道了。{question}"
    return "知道了，没有要记的，不影响什么。"
