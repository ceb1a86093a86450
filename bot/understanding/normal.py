"""A message as typed, made readable: one form for every character, and the way back to what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from opencc import OpenCC

from bot.understanding.frozen import frozen
from bot.understanding.late import late
from bot.understanding.sounds import mend

GONE = "\0"
KEYCAP = "\x01"
MARKS = ",;:!?、。~+-"
SAME = {
    "，": ",", "﹐": ",", "､": "、", "；": ";", "：": ":", "︰": ":", "∶": ":", "！": "!", "？": "?", "｡": "。", "．": ".",
    "…": "。", "⋯": "。", "～": "~", "〜": "~", "∼": "~", "—": "-", "–": "-", "―": "-", "－": "-", "−": "-", "‐": "-",
    "‑": "-", "─": "-", "〔": "(", "〕": ")", "【": "[", "】": "]", "「": '"', "」": '"', "『": '"', "』": '"', "“": '"',
    "”": '"', "‘": '"', "’": '"', "○": "〇", "\u20e3": KEYCAP, "✅": "✓", "✔": "✓", "√": "✓", "☑": "✓", "☐": "×", "□": "×", "⬜": "×", "◻": "×", "❌": "×",
    "✖": "×", "✗": "×", "✘": "×", "╳": "×", "✕": "×", "❎": "×", "👌": "👍", "🆗": "👍", "➕": "+", "➖": "-", "妳": "你",
    "〈": "《", "〉": "》", "•": "·", "→": ",", "➡": ",", "⇒": ",", "|": "|", "\t": " ", "\n": "\n", "\r": "\n",
    "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
KEPT = "×✓👍①②③④⑤⑥⑦⑧⑨⑩·°%+=<>"
UNIT = re.compile(
    "[年月堂条元%]|[份件篇](?!数)|号(?!码)|名(?!单|称|字)|日(?!期)|天(?!气|数)|个(?!人|别|数)|位(?!于|置)|人(?!民|员|数)|次(?!日|数)|场(?!地|次|所)|节(?!目|数)|项(?!目)|点(?!评)"
)
NUMERAL = "0123456789零〇一二三四五六七八九十廿两"
WORDS = (
    "少先队员 辅导员 大队辅导员 中队辅导员 班主任 团干部 团支书 团支部 学生干部 校长 副校长 老师 教师 家长 学生 同学 团员 孩子 访谈 "
    "谈心 谈话 座谈 交流 走访 家访 面谈 宣讲 团课 队课 讲座 听课 问卷 驻校 蹲点 蹲班 到校 入校 进校 下校 在校 报到 结对 "
    "报告 案例 调研 台账 清单 进度 提醒 撤销 取消 删除 改成 绑定 请假 学校 小学 中学 今天 昨天 前天 明天 上周 本周 这周 "
    "下周 本月 星期 礼拜 问题 反映 建议 抽查 导出 帮助 记录 完成 任务 队会 队日 团日 主题 活动"
)
PAIRS = frozenset(a + b for word in WORDS.split() for a, b in pairwise(word))
UNTIDY = late(rf"[\0\x01 ]|\n\n|^\n|\n$|\.\.|([{MARKS}])\1")
PIECE = re.compile(rf"\x01|[\0 ]*\n[\n\0 ]*|[\0 ]+|([{MARKS}])(?:[\0 ]*\1)*[\0 ]*|\.\.+[\0 ]*")


class Letters(dict[int, str]):
    """Each character's one form, found when first met."""

    LIMIT = 20_000

    def __missing__(self, code: int) -> str:
        """The form of a character not met before; rare ones beyond the limit are not remembered."""
        form = one_form(chr(code))
        if len(self) < self.LIMIT:
            self[code] = form
        return form


LETTERS = Letters()


@frozen
class Normal:
    """The text for reading, and for each of its characters the index of the character as typed (None: the same)."""

    text: str
    typed: str
    places: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text stands in what was typed."""
        if end > len(self.text):
            end = len(self.text)
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def original(self, start: int, end: int) -> str:
        """A stretch of the text as it was typed."""
        first, last = self.span(start, end)
        return self.typed[first:last]


def normalise(typed: str) -> Normal:
    """The message in one form: half width, simplified, lower case, our words mended, without ornament or stray spaces."""
    even = typed.translate(LETTERS)
    if not UNTIDY.search(even):
        return Normal(mend(even), typed)
    return tidied(even, typed)


def tidied(even: str, typed: str) -> Normal:
    """The same without spaces inside words, doubled marks and empty lines."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in PIECE.finditer(even):
        start, end = match.span()
        parts.append(even[at:start])
        places.extend(range(at, start))
        form = piece(even, start, end)
        parts.append(form)
        places.extend([start] * len(form))
        at = end
    parts.append(even[at:])
    places.extend(range(at, len(even)))
    return Normal(mend("".join(parts)), typed, places)


def piece(text: str, start: int, end: int) -> str:
    """What stays of a stretch of spaces, line ends or one repeated mark."""
    stretch = text[start:end]
    if stretch == KEYCAP:
        return "、" if heads_line(text, start) and not UNIT.match(text, end) else ""
    if stretch[0] == ".":
        return "。"
    if stretch[0] in MARKS:
        return stretch[0]
    if "\n" in stretch:
        return "\n" if start and end < len(text) else ""
    return " " if " " in stretch and stays(text, start, end) else ""


def heads_line(text: str, keycap: int) -> bool:
    """True where a digit on a key numbers a line rather than counts something."""
    return text[:keycap].rstrip("\0")[:-1].rstrip("\0")[-1:] in ("", "\n", " ")


def stays(text: str, start: int, end: int) -> bool:
    """True where a space parts two words rather than the two halves of one."""
    if start == 0 or end == len(text) or text[end] in MARKS or text[end] in "\n)]":
        return False
    left, right = text[start - 1], text[end]
    if left in "\n([" or left + right in PAIRS:
        return False
    if left in "0123456789" and UNIT.match(text, end):
        return False
    if left in "年月" and right in NUMERAL:
        return False
    return not (alone_before(text, start) and alone_after(text, end))


def alone_before(text: str, end: int) -> bool:
    """True where a single Chinese character stands before the space."""
    return "一" <= text[end - 1] <= "鿿" and (end < 2 or text[end - 2] in " \0\n" or text[end - 2] in MARKS)


def alone_after(text: str, start: int) -> bool:
    """True where a single Chinese character stands after the space."""
    after = text[start + 1 : start + 2]
    return "一" <= text[start] <= "鿿" and (not after or after in " \0\n" or after in MARKS)


def one_form(letter: str) -> str:
    """The form in which a character is read; always one character."""
    if letter in SAME:
        return SAME[letter]
    if letter in KEPT:
        return letter
    wide = unicodedata.normalize("NFKC", letter)
    if len(wide) == 1 and wide != letter:
        return one_form(wide)
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return GONE
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if kind in ("Zs", "Cc", "Cs", "Co", "Cn", "So", "Sk"):
        return " "
    return simplifier().convert(letter)[:1] if letter >= "⺀" else letter.lower()[:1]


@cache
def simplifier() -> OpenCC:
    """OpenCC's own dictionary of traditional characters, loaded when first needed."""
    return OpenCC("t2s")
