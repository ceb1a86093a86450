"""The commands: what they print where, how they end, and that each teaches its use."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from tests.processes import BARE, ROOT, bot, serving
from tests.rosters import SMALL, book
from tests.wechat import APP_ID, NOW, TOKEN, plain_query, text_xml
from tests.wechat_server import Reply, platform

UNIT_ROWS = [["名称", "上级", "级别"], ["甲市", "", "市"], ["乙县", "甲市", "县"], ["丙县", "甲市", "县"]]


def roster_in(folder: Path) -> str:
    """A small roster as a file."""
    file = folder / "roster.xlsx"
    file.write_bytes(book({**SMALL, "单位": UNIT_ROWS}).getvalue())
    return str(file)


def commands(
    group: click.Group = main, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


COMMANDS = [pytest.param(name, command, id=" ".join(name)) for name, command in commands()]


@pytest.fixture
def settings(sqlite_url: str) -> dict[str, str]:
    """Settings that suffice, on a migrated database."""
    return {"DATABASE_URL": sqlite_url, "DUNDIAN_SECRET_KEY": "k" * 40}


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_help_teaches_by_an_example(name: tuple[str, ...], command: click.Command) -> None:
    answer = CliRunner().invoke(main, [*name, "--help"])
    assert answer.exit_code == 0
    assert "Example: " in answer.output
    assert " ".join(("bot", *name)) in answer.output
    assert command.help


def test_unknown_command_is_said_on_standard_error() -> None:
    done = bot("dance")
    assert (done.returncode, done.stdout) == (2, "")
    assert "dance" in done.stderr


# parse


def test_parse_needs_no_settings_and_prints_results_only() -> None:
    done = bot("parse", said='{"text": "今天访谈3名队员", "now": "2026-11-20T17:30:00"}\n', DUNDIAN_PORT="none")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["intent"] == "check_in"
    assert answer["entries"][0] == {
        "activity": "interview",
        "audience": "pioneer",
        "count": 3,
        "start": "2026-11-20",
        "end": "2026-11-20",
    }


def test_parse_answers_a_wrong_line_in_its_place_and_goes_on() -> None:
    good = '{"text": "帮助", "now": "2026-11-20T17:30:00", "more": 1}'
    wrong = ["{", "[]", "5", '{"now": "2026-11-20T17:30:00"}', '{"text": 5}', '{"text": "a", "now": "yesterday"}']
    done = bot("parse", said="\n".join([*wrong, good]) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [sorted(answer) for answer in answers[:-1]] == [["error"]] * len(wrong)
    assert answers[-1]["intent"] == "help"


def test_parse_survives_any_text() -> None:
    texts = ["", "\ud800", "\x00", "😀" * 50, "a\u2028b", "9" * 500]
    done = bot("parse", said="".join(json.dumps({"text": text, "now": "2026-11-20T17:30:00"}) + "\n" for text in texts))
    assert done.returncode == 0
    assert len([json.loads(line) for line in done.stdout.split("\n") if line]) == len(texts)


# settings and the database


def test_faults_of_settings_are_all_said_and_end_with_1() -> None:
    done = bot("migrate", DATABASE_URL="mysql://x", WECHAT_TOKEN="t")
    assert (done.returncode, done.stdout) == (1, "")
    for name in ("DATABASE_URL", "DUNDIAN_SECRET_KEY", "WECHAT_APP_ID"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_is_harmless_twice(tmp_path: Path) -> None:
    new = {"DATABASE_URL": f"sqlite:///{tmp_path}/new/file.db", "DUNDIAN_SECRET_KEY": "k" * 40}
    for _ in range(2):
        done = bot("migrate", **new)
        assert (done.returncode, done.stdout) == (0, "")


def test_old_schema_is_named_with_its_cure(tmp_path: Path) -> None:
    done = bot("export", "codes", DATABASE_URL=f"sqlite:///{tmp_path}/new.db", DUNDIAN_SECRET_KEY="k" * 40)
    assert done.returncode == 1
    assert "python -m bot migrate" in done.stderr


def test_database_that_does_not_answer_is_no_traceback(tmp_path: Path) -> None:
    done = bot("migrate", DATABASE_URL=f"postgresql://u:very-secret@/x?host={tmp_path}", DUNDIAN_SECRET_KEY="k" * 40)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "very-secret" not in done.stderr


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/none/x.db", "postgresql://u:p@host:port/x", "postgresql://u@host:99999999/x"]
)
def test_database_address_that_cannot_be_is_no_traceback(url: str) -> None:
    done = bot("migrate", DATABASE_URL=url, DUNDIAN_SECRET_KEY="k" * 40)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_days_off_stop_serve(settings: dict[str, str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))
    (folder / "holidays.toml").write_text("[2027]\noff = ['soon']\n", "utf-8")
    for command in ("serve", "doctor"):
        done = bot(command, DUNDIAN_POLICIES=str(folder), **settings)
        assert done.returncode == 1
        assert "holidays.toml" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_wrong_policy_stops_serve_with_every_fault(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text('[[rules]]\nid = "X1"\n', "utf-8")
    (tmp_path / "broken.toml").write_text("=\n", "utf-8")
    done = bot("serve", DUNDIAN_POLICIES=str(tmp_path), **settings)
    assert done.returncode == 1
    assert "wrong.toml" in done.stderr
    assert "broken.toml" in done.stderr
    assert "Traceback" not in done.stderr


# doctor


def test_doctor_finds_nothing_wrong_with_a_good_house(settings: dict[str, str]) -> None:
    done = bot("doctor", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert "FAULT" not in done.stdout
    for looked_at in ("settings", "database", "policies", "calendar", "公众号"):
        assert looked_at in done.stdout


def test_doctor_names_faults_of_settings() -> None:
    done = bot("doctor", DUNDIAN_PORT="none")
    assert done.returncode == 1
    assert "DUNDIAN_PORT" in done.stdout


def test_doctor_names_an_old_schema(tmp_path: Path) -> None:
    done = bot("doctor", DATABASE_URL=f"sqlite:///{tmp_path}/new.db", DUNDIAN_SECRET_KEY="k" * 40)
    assert done.returncode == 1
    assert "python -m bot migrate" in done.stdout


def test_doctor_names_a_changed_key(settings: dict[str, str], tmp_path: Path) -> None:
    assert bot("import", roster_in(tmp_path), **settings).returncode == 0
    done = bot("doctor", **settings | {"DUNDIAN_SECRET_KEY": "other" * 10})
    assert done.returncode == 1
    assert "DUNDIAN_SECRET_KEY" in done.stdout


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ({"access_token": "T", "expires_in": 7200}, 0, "accepts AppID and AppSecret"),
        ({"errcode": 40125, "errmsg": "invalid appsecret"}, 1, "WECHAT_APP_SECRET"),
        ({"errcode": 40164, "errmsg": "invalid ip"}, 1, "whitelist"),
    ],
)
def test_doctor_asks_the_platform(settings: dict[str, str], answer: dict[str, object], code: int, words: str) -> None:
    with platform(lambda _: Reply(answer)) as there:
        account = {"WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": "very-secret"}
        done = bot("doctor", **settings, **account, WECHAT_API_BASE_URL=there.url)
    assert done.returncode == code
    assert words in done.stdout
    assert "very-secret" not in done.stdout + done.stderr


# rosters


def test_template_needs_no_settings_and_imports_as_it_is(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    assert bot("export", "template", str(file)).returncode == 0
    assert bot("import", str(file), **settings).returncode == 0


def test_import_then_codes(settings: dict[str, str], tmp_path: Path) -> None:
    done = bot("import", roster_in(tmp_path), **settings)
    assert done.returncode == 0
    lines = bot("export", "codes", **settings).stdout.splitlines()
    assert lines[0] == "\ufeff单位,姓名,绑定码"
    assert [line.rpartition(",")[0] for line in lines[1:]] == ["甲市,陈静", "丙县,刘洋"]  # 王芳 has the one of the file
    assert len(bot("export", "codes", **settings).stdout.splitlines()) == 1
    again = bot("export", "codes", "--again", **settings).stdout.splitlines()
    assert len(again) == 4
    assert not {line[-6:] for line in lines[1:]} & {line[-6:] for line in again}


def test_import_of_a_file_that_is_no_workbook_ends_with_1(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    file.write_bytes(b"no workbook")
    done = bot("import", str(file), **settings)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_export_of_entries(settings: dict[str, str], tmp_path: Path) -> None:
    bot("import", roster_in(tmp_path), **settings)
    bot("chat", "王芳", said="绑定 493027\n今天访谈3名队员\n", **settings)
    record = json.loads(bot("export", "entries", **settings).stdout)
    assert (record["person"], record["unit"], record["activity"], record["count"]) == ("王芳", "乙县", "interview", 3)
    assert bot("export", "entries", "--to", "2020-01-01", **settings).stdout == ""
    assert bot("export", "entries", "--unit", "丙县", **settings).stdout == ""
    assert bot("export", "entries", "--format", "csv", **settings).stdout.startswith("id,person_id,person,unit,")
    unknown = bot("export", "entries", "--unit", "丁县", **settings)
    assert (unknown.returncode, unknown.stdout) == (1, "")


# talking


def test_chat_speaks_as_one_person_from_stranger_to_record(settings: dict[str, str], tmp_path: Path) -> None:
    bot("import", roster_in(tmp_path), **settings)
    done = bot("chat", "王芳", said="你好\n\n绑定 493027\n今天访谈3名队员\n", **settings)
    assert done.returncode == 0
    assert "绑定码" in done.stdout.splitlines()[0]
    assert "访谈队员3名" in done.stdout
    assert "Traceback" not in done.stderr


def dialogue(folder: Path, *lines: str) -> str:
    file = folder / "dialogue.txt"
    file.write_text("\n".join(lines), "utf-8")
    return str(file)


def test_replay_needs_no_settings_and_prints_dialogue_and_records(tmp_path: Path) -> None:
    file = dialogue(tmp_path, "# a comment", "now 2026-10-12 17:30", "王干事: 今天访谈3名队员", "机器人: 访谈队员3名")
    done = bot("replay", file, "--entries", DATABASE_URL="mysql://nowhere")
    first, second, *_, record = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert (first, second[:5]) == ("王干事: 今天访谈3名队员", "机器人: ")
    assert list(json.loads(record)) == (
        [
            "id",
            "person_id",
            "person",
            "unit",
            "school",
            "activity",
            "audience",
            "count",
            "start",
            "end",
            "attendance",
            "state",
            "message_id",
        ]
    )
    assert json.loads(record)["start"] == "2026-10-12"


def test_replay_with_a_roster_of_ones_own(tmp_path: Path) -> None:
    file = dialogue(
        tmp_path, "now 2026-11-20 17:30", "王芳: 今天访谈3名队员", "机器人: 队员3/20", "路人: 你好", "机器人: 绑定"
    )
    assert bot("replay", file, "--roster", roster_in(tmp_path)).returncode == 0


def test_replay_shows_another_answer_beside_the_expected_one(tmp_path: Path) -> None:
    done = bot("replay", dialogue(tmp_path, "王干事: 今天访谈3名队员", "机器人: 再见"))
    assert done.returncode == 1
    assert "再见" in done.stderr
    assert "访谈队员3名" in done.stderr


@pytest.mark.parametrize("line", ["no speaker", "now 2026-13-40 10:00", "now yesterday"])
def test_replay_names_a_wrong_line(tmp_path: Path, line: str) -> None:
    done = bot("replay", dialogue(tmp_path, "王干事: 你好", line))
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


# the clock


def test_remind_shows_who_would_hear_what_and_stores_nothing(settings: dict[str, str], tmp_path: Path) -> None:
    bot("import", roster_in(tmp_path), **settings)
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


# serve


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
