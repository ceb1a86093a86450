"""Who may join, and who no longer: codes made or taken from the file, accounts released when a person leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update

from models.people import Account, JoinCode, Person
from models.roster_codes import new_code
from models.roster_tree import Wrong
from models.roster_work import Work


class Access:
    """The codes and accounts of one import; what is new is written at its end."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.codes = {code.code: code for code in work.session.scalars(select(JoinCode))}
        self.open = {code.person_id: code for code in self.codes.values() if code.spent_at is None}
        joined = work.session.scalars(select(Account.person_id).where(Account.person_id.is_not(None)).distinct())
        self.joined = set(joined)
        self.given: dict[str, Person] = {}
        self.lacking: list[Person] = []

    def give(self, person: Person, said: Mapping[str, Any], new: bool) -> list[str]:
        """A person's code as the file says, or one to be made; nobody who left keeps any."""
        if person.left_on and person.left_on <= self.work.today:
            return [] if new else self._release(person)
        code = said.get("code")
        if code is None:
            if new or (person.id not in self.joined and person.id not in self.open):
                self.lacking.append(person)
                return [] if new else ["绑定码"]
            return []
        return self._take(person, code, new)

    def _take(self, person: Person, code: str, new: bool) -> list[str]:
        known = self.codes.get(code)
        if code in self.given or (known is not None and (new or known.person_id != person.id)):
            raise Wrong("绑定码与另一人的相同，请换一个，或留空自动生成")
        if known is not None:
            return []  # his already; where it is spent it stays so
        self.given[code] = person
        return ["绑定码"]

    def _release(self, person: Person) -> list[str]:
        session = self.work.session
        had = person.id in self.joined or person.id in self.open
        session.execute(update(Account).where(Account.person_id == person.id).values(person_id=None))
        session.execute(delete(JoinCode).where(JoinCode.person_id == person.id, JoinCode.spent_at.is_(None)))
        return ["离开日期"] if had else []

    def finish(self) -> None:
        """Write the codes; a new one takes the place of an old one not yet spent."""
        session = self.work.session
        taken = self.codes.keys() | self.given.keys()
        for person in self.lacking:
            code = new_code(taken, len(self.open) + len(self.given))
            taken.add(code)
            self.given[code] = person
        for code, person in self.given.items():
            if person.id in self.open:
                session.delete(self.open[person.id])
            session.add(JoinCode(code=code, person_id=person.id, made_at=self.work.now))
        if self.lacking:
            self.work.notes.append(f"生成了{len(self.lacking)}个绑定码，用 export codes 导出后发给本人")
