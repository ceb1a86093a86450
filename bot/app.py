"""The web application: the platform's door, a health check, and in the demonstration a chat page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from bot import clock
from bot.channels.base import Incoming, Login
from bot.channels.official import BODY_BYTES, NOTHING, Door, Refused
from bot.jobs.registry import TIMES
from bot.jobs.self_check import alarms
from bot.picturing import picture_behind
from bot.scrub import where
from bot.service import Service
from bot.settings import LOOPBACK, Settings
from bot.web import doors, files, pages
from models.database import is_current, reading
from models.tokens import StoredTokens

if TYPE_CHECKING:  # its library is loaded only where pictures are sent
    from bot.channels.official_media import Pictures

Answer = Callable[[Service, Incoming, datetime], str | None]

log = logging.getLogger("dundian.web")

READ_BYTES, PIECE = 512 * 1024 * 1024, 1 << 16  # so much is read of what is refused; beyond it a connection is cut
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
}


def create_app(service: Service, answer: Answer) -> Flask:
    """The application for one service; `answer` is the conversation."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    app.config["SECRET_KEY"] = service.settings.secret_key
    app.after_request(_harden)
    app.after_request(_heard)
    app.register_error_handler(HTTPException, _plain_error)
    app.register_error_handler(Exception, _bug)
    app.register_blueprint(_health(service))
    app.register_blueprint(doors.shared())
    login = _login(service.settings)
    app.register_blueprint(files.blueprint(service, login))
    app.register_blueprint(pages.blueprint(service, login))
    if service.settings.has_official:
        app.register_blueprint(_official(service, answer))
    if service.settings.dundian_demo:
        _add_console(app, service, answer)
    return app


def door_of(settings: Settings) -> Door:
    """The 公众号's door as configured."""
    return Door(settings.wechat_token, settings.wechat_app_id, settings.wechat_encoding_aes_key)


def _login(settings: Settings) -> Login | None:
    if not settings.wechat_web_login:
        return None
    from bot.channels.official_login import OfficialLogin

    return OfficialLogin(settings.wechat_app_id, settings.wechat_app_secret, settings.wechat_api_base_url)


def _official(service: Service, answer: Answer) -> Blueprint:
    pages, door, pictures = Blueprint("official", __name__), door_of(service.settings), _pictures(service)

    @pages.get("/wechat/official")
    def greet() -> Response:
        return _text(door.greet(request.args, clock.now()))

    @pages.post("/wechat/official")
    def receive() -> Response:
        letter = door.open(request.args, request.get_data(cache=False), clock.now())
        said = answer(service, letter.incoming, clock.now())
        png = picture_behind(service, said or "", clock.now()) if pictures else None
        number = pictures.number_of(png) if pictures and png else None
        now = clock.now()
        reply = door.reply_picture(letter, number, now) if number else door.reply(letter, said, now)
        return _text(reply, "text/plain" if reply == NOTHING else "application/xml")

    pages.register_error_handler(Refused, _refuse)
    return pages


def _pictures(service: Service) -> Pictures | None:
    """What hands pictures to the platform; nothing without the secret that its interface wants."""
    settings = service.settings
    if not settings.wechat_app_secret:
        return None
    from bot.channels.official_media import Pictures
    from bot.channels.official_sending import Client

    kept = StoredTokens(service.engine, service.vault)
    account = (settings.wechat_app_id, settings.wechat_app_secret, settings.wechat_api_base_url)
    return Pictures(Client(*account, kept, clock.now), kept, clock.now)


def _refuse(fault: Refused) -> tuple[Response, int]:
    log.warning("refused a delivery: %s", fault)
    return _text(f"{fault.status} {HTTPStatus(fault.status).phrase}\n"), fault.status


def _health(service: Service) -> Blueprint:
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    def healthz() -> tuple[Response, int]:
        state = _database_state(service)
        if state != "ok":
            return _text(state + "\n"), 503
        # Still 200: a platform that refuses us is no reason for a balancer to take the web side away.
        return _text("\n".join([state, *_alarms(service)]) + "\n"), 200

    return pages


def _database_state(service: Service) -> str:
    try:
        return "ok" if is_current(service.engine) else "the database's schema is not up to date: python -m bot migrate"
    except SQLAlchemyError as fault:
        log.error("the database does not answer: %s", type(fault).__name__)
        return "the database does not answer"


def _alarms(service: Service) -> list[str]:
    """What the operator should look at; the log has the reasons, which are nobody else's."""
    with reading(service.engine).connect() as connection:
        found = list(alarms(connection, TIMES, service.calendars.of(), clock.now()))
    return [f"alarm: {alarm.partition(': ')[0]}" for alarm in found]


def _add_console(app: Flask, service: Service, answer: Answer) -> None:
    from bot.web.console import blueprint

    pages = blueprint(service, answer)
    pages.before_request(_only_here)
    app.register_blueprint(pages)


def _only_here() -> None:
    # The chat page speaks for anybody, so it is for this machine alone; a proxy in front would hide who asks.
    if request.remote_addr not in LOOPBACK or _forwarded():
        abort(403)


def _forwarded() -> bool:
    return any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))


def _text(body: str, mimetype: str = "text/plain") -> Response:
    return Response(body, mimetype=mimetype)


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _heard(response: Response) -> Response:
    """Read what was refused for its size to the end: a browser still sending would not hear why."""
    sent = request.content_length or 0
    if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and sent > (request.max_content_length or sent):
        left = min(sent, READ_BYTES)
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, PIECE))):
            left -= len(piece)
    return response


def _plain_error(fault: HTTPException) -> tuple[Response, int]:
    code = fault.code or 500
    return _text(f"{code} {fault.name}\n"), code


def _bug(fault: Exception) -> tuple[Response, int]:
    log.error("failed on %s %s: %s", request.method, request.path, where(fault))
    return _text("500 Internal Server Error\n"), 500
