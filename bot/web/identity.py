"""网页授权 at the door: the platform says whose browser it is, so that no code need be typed; what fails leads to the code."""

from __future__ import annotations

import hmac
import logging
from hashlib import sha256
from secrets import token_urlsafe

from flask import redirect, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from bot import clock
from bot.channels.base import Login, SendError
from bot.links import home
from bot.service import Service
from bot.web.doors import Door, here, let_in, mark, refuse
from models import passes
from models.accounts import person_of
from models.passes import Pass

ASKED, PATIENCE = "asked", 600  # seconds between leaving and coming back
INSIDE, NOT_INSIDE = "MicroMessenger", "wxwork"  # 企业微信 has no 网页授权 of a 公众号

log = logging.getLogger("dundian.web")


def arrive(service: Service, login: Login | None, door: Door) -> AnyResponse:
    """What a browser gets that has not opened the door: the platform is asked once, else the code is asked for."""
    if login is None or door.link is None or not _may_ask(door.link):
        return refuse(door)
    if "state" not in request.args:
        return _ask(service, login, door)
    answer = _answered(service, login, door, door.link)
    answer.delete_cookie(ASKED, path=door.root)
    return answer


def _may_ask(found: Pass) -> bool:
    agent = request.headers.get("User-Agent", "")
    return found.status in ("open", "bound") and request.method == "GET" and INSIDE in agent and NOT_INSIDE not in agent


def _ask(service: Service, login: Login, door: Door) -> AnyResponse:
    nonce = token_urlsafe(16)
    back = home(service.settings) + here()
    answer = redirect(login.address(back, _state(service, door, nonce)), 302)
    signed = _signer(service).dumps(nonce)
    secure = service.settings.dundian_base_url.startswith("https://")
    # Lax: the platform's redirect comes from another site.
    answer.set_cookie(ASKED, signed, PATIENCE, path=door.root, secure=secure, httponly=True, samesite="Lax")
    return answer


def _answered(service: Service, login: Login, door: Door, found: Pass) -> AnyResponse:
    """The platform sent the browser back: it must be the one that was sent, and belong to the link's person."""
    if not hmac.compare_digest(request.args["state"].encode(), _expected(service, door).encode()):
        return refuse(door, "unsure")
    try:
        user = login.user(request.args.get("code", ""))
    except SendError as fault:
        log.warning("网页授权 did not work: %s", fault)
        return refuse(door, "unsure")
    browser = token_urlsafe(24)
    with service.engine.begin() as connection:
        if person_of(connection, login.channel, user) != found.person_id:
            passes.note(connection, found, "stranger", clock.now())
            return refuse(door, "stranger")
        passes.bind(connection, found.id, mark(browser), clock.now())
    return let_in(service, door, browser, here())


def _state(service: Service, door: Door, nonce: str) -> str:
    """What the browser carries to the platform and back: letters and digits, of this link and this browser alone."""
    words = f"state {door.root} {nonce}"
    return hmac.digest(service.settings.secret_key.encode(), words.encode(), sha256).hex()


def _expected(service: Service, door: Door) -> str:
    """The state that this browser was sent away with; none that can be met where it was not, or long ago."""
    try:
        nonce = _signer(service).loads(request.cookies.get(ASKED, ""), max_age=PATIENCE)
    except BadSignature:
        return token_urlsafe(16)
    return _state(service, door, str(nonce))


def _signer(service: Service) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(service.settings.secret_key, salt="dundian asked")
