"""打开网页：进度、记录和台账，在手机或电脑上翻看修改"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.links import page_link

WHO = MEMBER
EXAMPLE = "打开网页"


def answer(asked: Asked) -> str:
    """A link to all pages that the asker may see."""
    return page_link(asked, "", "你的网页已备好")
