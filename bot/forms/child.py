"""The process that makes one big file: it takes its turn, keeps to its limits, tells how far it is, and ends."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.forms.registry import order_of, write
from bot.forms.workshop import BYTES, QUEUE, SECONDS
from bot.scrub import where
from bot.service import open_service
from bot.settings import Settings
from models.database import reading
from models.refusal import Refusal


def main(folder: Path, told: Mapping[str, Any]) -> int:
    """Make the file that was asked for; gives the process's end."""
    with _turn(folder.parent / "turn"):
        _limit()
        try:
            _make(folder, Settings(**told["settings"]), told["job"])
        except Refusal as refusal:
            _say(folder / "refused", str(refusal))
        except MemoryError:
            return 12
    return 0


@contextmanager
def _turn(lock: Path) -> Iterator[None]:
    """One at a time on this machine; the system gives the turn back, however the process ends."""
    signal.alarm(QUEUE)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _limit() -> None:
    """Beyond these the system ends the process."""
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    os.nice(5)


def _make(folder: Path, settings: Settings, job: Mapping[str, Any]) -> None:
    service, part = open_service(settings), folder / "part"
    moment = datetime.fromisoformat(job["now"])
    with reading(service.engine).connect() as connection, part.open("wb") as out:
        order = order_of(service, connection, job["wanted"], job["viewer"], moment)
        made = write(replace(order, progress=_progress(folder / "progress")), job["form"], out)
    service.engine.dispose()
    _say(folder / "made", json.dumps({"name": made.name, "kind": made.kind, "people": made.people}))
    part.rename(folder / "content")


def _progress(place: Path) -> Any:
    """Tell how much is done, in hundredths, when that has changed."""
    said = [0]

    def tell(share: float) -> None:
        percent = min(int(share * 100), 99)
        if percent > said[0]:
            said[0] = percent
            _say(place, str(percent))

    return tell


def _say(place: Path, words: str) -> None:
    """Write so that a reader sees all of it or none."""
    part = place.with_name(place.name + ".part")
    part.write_text(words, "utf-8")
    part.replace(place)


def _told_of(_kind: type[BaseException], bug: BaseException, _trace: object) -> None:
    """Say where it went wrong, and not in what words: those may be somebody's."""
    sys.stderr.write(f"a file was not made: {where(bug)}\n")


if __name__ == "__main__":
    sys.excepthook = _told_of
    sys.exit(main(Path(sys.argv[1]), json.load(sys.stdin)))
