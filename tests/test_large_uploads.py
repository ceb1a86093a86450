"""A file that is too large is refused in words on a real connection, behind either server, however large; nothing is lost."""

from __future__ import annotations

import http.client
import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from bot.app import create_app
from bot.commands.receiving import KEPT_BYTES, Discarding
from bot.conversation import answer
from bot.service import Service
from bot.web.pages import TOO_LARGE
from models.people import Person
from models.uploads import Upload
from tests.browsing import BASE, link
from tests.conftest import fresh_sqlite
from tests.processes import BARE, ROOT, free_port, serving
from tests.staffed import staffed

MEGA = 1024 * 1024
HOST = BASE.removeprefix("https://")
BOUNDARY = "bound"


@dataclass
class Real:
    """A browser on a real connection: it sends the whole of a file before it reads the answer, as browsers do."""

    port: int
    root: str
    cookie: str
    proof: str

    def upload(self, megabytes: float, pause: float = 0) -> tuple[int, str]:
        parts = (b"action", b"upload"), (b"proof", self.proof.encode())
        head = b"".join(part(name) + value + b"\r\n" for name, value in parts)
        head += part(b'file"; filename="big.xlsx')
        length = int(megabytes * MEGA)
        return self.send(head, length, f"\r\n--{BOUNDARY}--\r\n".encode(), pause)

    def send(self, head: bytes, length: int, tail: bytes, pause: float) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.putrequest("POST", f"{self.root}/import", skip_host=True)
            for name, value in self.headers(len(head) + length + len(tail)).items():
                line.putheader(name, value)
            line.endheaders(head)
            for sent in range(0, length, MEGA):
                line.send(b"x" * min(MEGA, length - sent))
                time.sleep(pause)
            line.send(tail)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def headers(self, length: int) -> dict[str, str]:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return {"Host": HOST, "Cookie": self.cookie, "Content-Type": kind, "Content-Length": str(length)}


def part(name: bytes) -> bytes:
    return b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n' % (BOUNDARY.encode(), name)


@contextmanager
def gunicorn(**settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The web side behind gunicorn, as the operators' page says."""
    port = free_port()
    program = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}", "bot.wsgi:application()"]
    process = subprocess.Popen(program, cwd=ROOT, env=BARE | settings, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stderr is not None
        assert any("Booting worker" in line for line in process.stderr), "gunicorn did not come up"
        yield process, port
    finally:
        process.terminate()
        process.communicate(timeout=30)


@contextmanager
def waitress(**settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The web side as `python -m bot web` serves it."""
    with serving("web", **settings) as served:
        yield served


SERVERS = {"waitress": waitress, "gunicorn": gunicorn}


@pytest.fixture(scope="module")
def service(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The small roster with everybody joined."""
    with staffed(fresh_sqlite(sqlite_template, tmp_path_factory.mktemp("uploads")), BASE) as opened:
        yield opened


@pytest.fixture(scope="module", params=list(SERVERS))
def browser(request: pytest.FixtureRequest, service: Service) -> Iterator[Real]:
    """The administrator's browser, at a real server."""
    if request.param == "gunicorn" and find_spec("gunicorn") is None:
        pytest.skip("gunicorn is not installed here")
    with service.engine.begin() as connection:
        connection.execute(delete(Upload))
    root, code = link(service, "孙管理")
    told = create_app(service, answer).test_client()
    told.post(f"{root}/", data={"code": code}, base_url=BASE)
    kept = told.get_cookie("door", domain=HOST, path=root)
    proof = re.search(r'name="proof" value="(\w+)"', told.get(f"{root}/import", base_url=BASE).text)
    assert kept
    assert proof
    with SERVERS[request.param](**settings_of(service)) as (_, port):
        yield Real(port, root, f"door={kept.value}", proof[1])


def settings_of(service: Service) -> dict[str, str]:
    found = asdict(service.settings)
    wanted = ("database_url", "dundian_secret_key", "dundian_base_url", "dundian_demo")
    return {name.upper(): str(int(found[name]) if name == "dundian_demo" else found[name]) for name in wanted}


@pytest.mark.parametrize("megabytes", [3.5, 15.9, 16.1, 40])
def test_a_file_that_is_too_large_is_told_of_on_its_own_page(browser: Real, service: Service, megabytes: float) -> None:
    before = people(service)
    status, page = browser.upload(megabytes)
    assert status == 413
    assert TOO_LARGE in page
    assert 'type="file"' in page  # another file may be chosen at once
    assert (people(service), waiting(service)) == (before, 0)


def test_the_next_file_is_taken(browser: Real, service: Service) -> None:
    assert browser.upload(20)[0] == 413
    status, page = browser.upload(1)
    assert status == 303, page
    assert waiting(service) == 1


def people(service: Service) -> int:
    with service.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Person)) or 0


def waiting(service: Service) -> int:
    with service.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Upload)) or 0


def test_a_file_stopped_by_a_proxy_is_told_of_in_words(service: Service) -> None:
    found = create_app(service, answer).test_client().get("/static/pages/too-large")
    assert found.status_code == 413
    assert "文件太大" in found.text
    assert "没有变" in found.text


def test_what_is_thrown_away_ends_where_the_body_ends() -> None:
    body = Discarding(10)
    assert (body.received(b"x" * 7), body.completed) == (7, False)
    assert (body.received(b"x" * 7), body.completed) == (3, True)
    assert body.received(b"GET / HTTP/1.1") == 0
    assert body.getfile().read() == b""
    assert KEPT_BYTES > 3_000_000
    assert isinstance(body.getfile(), io.BytesIO)
