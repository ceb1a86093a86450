"""A roster through the pages: looked at before it is confirmed, within one's own unit, every fault with its place."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from bot import clock
from bot.replay import Player
from bot.service import Service
from models.audit import Look
from models.items import Item
from models.people import Account, Assignment, JoinCode, Person
from models.recount import recount
from models.units import School, Unit
from models.uploads import Upload
from tests.browsing import BASE, Browser, change, rows, said
from tests.rosters import PEOPLE, SCHOOLS, Sheets, book

pytestmark = pytest.mark.pages


def upload(browser: Browser, file: Sheets | bytes, name: str = "名册.xlsx") -> Any:
    content = file if isinstance(file, bytes) else book(file).getvalue()
    return browser.send("import", "upload", file=(io.BytesIO(content), name))


def confirm(browser: Browser) -> Any:
    found = re.search(r'name="digest" value="(\w*)"', browser.get("import").text)
    return browser.send("import", "confirm", digest=found[1] if found else "")


GOOD: Sheets = {
    "学校": [SCHOOLS, ["城关小学", "沁水县团委", "小学", "城", ""], ["东山小学", "沁水县团委", "初中", "乡", "薄弱"]],
    "人员": [
        PEOPLE,
        ["王干事", "沁水县团委", "挂职", "13900000011", "", "东山小学", "", ""],
        ["李干事", "沁水县团委", "", "", "", "", "", ""],
        ["郑新", "沁水县团委", "兼职", "", "干部", "", "", ""],
    ],
}


def state(service: Service) -> list[Any]:
    tables = (Unit, School, Person, Assignment, JoinCode, Account)
    return [rows(service, table.__table__) for table in tables]


def test_a_preview_shows_each_change_and_writes_nothing(service: Service, admin: Browser) -> None:
    before = state(service)
    assert "还没有写入" in said(admin, upload(admin, GOOD))
    page = re.sub(r"\s*\n\s*", "", admin.get("import").text)
    assert "<dt>岗位</dt><dd><del>专职</del> → <ins>挂职</ins></dd>" in page
    assert "<dt>蹲点学校</dt><dd><del>城关小学</del> → <ins>东山小学</ins></dd>" in page
    assert "<dt>城乡</dt><dd><del>乡</del> → <ins>城</ins></dd>" in page
    assert all(words in page for words in ("东山小学</strong>", "郑新", "文件里没有的3人", "139****0011"))
    assert "13900000011" not in page
    assert state(service) == before
    assert {row.person_id for row in rows(service, Look.person_id)} == {1, 2, 7, 8}  # all but the visitor


def test_a_confirmed_import_does_what_the_preview_said(service: Service, admin: Browser) -> None:
    upload(admin, GOOD)
    assert said(admin, confirm(admin)) == "已导入：学校新增1、修改1，人员新增1、修改1。"
    names = {row.name: row for row in rows(service, Person.name, Person.post, Person.unit_id)}
    assert (names["王干事"].post, names["郑新"].unit_id) == ("seconded", 2)
    assert rows(service, Upload.person_id) == []
    assert "导入名册" in next(row.text for row in rows(service, Item.text, Item.kind) if row.kind == "roster")
    upload(admin, GOOD)
    assert "和现在的名册一样" in admin.get("import").text


def test_figures_follow_an_import_at_once(service: Service, admin: Browser) -> None:
    now = f"now {clock.now():%Y-%m-%d %H:%M}"
    Player(service, lambda _: None).play([now, "王干事: 今天在城关小学驻校，访谈5名队员"])
    upload(admin, {"人员": [[*PEOPLE, "适用制度"], ["王干事", "沁水县团委", "", "", "", "", "", "", "league_im_2021"]]})
    assert confirm(admin).status_code == 303
    with service.engine.begin() as connection:
        assert list(recount(connection, service.policies, service.calendars.of)) == []


def test_a_roster_that_changed_in_between_is_looked_at_again(service: Service, admin: Browser) -> None:
    upload(admin, GOOD)
    digest = re.search(r'name="digest" value="(\w+)"', admin.get("import").text)
    change(service, Person, 1, post="part_time")
    before = state(service)
    late = admin.send("import", "confirm", digest=digest[1] if digest else "")
    assert (late.status_code, "名册在你预览之后有过改动" in late.text) == (422, True)
    assert "<del>兼职</del>" in late.text
    assert state(service) == before
    assert confirm(admin).status_code == 303


def test_a_digest_of_ones_own_making_confirms_nothing(service: Service, admin: Browser) -> None:
    upload(admin, GOOD)
    before = state(service)
    for digest in ("", "0" * 64):
        assert admin.send("import", "confirm", digest=digest).status_code == 422
    assert state(service) == before


def test_every_fault_is_named_with_its_place(service: Service, admin: Browser) -> None:
    before = state(service)
    upload(
        admin,
        {
            "人员": [
                PEOPLE,
                ["王干事", "沁水县团委", "临时", "139", "", "", "", ""],
                ["周新", "丁县", "专职", "", "", "", "", ""],
            ]
        },
    )
    page = re.sub(r"\s*\n\s*", "", admin.get("import").text)
    assert "有2处要改" in page
    assert '<th scope="row">人员</th><td class="figure">2</td>' in page
    assert "岗位 “临时”不在可填的范围内" in page
    assert "没有“丁县”" in page
    assert "确认，写入名册" not in page
    assert admin.send("import", "confirm", digest="").status_code == 422
    assert state(service) == before


OUTSIDE = {
    "another unit": {"人员": [PEOPLE, ["周新", "清河区团委", "专职", "", "", "", "", ""]]},
    "the unit above": {"人员": [PEOPLE, ["周新", "长安市团委", "专职", "", "", "", "", ""]]},
    "another's person by telephone": {"人员": [PEOPLE, ["赵干事", "沁水县团委", "", "13900000003", "", "", "", ""]]},
    "another's telephone": {"人员": [PEOPLE, ["周新", "沁水县团委", "专职", "13900000003", "", "", "", ""]]},
    "a school of another": {"学校": [SCHOOLS, ["南小学", "清河区团委", "小学", "城", ""]]},
    "a unit beside": {"单位": [["名称", "上级", "级别"], ["丁县团委", "长安市团委", "县"]]},
    "a unit without parent": {"单位": [["名称", "上级", "级别"], ["丁市团委", "", "市"]]},
    "the own unit's policies": {
        "单位": [["名称", "上级", "级别", "适用制度"], ["沁水县团委", "长安市团委", "县", "league_im_2021"]]
    },
    "a code of one's own": {"人员": [PEOPLE, ["周新", "沁水县团委", "专职", "", "", "", "", "765432"]]},
}


@pytest.mark.parametrize("file", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_an_import_keeps_to_the_own_unit_and_below(service: Service, admin: Browser, file: Sheets) -> None:
    before = state(service)
    upload(admin, file)
    page = admin.get("import").text
    assert "处要改" in page
    assert not {"赵干事（", "清河区第二中学", "钱兼职"} & set(re.findall(r"[\w（]+", page))
    admin.send("import", "confirm", digest=(re.search(r'name="digest" value="(\w*)"', page) or ["", ""])[1])
    assert state(service) == before


HOSTILE = {
    "zeros": (b"\0" * 100_000, "名册.xlsx", "是空的"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.png", "不是名册文件"),
    "a program": (b"MZ\x90\0\3", "名册.csv", "不是名册文件"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "名册.xls", "旧格式"),
    "no workbook": (b"PK\x03\x04 nothing", "名册.xlsx", "不是Excel工作簿"),
    "a web page": (b"<html><script>alert(1)</script></html>", "名册.csv", "没有认得的标题行"),
    "a formula": (
        "姓名,单位,岗位,电话,角色,蹲点学校,企业微信账号,绑定码\n=1+1,x,,,,,,".encode(),
        "名册.csv",
        "姓名 是公式",
    ),
}


@pytest.mark.parametrize(("content", "name", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_is_no_roster_is_answered_in_chinese(
    service: Service, admin: Browser, content: bytes, name: str, reason: str
) -> None:
    before = state(service)
    upload(admin, content, name)
    assert reason in admin.get("import").text
    assert state(service) == before


def test_a_file_too_large_is_said_on_the_page(service: Service, admin: Browser) -> None:
    proof = re.search(r'name="proof" value="(\w+)"', admin.get("import").text)
    fields = {"action": "upload", "proof": proof[1] if proof else ""}
    for size, status, words in (
        (2_200_000, 422, "删去图片等无关内容"),
        (4_000_000, 413, "删去图片、空白表等无关内容"),
    ):
        parts = [f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        head = '--B\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'
        body = "".join([*parts, head]).encode() + b"a" * size + b"\r\n--B--\r\n"
        kind = "multipart/form-data; boundary=B"
        found = admin.client.post(f"{admin.root}/import", data=body, content_type=kind, base_url=BASE)
        assert (found.status_code, words in found.text) == (status, True)
    assert rows(service, Upload.person_id) == []


def test_a_file_waits_encrypted_and_can_be_given_up(service: Service, admin: Browser) -> None:
    csv = "姓名,单位,岗位,电话,角色,蹲点学校,企业微信账号,绑定码\n王干事,沁水县团委,挂职,,,,,\n".encode("gb18030")
    upload(admin, csv, "名册.csv")
    assert "<ins>挂职</ins>" in admin.get("import").text
    assert csv not in rows(service, Upload.content)[0].content
    admin.send("import", "drop")
    assert rows(service, Upload.person_id) == []
    assert "下载模板" in admin.get("import").text


def test_the_template_downloads(admin: Browser) -> None:
    found = admin.send("import", "template")
    assert load_workbook(io.BytesIO(found.data)).sheetnames[:3] == ["单位", "学校", "人员"]
    assert "attachment" in found.headers["Content-Disposition"]
