"""A demo province made by the real commands: every stage, some late, chains and rows that hold."""

from __future__ import annotations

import argparse
from datetime import datetime

import pytest

from onewindow.accounts.rules import System
from onewindow.calendars import commands as calendars
from onewindow.cases import queries
from onewindow.cases.models import Case
from onewindow.catalogue import commands as catalogue
from onewindow.core import installation, journal
from onewindow.core.clock import SHANGHAI
from onewindow.core.models import Claim, Counter, Job
from onewindow.jobs import demo_command, journal_command, places_command, token_command
from onewindow.payments.models import ChargeRow, PostingRow, TillRow

AT = datetime(2026, 11, 24, 16, 0, tzinfo=SHANGHAI)
CASES = 150


@pytest.fixture
def province(db: None) -> None:
    installation.forget()
    house = System("tests")
    installation.found(demo=True, at=AT)
    calendars.load(by=house, at=AT)
    places_command.load(by=house, at=AT)
    catalogue.load(by=house, at=AT)
    demo_command.fill(cases=CASES, at=AT, say=lambda line: None)


@pytest.mark.long
class TestProvince:
    def test_it_holds(self, province: None, capsys: pytest.CaptureFixture[str]) -> None:
        assert queries.count() == CASES
        assert list(journal.verify()) == []
        assert [number for number, found in queries.replay() if found] == []
        assert [number for number, stored, counted in queries.recounted(at=AT) if stored != counted] == []
        assert journal_command.run(argparse.Namespace(act="verify", root=None)) == 0
        assert journal_command.run(argparse.Namespace(act="replay")) == 0
        assert journal_command.run(argparse.Namespace(act="dates")) == 0
        assert f"{CASES} cases replayed, 0 differences" in capsys.readouterr().out

    def test_there_is_something_of_everything(self, province: None) -> None:
        stages = set(Case.objects.values_list("stage", flat=True))
        assert {"received", "accepted", "review", "decided", "concluded", "withdrawn"} <= stages
        assert Case.objects.filter(ended_at__isnull=True, due_on__lt=AT.date()).exists()
        assert set(Case.objects.values_list("outcome", flat=True)) == {"", "approved", "refused"}
        decided = {office.partition("-")[2] for (office,) in Case.objects.exclude(outcome="").values_list("office")}
        assert {"household", "vehicles", "traffic"} <= decided
        assert journal.Entry.objects.filter(kind="case", act="case.explain").exists()

    def test_the_same_seed_makes_the_same_cases_and_a_second_run_adds_none(self, province: None) -> None:
        before = list(Case.objects.order_by("number").values_list("number", "item", "stage", "due_on"))
        demo_command.fill(cases=CASES, at=AT, say=lambda line: None)
        assert list(Case.objects.order_by("number").values_list("number", "item", "stage", "due_on")) == before
        Case.objects.all().delete()
        Job.objects.all().delete()
        for rows in (ChargeRow, PostingRow, TillRow):
            rows.objects.all().delete()
        journal.Entry.objects.filter(kind__in=["case", "charge", "till"]).delete()
        Claim.objects.all().delete()
        Counter.objects.all().delete()
        demo_command.fill(cases=CASES, at=AT, say=lambda line: None)
        assert list(Case.objects.order_by("number").values_list("number", "item", "stage", "due_on")) == before

    def test_a_token_is_issued_for_a_persona(self, province: None, capsys: pytest.CaptureFixture[str]) -> None:
        asked = argparse.Namespace(
            act="issue", staff=None, id_number=None, persona="applicant", scope=None, days=1, label="t"
        )
        assert token_command.run(asked) == 0
        assert capsys.readouterr().out.startswith("ow_")


def test_a_real_database_is_never_filled(db: None) -> None:
    installation.forget()
    installation.found(demo=False, at=AT)
    assert demo_command.run(argparse.Namespace(cases=1, seed=1)) == 2
    installation.forget()
