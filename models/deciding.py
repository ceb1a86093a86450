"""Whether one person is reminded today, and the one reason: a function of the state, for jobs and for those who ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from models.calendar import Calendar
from models.candidates import Candidate, Told
from models.catalogue import CATALOGUE
from models.pace import ONCE, Need, assess, facts, key_of, open_goals, overdue
from models.policy import Policy, Rule, rules_for
from models.progress import Standing, standings
from models.wishes import is_off, slot
from models.zone import CHINA

PACE, NUDGE, WISH = "pace", "nudge", "wish"
UNASKED = (PACE, NUDGE)  # what a supervisor asks for goes by the same budget
BUDGET_DAYS = 7
TWICE = 2
ESCALATE = "escalate"
QUESTIONS = ("ask_plan", "plan_passed")
NO_REMINDER = ("ask_plan", ESCALATE, WISH)  # these ask, tell, or were asked for: no reminders of a goal
HELP = "上面的已提醒过两次，接下来单位管理员会在帮助名单里看到，好来帮忙。有难处直接回一句原因。"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to remind one person, and the one reason; `needs` are what would be said, most pressing first.

    `open` are all hard goals not yet reached, and `facts` how the first of them stands.
    """

    candidate: Candidate
    remind: bool
    reason: str
    needs: tuple[Need, ...] = ()
    open: tuple[Standing, ...] = ()
    facts: str = ""

    @property
    def data(self) -> Mapping[str, object]:
        """What is kept with the message and the decision."""
        return {"needs": [need.key for need in self.needs]} if self.needs else {"facts": self.facts}


def decide(
    policies: Mapping[str, Policy],
    one: Candidate,
    calendar: Calendar,
    today: date,
    own: int = 0,
    *,
    asked: bool = False,
) -> Verdict:
    """Whether to remind this person today; `own` is the message being sent, which does not count against itself.

    `asked`: at the person's own wish, for which there is no budget.
    """
    if not one.joined:
        return Verdict(one, False, "not_joined")
    rules = rules_for(policies, one.bound, today, calendar)
    made = standings(hard(rules), one.totals, one.bound, calendar, today, one.goals)
    found = [goal for goal in made if not _waits(goal, one)]
    pace = assess(found, one.bound, calendar, today, one.plans, one.absences)
    if pace.reason in ("no_rules", "leave", "done"):
        return Verdict(one, False, pace.reason)
    unmet = tuple(open_goals(found, today))
    told = [past for past in one.told if past.id != own]
    needs = _escalated(pace.needs, unmet, one, calendar, today, told)
    reason = pace.reason if needs or not pace.needs else "in_help_list"
    said = facts(unmet[0], one.bound, calendar, today, one.absences)
    return _verdict(Verdict(one, False, reason, needs, unmet, said), told, calendar, today, asked)


def _waits(goal: Standing, one: Candidate) -> bool:
    """Handed in: the next step is somebody else's."""
    return bool(one.handed) and goal.rule.needs == "accepted" and CATALOGUE[goal.rule.metric].item in one.handed


@lru_cache(maxsize=256)
def hard(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Only these are ever pressed."""
    return tuple(rule for rule in rules if rule.hard)


def _verdict(one: Verdict, told: Sequence[Told], calendar: Calendar, today: date, asked: bool) -> Verdict:
    fresh = {need.key for need in one.needs if _fresh(need, told, today)}
    quiet = _quiet(one, told, fresh, calendar, today, asked)
    if quiet:
        return Verdict(one.candidate, False, quiet, (), one.open, one.facts)
    # What goes out anyway names everything that is open, but asks no question twice.
    said = tuple(need for need in one.needs if need.key in fresh or need.kind not in (*QUESTIONS, ESCALATE))
    reason = next(need.kind for need in said if need.key in fresh)
    return Verdict(one.candidate, True, reason, said, one.open, one.facts)


def _quiet(
    one: Verdict, told: Sequence[Told], fresh: Iterable[str], calendar: Calendar, today: date, asked: bool
) -> str:
    """Why nothing is said; empty where something is."""
    asks = one.candidate.asks
    if not one.needs:
        return one.reason
    if is_off(asks, today):
        return "off"
    if not fresh:
        return "told_before"
    if asked:
        return ""
    if slot(asks, calendar, today) and not asks.digest:
        return "own_time"
    return "told_lately" if lately(told, today) else ""


def lately(told: Sequence[Told], today: date) -> Told | None:
    """The unasked reminder that used up this week's budget."""
    spent = [past for past in told if set(past.kinds) & set(UNASKED) and days_since(past.at, today) < BUDGET_DAYS]
    return spent[-1] if spent else None


def _fresh(need: Need, told: Sequence[Told], today: date) -> bool:
    last = [days_since(past.at, today) for past in told if need.key in past.needs]
    return not last or (need.every > 0 and min(last) >= need.every)


def days_since(at: datetime, today: date) -> int:
    """How many days ago a moment was, by the calendar of Asia/Shanghai."""
    return (today - at.astimezone(CHINA).date()).days


def _escalated(
    needs: Sequence[Need],
    unmet: Sequence[Standing],
    one: Candidate,
    calendar: Calendar,
    today: date,
    told: Sequence[Told],
) -> tuple[Need, ...]:
    """Needs as they are, but for goals of which two reminders arrived in vain and whose last safe start has passed.

    Of such a goal the person is told once that the administrator will see it, and after that nothing more.
    """
    by_rule: dict[str, list[Need]] = {}
    for need in needs:
        by_rule.setdefault(need.standing.rule.id, []).append(need)
    made: list[Need] = []
    for goal in unmet:
        if twice(goal, told) and overdue(goal, one.bound, calendar, today, one.absences):
            made += [] if announced(goal, told) else [_announcement(goal, one, calendar, today)]
        else:
            made += by_rule.get(goal.rule.id, [])
    return tuple(made)


def _announcement(goal: Standing, one: Candidate, calendar: Calendar, today: date) -> Need:
    text = facts(goal, one.bound, calendar, today, one.absences)
    return Need(goal, ESCALATE, text, ONCE, key_of(goal, ESCALATE))


def twice(goal: Standing, told: Sequence[Told]) -> bool:
    """Whether two reminders of a goal arrived."""
    return sum(past.arrived and any(_reminds(key, goal) for key in past.needs) for past in told) >= TWICE


def _reminds(key: str, goal: Standing) -> bool:
    rule, _, rest = key.partition(":")
    period, _, kind = rest.partition(":")
    return (rule, period) == (goal.rule.id, goal.period) and kind.partition(":")[0] not in NO_REMINDER


def announced(goal: Standing, told: Sequence[Told]) -> bool:
    """Whether the person knows, or is about to, that the administrator sees this goal."""
    return any(key_of(goal, ESCALATE) in past.needs for past in told)


def for_help(one: Verdict, calendar: Calendar, today: date) -> list[Standing]:
    """Goals of a person for the help list: overdue, and the person has been told that the administrator will see it."""
    who = one.candidate
    told = [past for past in who.told if past.arrived]
    place = (who.bound, calendar, today, who.absences)
    return [goal for goal in one.open if announced(goal, told) and overdue(goal, *place)]
