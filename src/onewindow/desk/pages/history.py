"""What happened to a case (经过): its journal in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onewindow.accounts.rules import Staff
from onewindow.calendars.rules import REASON_WORDS, Reason
from onewindow.cases import queries
from onewindow.cases.queries import CasePage
from onewindow.cases.rules import Act, Fault
from onewindow.cases.rules.clocks import limits_from
from onewindow.cases.rules.correcting import FIELD, OTHER
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Item
from onewindow.core.journal import Entry, facts_of
from onewindow.core.words import Words
from onewindow.desk.pages.offers import Offer, extended_words, listed
from onewindow.desk.pages.said import DECLINES, POOL, REVIEWS, REVOCATIONS
from onewindow.look import dates, marks
from onewindow.look.masks import mask_name
from onewindow.look.parts import Event
from onewindow.look.sentences import capital
from onewindow.places import queries as places

JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the journal of one case to one clerk.

    names  of the staff who acted or are named, by id
    """

    page: CasePage
    item: Item
    asker: Staff
    names: Mapping[int, str]
    offer: Offer

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
        said = [*_noted(entry), *_told(facts, self.item), *self._more(entry, facts), *self._remark(entry, facts)]
        return Event(
            name=_act_name(entry, facts),
            at=entry.at,
            where=self._who(entry),
            text=Words("；".join(words.zh for words in said), "; ".join(words.en for words in said)),
            state="now" if entry.seq == self.page.case.version else "",
        )

    def _who(self, entry: Entry) -> Words:
        if entry.staff is None:
            applicant = entry.act in ("case.submit", "case.withdraw", "case.supplement")
            return Words("申请人", "the applicant") if applicant else Words("系统", "the system")
        if entry.staff == self.asker.id:
            return Words("您", "you")
        return self._name(entry.staff)

    def _name(self, staff: int | None) -> Words:
        if staff == self.asker.id:
            return Words("您", "you")
        name = self.names.get(staff or 0, "")
        return Words(name, name) if name else Words("系统", "the system")

    def _remark(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        remark = self.page.remarks.get(entry.seq, "")
        if entry.act == f"case.{Act.DELIVER}" and facts.get("way") == "counter":
            remark = mask_name(remark)  # who signed
        if entry.act == f"case.{Act.SEND_BACK}":
            remark = queries.notice_words(remark)[0]
        if remark:
            yield Words(remark, remark)

    def _more(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        """What the act's facts say: what was named, who else, until when, why."""
        teller = _TELLERS.get(entry.act.removeprefix("case."))
        if teller is not None:
            yield from teller(self, entry, facts)
        for name, words in _DAYS.items():
            if facts.get(name):
                yield words.fill(day=dates.date_words(date.fromisoformat(facts[name]), self.page.calendar))
        if "ground" in facts:
            yield _GROUNDS.get(facts["ground"], Words("", ""))

    def _faults(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        notes = queries.notice_words(self.page.remarks.get(entry.seq, ""))[1]
        for row in facts.get("faults", ()):
            yield self._fault(Fault.from_row(row), notes)

    def _reason(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        yield capital(REASON_WORDS[Reason(facts["reason"])])

    def _right_office(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        if facts.get("right_office"):
            yield _OFFICE.fill(office=places.office(facts["right_office"]).name)

    def _second(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        if facts.get("second"):
            yield _WITH.fill(name=self._name(facts["second"]))

    def _handed_over(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        yield _TO.fill(name=self._name(facts["to"]) if facts.get("to") else POOL)

    def _mended(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        yield listed(self.offer.label(Fault(FIELD, key)) for key in facts.get("mended", ()))

    def _fault(self, fault: Fault, notes: Mapping[str, str]) -> Words:
        label, note = self.offer.label(fault), notes.get(fault.name, "")
        if fault.kind == OTHER or not note:
            return Words(note, note) if note else label
        return Words(f"{label.zh}：{note}", f"{label.en}: {note}")

    def _delay(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        yield marks.DELAYS[facts["cause"]]

    def _extension(self, entry: Entry, facts: Mapping[str, Any]) -> Iterable[Words]:
        limit = next((limit for limit in limits_from(self.page.case.limits) if limit.extension), None)
        if limit is not None and limit.extension is not None:
            yield extended_words(int(facts.get("number", 0)), limit.unit, total=bool(limit.extension.to))


Tells = Callable[[Teller, Entry, Mapping[str, Any]], Iterable[Words]]
_TELLERS: dict[str, Tells] = {
    Act.SEND_BACK: Teller._faults,
    Act.PAUSE: Teller._reason,
    Act.DECLINE: Teller._right_office,
    Act.CHECK: Teller._second,
    Act.HAND_OVER: Teller._handed_over,
    Act.MEND: Teller._mended,
    Act.EXTEND: Teller._extension,
    Act.EXPLAIN: Teller._delay,
}


def staff_in(entries: Iterable[Entry]) -> set[int]:
    """Return the staff whom a history names: who acted, who went along, to whom it was handed (经过中的人员)."""
    named: set[int] = set()
    for entry in entries:
        facts = facts_of(entry)
        named |= {staff for staff in (entry.staff, facts.get("second"), facts.get("to")) if staff}
    return named


_DAYS = {
    "closes_on": Words("最晚 {day}补正", "To be mended by {day}"),
    "expected_on": Words("预计 {day}结束", "Expected to end on {day}"),
    "until_on": Words("最晚 {day}要求听证", "To be asked for by {day}"),
}
_GROUNDS = {**DECLINES, **REVIEWS, **REVOCATIONS}
_OFFICE = Words("应当向{office}申请", "The right office: {office}")
_WITH = Words("与{name}一起", "Together with {name}")
_TO = Words("交给{name}", "To {name}")


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
        yield Words(f"登记于 {noted.zh}", f"Entered {noted.en}")


_WAYS = {
    "counter": Words("窗口领取", "At the counter"),
    "post": Words("邮寄", "By post"),
    "electronic": Words("电子送达", "Electronically"),
}


def _told(facts: Mapping[str, Any], item: Item) -> Iterable[Words]:
    if facts.get("way") in _WAYS:
        yield _WAYS[facts["way"]]
    grounds = {ground.key: ground for ground in item.refusals}
    for key in facts.get("reasons", ()):
        ground = grounds.get(key)
        if ground is not None:
            law = catalogue.law(ground.law)
            yield capital(Words(f"{ground.text.zh}（{law.zh}）", f"{ground.text.en} ({law.en})"))
