"""What holds on from clause to clause: the day, the school, whether it is planned, and the deed last spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from .clauses import FILLER, Clause
from .dates_calendar import Days, month_end
from .deeds import Deed
from .late import late
from .numerals import Number
from .people import Group
from .tokens import Token

RECENT = 60
DAYS_OF_WEEK = 6
BEFORE = late("(?:之|以)?前(?![天日前后晌半夜些几两三面排])")
EVERY_DAY = late("我?(?:一直|天天|每天|全|都|也都|连着)")
RUNNING = late("(?:学期|今年|开学|年初|年)以?来|至今|到现在|为止|截[至止]|到目前|迄今|到今天")


@dataclass(slots=True)
class Scene:
    """The running state of a message, or of one person's line of it."""

    text: str
    now: datetime
    colleague: str | None = None
    days: tuple[Days, ...] = ()
    ranged: bool = False
    ahead: bool = False
    place: tuple[int, int] | None = None
    planning: bool = False
    dropping: bool = False
    totalling: bool = False
    summing: bool = False
    deeds: list[Deed] = field(default_factory=list)
    last: Deed | None = None
    sentence: int = 0
    clause: int = 0
    asks: bool = False
    date_at: int = -1
    topic: list[Group] = field(default_factory=list)
    topic_at: int = -9
    meeting_at: int = -9
    topic_alone: bool = False
    named_school: bool = False
    listed: bool = False
    klass: tuple[int, int] | None = None
    size: Number | None = None
    running: bool = False
    deadline: bool = False
    diary: int = 0
    place_said: bool = False
    halves_at: int = -9
    forward: bool = False
    lengths: list[tuple[Token, Token]] = field(default_factory=list)
    missed: bool = False
    schools: list[tuple[int, int]] = field(default_factory=list)
    schools_at: int = -9

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    @property
    def of_term(self) -> bool:
        """True where the whole term is spoken of."""
        return bool(self.days) and self.days[0].period == "term"

    @property
    def recent(self) -> list[Deed]:
        """The deeds told last; farther back nothing belongs together."""
        return self.deeds[-RECENT:]

    def open(self, activity: str, start: int, end: int, tone: str = "words") -> Deed:
        """A new deed under what holds now."""
        deed = Deed(activity, start, end, tone, colleague=self.colleague, sentence=self.sentence, clause=self.clause)
        deed.days, deed.dated, deed.explicit_range = self.days, bool(self.days), self.ranged
        deed.place = self.place
        deed.planned = self.planning or self.ahead or self.forward
        deed.dropped = self.dropping
        deed.total = self.totalling or self.running or (self.summing and self.of_term)
        self.deeds.append(deed)
        return deed

    def dated(self, tokens: Sequence[Token], forward: bool) -> None:
        """From here on these days hold."""
        found = days_meant(tokens, self.now, forward)
        if not found:
            return
        self.days = tuple(found)
        self.running = (self.running and found[0].period == "term") or any(
            (t.said is not None and t.said.rule in ("since", "until") and RUNNING.search(t.word) is not None)
            or self.text.startswith("为止", t.end)
            for t in tokens
        )
        self.deadline = any(
            BEFORE.match(self.text, t.end) or (t.said and t.said.rule == "until" and t.word.endswith("前"))
            for t in tokens
        )
        self.ranged = any(
            t.said is not None
            and (t.said.rule == "range" or (t.said.rule == "recent" and EVERY_DAY.match(self.text, t.end)))
            for t in tokens
        )
        first = found[0].first
        self.ahead = first is not None and first > self.today
        self.date_at = tokens[-1].end
        if not self.ahead:
            self.planning = False

    def when(self) -> tuple[tuple[Days, ...], bool, bool, int, bool]:
        """The days that hold, to come back to."""
        return self.days, self.ranged, self.ahead, self.date_at, self.planning

    def hold(self, when: tuple[tuple[Days, ...], bool, bool, int, bool]) -> None:
        """The days of before hold again."""
        self.days, self.ranged, self.ahead, self.date_at, self.planning = when

    def redate(self, deeds: Sequence[Deed]) -> None:
        """A date said behind: it holds for what was said before it."""
        for deed in deeds:
            deed.days, deed.dated, deed.explicit_range = in_week(deed.days, self.days), True, self.ranged
            deed.planned = deed.planned or self.ahead

    def enter(self, clause: Clause) -> None:
        """A new clause; a new sentence ends plans and totals."""
        self.clause += 1
        self.place_said = self.place_said or "school" in clause.roles
        if clause.hard:
            self.sentence += 1
            self.planning = self.dropping = self.totalling = self.summing = False

    def near(self, deed: Deed) -> bool:
        """True where the deed was spoken of in this sentence or just before."""
        return self.sentence - deed.sentence <= 1

    def speak_of(self, found: list[Group]) -> None:
        """These people are spoken of now."""
        self.topic, self.topic_at, self.topic_alone, self.missed = found, self.clause, False, False

    def total_back(self, clause: Clause) -> None:
        """含已报的 behind a number makes it a total."""
        word = clause.first("total")
        if word is None or word.word[0] not in "含连加算包集攒凑已之前先":
            return
        for deed in self.recent:
            if deed.sentence == self.sentence:
                deed.total = True

    def span_around(self) -> tuple[Days, ...]:
        """The month of the day spoken of, up to today."""
        day = self.days[0].first if self.days else None
        if day is None:
            return self.days
        return (Days(day.replace(day=1), min(self.today, month_end(day.year, day.month))),)

    def closes(self, clause: Clause, token: Token) -> bool:
        """True where nothing is said behind a date any more."""
        return not any(
            c not in FILLER for c in self.text[token.end : clause.end].replace("上午", "").replace("下午", "")
        )

    def is_topic(self, token: Token) -> bool:
        """聊了聊暑假: a season is talked of, not the day of the talk."""
        return token.word in ("暑假", "寒假", "假期", "国庆", "春节", "过年", "元旦")

    def apart(self, deed: Deed) -> Deed:
        """A new deed of the same kind as one before (10月份2次 11月份1次)."""
        other = self.open(deed.activity, deed.start, deed.end, deed.tone)
        other.forum, other.proven = deed.forum, deed.proven
        return other


def days_meant(tokens: Sequence[Token], now: datetime, forward: bool) -> list[Days]:
    """The days of dates said together; without what is still to come, unless it is spoken of."""
    found = [day for token in tokens if token.said is not None for day in token.said.resolve(now, forward)]
    today = now.date()
    if not forward and any(d.first and d.first <= today for d in found):
        return [past(d, today) for d in found if d.first is None or d.first <= today]
    return found


BETWEEN_DATES = " 、,和跟与同及还有也"


def take_dates(scene: Scene, clause: Clause, tokens: Sequence[Token]) -> bool:
    """Dates among some tokens hold from here on; those side by side together, else the last."""
    if "date" not in clause.roles:
        return False
    found = [t for t in tokens if "date" in t.roles and not beside_the_day(scene, t, tokens)]
    if not found:
        return False
    scene.diary = len(scene.deeds) + 1 if heads_diary(scene.text, found[0]) else 0
    kept = together(scene.text, found)
    scene.dated(
        kept, forward=scene.forward or "plan" in clause.roles or BEFORE.match(scene.text, kept[-1].end) is not None
    )
    return True


def together(text: str, found: Sequence[Token]) -> list[Token]:
    """The last date, with those side by side before it."""
    kept = [found[-1]]
    for token in reversed(found[:-1]):
        if text[token.end : kept[0].start].strip(BETWEEN_DATES):
            break
        kept.insert(0, token)
    return kept


DIARY = late(r"[\])]|$|[\n:]|[ ,。;|](?![^\n]{0,3}(?:\d|队员|听|到校))")
HEADING = late(r"(?:^|\n)(?:[^\d\n,。]{0,6}[日手随札][记志][录 :]?)?[\[( ]?$")


def heads_diary(text: str, token: Token) -> bool:
    """True for a date alone at the head of its line, as diaries have it."""
    if token.said is None or len(token.said.specs) != 1 or token.said.specs[0].kind != "day":
        return False
    return DIARY.match(text, token.end) is not None and HEADING.search(text, 0, token.start) is not None


def diary_day(scene: Scene, token: Token) -> bool:
    """11月19日 晴。今天到校: in a diary, today is the day at its head."""
    if token.word[0] != "今" or token.said is None:
        return False
    return scene.diary == len(scene.deeds) + 1 or scene.text[token.start - 1 : token.start] == "。"


SPANS = frozenset(("year", "year-edge", "term", "month", "quarter", "half"))
THING = late("的[一-鿿]{2}")
ALIKE = late("一样|差不多|似的|相比|那样|的(?:差不多|一样)")
SPANS_SHORT = frozenset(("month", "week", "term", "year"))
NTH = late("(?:[春秋]季?学期)?的?第[一二三四五六七八九十\\d]+[次回趟]")
LONG_AGO = timedelta(days=45)


def beside_the_day(scene: Scene, token: Token, tokens: Sequence[Token]) -> bool:
    """True for a date that does not say when: a span around the day, a diary's today, a feast that only names the event."""
    if within(scene, token) or (scene.diary and diary_day(scene, token)):
        return True
    return only_names(scene.text, scene.now, token, tokens)


def only_names(text: str, now: datetime, token: Token, tokens: Sequence[Token]) -> bool:
    """True for a date that by its own words and those behind it does not say when."""
    if token.said is None:
        return False
    if ALIKE.match(text, token.end) or (token.said.rule in SPANS_SHORT and NTH.match(text, token.end)):
        return True
    if (
        token.said.rule in SPANS
        and THING.match(text, token.end)
        and not any("act" in t.roles or "num" in t.roles for t in tokens)
    ):
        return True
    if token.said.rule != "feast":
        return False
    day = token.said.resolve(now)[0].first
    return day is None or now.date() - day > LONG_AGO


def within(scene: Scene, token: Token) -> bool:
    """作为本月的主题队日: a span around the day already said says nothing new."""
    if token.said is None or not scene.days or scene.text[token.end : token.end + 1] != "的":
        return False
    span, day = token.said.resolve(scene.now), scene.days[0]
    if (
        len(span) != 1
        or not (span[0].first and span[0].last and day.first and day.last)
        or span[0].first == span[0].last
    ):
        return False
    return span[0].first <= day.first and day.last <= span[0].last


def in_week(said: tuple[Days, ...], week: tuple[Days, ...]) -> tuple[Days, ...]:
    """周四听课,周五宣讲,都是上周的: days of the week told before, now in the week that is said of them all."""
    span = week[0] if len(week) == 1 else None
    if span is None or not (span.first and span.last) or (span.last - span.first).days != DAYS_OF_WEEK or not said:
        return week
    days = [day.first for day in said if day.first and day.first == day.last]
    if len(days) != len(said):
        return week
    moved = [span.first + timedelta(days=day.weekday()) for day in days]
    return tuple(Days(day, day) for day in moved)


def past(days: Days, today: date) -> Days:
    """Days without what is still to come."""
    return replace(days, last=today) if days.last and days.last > today else days


def same_days(a: Sequence[Days], b: Sequence[Days]) -> bool:
    """True where two deeds lie on the same days."""
    return [(d.first, d.last) for d in a] == [(d.first, d.last) for d in b]
