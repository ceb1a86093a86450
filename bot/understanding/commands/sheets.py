"""Forms and papers taken away as files: summaries, year sheets, archives, skeletons of papers."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame, span_slots
from .rule import LAST, SURE, Rule, Slots, rule
from .slots import form, is_name

TAKE = r"(?:请|帮我|给我|把|将|我要|想要|要|再)*(?:导出?|下载|打印|生成|输出|拉|打包|做|发|给|来)(?:我|出|给我|一?下|一?[份张个])*"
TAKEN = r"(?:表格?|文件|word|excel|docx|电子版|文档|一?份|给我|发我|下载|导出来?|打印|出来|打包|做成)*"
SHEET = r"(?:年度(?:工作|汇总|情况|蹲点|驻校)*(?:表|台账|台帐)|个人(?:工作)?(?:年表|台账|台帐|汇总表))"
KEEPING = r"(?:(?:年度|工作|全年)+(?:档案|归档|存档)|归档|存档)"
NOT_NAMES = late(
    r"^(?:今年|去年|前年|本人|自己|我自己|我|全[市县区旗盟省体]|\d{4}年|\d{2}年|的|个人|每个?人|所有人?|各人|大家)+|的$|(?:今年|去年|\d{4}年)$"
)


def sheet(frame: Frame, match: re.Match[str]) -> Slots:
    """Whose form, where one is named, and of which days."""
    words = NOT_NAMES.sub("", NOT_NAMES.sub("", match.groupdict().get("whose") or ""))
    at = frame.text.find(words) if words and is_name(words) else -1
    named = {"name": frame.normal.original(at, at + len(words))} if at >= 0 else {}
    kind = form(frame.text)
    return ({"form": kind} if kind else {}) | span_slots(frame.days()) | named


RULES: tuple[Rule, ...] = (
    rule(
        "export",
        r"(?:全[市县区旗盟省]|本单位|我们|单位|我)?(?:的)?(?:今年|去年|本学期|这学期|上学期|本月|上个?月|\d{4}年|上半年|下半年)?(?:的)?"
        r"(?:年度|半年|阶段性?|学期|年终)?(?:工作)?(?:总结|述职材料|述职报告)(?:材料|初稿|草稿|文件)?",
        sheet,
        whole=True,
        longest=24,
        beside="结职",
    ),
    rule(
        "export",
        rf"(?:{TAKE})?(?P<whose>[^,。?!;:\d]{{0,14}}?)(?:的)?(?:今年|去年|\d{{4}}年)?(?:的)?{SHEET}{TAKEN}",
        sheet,
        unless="怎么|如何|填|交了|学生|队员|访谈|问题",
        level=SURE,
        whole=True,
        longest=40,
        beside="年人",
    ),
    rule(
        "export",
        rf"{TAKE}[^,。?!;:]{{0,14}}?(?:工作|年度|全年)*(?:的)?(?:档案|归档|存档){TAKEN}|(?:本单位|全[市县区旗]|我们|今年|去年)*(?:的)?{KEEPING}{TAKEN}",
        sheet,
        unless="怎么|如何|学生|团员|队员|查阅|查看|建档|已经|[了过]$",
        level=SURE,
        whole=True,
        longest=40,
        beside="档",
    ),
    rule(
        "export",
        rf"(?:请|帮我|给我)*(?:导出|下载|打印)(?:一?[份个])?(?:我的)?(?:调研报告|报告|工作案例|案例)(?:的)?(?:骨架|框架|模板|提纲|结构|初稿){TAKEN}"
        r"|(?:把|将)?(?:我的)?(?:调研报告|报告|工作案例|案例)(?:的)?(?:骨架|框架|提纲|结构)(?:做成|导成|导出|下载|要|发我|转成)*(?:word|文档|文件|docx|电子版|下载|导出)",
        sheet,
        level=SURE,
        whole=True,
        longest=40,
        beside="架板纲构稿",
    ),
    rule(
        "export",
        rf"(?:请|帮我|给我)*(?:导出|下载|打印).{{0,10}}学校(?:的)?(?:类型)?(?:构成|分布|结构|类型){TAKEN}",
        sheet,
        level=SURE,
        whole=True,
        longest=40,
        beside="构布型",
    ),
    rule(
        "export",
        r"^(?:请|帮我|给我|帮忙)*(?:导出|下载)[^,。?!;\n]{2,24}$",
        sheet,
        unless="怎么|如何|我的?(?:数据|信息|资料)|数据|学生|队员|名册|绑定码",
        level=LAST,
        longest=40,
        beside="导下",
    ),
)
