"""Who listens to which act of the journal, and the jobs that they wake: the one list of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import System
from onewindow.cases import commands as cases
from onewindow.cases import queries as case_queries
from onewindow.cases.rules import LIFE, Act
from onewindow.core import clock, files, installation, jobs, journal, roots
from onewindow.notices import commands as notices
from onewindow.notices.gateways import ConsoleSender, HttpSender, Sender
from onewindow.notices.rules import TOLD

WORKER = System("worker")
WRITTEN = sorted({act for (_, act), cell in LIFE.items() if cell.letter} | {Act.WITHDRAW, Act.LAPSE})
"""The acts whose letter follows by job. A receipt of papers is made when somebody asks for it: the page is one."""


def register() -> None:
    """Fill the registry: called once when a process starts."""
    for act in TOLD:
        journal.listen(act, "notices.tell")
    for act in WRITTEN:
        journal.listen(f"case.{act}", "cases.letter")
    journal.listen("charge.take", "cases.fee_receipt")
    journal.listen("calendar.publish", "cases.redate")


@jobs.handler("notices.tell")
def tell(payload: dict[str, Any], at: datetime) -> None:
    """Tell the applicant what was done to the case."""
    case = case_queries.case_for(WORKER, payload["subject"])
    entry = next(entry for entry in case_queries.entries(case.number) if entry.seq == payload["seq"])
    notices.tell(person=case.person, subject=case.number, seq=entry.seq, act=entry.act, at=entry.noted_at)


@jobs.handler("cases.letter", outside=True)
def letter(payload: dict[str, Any], at: datetime) -> None:
    """Issue the letter that an act calls for; an act that calls for none at its stage has none."""
    number, seq = payload["subject"], payload["seq"]
    if any(each.seq == seq for each in case_queries.letters_for(WORKER, number)):
        cases.issue_letter(number=number, seq=seq, by=WORKER, at=at)


@jobs.handler("cases.fee_receipt")
def fee_receipt(payload: dict[str, Any], at: datetime) -> None:
    """Issue the receipt of a fee that was taken."""
    cases.issue_fee_receipt(number=payload["subject"], seq=payload["seq"], by=WORKER, at=at)


@jobs.handler("notices.send", outside=True)
def send(payload: dict[str, Any], at: datetime) -> None:
    """Send the message's copy to the phone, where a sender is set."""
    way = sender()
    if way is None:
        return
    person = notices.addressee(message=payload["message"])
    if person is not None:
        notices.send(message=payload["message"], phone=accounts.phone_of(person), sender=way, at=at)


@jobs.handler("accounts.code", outside=True)
def code(payload: dict[str, Any], at: datetime) -> None:
    """Send a sign-in code to the phone that it was asked for; where no sender is set nobody is offered one."""
    way = sender()
    if way is not None:
        people.send_code(code=payload["code"], sender=way, at=at)


def sender() -> Sender | None:
    """Return the sender of this installation: the console in a demo, elsewhere the gateway that the settings name."""
    if installation.is_demo():  # its people belong to nobody: no text ever leaves it
        return ConsoleSender() if settings.ENV == "demo" else None
    return HttpSender(settings.SMS_URL, settings.SMS_TOKEN) if settings.SMS_URL else None


@jobs.handler("cases.deem")
def deem(payload: dict[str, Any], at: datetime) -> None:
    """Write down what has come about by law alone: acceptance by silence, a lapse."""
    cases.settle_by_law(number=payload["number"], by=WORKER, at=at)


@jobs.handler("cases.redate")
def redate(payload: dict[str, Any], at: datetime) -> None:
    """Count the dates of all open cases again, a batch a job, for a notice has changed the calendar."""
    after = cases.redate(after=payload.get("after", 0), by=WORKER, at=at)
    if after:
        jobs.put(kind="cases.redate", payload={"after": after}, run_at=at)


@jobs.every("journal.root", span=timedelta(days=1), offset=timedelta(minutes=30))
def root(payload: dict[str, Any], at: datetime) -> None:
    """Sign each night what stood in the journal at midnight, and keep it outside the database."""
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    roots.make(before=midnight, folder=settings.ROOTS_DIR)


@jobs.every("files.sweep", span=timedelta(hours=1))
def sweep(payload: dict[str, Any], at: datetime) -> None:
    """Throw away uploads that no application took within a day."""
    files.sweep(at)


@jobs.every("accounts.forget", span=timedelta(hours=1), offset=timedelta(minutes=20))
def forget(payload: dict[str, Any], at: datetime) -> None:
    """Throw away sign-in codes and counts of failures that count no more."""
    people.forget_codes(at=at)
