"""What a person is told: once for each act, into their own inbox, and out to the phone once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onewindow.cases import queries as cases
from onewindow.core import jobs
from onewindow.core.models import Job
from onewindow.jobs import listeners
from onewindow.notices import commands, queries
from onewindow.notices.models import Message
from onewindow.notices.rules import TOLD, sentence
from tests.cases.given import MONDAY, go, submit
from tests.cast import Cast


class Recorder:
    """A sender that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    def send(self, phone: str, text: str, *, reference: str) -> None:
        self.sent.append((phone, text, reference))


def work() -> None:
    """Do all jobs that are due."""
    while jobs.work_once(worker="test", lease_seconds=60):
        pass
    assert not Job.objects.filter(dead_at__isnull=False).exists()


def test_each_act_has_its_sentence_in_both_languages() -> None:
    for act in TOLD:
        words = sentence(act, {"number": "14010002-20261116-00001"})
        assert "14010002-20261116-00001" in words.zh
        assert "14010002-20261116-00001" in words.en


def test_each_act_is_told_to_the_applicant_alone(house: Cast) -> None:
    number = submit(house.applicant)
    go(number, house, "accept", "check")
    work()
    told, _ = queries.inbox_for(house.applicant)
    assert [notice.words for notice in told] == [
        sentence(act, {"number": number}) for act in ("case.check", "case.accept", "case.submit")
    ]
    assert queries.inbox_for(house.second)[0] == ()
    assert queries.unread_for(house.applicant) == 3
    commands.read(by=house.applicant, at=MONDAY)
    assert queries.unread_for(house.applicant) == 0


def test_a_job_that_runs_again_tells_nothing_twice(house: Cast) -> None:
    number = submit(house.applicant)
    for _ in range(2):
        listeners.tell({"kind": "case", "subject": number, "seq": 1}, MONDAY)
    assert Message.objects.count() == 1


def test_the_copy_goes_out_once_and_never_without_a_phone(house: Cast) -> None:
    number = submit(house.applicant)
    listeners.tell({"kind": "case", "subject": number, "seq": 1}, MONDAY)
    message, out = Message.objects.get(), Recorder()
    commands.send(message=message.pk, phone="", sender=out, at=MONDAY)
    for _ in range(2):
        commands.send(message=message.pk, phone="10000000901", sender=out, at=MONDAY)
    assert [reference for _, _, reference in out.sent] == [f"{number}-1"]


def test_a_copy_that_is_late_by_a_day_stays_unsent(house: Cast) -> None:
    number = submit(house.applicant)
    listeners.tell({"kind": "case", "subject": number, "seq": 1}, MONDAY)
    out = Recorder()
    late = MONDAY + timedelta(days=1, seconds=1)
    commands.send(message=Message.objects.get().pk, phone="10000000901", sender=out, at=late)
    assert out.sent == []


def test_the_inbox_turns_its_pages(house: Cast) -> None:
    for place in range(5):
        commands.tell(person=house.applicant.person, subject=f"n{place}", seq=1, act="case.accept", at=MONDAY)
    first, after = queries.inbox_for(house.applicant, size=3)
    rest, end = queries.inbox_for(house.applicant, after=after, size=3)
    assert [notice.subject for notice in (*first, *rest)] == ["n4", "n3", "n2", "n1", "n0"]
    assert end == ""


def test_silence_is_written_down_by_the_worker(house: Cast) -> None:
    number = submit(house.applicant, at=MONDAY - timedelta(days=14))
    work()
    assert cases.case_for(house.applicant, number).stage == "accepted"


@pytest.mark.parametrize("env", ["production", "test"])
def test_only_a_demo_speaks_through_the_console(house: Cast, settings: object, env: str) -> None:
    settings.ENV = env  # type: ignore[attr-defined]  # pytest-django's settings
    assert listeners.sender() is None
