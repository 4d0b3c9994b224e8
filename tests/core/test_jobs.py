import json
import os
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import strategies as st

from onewindow.core import jobs, numbers
from onewindow.core.clock import SHANGHAI, now
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.models import Beat, Counter, Job

CHILD = Path(__file__).with_name("child.py")
DATABASE_KEYS = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@pytest.fixture(autouse=True)
def no_other_handlers(monkeypatch):
    monkeypatch.setattr(jobs, "_HANDLERS", {})
    monkeypatch.setattr(jobs, "_TIMED", {})
    monkeypatch.setattr(jobs, "_OUTSIDE", set())


def put(kind="test.job", payload=None, run_at=None):
    jobs.put(kind=kind, payload=payload or {}, run_at=run_at or now())


def work(lease_seconds=60):
    return jobs.work_once(worker="test", lease_seconds=lease_seconds)


def make_due():
    Job.objects.filter(done_at=None, dead_at=None).update(run_at=now(), leased_until=None)


def taken(name="effect"):
    return Counter.objects.filter(name=name).values_list("last", flat=True).first() or 0


@pytest.mark.django_db
def test_a_job_is_done_once_with_its_payload():
    seen = []
    jobs.handler("test.job")(lambda payload, at: seen.append((payload, at)))
    at = now()
    put(payload={"subject": "14010001", "seq": 3})
    assert work()
    assert not work()
    [(payload, ran_at)] = seen
    assert payload == {"subject": "14010001", "seq": 3}
    assert at <= ran_at <= now()
    job = Job.objects.get()
    assert (job.done_at, job.attempts, job.error) == (ran_at, 1, "")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_waits_for_another_machine_holds_no_transaction_and_fails_as_others_do():
    seen = []

    def outside(payload, at):
        seen.append(connection.in_atomic_block)
        if len(seen) == 1:
            raise ValueError

    jobs.handler("test.job", outside=True)(outside)
    put()
    assert work()
    assert (Job.objects.get().done_at, Job.objects.get().error) == (None, "ValueError")
    make_due()
    assert work()
    assert seen == [False, False]
    assert Job.objects.get().done_at


@pytest.mark.django_db
def test_a_job_waits_for_its_time_and_earlier_ones_go_first():
    seen = []
    jobs.handler("test.job")(lambda payload, at: seen.append(payload["n"]))
    put(payload={"n": "tomorrow"}, run_at=now() + timedelta(days=1))
    put(payload={"n": 2}, run_at=now() - timedelta(minutes=1))
    put(payload={"n": 1}, run_at=now() - timedelta(minutes=2))
    while work():
        pass
    assert seen == [1, 2]


@pytest.mark.django_db
def test_a_failed_job_leaves_no_effect_and_no_personal_data_and_comes_back_later():
    def fail(payload, at):
        numbers.take("effect")
        raise ValueError("李强 13800000000")

    jobs.handler("test.job")(fail)
    put()
    at = now()
    assert work()
    job = Job.objects.get()
    assert (job.done_at, job.dead_at, job.attempts, job.error, job.lease) == (None, None, 1, "ValueError", "")
    assert timedelta(seconds=4) < job.run_at - at < timedelta(seconds=9)
    assert taken() == 0
    assert not work()


@pytest.mark.django_db
def test_pauses_grow_to_an_hour_and_the_eighth_failure_sets_the_job_aside():
    def refuse(payload, at):
        raise Refusal("notice.gateway", host="sms")

    jobs.handler("test.job")(refuse)
    put()
    pauses = []
    while not jobs.dead_letters().exists():
        make_due()
        assert work()
        pauses.append(round((Job.objects.get().run_at - now()).total_seconds(), -1))
    assert pauses == [0, 20, 80, 320, 1280, 3600, 3600, 3600]
    [dead] = jobs.dead_letters()
    assert (dead.attempts, dead.error) == (8, "Refusal notice.gateway")
    assert not work()


@pytest.mark.django_db
def test_a_dead_letter_is_revived():
    put()
    Job.objects.update(attempts=8, dead_at=now(), error="ValueError")
    jobs.handler("test.job")(lambda payload, at: None)
    [dead] = jobs.dead_letters()
    jobs.revive(dead.pk)
    assert work()
    assert Job.objects.get().done_at
    with pytest.raises(NotFound):
        jobs.revive(dead.pk)


@pytest.mark.django_db
def test_a_job_that_nobody_can_do_is_kept():
    put(kind="test.unknown")
    assert work()
    job = Job.objects.get()
    assert (job.done_at, job.error) == (None, "LookupError")


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_again_and_its_first_holder_changes_nothing():
    jobs.handler("test.job")(lambda payload, at: numbers.take("effect"))
    put()
    first = jobs._claim(lease_seconds=0)
    assert work()
    with pytest.raises(jobs.LeaseLost):
        jobs._do(first)
    jobs._fail(first, ValueError())
    assert taken() == 1
    job = Job.objects.get()
    assert (job.attempts, job.error) == (2, "")
    assert job.done_at


@pytest.mark.django_db
def test_a_lease_in_force_is_left_alone():
    put()
    assert jobs._claim(lease_seconds=60)
    assert not work()


@pytest.mark.django_db
def test_a_job_that_kills_each_of_its_workers_ends_dead():
    put()
    for attempt in range(1, 9):
        assert jobs._claim(lease_seconds=0).attempts == attempt
    assert not work()
    [dead] = jobs.dead_letters()
    assert dead.error == "lease ran out"


@pytest.mark.django_db
def test_a_timed_job_waits_once_and_puts_itself_down_again():
    seen = []
    jobs.every("test.daily", span=timedelta(days=1), offset=timedelta(hours=3))(lambda payload, at: seen.append(at))
    jobs.plant()
    jobs.plant()
    waiting = Job.objects.get()
    assert waiting.run_at > now()
    assert waiting.run_at.astimezone(SHANGHAI).strftime("%H:%M") == "03:00"
    make_due()
    assert work()
    assert len(seen) == 1
    again = Job.objects.get(done_at=None)
    assert again.run_at == waiting.run_at
    jobs.plant()
    assert Job.objects.filter(done_at=None).count() == 1


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=40000)))
def test_the_next_slot_is_after_now_and_no_further_than_the_span(span, since):
    at = datetime(2000, 2, 1, tzinfo=SHANGHAI) + since
    slot = jobs.Slots(span, timedelta(0)).after(at)
    assert at < slot <= at + span
    assert jobs.Slots(span, timedelta(0)).after(slot) == slot + span


def test_a_kind_has_one_handler():
    jobs.handler("test.job")(lambda payload, at: None)
    with pytest.raises(RuntimeError):
        jobs.handler("test.job")(lambda payload, at: None)


class WhenIdle:
    """Stops a worker once nothing waits."""

    stopped = False

    def is_set(self):
        return self.stopped

    def wait(self, timeout):
        make_due()
        self.stopped = not Job.objects.filter(done_at=None, dead_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_beats_works_and_stops():
    jobs.handler("test.job")(lambda payload, at: numbers.take("effect"))
    put()
    at = now()
    jobs.run_forever(WhenIdle(), worker="test", lease_seconds=60)
    assert taken() == 1
    assert Beat.objects.get().worker == "test"
    assert at <= jobs.last_beat() <= now()


@pytest.mark.django_db(transaction=True)
def test_a_worker_outlasts_a_broken_connection():
    attempts = []

    def break_down(payload, at):
        attempts.append(at)
        numbers.take("effect")
        if len(attempts) > 1:
            return
        if connection.vendor == "postgresql":
            connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise OperationalError("disk I/O error")

    jobs.handler("test.job")(break_down)
    put()
    jobs.run_forever(WhenIdle(), worker="test", lease_seconds=60)
    assert len(attempts) == 2
    assert taken() == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_each_job_once():
    done, lock = [], threading.Lock()

    def effect(payload, at):
        numbers.take("effect")
        with lock:
            done.append(payload["n"])

    def run():
        while work():
            pass
        connection.close()

    jobs.handler("test.job")(effect)
    jobs.put_many([("test.job", {"n": n}) for n in range(40)], run_at=now())
    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == list(range(40))
    assert taken() == 40
    assert not Job.objects.exclude(attempts=1).exists()


@pytest.mark.django_db(transaction=True)
def test_a_slow_worker_is_not_overtaken_when_its_lease_runs_out():
    begun, go_on, runs = threading.Event(), threading.Event(), []

    def slow(payload, at):
        runs.append(at)
        begun.set()
        go_on.wait(20)

    def run():
        work(lease_seconds=0)
        connection.close()

    jobs.handler("test.job")(slow)
    put()
    first, second = threading.Thread(target=run), threading.Thread(target=run)
    first.start()
    assert begun.wait(20)
    second.start()
    second.join(0.3)  # on PostgreSQL it finds nothing, on SQLite it waits
    go_on.set()
    first.join(20)
    second.join(20)
    assert len(runs) == 1
    assert Job.objects.get().done_at


def start(how, folder):
    database = {key: connection.settings_dict[key] for key in DATABASE_KEYS}
    environment = {**os.environ, "ONEWINDOW_LEASE_SECONDS": "1"}
    return subprocess.Popen([sys.executable, CHILD, json.dumps(database), folder, how], env=environment)


def wait_until(holds):
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it did not happen within 30 s"
        time.sleep(0.05)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_job_leaves_it_to_another(tmp_path):
    put(kind="child.effect")
    killed = start("block", tmp_path)
    try:
        wait_until(lambda: list(tmp_path.glob("block.*")))
    finally:
        killed.kill()
        killed.wait()
    job = Job.objects.get(kind="child.effect")
    assert (job.done_at, job.attempts, taken("child.effect")) == (None, 1, 0)
    other = start("do", tmp_path)
    try:
        wait_until(lambda: Job.objects.filter(kind="child.effect", done_at__isnull=False).exists())
    finally:
        other.terminate()
    assert other.wait(20) == 0
    job.refresh_from_db()
    assert (job.attempts, taken("child.effect"), len(list(tmp_path.glob("do.*")))) == (2, 1, 1)
