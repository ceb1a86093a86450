"""更多：看上一条回复的后面部分"""

from handlers.asked import MEMBER, Asked
from models.claims import unread_rest

WHO = MEMBER
EXAMPLE = "更多"


def answer(asked: Asked) -> str:
    """The pages that the last reply had no room for."""
    return unread_rest(asked.connection, asked.person_id) or "没有更多了。"
