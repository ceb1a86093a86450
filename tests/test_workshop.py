"""Big files: made in a process of their own, seen on the page, killed when over, gone after a while."""

from __future__ import annotations

import io
import os
import re
import time
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from bot import clock
from bot.forms import registry, workshop
from bot.forms.workshop import State
from bot.service import Service, open_service
from bot.settings import Settings
from models.items import Item, ItemEvent
from models.refusal import Refusal
from models.retention import drop_files
from tests.browsing import BASE, Clients, link
from tests.people import fill

pytestmark = pytest.mark.pages


@pytest.fixture
def browser(client: Clients, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser at a service for which every unit is a big one."""
    monkeypatch.setattr(registry, "MANY", 0)
    return client()


def opened(service: Service, browser: FlaskClient, words: str) -> str:
    """Ask in chat, as `name: words`, and give the code; the link's path."""
    who, _, request = words.partition(": ")
    path, code = link(service, who, request)
    assert browser.post(path, data={"code": code}, base_url=BASE).status_code == 303
    return path


def page(browser: FlaskClient, path: str) -> str:
    return browser.get(path, base_url=BASE).text


def take(browser: FlaskClient, path: str) -> tuple[int, bytes, str]:
    proof = re.search(r'name="proof" value="(\w+)"', page(browser, path))
    form = {"proof": proof[1] if proof else ""}
    with browser.post(f"{path}/file", data=form, base_url=BASE) as answered:
        return answered.status_code, answered.data, answered.headers.get("Content-Disposition", "")


def wait(browser: FlaskClient, path: str) -> str:
    """The page once the file is no longer being made."""
    for _ in range(400):
        text = page(browser, path)
        if "正在生成" not in text:
            return text
        assert '<meta http-equiv="refresh"' in text
        assert "<script" not in text
        time.sleep(0.1)
    raise AssertionError("it never ended")


def test_a_big_file_is_made_beside_and_handed_out(service: Service, browser: FlaskClient) -> None:
    path = opened(service, browser, "周督导: 导出全体人员年度表")
    assert take(browser, path)[0] == 303
    assert "已经做好" in wait(browser, path)
    status, content, name = take(browser, path)
    assert (status, name.endswith(".zip")) == (200, True)
    with ZipFile(io.BytesIO(content)) as archive:
        files = archive.namelist()
        book = load_workbook(io.BytesIO(archive.read("沁水县团委/王干事_1.xlsx")))
    assert "一览.xlsx" in files
    assert book["年度表"]["A1"].value == f"王干事蹲点工作年度表（{clock.now().year}年）"


def test_what_cannot_be_done_is_said_on_the_page(service: Service, browser: FlaskClient) -> None:
    path = opened(service, browser, "周督导: 导出2019年全体人员年度表")
    take(browser, path)
    assert "2019年的表做不了" in wait(browser, path)


def test_another_link_of_the_same_number_finds_another_folder() -> None:
    settings = Settings(dundian_demo=True)
    assert workshop.place(settings, 1, "a") != workshop.place(settings, 1, "b")
    assert workshop.place(settings, 1, "a").parent.stat().st_mode & 0o077 == 0


def begin(folder: Path, job: dict[str, object], url: str) -> None:
    workshop.start(Settings(database_url=url, dundian_demo=True), folder, job)


def ended(folder: Path) -> State:
    for _ in range(300):
        if workshop.state(folder).kind != "making":
            break
        time.sleep(0.1)
    return workshop.state(folder)


def test_a_child_that_dies_is_told_as_failed_and_may_be_tried_again(tmp_path: Path, sqlite_url: str) -> None:
    folder = tmp_path / "1-x"
    wrong = {"form": "nothing", "wanted": {"unit": 99}, "viewer": 1, "now": "2026-11-20T18:00:00+08:00"}
    begin(folder, wrong, sqlite_url)
    assert ended(folder).kind == "failed"
    begin(folder, wrong, sqlite_url)
    assert workshop.state(folder).kind == "making"
    assert ended(folder).kind == "failed"


def test_a_child_is_killed_by_the_system_when_it_takes_too_much(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, job = (
        tmp_path / "1-x",
        {"form": "archive", "wanted": {"unit": 1}, "viewer": 5, "now": "2026-11-20T18:00+08:00"},
    )
    service = open_service(Settings(database_url=database_url, dundian_demo=True))
    fill(service)
    service.engine.dispose()
    monkeypatch.setenv("PYTHONPATH", str(_limits(tmp_path)))
    begin(folder, job, database_url)
    assert ended(folder).kind == "failed"


def _limits(folder: Path) -> Path:
    """A start-up file that lowers what a child may use to next to nothing."""
    place = folder / "low"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import bot.forms.workshop as shop\nshop.BYTES = 1 << 20\n", encoding="utf-8"
    )
    return place


def test_too_many_at_once_are_refused(tmp_path: Path, sqlite_url: str) -> None:
    for number in range(workshop.WAITING):
        (tmp_path / f"{number}-x").mkdir()
        (tmp_path / f"{number}-x" / "progress").write_text("5")
    with pytest.raises(Refusal, match="太多"):
        begin(tmp_path / "99-x", {}, sqlite_url)


def test_old_files_are_dropped(tmp_path: Path) -> None:
    for name, age in (("1-x", workshop.KEPT + 5), ("2-x", 5)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "content").write_bytes(b"x")
        moment = clock.now().timestamp() - age
        os.utime(folder, (moment, moment))
    assert workshop.tidy(tmp_path) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["2-x"]


def test_small_files_are_made_at_once(service: Service, client: Clients) -> None:
    browser = client()
    path = opened(service, browser, "周督导: 导出统计表")
    assert take(browser, path)[0] == 200


def test_what_is_too_old_is_neither_shown_nor_handed_out(tmp_path: Path) -> None:
    folder = tmp_path / "1-x"
    folder.mkdir()
    (folder / "made").write_text('{"name": "x", "kind": "text/plain", "people": []}')
    (folder / "content").write_bytes(b"x")
    assert workshop.ready(folder) is not None
    moment = clock.now().timestamp() - workshop.KEPT - 5
    os.utime(folder, (moment, moment))
    assert (workshop.ready(folder), workshop.state(folder).kind, folder.exists()) == (None, "none", False)


def test_links_that_ended_are_dropped_with_their_steps(service: Service, client: Clients) -> None:
    browser = client()
    opened(service, browser, "周督导: 导出统计表")
    with service.engine.begin() as connection:
        assert drop_files(connection, clock.now()) == 0
        assert drop_files(connection, clock.now() + timedelta(hours=25)) == 1
        assert connection.execute(select(Item.id).where(Item.kind == "link")).all() == []
        assert connection.execute(select(ItemEvent.id)).all() == []


def test_a_small_file_that_cannot_be_made_says_why_on_its_page(service: Service, client: Clients) -> None:
    browser = client()
    path = opened(service, browser, "王干事: 导出我2019年的年度表")
    status, content, _ = take(browser, path)
    assert (status, "2019年的表做不了" in content.decode(), "<h1>" in content.decode()) == (409, True, True)
