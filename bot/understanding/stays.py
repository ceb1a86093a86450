"""Going to a school and being there: when the small words 去, 到, 在 tell of a day spent there."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import Clause, rest
from .deeds import EVENTS
from .late import late, several
from .people import is_person_number
from .scene import Scene
from .tokens import Token

GOING = several(
    "date school part_day half_day whole_day go at mean neg conj also skip actual done again these each all prep visit first ask tick orig"
)
NO_WAY = late("(?:从[^,。]{1,7}|[搬迁调转考](?:迁|学|升)?|[路家村镇街站桥口]|[村镇城家]里|(?<!下)乡)$")
DAYS_GOING = GOING | {"num", "forgot", "plan"}
NOT_GOING = late(
    r"(?:木有?|莫得?|没有?|未|没能|未能|没得|没法|没再|冇|不|去不[了成上]|到不了|来不了|不去|不来|不下校)(?:能|再|有|得|时间|空)?(?:去|到|来|进|赴|往|下|(?<=[了成上去来校]))(?![场会位底齐得做想手])(?:成|了|得成|上)?|[没未](?:能)?(?:走|动|成|出)[成身行]|走不成|没能?(?:[上过进到走下]得[去了成]|[上过进]去)"
)
TIME_SPENT = frozenset(("half_day", "whole_day", "part_day"))
SPENT = late(r"[一-鿿]{1,3}[了过咯个满足够有]{1,2}|[待呆泡蹲守住耍猫窝坐忙转听耗磨混]")
OTHERS_GOING = late("[他她你您]|谁|人|说|问|没|不")


def going(scene: Scene, clause: Clause, at: int) -> str | None:
    """去实验小学, 今天去了半天: going to a school, or on a day, is being there; 村里到学校的路 is a way."""
    token = clause.tokens[at]
    if token.word in ("到", "上", "下") and NO_WAY.search(scene.text, max(clause.start, token.start - 8), token.start):
        return None
    if token.word in ("上", "下") and scene.text[token.end : token.end + 1] == "的":
        return None
    school = school_after(scene.text, clause, at)
    if school is not None and ON_THE_WAY.match(scene.text, school.end):
        return None
    return "on_site" if school else simply_going(scene, clause, at)


def school_after(text: str, clause: Clause, at: int) -> Token | None:
    """The school a verb leads to: right behind it, or behind a few words without weight."""
    end = clause.tokens[at].end
    for token in clause.tokens[at + 1 : at + 6]:
        if token.roles.get("school") == "" and text[token.start - 1] == "的" and token.start - end <= 6:
            return token
        if token.start - end > (2 if token.roles.get("school") == "" else 6):
            return None
        if "school" in token.roles:
            return token
        if not {"noise", "go", "also", "grade", "num", "colon", "link", "named_etc"} & token.roles.keys():
            return None
        end = token.end
    return None


def staying(scene: Scene, clause: Clause, at: int) -> str | None:
    """昨天今天都在马家岔教学点: being at a school on a day, where nothing else is said."""
    school = school_after(scene.text, clause, at)
    if school is None:
        there = (
            "date" in clause.roles
            and scene.place_said
            and STILL_THERE.fullmatch(scene.text, clause.tokens[at].end, clause.end)
        )
        return "on_site" if there else None
    if spent(scene.text, clause, school):
        return "on_site"
    token = clause.tokens[at]
    if len(token.word) > 1 and token.word.endswith("在") and a_day_alone(clause.tokens[:at]):
        return "on_site"
    if any("act" in t.roles for t in clause.tokens) or rest(scene.text, clause, DAYS_GOING):
        return None
    if token.word == "在" and scene.text[clause.end : clause.end + 1] == " ":
        return None
    if any(t.roles.get("num", "day") != "day" for t in clause.tokens):
        return None
    if scene.days and scene.clause - scene.halves_at == 1:
        return "on_site"
    said_before = bool(scene.days) and clause.tokens[at].word in ("都在", "也在", "就在", "一直在", "全天在")
    timed = "part_day" in clause.roles and (scene.date_at >= 0 or scene.place_said)
    return "on_site" if timed or "date" in clause.roles or "whole_day" in clause.roles or said_before else None


ON_THE_WAY = late("的?(?:路上|途中|半路)")
ON_ARRIVAL = late("[去了到]?的?(?:时候|那会儿?|路上(?!堵))")


def a_day_alone(before: Sequence[Token]) -> bool:
    """True where a day, and no people or deed, stands before being there."""
    return any("date" in t.roles for t in before) and not any({"aud", "act"} & t.roles.keys() for t in before)


CANNOT = late("[找买看听见想用吃拿得做达收感遇碰学排轮抢够借等]$")
STILL_THERE = late("(?:那儿?|那里|着|的|呢|了|嘞|哩|呐)*")


def spent(text: str, clause: Clause, school: Token) -> bool:
    """搁学校猫了一天: whatever one did there, the time spent says that one was there."""
    behind = (t for t in clause.tokens if t.start >= school.end)
    time = next((t for t in behind if TIME_SPENT & t.roles.keys() or t.roles.get("num") == "day"), None)
    if time is None:
        return False
    if any("aud" in t.roles for t in clause.tokens if t.end <= school.start):
        return False
    return time.start == school.end or SPENT.fullmatch(text, school.end, time.start) is not None


def simply_going(scene: Scene, clause: Clause, at: int) -> str | None:
    """这周去了一二四: a day and going is all that is said."""
    before = clause.tokens[at - 1] if at else None
    if before is not None and "neg" in before.roles and before.end == clause.tokens[at].start:
        return None
    if "mean" not in clause.tokens[at].roles:
        return None
    last = scene.last
    if last is not None and last.activity in EVENTS and clause.tokens[at].word[0] == "也" and scene.near(last):
        return None
    if went_there(scene, clause, clause.tokens[at]):
        return "on_site"
    return nothing_but_going(scene, clause, at)


def went_there(scene: Scene, clause: Clause, token: Token) -> bool:
    """今天又去了谈了两个老师, 我去的时候正在搞队日: being there, told in passing."""
    if scene.place_said and token.word.startswith(("又去了", "也去了", "还去了")) and "date" in clause.roles:
        return True
    own = "date" in clause.roles or scene.text[clause.start] == "我"
    return own and ON_ARRIVAL.match(scene.text, token.end - 1) is not None


def nothing_but_going(scene: Scene, clause: Clause, at: int) -> str | None:
    """A clause of going, a day and a length, with nothing else in it."""
    if any("act" in t.roles or is_person_number(t) for t in clause.tokens):
        return None
    if rest(scene.text, clause, DAYS_GOING):
        if clause.tokens[at].word in BACK_TO and PLACE.fullmatch(scene.text, clause.tokens[at].end, clause.end):
            return "on_site"
        return "on_site" if last_of_all(scene, clause, at) or short_place(scene, clause, at) else None
    if any(t.roles.get("num") not in ("day", "session") for t in clause.tokens if "num" in t.roles):
        return None
    if any({"go", "mean"} & t.roles.keys() for t in clause.tokens[:at]) and "neg" not in clause.roles:
        return None
    if clause.tokens[at].word.endswith("在") and "date" not in clause.roles:
        return None
    known = (
        "date" in clause.roles
        or "half_day" in clause.roles
        or "part_day" in clause.roles
        or scene.named_school
        or scene.date_at >= 0
        or "each" in clause.roles
        or clause.tokens[at].word.endswith("趟")
    )
    return "on_site" if known else None


BACK_TO = frozenset(("去番", "返去", "番去", "返到", "返"))
PLACE = late("[一-鿿]{1,4}")


SHORT_PLACE = late(
    r"(?!彩排|排练|值[班守]|体检|加班|考察|检查|督[查导]|调研|植树|采购|山[西东]|河[南北]|湖[南北]|广[西东]|开会|培训|出差|学习|[县市省乡镇村区旗]里|单位|医院|外地|看病|办事|党校|[一-鿿]{0,2}局|团委|家访|现场|参[会加观]|吃饭|机关|外面|[那这]|北京|上海|不|听|讲|找|看|接|送|办|搞|做|谈|访)[一-鿿]{2,3}?(?:了|啦)?"
)
SCHOOLING = late(
    r"[^没不未改推]{0,8}(?:(?:听|[队团]课|访谈|谈|聊|蹲|驻)[^,。;没不未]{0,6}[一二两三四五六七八九十\d]|[一二两三四五六七八九十\d][^,。;没不未]{0,6}[谈聊])"
)


def short_place(scene: Scene, clause: Clause, at: int) -> bool:
    """下周二去柳河,打算听一节队课: a short name right behind going, in a telling of what is done at schools."""
    token = clause.tokens[at]
    if token.word[-1] not in "去了" or at + 1 < len(clause.tokens) or not clause.has("date"):
        return False
    if not SHORT_PLACE.fullmatch(scene.text, token.end, clause.end):
        return False
    return SCHOOLING.match(scene.text, clause.end) is not None


def last_of_all(scene: Scene, clause: Clause, at: int) -> bool:
    """我忘报了上周四跟上周五都去了的: days and going, whatever stands before them."""
    token, before = clause.tokens[at], clause.tokens[at - 1] if at else None
    if before is None or "date" not in before.roles or before.end != token.start or at + 1 < len(clause.tokens):
        return False
    if any("aud" in t.roles for t in clause.tokens):
        return False
    return token.word[0] in "都也" and not OTHERS_GOING.search(scene.text, clause.start, before.start)


def not_there(clause: Clause, at: int) -> bool:
    """国庆那几天没在学校: not having been there, where nothing else is said."""
    after = clause.tokens[at + 1 : at + 3]
    if len(after) < 2 or "at" not in after[0].roles or "school" not in after[1].roles or after[1].end != clause.end:
        return False
    return clause.tokens[at].end == after[0].start and not any("aud" in t.roles for t in clause.tokens)


def not_going(scene: Scene, clause: Clause, at: int) -> str | None:
    """没去, 未到校, 没去成学校: not having been there."""
    if clause.tokens[at].word == "不到" and CANNOT.search(scene.text, clause.start, clause.tokens[at].start):
        return None
    match = NOT_GOING.match(scene.text, clause.tokens[at].start)
    if match is None and not_there(clause, at):
        return "on_site"
    after = clause.tokens[at + 1] if at + 1 < len(clause.tokens) else None
    if match is None or (after is not None and "act" in after.roles and after.start < match.end()):
        return None
    return "on_site"
