"""With whom a talk was that names nobody: those spoken of before, the teacher just heard, the same people elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .deeds import Deed
from .heads import Part
from .late import late
from .numerals import Number
from .people import Group
from .scene import Scene

ONE_ALONE = late("[跟和与找同给对][他她](?!们)[^,。]{0,8}$")
MYSELF = late("我[也就]?$")
MET_AT_LAST = late("[见找碰聊谈][着到上成]")


def about_topic(scene: Scene, deed: Deed) -> None:
    """今天跟班主任们复盘,来了5位,座谈了…: a talk without people is with those spoken of."""
    if part_head(scene, deed)[:1] in ("说", "讲") and MYSELF.search(scene.text, max(0, deed.start - 3), deed.start):
        return
    if not deed.groups and (teacher := teacher_heard(scene, deed)):
        deed.groups = [teacher]
        return
    if scene.missed and not MET_AT_LAST.match(part_head(scene, deed)):
        return
    if told_already(scene, deed):
        return
    if not scene.topic or scene.clause - scene.topic_at > 2 or any(g.named for g in deed.groups):
        return
    if not deed.groups:
        aside = scene.text[deed.start - 1 : deed.start] == "边"
        deed.groups = [replace(g, prep=True) for g in scene.topic] if aside else scene.topic
    elif len(deed.groups) == 1:
        deed.groups = [replace(deed.groups[0], audience=scene.topic[0].audience, among=False)]
    scene.topic = []


def teacher_heard(scene: Scene, deed: Deed) -> Group | None:
    """听了老赵一堂课,课后又跟他交流: the one whose lesson was heard."""
    last = scene.last
    if last is None or last.activity != "class_visit" or not scene.near(last):
        return None
    said = ONE_ALONE.search(scene.text, max(0, deed.start - 12), deed.start)
    return Group(said.start(), deed.start, "teacher", Number(1.0), "groups") if said else None


def told_already(scene: Scene, deed: Deed) -> bool:
    """跟新校长见了面,聊了一个钟头: a talk without people right behind one with people is that talk."""
    last = scene.last
    if last is None or last is deed or last.activity != "interview" or deed.groups or not last.groups or last.negated:
        return False
    return last.clause in (deed.clause, deed.clause - 1) and last.clause >= scene.topic_at


def elsewhere_alike(scene: Scene, deed: Deed) -> None:
    """南街小学谈了2个辅导员,北街小学谈了3个: a number at another school is of the same people."""
    last = scene.last
    if len(deed.groups) != 1 or deed.tone != "weak" or not lone_number(deed.groups):
        return
    if last is None or last is deed or last.activity != "interview" or not scene.near(last) or not last.groups:
        return
    told = last.groups[-1]
    if not told.audience:
        return
    if (told.number is not None and told.number.value is None and told.number.at_least is None) or (
        told.many and not last.proven and deed.clause - last.clause <= 1
    ):
        last.dropped = True
    elif last.place == deed.place or not deed.place:
        return
    deed.groups = [replace(deed.groups[0], audience=told.audience)]


def on_each_day(scene: Scene, deed: Deed, part: Part) -> None:
    """昨天去了今天也去了,队员聊了各两个: on each day of being there."""
    if len(deed.days) > 1 or not any("each" in t.roles for t in part.behind[:2]):
        return
    stays = [d for d in scene.recent if d.activity == "on_site" and not d.negated and d.sentence == deed.sentence]
    days = tuple(day for d in stays for day in d.days)
    if len(days) > 1:
        deed.days, deed.each = days, True


def named_again(scene: Scene, deed: Deed) -> bool:
    """家长来了十五位,开了个家长座谈会: the meeting of those counted just before."""
    last = scene.last
    if last is None or last.activity != "interview" or last.sentence != deed.sentence or not last.groups:
        return False
    told = last.groups[-1]
    return len(deed.groups) == 1 and deed.groups[0].many and deed.groups[0].audience == told.audience and not told.many


def part_head(scene: Scene, deed: Deed) -> str:
    """The words of the deed's head."""
    return scene.text[deed.start : deed.end]


def lone_number(found: Sequence[Group]) -> bool:
    """True where a number without people comes first."""
    return (
        bool(found)
        and found[0].audience is None
        and found[0].number is not None
        and not found[0].among
        and not found[0].named
    )
