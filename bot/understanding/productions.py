"""What each kind of head makes of the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .deeds import EVENTS, PROOF, Deed, number_of
from .heads import Part
from .late import late
from .lecturing import on_topic, told_to
from .people import Group, groups, is_person_number
from .scene import Scene
from .talks import fill_people
from .tokens import Token

ANNOUNCED = late("[一二两三四五六七八九十\\d]+[件项]事?[:,]?(?:第?一件?|一是|1|首先)")
GIVING = "捐赠送募买添购"
SMALL_WORDS = {ord(c): None for c in "了的: 完成共计各()"}


def fill_things(scene: Scene, deed: Deed, part: Part) -> None:
    """Numbers in the deed's own unit count it; people beside an event are those present."""
    tokens = part.around
    units = {t.roles["num"] for t in tokens if "num" in t.roles}
    crowd_tokens: list[Token] = []
    for at, token in enumerate(tokens):
        if token.number is not None and token.number.value == 0.5:
            continue
        if "num" in token.roles and counts_deed(scene, deed, part, tokens, at, units):
            deed.numbers.append(number_of(token))
        else:
            crowd_tokens.append(token)
    deed.units = next((t.number.value for t in tokens if t.number and t.roles.get("num") in ("group", "school")), None)
    deed.classes = sum("class" in t.roles for t in tokens)
    if deed.activity == "unit_link":
        deed.proven = scene.text[part.head.end : part.head.end + 1] in ("", "了", ",", "。", ";")
    spread(scene, deed, tokens)
    crowd = present(scene.text, crowd_tokens)
    if deed.tone == "weak" and deed.activity == "lecture":
        deed.proven = told_to(part) or on_topic(scene.text, part)
    if deed.activity in EVENTS:
        deed.crowd += crowd or brought(scene)
        if any(g.audience for g in crowd):
            scene.speak_of([replace(g, number=None) for g in crowd])
    elif spoken := [g for g in groups(scene.text, crowd_tokens) if g.audience]:
        scene.speak_of(spoken)


GRADES = late(r"[一二三四五六七八九]|\d")


def spread(scene: Scene, deed: Deed, tokens: Sequence[Token]) -> None:
    """给两个中队各上队课1节: one for each."""
    if not any("each" in t.roles for t in tokens):
        return
    deed.each = True
    lessons = scene_lessons(scene, deed)
    if lessons > 1 and session(deed):
        deed.times = float(lessons)
    elif session(deed) and (linked := linked_units(scene, deed)):
        deed.times = linked
    elif deed.activity in ("lecture", "class_visit") and session(deed):
        units = [t.number.value for t in tokens if t.roles.get("num") in ("group", "school") and t.number]
        grades = sum(len(GRADES.findall(t.word)) for t in tokens if "grade" in t.roles)
        deed.times = units[0] if units else float(grades) if grades > 1 else None


EVERY = late("每(?:个|一个)?(?:中队|班级?|团?支部|小队)[^,。;]{0,8}$|一[个]?班$")


def linked_units(scene: Scene, deed: Deed) -> float | None:
    """联系中队3个,每个中队都开了一次队会: as many as the units just told."""
    last = scene.last
    if last is None or last.activity not in ("unit_link", deed.activity) or not scene.near(last):
        return None
    if last.activity == deed.activity and not (last.numbers and last.numbers[0][1] == "group"):
        return None
    if not EVERY.search(scene.text, max(last.end, deed.start - 18), deed.start):
        return None
    last.dropped = last.dropped or last.activity == deed.activity
    return last.numbers[0][0].value if last.numbers else float(last.classes) or None


def scene_lessons(scene: Scene, deed: Deed) -> int:
    """听了三年级的语文课和五年级的队课各一节: how many lessons are listed before 各."""
    if deed.activity != "class_visit":
        return 0
    each = scene.text.find("各", deed.end, deed.end + 30)
    return len(LESSON.findall(scene.text[deed.end : each])) if each > 0 else 0


LESSON = late("课(?=[、和与跟,]|$)")


def session(deed: Deed) -> bool:
    """True where the number said is one of sessions, not of the classes themselves."""
    return len(deed.numbers) <= 1 and all(unit == "session" for _, unit in deed.numbers)


def counts_deed(scene: Scene, deed: Deed, part: Part, tokens: Sequence[Token], at: int, units: set[str]) -> bool:
    """True where a number counts the deed itself, not people, goods or what was talked of."""
    token = tokens[at]
    unit = token.roles["num"]
    if deed.activity == "class_visit" and REVIEWED.search(scene.text, max(0, token.start - 2), token.start):
        return False
    if unit not in deed.accepts or counts_people(token, tokens, deed):
        return False
    if at and {"total", "each"} & tokens[at - 1].roles.keys() and deed.numbers:
        return False
    if at and unit in ("", "thing") and deed.activity in EVENTS and "attend" in tokens[at - 1].roles:
        return False
    if "session" in units and "session" in deed.accepts and unit != "session":
        return False
    if unit == "deed" and ANNOUNCED.match(scene.text, token.start):
        return False
    given = unit == "deed" and part.head.word[0] in GIVING
    return (unit not in ("thing", "") and not given) or not of_goods(scene.text, part.head, token)


TROUBLES = ("困难", "难题", "问题", "诉求", "心愿", "难处")
REVIEWED = late("[评磨备][了完]?$")


def of_goods(text: str, head: Token, token: Token) -> bool:
    """捐赠书包45个, 宣讲了三个主题: a number of something else than the deed."""
    behind = text[token.end : token.end + 1]
    if "一" <= behind <= "鿿" and behind not in "了的,也都还又和在吧呢啊哈已全另":
        return token.start >= head.end
    gap = text[head.end : token.start].translate(SMALL_WORDS)
    return (
        token.start > head.end
        and len(gap) > 1
        and not gap.endswith(TROUBLES)
        and token.roles["num"] in ("thing", "deed")
        and head.roles.get("act") == "practical_help"
    )


def counts_people(token: Token, tokens: Sequence[Token], deed: Deed) -> bool:
    """True where a number without a unit of its own stands with an audience word."""
    unit = token.roles["num"]
    if unit not in ("thing", "", "person"):
        return False
    if unit == "person" and deed.activity == "survey":
        return True
    return any(
        "aud" in t.roles and t.word != "困难" and (0 <= t.start - token.end <= 4 or 0 <= token.start - t.end <= 1)
        for t in tokens
    )


def present(text: str, tokens: Sequence[Token]) -> list[Group]:
    """The people with a number among some words, without those only expected (应到96实到93)."""
    kept = [t for at, t in enumerate(tokens) if not ("num" in t.roles and at and "expected" in tokens[at - 1].roles)]
    if not any({"aud", "attend"} & t.roles.keys() for t in kept):
        kept = [t for t in kept if t.roles.get("num") != "thing"]
    return [g for g in groups(text, kept) if g.number]


def brought(scene: Scene) -> list[Group]:
    """带88名队员去祭扫,算一次主题队日: the people spoken of just before were there."""
    if scene.clause - scene.topic_at > 2:
        return []
    return [g for g in scene.topic if g.number]


def fill_survey(_scene: Scene, deed: Deed, part: Part) -> None:
    """问卷发80收76: what came back counts."""
    tokens = part.around
    places = [
        i
        for i, t in enumerate(tokens)
        if t.roles.get("num", "no") in deed.accepts
        and not counts_people(t, tokens, deed)
        and not ("neg" in tokens[i + 1].roles if i + 1 < len(tokens) else False)
        and not astray(tokens, i)
    ]
    if not places and not any("attend" in t.roles for t in tokens):
        places = [i for i, t in enumerate(tokens) if t.roles.get("num") == "person"]
    came = [i for i in places if i and "got" in tokens[i - 1].roles]
    chosen = [i for i in came or places[-1:] if not (i and "expected" in tokens[i - 1].roles)][:1]
    deed.numbers = [number_of(tokens[i]) for i in chosen]
    deed.sent = not came and any("sent" in t.roles for t in tokens)


def astray(tokens: Sequence[Token], at: int) -> bool:
    """丢了5份, 有4份被娃弄丢了: forms that were lost are none that came back."""
    if at and "lost" in tokens[at - 1].roles:
        return True
    behind = next((t.roles for t in tokens[at + 1 : at + 4] if {"lost", "num"} & t.roles.keys()), {})
    return "lost" in behind and "got" not in tokens[at - 1].roles and "sent" not in tokens[at - 1].roles


HELPING = "捐赠解协争修资助申落慰募办补代垫跑要"
TROUBLE = late("^[^,。;!\n]{0,16}(?:问题|困难|难题)")
GIFT = late(
    r"[^,。;!\n]{0,10}?(?:米|面粉|油|书包|衣|鞋|棉|被子|文具|本子|图书|课外书|铅笔|慰问[品金]|牛奶|水果|手套|帽子|围巾|红领巾|队旗|药|口罩|蛋糕|月饼|粽子|篮球|足球|跳绳|乐器|鼓|电脑|助学金|路灯|热水器|饮水机|窗户|玻璃|桌椅|课桌|轮椅|眼镜|低保|补助|广播|音响|水管|电路|监控|黑板|投影|网络|空调|暖气|厕所|屋顶|门窗|大门|跑道|款|资金|经费|项目)"
)
WISHES = late("^[^,。;!\n]{0,8}(?:祝福|问候|温暖|关怀|贺卡|掌声|作业|通知)")


def fill_help(scene: Scene, deed: Deed, part: Part) -> None:
    """捐赠图书260册 is one deed, whatever was given."""
    fill_things(scene, deed, part)
    clause = scene.text[part.head.end : part.head.end + 24]
    for_someone = part.head.word[0] in HELPING and any("prep" in t.roles for t in part.before)
    given = for_someone or any({"goods", "num"} & t.roles.keys() for t in part.around)
    given = given or GIFT.match(scene.text, part.head.end) is not None
    deed.proven = (given or TROUBLE.search(clause) is not None) and not WISHES.search(clause)


def fill_coverage(scene: Scene, deed: Deed, part: Part) -> None:
    """高一3班45人,已覆盖38人: how many of a class were reached; 全覆盖 is all of it."""
    numbers = [t for t in part.around if "num" in t.roles and is_person_number(t) and t.number]
    label = next((t for t in part.around if "class" in t.roles), None)
    klass = (label.start, label.end) if label else None
    size = scene.size
    if deed.tone == "weak" and size is None and len(numbers) < 2:
        deed.activity = "interview"
        fill_people(scene, deed, part)
        return
    if len(numbers) > 1:
        size, numbers = numbers[0].number, numbers[1:]
    deed.class_name = klass or scene.klass
    deed.of = size.value if size else None
    last = scene.last
    if size is None and klass is None and numbers and last is not None and last.activity in EVENTS and scene.near(last):
        last.crowd += present(scene.text, part.around)
        scene.deeds.remove(deed)
        return
    count = numbers[0].number if numbers else size
    deed.numbers = [(count, "person")] if count else []
    deed.proven = bool(count)
    if count and part.head.word.endswith("全覆盖"):
        deed.of = count.value


def without_heading(part: Part) -> list[Token]:
    """补记三天的:9月7日到校半天: a number before a colon and a day is of the whole list, not of its first line."""
    at = next((i for i, t in enumerate(part.before) if "colon" in t.roles), None)
    if at is None or not any("date" in t.roles for t in part.before[at:]):
        return part.around
    return [*part.before[at:], *part.behind]


def fill_stay(scene: Scene, deed: Deed, part: Part) -> None:
    """The days of a stay."""
    tokens = without_heading(part)
    deed.which = part.head.word[-1] == "的"
    deed.half = deed.half or scene.clause - scene.halves_at == 1
    deed.each = any("each" in t.roles for t in part.before)
    form = any("colon" in t.roles for t in part.behind[:1]) or scene.text.startswith("天数", part.head.end)
    days = [t for t in tokens if t.roles.get("num") == "day"] or [
        t for t in part.behind[:2] if t.roles.get("num") == "session"
    ]
    deed.proven = any("school" in t.roles for t in tokens)
    met = [g for g in groups(scene.text, part.behind) if g.audience and g.number]
    if met and met[0].start == part.head.end and not deed.negated:
        talk = scene.open("interview", met[0].start, met[-1].end, "pair")
        talk.groups = met
    form = form or (bool(part.behind) and part.behind[0].start == part.head.end)
    deed.numbers = [number_of(t) for t in tokens if t in days or (form and t.roles.get("num") == "")]


AT_DESK = late("在(?:机关|单位|办公室|家里?|局里|团委)[^,。;]{0,6}(?:撰写|写|整理|修改|赶|弄|准备)$")


def proven(text: str, part: Part) -> bool:
    """True where words say that the thing was finished."""
    roles = PROOF.get(part.activity)
    if roles is None:
        return True
    if any("half" in t.roles for t in part.around) or AT_DESK.search(
        text, max(0, part.head.start - 16), part.head.start
    ):
        return False
    return any(role in t.roles for t in part.around for role in roles)


Fill = Callable[[Scene, Deed, Part], None]
FILL: dict[str, Fill] = {
    "interview": fill_people, "pairing": fill_people, "online_contact": fill_people, "survey": fill_survey, "on_site": fill_stay,
    "practical_help": fill_help, "coverage": fill_coverage,
}  # fmt: skip
