"""打开网页：在手机或电脑上翻看、修改；打开记录页面，打开台账页面"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.asked import MEMBER, Asked
from handlers.links import page_link

WHO = MEMBER
EXAMPLE = "打开网页"
PAGES: Mapping[str, str] = {
    "进度": "progress",
    "进展": "progress",
    "记录": "records",
    "数据": "data",
    "单位": "team",
    "全县": "team",
    "全市": "team",
    "全区": "team",
    "下级": "team",
    "帮助": "helps",
    "台账": "problems",
    "问题": "problems",
    "报送": "hand-ins",
    "材料": "hand-ins",
    "抽查": "checks",
    "名册": "roster",
    "导入": "import",
    "导入名册": "import",
    "设置": "unit",
    "单位设置": "unit",
    "花名册": "roster",
    "绑定码": "codes",
    "加入码": "codes",
    "学校": "schools",
    "安排": "assignments",
}


def answer(asked: Asked) -> str:
    """A link to all pages that the asker may see; it begins with the one that was named."""
    return page_link(asked, PAGES.get(asked.meaning.slots.get("page", ""), ""), "你的网页已备好")
