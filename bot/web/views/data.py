"""我的数据：存了什么、存多久，导出或删除"""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.order import Made
from bot.forms.own_data import own_data
from bot.web.visit import Done, Form, Shown, Visit
from handlers.asked import MEMBER
from models.own_records import Wanted, own_records
from models.rights import erase, held, identity, leave, viewers, words

WHO = MEMBER
PATH = "data"
KEPT = (
    ("名册里的你", "姓名、单位、岗位、职务；电话加密", "在岗期间；离开当天停用", "认出你，知道你有哪些任务"),
    ("邮箱和微信号", "只有你或单位填过才有，加密", "用到工作安排表那一年为止", "工作安排表要联系方式"),
    ("说过的话", "孩子和个人信息记之前就抹去了", "这个学期和上个学期", "数字有疑问时能对上原话"),
    ("工作记录", "做了什么、几个、哪天、哪所学校", "本学年和上一学年，之后只留合计", "单位的工作档案"),
    ("谁看过你", "谁、什么时候、看了什么", "三年", "让你知道"),
    ("提醒", "发过什么、为什么发", "和工作记录一样", "不重复打扰，问得清缘由"),
)
STEPS = ("erase", "leave")


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """What is kept and why; or, before something goes, what goes and what stays."""
    step = query.get("step", "")
    values = {
        "amount": held(visit.connection, visit.person_id),
        "kept": KEPT,
        "step": step if step in STEPS else "",
    }
    return Shown("pages/data.html", values)


def export(visit: Visit, form: Form) -> Made:
    """All that is held of the visitor, as a workbook."""
    return own_data(
        identity(visit.connection, visit.person_id),
        visit.who.unit_name,
        own_records(visit.connection, visit.person_id, visit.who.training, Wanted()),
        words(visit.connection, visit.person_id),
        viewers(visit.connection, visit.person_id, None),
        visit.service.vault,
        visit.local,
    )


def erase_words(visit: Visit, form: Form) -> Done:
    """Clear what the law does not make the unit keep, as the chat does."""
    gone = erase(visit.connection, visit.person_id)
    return Done(f"已清除{gone}条消息的原话，以及邮箱、微信号。工作记录留着，原因写在下面。", visit.url(PATH))


def unbind(visit: Visit, form: Form) -> Shown:
    """Undo the binding; this link ends with it."""
    leave(visit.connection, visit.person_id)
    return Shown("pages/farewell.html", {})


ACTIONS = {"export": export, "erase": erase_words, "leave": unbind}
