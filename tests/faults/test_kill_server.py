"""`kill -9` of the whole service during 200 submissions: what was shown to anyone is there, once, its chain holds."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.serving import NO_ANSWER, Installation, Serving, installation
from tests.traffic import Post

pytestmark = [pytest.mark.long, pytest.mark.database]

SUBMISSIONS, THREADS, KILLED_AFTER = 200, 8, 60
# Run in the installation: each case with what its claim, its first entry and its files say of it.
LOOK = """
import json, django
django.setup()
from django.db.models import Count
from onewindow.cases.models import Case
from onewindow.core import journal
from onewindow.core.models import Claim, Entry, StoredFile
numbers = set(Case.objects.values_list("number", flat=True))
print(json.dumps({
    "cases": sorted(numbers),
    "claims": dict(Claim.objects.filter(act="case.submit").values_list("key", "subject")),
    "faults": [str(fault) for number in numbers for fault in journal.verify(iter(journal.chain("case", number)))],
    "first": sorted(Entry.objects.filter(kind="case", seq=1, act="case.submit").values_list("subject", flat=True)),
    "files": dict(StoredFile.objects.exclude(subject="").values_list("subject").annotate(n=Count("id"))),
}))
"""


@pytest.fixture
def site() -> Iterator[Installation]:
    with installation() as made:
        yield made


def posts_of(site: Installation, count: int) -> list[Post]:
    made = site.python("-m", "tests.traffic", str(count))
    assert not made.returncode, made.stderr
    return [Post(**json.loads(line)) for line in made.stdout.splitlines()]


class Senders:
    """Threads that hand in; `answered` holds what clients were told: key → number."""

    def __init__(self, serving: Serving, posts: Sequence[Post], enough: int) -> None:
        self.answered: dict[str, str] = {}
        self.faults: list[str] = []
        self.enough, self.many = enough, threading.Event()
        self._port = serving.port
        self._threads = [
            threading.Thread(target=self._send, args=(posts[place::THREADS],), daemon=True) for place in range(THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()

    def _send(self, posts: Sequence[Post]) -> None:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            for post in posts:
                try:
                    connection.request("POST", "/api/v1/cases", json.dumps(post.body), post.headers())
                    answer = connection.getresponse()
                    told = json.loads(answer.read())
                except NO_ANSWER:
                    return  # the service is gone
                if answer.status == 201:
                    self.answered[post.key] = told["number"]
                else:
                    self.faults.append(f"{answer.status} {told}")
                if len(self.answered) >= self.enough:
                    self.many.set()


def look(site: Installation) -> dict[str, object]:
    seen = site.python("-c", LOOK)
    assert not seen.returncode, seen.stderr
    found: dict[str, object] = json.loads(seen.stdout)
    return found


def clean(site: Installation) -> list[subprocess.CompletedProcess[str]]:
    walks = [site.onewindow("journal", "verify"), site.onewindow("journal", "replay", "--check")]
    return [walk for walk in walks if walk.returncode]


def test_every_number_that_was_shown_survives_kill_9_and_is_there_once(site: Installation) -> None:
    posts = posts_of(site, SUBMISSIONS)
    serving = site.start("--workers", "2").wait()
    try:
        senders = Senders(serving, posts, KILLED_AFTER)
        assert senders.many.wait(60), senders.faults
    finally:
        serving.kill()
    senders.wait()
    shown = dict(senders.answered)
    assert KILLED_AFTER <= len(shown) < SUBMISSIONS
    assert not senders.faults

    serving = site.start("--workers", "2").wait()
    try:
        seen = look(site)
        assert set(shown.values()) <= set(seen["cases"])
        assert not seen["faults"]
        again = Senders(serving, posts, SUBMISSIONS)  # every client repeats all, with the same keys
        again.wait()
    finally:
        serving.stop()
    assert not again.faults
    assert again.answered.keys() == {post.key for post in posts}
    assert shown.items() <= again.answered.items()

    seen = look(site)
    numbers = sorted(again.answered.values())
    assert len(set(numbers)) == SUBMISSIONS
    assert seen["cases"] == seen["first"] == numbers
    assert seen["claims"] == again.answered
    assert seen["files"] == dict.fromkeys(numbers, 2)
    assert not seen["faults"]
    assert not [walk.stdout + walk.stderr for walk in clean(site)]
