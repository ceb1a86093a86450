"""The commands that run: the jobs, the clock, the web side, and how they end."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import BARE, ROOT, bot, serving
from tests.rosters import roster_file
from tests.wechat import APP_ID, NOW, TOKEN, plain_query, text_xml


def test_remind_shows_who_would_hear_what_and_stores_nothing(settings: dict[str, str], tmp_path: Path) -> None:
    bot("import", roster_file(tmp_path), **settings)
    bot("chat", "王芳", said="绑定 493027\n", **settings)
    done = bot("remind", "--at", "2026-12-14 09:30", "--dry-run", **settings)
    assert done.returncode == 0
    assert "王芳" in done.stdout
    assert "驻校还差10天" in done.stdout
    assert "刘洋" not in done.stdout
    assert bot("export", "outbox", **settings).stdout == ""


def test_run_names_the_jobs_where_the_name_is_wrong(settings: dict[str, str]) -> None:
    done = bot("run", "dance", **settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pace" in done.stderr


def test_run_prints_the_tally(settings: dict[str, str]) -> None:
    done = bot("run", "pace", "--at", "2026-12-14 09:30", **settings)
    assert json.loads(done.stdout) == {"considered": 0, "reminded": 0, "helps": 0}


def test_clock_alone_ends_cleanly(settings: dict[str, str]) -> None:
    command = [sys.executable, "-m", "bot", "clock"]
    process = subprocess.Popen(command, cwd=ROOT, env=BARE | settings, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stderr is not None
    assert any("self_check" in line for line in process.stderr), "the clock did not run"
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in said


def fetch(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_service_keeps_many_connections_and_ends_cleanly(settings: dict[str, str], number: signal.Signals) -> None:
    with serving("serve", "--migrate", **settings) as (process, port):
        kept = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(20)]
        for _ in range(3):
            assert [fetch(connection, "/healthz") for connection in kept] == [(200, "ok\n")] * len(kept)
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
        for connection in kept:
            connection.close()
    assert process.returncode == 0
    assert "Traceback" not in said


def test_service_answers_the_platform(settings: dict[str, str]) -> None:
    from bot import clock

    with serving("serve", **settings, WECHAT_TOKEN=TOKEN, WECHAT_APP_ID=APP_ID) as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        query = "&".join(f"{name}={value}" for name, value in plain_query(clock.now()).items())
        connection.request("POST", f"/wechat/official?{query}", text_xml("你好", sent=NOW).encode())
        response = connection.getresponse()
        assert (response.status, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
        assert "绑定" in response.read().decode()
        connection.close()


def test_taken_port_is_said_without_a_traceback(settings: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = bot("serve", DUNDIAN_PORT=str(taken.getsockname()[1]), **settings)
    assert done.returncode == 1
    assert "DUNDIAN_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_demonstration_is_not_served_through_a_proxy(tmp_path: Path) -> None:
    with serving("serve", "--migrate", DUNDIAN_DEMO="1", DATABASE_URL=f"sqlite:///{tmp_path}/demo.db") as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        assert fetch(connection, "/")[0] == 200
        connection.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.7"})
        assert connection.getresponse().status == 403
        connection.close()
