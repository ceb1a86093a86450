"""The demonstration's chat page: pick a person, talk to the bot, see what it pushes. For this machine alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from secrets import token_hex
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot import clock
from bot.channels.base import Incoming
from bot.channels.console import CHANNEL
from bot.service import Service
from bot.settings import LOOPBACK
from bot.web.assets import asset_response, load_assets
from models.database import reading
from models.talk import Pushed, Spoken, pushed, spoken

Answer = Callable[[Service, Incoming, datetime], str | None]

MENU = ("进度", "记录", "帮助")
SHOWN = 40
PAUSE = timedelta(minutes=5)
WORDS = 2000
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOT_KEPT = {"harm": "（这条的原话没有保存）", "secret": "（这条的原话没有保存）"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody to speak as; the platform's user is the name."""

    name: str
    caption: str
    examples: tuple[str, ...]


SPEAKERS = {
    speaker.name: speaker
    for speaker in (
        Speaker(
            "王干事",
            "干部，刚开始",
            (
                "今天到实验小学驻校1天，访谈队员3名、辅导员2名",
                "刚才队员改成6名",
                "还差几个队员",
                "昨天宣讲一场，120名队员参加",
                "撤销",
            ),
        ),
        Speaker("陈干事", "干部，还差一些", ("还差多少", "上周三访谈了4名队员", "今天没去学校", "撤销")),
        Speaker("刘管理员", "单位管理员", ("青禾县进度", "谁还没开始")),
        Speaker("孙督导", "督导", ("全市进度", "柳桥县蹲点情况怎么样", "谁还没开始")),
        Speaker("陌生人", "还没加入", ("你好", "绑定 493027")),
    )
}


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble; `time` where a pause lies before it."""

    at: datetime
    mine: bool
    text: str
    label: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as the page shows it; `state` differs as soon as something is added."""

    lines: Sequence[Line]
    state: str


def blueprint(service: Service, answer: Answer) -> Blueprint:
    """The page of one service; `answer` is the conversation."""
    pages = Blueprint("console", __name__, template_folder="templates")
    assets = load_assets()

    @pages.get("/")
    def page() -> str:
        speaker = _speaker(request.args.get("who"))
        return render_template(
            "console.html",
            person=speaker,
            people=SPEAKERS.values(),
            menu=MENU,
            talk=talk(service, speaker.name),
            key=token_hex(16),
            asset=lambda name: url_for("console.static_file", name=name, v=assets[name].version),
        )

    @pages.get("/talk")
    def news() -> str | tuple[str, int]:
        now = talk(service, _speaker(request.args.get("who")).name)
        return ("", 204) if now.state == request.args.get("state") else _fragment(now)

    @pages.post("/say")
    def say() -> str | AnyResponse:
        speaker = _speaker(request.form.get("who"))
        incoming = _incoming(speaker)
        if incoming:
            answer(service, incoming, incoming.sent_at)
        if "X-Fragment" in request.headers:
            return _fragment(talk(service, speaker.name))
        return redirect(url_for("console.page", who=speaker.name), 303)

    @pages.get("/static/<name>")
    def static_file(name: str) -> Response:
        return asset_response(assets[name], request) if name in assets else abort(404)

    pages.before_request(_only_here)
    pages.after_request(_strict)
    return pages


def _fragment(now: Talk) -> str:
    return render_template("talk.html", talk=now, key=token_hex(16))


def _speaker(name: str | None) -> Speaker:
    speaker = SPEAKERS.get(name or "王干事")
    return speaker or abort(404)


def _incoming(speaker: Speaker) -> Incoming | None:
    """What the form says; the key is the form's own, so that posting it twice is one message."""
    menu = request.form.get("menu", "")
    words = (menu if menu in MENU else "") or request.form.get("example") or request.form.get("words", "")
    key = request.form.get("key", "")
    if not words.strip():
        return None
    if not re.fullmatch(r"[0-9a-f]{32}", key):
        abort(400)
    kind = "click" if menu in MENU else "text"
    return Incoming(CHANNEL, speaker.name, f"page:{speaker.name}:{key}", kind, words.strip()[:WORDS], clock.now())


def talk(service: Service, user: str) -> Talk:
    """The conversation so far: what was said, answered and pushed, in the order it happened."""
    with reading(service.engine).connect() as connection:
        said = spoken(connection, CHANNEL, user, SHOWN)
        sent = pushed(connection, CHANNEL, user, SHOWN)
    lines = merge(_spoken_lines(said), _pushed_lines(sent), key=lambda line: line.at)
    answered = sum(one.reply is not None for one in said)
    newest = (said[-1].id if said else 0, answered, sent[-1].id if sent else 0)
    return Talk(_with_times(list(lines)), "-".join(map(str, newest)))


def _spoken_lines(said: Sequence[Spoken]) -> list[Line]:
    lines = []
    for one in said:
        kept = NOT_KEPT.get(one.dropped or "", one.text)
        lines += [Line(one.at, mine=True, text=kept)] if kept else []
        lines += [Line(one.at, mine=False, text=one.reply)] if one.reply else []
    return sorted(lines, key=lambda line: line.at)


def _pushed_lines(sent: Sequence[Pushed]) -> list[Line]:
    return sorted((Line(one.at, False, one.text, "主动提醒") for one in sent), key=lambda line: line.at)


def _with_times(lines: Sequence[Line]) -> list[Line]:
    shown, before = [], None
    for line in lines:
        time = clock.local(line.at).strftime("%-m月%-d日 %H:%M") if not before or line.at - before > PAUSE else ""
        shown.append(Line(line.at, line.mine, line.text, line.label, time))
        before = line.at
    return shown


def _only_here() -> None:
    # The page speaks for anybody: only this machine may ask, by its own name (a foreign name that was made to
    # resolve to it is refused), and only this page may post.
    host = urlsplit(f"//{request.host}").hostname
    if request.remote_addr not in LOOPBACK or host not in LOOPBACK:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "none") == "cross-site" and request.method == "POST":
        abort(403)


def _strict(response: AnyResponse) -> AnyResponse:
    response.headers["Content-Security-Policy"] = POLICY
    # Under no-referrer a browser posts a form with `Origin: null`, which could be anybody's.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
