"""What happened to a case (经过): its journal in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onewindow.accounts.rules import Staff
from onewindow.cases.queries import CasePage
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Item
from onewindow.core.journal import Entry, facts_of
from onewindow.core.words import Words
from onewindow.look import dates, marks
from onewindow.look.parts import Event

JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the journal of one case to one clerk.

    logins  of the staff who acted, by id
    """

    page: CasePage
    item: Item
    asker: Staff
    logins: Mapping[int, str]

    def all(self) -> list[Event]:
        """Return everything, the latest first."""
        return [self._event(entry) for entry in reversed(self.page.entries)]

    def since(self, version: int | None) -> list[Event]:
        """Return what happened after a version; nothing where none is told."""
        if version is None:
            return []
        return [self._event(entry) for entry in self.page.entries if entry.seq > version]

    def just_done(self, at: datetime) -> Event | None:
        """Return the clerk's own last step if it is fresh: the journal says it, no message is kept for it."""
        last = self.page.entries[-1]
        if last.staff != self.asker.id or at - last.noted_at > JUST_NOW:
            return None
        return Event(_act_name(last, facts_of(last)), last.noted_at)

    def _event(self, entry: Entry) -> Event:
        facts = facts_of(entry)
        remark = self.page.remarks.get(entry.seq, "")
        said = [*_noted(entry), *_told(facts, self.item), *([Words(remark, remark)] if remark else [])]
        return Event(
            name=_act_name(entry, facts),
            at=entry.at,
            where=self._who(entry),
            text=Words("；".join(words.zh for words in said), "; ".join(words.en for words in said)),
            state="now" if entry.seq == self.page.case.version else "",
        )

    def _who(self, entry: Entry) -> Words:
        if entry.staff is None:
            applicant = entry.act in ("case.submit", "case.withdraw")
            return Words("申请人", "the applicant") if applicant else Words("系统", "the system")
        if entry.staff == self.asker.id:
            return Words("您", "you")
        login = self.logins.get(entry.staff, str(entry.staff))
        return Words(login, login)


def _act_name(entry: Entry, facts: Mapping[str, Any]) -> Words:
    act = entry.act.removeprefix("case.")
    if facts.get("deemed"):
        return Words("视为受理（逾期未告知）", "Accepted by law, for nothing was said in time")
    if act == "check":
        return Words("查验合格", "Check passed") if facts.get("passed") else Words("查验不合格", "Check not passed")
    return marks.ACTS.get(act, Words(act, act))


def _noted(entry: Entry) -> Iterable[Words]:
    if entry.noted_at - entry.at >= timedelta(minutes=1):
        noted = dates.time_words(entry.noted_at)
        yield Words(f"登记于 {noted.zh}", f"entered {noted.en}")


_WAYS = {
    "counter": Words("窗口领取", "at the counter"),
    "post": Words("邮寄", "by post"),
    "electronic": Words("电子送达", "electronically"),
}


def _told(facts: Mapping[str, Any], item: Item) -> Iterable[Words]:
    if facts.get("way") in _WAYS:
        yield _WAYS[facts["way"]]
    grounds = {ground.key: ground for ground in item.refusals}
    for key in facts.get("reasons", ()):
        ground = grounds.get(key)
        if ground is not None:
            law = catalogue.law(ground.law)
            yield Words(f"{ground.text.zh}（{law.zh}）", f"{ground.text.en} ({law.en})")
