"""Where big files are made: a child process each, with its own memory and time, in a folder that nobody else may read.

The folder tells every worker of this machine how far a file is; half an hour after it was begun it is gone.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot import clock
from bot.settings import Settings
from models.refusal import Refusal

log = logging.getLogger("dundian.files")

SECONDS = 900  # a child that works longer is killed; the largest file of 20,000 people takes some 200
QUEUE = 600  # and so is one that waits longer for its turn: one file is made at a time
KEPT = 1800
WAITING = 8
BYTES = 1 << 30  # of memory, for one child
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class State:
    """How far a file is: `none`, `making` (with percent), `ready`, `refused` (with words) or `failed`."""

    kind: str
    percent: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that is ready: its name, its kind, whose names it shows, and where it lies."""

    name: str
    kind: str
    people: tuple[int, ...]
    path: Path


def place(settings: Settings, number: int, code: str) -> Path:
    """The folder of the file behind a link; `code`, as it is kept, tells the link from a later one of the same number."""
    return room_of(settings) / f"{number}-{_mark(settings.secret_key, code)}"


def room_of(settings: Settings) -> Path:
    """The room of all folders, for this user alone."""
    room = Path(tempfile.gettempdir()) / f"dundian-{os.getuid()}-{_mark(settings.secret_key, settings.database_url)}"
    room.mkdir(mode=0o700, exist_ok=True)
    held = room.lstat()
    if held.st_uid != os.getuid() or held.st_mode & 0o077 or room.is_symlink():
        raise PermissionError(f"{room} belongs to somebody else")
    return room


def _mark(*parts: str) -> str:
    return sha256(" ".join(("workshop", *parts)).encode()).hexdigest()[:16]


def state(folder: Path) -> State:
    """How far the file of a folder is; what was begun too long ago is dropped."""
    if _is_old(folder):
        shutil.rmtree(folder, ignore_errors=True)
    if (folder / "content").exists():
        return State("ready", 100)
    for name in ("refused", "failed"):
        with suppress(OSError):
            return State(name, words=(folder / name).read_text("utf-8"))
    try:
        said, told = (folder / "progress").read_text(), (folder / "progress").stat().st_mtime
    except OSError:
        return State("none")
    return State("failed") if _age(told) > QUEUE + SECONDS else State("making", int(said or 0))


def start(settings: Settings, folder: Path, job: Mapping[str, Any]) -> None:
    """Begin to make a file, unless that was begun already; raises Refusal where too many wait."""
    tidy(folder.parent)
    if sum(state(one).kind == "making" for one in folder.parent.iterdir() if one != folder) >= WAITING:
        raise Refusal("正在做的文件太多，请过几分钟再点一次。")
    if state(folder).kind in ("refused", "failed"):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    (folder / "progress").write_text("0")
    threading.Thread(target=_watch, args=(_spawn(settings, folder, job), folder), daemon=True).start()


def ready(folder: Path) -> Ready | None:
    """The file, where it is ready."""
    if state(folder).kind != "ready":
        return None
    with suppress(OSError):
        told = json.loads((folder / "made").read_text("utf-8"))
        return Ready(told["name"], told["kind"], tuple(told["people"]), folder / "content")
    return None


def tidy(room: Path) -> int:
    """Drop what was begun too long ago; gives how many files."""
    gone = 0
    for folder in room.iterdir() if room.is_dir() else ():
        if folder.is_dir() and _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _is_old(folder: Path) -> bool:
    with suppress(OSError):
        return _age(folder.stat().st_mtime) > KEPT
    return False


def _age(moment: float) -> float:
    return clock.now().timestamp() - moment


def _spawn(settings: Settings, folder: Path, job: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    child = subprocess.Popen(  # noqa: S603 -- our own program; the settings go by a pipe, where nobody can list them
        [sys.executable, "-m", "bot.forms.child", str(folder)],
        stdin=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
        start_new_session=True,
    )
    if child.stdin:
        with child.stdin as pipe:
            pipe.write(json.dumps({"settings": asdict(settings), "job": dict(job)}).encode())
    return child


def _watch(child: subprocess.Popen[bytes], folder: Path) -> None:
    """See a child to its end; one that stays too long is killed, one that died without a word is told of."""
    try:
        code = child.wait(QUEUE + SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        code = child.wait()
    if code and state(folder).kind == "making":
        log.error("a file was not finished: its process ended with %s", code)
        with suppress(OSError):
            (folder / "failed").write_text("")
    time.sleep(KEPT)
    shutil.rmtree(folder, ignore_errors=True)
