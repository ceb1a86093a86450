"""Lines of several people: a 接龙, words passed on, and records made for a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .late import late
from .name_words import SURNAMES
from .names import name_end
from .vocabulary import vocabulary

CHAIN = late(r"接龙|(?m:^\s*\d{1,2}[.、)](?!\d)\s*\S{2,12}[\s:,].*\n\s*\d{1,2}[.、)](?!\d)\s*\S)")
NUMBERED = late(
    r"\s*\d{1,2} +(?=[一-鿿])|\s*\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、):](?!\d)\s*|\s*[①②③④⑤⑥⑦⑧⑨⑩]\s*"
)
SAMPLE = late(
    r"\s*(?:\d{1,2}[.、)]\s*)?\(?(?:填报|接龙)?(?:示例|样例|例子|例如|例|模板|格式|范例|参考)(?:\d|一|二)?\)?[:,.、)\s]"
)
FORWARD = late(r"(?:^|\n)\s*[\[(]?(?:转|转发|转述|代发|代转|转告|替转|帮转)[\])]?[:,\s]?\s*")
FOR = late(
    r"(?:代记|代报|代填|代录|帮记|代为?登记|代为?记录|帮忙?(?:登记|记录|记)一?下?|(?:替|代|帮|给)(?=[^,。:]{2,4}(?:记|报|登|填|补(?![课习])|录|代发|发(?:的|一下|[:,]))))[:\s]*"
)
RECORDS = late(r"(?:同志|老师)?(?:代?(?:补?记|报|登记|填报?|录入?|补|发))?(?:一?下|录|个)?的?[:,\s]*")
SPLIT = late(r"[\s:,、|()/+]+")
NICK = late(r"[小老阿][一-鿿](?=[同补记报登填录代发让托叫请没说,:\s昨今前周上他她去在到的])")
COLLEAGUE = late(r"(?:我?们?(?:单位|科室|办公室)的?)?同事\s?")
BEFORE_RECORDS = late(r"[一-鿿]{2,3}(?=(?:同志|老师)?(?:补|代)?[记报登填录])")
FIRST_WORD = late(r"[一-鿿]{2,3}(?=[\s:,、+;]|$)")
PART = late(r"[\n;]")
INNER = late(r"[ ,;:](?=\d{1,2}[.、)](?!\d) ?[一-鿿]{1,4}[ :+,])")
TALLY = late(r"[一-鿿]{1,4}\+\d{1,2}[名个人]?")
PLUSES = late(r"(?:[一-鿿]{1,4}\+\d{1,2}[名个人]?(?:[ ,、;\n]|$)){2,}")
COUNTS = late(r"\d|[一二两三四五六七八九十]|没去|到校|同上|无")
ASKED = late("[,。]?(?:麻烦|请)?(?:替|帮|给)(?:她|他)(?:记|报|登记|补记|补|录)")
ALONE = late(r"(?:\[[一-鿿]{1,8}\])?[\[(]?([一-鿿]{2,4})[\])]?:")
BEGGED = late(
    "(?:同志|老师)?(?:[^,。;:\\d]{0,10},)?[^,。;:\\d]{0,8}(?:让|托|叫|请|喊|要|拜托|委托|麻烦)我(?:来)?(?:帮|替|代|给)?(?:着|忙|他|她)*"
    "(?:补?记|报|上报|登记?|填报?|录入?|发|交|打卡|说)(?:一?[下声]|个|上|来)?(?:的|了|吧)*[:,\\s]*"
)
OPENING = late(
    r"(?:^|(?<=[。;!\n,]))(?:(?:下面|以下|下边|这|这条|这些|后面|接着)(?:是|的是)?|还有|另外|顺便)?(?:把|报)?"
)
OWNED = late("(?:同志|老师)?的(?:也|都|一起|一并|顺便|顺带|报|发|记|一下|内容|记录|情况)*[:,]\\s*")
OTHERS_TOO = late(
    "[\n:+龙转代帮替给]|[让托叫请喊要烦]我|的[^,:。;!?\n]{0,20}[,:]"
)  # without any of these it is one's own
SELF = frozenset(("我", "本人", "自己", "我自己"))


class Line(NamedTuple):
    """A stretch of the message and the colleague it speaks of; `skip` for headings' samples."""

    start: int
    end: int
    colleague: str | None = None
    skip: bool = False
    head: bool = False
    listed: bool = False


def lines(text: str) -> list[Line]:
    """The stretches of a message that belong to different people; one for the whole where it is one person's."""
    found = of_others(text) if OTHERS_TOO.search(text) else []
    return found or [Line(0, len(text))]


def of_others(text: str) -> list[Line]:
    """The stretches of others and one's own beside them; none where nobody else is told for."""
    if found := of_several(text):
        return found
    if text.count(":") > 1 and sum(speaker(part) is not None for part in PART.split(text)) > 1:
        return list(speakers(text))
    if "+" in text and PLUSES.fullmatch(text) and (found := tallies(text)):
        return found
    spoken = FOR.search(text)
    if spoken and (end := whose(text, spoken.end())):
        tail = RECORDS.match(text, end)
        return [
            *([Line(0, spoken.start())] if spoken.start() else []),
            Line(tail.end() if tail else end, len(text), text[spoken.end() : end]),
        ]
    asked = ASKED.search(text) if "记" in text or "报" in text or "登" in text else None
    if asked and (theirs := asking(text)):
        return [theirs]
    if "我" in text and (begged := begging(text)):
        return [begged]
    if "的" in text and (headed := heading(text)):
        return headed
    passed = FORWARD.match(text)
    if passed:
        return [Line(*named(text, passed.end(), len(text)))]
    alone = speaker(text)
    return [Line(alone.end(), len(text), alone.group(1))] if alone else []


def of_several(text: str) -> list[Line]:
    """The lines of a 接龙; none where the numbered lines are one person's report."""
    if not CHAIN.search(text) or not ("\n" in text or INNER.search(text)):
        return []
    found = list(chain(text))
    return found if "接龙" in text or any(line.colleague or line.skip for line in found) else []


def name_at(text: str, start: int) -> int:
    """Where a name of the usual shapes ends, 0 where none begins here."""
    nick = NICK.match(text, start)
    return nick.end() if nick else name_end(text, start)


def begging(text: str) -> Line | None:
    """小张让我报:…, 小赵没带手机,让我帮着报一下: a colleague who asked to be told for."""
    begins = COLLEAGUE.match(text)
    start = begins.end() if begins else 0
    familiar = text[start : start + 1] in ("小", "老", "阿") and text[start + 1 : start + 2] in SURNAMES
    end = start + 2 if familiar else name_at(text, start)
    asked = BEGGED.match(text, end) if end else None
    return Line(asked.end(), len(text), text[start:end]) if asked else None


def heading(text: str) -> list[Line] | None:
    """下面是小周的:…, 老李的也一起:…: what follows is a colleague's, what stands before is one's own."""
    for mark in OPENING.finditer(text):
        end = name_at(text, mark.end())
        owned = OWNED.match(text, end) if end else None
        if owned:
            own = [Line(0, mark.start())] if mark.start() else []
            return [*own, Line(owned.end(), len(text), text[mark.end() : end])]
    return None


def speaker(line: str) -> re.Match[str] | None:
    """The name a line begins with, before its colon."""
    match = ALONE.match(line)
    return match if match and name_end(line, match.start(1)) == match.end(1) else None


def asking(text: str) -> Line | None:
    """A colleague named first, for whom it is to be recorded."""
    begins = COLLEAGUE.match(text)
    start = begins.end() if begins else 0
    nick = NICK.match(text, start)
    end = nick.end() if nick else name_end(text, start)
    if not end or not (begins or text[end : end + 1] in "说讲让叫托请"):
        return None
    return Line(end if begins else end + 1, len(text), text[start:end])


def speakers(text: str) -> Iterator[Line]:
    """Lines, or parts of one, that each begin with a name."""
    at = 0
    for words in PART.split(text):
        match = speaker(words)
        yield Line(at + match.end(), at + len(words), match.group(1)) if match else Line(at, at + len(words))
        at += len(words) + 1


def whose(text: str, start: int) -> int:
    """Where the name of the colleague ends, 0 where none begins here."""
    nick = NICK.match(text, start)
    if nick:
        return nick.end()
    end = name_end(text, start)
    if end:
        return end - 1 if end - start == 3 and text[end - 1] in "记报登补填录" else end
    placed = BEFORE_RECORDS.match(text, start)
    return placed.end() if placed and placed[0][0] in SURNAMES else 0


def placed_name(text: str, start: int, end: int) -> int:
    """Where the name ends that a line begins with, told by its place alone; 0 for words of the trade and no surname."""
    word = FIRST_WORD.match(text, start, end)
    return word.end() if word and word[0][0] in SURNAMES and word[0] not in vocabulary().roles else 0


def chain(text: str) -> Iterator[Line]:
    """Each line of a 接龙."""
    at, head, sure = 0, True, "接龙" in text
    for words in INNER.sub("\n", text).split("\n"):
        end = at + len(words)
        if SAMPLE.match(words):
            yield Line(at, end, skip=True)
        elif number := NUMBERED.match(words):
            head, start = False, at + number.end()
            name = placed_name(text, start, end) if sure and text[start:end] else 0
            yield Line(*((name, end, text[start:name]) if name else named(text, start, end)), listed=True)
        elif at and COUNTS.search(words) and (line := named(text, at, end))[0] > at:
            yield Line(*line, listed=True)
        else:
            yield Line(at, end, head=head)
        at = end + 1


def tallies(text: str) -> list[Line]:
    """李红+3 周明+2 我+1: names with what they add, one behind the other."""
    found = [named(text, match.start(), match.end()) for match in TALLY.finditer(text)]
    return (
        [Line(*one, listed=True) for one in found]
        if all(one[0] > at.start() for one, at in zip(found, TALLY.finditer(text), strict=True))
        else []
    )


def named(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """The line without its person's name, and the name: one of the first words that has the shape of one."""
    at = start
    for _ in range(3):
        stop = SPLIT.search(text, at, end)
        edge = stop.start() if stop else end
        word = text[at:edge]
        if word in SELF:
            return edge, end, None
        nick = NICK.match(text, at)
        length = nick.end() if nick else name_end(text, at)
        if length and (text[length:edge] in ("", "的") or at == start) and length <= end:
            return length, end, text[at:length]
        if not stop:
            break
        at = stop.end()
    return start, end, None
