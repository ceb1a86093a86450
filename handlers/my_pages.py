"""打开网页：在手机或电脑上翻看、修改；打开记录页面，打开台账页面；把张三的工作交接给李四（管理员）"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.asked import MEMBER, Asked
from handlers.links import page_link
from handlers.person import meant
from models.staff import staff

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
KEPT = ("roster", "import", "codes")


def answer(asked: Asked) -> str:
    """A link to all pages that the asker may see; it begins with the one that was named."""
    page = asked.meaning.slots.get("page", "")
    if page == "交接":
        return _hand_over(asked)
    if PAGES.get(page) in KEPT and "unit_admin" not in asked.context.roles:
        return f"{'导入名册' if page == '导入' else page}由单位管理员办理{_admins(asked)}。"
    return page_link(asked, PAGES.get(page, ""), "你的网页已备好")


def _admins(asked: Asked) -> str:
    """Who keeps the asker's unit, behind a colon."""
    listed = staff(asked.connection, asked.context.unit_path, asked.today)
    names = "、".join(one.name for one in listed if "unit_admin" in one.roles.split())
    return f"：{names}" if names else ""


def _hand_over(asked: Asked) -> str:
    """The page of the person whose post goes over; who may not do that hears who may."""
    if "unit_admin" not in asked.context.roles:
        return f"岗位交接由单位管理员办理{_admins(asked)}。请告诉他谁接手、从哪天起；以前的记录仍是本人的。"
    name = asked.meaning.slots.get("name")
    if not name:
        return page_link(asked, "roster", "交接在名册里办：点开要交出工作的人，再点“交接给别人”。名册已备好")
    colleague = meant(asked, name, "roster")
    how = f"{colleague.name}的交接在这一页的“交接给别人”里办：选接手人和日期，学校、未办的问题、清单一起过去，记录不变。网页已备好"
    return page_link(asked, f"member?id={colleague.id}&hand=1#hand", how)
