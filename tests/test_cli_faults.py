"""What is wrong with settings, database or documents is said with its cure, at the start and by the doctor."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.processes import ROOT, bot
from tests.rosters import roster_file
from tests.wechat import APP_ID, TOKEN
from tests.wechat_server import Reply, platform


def fails(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """It ended with 1 and said each of these on standard error, in words for people."""
    assert done.returncode == 1
    assert [word for word in words if word not in done.stderr] == []
    assert "Traceback" not in done.stderr


def test_faults_of_settings_are_all_said_and_end_with_1() -> None:
    done = bot("migrate", DATABASE_URL="mysql://x", WECHAT_TOKEN="t")
    assert done.stdout == ""
    fails(done, "DATABASE_URL", "DUNDIAN_SECRET_KEY", "WECHAT_APP_ID")


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
    fails(done, "DATABASE_URL")
    assert "very-secret" not in done.stderr


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/none/x.db", "postgresql://u:p@host:port/x", "postgresql://u@host:99999999/x"]
)
def test_database_address_that_cannot_be_is_no_traceback(url: str) -> None:
    done = bot("migrate", DATABASE_URL=url, DUNDIAN_SECRET_KEY="k" * 40)
    fails(done, "DATABASE_URL")


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
    fails(done, "wrong.toml", "broken.toml")


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
    assert bot("import", roster_file(tmp_path), **settings).returncode == 0
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
