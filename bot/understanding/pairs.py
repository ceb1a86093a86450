"""People in a clause without a head: there at an event, part of a talk, or a pair of their own."""

from __future__ import annotations

from dataclasses import replace

from .clauses import Clause, rest
from .deeds import EVENTS, PEOPLE, Deed
from .late import late, several
from .people import Group, adds_up
from .productions import present
from .scene import Scene
from .sums import joint, on_another_day, one_by_one, parts_of, same_number, still_of, sums_up, vague, within

PAIR_KINDS = several(
    "aud num each sum conj among colon dash date school part_day also tick zero again first total attend grade class expected skip actual "
    "done these ask remainder all name label do"
)
ONE_OF = late(r"(?:其中|里面|里头)?(?:有.{1,3}[个名位]是|[一二两三四五六七八九十\d]{1,2}[个名位]是)")
SHE_IS = late("(?:他|她|这位|人家|本人)(?:现在|就)?(?:是|当|兼)")
INVITED = late("约了?|请了?|邀请?了?|叫了?|通知了?")
AT_HOME = late(r".{0,3}(?:都在|在家|全在|都见|都到|开的门)")
BENEFIT = late("(?:共|一共|累计|直接)?(?:惠及|受益|受惠|覆盖|让|帮到|涉及|温暖)")
SMALL = ("comma", "space", "open", "close")


def more_people(scene: Scene, clause: Clause, found: list[Group]) -> None:
    """People in a clause of their own: present at the event before, part of the talk before, or a bare pair."""
    last = scene.last if scene.last is not None and scene.near(scene.last) else None
    clean = not rest(scene.text, clause, PAIR_KINDS)
    if last is not None and last.activity not in EVENTS | PEOPLE and BENEFIT.match(scene.text, clause.start):
        return
    found = arrived(clause, found)
    if filled_topic(scene, clause, found):
        return
    if (
        last is not None
        and last.activity in EVENTS
        and ("attend" in clause.roles or "prep" not in clause.roles or any(g.number for g in found))
        and ("attend" in clause.roles or clean or clause.opener == "open" or leads(clause, found[0]))
    ):
        last.crowd += present(scene.text, clause.tokens)
        return
    spoken = [g for g in found if g.audience or mixed(g) or "attend" in clause.roles]
    if not clean and spoken:
        scene.speak_of(spoken)
    if last is not None and last.activity in PEOPLE and once_more(scene, clause, last, found, clean):
        return
    if (
        last is not None
        and last.activity in PEOPLE
        and not (last.waiting and at_a_school(clause, found))
        and continues(scene, clause, last, found, clean)
    ):
        last.sentence = scene.sentence if clean else last.sentence
        return
    if clean and any(g.audience or mixed(g) or (scene.listed and countable(clause)) for g in found):
        open_pair(scene, clause, found, last)
    elif clean and at_a_school(clause, found) and (last is None or last.waiting):
        open_pair(scene, clause, found, None)
        scene.deeds[-1].waiting = True
    elif "attend" in clause.roles:
        scene.speak_of(found)


def arrived(clause: Clause, found: list[Group]) -> list[Group]:
    """9个团支书到会8个: those who came count."""
    if (
        len(found) != 2
        or "attend" not in clause.roles
        or not (found[0].audience and found[0].number and found[1].number)
    ):
        return found
    between = [t for t in clause.tokens if found[0].end <= t.start and t.end <= found[1].start]
    came = found[1].audience is None and any("attend" in t.roles for t in between)
    return [replace(found[0], number=found[1].number, end=found[1].end)] if came else found


def at_a_school(clause: Clause, found: list[Group]) -> bool:
    """东街小学3个: a number of people at a school, whose audience is still to be said."""
    named = any(t.roles.get("school") == "named" for t in clause.tokens)
    return named and len(found) == 1 and found[0].number is not None and found[0].audience is None


def mixed(group: Group) -> bool:
    """班主任和任课教师一共7名: people of several kinds with one number."""
    return group.kind == "groups" and group.number is not None


def countable(clause: Clause) -> bool:
    """True for +3 or 3人, which in a list of people needs no audience."""
    return any(t.roles.get("num") in ("person", "thing") or "conj" in t.roles for t in clause.tokens)


def leads(clause: Clause, group: Group) -> bool:
    """90个娃戴上红领巾: people with a number who open the clause behind an event were there."""
    return group.start - clause.start <= 3 and group.audience is not None and group.number is not None


def once_more(scene: Scene, clause: Clause, last: Deed, found: list[Group], clean: bool) -> bool:
    """True where it is the same deed again: as it was carried out, or on another day."""
    return carried_out(scene, clause, last, found) or (clean and on_another_day(scene, clause, last, found))


def carried_out(scene: Scene, clause: Clause, last: Deed, found: list[Group]) -> bool:
    """计划访谈10名队员,完成了8名: what was done of a plan."""
    if (
        not (last.planned or last.dropped)
        or not ("actual" in clause.roles or "attend" in clause.roles)
        or found[0].number is None
        or found[0].audience
        or len(found) > 1
    ):
        return False
    planned_for = last.groups[0].audience if last.groups else None
    scene.planning = scene.dropping = False
    deed = scene.apart(last)
    deed.planned = deed.dropped = False
    deed.groups = [replace(found[0], audience=planned_for)]
    scene.last = deed
    return True


def open_pair(scene: Scene, clause: Clause, found: list[Group], last: Deed | None) -> None:
    """队员3,辅导员1: people and numbers alone are talks, or more of the kind before."""
    again = last is not None and last.activity in PEOPLE
    deed = scene.open(
        last.activity if last is not None and again else "interview", found[0].start, found[-1].end, "pair"
    )
    deed.groups = [replace(g, prep=True) if again and g.kind == "roles" else g for g in found]
    deed.forum = again and last is not None and last.forum
    deed.negated = any("zero" in t.roles for t in clause.tokens) or all(
        g.number is not None and g.number.value == 0 for g in found
    )
    if not again and all(g.many for g in found):
        scene.deeds.remove(deed)
        scene.speak_of([replace(g, prep=True) for g in found] if clause.opener == "open" else found)
        scene.topic_alone = True
        return
    scene.last = deed


def filled_topic(scene: Scene, clause: Clause, found: list[Group]) -> bool:
    """来了5位: a number without an audience is of those spoken of in the clause before."""
    if (
        not scene.topic
        or scene.clause - scene.topic_at > 1
        or len(found) > 1
        or found[0].audience
        or not scene.topic[-1].many
        or (scene.last is not None and scene.last.forum and scene.last.bare and scene.near(scene.last))
    ):
        return False
    if clause.opener == "open" and scene.topic_alone and len(clause.tokens) == 1:
        open_pair(scene, clause, [*scene.topic[:-1], replace(scene.topic[-1], number=found[0].number)], None)
        scene.topic = []
        return True
    if "all" in clause.roles or "each" in clause.roles or (scene.topic_alone and len(clause.tokens) == 1):
        open_pair(scene, clause, [replace(g, number=found[0].number) for g in scene.topic], None)
        scene.topic = []
        return True
    scene.topic = [*scene.topic[:-1], replace(scene.topic[-1], number=found[0].number)]
    scene.topic_at = scene.clause
    return True


def continues(scene: Scene, clause: Clause, last: Deed, found: list[Group], clean: bool) -> bool:
    """A number, a part (其中) or those who came, said of the talk before."""
    first = found[0]
    if "again" in clause.roles and first.number is not None:
        last.met_before = first.number.value
        return True
    if clean and len(found) == 1 and "男" in first.word and "女" in first.word and same_number(last, first):
        last.groups[-1] = replace(last.groups[-1], audience=last.groups[-1].audience or first.audience)
        return True
    if one_by_one(last, clause, found):
        return True
    if part_of_last(scene, clause, last, first, clean):
        found = [replace(g, among=True) for g in found]
    if any(g.among or g.rest for g in found) or parts_of(last, clause, found):
        last.groups += found if any(g.among or g.rest for g in found) else [replace(g, among=True) for g in found]
        return True
    if clean and still_of(last, found):
        last.groups += found
        return True
    if len(found) == 1 and told_of_them(scene, clause, last, first, clean):
        return True
    if "attend" in clause.roles and first.number is not None and first.audience and (last.forum or last.bare):
        last.groups = [g for g in last.groups if not g.many] + found
        return True
    if clean or clause.opener == "open" or "attend" in clause.roles:
        return fills(last, found, clause)
    return first.audience is None and "total" not in clause.roles


def told_of_them(scene: Scene, clause: Clause, last: Deed, one: Group, clean: bool) -> bool:
    """家长都在, 都是队员, 四个都说多: who or how many those of the talk before were."""
    if not last.groups:
        return False
    whom = last.groups[-1]
    if one.many and whom.audience is None and AT_HOME.match(scene.text, one.end, clause.end):
        last.groups[-1] = replace(whom, audience=one.audience)
        return True
    if whom.audience is None and one.audience and one.number and one.number == whom.number and clean:
        last.groups[-1] = replace(whom, audience=one.audience)
        return True
    if one.many and whom.audience == "teacher" and SHE_IS.match(scene.text, clause.start):
        last.groups[-1] = replace(whom, audience=one.audience)
        return True
    if one.many and "all" in clause.roles:
        for deed in scene.recent:
            if deed is last or (deed.sentence == last.sentence and deed.activity == last.activity):
                deed.groups = [g if g.audience else replace(g, audience=one.audience) for g in deed.groups]
        return True
    if clean and same_people(last, one):
        last.groups[-1] = replace(whom, number=one.number)
        return True
    if one.audience is None and one.number and "attend" in clause.roles and INVITED.match(scene.text, last.start):
        last.groups[-1] = replace(whom, number=one.number)
        return True
    return one.audience is None and scene.text[one.end : one.end + 1] == "都" and counted_before(last, one)


def part_of_last(scene: Scene, clause: Clause, last: Deed, first: Group, clean: bool) -> bool:
    """True where the people are some of those of the talk before."""
    if ONE_OF.match(scene.text, clause.start) or (clause.opener == "open" and within(last, first)):
        return True
    return bool(clean and last.groups and last.groups[-1].among and first.audience and first.number)


def fills(last: Deed, found: list[Group], clause: Clause) -> bool:
    """A number for those of whom it was not said, or the people of a talk that named none."""
    if found[0].audience is None and not found[0].named and len(found) == 1:
        return counts(last, found[0], clause)
    if office_of(last, found, clause):
        last.groups[-1] = replace(last.groups[-1], audience=found[0].audience)
        return True
    if (
        len(found) == 1
        and found[0].many
        and (clause.opener == "open" or len(clause.tokens) == 1)
        and last.groups
        and last.groups[-1].audience is None
    ):
        last.groups[-1] = replace(last.groups[-1], audience=found[0].audience)
        return True
    if last.bare and last.activity == "interview" and last.tone != "pair":
        last.groups, last.proven = found, True
        return True
    return False


def same_people(last: Deed, group: Group) -> bool:
    """和家长聊到九点,6个家长: how many they were."""
    told = last.groups[-1] if last.groups else None
    return (
        told is not None
        and told.many
        and (told.kind != "titles" or told.word == group.word)
        and told.audience == group.audience
        and bool(group.number)
    )


def office_of(last: Deed, found: list[Group], clause: Clause) -> bool:
    """张老师(班主任): the office of the teacher just named."""
    if clause.opener != "open" or len(found) != 1 or not found[0].many or not last.groups:
        return False
    return bool(last.groups[-1].named) and last.groups[-1].audience == "teacher"


def counts(last: Deed, number: Group, clause: Clause) -> bool:
    """A number alone: of the whole talk, of those whose number is open, or a sum that says nothing new."""
    if last.bare and last.activity == "interview":
        last.groups, last.proven = [number], True
        return True
    if len({g.audience for g in last.groups}) == 1 < len(last.groups) and adds_up(number, last.groups):
        last.groups = [replace(number, audience=last.groups[0].audience)]
    lonely = [i for i, g in enumerate(last.groups) if g.many]
    if not lonely:
        return counted_before(last, number) or "total" not in clause.roles
    if sums_up(last.groups, number):
        return True
    if len(lonely) > 1 and ("all" in clause.roles or "each" in clause.roles):
        last.groups = [replace(g, number=number.number) if g.many else g for g in last.groups]
    elif len(lonely) == len(last.groups) > 1:
        last.groups = joint(last.groups, number)
    else:
        last.groups[lonely[-1]] = replace(last.groups[lonely[-1]], number=number.number)
    return True


def counted_before(last: Deed, number: Group) -> bool:
    """几个学生干部,5个: the exact number in place of an open one."""
    if not vague(last.groups[-1:]):
        return False
    last.groups[-1] = replace(last.groups[-1], number=number.number)
    return True
