"""What somebody else did, or what one did among one's own: news, hearsay, family and friends."""

from __future__ import annotations

from .deeds import Deed
from .late import late

OTHERS = late(
    "据报道|据悉|[网社报]讯[ ,]|记者(?!节|站)|本报|新华社|人民网|某[市县区]|隔壁(?:科室|单位|办公室|邻居|老王|市把|县把)|电影|电视剧|贷款|抵押|退订|中奖|点击|优惠|网友"
)
SELF = late("我|本人|咱|俺|阿拉|偶")
CLAUSE_END = late("[,。;!?\\n]|$")
FAMILY = late(
    "(?:儿子|闺女|女儿)(?<![她他的]..)|(?:我|咱)(?:家)?(?:孩子|娃|[妈爸爹娘弟妹哥姐])(?!们)|老婆|老公|媳妇|我爱人|丈夫|妻子|老同学|同学聚会|战友|亲戚|[表堂][弟妹哥姐]|侄[子女儿]|外甥|"
    "给(?:妈妈?|爸爸?|爸妈|爷爷|奶奶|外婆|姥姥)(?:打|发|买|做|寄)|客户|供应商"
)
HEARSAY = late("听[^,。;]{0,6}说|据[^,。;]{1,6}[说讲]|说[他她]")
HEARD = late(r"(?:听[^,。;我]{0,6}说|据[^,。;我]{1,6}[说讲]|说[他她])[^。;!?\n我咱俺]{0,60}$")


def of_strangers(text: str) -> bool:
    """True for news and advertisements that say nothing of the speaker."""
    return "我" not in text and OTHERS.search(text) is not None and SELF.search(text) is None


def hearsay(text: str, deed: Deed) -> bool:
    """老王说他访谈了5名: what somebody else says of himself is no deed of the speaker's."""
    return (
        deed.activity != "issue"
        and deed.colleague is None
        and HEARD.search(text, max(0, deed.start - 64), deed.start) is not None
    )


def of_the_family(text: str, deed: Deed) -> bool:
    """买了三本书给我闺女: what is done with one's own family and friends."""
    start = max((text.rfind(mark, 0, deed.start) for mark in ",。;!?\n"), default=-1) + 1
    end = CLAUSE_END.search(text, deed.end)
    return deed.activity != "issue" and FAMILY.search(text, start, end.start() if end else len(text)) is not None
