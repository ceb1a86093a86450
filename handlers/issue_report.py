"""反映问题、提建议：反映问题：活动经费不足"""

from handlers.asked import MEMBER, Asked
from handlers.figures import keep_of
from models import journal

WHO = MEMBER
EXAMPLE = "反映问题：活动经费不足"


def answer(asked: Asked) -> str:
    """Put a problem or suggestion into the ledger."""
    text = asked.meaning.slots.get("text")
    if not text:
        return "是什么问题？接着说就行，如：反映问题：活动经费不足。"
    row = {"activity": "issue", "count": 1, "start": asked.today, "end": asked.today, "text": text}
    journal.add_entries(asked.connection, asked.actor, [row])
    keep_of(asked, asked.person_id)
    return f"已记入问题台账：{text}。有回音会告诉你。回“撤销”取消。"
