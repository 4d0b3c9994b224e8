import json
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from onewindow.core import numbers
from onewindow.core.errors import Refusal
from onewindow.core.models import Counter
from onewindow.core.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite"),
    pytest.mark.django_db,
]
CHILD = Path(__file__).with_name("child.py")


@pytest.fixture
def database(tmp_path):
    """A database file with one table, as settings; each connection is opened with `connect`."""
    path = tmp_path / "line.sqlite3"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE core_counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL)")
    plain.execute(
        "CREATE TABLE core_job (id INTEGER PRIMARY KEY AUTOINCREMENT, kind, payload, run_at, attempts, lease,"
        " leased_until, done_at, dead_at, error)"
    )
    plain.commit()
    plain.close()
    return {"ENGINE": "onewindow.core.sqlite", "NAME": str(path), "OPTIONS": {"timeout": 20}}


def connect(database, timeout=20):
    defaults = {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True}
    return DatabaseWrapper(
        {**connection.settings_dict, **defaults, **database, "OPTIONS": {"timeout": timeout}}, "line"
    )


def value(wrapper, sql):
    with wrapper.cursor() as cursor:
        return cursor.execute(sql).fetchone()[0]


def test_commits_reach_the_disk_and_readers_are_not_held_up(database):
    wrapper = connect(database)
    assert value(wrapper, "PRAGMA journal_mode") == "wal"
    assert value(wrapper, "PRAGMA synchronous") == 2
    assert value(wrapper, "PRAGMA foreign_keys") == 1
    assert value(wrapper, "PRAGMA busy_timeout") == 20000
    wrapper.close()


def begin(wrapper):
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(wrapper):
    wrapper.commit()
    wrapper.set_autocommit(True)


def test_a_writer_waits_no_longer_than_it_was_told(database):
    holder, waiter = connect(database), connect(database, timeout=0.2)
    begin(holder)
    started = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        begin(waiter)
    assert 0.2 <= time.monotonic() - started < 2
    end(holder)
    begin(waiter)
    assert value(waiter, "PRAGMA busy_timeout") == 200
    end(waiter)
    holder.close()
    waiter.close()


def test_a_connection_that_is_closed_or_killed_in_a_transaction_holds_nobody_up(database):
    gone, next_one = connect(database), connect(database, timeout=1)
    begin(gone)
    gone.close()
    begin(next_one)
    end(next_one)
    next_one.close()


def test_a_single_write_outside_a_transaction_stands_in_line(database):
    """Its turn comes while another writes: it waits in the line, and the reader beside it does not."""
    holder, single, reader = connect(database), connect(database), connect(database)
    begin(holder)
    holder.cursor().execute("INSERT INTO core_counter VALUES ('a', 1)")
    single.ensure_connection()
    single.inc_thread_sharing()
    write = threading.Thread(target=lambda: single.cursor().execute("UPDATE core_counter SET last = 5"))
    write.start()
    time.sleep(0.05)  # the reader, which has no connection yet, comes after the writer
    assert value(reader, "SELECT count(*) FROM core_counter") == 0
    write.join(0.2)
    assert write.is_alive()
    end(holder)
    write.join(10)
    assert value(reader, "SELECT last FROM core_counter") == 5
    for wrapper in (holder, single, reader):
        wrapper.close()


def refused():
    with transaction.atomic():
        numbers.take("outer")
        raise Refusal("case.move")


@pytest.mark.django_db(transaction=True)
def test_commands_nest_and_roll_back_as_ever():
    with transaction.atomic():
        assert numbers.take("outer") == 1
        with pytest.raises(Refusal):
            refused()
        assert numbers.take("outer") == 2
    assert Counter.objects.get().last == 2


@pytest.mark.long
@pytest.mark.parametrize(("processes", "threads"), [(1, 8), (4, 2)])
def test_eight_writers_wait_their_turn(database, tmp_path, processes, threads):
    """Without the line the longest wait here is two to three seconds."""
    arguments = [sys.executable, CHILD, json.dumps(database), tmp_path, f"write:{threads}"]
    children = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    outputs = [child.communicate(timeout=60)[0] for child in children]
    assert [child.returncode for child in children] == [0] * processes
    waits = [wait for output in outputs for wait in json.loads(output)]
    assert len(waits) > 100
    assert max(waits) < 1000
    wrapper = connect(database)
    assert value(wrapper, "SELECT last FROM core_counter") == len(waits)
    assert value(wrapper, "SELECT count(*) FROM core_job") == 4 * len(waits)
    wrapper.close()
