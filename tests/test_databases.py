"""The ground that the tests stand on: a file or a server, never memory; fresh databases; a cluster that goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests import databases

WITHOUT = {"PATH": "/nowhere", "HOME": "/", "PYTHONPATH": "."}


@pytest.mark.django_db
def test_this_run_is_on_the_database_that_was_named() -> None:
    named = os.environ["DATABASE_URL"].split(":", 1)[0]
    assert connection.vendor == {"postgresql": "postgresql", "postgres": "postgresql"}.get(named, "sqlite")


@pytest.mark.django_db(transaction=True)
def test_threads_meet_in_one_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE meeting (thread integer)")
    seen: list[int] = []

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO meeting VALUES (1)")
        connection.close()

    try:
        thread = Thread(target=write)
        thread.start()
        thread.join(20)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM meeting")
            seen.append(cursor.fetchone()[0])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE meeting")
    assert seen == [1]


def test_what_a_run_writes_is_its_own() -> None:
    for path in (settings.VAR, settings.KEY_FILE, settings.FILES_DIR, settings.ROOTS_DIR):
        assert Path(path).is_relative_to(os.environ["ONEWINDOW_VAR"])
    assert Path(settings.KEY_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.database
def test_a_fresh_database_is_empty_and_goes_away() -> None:
    with databases.fresh() as url:
        script = (
            "import django; django.setup(); from django.db import connection as c; print(c.introspection.table_names())"
        )
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "onewindow.config.settings"}
        seen = subprocess.run(
            [sys.executable, "-c", script], env=environment, text=True, capture_output=True, check=True
        )
        assert seen.stdout.strip() == "[]"
    if url.startswith("postgresql:"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url).close()
    else:
        assert not Path(url.removeprefix("sqlite:///")).parent.exists()


def test_without_postgres_it_says_so_and_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Path:
        raise databases.NoPostgres(databases.MISSING)

    monkeypatch.setattr(databases, "_programs", nothing)
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(sys, "argv", ["databases", "--", "true"])
    monkeypatch.setenv("CI", "false")
    assert databases.main() == 0
    monkeypatch.setenv("CI", "true")
    assert databases.main() == 1


@pytest.mark.long
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_cluster_ends_with_its_run(end: signal.Signals, tmp_path: Path) -> None:
    if not _has_postgres():
        pytest.skip(databases.MISSING)
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    command = ["sh", "-c", 'echo "$DATABASE_URL"; exec sleep 60']
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.databases", "--", *command],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout
    url = run.stdout.readline().strip()
    psycopg.connect(url).close()
    run.send_signal(end)
    run.wait(30)
    if end == signal.SIGKILL:
        os.killpg(run.pid, signal.SIGTERM)  # the sleeper, which nobody is there to end
    assert _gone(url)


def _has_postgres() -> bool:
    try:
        databases._programs()
    except databases.NoPostgres:
        return False
    return True


def _gone(url: str) -> bool:
    for _ in range(100):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return True
        time.sleep(0.1)
    return False
