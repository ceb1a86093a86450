"""A real Chromium and a real server with the demonstration's people; where no Chromium is installed the tests are skipped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import make_server

from bot import demo
from bot.app import create_app
from bot.channels.base import Incoming
from bot.channels.console import CHANNEL
from bot.clock import now
from bot.conversation import answer
from bot.service import Service, open_service
from bot.settings import Settings
from tests.browser.visitor import Visitor
from tests.conftest import fresh_sqlite
from tests.processes import free_port

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SAID = (
    "今天到实验小学驻校1天，访谈队员3名、辅导员2名",
    "昨天宣讲一场，120名队员参加",
    "访谈了2名",
    "反映问题：活动经费不足",
)
SIZES = {390: 844, 1280: 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none."""
    if CHROMIUM is None:
        here = Path(__file__).parent
        missing = pytest.mark.skip(reason="no Chromium on this machine; on Debian: apt install chromium")
        for item in items:
            if here in item.path.parents:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with a profile of its own."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def service(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The demonstration on a database of its own."""
    url = fresh_sqlite(sqlite_template, tmp_path_factory.mktemp("browser"))
    opened = open_service(Settings(database_url=url, dundian_demo=True, dundian_port=free_port()))
    demo.seed_demo(opened)
    for number, words in enumerate(SAID):
        moment = now()
        answer(opened, Incoming(CHANNEL, "王干事", f"said:{number}", "text", words, moment), moment)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def home(service: Service) -> Iterator[str]:
    """The address at which the demonstration is served."""
    port = service.settings.dundian_port
    server = make_server("127.0.0.1", port, create_app(service, answer), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def say(service: Service, home: str) -> Callable[[str, str], str]:
    """Say something in chat as somebody of the demonstration; gives the answer."""
    keys = iter(range(1, 10**6))

    def spoken(who: str, words: str) -> str:
        moment = now()
        return answer(service, Incoming(CHANNEL, who, f"browser:{next(keys)}", "text", words, moment), moment) or ""

    return spoken


@pytest.fixture
def profile(browser: Browser) -> Iterator[Callable[[int], BrowserContext]]:
    """Opens profiles that know nothing of each other, so many pixels wide."""
    contexts: list[BrowserContext] = []

    def fresh(width: int = 390) -> BrowserContext:
        phone = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if width < 600 else {}
        size = {"width": width, "height": SIZES[width]}
        # The phone is looked at by day, the desk at night: both sets of colours are seen.
        scheme = "light" if phone else "dark"
        where = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "color_scheme": scheme}
        contexts.append(browser.new_context(viewport=size, **where, **phone))
        return contexts[-1]

    yield fresh
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(profile: Callable[[int], BrowserContext], say: Callable[[str, str], str]) -> Callable[[str, int], Visitor]:
    """Opens the pages as somebody: asks for the link in chat, gives the code."""

    def enter(who: str, width: int = 390) -> Visitor:
        made = Visitor(profile(width).new_page(), say(who, "打开网页"))
        made.give_code()
        return made

    return enter
