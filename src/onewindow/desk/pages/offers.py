"""What a case offers to the forms of its acts (可选内容): worked out only for a form that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Duty, Staff
from onewindow.calendars.rules import Unit, extend, reading
from onewindow.cases import queries
from onewindow.cases.commands.revising import BRING
from onewindow.cases.queries import CasePage
from onewindow.cases.rules import NOT_BROUGHT, Act, Fault
from onewindow.cases.rules.clocks import extendable, limits_from
from onewindow.cases.rules.correcting import FIELD, OTHER, PAPER
from onewindow.cases.rules.life import cell_of
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.catalogue.rules import Field, Ground
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import dates, refusals
from onewindow.look.sentences import capital
from onewindow.places import queries as places

CORRECTION_WORKDAYS = 15
"""Law sets no day for the person's answer: this is only what the form proposes."""
_BY_NOW = Words("{more}，到 {day}", "{more}, until {day}")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A field or paper that a correction notice can name: what it is called, and what the checks found wrong."""

    fault: Fault
    label: Words
    wrong: Words | None
    note: str = ""

    @property
    def name(self) -> str:
        return self.fault.name


class Offer:
    """A case as the forms of its acts see it."""

    def __init__(self, page: CasePage, asker: Staff, at: datetime) -> None:
        self.page, self.asker, self.at, self.today = page, asker, at, day_of(at)
        self.item = catalogue.item(page.case.item, page.case.edition)
        self.form = queries.form_of(page.case)

    @cached_property
    def plan(self) -> items.Outcome:
        """What the item asks for in this situation."""
        return items.outcome(self.item, self.form.answers)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields of the form, by key."""
        return {field.key: field for field in self.plan.fields}

    @cached_property
    def notes(self) -> dict[str, str]:
        """What the notices said of each fault, the last one last."""
        found: dict[str, str] = {}
        for entry in self.page.entries:
            if entry.act == f"case.{Act.SEND_BACK}":
                found |= queries.notice_words(self.page.remarks.get(entry.seq, ""))[1]
        return found

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """All that a notice can name; after a first one only what that one named.

        law  行政许可法 §32(四)
        """
        named = self.page.state.named
        return tuple(flaw for flaw in self._flaws() if not named or flaw.fault in named)

    def _flaws(self) -> Iterator[Flaw]:
        codes = items.check_fields(self.plan.fields, self.form.fields, self.today)
        for field in self.plan.fields:
            code = codes.get(field.key)
            yield Flaw(Fault(FIELD, field.key), capital(field.name), refusals.say(Refusal(code)) if code else None)
        missing = {(paper.key, paper.holder) for paper in self.page.papers if paper.state == BRING}
        for need in self.plan.wanted:
            absent = (need.key, need.holder) in missing
            yield Flaw(Fault(PAPER, need.key, need.holder), need.name, NOT_BROUGHT if absent else None)
        for fault in sorted(self.page.state.named):
            if fault.kind == OTHER:
                text = self.notes.get(fault.name, "")
                yield Flaw(fault, Words(text, text), None, text)

    def label(self, fault: Fault) -> Words:
        """Return what a fault is called (补正内容名称)."""
        if fault.kind == FIELD and fault.key in self.fields:
            return capital(self.fields[fault.key].name)
        for need in self.plan.wanted:
            if fault.kind == PAPER and (need.key, need.holder) == (fault.key, fault.holder):
                return need.name
        text = self.notes.get(fault.name, "")
        return Words(text, text) if text else Words("其他", "Something else")

    @property
    def grounds(self) -> list[tuple[str, str, Words]]:
        """The item's reasons for a refusal: key, text, law."""
        found = items.grounds(self.item, self.form.answers)
        return [(ground.key, here(capital(ground.text)), _law(ground)) for ground in found]

    @cached_property
    def officers(self) -> dict[int, str]:
        """The colleagues who hold the check at the site too (1 query)."""
        return self._others(Duty.CHECK, {self.asker.id})

    @cached_property
    def colleagues(self) -> dict[int, str]:
        """The colleagues to whom the case can be handed over (1 query)."""
        cell = cell_of(self.page.state.stage, Act.CLAIM)
        return self._others(cell.duty, {self.page.state.claimed_by}) if cell and cell.duty else {}

    def _others(self, duty: Duty, but: set[int | None]) -> dict[int, str]:
        case = self.page.case
        found = accounts.holders(duty, (case.site, case.office), self.today)
        return {key: name for key, name in found.items() if key not in but}

    @cached_property
    def offices(self) -> list[tuple[str, Words]]:
        """The other offices of the deciding division (1 query)."""
        own = self.page.case.office
        return [(each.code, each.name) for each in places.offices(division=own[:6]) if each.code != own]

    @cached_property
    def proposed_on(self) -> str:
        """The day that the form proposes for the person's answer."""
        calendar, day, left = self.page.calendar, self.today, CORRECTION_WORKDAYS
        while left:
            day = day.fromordinal(day.toordinal() + 1)
            left -= calendar.counts(day)
        return day.isoformat()

    @cached_property
    def extensions(self) -> list[tuple[str, str]]:
        """By how much the clock can be lengthened, each with the day that comes of it."""
        case = self.page.case
        clock = extendable(self.page.state, limits_from(case.limits), self.page.need)
        allowed = clock.limit.extension if clock else None
        if clock is None or allowed is None:
            return []
        least = int(clock.limit.number) + 1 if allowed.to else 1
        hours, calendar = queries.hours_of(case), self.page.calendar
        found = []
        for number in range(allowed.to or allowed.by, least - 1, -1):
            try:
                read = reading(extend(clock, calendar, self.at, number, hours), calendar, self.at, hours)
            except Refusal:
                return []
            last = read.due_on or read.if_resumed_due_on
            day = dates.date_words(last, calendar, today=self.today) if last else Words("", "")
            more = extended_words(number, clock.limit.unit, total=bool(allowed.to))
            found.append((str(number), here(_BY_NOW.fill(more=more, day=day))))
        return found


def extended_words(number: int, unit: Unit, *, total: bool) -> Words:
    """Say an extension: by how much, or to how much in all (延期多少)."""
    amount = dates.amount_words(number, unit)
    if total:
        return Words(f"延长到共 {amount.zh}", f"To {amount.en} in all")
    return Words(f"延长 {amount.zh}", f"By {amount.en}")


def of(asker: Staff, number: str, at: datetime) -> Offer:
    """Return what a case offers.

    raises  NotFound
    """
    return Offer(queries.case_page_for(asker, number, at=at), asker, at)


def _law(ground: Ground) -> Words:
    law = catalogue.law(ground.law)
    if not ground.remedy.zh:
        return law
    return Words(f"{law.zh}；可以：{ground.remedy.zh}", f"{law.en}; instead: {ground.remedy.en}")


def listed(names: Iterable[Words]) -> Words:
    """Join names to one text (并列)."""
    found = list(names)
    return Words("、".join(name.zh for name in found), ", ".join(name.en for name in found))
