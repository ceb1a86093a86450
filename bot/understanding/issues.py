"""A problem or a suggestion: who brings it up, how it is introduced, and the stretch that states it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .clauses import QUESTION, STILL, Clause, clause_of
from .faults import BURDEN, FAULT, KNOWN
from .frozen import frozen
from .late import late, several
from .tokens import Token
from .vocabulary import table, trie_pattern

NOUNS = several(
    "问题 困难 意见 诉求 需求 意见建议 问题建议 存在问题 存在困难 发现问题 需求是 主要问题 难处 问题反映 情况反映 反映问题 反馈问题 遇到困难"
)
WISHES = several(
    "希望 都希望 盼望 期盼 盼着 盼 呼吁 想要 巴望 要求 请求 恳请 想请 提议 倡议 提到 提出 发现 最希望 最盼 最想要 要是能 如果能 有人说 说是 提出来 提出了 嫌 抱怨 吐槽 诉苦"
)
AFTER_NOUN = late(r"[:是有为,]|也有|也是|主要|就是|集中|如下|说|反映")
LEADING = late(
    r"^(?:[(（]?\d[)）、.]|[①②③④⑤⑥]|[一二三四五六][是、]|[^,。:;]{0,8}?(?:问题|建议|意见|困难|诉求)[\d一二两三四五六七八九十]*[个条件项点]?:(?:一是|其一,?|1[.、])?|[,:、.\s\"'()]|说是|说|是|为|有|了|的是|就是|如下|着|到|主要|他们|她们|道|一下|一个|个|一条|条|问题)+"
)
TRAILING = late(r"(?:[,:、\s\"'()。;!?]|哈哈+|谢谢|吧|啊|呀|呢|了哈|哈)+$")
PRONOUN = late(
    r"主要|普遍|纷纷|集中|一个劲|不停|[他她它伊佢渠]们?|大家|有人|对方|大伙|(?:队员|学生|同学|孩子|老师|家长|团员|娃|教师|辅导员|校长|书记|主任)们?|他俩|两人|都"
)
NOUN = late("问题|意见|困难|建议|诉求")
QUIET = late(r"[没无未][^,。]{0,6}(?:问题|意见|困难|建议|诉求)$")
FOUND = frozenset(("了解到", "得知", "瞭解到", "记录:"))
COUNTED = late(
    r"(?:收集|征集|发现|梳理|反映|提出|了解)?到?(?:问题|意见|建议|困难|诉求)[\d一二两三四五六七八九十]+[条个项件][:(]"
)
STOP = late(r"[。;!?\n]")
TO_NOTE = late("(?:你|您|麻烦|请|帮|给)[^,。]{0,4}(?:记|登记|反映)(?:上|下|一下|下来|录)?[^,。]{0,2}$")
DREAM = late(
    r"(?:自己|他|她|他们|爸爸?|妈妈?|爸妈|父母|家人|周末|长大|以后|将来|今后|能|可以|可|也|都|快点?|早点?|早日|下次|还|再|一直|有一天|我们?)*(?:当(?!地)|成为|做个|考上?|长大|去(?!掉)|来|见到|看到|看看|考个|变成|像|入队|入团|戴上|穿上|回家|回来|赢|拿到|学会|飞|开飞机|陪|过年|放假|一起|下雪|打雪仗|春游|吃[一-鿿]{1,3}$|玩(?!具|的地方)|过生日|放风筝|看海|养[一-鿿]{1,3}$|妈妈|爸爸|爷爷|奶奶)"
)
EMPTY_WISH = late(
    r"(?:上面|上级|领导|有关部门|相关部门|教育局|学校|组织上?|大家|各位|单位)?(?:能|给|来|帮|给帮|帮着|想|尽快|早日|予以|多)*(?:想想办法|重视|解决|协调|关注|支持|反映|考虑|管管)[^,。]{0,4}$"
)
LONG_WISH = 6
NUMBERED = late(r"^[\d一二三四五六七八九十两几]+[条个项件点份名位人]?(?:人|问题|建议|意见|困难)?$")


@frozen
class Patterns:
    """How a lack, a plea, a matter of school life and the end of a complaint sound."""

    lack: re.Pattern[str]
    matter: re.Pattern[str]
    plea: re.Pattern[str]
    after: re.Pattern[str]
    worn: re.Pattern[str]
    things: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The patterns, made when first needed."""
    words = table("issues")
    words["lack"], words["matter"] = words["lack"] + words["worn"], words["matter"] + words["things"]
    kinds = ("lack", "matter", "plea", "after", "worn", "things")
    return Patterns(*(late(trie_pattern(words[name])) for name in kinds))


def lead_of(text: str, clause: Clause) -> Token | None:
    """The word that brings up a problem in this clause, if one does."""
    quiet = "quiet" in clause.roles and any("quiet" in t.roles and t.word[0] in "没无未" for t in clause.tokens)
    noun = NOUN.search(text, clause.start, clause.end)
    if quiet or (noun and QUIET.search(text, clause.start, clause.end)):
        return None
    counted = COUNTED.search(text, clause.start, clause.end + 1) if noun else None
    if (
        counted
        and not SOLVED.search(text, max(0, counted.start() - 5), counted.start())
        and stated(text[counted.end() : sentence_end(text, counted.end())])
    ):
        return Token(counted.start(), counted.end(), {"lead": ""}, counted.group())
    for token in clause.tokens if "lead" in clause.roles or "say" in clause.roles else ():
        if "lead" in token.roles and brings_up(text, clause, token):
            return token
        if "say" in token.roles and complains(text, clause, token):
            return token
    return None


def only_wishes(text: str, clause: Clause) -> bool:
    """希望给解决一下: a wish that names nothing is neither a problem nor a deed."""
    return "lead" in clause.roles and any(
        "lead" in t.roles and EMPTY_WISH.match(text, t.end, clause.end) for t in clause.tokens
    )


def brings_up(text: str, clause: Clause, token: Token) -> bool:
    """True where a lead word is used as one: a noun needs a colon or 是 behind it, a wish someone who wishes."""
    behind = text[token.end : sentence_end(text, token.end)]
    if token.word in NOUNS:
        if token.word == "困难" and text[token.start - 2 : token.start] in HARD_UP:
            return False
        if SOLVED.search(text, max(0, token.start - 5), token.start):
            return False
        return bool(AFTER_NOUN.match(behind)) and stated(behind)
    if EMPTY_WISH.match(behind) or (token.word in WISHES and DREAM.match(behind)):
        return False
    if token.word.startswith("呼声") and len(behind) < LONG_WISH and not patterns().lack.search(behind):
        return False
    opens = token.start <= clause.start + 1 or text[token.start - 1] in "-:、"
    return token.word not in WISHES or opens or spoken_for(text, clause, token)


def spoken_for(text: str, clause: Clause, token: Token) -> bool:
    """True where somebody stands before the word."""
    return any("aud" in t.roles for t in clause.tokens if t.end <= token.start) or bool(
        PRONOUN.search(text, clause.start, token.start)
    )


def complains(text: str, clause: Clause, token: Token) -> bool:
    """她说手头没有队章: somebody says what is lacking or asked for."""
    if token.word not in FOUND and token.word[0] not in "都佢渠伊" and not spoken_for(text, clause, token):
        return False
    behind = text[token.end : clause.end]
    if not behind.strip(",: 的了"):
        behind = text[token.end : sentence_end(text, token.end)]
    if TO_NOTE.search(text, token.end, sentence_end(text, token.end)) or told_me(text, clause, token):
        return True
    return bool(patterns().lack.search(behind) or patterns().plea.search(behind))


TO_ME = late("[跟和对向给]我$|告诉我$")


def told_me(text: str, clause: Clause, token: Token) -> bool:
    """校长跟我说锅炉老坏: a fault found with something of school life, told to the speaker."""
    if not TO_ME.search(
        text, clause.start, token.start if "我" not in token.word else token.start + token.word.index("我") + 1
    ):
        return False
    return faulty(text, clause_of((), token.end, clause.end, "comma"))


def faulty(text: str, clause: Clause) -> bool:
    """True where a clause finds fault with something of school life, or says what weighs on people there."""
    if lacking(text, clause):
        return True
    thing = patterns().matter.search(text, clause.start, clause.end)
    if thing is None or KNOWN.search(text, clause.start, clause.end):
        return False
    return bool(BURDEN.search(text, clause.start, clause.end) or FAULT.search(text, thing.end(), clause.end))


def sentence_end(text: str, start: int) -> int:
    """Where the sentence ends."""
    end = STOP.search(text, start)
    return end.start() if end else len(text)


def stated(words: str) -> bool:
    """True where something is stated, not only counted."""
    bare = LEADING.sub("", words)
    return len(bare) >= 3 and not NUMBERED.match(bare) and bare not in ("没有", "暂无")


def statement(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch that states it, without the words that open and close it."""
    lead = LEADING.match(text[start:end])
    if lead:
        start += lead.end()
    tail = TRAILING.search(text, start, end)
    if tail:
        end = tail.start()
    if end - start < 3 or NUMBERED.match(text[start:end]):
        return None
    return start, end


def lacking(text: str, clause: Clause) -> bool:
    """True where a clause by itself says that something of school life is missing or broken."""
    words = text[clause.start : clause.end]
    return bool(patterns().matter.search(words)) and bool(patterns().lack.search(words))


def unled(text: str, clause: Clause) -> bool:
    """宿舍楼的热水器坏了两个月了: a thing of school life and what is wrong with it, told behind a deed without any lead word."""
    if not NO_LACK.isdisjoint(clause.roles) or any(t.roles.get("tone") in FIRM for t in clause.tokens):
        return False
    words = text[clause.start : clause.end]
    if not patterns().matter.search(words) or OWN.search(words):
        return False
    if MAINLY.match(words) and lacking(text, clause):
        return True
    return bool(patterns().things.search(words)) and bool(patterns().worn.search(words))


FIRM = ("words", "forum")
NO_LACK = frozenset(("date", "off", "plan", "ask", "total"))
HARD_UP = frozenset(("家里", "家庭", "生活", "学习", "经济"))
SOLVED = late("解决[^,。]{0,3}$")
MAINLY = late("主要(?:就)?(?:是|说|讲)|说的是|说来说去|就是说")
OWN = late("我|咱|俺|修好|解决|换新|更换|补齐|帮|争取|协调|落实了")


ASKS_WHERE = late(
    "谁(?:去|来|有|能|知道)|请问|想问|问一下|去哪|[在到]哪|哪里|哪儿|哪能|怎么[买办领补]|咋[买办领]|[他她](?:又|也|今天|昨天)?没"
)


def complaint(text: str, found: Sequence[Clause]) -> tuple[int, int] | None:
    """The problem or request a message without any deed states, without a word that introduces it."""
    if ASKS_WHERE.search(text):
        return None
    for at, clause in enumerate(found):
        words = text[clause.start : clause.end]
        if not patterns().matter.search(words) or QUESTION.search(words) or STILL.search(words):
            continue
        asks = patterns().plea.search(words)
        if patterns().lack.search(words) or (asks and len(words) - asks.end() >= 3):
            return statement(text, clause.start, clause.end) and whole(text, found, at)
    return None


def whole(text: str, found: Sequence[Clause], at: int) -> tuple[int, int] | None:
    """The clause that states it, and what goes on with it."""
    start, last = found[at].start, at
    plea = patterns().plea.match(text, start)
    while (
        last + 1 < len(found) and not found[last + 1].hard and not patterns().after.match(text, found[last + 1].start)
    ):
        last += 1
    return statement(text, plea.end() if plea else start, found[last].end)
