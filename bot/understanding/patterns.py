"""The one pattern that finds everything a message is made of; a new form of class label or of what never counts goes here."""

from __future__ import annotations

import re
from functools import cache

from . import numerals
from .edges import glance, looking
from .schools import GENERIC_MARK, SCHOOL_MARK
from .vocabulary import fast_pattern, trie_pattern, vocabulary

DATE_MARK = "\ue000"
NUMERALS = "零〇一二两三四五六七八九十百千万半几俩仨廿"
GRADE = r"(?:[小初高大]?[一二三四五六七八九]|[小初高]?\d{1,2}|20\d\d|[初高]中)(?:年级|级)?"
NEVER = (
    r"《[^》\n]{0,60}》|https?://[!-~]+|\d{7,}",
    r"(?:^|(?<=[\n ,;。)])(?<![员生师长访谈讲课卷话部任人] ))\(?\d{1,2}[.、)](?=\D|$)|[①②③④⑤⑥⑦⑧⑨⑩]|(?:^|(?<=[\n。;]))\(?[一二三四五六七八九十]{1,2}[、)]",
    r"\d{1,2}[:点]\d{2}(?:分)?(?:[-~至到]\d{1,2}[:点]\d{2})?|\d{1,2}时(?:\d{1,2}分|半)?",
    r"(?<!重)(?<!要)[零一二两三四五六七八九十\d]{1,3}点(?!名|位|人|建议|意见)(?:钟|半|多|整|[一三]刻|[零一二三四五六七八九十\d]{1,3}分?)?",
    r"第(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|几)(?:个|所)?(?:天|次|场|节课|节|堂|期|批|站|轮|周|课|季|届|步|项|组|名|位|章|学期|小队|大队|年|条|件|篇|回)?",
    r"[每逢]个?(?:周|星期|礼拜)[一二三四五六日天末]",
    r"一[班校](?=一[节场堂次])",
    r"[五六八n]个一(?![共块起样人名个同])",
    r"d(?:ay)?\d{1,3}(?!\d)",
    r"\((?:人|名|位|场|次|节|份|篇|个|件|项|天|人次|场次)\)(?=:)|\(\d{1,2}\)(?=[一-鿿])",
)
YEAR_CLASS = r"[12]\d[0-3]\d"  # 2301: the first class of those who entered in 2023
NO_AMOUNT = r"(?![\d名个位人次节场份册本元张页字年级.:%-])"
CLASSES = (
    rf"(?<=[一-鿿]){YEAR_CLASS}(?=(?:[、,和及]{YEAR_CLASS})+{NO_AMOUNT})"
    rf"|(?<=[12]\d[0-3]\d[、,和及]){YEAR_CLASS}{NO_AMOUNT}"
    rf"|(?<=[一-鿿])(?<![了份共计第到达为是有约及盖放发收约近超过满数人卷员生师长从自在于等])[12]\d0[1-9]{NO_AMOUNT}"
)
CHAT = (
    r"[聊谈唠扯谝侃喷摆喧吹拉叨嗑][了过咧哒咗](?:了?[聊谈唠扯谝侃喷摆喧]|(?:好|老|一)?(?:会儿?|哈子?|下子?|阵子?|半天|半晌|几句|两句|通|气|圈|久)(?:儿|话|天)?|个把(?:钟头|小时))"
    r"|[聊谈唠说](?:到|至)(?=了?(?:熄灯|天黑|很晚|深夜|半夜|放学|下班|上课|打铃|饭点|[一二三四五六七八九十\d]+点|晚上|傍晚|下午|中午))"
    r"|(?<![再意看听常少可不])见(?![了到着过面])(?=[一-鿿]{0,2}(?:校长|书记|主任|老师|家长|辅导员|园长))|[说讲问]了(?:好)?[几两三]句话?"
    r"|[聊谈唠扯谝侃喷摆喧叨](?:一|了一)?[聊谈唠扯谝侃喷摆喧叨](?!会)"
)


@cache
def master() -> re.Pattern[str]:
    """One pattern for all that a message is made of."""
    words = vocabulary()
    after = f"(?:{numerals.AFTER.pattern})"
    plain = fast_pattern(word for word in words.roles if word[0] not in NUMERALS)
    forms = {
        "never": "|".join(NEVER),
        "sexes": rf"(?P<boys>[{NUMERALS}\d]{{1,3}})[名个]?男(?:生|孩|娃|队员)?[、,和]?(?P<girls>[{NUMERALS}\d]{{1,3}})[名个]?女(?:生|孩|娃|队员)?",
        "class": rf"{CLASSES}|[一二三四五六七八九]\(?\d{{1,2}}\)?(?=(?:[、,和][一二三四五六七八九]\(?\d{{1,2}}\)?){{1,8}}(?![\d个名位人次节场份月日号点]))|(?<=[一二三四五六七八九]\d[、,和])[一二三四五六七八九]\(?\d{{1,2}}\)?(?![\d个名位人次节场份月日号点])|[一二三四五六七八九]\(?\d{{1,2}}\)?(?=(?:[、,和][一二三四五六七八九]?\(?\d{{1,2}}\)?){{1,8}}(?:班|中队))|(?:{GRADE}[,·.]?)?\(?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\)?(?:班|中队)(?!主任|会|干|长|委|辅|人|活动|集体)|\d{{4}}(?=团支部)",
        "grade": r"(?:[一二三四五六七八九](?:[、至到-]?[一二三四五六七八九]){0,3}|\d(?:[、至到-]?\d){0,3})年级|[高初][一二三](?![\d班中])",
        "short": r"(?:^|(?<=[ ,、;:\n✓]))[课听讲访](?=✓)|(?:^|(?<=[ ,、;:\n\d]))[访听宣讲问卷师家生团聊谈课](?=[:x*×+发]?\d{1,3}(?:[ ,、;\n名人场节份次收回]|$|[访听宣讲问卷聊谈课队辅家师生]\d)|[队辅师家生]\d)|(?<=访)[队辅师家生](?=\d)|(?:^|(?<=[ ,、;:\n\d日号。]))[校驻](?=$|✓|[ ,。;\n、](?!长)|半天|一?整?天|\d)|(?<=[ ,、])班(?=\d{1,2}(?:[ ,、;\n]|$))|辅(?=[:x*×+ ]?[\d一二两三四五六七八九])|(?<=[\d名个位两俩])辅(?![导助佐以修])|(?:^|(?<=[ ,、;:\n\d]))队(?=[:x*×+]?\d)",
        "spoken": trie_pattern(word for word in words.roles if word[0] in NUMERALS),
        "days": rf"(?:{numerals.NUMBER})个?半?(?:整|全)?(?:天|日|个?工作日)(?:半(?!天))?(?![前后气下空真然亮黑])|[大小多]?半[天日]|[一1]?整天",
    }
    num = f"(?P<num>{numerals.NUMBER}(?:[-~至到]\\d+(?=[名位人个节场次份件]))?)(?P<after>{after})?(?:(?P<other>{words.other})(?!(?<=代)[课表])|(?P<unit>{words.unit})(?P<late>{after})?)?"
    named = "|".join(f"{glance([form])}(?P<{name}>{form})" for name, form in forms.items())
    return re.compile(
        f"{DATE_MARK}+(?P<date>)|{SCHOOL_MARK}+(?P<school>)|{GENERIC_MARK}+(?P<generic>)"
        f"|(?![最多]){glance([*forms.values(), num])}(?:{named}|{num})"
        f"|(?:{looking(CHAT)})(?P<chat>)"
        f"|(?P<word>{plain})"
        r"|(?P<mark>\|(?=[一-鿿]{2,6}:)|[,。;!?\n:()\[\]✓👍× 、+&/~-])"
    )
