"""The commands: what they print where, how they end, and that each teaches its use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from tests.processes import bot
from tests.rosters import roster_file


def commands(
    group: click.Group = main, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


COMMANDS = [pytest.param(name, command, id=" ".join(name)) for name, command in commands()]


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


def test_template_needs_no_settings_and_imports_as_it_is(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    assert bot("export", "template", str(file)).returncode == 0
    assert bot("import", str(file), **settings).returncode == 0


def test_import_then_codes(settings: dict[str, str], tmp_path: Path) -> None:
    done = bot("import", roster_file(tmp_path), **settings)
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
    bot("import", roster_file(tmp_path), **settings)
    bot("chat", "王芳", said="绑定 493027\n今天访谈3名队员\n", **settings)
    record = json.loads(bot("export", "entries", **settings).stdout)
    assert (record["person"], record["unit"], record["activity"], record["count"]) == ("王芳", "乙县", "interview", 3)
    assert bot("export", "entries", "--to", "2020-01-01", **settings).stdout == ""
    assert bot("export", "entries", "--unit", "丙县", **settings).stdout == ""
    assert bot("export", "entries", "--format", "csv", **settings).stdout.startswith("id,person_id,person,unit,")
    unknown = bot("export", "entries", "--unit", "丁县", **settings)
    assert (unknown.returncode, unknown.stdout) == (1, "")


def test_chat_speaks_as_one_person_from_stranger_to_record(settings: dict[str, str], tmp_path: Path) -> None:
    bot("import", roster_file(tmp_path), **settings)
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
    assert bot("replay", file, "--roster", roster_file(tmp_path)).returncode == 0


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
