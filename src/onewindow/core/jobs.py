"""Jobs (后台任务): put down in the caller's transaction, done after it at least once, with one effect in the database.

A worker takes a job by lease and commits that. Then, in one transaction, it marks the job done and does it: both stand
or neither. (A job that waits for somebody else's machine is done before that transaction.) Marking first keeps the row
locked to the end, so that a slow worker is not overtaken when its lease runs out; a killed one leaves no lock, and
after the lease another takes the job. Each taking counts: what fails or kills its worker time after time is set aside
(dead letter). Why this is our own: docs/decisions/0002-jobs-are-our-own.md.
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q, QuerySet

from onewindow.core import canonical, clock, numbers, sql
from onewindow.core.errors import NotFound
from onewindow.core.models import Beat, Job

__all__ = [
    "Job",
    "beat",
    "dead_letters",
    "every",
    "handler",
    "last_beat",
    "plant",
    "put",
    "put_many",
    "revive",
    "run_forever",
    "work_once",
]

MAX_ATTEMPTS = 8
IDLE_SECONDS = 0.5
BEAT_SECONDS = 5
PLANT_SECONDS = 60
DONE_KEPT = timedelta(days=30)
BEAT_KEPT = timedelta(days=1)
# Four times as long after each failure: eight attempts reach over almost three hours.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)

Handler = Callable[[dict[str, Any], datetime], None]

_HANDLERS: dict[str, Handler] = {}
_TIMED: dict[str, Slots] = {}
_OUTSIDE: set[str] = set()
_log = structlog.get_logger("onewindow.jobs")


class Stop(Protocol):
    """What tells a worker to stop: a threading or multiprocessing Event."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float) -> object: ...


class LeaseLost(Exception):
    """Another worker has the job by now, or it is done: what this one did is rolled back."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Times at which a timed job runs: every span, counted from midnight in the office's time zone, plus an offset."""

    span: timedelta
    offset: timedelta

    def after(self, at: datetime) -> datetime:
        """Return the first slot after the instant."""
        start = datetime(2000, 1, 1, tzinfo=clock.SHANGHAI) + self.offset
        return start + ((at - start) // self.span + 1) * self.span


def handler(kind: str, *, outside: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of the kind; it gets the payload and the instant of this run.

    It runs inside a transaction that also marks the job done: what it writes is there once. What it sends outside may
    be sent again after a fault, so the other side needs the job's own key.

    outside  it waits for somebody else's machine: it runs before that transaction, so that nobody waits with it (SQLite
             has one lock for all who write), and what it writes must bear being done twice
    """

    def register(function: Handler) -> Handler:
        if outside:
            _OUTSIDE.add(kind)
        if _HANDLERS.setdefault(kind, function) is not function:
            raise RuntimeError(f"two handlers for jobs of kind {kind!r}")
        return function

    return register


def every(kind: str, *, span: timedelta, offset: timedelta = timedelta(0)) -> Callable[[Handler], Handler]:
    """Register a timed job (定时任务): one waits at a time, and done it puts itself down for its next slot.

    span    from slot to slot; slots missed while no worker ran are made up for by one run
    offset  from local midnight: span one day with offset 3 hours is 03:00 each day
    """

    def register(function: Handler) -> Handler:
        _TIMED[kind] = Slots(span, offset)
        return handler(kind)(function)

    return register


def put(*, kind: str, payload: dict[str, Any], run_at: datetime) -> None:
    """Put one job down in the caller's transaction."""
    put_many([(kind, payload)], run_at=run_at)


def put_many(jobs: Iterable[tuple[str, dict[str, Any]]], *, run_at: datetime) -> None:
    """Put several jobs, (kind, payload) each, down in the caller's transaction with one statement."""
    rows = [Job(kind=kind, payload=canonical.text(payload), run_at=run_at) for kind, payload in jobs]
    sql.add(rows)


def plant() -> None:
    """Put down every timed job of which none waits."""
    with transaction.atomic():
        numbers.take("jobs.plant")  # its row makes the workers do this one after the other
        waiting = set(_open().filter(kind__in=_TIMED).values_list("kind", flat=True))
        at = clock.now()
        for kind in sorted(_TIMED.keys() - waiting):
            put(kind=kind, payload={}, run_at=_TIMED[kind].after(at))


def work_once(*, worker: str, lease_seconds: float) -> bool:
    """Take one job that is due and do it; return whether there was one.

    worker         a name for the log
    lease_seconds  after this long without an end the job is another worker's
    """
    job = _claim(lease_seconds)
    if job is None:
        return False
    log = _log.bind(job=job.pk, kind=job.kind, attempt=job.attempts, worker=worker)
    try:
        _do(job)
    except LeaseLost:
        log.warning("job.lease_lost")
    except Exception as error:
        log.warning("job.failed", error=_named(error), place=_place(error))
        _fail(job, error)
    else:
        log.info("job.done")
    return True


def run_forever(stop: Stop, *, worker: str = "", lease_seconds: float | None = None) -> None:
    """Do jobs until told to stop; a job that was begun is ended first. A database that is away is waited for."""
    worker = worker or f"{socket.gethostname()[:36]}:{os.getpid()}"
    lease_seconds = settings.LEASE_SECONDS if lease_seconds is None else lease_seconds
    beats, plants = _Timer(BEAT_SECONDS), _Timer(PLANT_SECONDS)
    while not stop.is_set():
        with _patience(stop, worker):
            if beats.rings():
                beat(worker=worker)
            if plants.rings():
                plant()
            if not work_once(worker=worker, lease_seconds=lease_seconds):
                stop.wait(IDLE_SECONDS)
    connection.close()


def beat(*, worker: str) -> None:
    """Note that the worker is at work."""
    Beat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})


def last_beat() -> datetime | None:
    """Return when any worker was last seen at work."""
    return Beat.objects.order_by("-at").values_list("at", flat=True).first()


def drop(kind: str) -> int:
    """Throw away the jobs of one kind that nobody has begun, and return how many: of a history that was made up."""
    return Job.objects.filter(kind=kind, attempts=0, lease="").delete()[0]


def dead_letters() -> QuerySet[Job]:
    """Return the jobs that were set aside (死信), the latest first."""
    return Job.objects.filter(dead_at__isnull=False).order_by("-dead_at", "-id")


def revive(id: int) -> None:
    """Give a job that was set aside all its attempts again.

    raises  NotFound
    """
    fresh = {"attempts": 0, "dead_at": None, "run_at": clock.now(), "lease": "", "leased_until": None}
    if not dead_letters().filter(pk=id).update(**fresh):
        raise NotFound


def _open() -> QuerySet[Job]:
    return Job.objects.filter(done_at__isnull=True, dead_at__isnull=True)


def _due(at: datetime) -> QuerySet[Job]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    return _open().filter(free, run_at__lte=at).order_by("run_at", "id")


def _claim(lease_seconds: float) -> Job | None:
    """Take the first job that is due, in its own transaction; one whose attempts are used up is set aside."""
    while _due(clock.now()).exists():  # asked first, so that an idle worker locks nothing
        with transaction.atomic():
            at = clock.now()
            job = _due(at).select_for_update(skip_locked=True).first()
            if job is None:
                return None
            if job.attempts < MAX_ATTEMPTS:
                job.attempts += 1
                job.lease = str(uuid.uuid4())
                job.leased_until = at + timedelta(seconds=lease_seconds)
                job.save(update_fields=["attempts", "lease", "leased_until"])
                return job
            job.dead_at, job.error = at, job.error or "lease ran out"
            job.save(update_fields=["dead_at", "error"])
    return None


def _do(job: Job) -> None:
    function, payload = _HANDLERS.get(job.kind), json.loads(job.payload)
    if function is None:
        raise LookupError("no handler")
    if job.kind in _OUTSIDE:
        function(payload, clock.now())
    with transaction.atomic():
        at = clock.now()
        if not _open().filter(pk=job.pk, lease=job.lease).update(done_at=at, error=""):
            raise LeaseLost
        if job.kind not in _OUTSIDE:
            function(payload, at)
        if job.kind in _TIMED:
            put(kind=job.kind, payload={}, run_at=_TIMED[job.kind].after(at))


def _fail(job: Job, error: Exception) -> None:
    """Give the job back for a later attempt, or set it aside after the last one."""
    at = clock.now()
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 4 ** (job.attempts - 1))
    changes = {"lease": "", "leased_until": None, "run_at": at + pause, "error": _named(error)}
    if job.attempts >= MAX_ATTEMPTS:
        changes = {**changes, "dead_at": at}
    _open().filter(pk=job.pk, lease=job.lease).update(**changes)


def _named(error: Exception) -> str:
    """Name an error without its text, which may hold personal data."""
    code = getattr(error, "code", "")
    return f"{type(error).__name__} {code}".strip() if isinstance(code, str | int) else type(error).__name__


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""


@contextmanager
def _patience(stop: Stop, worker: str) -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        _log.error("jobs.database_away", worker=worker, error=_named(error))
        connection.close()
        stop.wait(IDLE_SECONDS * 4)


class _Timer:
    """Rings at once and then after each so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._span, self._next = seconds, 0.0

    def rings(self) -> bool:
        at = time.monotonic()
        if at < self._next:
            return False
        self._next = at + self._span
        return True


@every("jobs.sweep", span=timedelta(days=1), offset=timedelta(hours=2))
def _sweep(payload: dict[str, Any], at: datetime) -> None:
    """Forget jobs done long ago and workers long gone; dead letters stay until someone has looked."""
    Job.objects.filter(done_at__lt=at - DONE_KEPT).delete()
    Beat.objects.filter(at__lt=at - BEAT_KEPT).delete()
