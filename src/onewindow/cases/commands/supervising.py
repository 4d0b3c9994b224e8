"""Supervision's own acts (督办): none changes a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.accounts.rules import Staff
from onewindow.cases.queries.waiting import runs_house
from onewindow.core import jobs, journal, once
from onewindow.core.errors import NotFound
from onewindow.core.once import Once


@transaction.atomic
def try_again(*, id: int, by: Staff, at: datetime, key: Once) -> None:
    """Give a job that was set aside all its attempts again (死信重试); that it was done stands in the journal.

    raises  NotFound for one that is not set aside, or to one who neither supervises everywhere nor administers;
            Refusal once.reused
    """
    if not runs_house(by):
        raise NotFound("jobs")
    if once.claim(key, by, "job.try_again", {"id": id}, at=at, subject=str(id)) is not None:
        return
    job = jobs.dead_letters().filter(pk=id).first()
    if job is None:
        raise NotFound(str(id))
    jobs.revive(id)
    journal.record(
        kind="job",
        subject=str(id),
        after=len(journal.chain("job", str(id))),
        act="job.try_again",
        by=by,
        at=at,
        facts={"kind": job.kind, "attempts": job.attempts, "error": job.error},
    )
