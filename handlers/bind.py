"""绑定：绑定 493027，或 绑定 姓名 手机号"""

from __future__ import annotations

from handlers.asked import ANYONE, Asked
from models.context_query import load_person
from models.joining import Joined, join_by_code, join_by_phone
from models.phones import normal_phone
from models.policy import is_bound
from models.roster_codes import hashed

WHO = ANYONE
EXAMPLE = "绑定 493027"


def answer(asked: Asked) -> str:
    """Join by the one-time code, or by name and telephone where the person was never bound."""
    if asked.context.person_id is not None:
        return f"你已经绑定为{asked.context.name}（{asked.context.unit_name}），直接说做了什么就行。"
    slots = asked.meaning.slots
    account = asked.context
    if slots.get("code"):
        code = hashed(asked.vault, str(slots["code"]))
        return _welcome(asked, join_by_code(asked.connection, account, asked.channel, code, asked.now))
    if slots.get("name") and slots.get("phone"):
        phone = str(slots["phone"])
        found = asked.vault.hash(normal_phone(phone) or phone)
        return _welcome(asked, join_by_phone(asked.connection, account, str(slots["name"]), found, asked.now))
    return HOW


HOW = "请发绑定码，如：绑定 493027。没有码，就发姓名和名册上的手机号，如：绑定 张三 13800000000。码在单位管理员手里。"


def _welcome(asked: Asked, joined: Joined) -> str:
    cards = _cards(asked, joined.person_id)
    return "\n".join([f"{joined.name}，已绑定（{joined.unit}）。", NOTICE, *cards, "现在就可以说：今天访谈3名队员。"])


def _cards(asked: Asked, person_id: int) -> list[str]:
    """What a bound person is told once, after joining: the discipline of the notice."""
    who = load_person(asked.connection, person_id, asked.today)
    if who is None:
        return []
    policies = [
        asked.policies[n] for n in who.policies if n in asked.policies and is_bound(asked.policies[n], who.bound)
    ]
    told = {card.text: card for policy in policies for card in policy.cards if card.when == "joining"}
    return [f"【{card.title}】{card.text}" for card in told.values()]


NOTICE = """【隐私告知】
1 只为记录和统计驻校蹲点工作，由你所在单位使用。
2 只存数字、日期、学校和你写的问题建议。
3 孩子的姓名、电话、照片、住址一律不存；写了会先抹掉。
4 你的姓名、单位来自名册，电话加密保存。
5 记录留到下一学年末，原话留到下一学期末，到期删除。
6 你的上级能看数字；看到你个人的，回“谁看过我的记录”可查。
7 回“我的数据”“导出我的数据”“删除我的数据”随时办理。
8 不定位、不打卡、不排名；提醒可以回“不要再提醒了”关掉。
9 涉密内容不要发到这里。
10 有意见回“投诉建议：……”。"""
