"""Settings: read from two places, faults named together, none undocumented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import DESCRIPTIONS, Settings, SettingsError, load

KEY = {"DUNDIAN_SECRET_KEY": "k" * 32}
NOWHERE = Path("/nonexistent/.env")


def faults(**given: str) -> list[str]:
    with pytest.raises(SettingsError) as fault:
        load({**KEY, **given}, NOWHERE)
    return str(fault.value).splitlines()


def test_every_field_is_described_and_the_other_way_round() -> None:
    assert [field.name.upper() for field in fields(Settings)] == list(DESCRIPTIONS)


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DUNDIAN_PORT=9000\nDUNDIAN_HOST=127.0.0.2\n# DUNDIAN_DEMO=1\n", "utf-8")
    settings = load({**KEY, "DUNDIAN_PORT": "9001"}, file)
    assert (settings.dundian_port, settings.dundian_host, settings.dundian_demo) == (9001, "127.0.0.2", False)


def test_empty_value_is_the_default() -> None:
    assert load({**KEY, "DUNDIAN_PORT": " "}, NOWHERE).dundian_port == 8000


def test_secret_key_is_needed() -> None:
    with pytest.raises(SettingsError, match="32 characters"):
        load({}, NOWHERE)
    with pytest.raises(SettingsError, match="32 characters"):
        load({"DUNDIAN_SECRET_KEY": "short"}, NOWHERE)


def test_demonstration_has_a_key_of_its_own() -> None:
    settings = load({"DUNDIAN_DEMO": "1"}, NOWHERE)
    assert len(settings.secret_key) >= 32


def test_service_has_no_key_of_its_own() -> None:
    assert Settings().secret_key == ""


def test_all_faults_are_named_at_once() -> None:
    named = faults(DATABASE_URL="mysql://x", WECHAT_TOKEN="t", WECHAT_ENCODING_AES_KEY="short")
    assert [line.split(":")[0] for line in named] == ["DATABASE_URL", "WECHAT_APP_ID", "WECHAT_ENCODING_AES_KEY"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DUNDIAN_PORT": "eight"}, "DUNDIAN_PORT"),
        ({"DUNDIAN_DEMO": "maybe"}, "DUNDIAN_DEMO"),
        ({"DUNDIAN_DEMO": "1", "DUNDIAN_HOST": "192.0.2.1"}, "DUNDIAN_DEMO"),
        ({"WECHAT_APP_SECRET": "s"}, "WECHAT_TOKEN"),
        ({"WECHAT_TOKEN": "t"}, "WECHAT_APP_ID"),
        ({"WECHAT_API_BASE_URL": "api.example"}, "WECHAT_API_BASE_URL"),
        ({"DUNDIAN_PORT": "70000"}, "DUNDIAN_PORT"),
    ],
)
def test_fault_names_its_setting(given: Mapping[str, str], named: str) -> None:
    assert any(line.startswith(named) for line in faults(**given))


@pytest.mark.parametrize("secret", ["WECHAT_ENCODING_AES_KEY", "DUNDIAN_SECRET_KEY"])
def test_fault_does_not_show_a_secret(secret: str) -> None:
    with pytest.raises(SettingsError) as fault:
        load({"WECHAT_TOKEN": "t", secret: "half-a-secret"}, NOWHERE)
    assert "half-a-secret" not in str(fault.value)


def test_mistyped_name_in_the_file_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("WECHAT_ENCODING_AESKEY=x\nOTHER=1\n", "utf-8")
    with pytest.raises(SettingsError, match="WECHAT_ENCODING_AES_KEY is meant"):
        load(KEY, file)


def test_names_of_others_in_the_environment_are_let_be() -> None:
    assert load({**KEY, "WECHAT_SOMETHING": "1", "DUNDIAN_X": "2"}, NOWHERE) == load(KEY, NOWHERE)


def test_web_login_needs_an_account_and_https() -> None:
    assert len(faults(WECHAT_WEB_LOGIN="1")) == 2
    account = {"WECHAT_TOKEN": "t", "WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "s"}
    assert "https" in faults(WECHAT_WEB_LOGIN="1", DUNDIAN_BASE_URL="http://a.example", **account)[0]
    given = {**KEY, **account, "WECHAT_WEB_LOGIN": "1", "DUNDIAN_BASE_URL": "https://a.example"}
    assert load(given, NOWHERE).wechat_web_login
