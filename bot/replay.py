r"""Plays a dialogue on a scratch database and checks what the bot was expected to say.

Lines: `now 2026-11-20 17:30` sets the clock; `王干事: 今天访谈3名队员` is said by that person; `# …` is a comment;
`机器人: …` is an expectation: the last answer must contain that text. A `\n` in what is said is a line break.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from bot import conversation
from bot.channels.base import Incoming
from bot.clock import CHINA
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import migrate
from models.people import Account, Person

BOT = "机器人"
CHANNEL = "replay"
FIRST = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
_LINE = re.compile(r"^(?P<who>[^\s:：]{1,20})\s*[:：]\s?(?P<words>.*)$")
_NOW = re.compile(r"^now\s+(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2}(?::\d{2})?)\s*$")


class ReplayError(Exception):
    """A line that is none of a dialogue's; the message names it and says what lines look like."""


class Unexpected(Exception):
    """The bot said something else than the dialogue expects; the message holds both."""


@dataclass(slots=True)
class Player:
    """A dialogue in progress: its clock moves a second with each message."""

    service: Service
    show: Callable[[str], None]
    now: datetime = FIRST
    said: int = 0
    answer: str = ""
    people: set[str] = field(default_factory=set)

    def play(self, lines: Sequence[str]) -> None:
        """Play all lines; raises ReplayError at a wrong line, Unexpected at an answer that is not the expected one."""
        for number, who, words in _steps(lines):
            if who == "now":
                self.now = datetime.fromisoformat(words).replace(tzinfo=CHINA)
            elif who == BOT:
                self._expect(number, words)
            else:
                self._say(who, words)

    def _say(self, who: str, words: str) -> None:
        self.said += 1
        self.now += timedelta(seconds=1)
        self.show(f"{who}: {words}")
        message = Incoming(CHANNEL, who, f"{self.said}", "text", words.replace("\\n", "\n"), self.now)
        self.answer = conversation.answer(self.service, message, self.now) or ""
        self.show(f"{BOT}: {self.answer}")

    def _expect(self, number: int, words: str) -> None:
        if words not in self.answer:
            raise Unexpected(f"line {number}\nexpected: {words}\nanswered: {self.answer}")


def _steps(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Each line's number, speaker (or `now`) and words; further lines of an expectation belong to it."""
    for number, raw in enumerate(lines, start=1):
        line = raw.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        clock, spoken = _NOW.match(line), _LINE.match(line)
        if clock:
            yield number, "now", _moment(number, f"{clock[1]} {clock[2].zfill(5)}")
        elif spoken:
            yield number, spoken["who"], spoken["words"]
        else:
            raise ReplayError(
                f"line {number}: {line!r} is none of: now 2026-11-20 17:30 | 姓名: words | 机器人: words | # comment"
            )


def _moment(number: int, words: str) -> str:
    try:
        return datetime.fromisoformat(words).isoformat()
    except ValueError:
        raise ReplayError(f"line {number}: {words} is no day and time") from None


def begins(lines: Sequence[str]) -> datetime:
    """The moment that the first `now` line sets; a roster is taken in then."""
    moments = (datetime.fromisoformat(words).replace(tzinfo=CHINA) for _, who, words in _steps(lines) if who == "now")
    return next(moments, FIRST)


def scratch(folder: Path) -> Service:
    """A service on an empty database of its own, without channels."""
    url = f"sqlite:///{folder / 'replay.db'}"
    service = open_service(Settings(database_url=url, dundian_demo=True))
    migrate(service.engine)
    return service


def join_everybody(service: Service) -> None:
    """People of the roster are joined already; the user id is the name."""
    with service.engine.begin() as connection:
        names = connection.execute(select(Person.id, Person.name).order_by(Person.id)).all()
        unique = {row.name: row.id for row in reversed(names)}
        rows = [
            {
                "channel": CHANNEL,
                "user": name,
                "person_id": number,
                "joined_at": FIRST,
                "failures": 0,
                "reachable": True,
            }
            for name, number in unique.items()
        ]
        if rows:
            connection.execute(insert(Account), rows)


def replay(
    lines: Sequence[str],
    fill: Callable[[Service], None],
    show: Callable[[str], None],
    finish: Callable[[Service], None] | None = None,
) -> None:
    """Play lines on a scratch database that `fill` has given a roster; `finish` may print what is left there."""
    with tempfile.TemporaryDirectory() as folder:
        service = scratch(Path(folder))
        try:
            fill(service)
            join_everybody(service)
            Player(service, show).play(lines)
            if finish:
                finish(service)
        finally:
            service.engine.dispose()
