"""The words of a roster's cells, read one by one; a ValueError's text is the reason told to the operator."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from models.phones import normal_phone

Reader = Callable[[object], object]
"""A cell's value in, the stored value out; "" clears what was stored."""

NOTHING = ("无", "—", "-", "/")
SEPARATORS = re.compile(r"[、,，;；/\s]+")

LEVELS = {
    "全国": "national",
    "省": "province",
    "市": "prefecture",
    "县": "county",
    "乡镇": "town",
    "社区": "community",
    "高校": "university",
    "院系": "faculty",
    "中学": "middle_school",
    "中职": "vocational_school",
}
MORE_LEVELS = {
    "国": "national",
    "自治区": "province",
    "直辖市": "province",
    "地": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "区": "county",
    "旗": "county",
    "镇": "town",
    "乡": "town",
    "街道": "town",
    "苏木": "town",
    "村": "community",
    "大学": "university",
}
KINDS = {
    "小学": "primary",
    "初中": "junior_high",
    "高中": "senior_high",
    "完全中学": "full_secondary",
    "九年一贯制": "nine_year",
    "中职": "vocational_school",
    "高校": "university",
}
MORE_KINDS = {
    "初级中学": "junior_high",
    "高级中学": "senior_high",
    "完中": "full_secondary",
    "九年一贯制学校": "nine_year",
    "中等职业学校": "vocational_school",
    "职高": "vocational_school",
    "大学": "university",
}
AREAS = {"城": "urban", "乡": "rural"}
MORE_AREAS = {"城市": "urban", "城区": "urban", "城镇": "urban", "农村": "rural", "乡村": "rural"}
POSTS = {"专职": "full_time", "挂职": "seconded", "兼职": "part_time", "总辅导员": "chief_counselor"}
MORE_POSTS = {
    "专职干部": "full_time",
    "挂职干部": "seconded",
    "兼职干部": "part_time",
    "少先队总辅导员": "chief_counselor",
}
ROLES = {
    "干部": "cadre",
    "管理员": "unit_admin",
    "审批人": "approver",
    "督导": "supervisor",
    "第一责任人": "responsible_head",
    "落实责任人": "responsible_office",
}
MORE_ROLES = {"单位管理员": "unit_admin", "督导员": "supervisor"}


def tidy(value: object) -> str:
    """A cell as typed, without what cannot be seen; blanks between Chinese characters go, others become one."""
    if isinstance(value, date | time):
        raise ValueError("被Excel变成了日期或时间，请把这一列设为“文本”格式再填")
    if isinstance(value, float) and abs(value) >= 1e15:
        raise ValueError("数字太长，Excel已丢掉末几位，请把这一列设为“文本”格式再填")
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    # Unassigned and private characters stay: rare names are written with them.
    seen = "".join(" " if c.isspace() else c for c in text)
    seen = "".join(c for c in seen if unicodedata.category(c) not in ("Cf", "Cs", "Cc"))
    return re.sub(r"(?<=[⺀-鿿·]) (?=[⺀-鿿·])", "", re.sub(r" +", " ", seen).strip())


def fold(text: str) -> str:
    """A name as it is compared: full-width, spaced or capital letters make no difference."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def words(limit: int) -> Reader:
    """Plain words of at most so many characters."""

    def read(value: object) -> str:
        text = tidy(value)
        if len(text) > limit:
            raise ValueError(f"太长（最多{limit}字）")
        return "" if text in NOTHING else text

    return read


def name(value: object) -> str:
    """A person's or unit's own name, which cannot be cleared."""
    text = tidy(value)
    if not any(c.isalpha() or unicodedata.category(c) in ("Cn", "Co") for c in text):
        raise ValueError("不像名称，请填文字")
    if len(text) > 40:
        raise ValueError("太长（最多40字）")
    if re.search(r"[/／>]", text):
        raise ValueError("名称里不要有 / 或 >")
    return text


def one_of(table: Mapping[str, str], more: Mapping[str, str]) -> Reader:
    """One word of a table; `more` holds the other ways to say it."""

    def read(value: object) -> str:
        text = fold(tidy(value))
        if text not in table and text not in more:
            raise ValueError(f"“{text[:20]}”不在可填的范围内，请填：{' '.join(table)}")
        return table.get(text) or more[text]

    return read


def roles(value: object) -> str:
    """Roles parted by 、 as identifiers parted by a blank, in a fixed order."""
    said = [part for part in SEPARATORS.split(fold(tidy(value))) if part]
    known = ROLES | MORE_ROLES
    wrong = [part for part in said if part not in known]
    if wrong:
        raise ValueError(f"“{wrong[0][:20]}”不在可填的范围内，请填：{'、'.join(ROLES)}（可填几个，用、隔开）")
    return " ".join(role for role in ROLES.values() if role in {known[part] for part in said})


def policies(value: object) -> str:
    """Policy identifiers parted by a blank; whether they exist is asked later."""
    said = unicodedata.normalize("NFKC", tidy(value))
    return " ".join(dict.fromkeys(part for part in SEPARATORS.split(said) if part not in ("", *NOTHING)))


def names(value: object) -> tuple[str, ...]:
    """Several names parted by 、."""
    parts = [part for part in re.split(r"[、,，;；\n]+", unicodedata.normalize("NFC", str(value))) if tidy(part)]
    return tuple(dict.fromkeys(tidy(part) for part in parts if tidy(part) not in NOTHING))


def number(value: object) -> str:
    """A person's number in the unit; never an identity card's."""
    text = tidy(value)
    if re.fullmatch(r"\d{15}|\d{17}[\dXx]", text):
        raise ValueError("像是身份证号，请不要填；用工号或自编号")
    return words(40)(text)  # type: ignore[return-value]


def phone(value: object) -> str:
    """One telephone number as digits; never repeated in the reason."""
    text = tidy(value)
    if text in NOTHING:
        return ""
    digits = normal_phone(text)
    if digits is None:
        raise ValueError("不是有效号码：请填一个11位手机号，或带区号的座机号")
    return digits


def email(value: object) -> str:
    """An e-mail address."""
    text = tidy(value)
    if text in NOTHING:
        return ""
    if len(text) > 100 or not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z0-9-]{2,}", text):
        raise ValueError("不是有效的邮箱地址")
    return text


def account(value: object) -> str:
    """A platform's account name: visible ASCII without blanks."""
    text = tidy(value)
    if text in NOTHING:
        return ""
    if not re.fullmatch(r"[!-~]{1,64}", text):
        raise ValueError("只能是字母、数字和符号，最多64位，中间没有空格")
    return text


def code(value: object) -> str:
    """A one-time code chosen by the unit."""
    text = fold(tidy(value)).upper()
    if not re.fullmatch(r"[0-9A-Z]{6,20}", text):
        raise ValueError("应为6到20位数字或字母；不填会自动生成")
    return text


def day(value: object) -> date:
    """A date, as Excel keeps it or as people write it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = fold(tidy(value))
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", text
    )
    try:
        year, month, number = (int(part) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, number)
    except ValueError:
        raise ValueError("不是有效日期，请写成 2026-09-01") from None


def day_or_none(value: object) -> date | str:
    """A date, or 无 for none any more."""
    return "" if isinstance(value, str) and tidy(value) in NOTHING else day(value)


def whole(limit: int) -> Reader:
    """A whole number from 0 to a limit."""

    def read(value: object) -> int:
        text = fold(tidy(value)).removesuffix("人").removesuffix("名")
        if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > limit:
            raise ValueError(f"应为0到{limit}的整数")
        return int(text)

    return read


_TERM = re.compile(r"(\d{4})[-~至—/](\d{4})(?:学年)?(?:度)?[-,,]?(?:第)?([12一二上下秋春])(?:学期|季)?(?:学期)?")


def term(value: object) -> str:
    """A term as `2026-2027-1`."""
    found = _TERM.fullmatch(fold(tidy(value)))
    if not found or int(found[2]) != int(found[1]) + 1:
        raise ValueError("应写成 2026-2027-1(第一学期)或 2026-2027-2(第二学期)")
    return f"{found[1]}-{found[2]}-{'1' if found[3] in '1一上秋' else '2'}"
