"""Before acceptance (受理前): one correction notice, its answer, mending on the spot, declining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onewindow.accounts.rules import Applicant, Staff
from onewindow.cases import queries
from onewindow.cases.commands.remarks import remark_of
from onewindow.cases.commands.revising import Handed, Revision
from onewindow.cases.commands.step import Loaded, Step, carry_out
from onewindow.cases.models import Case
from onewindow.cases.rules import Act, Fault, Stage, accepted_by_silence_at, check_answer, check_notice, needs_telling
from onewindow.cases.rules.clocks import lapses_at
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import canonical, jobs
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.once import Once
from onewindow.places import queries as places

LONGEST = timedelta(days=366)
NOTE_LENGTH = 300
GROUNDS = ("not_needed", "not_ours")


@transaction.atomic
def send_back(
    *,
    number: str,
    by: Staff,
    at: datetime,
    version: int,
    key: Once,
    faults: Sequence[Fault],
    until_on: date,
    notes: Mapping[str, str] | None = None,
    remark: str = "",
) -> Case:
    """Tell the applicant once everything that is to be mended, and by when (一次性补正告知).

    faults    each named once; a further notice may only name again what was handed in badly
    until_on  the person's own day; where nobody works on it, the next working day (民法典 §203)
    notes     name of a fault → what is wrong with it, at most 300 characters each
    raises    NotFound; Refusal case.move, case.stale, case.faults.*, case.until, case.remark.*
    law       行政许可法 §32(四); 优化营商环境条例 §36
    """
    told, words = sorted(set(faults)), {name: text.strip() for name, text in (notes or {}).items() if text.strip()}
    if any(len(text) > NOTE_LENGTH for text in words.values()):
        raise Refusal("case.remark.long", most=NOTE_LENGTH)
    if not words.keys() <= {fault.name for fault in told}:
        raise Refusal("case.faults.none", fields={"faults": "case.faults.none"})

    def judge(found: Loaded) -> dict[str, Any]:
        plan = items.outcome(catalogue.item(found.case.item, found.case.edition), queries.form_of(found.case).answers)
        check_notice(
            told,
            found.state.named,
            {field.key for field in plan.fields},
            {(need.key, need.holder) for need in plan.wanted},
        )
        if not day_of(at) < until_on <= day_of(at) + LONGEST:
            raise Refusal("case.until", fields={"until_on": "case.until"})
        closes_on = until_on
        while not found.calendar.counts(closes_on):
            closes_on += timedelta(days=1)
        return {"closes_on": closes_on.isoformat()}

    step = Step(
        number,
        Act.SEND_BACK,
        by,
        at,
        version,
        key,
        facts={"faults": [fault.row for fault in told], "asked_on": until_on.isoformat()},
        remark=canonical.text({"text": remark_of(remark), "notes": words}),
        judge=judge,
    )
    case = carry_out(step)
    _wake(case, at)
    return case


@transaction.atomic
def supplement(
    *,
    number: str,
    by: Applicant | Staff,
    at: datetime,
    version: int,
    key: Once,
    fields: Mapping[str, str],
    papers: Sequence[Handed],
    remark: str = "",
) -> Case:
    """Hand in what the correction notice named, all of it and nothing else (补正).

    From the day of this hand-in the office has five working days again, and its clocks will count from it.

    by      the applicant's side, or a clerk for a person who stands at the counter
    fields  key → text; "" empties one that need not be filled in
    raises  NotFound; Refusal case.move, case.stale, case.supplement.*, case.fields, case.files
    law     行政许可法 §32(四)、(五)
    """

    def judge(found: Loaded) -> dict[str, Any]:
        check_answer(found.state.open_faults, fields.keys(), [(paper.key, paper.holder) for paper in papers])
        _check_fields(found.case, fields, day_of(at))
        return {}

    step = Step(
        number,
        Act.SUPPLEMENT,
        by,
        at,
        version,
        key,
        remark=remark_of(remark),
        revision=Revision(fields, papers),
        judge=judge,
    )
    case = carry_out(step)
    _wake(case, at)
    return case


@transaction.atomic
def mend(
    *, number: str, by: Staff, at: datetime, version: int, key: Once, fields: Mapping[str, str], remark: str
) -> Case:
    """Put right on the spot what can be put right there, with the applicant present (当场更正).

    fields  key → text; "" empties one that need not be filled in
    remark  what the applicant agreed to
    raises  NotFound; Refusal case.move, case.stale, case.fields, case.remark.*
    law     行政许可法 §32(三)
    """
    if not fields:
        raise Refusal("case.mend.none")

    def judge(found: Loaded) -> dict[str, Any]:
        _check_fields(found.case, fields, day_of(at))
        return {"mended": sorted(fields)}

    return carry_out(
        Step(
            number,
            Act.MEND,
            by,
            at,
            version,
            key,
            remark=remark_of(remark, needed=True),
            revision=Revision(fields),
            judge=judge,
        )
    )


@transaction.atomic
def decline(
    *, number: str, by: Staff, at: datetime, version: int, key: Once, ground: str, office: str = "", remark: str
) -> Case:
    """Decline an application that needs no permission, or is another office's, which is named (不予受理).

    ground  not_needed or not_ours
    office  code of the right office; needed for not_ours
    raises  NotFound; Refusal case.move, case.stale, case.ground, case.office, case.remark.*
    law     行政许可法 §32(一)、(二)
    """
    if ground not in GROUNDS:
        raise Refusal("case.ground", fields={"ground": "case.ground"})
    facts = {"ground": ground}
    if ground == "not_ours":
        if not office or office == queries.case_for(by, number).office or not places.is_office(office):
            raise Refusal("case.office", fields={"office": "case.office"})
        facts = {**facts, "right_office": office}
    remark = remark_of(remark, needed=True)
    return carry_out(Step(number, Act.DECLINE, by, at, version, key, facts=facts, remark=remark))


def _check_fields(case: Case, fields: Mapping[str, str], today: date) -> None:
    """Refuse values that the item's form would refuse, or fields that it does not have."""
    if not fields:
        return
    form = queries.form_of(case)
    item = catalogue.item(case.item, case.edition)
    plan = items.outcome(item, form.answers)
    asked = {field.key for field in plan.fields}
    if not fields.keys() <= asked:
        raise Refusal("case.supplement.other", name=f"field:{min(fields.keys() - asked)}")
    faults = items.check_fields(plan.fields, {**form.fields, **fields}, today)
    own = {name: fault for name, fault in faults.items() if name in fields}
    if own:
        raise Refusal("case.fields", faults=len(own), fields=own)


def _wake(case: Case, at: datetime) -> None:
    """Put the job that writes down what law alone brings about if nobody acts: a lapse, or acceptance by silence."""
    state = queries.state_of(queries.entries(case.number))
    when = lapses_at(state)
    if state.stage is Stage.RECEIVED and needs_telling(state, queries.need_of(case)):
        when = accepted_by_silence_at(state, queries.calendar())
    if when is not None:
        jobs.put(kind="cases.deem", payload={"number": case.number}, run_at=when)
