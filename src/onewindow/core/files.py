"""Files that people bring (上传文件): sealed on the disk outside the database, safe there before their row is written.

A new file lies in `new/` until its transaction has committed and then moves to its place; whatever lies there without a
row for a day is swept away, and so is a file that belongs to no subject. What anyone sees of a picture is a fresh copy.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import transaction
from PIL import ImageOps

from onewindow.core import keys, sql
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.examination import JPEG, MAX_BYTES, MOST, PDF, PNG, examine, picture
from onewindow.core.models import StoredFile

__all__ = [
    "JPEG",
    "MAX_BYTES",
    "PDF",
    "PNG",
    "NoScanner",
    "Scanner",
    "Stored",
    "attach",
    "digests_asked",
    "digests_of",
    "drop",
    "examine",
    "find",
    "get",
    "put",
    "receive",
    "scanner",
    "shown",
    "sweep",
    "use_scanner",
]

MAX_UNATTACHED = 20
MAX_ATTACHED = 20
ORPHANS_KEPT = timedelta(hours=24)
_TABLE = "core_storedfile"


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a kept file without opening it."""

    id: str
    owner: str
    kind: str
    name: str
    size: int
    sha256: str
    subject: str
    at: datetime


class Scanner(Protocol):
    """A port to a virus scanner: says what it found, or nothing."""

    name: str

    def scan(self, data: bytes) -> str:
        """Return the name of what was found, "" when nothing was."""


class NoScanner:
    """No scanner is set up: files are examined by kind and content, not scanned. The administrator's pages say so."""

    name = "none"

    def scan(self, data: bytes) -> str:
        return ""


_scanners: list[Scanner] = [NoScanner()]


def use_scanner(scanner: Scanner) -> None:
    """Scan with this from now on (called once, when the process starts)."""
    _scanners[0] = scanner


def scanner() -> Scanner:
    """Return the scanner in use; its name is "none" when there is none."""
    return _scanners[0]


def receive(*, owner: str, name: str, data: bytes, at: datetime) -> str:
    """Take an upload in: examined, scanned, sealed; return its id.

    raises  as examine and put, and Refusal file.unsafe
    """
    kind = examine(name, data)
    if found := scanner().scan(data):
        raise Refusal("file.unsafe", found=found)
    return put(owner=owner, name=name, data=data, kind=kind, at=at)


def put(*, owner: str, name: str, data: bytes, kind: str, at: datetime) -> str:
    """Seal a file of known kind for its owner, in the caller's transaction; return its id.

    owner   the asker's key
    raises  Refusal file.too_large; file.quota when the owner has 20 files that belong to nothing yet
    """
    if len(data) > MAX_BYTES:
        raise Refusal("file.too_large", most=MOST)
    if StoredFile.objects.filter(owner=owner, subject="").count() >= MAX_UNATTACHED:
        raise Refusal("file.quota", most=MAX_UNATTACHED)
    id = secrets.token_hex(16)
    _write(_new(id), keys.seal_bytes(_TABLE, "file", id, data))
    StoredFile.objects.create(
        id=id,
        owner=owner,
        kind=kind,
        name=keys.seal(_TABLE, "name", id, _clean(name)),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        at=at,
    )
    transaction.on_commit(lambda: _move(_new(id), _kept(id)))
    return id


def get(id: str) -> bytes:
    """Return the original, opened: for the archive and the download as an attachment only.

    raises  NotFound; keys.Tampered
    """
    find(id)
    for path in (_kept(id), _new(id), _kept(id)):  # it may move while we look
        try:
            return keys.unseal_bytes(_TABLE, "file", id, path.read_bytes())
        except FileNotFoundError:
            continue
    raise NotFound


def shown(id: str) -> tuple[bytes, str]:
    """Return a fresh copy of a picture and its kind, turned upright, without place, time and camera (EXIF).

    raises  NotFound; Refusal file.attachment for a PDF, which leaves only as an attachment
    """
    row = find(id)
    if row.kind not in (PNG, JPEG):
        raise Refusal("file.attachment")
    image = ImageOps.exif_transpose(picture(get(id), row.kind))
    if image.mode.startswith("I"):  # 16 bits a point, as some scanners write
        image = image.convert("I").point(lambda light: light / 257).convert("L")
    bare = image.convert("RGBA" if row.kind == PNG and image.has_transparency_data else "RGB")
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, **({"format": "PNG"} if row.kind == PNG else {"format": "JPEG", "quality": 88}))
    return out.getvalue(), row.kind


def find(id: str) -> Stored:
    """Return what is known of a kept file.

    raises  NotFound
    """
    row = StoredFile.objects.filter(pk=id).first()
    if row is None:
        raise NotFound
    return _stored(row)


def digests_of(*, owner: str, ids: Collection[str]) -> dict[str, str]:
    """Return id → SHA-256 of those that are the owner's and belong to nothing yet."""
    return digests_asked(owner=owner, ids=ids).ask() if ids else {}


def digests_asked(*, owner: str, ids: Collection[str]) -> sql.Question[dict[str, str]]:
    """Return `digests_of` as a question, to be asked together with others; at least one id."""
    wanted = sorted(set(ids))
    statement = f"SELECT id, sha256, subject FROM {_TABLE} WHERE id IN ({sql.marks(len(wanted))}) AND owner = %s"  # noqa: S608 - marks only
    return sql.Question(statement, (*wanted, owner), _digests)


def _digests(rows: Sequence[sql.Row]) -> dict[str, str]:
    # The subject is looked at here: asked of the database, it would lead it to walk all uploads that belong to nothing.
    return {id: digest for id, digest, subject in rows if not subject}


def attach(ids: Collection[str], owner: str, subject: str) -> None:
    """Give the owner's files to a subject, in the caller's transaction: from now on they stay.

    raises  NotFound when one is missing, another's or given already; Refusal file.too_many past 20 at once
    """
    wanted = set(ids)
    if len(wanted) > MAX_ATTACHED:
        raise Refusal("file.too_many", most=MAX_ATTACHED)
    given = StoredFile.objects.filter(pk__in=wanted, owner=owner, subject="").update(subject=subject)
    if given != len(wanted):
        raise NotFound


def drop(id: str, owner: str) -> None:
    """Take back an upload that belongs to nothing yet.

    raises  NotFound
    """
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().filter(pk=id, owner=owner, subject="").first()
        if row is None:
            raise NotFound
        _delete(row)


def sweep(at: datetime) -> int:
    """Delete files that for a day belonged to nothing (a thousand a run), and what a fault left; return how many."""
    before, count = at - ORPHANS_KEPT, 0
    with transaction.atomic():
        for row in StoredFile.objects.select_for_update().filter(subject="", at__lt=before)[:1000]:
            _delete(row)
            count += 1
    return count + sum(_settle(path) for path in _older(before))


def _stored(row: StoredFile) -> Stored:
    name = keys.unseal(_TABLE, "name", row.pk, row.name)
    return Stored(row.pk, row.owner, row.kind, name, row.size, row.sha256, row.subject, row.at)


def _delete(row: StoredFile) -> None:
    """Delete the row; the file goes when that is committed. Back in `new/`, none is lost or left by a fault between."""
    id = row.pk
    if _kept(id).exists():
        _move(_kept(id), _new(id))
    row.delete()

    def gone() -> None:
        for path in (_kept(id), _new(id)):
            path.unlink(missing_ok=True)

    transaction.on_commit(gone)


def _settle(path: Path) -> int:
    """Bring an old file in `new/` to where its row says: to its place, or away."""
    if StoredFile.objects.filter(pk=path.name).exists():
        _move(path, _kept(path.name))
        return 0
    path.unlink(missing_ok=True)
    return 1


def _older(before: datetime) -> Iterator[Path]:
    for path in _new("").glob("*"):
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except FileNotFoundError:
            continue
        if changed < before:
            yield path


def _new(id: str) -> Path:
    return Path(settings.FILES_DIR, "new", id)


def _kept(id: str) -> Path:
    return Path(settings.FILES_DIR, id[:2], id[2:4], id)


def _write(path: Path, sealed: bytes) -> None:
    """Write a file of the owner's alone, down to the disk with its name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)


def _move(path: Path, to: Path) -> None:
    """Move a file within the store; one that another process has moved already is where it belongs."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.rename(path, to)
    except FileNotFoundError:
        return
    _sync(to.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clean(name: str) -> str:
    """Keep of a file's name what a person would call it: no path, no control characters, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[-120:] or "file"
