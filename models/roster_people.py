"""People of a roster: who a row means, what changes for them, their codes and their schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import select

from models.people import Person
from models.phones import is_mobile
from models.roster_access import Access
from models.roster_assignments import TITLES, Assigner
from models.roster_columns import PEOPLE
from models.roster_differences import Difference, hidden, put
from models.roster_sheets import Row
from models.roster_tree import Wrong, merged_order
from models.roster_words import fold
from models.roster_work import Work
from models.units import Unit

HEADINGS = {column.key: column.heading for column in PEOPLE.columns}
PLAIN = ("name", "post", "roles", "title", "policies", "joined_on", "left_on")
UNIQUE = ("number", "wecom")
REACHES = ("phone", "wecom", "code", "schools", "linked")


def take_people(work: Work, rows: list[Row]) -> None:
    """Every person of the file found or made; those who leave first, so that their telephone is free."""
    taker = _Taker(work)
    work.each(sorted(rows, key=lambda row: "left_on" not in row.said), taker.person)
    taker.set_order(rows)
    work.session.flush()
    work.seen |= {person.id for person in taker.taken}
    taker.access.finish()
    taker.assigner.finish()


class _Taker:
    def __init__(self, work: Work) -> None:
        self.work = work
        people = list(work.session.scalars(select(Person)))
        self.by_id = {person.id: person for person in people}
        self.old_order = sorted(people, key=lambda person: (person.position, person.id))
        self.by_number: dict[str, Person] = {}
        self.by_wecom: dict[str, Person] = {}
        self.by_name: dict[tuple[int, str], list[Person]] = defaultdict(list)
        self.by_phone: dict[str, list[Person]] = defaultdict(list)
        self.left: dict[tuple[int, str], Person] = {}
        for person in people:
            self._index(person)
        self.taken: dict[Person, Row] = {}
        self.by_row: dict[int, Person] = {}
        self.access = Access(work)
        self.assigner = Assigner(work)

    def person(self, row: Row) -> None:
        """One row of the sheet 人员."""
        self.work.check_policies(row.said)
        row = self._of_leaver(row)
        unit = self.work.tree.find(row.said["unit"])
        person = self._find(row.said, unit)
        if person is None:
            blank = Person(name=row.said["name"], unit_id=unit.id)
            self._take(row, blank, unit, new=True)
        elif self._has_left(person) and "left_on" not in row.said:
            self._pass_over(row, person)
        else:
            self._take(row, person, unit, new=False)

    def _of_leaver(self, row: Row) -> Row:
        """What reaches a person or lets one in says nothing of who has left; somebody else may hold it by now."""
        day = row.said.get("left_on")
        if not day or day > self.work.today:
            return row
        return replace(row, said={key: value for key, value in row.said.items() if key not in REACHES})

    def _take(self, row: Row, person: Person, unit: Unit, new: bool) -> None:
        said = row.said
        self._check_taken(row, person)
        self._check_scope(person)
        self._check_unique(said, person)
        schools = self.assigner.schools(said, unit)
        differences = self._make(person, said, unit) if new else self._update(person, said, unit)
        self._leave(person)
        differences += self.access.give(person, said, new)
        differences += self._assign(person, schools, said)
        self.by_row[row.number] = person
        if differences and not new:
            self.work.touched.add(person.id)
        self.work.count(row, f"{unit.name} {person.name}", new, differences, unit)

    def _assign(self, person: Person, schools: Mapping[str, list[Unit]], said: Mapping[str, Any]) -> list[Difference]:
        before = self.assigner.names(person)
        after = {TITLES[kind]: "、".join(school.name for school in wanted) for kind, wanted in schools.items()}
        changed = self.assigner.assign(person, schools, said)
        return [Difference(title, before[title], after.get(title, "")) for title in changed]

    def _check_scope(self, person: Person) -> None:
        if self.work.within and not self._inside(person):
            raise Wrong("按人员编号或电话，这是别的单位的人；调动请上级单位的管理员来改，不是同一人请改正编号或电话")

    def _inside(self, person: Person) -> bool:
        return self.work.tree.units[person.unit_id].path.startswith(self.work.within)

    def _index(self, person: Person) -> None:
        if person.number:
            self.by_number[fold(person.number)] = person
        if person.wecom:
            self.by_wecom[fold(person.wecom)] = person
        if not self._has_left(person):
            self.by_name[person.unit_id, fold(person.name)].append(person)
            if person.phone_hash:
                self.by_phone[person.phone_hash].append(person)
        else:
            self.left[person.unit_id, fold(person.name)] = person

    def _forget(self, person: Person) -> None:
        self.by_number.pop(fold(person.number or ""), None)
        self.by_wecom.pop(fold(person.wecom or ""), None)
        self.left = {key: other for key, other in self.left.items() if other is not person} if self.left else {}
        for index in (self.by_name[person.unit_id, fold(person.name)], self.by_phone[person.phone_hash or ""]):
            if person in index:
                index.remove(person)

    def _find(self, said: Mapping[str, Any], unit: Unit) -> Person | None:
        """As a form means it, else by number, else by name and unit, else by telephone."""
        if "id" in said:
            return self.by_id[said["id"]]
        number = fold(said.get("number", ""))
        if number in self.by_number:
            return self.by_number[number]
        found = self._by_name(said, unit, number) or self._by_phone(said)
        return found or self.left.get((unit.id, fold(said["name"])))

    def _by_name(self, said: Mapping[str, Any], unit: Unit, number: str) -> Person | None:
        names = dict.fromkeys(fold(name) for name in (said.get("formerly"), said["name"]) if name)
        same = [person for name in names for person in self.by_name[unit.id, name]]
        # Another number is another person of the same name.
        same = [p for p in same if not (number and p.number and fold(p.number) != number)]
        if len(same) > 1:
            hashed = self._hash(said)
            same = [person for person in same if hashed and person.phone_hash == hashed]
            if len(same) != 1:
                raise Wrong(f"“{unit.name}”有几位“{said['name']}”，请填人员编号或原来的电话来区分")
        return same[0] if same else None

    def _by_phone(self, said: Mapping[str, Any]) -> Person | None:
        if not is_mobile(said.get("phone", "")):
            return None
        owners = self.by_phone[self._hash(said)]
        names = {fold(said["name"]), fold(said.get("formerly", ""))}
        number = fold(said.get("number", ""))
        same = [p for p in owners if fold(p.name) in names and not (number and p.number)]
        if len(same) == 1:
            return same[0]
        if owners and not self._inside(owners[0]):
            raise Wrong("电话与别的单位的人相同，请改正；是调来的，请上级单位的管理员来改")
        if owners:
            raise Wrong(
                f"电话与“{owners[0].name}”的相同：同一人改名请在“原姓名”填“{owners[0].name}”，"
                f"接手的新人请先给“{owners[0].name}”填离开日期，都不是请改正电话"
            )
        return None

    def _hash(self, said: Mapping[str, Any]) -> str:
        return self.work.vault.hash(said["phone"]) if said.get("phone") else ""

    def _check_taken(self, row: Row, person: Person) -> None:
        other = self.taken.setdefault(person, row)
        if other is not row:
            raise Wrong(f"与第{other.number}行是同一人，请只留一行；若是同名的两人，请填人员编号")

    def _check_unique(self, said: Mapping[str, Any], person: Person) -> None:
        owner = self.by_wecom.get(fold(said.get("wecom", "")))
        if owner is not None and owner is not person:
            raise Wrong("企业微信账号已用于另一人，请改正；换人时先给原来的人填“无”或离开日期")
        if is_mobile(said.get("phone", "")) and any(p is not person for p in self.by_phone[self._hash(said)]):
            raise Wrong("电话与另一人的相同，手机号每人一个，请改正")

    def _values(self, person: Person, said: Mapping[str, Any], unit: Unit) -> dict[str, Any]:
        values = {key: said[key] for key in PLAIN if said.get(key)}
        values |= {key: "" for key in ("title", "policies") if said.get(key) == ""}
        values |= {"left_on": None} if said.get("left_on") == "" else {}
        values |= {key: said[key] or None for key in UNIQUE if key in said}
        if "phone" in said and (self._hash(said) or None) != person.phone_hash:
            values |= {"phone": self.work.vault.lock(said["phone"]), "phone_hash": self._hash(said) or None}
        for key in ("email", "wechat"):
            if key in said and said[key] != self._plain(getattr(person, key) or ""):
                values[key] = self.work.vault.lock(said[key])
        return values | {"unit_id": unit.id}

    def _plain(self, cipher: str) -> str | None:
        try:
            return self.work.vault.unlock(cipher)
        except InvalidToken:
            return None  # locked with another key: write it anew

    def _make(self, person: Person, said: Mapping[str, Any], unit: Unit) -> list[Difference]:
        plain = {"joined_on": self.work.today, "title": "", "roles": "cadre", "policies": ""}
        values = plain | self._values(person, said, unit)
        if "cadre" in str(values["roles"]).split() and "post" not in values:
            raise Wrong("缺少岗位：角色含“干部”的要填 专职 挂职 兼职 总辅导员")
        differences = put(person, {"post": "full_time"} | values, HEADINGS)
        self.work.session.add(person)
        self._index(person)
        return [self._with_phone(one, "", said) if one.heading == "电话" else one for one in differences if one.after]

    def _update(self, person: Person, said: Mapping[str, Any], unit: Unit) -> list[Difference]:
        self._forget(person)
        before, home = person.phone, self.work.tree.units[person.unit_id]
        values = self._values(person, said, unit)
        differences = put(person, values, HEADINGS)
        self._index(person)
        if not {"人员编号", "企业微信账号"}.isdisjoint(one.heading for one in differences):
            self.work.session.flush()  # so that another row may take what became free
        moved = [Difference("单位", home.name, unit.name)] if home.id != unit.id else []
        return moved + [self._with_phone(one, before, said) if one.heading == "电话" else one for one in differences]

    def _with_phone(self, one: Difference, before: str, said: Mapping[str, Any]) -> Difference:
        shown = (hidden(self._plain(before) or ""), hidden(said["phone"]))
        return Difference(one.heading, *shown, mark=self._hash(said))

    def _has_left(self, person: Person) -> bool:
        return person.left_on is not None and person.left_on <= self.work.today

    def _pass_over(self, row: Row, person: Person) -> None:
        self.work.seen.add(person.id)
        self.work.notes.append(f"人员 第{row.number}行：“{person.name}”已离开，没有恢复；回来的请在“离开日期”填“无”")
        self.work.count(row, person.name, False, [])

    def _leave(self, person: Person) -> None:
        if self._has_left(person):
            self._forget(person)
            person.wecom = None
            self._index(person)
            self.work.session.flush()

    def set_order(self, rows: list[Row]) -> None:
        """The official order is the file's; people it does not name keep their place."""
        said = [self.by_row[row.number] for row in rows if row.number in self.by_row]
        for position, person in enumerate(merged_order(self.old_order, said), 1):
            if person.position != position:
                person.position = position
