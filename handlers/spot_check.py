"""抽查：督导随机抽几条请本人核实（抽查3条、抽查张三2条）；抽查情况，双方都看得到"""

from __future__ import annotations

import re
from datetime import date
from secrets import randbelow

from handlers.asked import LEADER, MEMBER, Asked
from handlers.remarks import remark
from handlers.spot_check_whose import Whose, whose
from handlers.spot_check_words import line, own_line
from handlers.spot_checks import check_meant, close, drawn, looked, questions
from handlers.wording import pages, span
from models.asking import ask_once
from models.spot_checks import Drawn, checks_below, checks_of, checks_of_entries

WHO = MEMBER
EXAMPLE = "抽查3条"
USUAL, LINES = 3, 10
SEED = re.compile(r"种子(?:号|数|码|是|为)?[:： ]*(\d{1,12})")
LIST = re.compile("情况|结果|答复|台账|清单|进展|抽查(?:的)?记录")
CLOSE = re.compile(r"抽查[^\d]{0,4}(\d+)号.{0,6}(?:办结|了结|关闭|结束|完结|通过|认可|无误|已核实)")


def answer(asked: Asked) -> str:
    """Draw records, show how checks stand, or close one; who is no leader sees the own ones."""
    if not asked.roles & LEADER:
        return _mine(asked)
    words = asked.meaning.masked
    closing = CLOSE.search(words)
    if closing:
        return close(asked, check_meant(asked, int(closing[1])), remark(words))
    asks_list = LIST.search(words) and not asked.meaning.slots.get("count")
    return _list(asked) if asks_list else _draw(asked)


def _draw(asked: Asked) -> str:
    words = asked.meaning.masked
    said = SEED.search(words)
    seed = int(said[1]) if said else randbelow(10**8)
    who = whose(asked)
    made, new = drawn(asked, who.unit, _count(asked, seed), seed, _days(asked), who.only)
    if not made.entries:
        return f"{who.told}{_when(asked, made)}还没有可抽的记录。"
    return _shown(asked, who, made, new=new)


def _count(asked: Asked, seed: int) -> int:
    """How many; the seed is no number of records."""
    count = int(asked.meaning.slots.get("count") or USUAL)
    return USUAL if count == seed else count


def _days(asked: Asked) -> tuple[date, date] | None:
    """The days whose records are meant, where any were said; a seed that looks like a day is none."""
    rest = SEED.sub("", asked.meaning.masked)
    meaning = asked.reads(rest, asked.now) if asked.reads and rest != asked.meaning.masked else asked.meaning
    first, last = meaning.fragment.get("start"), meaning.fragment.get("end")
    return (first, last or first) if isinstance(first, date) else None


def _when(asked: Asked, made: Drawn) -> str:
    return span(made.first, made.last, asked.today)


def _shown(asked: Asked, who: Whose, made: Drawn, *, new: bool) -> str:
    found = checks_of_entries(asked.connection, made.entries)
    looked(asked, found)
    how = "随机抽出" if new else "这个种子抽过，是同一批"
    head = f"{who.told}{_when(asked, made)}的{made.of}条记录，{how}{len(found)}条（种子{made.seed}）："
    again = f"再说“抽查{who.asked}{len(made.entries)}条 种子{made.seed}”得到同一批。"
    foot = [again, "已请本人核实，答复了回“抽查情况”看。"] if new else []
    return pages(head, [*(line(one, asked.today) for one in found), *foot], LINES)


def _list(asked: Asked) -> str:
    found = checks_below(asked.connection, asked.context.unit_path)
    looked(asked, found)
    mine = [one for one in found if one.person_id == asked.person_id]
    ask_once(asked.connection, asked.person_id, questions(asked, mine), asked.now)
    if not found:
        return f"{asked.context.unit_name}及以下还没有抽查。要抽就回“抽查3条”。"
    return pages("抽查情况：", [line(one, asked.today) for one in found], LINES)


def _mine(asked: Asked) -> str:
    """The own records that were drawn; what waits for an answer may be answered at once."""
    found = checks_of(asked.connection, asked.person_id)
    if not found:
        return "你的记录没有被抽查过。"
    ask_once(asked.connection, asked.person_id, questions(asked, found), asked.now)
    return pages("抽查到你的记录：", [own_line(one, asked.today) for one in found], LINES)
