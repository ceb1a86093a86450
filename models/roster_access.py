"""Who may join, and who no longer: codes taken from the file, accounts released when a person leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update

from models.people import Account, JoinCode, Person
from models.roster_codes import hashed
from models.roster_differences import Difference
from models.roster_tree import Wrong
from models.roster_work import Work


class Access:
    """The codes and accounts of one import; what is new is written at its end."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.codes = {code.code_hash: code for code in work.session.scalars(select(JoinCode))}
        self.open = {code.person_id: code for code in self.codes.values() if code.spent_at is None}
        joined = work.session.scalars(select(Account.person_id).where(Account.person_id.is_not(None)).distinct())
        self.joined = set(joined)
        self.given: dict[str, Person] = {}
        self.lacking = 0

    def give(self, person: Person, said: Mapping[str, Any], new: bool) -> list[Difference]:
        """A person's code where the file says one; nobody who left keeps any."""
        if person.left_on and person.left_on <= self.work.today:
            return [] if new else self._release(person)
        if said.get("code"):
            return self._take(person, hashed(self.work.vault, said["code"]), new)
        self.lacking += new or (person.id not in self.joined and person.id not in self.open)
        return []

    def _take(self, person: Person, mark: str, new: bool) -> list[Difference]:
        if self.work.within:
            raise Wrong("绑定码请留空：到“加入码”页面生成，只在那里显示一次")
        known = self.codes.get(mark)
        if mark in self.given or (known is not None and (new or known.person_id != person.id)):
            raise Wrong("绑定码与另一人的相同，请换一个，或留空")
        if known is not None:
            return []  # his already; where it is spent it stays so
        self.given[mark] = person
        return [Difference("绑定码", "", "已填")]

    def _release(self, person: Person) -> list[Difference]:
        session = self.work.session
        had = person.id in self.joined or person.id in self.open
        session.execute(update(Account).where(Account.person_id == person.id).values(person_id=None))
        session.execute(delete(JoinCode).where(JoinCode.person_id == person.id, JoinCode.spent_at.is_(None)))
        return [Difference("绑定", "已绑定", "已解除")] if had else []

    def finish(self) -> None:
        """Write the codes; a new one takes the place of an old one not yet spent."""
        session = self.work.session
        for mark, person in self.given.items():
            if person.id in self.open:
                session.delete(self.open[person.id])
            session.add(JoinCode(code_hash=mark, person_id=person.id, made_at=self.work.now))
        if self.lacking:
            how = "到“加入码”页面生成" if self.work.within else "用 export codes 生成"
            self.work.notes.append(f"有{self.lacking}人还没有绑定码，{how}后发给本人")
