"""serve and web: the application, the clock beside it, and what to open first."""

from __future__ import annotations

import sys
from contextlib import nullcontext

from bot.app import create_app
from bot.commands.clockwork import clock_running
from bot.commands.opening import fail, service_or_fail
from bot.commands.serving import PortTaken, serve_web
from bot.conversation import answer
from bot.demo import seed_demo
from bot.settings import Settings


def serve(*, migrating: bool, clock: bool) -> None:
    """Serve until told to stop."""
    service = service_or_fail(migrating=migrating)
    if migrating and service.settings.dundian_demo:
        seed_demo(service)
    try:
        with clock_running(service) if clock else nullcontext():
            serve_web(create_app(service, answer), service.settings, lambda: say_ready(service.settings))
    except PortTaken as fault:
        fail(str(fault))
    finally:
        service.engine.dispose()


def say_ready(settings: Settings) -> None:
    """Print what to open and try."""
    base = f"http://{settings.dundian_host}:{settings.dundian_port}"
    lines = [f"蹲点助手 is ready on {base} (Ctrl-C ends it)."]
    if settings.dundian_demo:
        lines += [
            f"Demonstration: open {base}/ , pick a person, and say: 今天到实验小学访谈了3名队员",
            "Then try: 我的进度 、 撤销 、 打开网页 、 帮助",
        ]
    if settings.has_official:
        lines.append(
            f"公众号 console, 服务器地址(URL): {settings.dundian_base_url or 'https://<your domain>'}/wechat/official"
        )
    lines.append(f"Health: {base}/healthz")
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()
