"""The one road of a message: redact, claim, know the person, understand, answer, commit."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot import heads
from bot.channels.base import Incoming, first_page
from bot.clock import local
from bot.links import addresses
from bot.scrub import where
from bot.service import Service
from bot.understanding import understand
from bot.understanding.meaning import Meaning
from handlers.answering import answer_question
from handlers.asked import LEADER, Asked, Command
from handlers.bind import HOW
from handlers.carrying_on import carried_on
from handlers.own_papers import own_papers
from handlers.registry import COMMANDS
from models import claims, joining
from models.context import Context
from models.context_query import load
from models.leaving import forget
from models.refusal import Refusal

log = logging.getLogger(__name__)

TRUSTED = timedelta(hours=24)
APOLOGY = "出了点问题，这条没有记上。原话已留给管理员查看，请过一会儿再发一次。"
BUSY = "系统正忙，这条还没有记上，请过几分钟再发一次。"
WELCOME = "你好，这里是蹲点助手：说一句做了什么，就记好了。\n" + HOW
CODE = re.compile("[0-9]{6}")  # a join code sent by itself
SILENT = "other"  # what a platform tells of itself, as a page opened from the menu or a place every few seconds
SPOKEN = ("text", "voice", "click")
OFFICES = {"unit_admin": "单位管理员", "approver": "审批人", "supervisor": "督导"}  # whose matter a refused one may be
DROPPED = {
    "harm": "【强制报告】你写到孩子可能受到伤害。请马上向公安（110）、教育或民政部门报告，也可拨12355；并告诉单位负责人。原话没有保存。",
    "secret": "这条带有密级或内部标记，原话没有保存。涉密内容请不要发到微信里。",
}


def answer(service: Service, incoming: Incoming, now: datetime) -> str | None:
    """The reply to one delivery, after everything was committed; the same to every repeat of it; None for silence."""
    if incoming.kind == SILENT:
        return None
    moment = said_at(incoming, now)
    message = _claim(incoming, Meaning(""), moment, now)
    try:
        meaning = _meaning(incoming, moment)
        message = _claim(incoming, meaning, moment, now)
        return _converse(service, incoming, meaning, message, moment)
    except (OperationalError, InterfaceError):
        log.exception("database trouble at message %s", message.key)
        return BUSY
    except Exception as bug:  # noqa: BLE001 -- the one place where a bug becomes an apology
        log.error("bug at message %s: %s", message.key, where(bug))
        return _apologise(service, message)


def said_at(incoming: Incoming, now: datetime) -> datetime:
    """The platform's moment where it is believable, else the clock's; in Asia/Shanghai."""
    near = abs(now - incoming.sent_at) <= TRUSTED
    return local(incoming.sent_at if near else now)


def _meaning(incoming: Incoming, moment: datetime) -> Meaning:
    spoken = incoming.kind in SPOKEN and incoming.text
    return understand(incoming.text, moment) if spoken else Meaning("")


def _claim(incoming: Incoming, meaning: Meaning, moment: datetime, now: datetime) -> claims.Claim:
    key = blake2b(incoming.key.encode(), digest_size=24).hexdigest()
    return claims.Claim(
        incoming.channel,
        key,
        incoming.user,
        incoming.kind,
        meaning.masked,
        moment,
        now,
        meaning.intent,
        meaning.dropped,
        len(incoming.text) if incoming.kind in SPOKEN else 0,
    )


def _converse(
    service: Service, incoming: Incoming, meaning: Meaning, message: claims.Claim, moment: datetime
) -> str | None:
    with service.engine.begin() as connection:
        number = claims.claim(connection, message)
        if number is None:
            return claims.stored_reply(connection, message.channel, message.key)
        context = _know(connection, incoming, moment)
        asked = _asked(service, connection, context, meaning, number, incoming, moment)
        reply, rest = first_page(KINDS.get(incoming.kind, _other)(asked, incoming))
        person_id = context.person_id
        claims.close(connection, number, person_id, reply or None, rest, "answered")
        return reply or None


def _know(connection: Connection, incoming: Incoming, moment: datetime) -> Context:
    known = load(connection, incoming.channel, incoming.user, moment.date())
    if known is None:
        joining.open_account(connection, incoming.channel, incoming.user)
        known = load(connection, incoming.channel, incoming.user, moment.date())
    if known is None:
        raise LookupError("an account just opened is not there")
    return known


def _asked(
    service: Service,
    connection: Connection,
    context: Context,
    meaning: Meaning,
    number: int,
    incoming: Incoming,
    moment: datetime,
) -> Asked:
    return Asked(
        connection=connection,
        context=context,
        meaning=meaning,
        message_id=number,
        channel=incoming.channel,
        user=incoming.user,
        now=moment,
        calendar=service.calendars.of(context.terms),
        policies=service.policies,
        vault=service.vault,
        commands=tuple(COMMANDS.values()),
        address=addresses(service.settings),
        calendar_of=service.calendars.of,
        reads=understand,
    )


def _spoken(asked: Asked, incoming: Incoming) -> str:
    """Words typed, tapped or recognised."""
    if not incoming.text.strip():
        return _other(asked, incoming)
    # What must be done for a child, or not be done with a secret, comes before all else, and alone where nothing was said.
    duty = DROPPED.get(asked.meaning.dropped or "", "")
    if asked.context.person_id is None and CODE.fullmatch(incoming.text.strip()):
        asked = replace(asked, meaning=Meaning("bind", slots={"code": incoming.text.strip()}))
    if asked.context.person_id is None and asked.meaning.intent != "bind":
        return duty or (HOW if asked.meaning.intent != "help" else WELCOME)
    if duty and asked.meaning.intent == "unknown":
        return heads.waiting(asked) + duty
    try:
        said = answer_question(asked) or _answered(asked)
    except Refusal as refusal:
        said = str(refusal)
    shown = heads.waiting(asked)
    # Who just says yes cannot mean what is shown only now; nor is "nothing waits for you" true beside it.
    if shown and asked.meaning.intent in ("confirm", "deny") and not asked.context.questions:
        return shown.removesuffix(heads.RULE)
    return shown + (f"{duty}\n" if duty else "") + said


def _answered(asked: Asked) -> str:
    """What leans on the message before, else what was said; a question that is open heads it."""
    meant = carried_on(asked) or asked
    return heads.question(meant) + _handled(meant)


def _not_yours(command: Command, asked: Asked) -> str:
    """Whose matter it is, and what the asker can see instead."""
    instead = "看进度回“各单位进度”。" if asked.roles & LEADER else "你自己的，回“进度”或“我的记录”。"
    return f"这件事要由{_whose(command)}来办。{instead}"


def _whose(command: Command) -> str:
    *some, last = [title for role, title in OFFICES.items() if role in command.who]
    return f"{'、'.join(some)}或{last}" if some else last


def _handled(asked: Asked) -> str:
    command = COMMANDS.get(asked.meaning.intent, COMMANDS["unknown"])
    if asked.meaning.intent == "my_progress" and asked.roles & LEADER and not asked.rules:
        command = COMMANDS["team_progress"]  # who has no goals of his own and leads means the unit's
    if command.who & asked.roles:
        return command.answer(asked)
    if asked.meaning.intent == "team_progress" and not asked.meaning.slots.get("region"):
        return f"各单位的进度由{_whose(command)}看；你自己的：\n{COMMANDS['my_progress'].answer(_about_oneself(asked))}"
    if asked.meaning.intent == "approve" and not asked.meaning.slots.get("name") and (papers := own_papers(asked)):
        return "\n".join(papers)
    raise Refusal(_not_yours(command, asked))


def _about_oneself(asked: Asked) -> Asked:
    return replace(asked, meaning=replace(asked.meaning, intent="my_progress", slots={}))


def _other(asked: Asked, incoming: Incoming) -> str:
    """What cannot be read: one polite line, nothing kept."""
    if incoming.kind == "voice":
        return "语音没有转成文字。请用键盘上的话筒说话（语音输入），再发出来。"
    if asked.context.person_id is None:
        return HOW
    return "图片、视频、位置、文件我都不收，也没有保存。请用文字说一句，如：今天访谈3名队员。"


def _subscribed(asked: Asked, incoming: Incoming) -> str:
    return _scanned(asked, incoming) if incoming.text else WELCOME


def _scanned(asked: Asked, incoming: Incoming) -> str:
    """A scanned code carries a join code."""
    if asked.context.person_id is None and incoming.text.isdigit():
        coded = Meaning("bind", slots={"code": incoming.text})
        return _spoken(replace(asked, meaning=coded), incoming)
    return WELCOME if asked.context.person_id is None else "你已经绑定好了，直接说做了什么就行。"


def _left(asked: Asked, _incoming: Incoming) -> str:
    forget(asked.connection, asked.context.account_id, asked.channel, asked.user)
    return ""


KINDS: Mapping[str, Callable[[Asked, Incoming], str]] = {
    "text": _spoken,
    "voice": _spoken,
    "click": _spoken,
    "subscribe": _subscribed,
    "scan": _scanned,
    "unsubscribe": _left,
}


def _apologise(service: Service, message: claims.Claim) -> str:
    """Keep the message for replay, with the apology as its reply."""
    with service.engine.begin() as connection:
        number = claims.claim(connection, message)
        if number is None:
            return claims.stored_reply(connection, message.channel, message.key) or APOLOGY
        claims.close(connection, number, None, APOLOGY, "", "failed")
    return APOLOGY
