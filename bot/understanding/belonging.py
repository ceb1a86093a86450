"""Where the words of a command belong to what is told: 聊了下周队日咋弄 asks for no help, 收回118 takes nothing back."""

from __future__ import annotations

from collections.abc import Callable

from .late import late
from .reading import Reading

THEY_SAY = late(
    "[^,。;]{0,8}(?:老师|辅导员|学生|队员|家长|校长|书记|主任|孩子|娃|同学|团员)们?(?:都|也|普遍|总|老)?(?:说|反映|抱怨|吐槽|讲|诉苦)"
)
OF_OTHERS = frozenset(("behind", "team_progress", "person_progress", "nudge"))
ASKED = late("[谁哪几?]|多少|[列查催排]|名单|统计|吗|的人|看[看下一]|发我|给我|提醒|没有$|没$")
OWN_DAY = late("(?:今[天日儿]个?|昨[天日儿]个?|我|[本这]周)[^,。;]{0,3}(?:[未没不](?:能|有|曾|得)?[去到来下进])")
IN_TALK = late(
    "(?:[聊谈唠问]了[聊谈唠问一下会儿]*|(?:商量|讨论|合计|研究|请教|沟通|交流|琢磨)了(?:商量|讨论|合计|研究|一?下|会儿)*)[^,。;?]{0,12}(?:怎么|如何|咋|哪|谁|是不是|有没有|多少)[^?]{0,4}$"
)
COMPARED = late("比上[次回一][^,。;]{0,3}(?:多|少|好|强)")
GOT_BACK = late(r"[收交]回(?:来|了)*[\d一二两三四五六七八九十百]")


def own_absence(text: str) -> bool:
    """今天未去学校,在单位整理…: the speaker's own day, with nobody asked for."""
    return OWN_DAY.match(text) is not None and ASKED.search(text) is None


def another_day(seen: Reading) -> bool:
    """明天不下校了,后天去: a day not gone is no leave where another is named."""
    away = [deed.start for deed in seen.deeds if deed.negated and deed.activity == "on_site"]
    return bool(away) and any(deed.planned and deed.dated and deed.start > away[0] for deed in seen.deeds)


Test = Callable[[Reading], bool]
TELLINGS: tuple[tuple[str, frozenset[str], Test], ...] = (
    ("issue_report", frozenset(("export", "help")), lambda seen: THEY_SAY.match(seen.text) is not None),
    ("nothing", OF_OTHERS, lambda seen: own_absence(seen.text)),
    ("check_in", frozenset(("help", "rules")), lambda seen: IN_TALK.search(seen.text) is not None),
    ("check_in", frozenset(("undo",)), lambda seen: GOT_BACK.search(seen.text) is not None),
    ("check_in", frozenset(("team_progress",)), lambda seen: COMPARED.search(seen.text) is not None),
    ("plan", frozenset(("leave",)), another_day),
    ("plan", frozenset(("amend",)), lambda seen: any(deed.moved for deed in seen.deeds)),
)


def belongs(command: str, told: str, reading: Reading) -> bool:
    """True where the message tells so plainly that what looks like a command is part of the telling."""
    return any(intent == told and command in of and test(reading) for intent, of, test in TELLINGS)
