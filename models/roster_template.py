"""The workbook that units fill in: headings with hints, lists to choose from, and an explanation with examples."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from models.roster_columns import EXPLANATION, SHEETS, Column, Sheet

FILLED_ROWS = 2000
MUST = PatternFill("solid", fgColor="FFD9EAD3")
MAY = PatternFill("solid", fgColor="FFEFEFEF")
EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "单位": (("示例市少工委", "", "市"), ("甲县少工委", "示例市少工委", "县", "pioneer_2017")),
    "学校": (("甲县实验小学", "甲县少工委", "小学", "城", ""), ("甲县河湾小学", "甲县少工委", "小学", "乡", "薄弱")),
    "人员": (
        ("张三", "甲县少工委", "专职", "13800000000", "干部", "甲县河湾小学", "", "", "JX-01", "办公室副主任"),
        ("李四", "示例市少工委", "挂职", "13800000001", "干部、督导", "甲县实验小学", "", ""),
    ),
    "校历": (("示例市少工委", "2026-2027-1", "2026-09-01", "2027-01-31", "2026-09-01", "2027-01-10"),),
    "班级": (("甲县实验小学", "六年级1班", "45", "8"),),
}
WORDS = (
    "名册模板说明",
    "1. 绿色标题的列请保留；灰色标题的列不需要可以整列删去。列的先后不限，工作表不需要的可以删去。",
    "2. 单位、学校、人员的先后就是名单和报表的先后（官方排序）。",
    "3. 空着的格子表示“不改”；要清空已有内容请填“无”。文件里没有的行不受影响。",
    "4. 同一文件可以反复导入；有一处错误就全部不导入，并指出哪张表哪一行、怎么改。",
    "5. 只填工作人员。不要写学生的姓名、电话或其他情况，班级只填人数。",
    "6. 电话、邮箱、微信号加密保存；导入后请妥善保管或删除本文件。",
    "7. 绑定码一般留空：导入后在“加入码”页面，或用 python -m bot export codes 生成，只显示一次，分别发给本人。",
    "以下是各表的填写示例（本表不会被导入）：",
)


def template(file: Path | BinaryIO) -> None:
    """Write the template; imported as it is, it changes nothing."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for sheet in SHEETS.values():
        _fill(book.create_sheet(sheet.name), sheet)
    _explain(book.create_sheet(EXPLANATION))
    book.save(file)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, place, column.heading)
        cell.font = Font(bold=True)
        cell.fill = MUST if column.required else MAY
        cell.comment = Comment(column.hint, "dundian", height=90, width=260)
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = max(12, len(column.heading) * 2 + 6)
        page.column_dimensions[letter].number_format = "@"  # text: Excel would shorten codes and turn 3-1 into a date
        _offer(page, column, letter)


def _offer(page: Worksheet, column: Column, letter: str) -> None:
    if not column.choices:
        return
    offered = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True, showErrorMessage=True)
    offered.error, offered.errorTitle = f"请从下拉表中选：{' '.join(column.choices)}", column.heading
    offered.add(f"{letter}2:{letter}{FILLED_ROWS}")
    page.add_data_validation(offered)


def _explain(page: Worksheet) -> None:
    page.column_dimensions["A"].width = 18
    for line in WORDS:
        page.append([line])
    page["A1"].font = Font(bold=True, size=14)
    for sheet in SHEETS.values():
        page.append([])
        page.append([sheet.name])
        page.cell(page.max_row, 1).font = Font(bold=True)
        page.append([column.heading for column in sheet.columns])
        for example in EXAMPLES[sheet.name]:
            page.append(list(example))
        for column in sheet.columns:
            page.append(["", column.heading, column.hint])
    for row in page.iter_rows(max_row=len(WORDS), max_col=1):
        row[0].alignment = Alignment(wrap_text=False)
