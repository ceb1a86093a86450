"""What tells of work done, so that the words of a command beside it are part of the telling."""

from __future__ import annotations

DONE = r"(?:(?:访谈|宣讲|听课|座谈|到校|驻校|蹲点|谈心|走访|结对|聊|谈)(?:了|过)?.{0,8}[一二三四五六七八九十两\d]+(?:名|个(?!月|星期|礼拜)|场|次|节|位)|去了.{0,6}[一二三四五六七八九十两\d]+(?:天|次))(?!.*(?:[吗么?]|了没|没有|够不够|了不)$)"
