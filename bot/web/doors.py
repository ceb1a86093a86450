"""The door of a link: a code opens it for the first browser that gives it, and for no other; what every page behind it keeps to."""

from __future__ import annotations

import hmac
import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from unicodedata import decimal
from urllib.parse import quote, urlencode, urlsplit

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from bot import clock, scrub
from bot.links import number_of
from bot.service import Service
from bot.web.assets import asset_response, load_assets
from models import passes
from models.passes import PAGES, Pass

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
BROUGHT = ("code", "state")  # by 网页授权
COOKIE, SALT = "door", "dundian browser"
FILE, PAGE = "f", "p"  # the first part of a link's address
HEADINGS = {FILE: "取文件", PAGE: "打开网页"}
FAULTS = {
    "wrong": "取件码不对，还可以再试{left}次。",
    "locked": "取件码错了太多次，这个链接已经锁住。请回到聊天里重新要一次。",
    "taken": "这个链接已经在另一台手机或电脑上打开过。请回到聊天里重新要一次。",
    "unsure": "没能从微信确认是你本人，请输入聊天里给的取件码。",
    "stranger": "这个链接是发给别人的，在你这里打不开。要看自己的，在聊天里说“打开网页”。",
    "gone": "链接已经过期，或者不是从这里发出的。请回到聊天里重新要一次。",
}
STOPPED = {
    400: "这次没有办成。请返回上一页，刷新后再试。",
    403: "这次没有办成：页面放得太久，或不是从这里打开的。请返回上一页，刷新后再试。",
    404: "没有这一页。请返回上一页。",
    413: "文件太大，没有收下；已有的内容都没有变。请返回上一页，删去图片等无关内容，或分成几个文件再传。",
    500: "出了点问题，这次没有办成，管理员能看到。请过一会儿再试。",
}

log = logging.getLogger("dundian.web")


@dataclass(frozen=True, slots=True)
class Door:
    """A link as one browser meets it; nothing lies behind one that ended or was never signed here."""

    where: str
    token: str
    link: Pass | None
    browser: str

    @property
    def opened(self) -> bool:
        """Whether this browser is the one that gave the code."""
        return self.link is not None and passes.is_theirs(self.link, mark(self.browser))

    @property
    def root(self) -> str:
        """The address below which all of it lies; the cookie goes nowhere else."""
        return f"/{self.where}/{self.token}"

    @property
    def proof(self) -> str:
        """What a form of ours carries, and no foreign page can know."""
        return sha256(b"form " + self.browser.encode()).hexdigest()


def shared() -> Blueprint:
    """What all pages behind doors show: style sheets and the icon."""
    files, assets = Blueprint("shared", __name__, template_folder="templates"), load_assets()
    files.add_app_template_global(
        lambda name: url_for("shared.static_file", name=name, v=assets[name].version), "asset_url"
    )

    @files.get("/static/pages/too-large")
    def too_large() -> AnyResponse:
        return _stopped(RequestEntityTooLarge())  # for a proxy that stops a file before it comes here

    @files.get("/static/pages/<name>")
    def static_file(name: str) -> Response:
        return asset_response(assets[name], request) if name in assets else abort(404)

    return files


def guard(pages: Blueprint, service: Service) -> None:
    """Let only forms of this site post, and send every answer with strict headers."""
    pages.before_request(lambda: _from_here(service))
    pages.after_request(_strict)
    pages.register_error_handler(HTTPException, _stopped)
    pages.register_error_handler(Exception, _bug)


def _stopped(fault: HTTPException) -> AnyResponse:
    """What a browser may not have, in words."""
    code = fault.code or 500
    page = render_template("door.html", heading="没有办成", fault=STOPPED.get(code, STOPPED[400]), retry=False)
    return make_response(page, code)


def _bug(fault: Exception) -> AnyResponse:
    # Neither the address, which would open the link, nor the fault's own words, which may be somebody's.
    log.error("failed on %s %s: %s", request.method, request.endpoint, scrub.where(fault))
    return _stopped(InternalServerError())


def meet(service: Service, connection: Connection, where: str, token: str, *, lock: bool = False) -> Door:
    """The door that a browser stands at; locked, whoever else stands at it waits until this request is done."""
    number = number_of(service.settings, token)
    found = passes.find(connection, number, clock.now(), lock=lock) if number else None
    fits = found is not None and (found.title == PAGES) == (where == PAGE)
    return Door(where, token, found if fits else None, _browser(service))


def try_code(service: Service, where: str, token: str, code: str) -> AnyResponse:
    """Take a code; the right one makes this browser the only one, and leads back to the address it was given at."""
    number, browser = number_of(service.settings, token), token_urlsafe(24)
    plain = "".join(str(decimal(sign)) for sign in code if sign.isdecimal())  # 全角 too
    typed = service.vault.hash(f"file {plain}")
    with service.engine.begin() as connection:
        door, result = meet(service, connection, where, token), "gone"
        if door.link and number:
            result = passes.give_code(connection, number, typed, mark(browser), clock.now())
            door = meet(service, connection, where, token)
    return let_in(service, door, browser, here()) if result == "bound" else refuse(door, result)


def here() -> str:
    """The address that was asked for, fit for a header whatever it holds, without what the platform brought."""
    asked = urlencode([pair for pair in request.args.items(multi=True) if pair[0] not in BROUGHT])
    return quote(request.path) + (f"?{asked}" if asked else "")


def let_in(service: Service, door: Door, browser: str, where: str) -> AnyResponse:
    """Give this browser what opens the door, and show what lies behind."""
    answer = redirect(where, 303)
    answer.set_cookie(
        COOKIE,
        _signer(service).dumps(browser),
        max_age=24 * 3600,
        path=door.root,
        secure=service.settings.dundian_base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",  # under Strict a tap on the link in the chat would come without it
    )
    return answer


def refuse(door: Door, result: str = "") -> AnyResponse:
    """The page before the door: the code is asked for, or why it cannot be opened."""
    status, fault = _state(door, result)
    retry = not fault or fault == FAULTS["unsure"] or result == "wrong"
    page = render_template("door.html", heading=HEADINGS[door.where], fault=fault, retry=retry, here=here())
    return make_response(page, status)


def demand_proof(door: Door) -> None:
    """Stop a form that is not ours."""
    if not hmac.compare_digest(request.form.get("proof", "").encode(), door.proof.encode()):
        abort(403)


def until(door: Door) -> datetime | None:
    """When the link ends, on the wall clock."""
    return clock.local(door.link.due_at) if door.link else None


def _state(door: Door, result: str) -> tuple[int, str]:
    """The page's status and what is wrong; one who may still give a code hears nothing."""
    if door.link is None:
        return 404, FAULTS["gone"]
    if result == "stranger":
        return 403, FAULTS["stranger"]
    if result == "wrong":
        return 403, FAULTS["wrong"].format(left=door.link.left)
    if door.link.status in ("locked", "bound"):
        return 403, FAULTS["taken" if door.link.status == "bound" else "locked"]
    return 200, FAULTS.get(result, "")


def _signer(service: Service) -> URLSafeSerializer:
    return URLSafeSerializer(service.settings.secret_key, salt=SALT)


def _browser(service: Service) -> str:
    """What this browser was given with the right code; nothing where it has none of ours."""
    try:
        return str(_signer(service).loads(request.cookies.get(COOKIE, "")))
    except BadSignature:
        return ""


def mark(browser: str) -> str:
    """What is kept of a browser."""
    return sha256(b"mark " + browser.encode()).hexdigest()


def _from_here(service: Service) -> None:
    """Only a form of this site may post; what a browser fetches ahead of a tap is not given."""
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        abort(503)
    if request.method != "POST":
        return
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    hosts = {request.host, urlsplit(service.settings.dundian_base_url).netloc} - {""}
    if origin is not None and urlsplit(origin).netloc not in hosts:
        abort(403)


def _strict(response: AnyResponse) -> AnyResponse:
    response.headers["Content-Security-Policy"] = POLICY
    # Under no-referrer a browser posts a form with `Origin: null`, which could be anybody's.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
