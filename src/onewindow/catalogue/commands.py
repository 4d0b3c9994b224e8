"""Writes of the catalogue: an edition is made from files, proposed by one person and published by another."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from pypinyin import Style, lazy_pinyin

from onewindow.catalogue import gateways, rules
from onewindow.catalogue.gateways import Files
from onewindow.catalogue.models import Edition, ItemRow
from onewindow.catalogue.rules import Item
from onewindow.core import canonical, journal
from onewindow.core.clock import local
from onewindow.core.errors import NotFound, Refusal

KIND = "edition"
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Loaded(NamedTuple):
    """What a load did (加载结果): the edition that says what the files say, and whether it is new."""

    number: str
    status: str  # published or proposed
    new: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A catalogue read from files and found right: completed bodies, and what the search compares."""

    book: str
    bodies: Mapping[str, str]
    items: Mapping[str, Item]
    digest: str

    @property
    def digests(self) -> dict[str, str]:
        """Return code → digest of the body."""
        return {code: _digest(body) for code, body in self.bodies.items()}


def load(*, by: journal.By, at: datetime, folder: Path | None = None) -> Loaded:
    """Bring the catalogue's files into the database (加载事项目录); a second time nothing is left to do.

    Into a database without any edition loading and publishing are one step; later a changed catalogue is proposed.

    folder  catalogue/ unless given
    raises  Refusal catalogue.missing, catalogue.yaml, catalogue.body, catalogue.errors
    """
    return propose(files=gateways.read(folder or Path(settings.CATALOGUE_DIR)), by=by, at=at)


def propose(*, files: Files, by: journal.By, at: datetime) -> Loaded:
    """Propose what the files say as an edition (提出目录版本); the first of a database is published at once.

    The same content makes no new edition. A proposal that waited is withdrawn, and so it is when the files have come
    back to what is in force.

    raises  Refusal catalogue.body, catalogue.errors
    """
    made = make(files=files)
    with transaction.atomic():
        rows = {row.status: row for row in Edition.objects.select_for_update().filter(status__in=_LIVE)}
        for status, row in rows.items():
            if row.digest == made.digest:
                if status == "published" and "proposed" in rows:
                    _move(rows["proposed"], "withdrawn", "edition.withdraw", by, at)
                return Loaded(row.number, status, False)
        if "proposed" in rows:
            _move(rows["proposed"], "withdrawn", "edition.withdraw", by, at)
        edition = _propose(made, by, at)
        if not Edition.objects.filter(status__in=["published", "replaced"]).exists():
            _publish(edition, by, at)
    return Loaded(edition.number, edition.status, True)


_LIVE = ("published", "proposed")


@transaction.atomic
def publish(*, number: str, by: journal.By, at: datetime) -> Loaded:
    """Publish a proposed edition (发布目录版本); it is in force from now on.

    raises  NotFound; Refusal catalogue.published if it is no proposal; catalogue.second_person if it is the proposer
    """
    edition = Edition.objects.select_for_update().filter(number=number).first()
    if edition is None:
        raise NotFound(number)
    if edition.status != "proposed":
        raise Refusal("catalogue.published", number=number, status=edition.status)
    if edition.proposed_by == by.key:
        raise Refusal("catalogue.second_person", number=number)
    _publish(edition, by, at)
    return Loaded(edition.number, edition.status, True)


def make(*, files: Files) -> Made:
    """Return the catalogue that files describe, every item parsed and the whole checked (生成目录).

    raises  Refusal catalogue.body with every fault of the first file that has one; catalogue.errors
    """
    book = rules.book(files.dictionary)
    bodies = {code: rules.completed(_mapping(code, raw), book) for code, raw in sorted(files.items.items())}
    items = {code: rules.parse(body) for code, body in bodies.items()}
    for code, item in items.items():
        if item.code != code:
            raise Refusal("catalogue.body", item=item.code, faults=(f"code: the file is called {code}",))
    report = rules.check(tuple(items.values()), book)
    if report.errors:
        raise Refusal("catalogue.errors", count=len(report.errors), first=str(report.errors[0]))
    texts = {code: canonical.text(body) for code, body in bodies.items()}
    shared = canonical.text(_shared(files.dictionary))
    return Made(shared, texts, items, _digest(canonical.text([shared, texts])))


def _mapping(code: str, raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise Refusal("catalogue.body", item=code, faults=("the file holds no mapping",))
    return raw


def _shared(dictionary: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dictionaries that pages read; the fields' own stand completed in the items."""
    return {name: content for name, content in dictionary.items() if name != "fields"}


def _propose(made: Made, by: journal.By, at: datetime) -> Edition:
    serial = Edition.objects.count() + 1
    edition = Edition(
        number=f"{local(at):%Y}-{serial:02d}-{made.digest[:6]}",
        digest=made.digest,
        book=made.book,
        items=len(made.bodies),
        status="proposed",
        version=0,
        proposed_by=by.key,
        proposed_at=at,
    )
    facts = {"digest": made.digest, "items": made.digests, "by": by.key}
    edition.version = _record(edition, "edition.propose", by, at, facts)
    edition.save(force_insert=True)
    order = _in_order(made, json.loads(made.book))
    ItemRow.objects.bulk_create(_row(edition, made, code, place) for place, code in enumerate(order))
    return edition


def _in_order(made: Made, book: Mapping[str, Any]) -> Sequence[str]:
    themes = list(rules.book(book).themes)
    place = partial(_place, themes, made.items)
    return sorted(made.items, key=place)


def _place(themes: Sequence[str], items: Mapping[str, Item], code: str) -> tuple[int, str]:
    return themes.index(items[code].theme), code


def _row(edition: Edition, made: Made, code: str, place: int) -> ItemRow:
    item = made.items[code]
    words = [(item.name.zh, ""), *((word.text, word.pinyin) for word in item.words)]
    return ItemRow(
        edition=edition,
        code=code,
        place=place,
        theme=item.theme,
        department=item.department,
        depth=item.depth.value,
        status=item.status,
        digest=_digest(made.bodies[code]),
        body=made.bodies[code],
        words=canonical.text([text for text, _ in words]),
        pinyin=canonical.text([given or reading(text=text) for text, given in words]),
    )


def reading(*, text: str) -> str:
    """Return how a text is read, syllables apart; "" where there is no Chinese in it (拼音)."""
    if not _CHINESE.search(text):
        return ""
    return " ".join(lazy_pinyin("".join(_CHINESE.findall(text)), style=Style.NORMAL))


def _publish(edition: Edition, by: journal.By, at: datetime) -> None:
    for former in Edition.objects.select_for_update().filter(status="published"):
        _move(former, "replaced", "edition.replace", by, at)
    edition.published_by, edition.published_at = by.key, at
    _move(edition, "published", "edition.publish", by, at)


def _move(edition: Edition, status: str, act: str, by: journal.By, at: datetime) -> None:
    edition.status = status
    edition.version = _record(edition, act, by, at, {"digest": edition.digest, "by": by.key})
    edition.save(update_fields=["status", "version", "published_by", "published_at"])


def _record(edition: Edition, act: str, by: journal.By, at: datetime, facts: dict[str, Any]) -> int:
    return journal.record(kind=KIND, subject=edition.number, after=edition.version, act=act, by=by, at=at, facts=facts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
