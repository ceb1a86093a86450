"""Small tellings in clauses without a head: coming from a school, things brought, a range with its verb inside, more about the deed before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .clauses import Clause
from .deeds import PEOPLE, number_of
from .late import late
from .numerals import Number
from .scene import Scene
from .tokens import Token

FROM = late("[从打自]$")
BACK = late("(?:那边|那儿|里)?(?:刚刚?|才)?(?:出来|回来|返回|回单位|回到|回去|往回|撤|离开|下来)")
OF_CLASS = late("(?:都|全)是?(?:[一-鿿]|[()\\d]){1,8}(?:的|班|年级)$")
FROM_EACH = late("每个?(?:中队|班|学校|校)[^,。;]{0,6}$")
STAYED = late("[蹲驻待呆住][点校班]?到")
MET_BEFORE = late(
    r"(?:其中|当中|里面|含)?(?:有)?[\d一二两三四五六七八九十俩仨]{1,3}[名个位人]?人?(?:是|为|系|属|在|于)?(?:上(?:次|回|周|个?月|学期)|以前|之前|此前|前[天期次]|昨天|早先|曾经?|已经?|\d{1,2}月(?:\d{1,2}[日号])?)(?:就|都|已经?|曾经?)*(?:被)?(?:访谈?|谈话?|聊|见|座谈|交流)(?:过|了)?(?:的)?(?:话)?(?:对象|人员|人|队员|学生|同学|老面孔)?的?"
)
BROUGHT = late(
    r"[给帮为替](?:[^,。;]{1,10}?)[拉送捎寄背扛搬带弄凑捐买修装缝补换安铺刷搭]了?[^,。;]{0,8}?(?:桌椅|课桌|衣|鞋|棉|被子|书包|文具|图书|本子|米|面粉|油|牛奶|水果|手套|围巾|篮球|足球|跳绳|乐器|鼓|电脑|灯|水管|窗户|玻璃|眼镜|煤|炉子|暖气|门锁|床)"
)


def back_from(scene: Scene, clause: Clause, school: Token) -> None:
    """刚从城关三小出来: whoever comes from a school was there."""
    if FROM.search(scene.text, clause.start, school.start) and BACK.match(scene.text, school.end):
        deed = scene.last = scene.open("on_site", school.start, school.end)
        deed.proven = True


def of_a_class(scene: Scene, clause: Clause) -> None:
    """访谈6人,都是初三的: people of a class are its pupils."""
    last = scene.last
    if (
        last is None
        or last.activity not in PEOPLE
        or not ("grade" in clause.roles or "class" in clause.roles)
        or "aud" in clause.roles
    ):
        return
    if OF_CLASS.match(scene.text, clause.start, clause.end):
        last.groups = [g if g.audience else replace(g, audience="student") for g in last.groups]


def of_all_units(scene: Scene, clause: Clause) -> None:
    """每个中队找了一名队员谈心,一共10个中队: as many from each."""
    last = scene.last
    units = next((t.number for t in clause.tokens if t.roles.get("num") in ("group", "school")), None)
    if last is None or last.activity not in PEOPLE or units is None or units.value is None or not last.groups:
        return
    if FROM_EACH.search(scene.text, max(0, last.start - 12), last.start) and last.groups[0].number:
        last.groups = [
            replace(g, number=Number(g.number.value * units.value)) if g.number and g.number.value else g
            for g in last.groups
        ]


def stayed(scene: Scene, clause: Clause) -> None:
    """从3号蹲到7号: a range said with the verb inside it."""
    span = next((t for t in clause.tokens if "date" in t.roles and STAYED.search(t.word)), None)
    if span is not None and not scene.ahead:
        deed = scene.last = scene.open("on_site", span.start, span.end)
        deed.proven = True


def brought(scene: Scene, clause: Clause) -> None:
    """帮孩子们拉了一车桌椅过来: something useful brought or mended for school and pupils."""
    if (
        "prep" not in clause.roles
        or "neg" in clause.roles
        or "plan" in clause.roles
        or not ("aud" in clause.roles or "school" in clause.roles)
    ):
        return
    match = BROUGHT.search(scene.text, clause.start, clause.end)
    if match and "了" in match.group():
        deed = scene.last = scene.open("practical_help", match.start(), match.end())
        deed.proven = True


def met_aside(scene: Scene, clause: Clause) -> bool:
    """(其中2人上周谈过): people of the talk just told who were met before; the day said there holds for nothing else."""
    last = scene.last
    if last is None or last.activity not in PEOPLE or not clause.has("num") or clause.has("neg"):
        return False
    match = MET_BEFORE.fullmatch(scene.text, clause.start, clause.end)
    number = next((t.number for t in clause.tokens if "num" in t.roles), None) if match else None
    if number is None or number.value is None:
        return False
    last.met_before = number.value
    return True


def classes_named(scene: Scene, clause: Clause) -> None:
    """联系班级定了,五年级二班: the classes of the link just told."""
    last = scene.last
    if last is None or last.activity != "unit_link" or last.numbers or last.classes or not scene.near(last):
        return
    last.classes = sum("class" in t.roles for t in clause.tokens)


def ended(scene: Scene) -> None:
    """连着蹲了4天,到昨天为止: the last day of a stay told before."""
    last = scene.last
    if last is None or last.activity != "on_site" or last.dated or not last.numbers or len(scene.days) != 1:
        return
    if scene.days[0].first is None and scene.days[0].last:
        last.days, last.dated = scene.days, True


FORMS = late("问卷|问券|调查表|意见表|测评表|征求意见")
SENT_AND_GOT = late("(?:发|下发|派)[出放了下去]*(?:有|了)?[\\d一二两三四五六七八九十百]+[份张]?[,、]?(?:[收回交]|有效)")


def handed_out(scene: Scene, clause: Clause) -> bool:
    """问卷的事弄完了,发100收95: forms sent and come back, in a clause of their own."""
    last = scene.last
    if "num" not in clause.roles or (last is not None and last.activity == "survey"):
        return False
    if not SENT_AND_GOT.search(scene.text, clause.start) or not FORMS.search(scene.text, 0, clause.start):
        return False
    pairs = pairwise(clause.tokens)
    came = next((b for a, b in pairs if "got" in a.roles and "num" in b.roles), None)
    sent = next((b for a, b in pairwise(clause.tokens) if "sent" in a.roles and "num" in b.roles), None)
    number = came or sent
    if number is None:
        return False
    deed = scene.last = scene.open("survey", clause.start, clause.end)
    deed.numbers, deed.sent = [number_of(number)], came is None
    return True


PRINTED = late(r"[印备]了?(?:有|好)?[\d一二两三四五六七八九十百]+[份张]?[^。;!?]{0,4}$")


def printed(scene: Scene, clause: Clause) -> bool:
    """问卷印了100份,发出去60份: what was printed is not yet sent."""
    return "sent" in clause.roles and PRINTED.search(scene.text, max(0, clause.start - 16), clause.start) is not None
