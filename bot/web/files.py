"""The page behind a file's link: a tap makes the file and hands it out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from bot import clock
from bot.channels.base import Login
from bot.forms import workshop
from bot.forms.order import Made
from bot.forms.registry import is_big, make
from bot.forms.workshop import State
from bot.service import Service
from bot.web.doors import FILE, Door, demand_proof, guard, meet, refuse, try_code, until
from bot.web.identity import arrive
from handlers.asked import LEADER
from handlers.forms import FORMS
from models.audit import look
from models.colleagues import is_below
from models.context_query import load_person
from models.database import reading
from models.passes import Pass, note
from models.refusal import Refusal

CHUNK = 64 * 1024


def blueprint(service: Service, login: Login | None = None) -> Blueprint:
    """The pages of one service; with a login the platform is asked who opens the link."""
    pages = Blueprint("files", __name__, template_folder="templates")

    @pages.get("/f/<token>")
    def show(token: str) -> AnyResponse:
        with reading(service.engine).connect() as connection:
            door = meet(service, connection, FILE, token)
        return _page(service, door, door.link) if door.link and door.opened else arrive(service, login, door)

    @pages.post("/f/<token>")
    def open_it(token: str) -> AnyResponse:
        return try_code(service, FILE, token, request.form.get("code", ""))

    @pages.post("/f/<token>/file")
    def take(token: str) -> AnyResponse:
        try:
            return _take(service, token)
        except Refusal as refusal:
            return _refused(service, token, str(refusal))

    guard(pages, service)
    return pages


def _page(service: Service, door: Door, found: Pass, refused: str = "") -> AnyResponse:
    """What the file is, and how far it is where it is being made, or why it cannot be."""
    title = FORMS[found.title].title if found.title in FORMS else "文件"
    far = State("refused", words=refused) if refused else workshop.state(_folder(service, found))
    shown = {"heading": title, "picture": found.title == "picture", "until": until(door), "door": door, "state": far}
    return make_response(render_template("file.html", **shown), 409 if refused else 200)


def _refused(service: Service, token: str, words: str) -> AnyResponse:
    with reading(service.engine).connect() as connection:
        door = meet(service, connection, FILE, token)
    return _page(service, door, door.link, words) if door.link and door.opened else refuse(door)


def _take(service: Service, token: str) -> AnyResponse:
    """Make the file for the browser that may have it, or begin to; the rights are those of this moment."""
    now = clock.now()
    with reading(service.engine).connect() as connection:
        door = meet(service, connection, FILE, token)
        if door.link is None or not door.opened:
            return refuse(door)
        demand_proof(door)
        if not _may(connection, door.link, clock.local(now).date()):
            return refuse(Door(FILE, token, None, ""))
        big = is_big(connection, door.link.title, door.link.data, clock.local(now).date())
        made = None if big else _made(service, connection, door.link)
    return _handed(service, door.link, made) if made else _from_workshop(service, door, door.link)


def _made(service: Service, connection: Connection, found: Pass) -> Made:
    return make(service, connection, found.title, found.data, found.person_id, clock.local(clock.now()))


def _handed(service: Service, found: Pass, made: Made) -> AnyResponse:
    """Note who is shown to whom, then hand it out."""
    _note(service, found, made.people)
    return download(made)


def _note(service: Service, found: Pass, people: tuple[int, ...]) -> None:
    now = clock.now()
    with service.engine.begin() as connection:
        look(connection, found.person_id, [p for p in people if p != found.person_id], "export", now)
        note(connection, found, "taken", now)


def _from_workshop(service: Service, door: Door, found: Pass) -> AnyResponse:
    """A big file: handed out where it is ready, else begun; the page tells how far it is."""
    made = workshop.ready(_folder(service, found))
    if made is None:
        wanted = {name: value for name, value in found.data.items() if name not in ("code", "browser", "failures")}
        at = clock.local(clock.now()).isoformat()
        workshop.start(
            service.settings,
            _folder(service, found),
            {"form": found.title, "wanted": wanted, "viewer": found.person_id, "now": at},
        )
        return redirect(door.root, 303)
    _note(service, found, made.people)
    # The server hands a file on by itself, so that a big one is never in the memory of the web side.
    held = wrap_file(request.environ, made.path.open("rb"), CHUNK)
    answer = Response(held, mimetype=made.kind, direct_passthrough=True)
    answer.headers["Content-Length"] = str(made.path.stat().st_size)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return answer


def _folder(service: Service, found: Pass) -> Path:
    return workshop.place(service.settings, found.id, str(found.data["code"]))


def _may(connection: Connection, found: Pass, today: date) -> bool:
    """Whether who asked is still in office, in the unit that it was asked for, with a role that may, over whom it is about."""
    who = load_person(connection, found.person_id, today)
    if who is None or who.unit_id != found.unit_id or found.title not in FORMS:
        return False
    person = found.data.get("person")
    if person is not None and person != found.person_id:
        return bool(who.roles & LEADER) and is_below(connection, person, who.unit_path, today)
    return bool(who.roles & FORMS[found.title].who)


def download(made: Made) -> Response:
    """A file as an answer; a picture is shown at once."""
    inline = made.kind.startswith("image/")
    answer = Response(made.content, mimetype=made.kind)
    kind = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(made.name)}"
    return answer
