"""没做也可以说：今天没去学校"""

from handlers.asked import MEMBER, Asked
from handlers.planned import given_up, withdraw

WHO = MEMBER
EXAMPLE = "今天没去学校"


def answer(asked: Asked) -> str:
    """Nothing was done, nothing is stored, nothing is held against anybody; a plan that comes to nothing is taken back."""
    said = asked.meaning.fragment
    if plans := given_up(asked, said.get("start"), said.get("end")):
        return f"知道了，计划取消：{withdraw(asked, plans)}。改到哪天，直接说就行。"
    return "知道了，没有要记的，不影响什么。"
