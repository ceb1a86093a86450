"""Messages of days, schools and how long, and nothing else."""

from __future__ import annotations

from datetime import datetime

from .clauses import FILLER, clause_of
from .late import several
from .scene import Scene
from .tokens import Token

MARKS = several("comma stop space line open close colon conj dash tick")
LENGTH = several("half_day whole_day")
SMALL = several("at each do colon also again done")


def lengths_alone(tokens: list[Token], text: str, now: datetime) -> Scene | None:
    """三小,半天; 11月5日 育红小学 全天; 周一半天 周三全天: days and schools, each with a length, and nothing else."""
    words = [t for t in tokens if not (MARKS | SMALL) & t.roles.keys()]
    lengths = sum(long(t) for t in words)
    dated = any("date" in t.roles for t in words)
    if not lengths or not all(long(t) or {"date", "school"} & t.roles.keys() for t in words):
        return None
    if not any(t.roles.get("school") == "named" or (dated and "school" in t.roles) for t in words) and lengths < 2:
        return None
    if foreign(tokens, text):
        return None
    scene = lengths_told(tokens, words, Scene(text, now))
    if scene.days and not scene.deeds[0].dated and len(scene.deeds) == 1:
        scene.redate(scene.deeds)
    return scene


def foreign(tokens: list[Token], text: str) -> bool:
    """True where other words stand between the known ones: 石桥小学放假2天."""
    at, left = 0, ""
    for token in tokens:
        left += text[at : token.start]
        at = max(at, token.end)
    return any(letter not in FILLER for letter in left + text[at:])


def lengths_told(tokens: list[Token], words: list[Token], scene: Scene) -> Scene:
    """Each length as a stay on the day and at the school said before it; 各半天 holds for all of them."""
    each, waiting = any("each" in t.roles for t in tokens), []
    for at, token in enumerate(words):
        scene.enter(clause_of((token,), token.start, token.end, "comma"))
        if "date" in token.roles:
            scene.dated([token], forward=False)
        elif token.roles.get("school") == "named":
            scene.place = (token.start, token.end)
            waiting.append((scene.when(), scene.place))
        if long(token) and each and len(waiting) > 1:
            for when, place in waiting:
                scene.hold(when)
                scene.place = place
                of_length(scene, token)
        elif long(token):
            of_length(scene, token)
        elif at and long(words[at - 1]) and "school" in token.roles and not any(map(long, words[at:])):
            scene.deeds[-1].place = scene.place
    return scene


def long(token: Token) -> bool:
    """True for a word that says how long a stay was."""
    return not LENGTH.isdisjoint(token.roles) or token.roles.get("num") == "day"


def of_length(scene: Scene, token: Token) -> None:
    """A stay as long as the word says, where and when was said before it."""
    deed = scene.open("on_site", token.start, token.end)
    deed.proven, deed.half = True, "half_day" in token.roles
    deed.numbers = [] if deed.half or token.number is None else [(token.number, "day")]
