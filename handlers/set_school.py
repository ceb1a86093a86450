"""设蹲点学校：我的蹲点学校是实验小学"""

from handlers.asked import MEMBER, Asked
from models.assignments import assign

WHO = MEMBER
EXAMPLE = "我的蹲点学校是实验小学"


def answer(asked: Asked) -> str:
    """Make a school of the roster the asker's own."""
    words = asked.meaning.slots.get("school")
    if not words:
        return "是哪所学校？请写全名，如：我的蹲点学校是实验小学。"
    school = assign(asked.connection, asked.person_id, asked.context.unit_path, words, asked.today)
    return f"好的，你的蹲点学校是{school.name}，从今天起算。"
