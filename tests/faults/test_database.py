"""A database that is locked, missing or down: one clear line at the start, a page that passes, nothing half written."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults.test_kill_server import clean, look, posts_of
from tests.serving import Installation, Serving, installation
from tests.traffic import Post

pytestmark = [pytest.mark.long, pytest.mark.database]

Answer = tuple[int, HTTPMessage, str]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAGE = "/api/v1/cases/14010001-20240930-00001"  # asks the database whose token it is


def is_sqlite() -> bool:
    return os.environ["DATABASE_URL"].startswith("sqlite:")


@pytest.fixture(scope="module")
def site() -> Iterator[Installation]:
    """An installation whose writers wait for a second only."""
    with installation() as made:
        url = made.url + ("?timeout=1" if is_sqlite() else "")
        yield replace(made, environment={**made.environment, "DATABASE_URL": url})


@pytest.fixture
def serving(site: Installation) -> Iterator[Serving]:
    started = site.start("--no-jobs", "--workers", "1").wait()
    try:
        yield started
    finally:
        started.stop()


def ask(serving: Serving, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Answer:
    with closing(HTTPConnection("127.0.0.1", serving.port, timeout=30)) as connection:
        connection.request(method, path, body.encode(), headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def hand_in(serving: Serving, post: Post) -> Answer:
    return ask(serving, "POST", "/api/v1/cases", json.dumps(post.body), post.headers())


def read(serving: Serving, post: Post) -> Answer:
    return ask(serving, "GET", PAGE, headers={"Authorization": f"Bearer {post.token}"})


def file_of(site: Installation) -> Path:
    return Path(urlsplit(site.url).path[1:])


@pytest.mark.skipif(not is_sqlite(), reason="PostgreSQL locks rows, not the database")
def test_a_locked_database_is_said_and_nothing_is_half_written(site: Installation, serving: Serving) -> None:
    first, second = posts_of(site, 2)
    assert hand_in(serving, first)[0] == 201
    with closing(sqlite3.connect(file_of(site), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        status, headers, body = hand_in(serving, second)
        assert (status, json.loads(body)["code"], headers["Retry-After"]) == (503, "away", "5")
        assert 0.9 < time.monotonic() - begun < 10
        assert read(serving, second)[0] == 404  # who only reads does not wait
        other.execute("ROLLBACK")
    before = look(site)
    assert second.key not in before["claims"]
    status, _, body = hand_in(serving, second)
    assert status == 201
    seen = look(site)
    assert set(seen["cases"]) - set(before["cases"]) == {json.loads(body)["number"]}
    assert seen["claims"][second.key] == json.loads(body)["number"]
    assert not [walk.stdout + walk.stderr for walk in clean(site)]


@contextmanager
def away(site: Installation) -> Iterator[None]:
    """Take the database away from everyone for a while."""
    if is_sqlite():
        file = file_of(site)
        parts = [path for path in file.parent.glob(f"{file.name}*") if not path.name.endswith(".queue")]
        for part in parts:
            part.rename(part.with_name(f"away-{part.name}"))
        yield
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
        for part in parts:
            part.with_name(f"away-{part.name}").rename(part)
        return
    name = urlsplit(site.url).path[1:]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_a_database_that_goes_away_is_said_and_comes_back(site: Installation, serving: Serving) -> None:
    [post] = posts_of(site, 1)
    assert read(serving, post)[0] == 404
    cookie = {"Cookie": "onewindow=abcdefghijklmnopqrstuvwxyz012345"}  # a session that the database would know
    with away(site):
        status, headers, body = hand_in(serving, post)
        assert (status, json.loads(body)["code"], headers["Retry-After"]) == (503, "away", "5")
        status, headers, body = ask(serving, "GET", "/cases", headers=cookie)
        assert (status, headers["Retry-After"]) == (503, "5")
        assert "什么都没有丢" in body
        assert "Nothing was lost" in body
    end = time.monotonic() + 10
    while (answer := hand_in(serving, post))[0] == 503 and time.monotonic() < end:
        time.sleep(0.1)
    assert answer[0] == 201, answer
    assert look(site)["claims"][post.key] == json.loads(answer[2])["number"]
    assert not [walk.stdout + walk.stderr for walk in clean(site)]


def test_without_its_database_the_service_does_not_start_and_says_why_in_one_line() -> None:
    with installation(ready=False) as empty:
        done = empty.onewindow("serve", "--no-jobs")
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert "onewindow setup" in done.stderr
        nowhere = {"DATABASE_URL": f"sqlite:///{empty.var}/none/x.sqlite3" if is_sqlite() else _nobody_listens()}
        done = replace(empty, environment={**empty.environment, **nowhere}).onewindow("serve", "--no-jobs")
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert "database" in done.stderr


def _nobody_listens() -> str:
    return "postgresql://onewindow@127.0.0.1:1/onewindow"
