"""What big files cost the web side: a real server, files of a large unit taken one after another, its memory between them.

Run: python benchmarks/big_files.py [--people 1000] [--entries 100] [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import insert

from benchmarks.year_sheets import NOW, fill
from bot import clock
from bot.replay import CHANNEL, Player
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import migrate
from models.people import Account, Person

ROOT = Path(__file__).resolve().parent.parent
PORT = 18_765
BASE = f"http://127.0.0.1:{PORT}"
KEY = "benchmark-" * 4
WHO = "周督导"
FORMS = ("导出全体人员年度表", "导出2026年档案", "导出任务清单完成情况", "导出年度总结")


def seeded(url: str, people: int, entries: int) -> Service:
    """A large unit with one leader who has joined."""
    service = open_service(Settings(database_url=url, dundian_secret_key=KEY, dundian_base_url=BASE))
    migrate(service.engine)
    with service.engine.begin() as connection:
        fill(connection, people, entries, " ".join(service.policies))
        leader = {"id": 10_000_000, "unit_id": 1, "name": WHO, "roles": "supervisor unit_admin"}
        connection.execute(insert(Person).values(**leader))
        joined = {"channel": CHANNEL, "user": WHO, "person_id": leader["id"], "joined_at": NOW}
        connection.execute(insert(Account).values(**joined, failures=0, reachable=True))
    return service


@contextmanager
def serving(url: str) -> Iterator[int]:
    """The web side as a process of its own; gives its number."""
    own = {"DATABASE_URL": url, "DUNDIAN_SECRET_KEY": KEY, "DUNDIAN_BASE_URL": BASE, "DUNDIAN_PORT": str(PORT)}
    command = [sys.executable, "-m", "bot", "web"]
    server = subprocess.Popen(command, env=os.environ | own, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urlopen(f"{BASE}/healthz")
                break
            except URLError:
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def take(player: Player, form: str) -> tuple[float, int, list[int]]:
    """Ask in chat, give the code, wait, download; seconds, bytes, and the hundredths that the page told."""
    player.play([f"now {clock.now():%Y-%m-%d %H:%M}", f"{WHO}: {form}"])
    found = re.search(r"取件码(\d{6})：\n\S*?(/f/\S+)", player.answer)
    if not found:
        raise SystemExit(player.answer)
    browser, path = build_opener(HTTPCookieProcessor(CookieJar())), BASE + found[2]
    page = browser.open(path, data=f"code={found[1]}".encode()).read().decode()
    proof = re.search(r'name="proof" value="(\w+)"', page)
    return _wait(browser, path, f"proof={proof[1] if proof else ''}".encode())


def _wait(browser: OpenerDirector, path: str, form: bytes) -> tuple[float, int, list[int]]:
    begun, told = time.perf_counter(), list[int]()
    answer = browser.open(path + "/file", data=form)
    while "text/html" in answer.headers["Content-Type"]:
        page = answer.read().decode()
        far = re.search(r"正在生成 (\d+)%", page)
        told += [int(far[1])] if far else []
        time.sleep(0.3 if far else 0)
        answer = browser.open(path) if far else browser.open(path + "/file", data=form)
    size = 0
    while piece := answer.read(1 << 16):
        size += len(piece)
    return time.perf_counter() - begun, size, told


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=FORMS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/big.db"
        player = Player(seeded(url, given.people, given.entries), lambda _: None)
        with serving(url) as pid:
            print(f"web side at start: {memory(pid):.0f} MB")
            for number in range(given.rounds):
                for form in [given.only] if given.only else FORMS:
                    seconds, size, told = take(player, form)
                    print(
                        f"round {number + 1} {form}: {seconds:.1f} s, {size / 1e6:.1f} MB, page told "
                        f"{len(set(told))} steps, web side {memory(pid):.0f} MB"
                    )
            print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
