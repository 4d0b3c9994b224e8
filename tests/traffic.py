"""Applications as they come in over the API: people with tokens, papers uploaded before, one POST for each case.

python -m tests.traffic COUNT     make so many in this installation and print them, a JSON line each
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

SCOPES = ("cases:submit", "files:upload", "cases:read")
ITEM, UPLOADED = "CG04", 2
# How people differ from the commonest situation: each other one makes other papers, fields or limits.
SITUATIONS: tuple[dict[str, str], ...] = (
    {},
    {},
    {"acquired_by": "inherit_gift_divorce_debt"},
    {},
    {"by_agent": "agent"},
    {"acquired_by": "court"},
    {"vehicle_class": "motorcycle"},
)


@dataclass(frozen=True, slots=True)
class Post:
    """One submission: who sends it, under which key, what it says."""

    person: int
    token: str
    key: str
    body: dict[str, Any]

    def headers(self) -> dict[str, str]:
        """Return the headers that it is sent with."""
        return {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": self.key,
            "Content-Type": "application/json",
        }


def posts(count: int, *, sites: Sequence[str], people: int, at: datetime) -> list[Post]:
    """Make ready so many submissions of CG04: each person has a token, each submission two uploads of its own.

    The uploads are rows only: handing in reads what is known of a file, never its bytes.
    """
    applications = _applications(people, at)
    made, uploads = [], []
    for (person, token, body), site in islice(zip(cycle(applications), cycle(sites)), count):
        files = [secrets.token_hex(16) for _ in range(UPLOADED)]
        uploads += [(file, f"person:{person}") for file in files]
        papers = [{**paper, "file": file} for paper, file in zip(body["papers"], [*files, *[""] * 40], strict=False)]
        made.append(Post(person, token, secrets.token_hex(12), {**body, "site": site, "papers": papers}))
    upload(uploads, at)
    return made


def upload(uploads: Sequence[tuple[str, str]], at: datetime) -> None:
    """Put down rows of uploaded files, (id, owner) each."""
    from onewindow.core import keys
    from onewindow.core.models import StoredFile

    rows = (
        StoredFile(
            id=file,
            owner=owner,
            kind="image/jpeg",
            name=keys.seal("core_storedfile", "name", file, "扫描件.jpg"),
            size=200_000,
            sha256=hashlib.sha256(file.encode()).hexdigest(),
            at=at,
        )
        for file, owner in uploads
    )
    while batch := list(islice(rows, 2000)):
        StoredFile.objects.bulk_create(batch)


def _applications(people: int, at: datetime) -> list[tuple[int, str, dict[str, Any]]]:
    """Return person, token and body for the first of the demo's residents."""
    from onewindow.accounts.commands import issue_token
    from onewindow.accounts.rules import Resident, System
    from onewindow.jobs import demo_people
    from tests.cases import given

    found = []
    for neighbour, differing in zip(demo_people.residents(at - timedelta(days=1))[:people], cycle(SITUATIONS)):
        by = Resident(neighbour.person, 2, "api")
        body, papers = _body(given.neighbour(by), differing, at)
        token = issue_token(
            label="traffic",
            scopes=SCOPES,
            expires_at=at + timedelta(days=1),
            by=System("traffic"),
            at=at,
            person=neighbour.person,
        )
        found.append((by.person, token.text, {**body, "papers": papers}))
    return found


def _body(neighbour: Any, differing: dict[str, str], at: datetime) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return what a person in that situation sends, and the papers that it asks for."""
    from onewindow.catalogue import queries as catalogue
    from onewindow.catalogue import rules as items
    from onewindow.jobs.demo_forms import typed
    from tests.cases.given import ANSWERS
    from tests.cast import LANES

    item = catalogue.item(ITEM, catalogue.current_edition())
    answers = {**ANSWERS, **differing}
    while asked := items.next_questions(item, answers):
        answers[asked[0].key] = asked[0].values()[0]
    answers = {**items.kept_answers(item, answers)}
    fields = typed(item, answers, neighbour, Random(neighbour.person), at)
    papers = [{"key": need.key, "holder": need.holder} for need in items.wanted_papers(item, answers)]
    return {"item": ITEM, "site": LANES, "answers": answers, "fields": fields}, papers


def sites_of(department: str) -> list[str]:
    """Return the codes of the sites where a department's business can be done."""
    from onewindow.places import queries as places

    return [site.code for site in places.sites() if department in site.departments]


def main() -> int:
    import django

    django.setup()
    from django.db import transaction

    from onewindow.catalogue import queries as catalogue
    from onewindow.core import clock

    department = catalogue.item(ITEM, catalogue.current_edition()).department
    with transaction.atomic():
        made = posts(int(sys.argv[1]), sites=sites_of(department), people=40, at=clock.now())
    for post in made:
        sys.stdout.write(json.dumps(asdict(post), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
