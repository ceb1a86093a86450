"""From what was understood to what is stored, and the read-back that says so."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any

from bot.understanding.meaning import Entry
from handlers import places
from handlers.asked import Asked
from handlers.figures import brief, refresh
from handlers.key_tasks import follows_up, title
from handlers.needs import Draft, Need, first_need
from handlers.stays import known, told
from handlers.wording import AUDIENCES, listing
from models import journal
from models.credits import explain, feeds
from models.facts import Fact
from models.progress import Standing

SAME_AGAIN = timedelta(minutes=30)
SAME = ("activity", "audience", "count", "start", "end", "place", "class_name")
_SAME_OF = attrgetter(*SAME)
UNDO = "回“撤销”取消。"
NEAR = {
    "student": "pioneer",
    "pioneer": "student",
    "teacher": "counselor",
    "head_teacher": "counselor",
}  # often the same people
PAPERS = ("report", "case")
_TITLE = re.compile("《([^》]{2,60})》")
AT_SCHOOL = ("class_visit", "lecture", "theme_day", "interview", "unit_link", "identity")


def draft(asked: Asked, entry: Entry) -> Draft:
    """An understood entry as the columns it will have."""
    place = places.find_place(asked, entry.place)
    text = title(asked) if entry.activity == "key_task" else entry.text or _quoted(asked, entry)
    columns = ("activity", "audience", "start", "end", "attendance", "met_before", "of", "class_name", "method")
    row: dict[str, Any] = {name: getattr(entry, name) for name in columns}
    row |= {"count": _decimal(entry.count), "at_least": _decimal(entry.at_least), "full_day": entry.full_day}
    row |= {
        "text": text,
        "place": place.words,
        "school_id": place.school_id,
        "away": place.away,
        "linked": place.linked,
    }
    return Draft(row | _stretched(asked, entry), entry.invalid, words=asked.meaning.masked)


def _quoted(asked: Asked, entry: Entry) -> str | None:
    """The title of a paper, where the message holds one."""
    found = _TITLE.search(asked.meaning.masked) if entry.activity in PAPERS else None
    return found[1] if found else None


def _stretched(asked: Asked, entry: Entry) -> dict[str, Any]:
    """驻校3天 with no day said ends today and reaches back over workdays; the parser, which knows no calendar, cannot."""
    if entry.activity != "on_site" or entry.dated or entry.start is None or entry.start == entry.end:
        return {}
    if entry.end != asked.today or entry.count is None or (entry.end - entry.start).days + 1 != entry.count:
        return {}
    return {"start": asked.calendar.reach_back(asked.today, Decimal(str(entry.count)))}


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def as_fact(number: int, message_id: int | None, row: dict[str, Any], asked: Asked) -> Fact:
    """A stored row as arithmetic sees it."""
    named = {name: row.get(name) for name in Fact._fields}
    return Fact(**named | {"id": number, "message_id": message_id, "made_at": asked.now})  # type: ignore[arg-type]


def row_beside(fact: Fact, part: Entry) -> dict[str, Any]:
    """The columns of a further part of a stored record: its own audience and count, the rest alike."""
    alike = ("activity", "start", "end", "method", "place", "school_id", "away", "linked", "class_name")
    return {name: getattr(fact, name) for name in alike} | {
        "audience": part.audience,
        "count": _decimal(part.count),
        "state": "active",
    }


def record(asked: Asked, entries: Sequence[Entry], *, again: bool = False, recorder: int | None = None) -> str:
    """Store entries and say what was stored, what remains, and what is still to be asked."""
    drafts = [draft(asked, entry) for entry in entries]
    stays = [] if again else [(d, fact) for d in drafts if (fact := known(asked, d))]
    if stays:
        rest = [e for e, d in zip(entries, drafts, strict=True) if all(d is not one for one, _ in stays)]
        return _beside(asked, rest, told(asked, stays), recorder)
    if not (again or follows_up(asked, entries)) and said_before(asked, drafts):
        journal.ask(
            asked.connection, asked.actor, [{"kind": "another", "text": "", "data": {"entries": packed(entries)}}]
        )
        return _same_again(asked, drafts)
    needs = [first_need(d, asked.today, asked.calendar) for d in drafts]
    states = ["pending" if need else "active" for need in needs]
    rows = [{**d.row, "state": state, "recorder_id": recorder} for d, state in zip(drafts, states, strict=True)]
    ids = journal.add_entries(asked.connection, asked.actor, rows, follow_up=follows_up(asked, entries))
    facts = [as_fact(i, asked.message_id, row, asked) for i, row in zip(ids, rows, strict=True)]
    questions = [question(need, i, d) for need, i, d in zip(needs, ids, drafts, strict=True) if need]
    questions += _school_question(asked, facts) or _other_group(asked, facts)
    if questions:
        journal.ask(asked.connection, asked.actor, questions)
    return read_back(asked, facts, questions, {i: row["text"] for i, row in zip(ids, rows, strict=True)})


def _beside(asked: Asked, entries: Sequence[Entry], known_stays: str, recorder: int | None) -> str:
    """What was said beside stays that are known already."""
    if entries:
        return f"{record(asked, entries, recorder=recorder)}\n{known_stays}"
    stays = [f for f in asked.context.facts if f.activity == "on_site"]
    return known_stays + "".join(_progress(brief(refresh(asked, asked.context.facts), stays)))


def question(need: Need, entry_id: int, draft: Draft) -> dict[str, Any]:
    """An open point as a stored question."""
    data = {**need.data, "confirmed": list(draft.confirmed)}
    return {"kind": need.kind, "text": need.text, "entry_id": entry_id, "data": data}


def said_before(asked: Asked, drafts: Sequence[Draft]) -> bool:
    """Whether the same entries were stored within the last half hour by one message."""
    new = Counter(itemgetter(*SAME)(draft.row) for draft in drafts)
    since = asked.now - SAME_AGAIN
    recent: dict[int | None, Counter[Any]] = defaultdict(Counter)
    for fact in asked.context.facts:
        if fact.made_at and fact.made_at >= since:
            recent[fact.message_id][_SAME_OF(fact)] += 1
    return new in recent.values()


def packed(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON keeps them beside a question."""
    return [{field.name: journal.plain(getattr(entry, field.name)) for field in fields(entry)} for entry in entries]


def unpacked(rows: Sequence[dict[str, Any]]) -> list[Entry]:
    """Entries out of JSON."""
    days = [{name: row[name] and date.fromisoformat(row[name]) for name in ("start", "end")} for row in rows]
    return [Entry(**{**row, **said, "span": tuple(row["span"])}) for row, said in zip(rows, days, strict=True)]


def _same_again(asked: Asked, drafts: Sequence[Draft]) -> str:
    what = listing([(d, d.row["count"], d.row["place"], d.row["text"]) for d in drafts], asked.today)
    return f"半小时内记过一样的了（{what}），这次没有重复记。确实又做了一次，回“另记”。"


def _school_question(asked: Asked, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """One question, once, about a school that is not the person's own."""
    own = places.primary(asked)
    known = {fact.place for fact in asked.context.facts}
    new = next((f for f in facts if f.place and f.place not in known and (f.away or own is None)), None)
    if new is None:
        return []
    if own is None:
        text = f"{new.place}是你的蹲点学校吗？回“是”就设好。"
    else:
        text = (
            f"{new.place}不是你的蹲点学校（{own.name}），已记下，但不算进蹲点任务。如果写错了，回“是”改成{own.name}。"
        )
    return [{"kind": "school", "text": text, "entry_id": new.id, "data": {"place": new.place}}]


def read_back(
    asked: Asked,
    facts: Sequence[Fact],
    questions: Sequence[dict[str, Any]] = (),
    texts: dict[int, str] | None = None,
    head: str = "已记",
) -> str:
    """What was saved, what remains, the word that undoes it, and the first question."""
    kept = [f for f in facts if f.state == "active"]
    changed = {f.id for f in facts}
    found = refresh(asked, [*(f for f in asked.context.facts if f.id not in changed), *facts])
    parts = []
    if kept:
        parts.append(f"{head} {_list(asked, kept, texts)}。")
        parts += _progress(brief(found, kept))
    elif facts:
        parts.append(f"先记下 {_list(asked, facts, texts)}，补全后才计入。")
    parts.append(UNDO)
    parts += shortfalls(asked, kept, found, any(q.get("kind") == "school" for q in questions))
    parts += _hints(asked, kept)
    parts += [questions[0]["text"]] if questions and not _heads(asked, facts) else []
    return _practice(asked) + "".join(parts[:3]) + "".join("\n" + part for part in parts[3:])


def shortfalls(asked: Asked, kept: Sequence[Fact], found: Sequence[Standing], asks_school: bool) -> list[str]:
    """Why what was just kept does not count, or not yet; a school that is asked about says so itself."""
    done = {s.rule.id for s in found if s.met}
    said: dict[str, list[str]] = {}
    for fact in kept:
        for credit in explain(fact, [rule for rule in asked.rules if rule.id not in done], asked.calendar):
            if credit.reason and not (credit.reason == "away" and asks_school):
                said.setdefault(credit.reason, []).append(credit.rule.title if credit.reason == "away" else credit.text)
    away = "、".join(dict.fromkeys(said.pop("away", [])))
    lines = list(dict.fromkeys(text for texts in said.values() for text in texts))
    return [*([f"不在蹲点学校，记下了，不计入{away}。"] if away else []), *([f"{'；'.join(lines)}。"] if lines else [])]


def _heads(asked: Asked, facts: Sequence[Fact]) -> bool:
    """Whether an older record's question heads this reply already; then a new one waits its turn."""
    older = {f.id for f in asked.context.facts if f.state == "pending"} - {f.id for f in facts}
    return any(q.entry_id in older and not q.came_back for q in asked.context.questions)


def _progress(words: str) -> list[str]:
    return [f"{words}。"] if words else []


def _practice(asked: Asked) -> str:
    return "【演练，不计入】" if asked.context.training else ""


def _list(asked: Asked, facts: Iterable[Fact], texts: dict[int, str] | None = None) -> str:
    return listing([(f, f.count, f.place, (texts or {}).get(f.id)) for f in facts], asked.today)


def _other_group(asked: Asked, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """One question, once, where people were met whom no goal counts, and a goal counts such as they may well have been."""
    met = {fact.audience for fact in asked.context.facts if fact.activity == "interview"}
    for fact in facts:
        meant = NEAR.get(fact.audience or "", "") if (fact.activity, fact.state) == ("interview", "active") else ""
        if meant and fact.audience not in met and _counted(asked, meant) and not _counted(asked, fact.audience):
            said, group = AUDIENCES[fact.audience or ""], AUDIENCES[meant]
            text = f"{said}不算在{group}里；其实是{group}的话，回“{group}”。"
            return [{"kind": "group", "text": text, "entry_id": fact.id, "data": {"said": said}}]
    return []


def _counted(asked: Asked, audience: str | None) -> bool:
    return any(feeds(rule, "interview", audience) for rule in asked.rules)


def _hints(asked: Asked, kept: Sequence[Fact]) -> list[str]:
    """Offer the day at school where it is likely and was not said."""
    today = asked.today
    there = [f for f in (*asked.context.facts, *kept) if f.activity == "on_site" and f.start and f.end]
    counted = any(f.start <= today <= f.end for f in there if f.start and f.end)
    likely = any(f.activity in AT_SCHOOL and f.start == f.end == today for f in kept)
    if counted or not likely or not any(r.metric == "on_site_days" for r in asked.rules):
        return []
    return ["今天也在学校的话，回“驻校”加1天。"]
