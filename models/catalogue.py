"""What can be counted: every metric a rule may name, and from which entries it is fed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing to count. `way` names the arithmetic (metrics.WAYS); the rest says which entries or items feed it."""

    words: str
    way: str
    activities: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    item: str = ""
    part: str = ""
    forum_audiences: tuple[str, ...] = ()


def _people(words: str, *audiences: str) -> Metric:
    return Metric(words, "people", ("interview",), audiences)


def _sum(words: str, *activities: str) -> Metric:
    return Metric(words, "sum", activities)


CATALOGUE: dict[str, Metric] = {
    "on_site_days": Metric("驻校天数，同一天至多一天", "days", ("on_site",)),
    "on_site_blocks": Metric("驻校分几段", "blocks", ("on_site",)),
    "intensive_full_days": Metric("窗口月里的全天驻校天数", "full_days", ("on_site",)),
    "service_visits": Metric("到校或服务对象处报到的天数，寒暑假线上联系也算", "visits", ("on_site", "online_contact")),
    "pioneers_interviewed": _people("访谈少先队员人数", "pioneer"),
    "counselors_interviewed": _people("访谈辅导员人数", "counselor"),
    "students_interviewed": _people("访谈普通学生人数", "student"),
    "league_cadres_interviewed": _people("访谈团学干部人数", "league_cadre"),
    "teachers_interviewed": _people("访谈教师人数", "teacher", "head_teacher"),
    "parents_interviewed": _people("访谈家长人数", "parent"),
    "leader_meetings": Metric("与学校领导沟通次数", "entries", ("interview",), ("school_leader",)),
    "lectures": _sum("宣讲场数", "lecture"),
    "league_classes": _sum("集中宣讲、主题团课、思政课场数", "lecture"),
    "theme_league_days": _sum("主题团日、队日次数", "theme_day"),
    "class_visits": _sum("听课、走访班级数", "class_visit"),
    "surveys": _sum("回收问卷份数", "survey"),
    "practical_deeds": _sum("办实事件数", "practical_help"),
    "pairings": _sum("结对人数", "pairing"),
    "exchanges": _sum("校际交流次数", "exchange"),
    "online_contacts": _sum("线上联系人数", "online_contact"),
    "issues": _sum("反映问题件数", "issue"),
    "squadrons_linked": Metric("联系中队数", "links", ("unit_link",), part="squadron"),
    "branches_linked": Metric("联系团支部数", "links", ("unit_link",), part="branch"),
    "general_branches_linked": Metric("联系院系团总支数", "links", ("unit_link",), part="general"),
    "identity_declared": Metric("是否亮明身份", "identity", ("identity",)),
    "research_reports": Metric("调研报告篇数", "papers", ("report",), item="report"),
    "work_cases": Metric("工作案例个数", "papers", ("case",), item="case"),
    "key_tasks": Metric("重点工作项数", "tasks", ("key_task",), item="key_task"),
    "projects": Metric("跟进的工作项目数", "tasks", ("key_task",), item="key_task"),
    "focus_class_coverage": Metric(
        "重点联系班级学生覆盖率", "coverage", ("coverage", "interview", "survey"), ("student", "league_cadre")
    ),
    # A forum reaches student officers among the students; the stated figure of the school puts it right.
    "league_cadre_coverage": Metric(
        "团学干部覆盖率",
        "coverage",
        ("coverage", "interview", "survey"),
        ("league_cadre",),
        forum_audiences=("student",),
    ),
    "active_assignments": Metric("现任蹲点学校数", "schools"),
    "schools_linked": Metric("当年联系学校数", "schools"),
    "assignment_terms": Metric("现蹲点学校已保持的学期数", "kept"),
}

GAUGES = frozenset(name for name, metric in CATALOGUE.items() if metric.way == "coverage")
