"""The sheets of a roster as data: headings, how each cell is read, which of them may be left out."""

from __future__ import annotations

from dataclasses import dataclass

from models import roster_words as read


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `required` must have its heading; `needed` must be filled in every row; `choices` are offered."""

    heading: str
    key: str
    read: read.Reader
    hint: str
    required: bool = True
    needed: bool = False
    choices: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet and its columns in the order of the template."""

    name: str
    columns: tuple[Column, ...]


def _optional(heading: str, key: str, reader: read.Reader, hint: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(heading, key, reader, hint, required=False, choices=choices)


FORMERLY = "改名或换上级时填原来的名称，例：乙县/中心小学"

UNITS = Sheet(
    "单位",
    (
        Column("名称", "name", read.name, "例：示例市少工委", needed=True),
        Column("上级", "parent", read.words(200), "上级单位的名称，最高一级不填；同名的写成 甲县/城关镇"),
        Column("级别", "level", read.one_of(read.LEVELS, read.MORE_LEVELS), "从下拉表中选", choices=tuple(read.LEVELS)),
        _optional("适用制度", "policies", read.policies, "例：pioneer_2017；不填随上级"),
        _optional("原名称", "formerly", read.words(200), FORMERLY),
    ),
)
SCHOOLS = Sheet(
    "学校",
    (
        Column("名称", "name", read.name, "例：示例县实验小学", needed=True),
        Column("所属单位", "parent", read.words(200), "所在县（区）等单位的名称"),
        Column("类型", "kind", read.one_of(read.KINDS, read.MORE_KINDS), "从下拉表中选", choices=tuple(read.KINDS)),
        Column("城乡", "area", read.one_of(read.AREAS, read.MORE_AREAS), "城 或 乡", choices=tuple(read.AREAS)),
        Column("备注", "remark", read.words(200), "写“薄弱”的学校会在学校构成中单列，不对外显示；不要写学生情况"),
        _optional("原名称", "formerly", read.words(200), FORMERLY),
    ),
)
PEOPLE = Sheet(
    "人员",
    (
        Column("姓名", "name", read.name, "只填工作人员，不填学生", needed=True),
        Column("单位", "unit", read.words(200), "“单位”表里的名称；同名的写成 甲县/城关镇", needed=True),
        Column("岗位", "post", read.one_of(read.POSTS, read.MORE_POSTS), "从下拉表中选", choices=tuple(read.POSTS)),
        Column("电话", "phone", read.phone, "11位手机号或带区号的座机；加密保存", secret=True),
        Column("角色", "roles", read.roles, "干部、管理员、审批人、督导，可填几个，用、隔开；不填为干部"),
        Column("蹲点学校", "schools", read.names, "“学校”表里的名称；几所用、隔开"),
        Column("企业微信账号", "wecom", read.account, "企业微信通讯录里的账号，不用企业微信不填"),
        Column(
            "绑定码",
            "code",
            read.code,
            "一般不填：导入后用 export codes 或“加入码”页面生成；自定的码6到20位",
            secret=True,
        ),
        _optional("人员编号", "number", read.number, "工号或自编号；同名同单位时用来区分，调动、改名时按编号找人"),
        _optional("职务", "title", read.words(60), "例：少工委办公室副主任"),
        _optional("联系学校", "linked", read.names, "蹲点学校以外另行联系的学校（驻校蹲班）；几所用、隔开"),
        Column("邮箱", "email", read.email, "只用于工作安排表", required=False, secret=True),
        Column("微信号", "wechat", read.account, "只用于工作安排表", required=False, secret=True),
        _optional("适用制度", "policies", read.policies, "不填随单位"),
        _optional("加入日期", "joined_on", read.day, "例：2026-09-01；不填按导入当天"),
        _optional("原姓名", "formerly", read.words(40), "改名时填原来的姓名"),
        _optional("离开日期", "left_on", read.day_or_none, "离岗当天停止使用，记录留在原单位；回来的填“无”"),
    ),
)
TERMS = Sheet(
    "校历",
    (
        Column("单位", "unit", read.words(200), "对本单位及下级有效；下级另填的以下级为准", needed=True),
        Column("学期", "name", read.term, "例：2026-2027-1", needed=True),
        Column("开始", "start", read.day, "例：2026-09-01"),
        Column("结束", "end", read.day, "例：2027-01-31"),
        Column("教学开始", "teaching_start", read.day, "上课第一天"),
        Column("教学结束", "teaching_end", read.day, "上课最后一天"),
    ),
)
CLASSES = Sheet(
    "班级",
    (
        Column("学校", "school", read.words(200), "“学校”表里的名称", needed=True),
        Column("班级", "name", read.words(40), "例：高一3班；不要写学生姓名", needed=True),
        Column("人数", "size", read.whole(200), "全班人数"),
        Column("团学干部人数", "league_cadres", read.whole(200), "只填人数"),
    ),
)
SHEETS = {sheet.name: sheet for sheet in (UNITS, SCHOOLS, PEOPLE, TERMS, CLASSES)}
OTHER_HEADINGS = {
    "手机": "电话",
    "手机号": "电话",
    "手机号码": "电话",
    "联系电话": "电话",
    "工作单位": "单位",
    "电子邮箱": "邮箱",
}
EXPLANATION = "说明"
