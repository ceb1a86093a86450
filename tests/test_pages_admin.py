"""The unit administrator's pages: one's own unit and below, every look kept, forms that do what the chat does."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select, text, update

from bot import clock
from bot.desk import Desk
from bot.jobs.hand_over import run
from bot.replay import Player
from bot.service import Service
from models.audit import Look
from models.items import Item
from models.outbox import OutboxMessage
from models.people import Absence, Account, Assignment, JoinCode, Person
from models.recount import recount
from models.roster_codes import hashed
from models.units import School, Unit
from models.uploads import Upload
from tests.browsing import BASE, Browser, Clients, opened
from tests.rosters import PEOPLE, SCHOOLS, Sheets, book

pytestmark = pytest.mark.pages
PAGES = ("roster", "member", "newcomer", "import", "codes", "schools", "school", "assignments", "unit")


@pytest.fixture
def admin(service: Service, client: Clients) -> Browser:
    return opened(service, client(), "孙管理")


def rows(service: Service, *columns: Any) -> list[Any]:
    with service.engine.connect() as connection:
        return list(connection.execute(select(*columns).order_by(text("1"))))


def own_schools(service: Service) -> list[tuple[int, int]]:
    """Who has which own school now."""
    found = rows(service, Assignment.person_id, Assignment.school_id, Assignment.end)
    return [(row.person_id, row.school_id) for row in found if row.end is None]


def change(service: Service, table: Any, number: int, **values: Any) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(table).where(table.id == number).values(**values))


def said(browser: Browser, answered: Any) -> str:
    """What the page says after a form was sent."""
    path = answered.headers["Location"].removeprefix(browser.root + "/") if answered.status_code == 303 else ""
    page = browser.client.get(f"{browser.root}/{path}", base_url=BASE) if path else answered
    found = re.search(r'<p class="(?:said|fault)" role="\w+">(.*?)</p>', page.text)
    return found[1] if found else page.text


def upload(browser: Browser, file: Sheets | bytes, name: str = "名册.xlsx") -> Any:
    content = file if isinstance(file, bytes) else book(file).getvalue()
    return browser.send("import", "upload", file=(io.BytesIO(content), name))


def confirm(browser: Browser) -> Any:
    found = re.search(r'name="digest" value="(\w*)"', browser.get("import").text)
    return browser.send("import", "confirm", digest=found[1] if found else "")


# Who may


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["王干事", "周督导"])
def test_the_pages_are_for_the_administrator_alone(service: Service, client: Clients, path: str, who: str) -> None:
    found = opened(service, client(), who).get(path)
    assert found.status_code == 403
    assert "不在你的职责里" in found.text
    assert [row.granted for row in rows(service, Look.granted)] == [False]


@pytest.mark.parametrize(
    ("path", "query"),
    [("roster", {"unit": 3}), ("member", {"id": 3}), ("school", {"id": 6}), ("assignments", {"unit": 1})],
)
def test_another_unit_is_refused_and_the_asking_kept(
    service: Service, admin: Browser, path: str, query: dict[str, int]
) -> None:
    found = admin.get(path, **query)
    assert found.status_code == 403
    assert not any(word in found.text for word in ("赵干事", "清河区", "钱兼职"))
    assert [row.granted for row in rows(service, Look.granted)] == [False]


def test_forms_reach_nobody_outside(service: Service, admin: Browser) -> None:
    before = rows(service, Person.__table__)
    forms: dict[str, dict[str, Any]] = {
        "change": {"post": "part_time", "role": "cadre"},
        "absent": {"start": "2099-01-01", "end": "2099-01-02"},
        "depart": {"day": clock.now().date().isoformat()},
        "hand": {"taker": 1, "day": clock.now().date().isoformat()},
    }
    for action, fields in forms.items():
        assert admin.send("member", action, {"id": 1}, id=3, **fields).status_code == 422
    assert rows(service, Person.__table__) == before
    assert rows(service, Absence.id) == []


def test_rights_are_those_of_the_moment(service: Service, admin: Browser) -> None:
    assert admin.get("roster").status_code == 200
    change(service, Person, 4, roles="cadre")
    assert admin.get("roster").status_code == 403


# The roster


def test_the_list_shows_the_own_unit_and_counts_below(service: Service, client: Clients) -> None:
    change(service, Person, 5, roles="unit_admin")
    page = opened(service, client(), "周督导").get("roster").text
    assert "周督导" in page
    assert "王干事" not in page
    assert "沁水县团委</strong><small>5人，已加入5人" in re.sub(r"\s*\n\s*", "", page)
    assert {row.person_id for row in rows(service, Look.person_id)} == set()


def test_a_search_finds_below_and_each_found_can_see_it(service: Service, client: Clients) -> None:
    change(service, Person, 5, roles="unit_admin")
    page = opened(service, client(), "周督导").get("roster", words="干事").text
    assert all(name in page for name in ("王干事", "李干事", "赵干事"))
    looks = {
        (row.person_id, row.what, row.viewer_id) for row in rows(service, Look.person_id, Look.what, Look.viewer_id)
    }
    assert looks == {(number, "roster", 5) for number in (1, 2, 3)}
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "王干事: 谁看过我的记录"])
    assert "周督导 看名册" in shown[-1]


def test_one_person_shows_the_telephone_by_its_ends_only(service: Service, admin: Browser) -> None:
    change(service, Person, 1, phone=service.vault.lock("13900000001"))
    page = admin.get("member", id=1).text
    assert "139****0001" in page
    assert "13900000001" not in page
    assert [row.person_id for row in rows(service, Look.person_id)] == [1]


def test_a_changed_post_and_role_hold_at_once_and_the_person_hears(service: Service, admin: Browser) -> None:
    sent = admin.send(
        "member", "change", {"id": 1}, id=1, post="seconded", role=["cadre", "approver"], 职务="副主任", 人员编号=""
    )
    assert "岗位 专职 → 挂职" in said(admin, sent)
    person = rows(service, Person.id, Person.post, Person.roles, Person.title)[0]
    assert tuple(person) == (1, "seconded", "cadre approver", "副主任")
    assert "角色 干部 → 干部、审批人" in admin.get("member", id=1).text
    told = rows(service, OutboxMessage.person_id, OutboxMessage.text)
    assert [row.person_id for row in told] == [1]
    assert "岗位 专职 → 挂职" in told[0].text


def test_the_term_of_office_begins_when_it_is_said_to(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {"post": "full_time", "role": "cadre", "职务": "", "人员编号": ""}
    sent = admin.send("member", "change", {"id": 1}, id=1, joined="2026-10-12", **fields)
    assert "加入日期 2026-09-01 → 2026-10-12" in said(admin, sent)
    assert rows(service, Person.id, Person.joined_on)[0].joined_on == date(2026, 10, 12)
    assert admin.send("member", "change", {"id": 1}, id=1, joined="2026-13-01", **fields).status_code == 422
    assert "没有改动" in admin.send("member", "change", {"id": 1}, id=1, joined="2026-10-12", **fields).text


def test_a_wrong_telephone_changes_nothing(service: Service, admin: Browser) -> None:
    before = rows(service, Person.__table__)
    sent = admin.send(
        "member", "change", {"id": 1}, id=1, post="seconded", role="cadre", 职务="", 人员编号="", phone="1390000"
    )
    assert sent.status_code == 422
    assert "电话 不是有效号码" in sent.text
    assert 'value="seconded" selected' in sent.text
    assert rows(service, Person.__table__) == before


def test_the_last_administrator_stays(service: Service, admin: Browser) -> None:
    sent = admin.send("member", "change", {"id": 4}, id=4, post="full_time", role="cadre", 职务="", 人员编号="")
    assert "唯一的管理员" in said(admin, sent)
    sent = admin.send("member", "depart", {"id": 4}, id=4, day=str(clock.now().date()))
    assert "唯一的管理员" in said(admin, sent)
    assert rows(service, Person.id, Person.roles)[3].roles == "unit_admin"


def test_leave_is_the_leave_of_the_chat(service: Service, admin: Browser) -> None:
    today = clock.local(clock.now()).date()
    end = today + timedelta(days=9)
    sent = admin.send("member", "absent", {"id": 1}, id=1, start=str(today), end=str(end))
    assert "请假，这几天不提醒" in said(admin, sent)
    assert [tuple(row) for row in rows(service, Absence.person_id, Absence.start, Absence.end)] == [(1, today, end)]
    assert "请假到" in admin.get("roster").text
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "王干事: 取消请假"])
    assert "假期取消" in shown[-1]
    assert rows(service, Absence.id) == []


@pytest.mark.parametrize(
    ("start", "end"), [("", ""), ("2099-01-02", "2099-01-01"), ("2020-01-01", "2020-01-02"), ("x", "y")]
)
def test_a_leave_that_cannot_be_is_refused(service: Service, admin: Browser, start: str, end: str) -> None:
    assert admin.send("member", "absent", {"id": 1}, id=1, start=start, end=end).status_code == 422
    assert rows(service, Absence.id) == []


def test_who_leaves_is_out_the_same_day_and_may_come_back(service: Service, admin: Browser) -> None:
    today = clock.local(clock.now()).date()
    sent = admin.send("member", "depart", {"id": 1}, id=1, day=str(today))
    assert "离任" in said(admin, sent)
    assert rows(service, Person.id, Person.left_on)[0].left_on == today
    assert 1 not in {row.person_id for row in rows(service, Account.person_id)}
    assert rows(service, Assignment.person_id, Assignment.end)[0].end == today
    assert "王干事" not in admin.get("roster").text
    admin.send("member", "return", {"id": 1}, id=1)
    assert rows(service, Person.id, Person.left_on)[0].left_on is None


def test_a_newcomer_is_written_once(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {"name": "郑新", "unit": 2, "post": "part_time", "role": ["cadre"], "phone": "13900000099"}
    assert "已写进沁水县团委的名册" in said(admin, admin.send("newcomer", "add", **fields))
    again = admin.send("newcomer", "add", **fields)
    assert "已经有郑新" in again.text
    found = [row for row in rows(service, Person.name, Person.post, Person.phone_hash) if row.name == "郑新"]
    assert [tuple(row) for row in found] == [("郑新", "part_time", service.vault.hash("13900000099"))]


def test_a_newcomer_belongs_to_the_own_unit_or_below(service: Service, admin: Browser) -> None:
    assert admin.send("newcomer", "add", name="郑新", unit=3, post="part_time", role="cadre").status_code == 422
    assert "郑新" not in {row.name for row in rows(service, Person.name)}


# Imports

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
    for size, status in ((2_200_000, 422), (4_000_000, 413)):
        parts = [f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        head = '--B\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'
        body = "".join([*parts, head]).encode() + b"a" * size + b"\r\n--B--\r\n"
        kind = "multipart/form-data; boundary=B"
        found = admin.client.post(f"{admin.root}/import", data=body, content_type=kind, base_url=BASE)
        assert (found.status_code, "删去图片等无关内容" in found.text) == (status, True)
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


# Hand-over


def test_a_post_goes_over_today_with_what_is_open(service: Service, admin: Browser) -> None:
    shown: list[str] = []
    now = f"now {clock.now():%Y-%m-%d %H:%M}"
    Player(service, shown.append).play([now, "王干事: 反映问题：活动经费不足"])
    today = clock.local(clock.now()).date()
    change(service, Person, 1, roles="cadre approver")
    sent = admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(today), schools="1", leaves="1")
    assert "吴新已接王干事的工作：角色：审批人；蹲点学校：城关小学；没办完的问题1件" in said(admin, sent)
    people = {row.id: row for row in rows(service, Person.id, Person.roles, Person.left_on)}
    assert (people[7].roles, people[1].left_on) == ("cadre approver", today)
    held = own_schools(service)
    assert (7, 4) in held
    assert (1, 4) not in held
    assert {row.person_id for row in rows(service, OutboxMessage.person_id)} == {1, 7}
    issue = next(row for row in rows(service, Item.id, Item.kind, Item.person_id) if row.kind == "issue")
    assert issue.person_id == 1
    Player(service, shown.append, said=5000).play([now, f"孙管理: 问题{issue.id}已解决"])
    answered = [
        row.person_id for row in rows(service, OutboxMessage.person_id, OutboxMessage.text) if "有回音" in row.text
    ]
    assert 7 in answered


def test_a_post_goes_over_on_its_day_by_the_clock(service: Service, admin: Browser) -> None:
    day = clock.local(clock.now()).date() + timedelta(days=3)
    assert "当天自动办理" in said(
        admin, admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(day), schools="1")
    )
    assert "接手" in admin.get("member", id=1).text
    assert "已经登记了一次交接" in admin.send("member", "hand", {"id": 1}, id=1, taker=2, day=str(day)).text
    desk = Desk(service, {}, clock.now)
    assert run(desk, clock.now()) == {"handed_over": 0}
    assert run(desk, clock.now() + timedelta(days=3)) == {"handed_over": 1}
    assert run(desk, clock.now() + timedelta(days=3)) == {"handed_over": 0}
    ended = [row.end for row in rows(service, Assignment.person_id, Assignment.end) if row.person_id == 1]
    assert ended == [day]


def test_a_hand_over_to_come_can_be_taken_back(service: Service, admin: Browser) -> None:
    day = clock.local(clock.now()).date() + timedelta(days=3)
    admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(day))
    number = next(row.id for row in rows(service, Item.id, Item.kind) if row.kind == "handover")
    assert "交接已取消" in said(admin, admin.send("member", "unhand", {"id": 1}, id=1, handover=number))
    assert [row.status for row in rows(service, Item.status, Item.kind) if row.kind == "handover"] == ["cancelled"]


@pytest.mark.parametrize("days", [-40, 200])
def test_a_hand_over_far_away_is_refused(service: Service, admin: Browser, days: int) -> None:
    day = clock.now().date() + timedelta(days=days)
    assert admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(day)).status_code == 422
    assert [row.kind for row in rows(service, Item.kind) if row.kind == "handover"] == []


# Schools and assignments


def test_a_school_is_added_changed_and_closed(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {"name": "东山小学", "unit": 2, "kind": "小学", "area": "乡", "weak": "1", "remark": ""}
    assert "已添加东山小学" in said(admin, admin.send("schools", "add", **fields))
    number = next(row.id for row in rows(service, Unit.id, Unit.name) if row.name == "东山小学")
    changed = {"name": "东山学校", "kind": "九年一贯制", "area": "乡", "remark": ""}
    assert "类型 小学 → 九年一贯制" in said(admin, admin.send("school", "change", {"id": number}, id=number, **changed))
    school = next(row for row in rows(service, School.unit_id, School.kind, School.weak) if row.unit_id == number)
    assert (school.kind, school.weak) == ("nine_year", False)


def test_the_mix_on_the_page_is_the_chats(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {
        "name": "东山学校",
        "unit": 2,
        "kind": "九年一贯制",
        "area": "城",
        "weak": "1",
        "remark": "",
    }
    admin.send("schools", "add", **fields)
    admin.send("assignments", "assign", id=7, school="东山学校")
    page = re.sub(r"\s*\n\s*", "", admin.get("schools").text)
    assert '<th scope="row">九年一贯制</th><td>城</td><td class="figure">1</td><td class="figure">1</td>' in page
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "孙管理: 学校构成"])
    assert "九年一贯制 1所（城1）" in shown[-1]
    assert "其中基础薄弱的1所" in shown[-1]


def test_a_closed_school_is_nobodys_and_those_there_hear_of_it(service: Service, admin: Browser) -> None:
    today = clock.local(clock.now()).date()
    assert "已告诉在那里蹲点的1人" in said(admin, admin.send("school", "close", {"id": 4}, id=4, day=str(today)))
    assert [row.end for row in rows(service, Assignment.school_id, Assignment.end) if row.school_id == 4] == [today]
    assert [row.person_id for row in rows(service, OutboxMessage.person_id)] == [1]
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "吴新: 我的蹲点学校是城关小学"])
    assert "名册里没有" in shown[-1]
    admin.send("school", "reopen", {"id": 4}, id=4)
    Player(service, shown.append, said=5000).play([f"now {clock.now():%Y-%m-%d %H:%M}", "吴新: 我的蹲点学校是城关小学"])
    assert "你的蹲点学校是城关小学" in shown[-1]


def test_a_change_within_the_year_waits_for_an_approver(service: Service, client: Clients, admin: Browser) -> None:
    change(service, Assignment, 1, start=clock.now().date() - timedelta(days=30))
    assert "提前换要写原因" in admin.send("assignments", "assign", id=1, school="沁水县实验小学").text
    sent = admin.send("assignments", "assign", id=1, school="沁水县实验小学", reason="原学校撤并")
    assert "等陈审批审定" in said(admin, sent)
    assert admin.send("assignments", "accept", work=1).status_code == 422
    approver = opened(service, client(), "陈审批")
    assert "王干事" in approver.get("assignments").text
    number = next(row.id for row in rows(service, Item.id, Item.kind) if row.kind == "school_change")
    assert "退回要写一句意见" in approver.send("assignments", "return", work=number).text
    assert "已通过" in said(approver, approver.send("assignments", "accept", work=number))
    held = own_schools(service)
    assert (1, 5) in held
    assert (1, 4) not in held


def test_nobody_approves_what_they_proposed(service: Service, client: Clients) -> None:
    change(service, Assignment, 1, start=clock.now().date() - timedelta(days=30))
    change(service, Person, 4, roles="unit_admin approver")
    both = opened(service, client(), "孙管理")
    both.send("assignments", "assign", id=1, school="沁水县实验小学", reason="原学校撤并")
    number = next(row.id for row in rows(service, Item.id, Item.kind) if row.kind == "school_change")
    assert "要由别的审批人来审定" in both.send("assignments", "accept", work=number).text


def test_after_a_year_an_assignment_changes_at_once(service: Service, admin: Browser) -> None:
    assert "从今天起算" in said(admin, admin.send("assignments", "assign", id=1, school="沁水县实验小学"))
    held = own_schools(service)
    assert (1, 5) in held
    assert "现在就在沁水县实验小学" in admin.send("assignments", "assign", id=1, school="沁水县实验小学").text
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "王干事: 今天在沁水县实验小学驻校"])
    assert "驻校1/10天" in shown[-1]


# Codes and settings


def test_codes_are_shown_once_and_open_the_door(service: Service, admin: Browser) -> None:
    with service.engine.begin() as connection:
        connection.execute(delete(Account).where(Account.person_id.in_((1, 2))))
    page = admin.get("codes").text
    assert "王干事" in page
    assert "周督导" not in page
    sheet = admin.send("codes", "make", person=["1", "3", "5"])
    codes = re.findall(r"绑定 <span>(\d+)</span>", sheet.text)
    assert len(codes) == 1
    assert codes[0] not in admin.get("codes").text
    kept = [row.code_hash for row in rows(service, JoinCode.code_hash, JoinCode.person_id) if row.person_id == 1]
    assert kept == [hashed(service.vault, codes[0])]
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", f"新人: 绑定 {codes[0]}"])
    assert "王干事，已绑定" in shown[-1]
    assert admin.send("codes", "make").status_code == 422


@pytest.mark.parametrize(("days", "kept"), [("0", 0), ("10", 10), ("11", 3), ("-1", 3), ("三", 3), ("", 3), ("1.5", 3)])
def test_lead_days_keep_to_their_limits(service: Service, admin: Browser, days: str, kept: int) -> None:
    sent = admin.send("unit", "lead", days=days)
    assert sent.status_code == (303 if kept != 3 else 422)
    assert next(row.lead_days for row in rows(service, Unit.id, Unit.lead_days) if row.id == 2) == kept


@pytest.mark.parametrize(
    ("what", "column"), [("rating", "rating_on"), ("spot_check", "spot_check_on"), ("training", "training")]
)
def test_switches_are_those_of_the_chat(service: Service, admin: Browser, what: str, column: str) -> None:
    for on in (True, False):
        admin.send("unit", "switch", what=what, on=str(int(on)))
        units = {row.id: row[1] for row in rows(service, Unit.id, getattr(Unit, column))}
        assert units == {number: on and number == 2 for number in range(1, 7)}
    assert admin.send("unit", "switch", what="lead_days", on="1").status_code == 422
