"""The pages behind one link: finds the visit, looks up its rights anew, shows a page or does what a form asks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC

from flask import Blueprint, abort, make_response, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from bot import clock
from bot.channels.base import Login
from bot.forms.order import Made
from bot.forms.tables import NOT_XML
from bot.service import Service
from bot.web.doors import PAGE, Door, demand_proof, guard, here, meet, refuse, try_code, until
from bot.web.files import download
from bot.web.identity import arrive
from bot.web.registry import PAGES, menu
from bot.web.visit import Done, Form, Page, Shown, Upload, Visit
from models.audit import refused
from models.context_query import load_person
from models.database import reading
from models.refusal import Refusal

SAID, LONGEST = "said", 300
UPLOAD_BYTES = 3_000_000
TOO_LARGE = (
    "文件太大，没有收下；名册和已有的记录都没有变。请删去图片、空白表等无关内容，另存为 .xlsx，或分成几个文件再传。"
)
NOT_YOURS = "这一页不在你的职责里。能打开的都在“我的页面”。"
NO_PAGE = "没有这一页。能打开的都在“我的页面”。"


def blueprint(service: Service, login: Login | None = None) -> Blueprint:
    """The pages of one service; with a login the platform is asked who opens the link."""
    pages = Blueprint("pages", __name__, template_folder="templates")

    @pages.get("/p/<token>/", defaults={"path": ""})
    @pages.get("/p/<token>/<path>")
    def show(token: str, path: str) -> AnyResponse:
        return _get(service, login, token, path)

    @pages.post("/p/<token>/", defaults={"path": ""})
    @pages.post("/p/<token>/<path>")
    def act(token: str, path: str) -> AnyResponse:
        request.max_content_length = UPLOAD_BYTES
        if "code" in request.form and "action" not in request.form:
            return try_code(service, PAGE, token, request.form["code"])
        return _post(service, token, path)

    pages.register_error_handler(RequestEntityTooLarge, lambda _: _too_large(service))
    guard(pages, service)
    return pages


def _too_large(service: Service) -> AnyResponse:
    """The page that a file was sent to, with what is wrong; nothing of the file was read."""
    where = request.view_args or {}
    with service.engine.begin() as connection:
        door = meet(service, connection, PAGE, str(where.get("token", "")))
        visit = _visit(service, connection, door) if door.opened else None
        if visit is None:
            return refuse(door)
        return _show(replace(visit, fault=TOO_LARGE, said=""), str(where.get("path", "")), 413)


def _get(service: Service, login: Login | None, token: str, path: str) -> AnyResponse:
    with reading(service.engine).connect() as connection:
        door = meet(service, connection, PAGE, token)
    if not door.opened or request.method == "HEAD":
        return make_response("") if door.opened else arrive(service, login, door)
    with service.engine.begin() as connection:  # a look at a person leaves its line
        visit = _visit(service, connection, door)
        answer = refuse(_closed(door)) if visit is None else _show(visit, path)
    answer.delete_cookie(SAID, path=door.root)
    return answer


def _post(service: Service, token: str, path: str) -> AnyResponse:
    with service.engine.begin() as connection:
        # Locked: a form that is sent twice at once is done once, and then again.
        door = meet(service, connection, PAGE, token, lock=True)
        if not door.opened:
            return refuse(door)
        demand_proof(door)
        visit = _visit(service, connection, door)
        return refuse(_closed(door)) if visit is None else _act(visit, path)


def _closed(door: Door) -> Door:
    return replace(door, link=None)


def _visit(service: Service, connection: Connection, door: Door) -> Visit | None:
    """Who this is at this moment; nobody once out of office."""
    local = clock.now()
    who = load_person(connection, door.link.person_id, local.date()) if door.link else None
    if who is None:
        return None
    now = local.astimezone(UTC)
    said = _said(service, door)
    return Visit(service, connection, who, now, local, door.proof, door.root, until(door), said=said)


def _allowed(visit: Visit, path: str) -> Page:
    """The page, if it is for who asks; asking for another's is kept."""
    page = PAGES.get(path)
    if page is None:
        raise Refusal(NO_PAGE)
    if not page.who & visit.who.roles:
        refused(visit.connection, visit.person_id, visit.who.unit_id, visit.now)
        raise Refusal(NOT_YOURS)
    return page


def _show(visit: Visit, path: str, status: int = 200) -> AnyResponse:
    try:
        page = _allowed(visit, path)
        return _rendered(visit, page, page.show(visit, _query()), status)
    except Refusal as refusal:
        shown = Shown("pages/refusal.html", {})
        return _rendered(replace(visit, fault=str(refusal), said=""), PAGES.get(path), shown, 403)


def _act(visit: Visit, path: str) -> AnyResponse:
    """Do what the form asks; refused, the page is shown again as it was filled in."""
    form = _form()
    try:
        page = _allowed(visit, path)
        action = page.actions.get(form.get("action")) or abort(404)
        done = action(visit, form)
        if isinstance(done, Shown):
            return _rendered(replace(visit, typed=form), page, done, 200)
        return _told(visit, done)
    except Refusal as refusal:
        return _show(replace(visit, fault=str(refusal), typed=form, said=""), path, 422)


def _query() -> Mapping[str, str]:
    return {name: NOT_XML.sub("", value) for name, value in request.args.items()}


def _form() -> Form:
    """What was typed and ticked, without what no database, page or workbook can hold."""
    fields = {name: [NOT_XML.sub("", value) for value in values] for name, values in request.form.lists()}
    return Form(fields, {name: _upload(file) for name, file in request.files.items() if file.filename})


def _upload(file: FileStorage) -> Upload:
    with closing(file):  # a large one lies on the disk
        return Upload(NOT_XML.sub("", file.filename or ""), file.read())


def _told(visit: Visit, done: str | Done | Made) -> AnyResponse:
    if isinstance(done, Made):
        return download(done)
    text, url = (done.text, done.url) if isinstance(done, Done) else (done, here())
    answer = redirect(url, 303)
    signed = _signer(visit.service).dumps([visit.proof, text[:LONGEST]])
    secure = visit.service.settings.dundian_base_url.startswith("https://")
    answer.set_cookie(SAID, signed, max_age=120, path=visit.root, secure=secure, httponly=True, samesite="Strict")
    return answer


def _said(service: Service, door: Door) -> str:
    """What the action just done has to say, told once."""
    try:
        proof, text = _signer(service).loads(request.cookies.get(SAID, ""))
    except (BadSignature, ValueError):
        return ""
    return str(text) if proof == door.proof else ""


def _signer(service: Service) -> URLSafeSerializer:
    return URLSafeSerializer(service.settings.secret_key, salt="dundian said")


def _rendered(visit: Visit, page: Page | None, shown: Shown, status: int) -> AnyResponse:
    values: Mapping[str, object] = {"visit": visit, "page": page, "menu": menu(visit.who.roles), **shown.values}
    return make_response(render_template(shown.template, **values), status)
