"""Throughput beside a wechatpy echo bot: same gunicorn, same encrypted messages, one run.

    python -m benchmarks.throughput [--messages 10000] [--people 1000]

Prints messages per second, p50/p95/p99, statements per message, memory of a worker, and the ratio to the echo bot; once
on PostgreSQL with two sync workers, once on SQLite with one. Needs requirements-dev.txt.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import event, insert
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from benchmarks.databases import addresses, postgres
from bot import clock, conversation
from bot.channels.base import Incoming
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import connect, migrate
from models.people import Account, Assignment, Person
from models.units import School, Unit

TOKEN, APP_ID, AES = "benchmark", "wx0123456789abcdef", "A" * 43
SECRET = "for-benchmarks-only-" * 2
PORT = 8391
STEADY = 250
CLIENTS = 4
TEXTS = (
    "{day}访谈{n}名队员",
    "{day}在城关小学驻校，访谈队员{n}名、辅导员2名",
    "{day}宣讲1场，{m}名队员参加",
    "{day}听课{n}节，和班主任聊了聊",
    "{day}发放问卷{m}份，办实事1件",
)


@dataclass(frozen=True)
class Measured:
    """What one run gave: messages per second and latencies in milliseconds."""

    rate: float
    latencies: Sequence[float]
    failures: int

    def at(self, share: float) -> float:
        """The latency below which this share of messages stayed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def seed(url: str, people: int) -> None:
    """A unit, a school, and people who have joined."""
    engine = connect(url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(insert(Unit), [{"id": 1, "name": "某县团委", "level": "county", "path": "/1/"}])
        school = {"id": 2, "parent_id": 1, "name": "城关小学", "level": "school", "path": "/1/2/"}
        connection.execute(insert(Unit), [school])
        connection.execute(insert(School), [{"unit_id": 2}])
        rows = [{"id": i, "unit_id": 1, "name": f"干部{i}", "roles": "cadre"} for i in range(1, people + 1)]
        connection.execute(insert(Person), rows)
        own = [{"person_id": i, "school_id": 2, "start": date(2025, 9, 1)} for i in range(1, people + 1)]
        connection.execute(insert(Assignment), own)
        accounts = [{"channel": "official", "user": f"user{i}", "person_id": i} for i in range(1, people + 1)]
        connection.execute(insert(Account), accounts)
    engine.dispose()


def words(number: int) -> str:
    """A message that no other equals: its day and figures vary."""
    day = clock.now().date() - timedelta(days=number // len(TEXTS) % 40)
    text = TEXTS[number % len(TEXTS)]
    return text.format(day=f"{day.month}月{day.day}日", n=number % 9 + 1, m=number % 57 + 3)


def requests(first: int, count: int, people: int) -> list[bytes]:
    """Encrypted deliveries as the platform posts them."""
    crypto = WeChatCrypto(TOKEN, AES, APP_ID)
    return [_request(crypto, number, people) for number in range(first, first + count)]


def _request(crypto: WeChatCrypto, number: int, people: int) -> bytes:
    stamp = str(int(time.time()))
    inner = (
        f"<xml><ToUserName>gh</ToUserName><FromUserName>user{number % people + 1}</FromUserName>"
        f"<CreateTime>{stamp}</CreateTime><MsgType>text</MsgType><Content>{words(number)}</Content>"
        f"<MsgId>{number}</MsgId></xml>"
    )
    nonce = str(number)
    body = crypto.encrypt_message(inner, nonce, stamp).encode()
    signer = WeChatSigner()
    signer.add_data(TOKEN, stamp, nonce)
    sealed = body.decode().split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    path = (
        f"/wechat/official?signature={signer.signature}&timestamp={stamp}&nonce={nonce}"
        f"&encrypt_type=aes&msg_signature={sealed}"
    )
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def post(raw: bytes) -> bool:
    """One request on a connection of its own, as sync workers serve them; whether it was answered well."""
    with socket.create_connection(("127.0.0.1", PORT), timeout=30) as wire:
        wire.sendall(raw)
        parts = []
        while part := wire.recv(65536):
            parts.append(part)
    reply = b"".join(parts)
    return reply.startswith(b"HTTP/1.1 200") and b"Encrypt" in reply


def drive(batch: Sequence[bytes], rate: float | None = None) -> Measured:
    """Send all, as fast as they are answered or at a steady rate; latencies then count from the due moment."""
    latencies: list[float] = []
    failures: list[int] = []
    begun = time.perf_counter()

    def client(mine: int) -> None:
        for index in range(mine, len(batch), CLIENTS):
            due = begun + index / rate if rate else time.perf_counter()
            time.sleep(max(0.0, due - time.perf_counter()))
            if not post(batch[index]):
                failures.append(index)
            latencies.append((time.perf_counter() - due) * 1000)

    threads = [threading.Thread(target=client, args=(i,)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measured(len(batch) / (time.perf_counter() - begun), latencies, len(failures))


@contextmanager
def gunicorn(application: str, url: str, workers: int) -> Iterator[int]:
    """The application under gunicorn; gives the master's process number."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DUNDIAN_SECRET_KEY": SECRET,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_ENCODING_AES_KEY": AES,
    }
    command = ["gunicorn", f"benchmarks.apps:{application}()", "-w", str(workers), "-b", f"127.0.0.1:{PORT}"]
    process = subprocess.Popen([sys.executable, "-m", *command, "--log-level", "error"], env=environment)
    try:
        _wait_for_port()
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def _wait_for_port() -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(0.5)
            return
    sys.exit("gunicorn did not start")


def memory(master: int) -> float:
    """Resident memory of the largest worker, in MB."""
    listed = subprocess.run(["ps", "-o", "rss=", "--ppid", str(master)], capture_output=True, text=True, check=True)
    return max(int(line) for line in listed.stdout.split()) / 1024


def statements(url: str, people: int, first: int) -> float:
    """Statements a check-in costs, counted on the service's own engine."""
    service: Service = open_service(Settings(database_url=url, dundian_secret_key=SECRET))
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(service.engine, "before_cursor_execute", counted)
    for number in range(first, first + 200):
        message = Incoming(
            "official", f"user{number % people + 1}", f"count{number}", "text", words(number), clock.now()
        )
        conversation.answer(service, message, clock.now())
    service.engine.dispose()
    return count / 200


def show(name: str, run: Measured) -> None:
    """One line of a run."""
    print(
        f"{name:<34} {run.rate:7.0f}/s  p50 {run.at(0.5):6.1f}  p95 {run.at(0.95):6.1f}  p99 {run.at(0.99):6.1f} ms"
        f"  failed {run.failures}"
    )


def measure(label: str, url: str, workers: int, amount: int, people: int) -> None:
    """The echo bot, then the service, under the same load."""
    seed(url, people)
    with gunicorn("echo", url, workers):
        drive(requests(0, 400, people))
        echo = drive(requests(0, min(amount, 3000), people))
    show(f"echo bot, {workers} worker(s)", echo)
    with gunicorn("service", url, workers) as master:
        drive(requests(0, 400, people))
        early = memory(master)
        full = drive(requests(1000, amount, people))
        steady = drive(requests(1000 + amount, STEADY * 8, people), STEADY)
        late = memory(master)
    show(f"service, {label}, as fast as it goes", full)
    show(f"service, {label}, {STEADY}/s", steady)
    print(f"worker memory {early:.0f} MB at the start, {late:.0f} MB after {amount + STEADY * 8} messages")
    print(f"statements a message {statements(url, people, 10**6):.2f}")
    print(f"ratio to the echo bot {full.rate / echo.rate:.2f}\n")


def main() -> None:
    """Measure on PostgreSQL and on SQLite."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10000)
    parser.add_argument("--people", type=int, default=1000)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    with postgres() as url:
        measure("PostgreSQL", url, 2, chosen.messages, chosen.people)
    with addresses(also_postgres=False) as (url,):
        measure("SQLite", url, 1, chosen.messages // 2, chosen.people)


if __name__ == "__main__":
    main()
