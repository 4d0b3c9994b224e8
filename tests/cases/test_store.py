"""The hot write in plain SQL: the rows that the ORM would write, on either database, in a fixed number of queries."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Limit, Unit
from onewindow.cases import commands, queries
from onewindow.cases.commands import Handed, store
from onewindow.cases.models import Case, Draft, Paper
from onewindow.cases.rules import Need, Stage, State, list_dates
from onewindow.cases.rules.clocks import TELL, first_dates
from onewindow.core.errors import Refusal
from onewindow.core.journal import Entry
from onewindow.core.models import Claim, Counter, Job, StoredFile
from tests.cases.given import HOUR, MONDAY, application, go, key, settle, submit
from tests.cast import LANES, Cast

pytestmark = pytest.mark.django_db
TABLES = (Case, Paper, Entry, Job, Claim, Counter, StoredFile)
MOST = 12  # statements of a submission and of an act, begin and commit counted


def upload(owner: str) -> str:
    file = secrets.token_hex(16)
    digest = hashlib.sha256(file.encode()).hexdigest()
    StoredFile.objects.create(id=file, owner=owner, kind="image/png", name=b"x", size=1, sha256=digest, at=MONDAY)
    return file


def with_uploads(cast: Cast, **changes: Any) -> dict[str, Any]:
    """An application with files for its first two papers."""
    whole = application(cast.applicant, **changes)
    files = [upload(cast.applicant.key) for _ in whole["papers"][:2]]
    papers = [Handed(paper.key, paper.holder, file) for paper, file in zip(whole["papers"], files, strict=False)]
    return {**whole, "papers": [*papers, *whole["papers"][2:]]}


def rows() -> dict[type[Model], list[dict[str, Any]]]:
    """Every row of the tables that a submission writes, bytes as bytes."""
    return {model: [_plain(row) for row in model._default_manager.order_by("pk").values()] for model in TABLES}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}


def by_orm(case: Any, papers: Any, entry: Entry, wakes: Any, asker: str, once: Any, files: Any) -> None:
    """What `store.insert` does, said in the ORM."""
    made = Case.objects.create(**case)
    for paper in papers:
        Paper.objects.create(case=made, division=made.division, **paper._asdict())
    entry.save(force_insert=True)
    for kind, payload, run_at in wakes:
        Job.objects.create(kind=kind, payload=payload, run_at=run_at)
    Claim.objects.filter(asker=asker, act=entry.act, key=once.key).update(subject=made.number)
    StoredFile.objects.filter(pk__in=files).update(subject=made.number)


@contextmanager
def steady(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing be drawn by lot, so that two submissions can be compared byte by byte."""
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_bytes", lambda size: bytes(range(size)))
        yield


def written(monkeypatch: pytest.MonkeyPatch, whole: dict[str, Any], insert: Any = None) -> dict[Any, Any]:
    """The rows after a submission that is then undone."""
    from django.db import transaction

    with steady(monkeypatch), monkeypatch.context() as patch, transaction.atomic():
        if insert:
            patch.setattr(store, "insert", insert)
        commands.submit(**whole)
        found = rows()
        transaction.set_rollback(True)
    return found


def without_ids(found: dict[Any, list[dict[str, Any]]]) -> dict[Any, list[dict[str, Any]]]:
    """Sequences do not roll back, so ids differ; which case a paper belongs to is told by the case's number."""
    numbers = {row["id"]: row["number"] for row in found[Case]}
    cleaned = {
        model: [{name: value for name, value in row.items() if name not in ("id", "case_id")} for row in lines]
        for model, lines in found.items()
    }
    papers = [{**row, "of": numbers[line["case_id"]]} for row, line in zip(cleaned[Paper], found[Paper], strict=True)]
    return {**cleaned, Paper: papers, StoredFile: found[StoredFile]}


def test_it_writes_what_the_orm_would(house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = with_uploads(house)
    ours, theirs = written(monkeypatch, whole), written(monkeypatch, whole, by_orm)
    assert without_ids(ours) == without_ids(theirs)
    assert [len(ours[model]) for model in (Case, Claim, StoredFile)] == [1, 1, 2]
    assert len(ours[Paper]) == len(whole["papers"])
    assert {row["subject"] for row in ours[StoredFile]} == {ours[Case][0]["number"]} == {ours[Claim][0]["subject"]}


def test_an_application_without_files_or_with_one_paper_fewer_is_written_too(
    house: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = application(house.applicant)
    assert without_ids(written(monkeypatch, whole)) == without_ids(written(monkeypatch, whole, by_orm))


def test_a_repeat_is_answered_though_its_files_are_given_away(house: Cast) -> None:
    whole = with_uploads(house)
    number = commands.submit(**whole)
    assert commands.submit(**whole) == number
    before = rows()
    with pytest.raises(Refusal) as caught:
        commands.submit(**{**whole, "site": "14010001"})
    assert caught.value.code == "once.reused"
    with pytest.raises(Refusal) as caught:
        commands.submit(**{**whole, "key": key()})
    assert caught.value.code == "case.files"
    assert rows() == before


def test_a_file_that_another_application_takes_meanwhile_refuses_and_leaves_no_trace(
    house: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = with_uploads(house)
    module = import_module("onewindow.cases.commands.submit")
    examine = module.examine

    def slow(*args: Any) -> Any:
        ready = examine(*args)
        StoredFile.objects.filter(pk=whole["papers"][1].file).update(subject="14010001-20241118-00009")
        return ready

    monkeypatch.setattr(module, "examine", slow)
    with pytest.raises(Refusal) as caught:
        commands.submit(**whole)
    assert caught.value.code == "case.files"
    assert not Case.objects.exists()
    assert not Claim.objects.exists()
    assert not Counter.objects.filter(name__startswith="case:").exists()


def test_a_submission_takes_a_fixed_number_of_queries(house: Cast) -> None:
    commands.submit(**with_uploads(house))  # fills the caches of calendar and catalogue
    whole = with_uploads(house)
    with CaptureQueriesContext(connection) as captured:
        commands.submit(**whole)
    told = [query["sql"].split()[0] for query in captured.captured_queries]
    # A test's own transaction makes of begin and commit a savepoint and its release.
    assert len(told) == {"postgresql": 11, "sqlite": 15}[connection.vendor], told


def test_each_act_takes_at_most_twelve_queries(house: Cast) -> None:
    number = submit(house.applicant)
    for place, act in enumerate(("accept", "check", "review", "approve", "make", "deliver", "conclude")):
        if act == "make":
            settle(number, house.clerk, MONDAY + HOUR * place)
        with CaptureQueriesContext(connection) as captured:
            go(number, house, act, start=MONDAY + HOUR * place)
        own = 2 if act in ("make", "deliver") else 1  # `go` itself looks at the case first, and at its fee
        assert len(captured) - own <= MOST, (act, [query["sql"][:80] for query in captured.captured_queries])
    assert queries.case_for(house.clerk, number).stage == "concluded"


def test_a_draft_goes_with_its_submission(house: Cast) -> None:
    whole = application(house.applicant)
    draft = commands.begin(by=house.applicant, item=whole["item"], answers=whole["answers"], at=MONDAY)
    commands.submit(**whole, draft=draft.number)
    assert not Draft.objects.exists()
    assert Case.objects.get().site == LANES


@pytest.mark.parametrize("limits", [(), (replace(TELL, number=Fraction(3)),), (replace(TELL, unit=Unit.HOUR),)])
@pytest.mark.parametrize("licence", [True, False])
def test_the_first_dates_are_those_of_the_day(house: Cast, limits: tuple[Limit, ...], licence: bool) -> None:
    calendar, need = calendars.work_calendar(), Need(licence=licence)
    for hours in (0, 7, 30, 24 * 5, 24 * 12 + 15):
        at = MONDAY + HOUR * hours
        state = State(Stage.RECEIVED, at)
        assert first_dates(limits, need, calendar, at) == list_dates(state, limits, need, calendar, at)
