"""更多：看上一条回复的后面部分；问过单位进度后，看各项要求达到的人数"""

from handlers.asked import LEADER, MEMBER, Asked
from handlers.before import meant
from handlers.rule_figures import rule_figures
from handlers.scope import unit_meant
from models.claims import newest

WHO = MEMBER
EXAMPLE = "更多"


def answer(asked: Asked) -> str:
    """The pages that the last reply had no room for; behind a team's figures, those of the rules."""
    last = newest(asked.connection, asked.person_id)
    if last and last.rest:
        return last.rest
    if line := next((q for q in asked.context.questions if q.kind == "task_line"), None):
        return line.text
    team = meant(asked, last, ("team_progress",)) if asked.roles & LEADER else None
    return rule_figures(team, unit_meant(team, team.meaning.slots.get("region"))) if team else "没有更多了。"
