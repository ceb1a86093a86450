"""我的数据：导出我的数据，删除我的数据，注销，谁看过我的记录"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.asked import MEMBER, Asked
from handlers.looks import LOOKS
from handlers.wording import number, span, thing
from models.rights import erase, held, leave, viewers

WHO = MEMBER
EXAMPLE = "谁看过我的记录"
PLAINLY = re.compile(
    "[删抹擦毁]|清[除空掉理了]|别[再]?[存留]|不要[存留]"
)  # what cannot be brought back is asked for in plain words


def answer(asked: Asked) -> str:
    """Answer for the rights of access, copy, erasure and explanation."""
    action = asked.meaning.slots.get("action") or "show"
    if action == "delete" and "注销" in asked.meaning.masked:
        return _leave(asked)
    return ACTIONS[action](asked)


def _show(asked: Asked) -> str:
    amount = held(asked.connection, asked.person_id)
    return (
        f"存着你的：姓名、单位、岗位（来自名册，电话加密），消息{amount.messages}条（已抹去孩子信息），"
        f"记录{amount.entries}条，被查看{amount.looks}次。\n"
        "回“导出我的数据”拿走一份；回“删除我的数据”清除原话和邮箱、微信号；回“谁看过我的记录”看查看人；回“注销”解除绑定。"
    )


def _export(asked: Asked) -> str:
    """The records themselves, by chat; the pages give them as a file."""
    facts = sorted(asked.context.facts, key=lambda f: (f.start is None, f.start, f.id))
    lines = [f"{span(f.start, f.end, asked.today)} {f.place or ''}{thing(f, f.count)}" for f in facts]
    head = f"你的全部记录（{number(len(facts))}条），要表格就回“打开网页”，在“我的数据”里导出："
    return "\n".join([head, *lines])


def _delete(asked: Asked) -> str:
    if not PLAINLY.search(asked.meaning.masked):
        return "要哪一种？回“删除我的数据”清除原话和邮箱、微信号；回“注销”解除绑定；只是不想收提醒，回“不要再提醒了”。"
    gone = erase(asked.connection, asked.person_id)
    return (
        f"已清除{gone}条消息的原话，以及邮箱、微信号。工作记录（数字、日期、学校）是单位的工作档案，"
        "依法在保存期内保留，到期删除；记错的可以“撤销”。"
    )


def _leave(asked: Asked) -> str:
    leave(asked.connection, asked.person_id)
    return "已解除绑定，不会再给你发消息。工作记录按规定由单位保存到期。要再用，向单位管理员要新的绑定码。"


def _viewers(asked: Asked) -> str:
    found = viewers(asked.connection, asked.person_id)
    if not found:
        return "还没有人看过你的记录。"
    lines = [
        f"{v.at.astimezone(asked.now.tzinfo):%m月%d日 %H:%M} {v.unit} {v.name} {LOOKS.get(v.what, v.what)}"
        for v in found
    ]
    return "\n".join(["看过你记录的人：", *lines])


ACTIONS: Mapping[str, Callable[[Asked], str]] = {
    "show": _show,
    "export": _export,
    "delete": _delete,
    "viewers": _viewers,
}
