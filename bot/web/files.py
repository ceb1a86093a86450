"""The page behind a file's link: it asks for the code, belongs to the first browser that gives it, and hands the file out."""

from __future__ import annotations

import hmac
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from bot import clock
from bot.forms.order import Made
from bot.forms.registry import make
from bot.links import number_of
from bot.service import Service
from bot.web.assets import asset_response, load_assets
from handlers.asked import LEADER, MEMBER
from handlers.export import CONTACTS
from models.audit import look
from models.context_query import load_person
from models.files import FileAsked, file_asked, give_code, is_theirs, note_taken
from models.refusal import Refusal

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
COOKIE, SALT = "file", "dundian browser"
TITLES = {
    "ledger": "问题台账",
    "schedule": "工作安排表",
    "task_list": "任务清单完成情况",
    "summary": "统计表",
    "picture": "进度图",
}
MAY = {"picture": MEMBER, "schedule": CONTACTS}  # the rest is for leaders
FAULTS = {
    "wrong": "取件码不对，还可以再试{left}次。",
    "locked": "取件码错了太多次，这个链接已经锁住。请回到聊天里重新要一次。",
    "taken": "这个链接已经在另一台手机或电脑上打开过。请回到聊天里重新要一次。",
    "gone": "链接已经过期，或者不是从这里发出的。请回到聊天里重新要一次。",
}


def blueprint(service: Service) -> Blueprint:
    """The pages of one service."""
    pages = Blueprint("files", __name__, template_folder="templates")
    assets = load_assets()
    pages.add_app_template_global(
        lambda name: url_for("files.static_file", name=name, v=assets[name].version), "file_asset"
    )

    @pages.get("/f/<token>")
    def show(token: str) -> AnyResponse:
        with service.engine.connect() as connection:
            found = _find(service, connection, token)
        return _page(token, found, _browser(service))

    @pages.post("/f/<token>")
    def open_it(token: str) -> AnyResponse:
        return _try(service, token, request.form.get("code", ""))

    @pages.post("/f/<token>/file")
    def take(token: str) -> AnyResponse:
        return _take(service, token)

    @pages.get("/f/static/<name>")
    def static_file(name: str) -> Response:
        return asset_response(assets[name], request) if name in assets else abort(404)

    pages.register_error_handler(Refusal, _refuse)
    pages.before_request(lambda: _from_here(service))
    pages.after_request(_strict)
    return pages


def _find(service: Service, connection: Connection, token: str) -> FileAsked | None:
    number = number_of(service.settings, token)
    return file_asked(connection, number, clock.now()) if number else None


def _try(service: Service, token: str, code: str) -> AnyResponse:
    """Take a code; the right one makes this browser the only one."""
    number, browser = number_of(service.settings, token), token_urlsafe(24)
    if number is None:
        return _page(token, None, "")
    plain = "".join(sign for sign in code if sign.isdigit())
    typed = service.vault.hash(f"file {plain}")
    with service.engine.begin() as connection:
        result = give_code(connection, number, typed, _mark(browser), clock.now())
        found = file_asked(connection, number, clock.now())
    if result != "bound":
        return _page(token, found, _browser(service), result)
    answer = make_response("", 303, {"Location": url_for("files.show", token=token)})
    answer.set_cookie(
        COOKIE,
        _signer(service).dumps(browser),
        max_age=24 * 3600,
        path=f"/f/{token}",
        secure=_secure(service),
        httponly=True,
        samesite="Lax",
    )
    return answer


def _take(service: Service, token: str) -> AnyResponse:
    """Make the file for the browser that may have it; the rights are those of this moment."""
    now = clock.now()
    with service.engine.begin() as connection:
        found, browser = _find(service, connection, token), _browser(service)
        if found is None or not is_theirs(found, _mark(browser)):
            return _page(token, found, browser)
        if not hmac.compare_digest(request.form.get("proof", ""), _proof(browser)):
            abort(403)
        if not _may(connection, found, clock.local(now).date()):
            return _page(token, None, "")
        made = make(service, connection, found.title, found.data, found.person_id, clock.local(now))
        look(connection, found.person_id, [p for p in made.people if p != found.person_id], "export", now)
        note_taken(connection, found, now)
    return _download(made)


def _may(connection: Connection, found: FileAsked, today: date) -> bool:
    """Whether who asked is still in office, in the unit that it was asked for, with a role that may."""
    who = load_person(connection, found.person_id, today)
    if who is None or who.unit_id != found.unit_id:
        return False
    return bool(who.roles & MAY.get(found.title, LEADER))


def _download(made: Made) -> Response:
    inline = made.kind.startswith("image/")
    answer = Response(made.content, mimetype=made.kind)
    kind = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(made.name)}"
    return answer


def _page(token: str, found: FileAsked | None, browser: str, fault: str = "") -> AnyResponse:
    status, words = _state(found, browser, fault)
    return make_response(
        render_template(
            "file.html",
            title=TITLES.get(found.title, "文件") if found else "文件",
            open=bool(found) and not words,
            theirs=found is not None and is_theirs(found, _mark(browser)),
            fault=words,
            retry=fault == "wrong",
            until=clock.local(found.due_at) if found else None,
            picture=found is not None and found.title == "picture",
            token=token,
            proof=_proof(browser),
        ),
        status,
    )


def _refuse(refusal: Refusal) -> tuple[Response, int]:
    return Response(f"{refusal}\n", mimetype="text/plain"), 409


def _state(found: FileAsked | None, browser: str, fault: str) -> tuple[int, str]:
    """The page's status and what is wrong; one who may have it hears nothing."""
    if found is None:
        return 404, FAULTS["gone"]
    if fault == "wrong":
        return 403, FAULTS["wrong"].format(left=found.left)
    if found.status == "locked":
        return 403, FAULTS["locked"]
    if found.status == "bound" and not is_theirs(found, _mark(browser)):
        return 403, FAULTS["taken"]
    return 200, ""


def _signer(service: Service) -> URLSafeSerializer:
    return URLSafeSerializer(service.settings.secret_key, salt=SALT)


def _browser(service: Service) -> str:
    """What this browser was given with the right code; nothing where it has none of ours."""
    try:
        return str(_signer(service).loads(request.cookies.get(COOKIE, "")))
    except BadSignature:
        return ""


def _mark(browser: str) -> str:
    return sha256(b"mark " + browser.encode()).hexdigest()


def _proof(browser: str) -> str:
    """What a form of ours carries, and no foreign page can know."""
    return sha256(b"form " + browser.encode()).hexdigest()


def _secure(service: Service) -> bool:
    return service.settings.dundian_base_url.startswith("https://")


def _from_here(service: Service) -> None:
    """Only a form of this site may post."""
    if request.method != "POST":
        return
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    hosts = (request.host, urlsplit(service.settings.dundian_base_url).netloc)
    if origin is not None and urlsplit(origin).netloc not in hosts:
        abort(403)


def _strict(response: AnyResponse) -> AnyResponse:
    response.headers["Content-Security-Policy"] = POLICY
    # Under no-referrer a browser posts a form with `Origin: null`, which could be anybody's.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
