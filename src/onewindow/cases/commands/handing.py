"""From a draft to a case (草稿提交): its papers as they are put in one by one, and its handing in, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from onewindow.accounts.rules import Applicant
from onewindow.cases import queries
from onewindow.cases.commands.drafts import save
from onewindow.cases.commands.submit import Handed, submit
from onewindow.cases.models import Draft
from onewindow.cases.queries.handed import ACT, claim_key
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import files, once
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal, expect
from onewindow.core.once import Once

BRING = "bring"


class Upload(Protocol):
    """A file as it came with a form: its name, its size, and its bytes once they are asked for."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def read(self) -> bytes: ...


def put_papers(
    *,
    by: Applicant,
    number: str,
    at: datetime,
    version: int,
    uploads: Mapping[str, Upload],
    brought: Collection[str],
    removed: Collection[str],
) -> tuple[Draft, dict[str, Refusal]]:
    """Put papers into a draft, and say of each file that could not be taken why; the others are kept (上传材料).

    uploads  name of the paper ("key" or "key:holder") → file
    brought  papers that the person brings to the counter; those uploaded count as uploaded
    removed  papers whose upload is taken out again
    raises   NotFound; Refusal draft.stale
    """
    draft = queries.draft_for(by, number)
    expect(draft.version, version, "draft.stale")
    held = {name: file for name, file in queries.form_of(draft).papers.items() if file != BRING}
    taken, faults = _take(by, uploads, at)
    still = {name: file for name, file in held.items() if name not in removed}
    papers = {name: "" for name in queries.form_of(draft).papers}
    papers = {**papers, **dict.fromkeys(brought, BRING), **still, **taken}
    draft = save(by=by, number=number, at=at, version=version, papers=papers)
    for name, file in held.items():
        if papers.get(name) != file:
            _drop(by, file)
    return draft, faults


def _take(by: Applicant, uploads: Mapping[str, Upload], at: datetime) -> tuple[dict[str, str], dict[str, Refusal]]:
    taken: dict[str, str] = {}
    faults: dict[str, Refusal] = {}
    for name, upload in uploads.items():
        try:
            if (upload.size or 0) > files.MAX_BYTES:
                raise Refusal("file.too_large", most=files.MAX_BYTES)
            taken[name] = files.receive(owner=by.key, name=upload.name or "", data=upload.read(), at=at)
        except Refusal as refusal:
            faults[name] = refusal
    return taken, faults


def _drop(by: Applicant, file: str) -> None:
    """Throw away a file that the draft no longer names; one that a day has swept away is gone already."""
    try:
        files.drop(file, by.key)
    except NotFound:
        return


@transaction.atomic
def hand_in(
    *, by: Applicant, number: str, at: datetime, version: int, key: Once, fields: Mapping[str, str] | None = None
) -> str:
    """Hand a draft in and return the number of its case; a draft is handed in once, whoever asks again (提交).

    A second sending - a double click, another tab, after an answer that was lost - meets the same case.

    version  as the applicant read it before confirming
    fields   the statements that are confirmed with the handing in
    raises   NotFound; Refusal draft.stale and those of submit
    """
    done = once.claim(Once(claim_key(number)), by, ACT, [number], at=at)
    if done is not None:
        return done
    draft = queries.draft_for(by, number, lock=True)
    expect(draft.version, version, "draft.stale")
    form = queries.form_of(draft)
    typed, papers = {**form.fields, **(fields or {})}, [_handed(name, file) for name, file in form.papers.items()]
    _expect_whole(draft, form.answers, typed, papers, at)
    case = submit(
        by=by,
        item=draft.item,
        site=draft.site,
        answers=form.answers,
        fields=typed,
        papers=papers,
        at=at,
        key=key,
        draft=number,
        by_phone=draft.by_phone,
    )
    once.settle(Once(claim_key(number)), by, ACT, case)
    return case


def _expect_whole(
    draft: Draft, answers: Mapping[str, Any], typed: Mapping[str, str], papers: Sequence[Handed], at: datetime
) -> None:
    """Refuse a draft that is not whole, with everything that is missing at once; `submit` stops at the first kind."""
    item = catalogue.item(draft.item)
    if item.closed:
        raise Refusal("catalogue.closed", item=draft.item)
    if open_questions := items.next_questions(item, answers):
        raise Refusal("case.questions", open=len(open_questions), fields={open_questions[0].key: "case.question"})
    given = {(paper.key, paper.holder) for paper in papers}
    missing = items.missing_papers(items.wanted_papers(item, answers), given)
    faults = {
        **items.check_values(item, answers, typed, day_of(at)),
        **({} if draft.site else {"site": "case.site.missing"}),
        **{need.key: "case.paper" for need in missing},
    }
    if faults:
        raise Refusal("case.fields", faults=len(faults), fields=faults)


def _handed(name: str, file: str) -> Handed:
    key, _, holder = name.partition(":")
    return Handed(key, holder, "" if file == BRING else file)
