"""Handing an application in (申请): the one act that makes a case, and the hottest write of the house."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Agent, Applicant, Basis, Staff
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Limit, WorkCalendar
from onewindow.cases.commands import store
from onewindow.cases.commands.revising import Handed
from onewindow.cases.commands.store import Given
from onewindow.cases.models import Draft
from onewindow.cases.queries import Form, form_digest, plate_lookup
from onewindow.cases.rules import Need, Stage, State, accepted_by_silence_at, needs_telling
from onewindow.cases.rules.clocks import first_dates, limits_text
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import canonical, files, journal, keys, once, sql
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.once import Once
from onewindow.places import queries as places

ACT = "case.submit"


@dataclass(frozen=True, slots=True)
class Party:
    """For whom an application is, and who stood beside the applicant (为谁办、谁代办、谁帮办).

    by_phone  it was begun by phone code alone, at level 1
    """

    person: int
    firm: str = ""
    agent: int | None = None
    basis: str = ""
    helper: int | None = None
    by_phone: bool = False

    def columns(self) -> dict[str, Any]:
        """Return the columns of the case that say it."""
        return {
            "person": self.person,
            "firm": self.firm,
            "agent": self.agent,
            "basis": self.basis,
            "helper": self.helper,
            "by_phone": self.by_phone,
        }

    def facts(self) -> dict[str, Any]:
        """Return what the journal says: who stood beside only where somebody did."""
        return {name: value for name, value in self.columns().items() if value}


def party_of(by: Applicant, helper: int | None = None) -> Party:
    """Return for whom the asker applies: themselves, or whom they act for; for a firm its human is the person."""
    if isinstance(by, Agent):
        return Party(by.person if by.principal is None else by.principal, by.firm, by.person, by.basis.value, helper)
    return Party(by.person, helper=helper)


@dataclass(frozen=True, slots=True)
class Ready:
    """An application that may be stored: everything was looked up and found right."""

    party: Party
    item: items.Item
    edition: str
    site: str
    division: str
    office: str
    form: Form
    papers: tuple[Given, ...]
    name: str
    limits: tuple[Limit, ...]
    calendar: WorkCalendar


def submit(
    *,
    by: Applicant,
    item: str,
    site: str,
    answers: Mapping[str, Any],
    fields: Mapping[str, str],
    papers: Sequence[Handed],
    at: datetime,
    key: Once,
    draft: str = "",
    by_phone: bool = False,
) -> str:
    """Hand in an application and return the number of its case (申请、收件).

    answers  question → value, as the catalogue lists them; numbers as text or int
    fields   key of the dictionary → text
    by       the applicant, or who acts for one
    papers   each needed paper once: with the id of an uploaded file of the asker's own, or to be brought
    draft    the draft that it was made from; it goes with the submission
    by_phone  whether that was begun by phone code alone
    raises   NotFound (item, site); Refusal catalogue.closed, catalogue.too_late, catalogue.not_met, catalogue.ministry,
             case.questions, case.fields, case.papers, case.site, case.level, case.agent, case.agent_item,
             case.agent_barred, once.reused
    law      行政许可法 §29, §32; 民法典 §161, §162, §165
    """
    inputs = [item, site, dict(answers), dict(fields), [[paper.key, paper.holder, paper.file] for paper in papers]]
    try:
        ready = examine(by, by, replace(party_of(by), by_phone=by_phone), item, site, answers, fields, papers, at)
    except (Refusal, NotFound):
        # Sent again after a lost answer it finds its files given away, or a catalogue that has gone on.
        if done := once.answered(key, by, ACT, inputs):
            return done
        raise
    with transaction.atomic():
        day = day_of(at)
        serial = store.take(key, by, ACT, inputs, at, f"case:{site}:{day:%Y%m%d}")
        if not serial:
            return once.answered(key, by, ACT, inputs) or ""
        number = f"{site}-{day:%Y%m%d}-{serial:05d}"
        if draft:
            Draft.objects.filter(person=by.person, number=draft).delete()
        keep(number, ready, by, at, key)  # the last of all: it may commit
    return number


def examine(
    by: Applicant | Staff,
    side: Applicant,
    party: Party,
    code: str,
    site_code: str,
    answers: Mapping[str, Any],
    fields: Mapping[str, str],
    papers: Sequence[Handed],
    at: datetime,
) -> Ready:
    """Look everything up that an application needs, and refuse what cannot be handed in.

    by       who hands it in: the applicant's side, or the clerk who has it in front of them
    side     the applicant's side
    raises   as `submit`
    queries  1; 2 for a firm
    """
    if side.level < 2:
        raise Refusal("case.level")
    edition, calendar, received, name, digests = _look(by, party, site_code, papers)
    item = catalogue.item(code, edition)
    if item.closed:
        raise Refusal("catalogue.closed", item=code)
    plan = items.outcome(item, answers)
    if plan.open:
        raise Refusal("case.questions", open=len(plan.open), fields={plan.open[0].key: "case.question"})
    if isinstance(side, Agent):
        _may_act(side, item, plan.kept, day_of(at))
    items.insist(item, plan.kept, day_of(at))
    faults = items.check_fields(plan.fields, fields, day_of(at))
    if faults:
        raise Refusal("case.fields", faults=len(faults), fields=faults)
    if item.department not in received.departments:
        raise Refusal("case.site", fields={"site": "case.site"})
    rows = _papers(plan.wanted, papers, digests)
    typed = {field.key: fields[field.key] for field in plan.fields if fields.get(field.key)}
    return Ready(
        party=party,
        item=item,
        edition=edition,
        site=site_code,
        division=received.division,
        office=received.office_for(item.department, items.deciding_level(item, plan.kept, day_of(at))),
        form=Form({**plan.kept}, typed),
        papers=rows,
        name=name,
        limits=plan.limits,
        calendar=calendar,
    )


_BASES = {Basis.GUARDIAN: "guardian", Basis.LETTER: "letter", Basis.LEGAL_REP: "unit", Basis.OPERATOR: "unit"}


def _may_act(side: Agent, item: items.Item, answers: Mapping[str, Any], today: date) -> None:
    """Refuse an item that the agent's ground does not cover, or on which nobody may act on such a ground.

    law  民法典 §161, §165, §173 (一)
    """
    if side.until_on is not None and today >= side.until_on:
        raise Refusal("case.agent", fields={"acts_for": "case.agent"})
    if not side.covers(item.code):
        raise Refusal("case.agent_item", fields={"acts_for": "case.agent_item"})
    if items.may_act(item, answers, _BASES[side.basis]) is False:
        raise Refusal("case.agent_barred", item=item.name)


def _look(
    by: Applicant | Staff, party: Party, site: str, papers: Sequence[Handed]
) -> tuple[str, WorkCalendar, places.Reception, str, dict[str, str]]:
    """Ask with one query for the edition, the calendar, the site, the applicant's name and their uploads."""
    uploads = [paper.file for paper in papers if paper.file]
    if len(uploads) > files.MAX_ATTACHED:
        raise Refusal("file.too_many", most=files.MAX_ATTACHED)
    asked: list[sql.Question[Any]] = [
        catalogue.edition_asked(),
        calendars.calendar_asked(),
        places.reception_asked(site),
        accounts.name_asked(party.person),
    ]
    if uploads:
        asked.append(files.digests_asked(owner=by.key, ids=uploads))
    edition, calendar, received, name, *digests = sql.together(*asked)
    if party.firm:
        name = accounts.firm(party.firm).name
    return edition, calendar, received, name, digests[0] if digests else {}


def _papers(
    wanted: Sequence[items.PaperNeed], handed: Sequence[Handed], digests: Mapping[str, str]
) -> tuple[Given, ...]:
    given = {(paper.key, paper.holder): paper for paper in handed}
    missing = items.missing_papers(wanted, given.keys())
    if missing:
        raise Refusal("case.papers", missing=len(missing), fields={need.key: "case.paper" for need in missing})
    names = [(need.key, need.holder) for need in wanted if (need.key, need.holder) in given]
    ids = [given[name].file for name in names if given[name].file]
    if len(set(ids)) != len(ids) or not digests.keys() >= set(ids):  # given twice; another's, or gone
        raise Refusal("case.files", fields={"papers": "case.files"})
    return tuple(
        Given(key, holder, (paper := given[key, holder]).state, paper.file, digests.get(paper.file, ""))
        for key, holder in names
    )


def need_of(item: items.Item) -> Need:
    """Return what the item asks of a case's life (事项要求)."""
    return Need(
        check=item.needs_check, making=item.makes_certificate, licence=item.type_code == "01", promised=item.promised
    )


def _words(need: Need) -> str:
    names = ("check", "making", "licence", "promised")
    return " ".join(name for name in names if getattr(need, name))


def keep(number: str, ready: Ready, by: Applicant | Staff, at: datetime, key: Once) -> None:
    """Store an application that was examined, under its number, in the caller's transaction (收件)."""
    need, secret = need_of(ready.item), keys.subject_key()
    state = State(Stage.RECEIVED, at)
    dates = first_dates(ready.limits, need, ready.calendar, at)
    case = {
        "number": number,
        "division": ready.division,
        "site": ready.site,
        "office": ready.office,
        "item": ready.item.code,
        "edition": ready.edition,
        "limits_edition": ready.edition,
        **ready.party.columns(),
        "channel": by.channel,
        "plate_lookup": plate_lookup(ready.form.fields),
        "name": keys.seal("cases_case", "name", number, ready.name),
        "form": keys.seal("cases_case", "form", number, json.dumps(_opened(ready.form), ensure_ascii=False)),
        "secret": keys.seal_bytes("cases_case", "secret", number, secret),
        "stage": state.stage.value,
        "need": _words(need),
        "limits": limits_text(ready.limits),
        "received_at": at,
        "version": 1,
        **dates.as_columns(),
    }
    facts = {
        **{name: case[name] for name in _TOLD},
        **ready.party.facts(),
        "papers": [[paper.key, paper.holder, paper.state, paper.sha256] for paper in ready.papers],
        "form": form_digest(secret, ready.form),
        "name": keys.digest(secret, ready.name),
        "dates": dates.as_facts(),
    }
    entry = journal.build(
        kind="case", subject=number, seq=1, previous="", act=ACT, by=by, at=at, noted_at=at, facts=facts
    )
    wakes = _wakes(number, state, need, ready.calendar)
    store.insert(case, ready.papers, entry, wakes, by.key, key, [paper.file for paper in ready.papers if paper.file])


_TOLD = ("division", "site", "office", "item", "edition", "limits_edition", "need", "limits")  # columns in the journal


def _opened(form: Form) -> dict[str, Any]:
    return {"answers": form.answers, "fields": form.fields}


def _wakes(number: str, state: State, need: Need, calendar: WorkCalendar) -> list[tuple[str, str, datetime]]:
    """Return the jobs that the submission wakes: who listens, and the day on which silence becomes acceptance."""
    payload = canonical.text({"kind": "case", "subject": number, "seq": 1})
    woken = [(name, payload, state.received_at) for name in journal.listeners(ACT)]
    if needs_telling(state, need):
        woken.append(("cases.deem", canonical.text({"number": number}), accepted_by_silence_at(state, calendar)))
    return woken


__all__ = ["Handed", "Party", "examine", "keep", "need_of", "party_of", "submit"]
