"""进度图：把自己的进度画成一张图"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.figures import current
from handlers.links import link
from models.refusal import Refusal

WHO = MEMBER
EXAMPLE = "进度图"


def answer(asked: Asked) -> str:
    """A link to a picture of the asker's pace; it is drawn from the figures of the moment it is opened."""
    if not current(asked):
        raise Refusal("你不在这些文件的考察对象里，没有定额，画不出进度图；回“我的记录”可查。")
    return link(asked, "picture", {"unit": asked.context.unit_id}, "进度图已备好")
