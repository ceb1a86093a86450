"""What a talk makes of the words around it: with whom, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .deeds import Deed
from .heads import HELD_ME, Part
from .late import late
from .numerals import Number
from .people import Group, groups, is_person_number, whole_alone
from .scene import Scene
from .sums import vague
from .tokens import Token
from .topics import about_topic, elsewhere_alike, lone_number, named_again, on_each_day


def fill_people(scene: Scene, deed: Deed, part: Part) -> None:
    """People before and behind a talk are those talked to."""
    if of_its_class(deed, part):
        return
    ahead, behind = around(scene, deed, part)
    if after_call(scene, deed, ahead + behind):
        return
    if ahead:
        behind = [g for g in behind if not g.many or g.prep]
    if deed.tone == "weak" and not lone_number(behind):
        ahead = spoken_to(scene, ahead, part)
    if ahead and ahead[-1].number and lone_number(behind) and any("sum" in t.roles for t in part.behind):
        behind = behind[1:]
    deed.groups = of_each_unit(whole_alone(completed(ahead, behind)), part)
    deed.groups = together_or_once(scene.text, deed, part)
    all_of_them(scene, deed, part)
    deed.each = any("each" in t.roles for t in part.before)
    on_each_day(scene, deed, part)
    extend(deed, deed.groups)
    elsewhere_alike(scene, deed)
    if not deed.groups or deed.groups[0].audience is None:
        about_topic(scene, deed)
    deed.proven = (
        deed.tone != "weak"
        or bool(behind)
        or any(g.prep or g.each or g.number or g.named or g.kind == "titles" for g in deed.groups)
    )
    if not deed.negated and (not deed.groups or (deed.forum and named_again(scene, deed))):
        backward(scene, deed)
    if deed.groups and (deed.planned or deed.dropped or deed.negated):
        scene.speak_of(deed.groups)
        scene.missed = deed.negated


def of_its_class(deed: Deed, part: Part) -> bool:
    """五(3)班42个人我谈了40个: how many of a class were talked to is how far it is covered."""
    if len(part.before) < 2 or not part.behind:
        return False
    at = next((i for i, t in enumerate(part.before) if "class" in t.roles), None)
    if at is None or deed.activity != "interview" or at + 1 >= len(part.before):
        return False
    size, met = part.before[at + 1], part.behind[0]
    if not (is_person_number(size) and is_person_number(met) and size.number and met.number):
        return False
    if "aud" in size.roles or not (met.number.value and size.number.value and met.number.value <= size.number.value):
        return False
    klass = part.before[at]
    deed.activity, deed.tone, deed.proven = "coverage", "words", True
    deed.of, deed.class_name, deed.numbers = size.number.value, (klass.start, klass.end), [(met.number, "person")]
    return True


def of_each_unit(found: list[Group], part: Part) -> list[Group]:
    """抽了6个班每班2个队员谈话: as many from each as there are."""
    tokens = part.around
    at = next(
        (i for i, t in enumerate(tokens) if t.word in ("每班", "每个班", "每校", "每个中队", "每中队", "每个")), None
    )
    units = next((t.number for t in tokens[:at] if t.roles.get("num") in ("group", "school")), None) if at else None
    if units is None or units.value is None:
        return found
    return [
        replace(g, number=Number(g.number.value * units.value)) if g.number and g.number.value else g for g in found
    ]


TOLD_WHAT = late("(?:主要|都|就|也|大多|全)*是")


def around(scene: Scene, deed: Deed, part: Part) -> tuple[list[Group], list[Group]]:
    """The people before a talk and behind it; whoever only came along is left out."""
    behind = groups(scene.text, without_missed(part.behind))
    if part.head.word[-1:] == "的" and TOLD_WHAT.match(scene.text, part.head.end):
        behind = [g for g in behind if g.number]
    ahead = groups(scene.text, part.before)
    if part.tone == "forum" and part.head.word.endswith("会"):
        ahead = [g for g in ahead if g.audience or g.named or g.end < part.head.start - 2]
    deed.spare = behind if len(behind) > 1 and all(g.kind == "number" for g in behind) else []
    told = any(g.audience and g.number for g in behind)
    if ahead and told and TOGETHER.search(scene.text, ahead[-1].end, part.head.start):
        ahead = []
    return ahead, behind


def spoken_to(scene: Scene, ahead: list[Group], part: Part) -> list[Group]:
    """Those before a weak word of talk that were talked with."""
    each = any("each" in t.roles for t in part.before)
    counted = any(g.number for g in ahead)
    if part.negated and ahead and NOT_MET.match(scene.text, ahead[-1].end, part.head.start):
        return [replace(g, prep=True) for g in ahead]
    marked = [replace(g, prep=True) if (each and g.many) or spoken_with(scene.text, g, part) else g for g in ahead]
    return [
        g
        for g in with_list(scene.text, marked)
        if g.prep or g.number or g.named or (counted and g.kind == "titles") or chatted(scene.text, g, part)
    ]


WITH = late(
    "(?:们|[俩两仨三][个位]?)?(?:我|咱|俺)?(?:今[天儿]|上午|下午|后来|刚才?)?(?:一起|一块儿?|一同|一道|也|都|又|刚|已经?|全|就|还|倒是|单独|另外|给|是)*$"
)
ONE_ASKED = late("们?的?(?:提的|问的)?一[个条](?:问题|疑问|咨询|消息|提问)")


def asked_once(text: str, found: list[Group]) -> list[Group]:
    """线上回答了家长一个问题: who had one question is one person."""
    if len(found) != 1 or not found[0].many or not ONE_ASKED.match(text, found[0].end):
        return found
    return [replace(found[0], number=Number(1.0))]


def together_or_once(text: str, deed: Deed, part: Part) -> list[Group]:
    """One question answered online is one person; those met together are one number."""
    if deed.activity == "online_contact":
        return asked_once(text, deed.groups)
    return in_one_talk(text, deed.groups, part) if len(deed.groups) > 1 else deed.groups


ONE_TALK = late("们?[俩两仨三]?[个位]?(?:都|是|也)*(?:一起|一块儿?|一同)")


def in_one_talk(text: str, found: list[Group], part: Part) -> list[Group]:
    """校长、书记一起谈的: people of one audience met together are one number of them."""
    if found[-1].end > part.head.start or not ONE_TALK.match(text, found[-1].end):
        return found
    if any(g.number or g.kind == "groups" for g in found) or len({g.audience for g in found}) > 1:
        return found
    number = Number(float(sum(g.named or 1 for g in found)))
    return [replace(found[0], number=number, end=found[-1].end, kind="groups", named=0, prep=True)]


NOT_MET = late("(?:请假|出差|不在|有事|临时|今天|外出|去[^,。]{1,4}|了)*(?:也|都|就)?没(?:有|能)?$")
MET = late("[聊谈见唠访碰会摆谝喧拉扯侃叙倾]")


ASKED_ME = late(
    "(?:主动|今天|特意|专门)*(?:跟|给|和|对|向|同|约|找|请|拉|喊|叫|陪|留|邀)(?:着|上|了)?(?:我|咱|俺)们?(?:一起|单独|又|也|就)*"
)
TOGETHER = late("一起|一块儿?|一同|一道|搭伴|结伴|做伴")
AND = late("们?[和、跟与及,]")


def with_list(text: str, ahead: list[Group]) -> list[Group]:
    """书记和校长都见了: whoever stands in one list with those met was met."""
    out = list(ahead)
    for at in range(len(out) - 2, -1, -1):
        if out[at + 1].prep and not out[at].prep and AND.fullmatch(text, out[at].end, out[at + 1].start):
            out[at] = replace(out[at], prep=True)
    return out


def spoken_with(text: str, group: Group, part: Part) -> bool:
    """大队辅导员也聊了, 王校见了: whoever stands right before a verb of meeting that is done."""
    between = text[group.end : part.head.start]
    if part.activity == "interview" and (
        ASKED_ME.fullmatch(between) or HELD_ME.search(text, max(0, group.start - 2), part.head.start)
    ):
        return True
    if not WITH.match(between) or not (MET.match(part.head.word) or (part.head.word[0] in "说讲" and "也" in between)):
        return False
    done = part.head.word.endswith(("了", "过", "完", "到", "着", "的")) or text[part.head.end : part.head.end + 1] in (
        "了",
        "过",
        "",
    )
    return (done and group.kind != "groups") or "也" in between or "都" in between


CAME_BY = late("^(?:们)?(?:今天|刚好|正好|顺路|早上|下午|放学)?(?:来|接|送|碰|遇|找|路过|过来)[^,。;]{0,10}$")


def all_of_them(scene: Scene, deed: Deed, part: Part) -> None:
    """星期一访谈了两个星期二访谈了三个都是队员: the audience of all that the sentence told."""
    if not any("all" in t.roles for t in part.behind):
        return
    said = next((g.audience for g in reversed(deed.groups) if g.audience), None)
    for other in scene.recent:
        if said and other.sentence == deed.sentence and other.activity == deed.activity:
            other.groups = [g if g.audience else replace(g, audience=said) for g in other.groups]


def chatted(text: str, group: Group, part: Part) -> bool:
    """奶奶接孩子时聊了几句: who came by and opens the clause is the one talked with."""
    first = bool(part.before) and part.before[0].start == group.start
    return first and group.kind == "titles" and CAME_BY.match(text[group.end : part.head.start]) is not None


def after_call(scene: Scene, deed: Deed, found: Sequence[Group]) -> bool:
    """给五个家长打电话聊了孩子的事: a call in which something was talked over is a talk."""
    last = scene.last
    if (
        deed.activity != "interview"
        or last is None
        or last.activity != "online_contact"
        or last.sentence != deed.sentence
        or last.negated
    ):
        return False
    if last.bare or not all(g.many and not g.prep for g in found):
        return False
    last.activity = "interview"
    scene.deeds.remove(deed)
    return True


def without_missed(tokens: Sequence[Token]) -> Sequence[Token]:
    """三个队员还有一个班主任没谈成: whoever stands last before a denial was not met."""
    end = next((i for i, t in enumerate(tokens) if "neg" in t.roles and i and "aud" in tokens[i - 1].roles), None)
    if end is None or sum("aud" in t.roles for t in tokens[:end]) < 2:
        return tokens
    first = next(t for t in tokens if "aud" in t.roles or "num" in t.roles)
    start = end - 1
    if "num" in first.roles and "num" in tokens[start - 1].roles:
        start -= 1
    return [*tokens[:start], *tokens[end:]]


def completed(ahead: list[Group], behind: list[Group]) -> list[Group]:
    """队员访谈:17名, 与学生交流6人: a number behind the verb belongs to the people before it."""
    behind = behind[:1] + [g for g in behind[1:] if g.audience or g.among or g.named]
    if ahead and lone_number(behind) and ahead[-1].audience and vague(ahead[-1:]) and behind[0].number:
        return [*ahead[:-1], replace(ahead[-1], number=behind[0].number), *behind[1:]]
    if ahead and ahead[-1].many and any(g.audience == ahead[-1].audience and g.number for g in behind):
        return ahead[:-1] + behind
    if not ahead or not lone_number(behind) or not ahead[-1].many:
        return ahead + behind
    if len(ahead) > 1 and all(g.many for g in ahead) and not any(g.kind == "titles" for g in ahead):
        if behind[0].each or ahead[0].each:
            return [replace(g, number=behind[0].number) for g in ahead] + behind[1:]
        same = len({g.audience for g in ahead}) == 1
        return [replace(behind[0], kind="groups", audience=ahead[0].audience if same else None), *behind[1:]]
    return [*ahead[:-1], replace(ahead[-1], number=behind[0].number), *behind[1:]]


def backward(scene: Scene, deed: Deed) -> None:
    """队员x5 辅导员x2 访谈✓: a talk without people takes the pairs said before it."""
    near = [
        d
        for d in scene.recent
        if d is not deed and d.activity == "interview" and not d.negated and scene.sentence - d.sentence <= 2
    ]
    if not near:
        return
    scene.deeds.remove(deed)
    for one in near:
        one.forum = one.forum or (deed.forum and one.tone in ("pair", "weak"))


def extend(deed: Deed, found: Sequence[Group]) -> None:
    """The deed's stretch of the text grows with what it took."""
    for group in found:
        deed.start, deed.end = min(deed.start, group.start), max(deed.end, group.end)
