"""Putting right: what changes in a record said before, and which record is meant."""

from __future__ import annotations

import re

from .. import numerals
from ..gates import needed
from ..late import late
from ..meaning import Entry
from .change_words import (
    AMENDS,
    AMOUNT,
    AS_KIND,
    ATTENDED,
    ATTENDING,
    BARE_CHANGE,
    CHANGE,
    CHANGING,
    DAY_TOLD,
    DELTA,
    DENIED,
    ERR_FIRST,
    ERROR,
    FROM_TO,
    HEAD,
    HELD,
    MEANT,
    MET,
    MIDDLE,
    NEGATED,
    NO_AMEND,
    NOT_BUT,
    RECORDED,
    REFERS,
    SLIP,
    TOLD,
    TURN,
    WHOSE,
)
from .frame import Frame
from .records import (
    ADDED,
    CANTONESE,
    FIELD,
    FILED_AS,
    HOW_MANY,
    LEFT_OUT,
    MISTAKEN,
    OF_RECORD,
    ONE_MORE,
    RECORD_SLIP,
    meant,
    of_another,
    owned_first,
    words_of,
)
from .rule import STANDS, SURE, YIELDS, Command, Slots, Step, either
from .stretches import both, values

LONGEST = 60
NEW_TOTAL = late("改成|改为|应该?是|应为|其实|实际")


def amends(frame: Frame) -> bool:
    """True where the words may put something right."""
    if len(frame.core) > LONGEST or AMENDS.search(frame.text) is None:
        return False
    return not (NO_AMEND.search(frame.text) or of_another(frame))


def step(frame: Frame) -> Command | None:
    """少记了一个, 再加2名, -1: the difference; with a new total said (少记了,应该是5名) it is no difference."""
    if not frame.once(amends):
        return None
    text = frame.once(words_of)
    told = ((sign, numerals.value(match["n"]).value) for sign, words in DELTA for match in words.finditer(text))
    delta = next((sign * int(many) for sign, many in told if many), 1 if ONE_MORE.match(text) else None)
    if delta is None or (NEW_TOTAL.search(text) and CHANGE.search(text)):
        return None
    which = {key: value for key, value in values(frame, text).items() if key in ("audience", "activity")}
    return command({"delta": delta}, which, level=SURE if ADDED.match(text) else STANDS)


def command(slots: Slots, fragment: Slots, entries: tuple[Entry, ...] = (), level: int = STANDS) -> Command:
    """An amendment."""
    return Command("amend", slots, level, "amend", entries, fragment)


def met(frame: Frame) -> Command | None:
    """那6名里有2名以前谈过."""
    text = frame.text
    match = MET.search(text) if frame.once(amends) else None
    many = numerals.value(match["n"]).value if match else None
    if match is None or not many or (match.start() and not RECORDED.search(text)):
        return None
    retold = TOLD.search(text[: match.start()]) and not OF_RECORD.match(text)
    return None if retold else command({"met_before": int(many)}, {})


def kind_only(frame: Frame) -> Command | None:
    """那场算主题队日,不算宣讲."""
    text = frame.core
    match = AS_KIND.search(text) if frame.once(amends) else None
    if not match or (match["k"] and text.endswith("不算") and "," not in text):
        return None
    found = values(frame, match["k"] or match["k2"])
    if "activity" not in found:
        return None
    old = values(frame, match["k0"] or text[match.end() :])
    return command({"activity": found["activity"]}, {"activity": old["activity"]} if "activity" in old else {})


COUNT_TOLD = late("人数|个数|数目|数量|数字|(?:说|指|讲|报|填)的是")
PLAIN = late(r"(?P<n>[一二三四五六七八九十百两俩仨\d]{1,4})")
LISTENERS = late(r"人数|[的来]人|听众|[\d十百]人|人$")
EVENTS = frozenset(("lecture", "theme_day", "exchange"))


def changed(frame: Frame) -> Command | None:
    """改成5名; 不是3名是5名; 刚才说错了,是辅导员; 那两个是家长."""
    text = frame.once(words_of)
    split = None if not frame.once(amends) or inside_report(text) else parted(text)
    if split is None or reports(text, split[0]):
        return None
    old, new, level = split[0], FILED_AS.sub("", split[1]), split[2]
    several = both(frame, new) if not HOW_MANY.search(text) else ()
    return (
        number_only(frame, text, old, new)
        or (command({}, {}, several) if several else None)
        or differing(frame, text, old, new)
        or owned(frame, text, old, level)
    )


def reports(text: str, old: str) -> bool:
    """True where what was is something told just now, which nothing puts right."""
    told = TOLD.search(old) and not (RECORDED.search(old) or FIELD.search(old) or RECORD_SLIP.search(old))
    said_so = BARE_CHANGE.match(text) or FROM_TO.search(text) or re.match("不对|不是|错|改|更正|纠正", text)
    return bool(told and not said_so)


def number_only(frame: Frame, text: str, old: str, new: str) -> Command | None:
    """人数改成5: a number alone is the count, but not that of an event, whose people are those present."""
    bare = PLAIN.fullmatch(ERROR.sub("", new).strip(" ,。了"))
    if bare is None or not COUNT_TOLD.search(text) or ATTENDING.search(text):
        return None
    before = values(frame, old)
    if before.get("activity") in EVENTS:
        return None
    return command({"count": numerals.value(bare["n"]).value}, before)


def differing(frame: Frame, text: str, old: str, new: str) -> Command | None:
    """What is said anew, and the record told by what was."""
    found, before = values(frame, new, old), values(frame, old)
    meant(frame, text, new, found, before)
    slots = {key: value for key, value in found.items() if before.get(key) != value or key in ("start", "end")}
    if "count" in slots and "audience" in slots and told_of(frame, text) == slots["audience"]:
        before["audience"] = slots.pop("audience")
    event = before.get("activity") or slots.get("activity")
    if "count" in slots and event in EVENTS and LISTENERS.search(text):
        slots["attendance"] = int(slots.pop("count"))
        before["activity"] = event
        slots = {key: value for key, value in slots.items() if key != "activity"}
    if "attendance" in slots:
        slots.pop("audience", None)
    level = SURE if owned_first(text) else STANDS if surely(text) or FIELD.search(old) else YIELDS
    return command(slots, before, level=level) if slots else None


def surely(text: str) -> bool:
    """True where the words can mean nothing but putting right."""
    begins = (HEAD.match(text), BARE_CHANGE.match(text), NOT_BUT.match(text), DAY_TOLD.match(text))
    return bool(
        any(begins)
        or RECORDED.search(text)
        or FROM_TO.search(text)
        or MISTAKEN.match(text)
        or (ERROR.search(text) and COUNT_TOLD.search(text))
    )


def owned(frame: Frame, text: str, old: str, level: int) -> Command | None:
    """记错了: an error is owned to or something denied in a few words, and not yet said what is right."""
    before = values(frame, old)
    if len(text) > 14:
        return None
    if DENIED.match(text) and before:
        return command({}, before, level=STANDS)
    return command({}, before, level=YIELDS) if ERROR.search(text) and level == YIELDS else None


def plainly_changed(frame: Frame) -> Command | None:
    """The same, where it is also said what changes."""
    found = frame.once(changed)
    return found if found and (found.slots or found.entries or found.level >= STANDS) else None


def in_cantonese(frame: Frame) -> Command | None:
    """The same, where only Cantonese words tell it."""
    return plainly_changed(frame) if not CANTONESE.isdisjoint(frame.text) else None


def steps() -> tuple[Step, ...]:
    """What reads an amendment that says what changes."""
    return (
        Step(step, [either(*(words for _, words in DELTA))[0] | LEFT_OUT]),
        Step(kind_only, needed(AS_KIND.pattern)),
        Step(met, needed(MET.pattern)),
        Step(plainly_changed, either(AMENDS) + either(*CHANGING)),
        Step(in_cantonese, (CANTONESE,)),
    )


def told_of(frame: Frame, text: str) -> str | None:
    """家长不是2名是4名: the audience that stays, as it only says which record is meant."""
    whose = WHOSE.search(text)
    return values(frame, whose["who"]).get("audience") if whose else None


def inside_report(text: str) -> bool:
    """True where a speaker only corrects himself while reporting (活动一次(打错了,是校际))."""
    error = SLIP.search(text)
    return bool(error and error.start() and AMOUNT.search(text[: error.start()]) and not RECORDED.search(text))


def parted(text: str) -> tuple[str, str, int] | None:
    """What was, what shall be, and whether only an error was told."""
    marks = list(CHANGE.finditer(text))
    error, negated, refers = slip(text), NOT_BUT.search(text), REFERS.match(text)
    day = DAY_TOLD.match(text)
    if not (error or negated or refers or day or ATTENDED.match(text) or any(TURN.match(m.group()) for m in marks)):
        return None
    if day and refers is None and not (error or negated):
        return "", day["new"], STANDS
    if refers and not marks and not negated and not error:
        return refers["ref"], refers["new"], STANDS
    middle = MIDDLE.search(text)
    if middle and not marks and middle.start() > 2:
        return text[: middle.start()], NEGATED.sub(" ", text[middle.end() :]), STANDS
    return around(text, marks, bool(negated))


def slip(text: str) -> bool:
    """True where an error is owned to."""
    return bool(ERROR.search(text) or ERR_FIRST.match(text) or (MIDDLE.search(text) and RECORDED.search(text)))


def around(text: str, marks: list[re.Match[str]], negated: bool) -> tuple[str, str, int]:
    """What stands before and behind the last word of change; what is said not to be belongs to the old."""
    mark = next((m for m in reversed(marks) if text[m.end() :].strip(" ,。!的")), None)
    old, new = (text[: mark.start()], text[mark.end() :]) if mark else ("", text)
    taken = " ".join(m.group() for m in NEGATED.finditer(new))
    new = NEGATED.sub(" ", new)
    if mark is None:
        held = HELD.match(new)
        taken += new[: held.end()] if held else ""
        new = MEANT.sub(" ", ERROR.sub(" ", new[held.end() :] if held else new))
    return f"{old} {taken}", new, YIELDS if mark is None and not negated else STANDS
