"""打个招呼"""

from handlers.asked import ANYONE, Asked

WHO = ANYONE
EXAMPLE = ""


THANKS = ("谢", "辛苦", "收到", "晚安", "再见")
ENDED = ("就这些", "完毕", "完事", "顺利", "说完", "报完")


def answer(asked: Asked) -> str:
    """A short friendly word, and to a greeting what to say next."""
    if any(word in asked.meaning.masked for word in THANKS):
        return "不客气，随时说。"
    if any(word in asked.meaning.masked for word in ENDED):
        return "好的，辛苦了。记下的回“我的记录”可看。"
    return "在的。做了什么直接告诉我，如：今天访谈3名队员；看进度回“进度”。"
