"""Rows about the service itself: data kept, messages sent, joining, leave, help, complaints, practice."""

from __future__ import annotations

import re

from ..late import late
from . import away, identity
from .frame import Frame
from .ideas import Seen
from .rows import Maker, Row
from .rule import LAST, STANDS, SURE, Slots
from .slots import time_of_day


def fixed(**slots: object) -> Maker:
    """The same slots always."""
    return lambda _frame, _seen: slots


TALK = late("谈|聊|访|讲|听课|联系了|打了|客服|热线|退订|快递|红包|加微|咨询")


def bound(frame: Frame, _seen: Seen) -> Slots | None:
    """Name and telephone, where no more than an introduction is said beside them."""
    phone = identity.PHONE.search(frame.text)
    rest = re.sub(r"[\d\W]", "", frame.text)
    if phone is None or len(rest) > 24 or TALK.search(frame.text):
        return None
    name = identity.name_beside(frame, phone)
    return ({"name": name} if name else {}) | {"phone": re.sub(r"\D", "", phone[1])}


def timed(frame: Frame, _seen: Seen) -> Slots | None:
    """The time to be reminded at."""
    time = time_of_day(frame.text)
    return {"time": time} if time else None


def absent(frame: Frame, _seen: Seen) -> Slots | None:
    """The days of a leave, where they are said."""
    days = frame.days(forward=True)
    if days is None or (days.last and days.last < frame.now.date()):
        return None
    return away.leave(frame)


COMPLAINT = late(r"(?:投诉|举报|吐槽|意见|建议|反馈|差评)[^,。:;! ]{0,6}[,。:;! ]+(?P<text>.{2,})")


def complained(frame: Frame, _seen: Seen) -> Slots:
    """What is complained of, behind the word for it."""
    match = COMPLAINT.search(frame.text)
    if not match:
        return {}
    return {"text": frame.normal.original(*match.span("text")).strip(" ,，。.!！")}


ASSIGNED = late(
    "^(?:我|俺|加上|加|再|一所|归|负责|对口|包|管|分管|属于?|联系|的|是|在|到|去|成|为|了|蹲点|驻校|挂|换|改|定|分|派|调|安排|选|落|县里|把|学校|点|现在|以后|蹲|驻|服务|帮扶|这边|这)+"
)


def own_school(frame: Frame, _seen: Seen) -> Slots | None:
    """The school one belongs to: the last one named, unless it is said to be given up."""
    found = [s for s in frame.schools if not re.match("[^,。]{0,4}(?:不去|不蹲|不管)", frame.text[s.end :])]
    if not found:
        return None
    words = frame.text[found[-1].start : found[-1].end]
    lead = ASSIGNED.match(words)
    start = found[-1].start + (lead.end() if lead and lead.end() < len(words) - 1 else 0)
    return {"school": frame.normal.original(start, found[-1].end)}


KEPT: tuple[Row, ...] = (
    Row("feedback", "complain_to keeper -pupil|agree|refuse", complained, SURE),
    Row("feedback", "complain_to -pupil|school_life|agree|refuse", complained, SURE),
    Row("bind", "@phone -problem|why", bound, STANDS),
    Row("my_data", "self account|data erase -how|problem|away", fixed(action="delete")),
    Row("my_data", "self stuff erase everything|leaving|keeping -how|that|twice|misfire", fixed(action="delete")),
    Row("my_data", "self erase keeper -how|that|problem", fixed(action="delete")),
    Row("my_data", "self halt keeping stuff|data -how|message|that", fixed(action="delete")),
    Row("my_data", "leaving erase -how|problem|that|school_life", fixed(action="delete")),
    Row("my_data", "account erase -how|problem", fixed(action="delete")),
    Row("my_data", "closing -how|problem|that|item @short", fixed(action="delete")),
    Row("my_data", "access -how -@name", fixed(action="viewers")),
    Row("my_data", "self data carry -how|erase|ledger", fixed(action="export")),
    Row(
        "my_data",
        "who|what|whether|unit peeked self stuff|data|written|progress|record -page|problem|message|how",
        fixed(action="viewers"),
    ),
    Row("my_data", "who peek_at_me|peeked_me -message|page", fixed(action="viewers")),
    Row("my_data", "what|unit|whether peeked_me -message|page", fixed(action="viewers")),
    Row("my_data", "keeper keeping self what|how_goes|data|many|stuff -erase|message|written", fixed(action="show")),
    Row("my_data", "self data -erase|carry|how|message|who|change|wrong @tiny", fixed(action="show")),
    Row("my_data", "self data view|what -erase|carry|how|message", fixed(action="show")),
)
TRYING: tuple[Row, ...] = (
    Row("why_reminded", "why message", level=STANDS),
    Row("why_reminded", "how>message pastly -use|halt|resume"),
    Row("why_reminded", "how message neg -use|halt|resume"),
    Row("why_reminded", "message whether|wrong pastly self|keeper|pastly -those|resume|halt @brief -@name"),
    Row("leave", "back -how|whether|who|pupil", fixed(off=True)),
    Row("leave", "leave_paper remove|take_back|halt -how|whether|who|pupil @brief", fixed(off=True)),
    Row("reminders", "ask_me -why|how|who|those|problem|halt @brief", timed, STANDS),
    Row("reminders", "later message -why|how|who|those|problem|lag|folk @brief", timed, STANDS),
    Row("reminders", "message -why|how|who|those|page|problem|halt|lag|folk @brief", timed),
    Row(
        "reminders",
        "push -why|how|who|those|problem|halt|lag|folk|summary|ledger|schedule|own_list|pupil @brief",
        timed,
    ),
    Row("reminders", "ask_me periodic -why|how|who|those|problem|halt @brief"),
    Row("reminders", "ask_me -why|how|who|those|problem|halt|whether @days @brief"),
    Row("reminders", "periodic push -why|how|who|those|problem|halt|pupil @brief"),
    Row("reminders", "resume message -why|how|who|lag|folk|those|halt @brief", fixed(off=False)),
    Row("reminders", "halt message -why|how|who|those|away|pupil|school_life -@name @brief", fixed(off=True), STANDS),
    Row("reminders", "halt periodic push -why|how|who|those|away|pupil|school_life @brief", fixed(off=True)),
    Row("leave", "away -how|who|whether|unit|pupil @days", absent),
    Row("leave", "seconded -how|who|whether|pupil @days", absent),
    Row("set_school", "assign -who|whether|many|how|what|solved|pupil|agree|refuse -@told @school", own_school, STANDS),
    Row("set_school", "assign -who|whether|many|how|what|solved|pupil|agree|refuse @school", own_school),
    Row("set_school", "change_school -agree|refuse|how|who|pupil -@name @brief", level=SURE),
    Row("training", "practice|unreal finish -pupil|how @brief", fixed(off=True)),
    Row("training", "finish>real_now -pupil @brief", fixed(off=True)),
    Row("training", "practice -pupil|how|what @tiny"),
    Row("training", "practice unreal|begin -pupil|how|written @brief"),
    Row("help", "means whether -pupil|written|counting|self @brief"),
    Row("feedback", "complain product|self -pupil|school_life|agree|refuse", complained),
)
STAYING: tuple[Row, ...] = (
    Row(
        "set_school",
        "assign staying change -who|whether|many|how|what|that|wrong|agree|refuse @school @brief",
        own_school,
        STANDS,
    ),
    Row(
        "set_school",
        "assign staying -who|whether|many|how|what|that|wrong|agree|refuse -@told @school @brief",
        own_school,
        STANDS,
    ),
)
HELP: tuple[Row, ...] = (
    Row("help", "how use -message|pupil|left|lag|best|how_goes @brief"),
    Row("help", "why @tiny"),
    Row("help", "misfire how -pupil @brief"),
    Row("help", "forgot key_word -pupil @short"),
    Row("help", "newcomer how|where|what|use|lost -pupil|school_life -@name -@phone @brief"),
    Row("help", "you_can whether|what -pupil|school_life|problem|self|counting @short"),
    Row("help", "lost -pupil|who|item|keeper @brief"),
    Row("help", "able -pupil|school_life|self @tiny"),
    Row("help", "keeper|what able -pupil @brief"),
    Row("help", "sample what|where|how|whether|view|keeper -pupil|problem @brief"),
    Row("help", "where use -pupil|school_life @brief"),
)
CHAT: tuple[Row, ...] = (
    Row("smalltalk", "praise pupil -problem|whether|what|many|written|doing @short", level=LAST),
    Row("smalltalk", "fed_up -pupil|school_life|problem|whether|what|many|elsewhere @brief", level=LAST),
    Row("smalltalk", "nice -pupil|school_life|problem|many @short", level=LAST),
)
