"""打个招呼"""

from handlers.asked import ANYONE, Asked

WHO = ANYONE
EXAMPLE = ""


def answer(asked: Asked) -> str:
    """A short friendly word, and what to say next."""
    return "在的。做了什么直接告诉我，如：今天访谈3名队员；看进度回“进度”。"
