"""Everything that is held of one person, as a workbook for that person."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.forms.order import XLSX, Made
from bot.forms.tables import harmless, plain
from bot.forms.year_sheet import POSTS
from handlers.looks import LOOKS
from handlers.wording import ACTIVITIES, AUDIENCES
from models.own_records import OwnRecord
from models.rights import Identity, Viewed
from models.vault import Vault

STATES = {"active": "已计入", "pending": "待补全"}
RECORD = ("做了什么", "对象", "数量", "单位", "开始", "结束", "地点", "班级", "参加人数", "内容", "状态", "记下的时间")
Row = Sequence[object]


def own_data(
    who: Identity,
    unit: str,
    records: Sequence[OwnRecord],
    words: Sequence[tuple[datetime, str]],
    looks: Sequence[Viewed],
    vault: Vault,
    now: datetime,
) -> Made:
    """Four sheets: the roster's row, the records, the words as kept, and who looked; moments on the clock of `now`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "名册资料", ("项目", "内容"), _identity(who, unit, vault))
    _sheet(book, "工作记录", RECORD, (_record(one, now) for one in records))
    _sheet(book, "说过的话", ("时间", "保存的文字"), ((_at(at, now), text) for at, text in words))
    seen = ((_at(one.at, now), one.unit, one.name, LOOKS.get(one.what, one.what)) for one in looks)
    _sheet(book, "谁看过我", ("时间", "单位", "姓名", "做什么"), seen)
    out = io.BytesIO()
    book.save(out)
    return Made(f"{who.name}的数据{now:%Y%m%d}.xlsx", XLSX, out.getvalue())


def _identity(who: Identity, unit: str, vault: Vault) -> list[Row]:
    return [
        ("姓名", who.name),
        ("单位", unit),
        ("岗位", POSTS.get(who.post, who.post)),
        ("职务", who.title),
        ("加入日期", who.joined_on),
        ("电话", vault.unlock(who.phone)),
        ("邮箱", vault.unlock(who.email)),
        ("微信号", vault.unlock(who.wechat)),
    ]


def _record(one: OwnRecord, now: datetime) -> Row:
    label, unit = ACTIVITIES.get(one.activity or "", ("记录", ""))
    audience, state = AUDIENCES.get(one.audience or "", ""), STATES.get(one.state, one.state)
    about = (one.place, one.class_name, one.attendance, one.text, state, _at(one.made_at, now))
    return (label, audience, one.count, unit, one.start, one.end, *about)


def _at(moment: datetime, now: datetime) -> str:
    return f"{moment.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"


def _sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[Row]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(heads))
    sheet.freeze_panes = "A2"
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 18
    for row in rows:
        sheet.append([harmless(plain(value)) for value in row])
