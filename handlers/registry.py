"""Which handler answers which intent; the order is that of the help."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from handlers import (
    amend,
    another,
    approve,
    behind,
    bind,
    check_in,
    confirm,
    deny,
    duties,
    export,
    feedback,
    focus_class,
    goal,
    hand_in,
    help,  # noqa: A004
    issue_list,
    issue_report,
    issue_update,
    leave,
    more,
    my_data,
    my_pages,
    my_progress,
    my_rating,
    my_records,
    nothing,
    nudge,
    paper_help,
    person_progress,
    picture,
    plan,
    rate,
    reminders,
    rules,
    school_mix,
    school_visits,
    set_school,
    smalltalk,
    spot_check,
    submit,
    switch,
    task_list,
    team_progress,
    training,
    unclear,
    undo,
    which,
    why_reminded,
)
from handlers.asked import Answer, Command

MODULES: Mapping[str, ModuleType] = {
    "check_in": check_in,
    "undo": undo,
    "amend": amend,
    "my_progress": my_progress,
    "my_records": my_records,
    "picture": picture,
    "pages": my_pages,
    "which": which,
    "rules": rules,
    "plan": plan,
    "issue_report": issue_report,
    "set_school": set_school,
    "submit": submit,
    "task_list": task_list,
    "focus_class": focus_class,
    "paper_help": paper_help,
    "my_rating": my_rating,
    "leave": leave,
    "reminders": reminders,
    "why_reminded": why_reminded,
    "nothing": nothing,
    "another": another,
    "more": more,
    "team_progress": team_progress,
    "behind": behind,
    "person_progress": person_progress,
    "nudge": nudge,
    "approve": approve,
    "rate": rate,
    "goal": goal,
    "hand_in": hand_in,
    "duties": duties,
    "school_mix": school_mix,
    "spot_check": spot_check,
    "switch": switch,
    "school_visits": school_visits,
    "issue_list": issue_list,
    "issue_update": issue_update,
    "export": export,
    "my_data": my_data,
    "training": training,
    "feedback": feedback,
    "bind": bind,
    "help": help,
    "confirm": confirm,
    "deny": deny,
    "smalltalk": smalltalk,
    "unknown": unclear,
}
QUIET = ("confirm", "deny", "smalltalk", "unknown")


def _command(intent: str, module: ModuleType) -> Command:
    line = "" if intent in QUIET else (module.__doc__ or "").partition("\n")[0]
    answer: Answer = module.answer
    return Command(line, module.WHO, module.EXAMPLE, answer)


COMMANDS: Mapping[str, Command] = {intent: _command(intent, module) for intent, module in MODULES.items()}
