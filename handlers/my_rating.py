"""我的评价：看评价；对评价的答复：……"""

from __future__ import annotations

import re

from handlers.asked import MEMBER, Asked
from models.notices import tell
from models.works import Work, latest, step

WHO = MEMBER
EXAMPLE = "我的评价"
_ANSWER = re.compile(r"(?:答复|意见|说明|回复|异议)[是为]?[:：,，]\s*(?P<words>\S.{0,299})$", re.DOTALL)


def answer(asked: Asked) -> str:
    """The newest rating with its reason; the cadre's answer is kept beside it and told to whoever gave it."""
    held = latest(asked.connection, asked.person_id, ("rating",), ("given",))
    if held is None:
        return "还没有对你的评价。等次只由人评，写明理由，你看得到也可以答复。"
    said = _ANSWER.search(asked.meaning.masked)
    return _reply(asked, held, said["words"]) if said else _show(held)


def _show(held: Work) -> str:
    own = f"\n你的答复：{held.data['answer']}" if held.data.get("answer") else "\n有不同看法，回“对评价的答复：……”。"
    return f"{held.period}年评价：{held.title}。理由：{held.text}。{own}"


def _reply(asked: Asked, held: Work, words: str) -> str:
    step(asked.connection, asked.actor, held.id, "answer", "", words, {"data": {**held.data, "answer": words}})
    text = f"{asked.context.name}对{held.period}年评价（{held.title}）的答复：{words}"
    tell(asked.connection, [held.data["by"]], f"rating:{held.id}:{asked.message_id}", text, asked.now)
    return f"你的答复已和评价放在一起：{words}。会转给评价人。"
