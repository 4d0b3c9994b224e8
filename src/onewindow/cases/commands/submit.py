"""Handing an application in (申请): the one act that makes a case, and the hottest write of the house."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Resident
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Limit, WorkCalendar
from onewindow.cases.commands import store
from onewindow.cases.commands.revising import Handed
from onewindow.cases.models import Case, Draft, Paper
from onewindow.cases.queries import Form, form_digest, plate_lookup
from onewindow.cases.rules import Dates, Need, Stage, State, accepted_by_silence_at, list_dates, needs_telling
from onewindow.cases.rules.clocks import limits_text
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import canonical, files, journal, keys, once, sql
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.once import Once
from onewindow.places import queries as places

ACT = "case.submit"


@dataclass(frozen=True, slots=True)
class _Ready:
    """An application that may be stored: everything was looked up and found right."""

    item: items.Item
    edition: str
    site: str
    division: str
    office: str
    form: Form
    papers: tuple[Paper, ...]
    name: str
    limits: tuple[Limit, ...]
    calendar: WorkCalendar


def submit(
    *,
    by: Resident,
    item: str,
    site: str,
    answers: Mapping[str, Any],
    fields: Mapping[str, str],
    papers: Sequence[Handed],
    at: datetime,
    key: Once,
    draft: str = "",
) -> str:
    """Hand in an application and return the number of its case (申请、收件).

    answers  question → value, as the catalogue lists them; numbers as text or int
    fields   key of the dictionary → text
    papers   each needed paper once: with the id of an uploaded file of the asker's own, or to be brought
    draft    the draft that it was made from; it goes with the submission
    raises   NotFound (item, site); Refusal catalogue.closed, catalogue.too_late, catalogue.not_met, catalogue.ministry,
             case.questions, case.fields, case.papers, case.site, case.level, once.reused
    law      行政许可法 §29, §32
    """
    inputs = [item, site, dict(answers), dict(fields), [[paper.key, paper.holder, paper.file] for paper in papers]]
    try:
        ready = _examine(by, item, site, answers, fields, papers, at)
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
        _store(number, ready, by, at, key)  # the last of all: it may commit
    return number


def _examine(
    by: Resident,
    code: str,
    site_code: str,
    answers: Mapping[str, Any],
    fields: Mapping[str, str],
    papers: Sequence[Handed],
    at: datetime,
) -> _Ready:
    if by.level < 2:
        raise Refusal("case.level")
    edition, calendar, received, name, digests = _look(by, site_code, papers)
    item = catalogue.item(code, edition)
    if item.closed:
        raise Refusal("catalogue.closed", item=code)
    plan = items.outcome(item, answers)
    if plan.open:
        raise Refusal("case.questions", open=len(plan.open), fields={plan.open[0].key: "case.question"})
    items.insist(item, plan.kept, day_of(at))
    faults = items.check_fields(plan.fields, fields, day_of(at))
    if faults:
        raise Refusal("case.fields", faults=len(faults), fields=faults)
    if item.department not in received.departments:
        raise Refusal("case.site", fields={"site": "case.site"})
    rows = _papers(plan.wanted, papers, digests)
    typed = {field.key: fields[field.key] for field in plan.fields if fields.get(field.key)}
    return _Ready(
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


def _look(
    by: Resident, site: str, papers: Sequence[Handed]
) -> tuple[str, WorkCalendar, places.Reception, str, dict[str, str]]:
    """Ask with one query for the edition, the calendar, the site, the applicant's name and their uploads."""
    uploads = [paper.file for paper in papers if paper.file]
    if len(uploads) > files.MAX_ATTACHED:
        raise Refusal("file.too_many", most=files.MAX_ATTACHED)
    asked: list[sql.Question[Any]] = [
        catalogue.edition_asked(),
        calendars.calendar_asked(),
        places.reception_asked(site),
        accounts.name_asked(by.person),
    ]
    if uploads:
        asked.append(files.digests_asked(owner=by.key, ids=uploads))
    edition, calendar, received, name, *digests = sql.together(*asked)
    return edition, calendar, received, name, digests[0] if digests else {}


def _papers(
    wanted: Sequence[items.PaperNeed], handed: Sequence[Handed], digests: Mapping[str, str]
) -> tuple[Paper, ...]:
    given = {(paper.key, paper.holder): paper.file for paper in handed}
    missing = items.missing_papers(wanted, given.keys())
    if missing:
        raise Refusal("case.papers", missing=len(missing), fields={need.key: "case.paper" for need in missing})
    names = [(need.key, need.holder) for need in wanted if (need.key, need.holder) in given]
    ids = [given[name] for name in names if given[name]]
    if len(set(ids)) != len(ids) or not digests.keys() >= set(ids):  # given twice; another's, or gone
        raise Refusal("case.files", fields={"papers": "case.files"})
    return tuple(
        Paper(
            key=key,
            holder=holder,
            state="file" if given[key, holder] else "bring",
            file=given[key, holder],
            sha256=digests.get(given[key, holder], ""),
        )
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


def _store(number: str, ready: _Ready, by: Resident, at: datetime, key: Once) -> None:
    need, secret = need_of(ready.item), keys.subject_key()
    state = State(Stage.RECEIVED, at)
    dates = list_dates(state, ready.limits, need, ready.calendar, at)
    case = Case(
        number=number,
        division=ready.division,
        site=ready.site,
        office=ready.office,
        item=ready.item.code,
        edition=ready.edition,
        limits_edition=ready.edition,
        person=by.person,
        channel=by.channel,
        plate_lookup=plate_lookup(ready.form.fields),
        name=keys.seal("cases_case", "name", number, ready.name),
        form=keys.seal("cases_case", "form", number, json.dumps(_opened(ready.form), ensure_ascii=False)),
        secret=keys.seal_bytes("cases_case", "secret", number, secret),
        stage=state.stage.value,
        need=_words(need),
        limits=limits_text(ready.limits),
        received_at=at,
        version=1,
        **dates.as_columns(),
    )
    for paper in ready.papers:
        paper.division = ready.division
    entry, wakes = _entry(case, ready, by, at, dates, secret), _wakes(case, state, need, ready.calendar)
    store.insert(case, ready.papers, entry, wakes, key, [paper.file for paper in ready.papers if paper.file])


def _opened(form: Form) -> dict[str, Any]:
    return {"answers": form.answers, "fields": form.fields}


def _entry(case: Case, ready: _Ready, by: Resident, at: datetime, dates: Dates, secret: bytes) -> journal.Entry:
    facts = {
        "division": case.division,
        "site": case.site,
        "office": case.office,
        "item": case.item,
        "edition": case.edition,
        "limits_edition": case.limits_edition,
        "person": case.person,
        "need": case.need,
        "limits": case.limits,
        "papers": [[paper.key, paper.holder, paper.state, paper.sha256] for paper in ready.papers],
        "form": form_digest(secret, ready.form),
        "name": keys.digest(secret, ready.name),
        "dates": dates.as_facts(),
    }
    return journal.build(
        kind="case", subject=case.number, seq=1, previous="", act=ACT, by=by, at=at, noted_at=at, facts=facts
    )


def _wakes(case: Case, state: State, need: Need, calendar: WorkCalendar) -> list[tuple[str, str, datetime]]:
    """Return the jobs that the submission wakes: who listens, and the day on which silence becomes acceptance."""
    payload = canonical.text({"kind": "case", "subject": case.number, "seq": 1})
    woken = [(name, payload, case.received_at) for name in journal.listeners(ACT)]
    if needs_telling(state, need):
        woken.append(("cases.deem", canonical.text({"number": case.number}), accepted_by_silence_at(state, calendar)))
    return woken


__all__ = ["Handed", "need_of", "submit"]
