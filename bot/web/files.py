"""The page behind a file's link: a tap makes the file and hands it out."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from bot import clock
from bot.forms.order import Made
from bot.forms.registry import make
from bot.service import Service
from bot.web.doors import FILE, Door, demand_proof, guard, meet, refuse, try_code, until
from handlers.asked import LEADER, MEMBER
from handlers.export import CONTACTS
from models.audit import look
from models.context_query import load_person
from models.database import reading
from models.passes import Pass, note
from models.refusal import Refusal

TITLES = {
    "ledger": "问题台账",
    "schedule": "工作安排表",
    "task_list": "任务清单完成情况",
    "summary": "统计表",
    "picture": "进度图",
}
MAY = {"picture": MEMBER, "schedule": CONTACTS}  # the rest is for leaders


def blueprint(service: Service) -> Blueprint:
    """The pages of one service."""
    pages = Blueprint("files", __name__, template_folder="templates")

    @pages.get("/f/<token>")
    def show(token: str) -> AnyResponse:
        with reading(service.engine).connect() as connection:
            door = meet(service, connection, FILE, token)
        return _page(door, door.link) if door.link and door.opened else refuse(door)

    @pages.post("/f/<token>")
    def open_it(token: str) -> AnyResponse:
        return try_code(service, FILE, token, request.form.get("code", ""))

    @pages.post("/f/<token>/file")
    def take(token: str) -> AnyResponse:
        return _take(service, token)

    pages.register_error_handler(Refusal, _refuse)
    guard(pages, service)
    return pages


def _page(door: Door, found: Pass) -> AnyResponse:
    title, picture = TITLES.get(found.title, "文件"), found.title == "picture"
    return make_response(render_template("file.html", title=title, picture=picture, until=until(door), door=door))


def _take(service: Service, token: str) -> AnyResponse:
    """Make the file for the browser that may have it; the rights are those of this moment."""
    now = clock.now()
    with service.engine.begin() as connection:
        door = meet(service, connection, FILE, token)
        if door.link is None or not door.opened:
            return refuse(door)
        demand_proof(door)
        if not _may(connection, door.link, clock.local(now).date()):
            return refuse(Door(FILE, token, None, ""))
        made = _made(service, connection, door.link)
        note(connection, door.link, "taken", now)
    return download(made)


def _made(service: Service, connection: Connection, found: Pass) -> Made:
    now = clock.now()
    made = make(service, connection, found.title, found.data, found.person_id, clock.local(now))
    look(connection, found.person_id, [p for p in made.people if p != found.person_id], "export", now)
    return made


def _may(connection: Connection, found: Pass, today: date) -> bool:
    """Whether who asked is still in office, in the unit that it was asked for, with a role that may."""
    who = load_person(connection, found.person_id, today)
    if who is None or who.unit_id != found.unit_id:
        return False
    return bool(who.roles & MAY.get(found.title, LEADER))


def download(made: Made) -> Response:
    """A file as an answer; a picture is shown at once."""
    inline = made.kind.startswith("image/")
    answer = Response(made.content, mimetype=made.kind)
    kind = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(made.name)}"
    return answer


def _refuse(refusal: Refusal) -> tuple[Response, int]:
    return Response(f"{refusal}\n", mimetype="text/plain"), 409
