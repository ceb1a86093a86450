"""Every date in a text, in order: found by the rules, put together into lists and ranges, resolved against a moment.

Several days said as one list (9月3日、5日; 周一周二) are one `Said` that resolves to several `Days`; a range is one `Said`
of one `Days`. In 这周去了一二四 the `Said` stands at 这周 and has three `Days`; the words 一二四 are a `Said` of rule "echo"
that resolves to nothing. A day alone takes month, year or week from the date said before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from bot.understanding.dates_calendar import Days, Spec, find
from bot.understanding.dates_rules import RULES, weekday_numbers
from bot.understanding.edges import glance
from bot.understanding.frozen import frozen
from bot.understanding.late import late
from bot.understanding.numerals import NUMBER, value

__all__ = ["DURATION", "Days", "Said", "day_count", "scan"]

FORMS = tuple(re.sub("[(][?]P<[a-z]+>", "(?:", rule.pattern.pattern) for rule in RULES)
AT_ONCE = 4  # forms behind one look at their first letters
MASTER = late(lambda: f"{glance(FORMS)}(?:{'|'.join(several(at) for at in range(0, len(FORMS), AT_ONCE))})")
TIME = "(?:的?(?:凌晨|清晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|夜里|晚|早))?"
RANGE = re.compile(rf" ?{TIME}(?:[-~]|一?直?[蹲驻待呆住]?[点校班]?到了?|至|——) ?")
BETWEEN = re.compile("[和与]")
BETWEEN_END = re.compile("之?间")
RANGE_END = re.compile("之?间|期间|为?止")
LIST = re.compile("(?:上午|下午|早上|晚上)?(?<!天晚上) ?(?:[、 &+]|和|跟|与|同|及|以及|还有|,又?)? ?")
MERGE = re.compile("[ ,(]{0,2}")
SINCE = re.compile("(?:以来|至今|到现在|到目前(?:为止)?|到今为止|起至今)")
FROM = re.compile("(?:从|自从?|打)$")
UNTIL = re.compile("(?:截至|截止到?)$")
ONWARD = re.compile("起(?!来|床|立|草)|开始(?!了)")
BARE_END = re.compile(r"(?:3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d.:%/名个位人次场节年级班]))")
ECHO = re.compile(
    r".{0,4}?(?:去|到|在|来|跑|蹲|驻|下|入|进|是)(?:过|了|校|学校|点|的是|的)*(?:是|周|星期)?"
    r"(?![一二三四五六]天)(?P<d>[一二三四五六日](?:[、,和]?[一二三四五六日天])+)(?=$|[,。;!\n ]|都|去|这?[二两三四五]天)"
)
DURATION = rf"(?:{NUMBER}个?半?(?:整)?(?:天|日|工作日)半?|[大小多]?半天|一?整天)"
SINGLE = frozenset(("day", "weekday", "offset", "next"))


def several(first: int) -> str:
    """Some forms of dates, each with a mark of its own, behind a look at what they may begin with."""
    forms = FORMS[first : first + AT_ONCE]
    marked = (f"(?:{form})(?P<r{at}>)" for at, form in enumerate(forms, first))
    return f"{glance(forms)}(?:{'|'.join(marked)})"


@frozen
class Said:
    """One date, list or range as said: where it stands, its words, its rule, and what it is made of."""

    start: int
    end: int
    words: str
    rule: str
    specs: tuple[Spec, ...] = ()

    def resolve(self, now: date, forward: bool = False) -> tuple[Days, ...]:
        """The days meant at `now`; `forward` for what is planned or asked for ahead."""
        today = now.date() if isinstance(now, datetime) else now
        return SHAPES.get(self.rule, listed)(self.specs, today, forward)


def listed(specs: tuple[Spec, ...], today: date, forward: bool) -> tuple[Days, ...]:
    """Each of several days."""
    return tuple(days for spec in specs for days in find(spec, today, forward))


def ranged(specs: tuple[Spec, ...], today: date, forward: bool) -> tuple[Days, ...]:
    """From the first day of the one to the last day of the other."""
    left, right = specs
    first, last = ends_ahead(left, right, today) if forward else ends_behind(left, right, today)
    for end in (first, last):
        if end.invalid:
            return (end,)
    if not forward and first.first and last.last and first.first <= today < last.last:
        return (replace(last, first=first.first, last=today),)
    return (Days(first.first, last.last, first.period, ambiguous=first.ambiguous or last.ambiguous),)


def ends_behind(left: Spec, right: Spec, today: date) -> tuple[Days, Days]:
    """The two ends of what lies behind: the latest end, and the latest beginning before it."""
    if left.kind == "day" and left.free and left.month is not None:
        first = find(left, today)[0]
        last = find(right, first.first, True)[-1] if right.free and first.first else find(right, today)[-1]
        if first.first and last.last and 0 < (last.last - today).days <= (last.last - first.first).days <= 31:
            return first, last
    first, last = find(left, today)[0], find(right, today)[-1]
    if not (first.first and last.last):
        return first, last
    if left.free:
        first = find(left, last.last)[0]
    if first.first and last.last < first.first and right.year is not None:
        last = find(with_next_year(right), today)[-1]
    if right.free and first.first and last.last and not 0 <= (last.last - first.first).days <= 366:
        last = find(right, first.first, True)[-1]
    return first, last


def with_next_year(spec: Spec) -> Spec:
    """The same a year later (从2025年12月29日到1月3日)."""
    return replace(spec, year=None if spec.year is None else spec.year + 1)


def ends_ahead(left: Spec, right: Spec, today: date) -> tuple[Days, Days]:
    """The two ends of what lies ahead."""
    first = find(left, today, True)[0]
    last = find(right, first.first if right.free and first.first else today, True)[-1]
    if first.first and last.last and last.last < first.first and right.year is not None:
        last = find(with_next_year(right), today, True)[-1]
    return first, last


def since(specs: tuple[Spec, ...], today: date, forward: bool) -> tuple[Days, ...]:
    """From a day on: up to today, or without an end for what lies ahead."""
    days = find(specs[0], today, forward)[0]
    return (replace(days, last=None if forward or days.invalid else max(today, days.first or today)),)


def until(specs: tuple[Spec, ...], today: date, forward: bool) -> tuple[Days, ...]:
    """Up to a day."""
    return (replace(find(specs[0], today, forward)[-1], first=None),)


SHAPES = {"range": ranged, "since": since, "until": until}


def scan(text: str) -> list[Said]:
    """All dates of a normalised text, in order, none overlapping another."""
    found: list[Said] = []
    anchor: Spec | None = None
    for said in grouped(text, atoms(text)):
        specs = tuple(inherited(spec, anchor) for spec in said.specs)
        if specs[0].kind == "next":
            if anchor is None:
                continue
            specs = (after(anchor, specs[0]),)
        said = said if specs == said.specs else replace(said, specs=specs)
        anchor = specs[-1]
        found.extend(with_echo(text, said))
    return found


def atoms(text: str) -> Iterator[Said]:
    """Single dates as the rules find them."""
    for match in MASTER.finditer(text):
        rule = RULES[int(match.lastgroup[1:])] if match.lastgroup else RULES[0]
        inner = rule.pattern.match(text, match.start())
        spec = rule.make(inner) if inner else None
        if spec:
            yield Said(match.start(), match.end(), match.group(), rule.name, (spec,))


def grouped(text: str, found: Iterator[Said]) -> Iterator[Said]:
    """Dates put together with their neighbours: 周日,二月十号; 9月3日、5日; 3号到5号."""
    group: Said | None = None
    for said in found:
        joined = group and together(text, group, said)
        if group and not joined:
            yield finished(text, group)
        group = joined or said
    if group:
        yield finished(text, group)


def together(text: str, left: Said, right: Said) -> Said | None:
    """Two neighbouring dates as one, where the words between them allow it."""
    if right.start - left.end > 6 or left.rule == "range":
        return None
    glue, a, b = text[left.end : right.start], left.specs[-1], right.specs[0]
    span = (left.start, right.end, text[left.start : right.end])
    if RANGE.fullmatch(glue) or (BETWEEN.fullmatch(glue) and BETWEEN_END.match(text, right.end)):
        return Said(*span, "range", (a, inherited(b, a))) if len(left.specs) == 1 else None
    if MERGE.fullmatch(glue) and (same := same_day(left, right, glue)):
        end = right.end + (glue[-1:] == "(" and text[right.end : right.end + 1] == ")")
        return Said(left.start, end, text[left.start : end], same.kind, (same,))
    if glue == " " and a.kind == "day" and b.words[0] == "今" and text[left.start - 1 : left.start] in ("", "\n"):
        return replace(left, end=right.end, words=text[left.start : right.end])
    if "," in glue and b in left.specs:
        return None
    if LIST.fullmatch(glue) and a.kind in SINGLE and b.kind in SINGLE and b.kind != "next":
        return Said(*span, "list", left.specs if a == b else (*left.specs, inherited(b, a)))
    return None


def same_day(left: Said, right: Said, glue: str) -> Spec | None:
    """The more exact of two ways to say one day: 周日,二月十号; 昨天(11月19日); 11月20日 星期五; 昨天周四."""
    a, b = left.specs[-1], right.specs[0]
    if len(left.specs) > 1 or len(a.days) > 1 or len(b.days) > 1:
        return None
    kinds = (a.kind, b.kind)
    if kinds == ("weekday", "day") or (kinds == ("offset", "day") and "," not in glue):
        return b
    if kinds in (("day", "weekday"), ("day", "offset")) and (b.week is None and ("," not in glue or a.month)):
        return a if b.kind == "weekday" or "(" in glue else None
    return a if kinds == ("offset", "weekday") and b.week is None and "," not in glue else None


def finished(text: str, said: Said) -> Said:
    """A date with the words that open or close it: 从, 截至, 以来, 之间; or the bare end of a range (9.3-5)."""
    start, end, rule = said.start, said.end, said.rule
    specs = said.specs
    glue = RANGE.match(text, end)
    if rule != "range" and glue and specs[-1].kind == "day" and (bare := BARE_END.match(text, glue.end())):
        specs = (specs[0], inherited(Spec("day", bare.group(), days=(int(bare.group().rstrip("日号")),)), specs[0]))
        rule, end = "range", bare.end()
    opened = FROM.search(text, max(0, start - 2), start)
    if rule == "range":
        closed = RANGE_END.match(text, end)
    else:
        closed = SINCE.match(text, end) or (opened and ONWARD.match(text, end)) or None
        rule = "since" if closed or specs[0].words.startswith("开学") else rule
    limited = UNTIL.search(text, max(0, start - 3), start)
    if limited and rule != "range":
        rule = "until"
    if text[start - 1 : start] == "到" and text.startswith("为止", end) and rule != "range":
        return Said(start - 1, end + 2, text[start - 1 : end + 2], "until", specs)
    if before := opened or limited:
        start = before.start()
    end = closed.end() if closed else end
    return Said(start, end, text[start:end], rule, specs)


def inherited(spec: Spec, anchor: Spec | None) -> Spec:
    """A day that leaves out its year, month or week, in that of the date before it."""
    if anchor is None or spec.kind not in ("day", "weekday", "month"):
        return spec
    if spec.kind == "weekday":
        return replace(spec, week=anchor.week) if spec.week is None and anchor.kind in ("week", "weekday") else spec
    if spec.words in ("上旬", "中旬", "下旬") and anchor.kind == "month":
        return replace(anchor, words=spec.words, part=spec.part)
    if anchor.kind not in ("day", "month") or spec.year is not None or spec.year_off is not None:
        return spec
    if spec.month is not None:
        return same_year(spec, anchor)
    return same_month(spec, anchor) if spec.kind == "day" and spec.month_off is None else spec


def same_year(spec: Spec, anchor: Spec) -> Spec:
    """A month and day in the year of the date before, or the next where the months turn back."""
    turned = int(anchor.month is not None and spec.month is not None and spec.month < anchor.month)
    if anchor.year is not None:
        return replace(spec, year=anchor.year + turned)
    return spec if anchor.year_off is None or turned else replace(spec, year_off=anchor.year_off)


def same_month(spec: Spec, anchor: Spec) -> Spec:
    """A bare day in the month of the date before, or in the next where the days turn far back (28号, 2号)."""
    turned = anchor.kind == "day" and anchor.days[-1] - spec.days[0] > 15
    if anchor.month_off is not None:
        return replace(spec, month_off=anchor.month_off + turned, year_off=anchor.year_off)
    if anchor.month is None:
        return spec
    month = anchor.month % 12 + 1 if turned else anchor.month
    year = anchor.year + 1 if anchor.year is not None and month < anchor.month else anchor.year
    return replace(spec, month=month, year=year, year_off=anchor.year_off)


def after(anchor: Spec, spec: Spec) -> Spec:
    """The day after the one said before."""
    if anchor.kind == "next":
        return replace(anchor, n=anchor.n + spec.n, words=spec.words)
    return replace(spec, base=anchor)


def with_echo(text: str, said: Said) -> Iterator[Said]:
    """A week with the days named after the verb: 这周去了一二四."""
    spec = said.specs[-1]
    echo = ECHO.match(text, said.end) if spec.kind == "week" and len(said.specs) == 1 else None
    days = weekday_numbers(echo["d"]) if echo else ()
    if echo and list(days) == sorted(set(days)):
        yield replace(said, specs=(Spec("weekday", spec.words, week=spec.week, days=days),))
        yield Said(echo.start("d"), echo.end("d"), echo["d"], "echo")
    else:
        yield said


def day_count(words: str) -> float | None:
    """How many days a duration says: 3天, 一天半, 半天, 三个半天; none where it is vague."""
    if "半天" in words:
        many = (
            value(words[: words.index("半天")].rstrip("个")).value
            if words.index("半天") and words[0] not in "大小多"
            else 1.0
        )
        return None if many is None else many * 0.5
    if words in ("整天", "一整天"):
        return 1.0
    half = 0.5 if words.endswith("半") else 0.0
    many = value(re.split("个|整|天|日|工", words)[0]).value
    return None if many is None else many + half
