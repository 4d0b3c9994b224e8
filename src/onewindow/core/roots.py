"""Daily roots (日根): one signed line over all chains, kept outside the database, so that a rewritten or vanished
chain shows even against the database's owner."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from onewindow.core import canonical, keys
from onewindow.core.errors import Refusal
from onewindow.core.models import Entry


@dataclass(frozen=True, slots=True)
class Root:
    """The journal before an instant: how much stood in it, a digest over every chain's head, the root before."""

    before: str
    entries: int
    chains: int
    heads: str
    previous: str


def _heads(before: datetime) -> tuple[int, int, str]:
    """Fold the last entry of every chain written before the instant, in the chains' order."""
    digest = hashlib.sha256()
    entries, chains = 0, 0
    head: Entry | None = None
    for entry in _written(before):
        if head and (head.kind, head.subject) != (entry.kind, entry.subject):
            digest.update(f"{head.kind}:{head.subject}:{head.seq}:{head.hash}\n".encode())
            chains += 1
        head = entry
        entries += 1
    if head:
        digest.update(f"{head.kind}:{head.subject}:{head.seq}:{head.hash}\n".encode())
        chains += 1
    return entries, chains, digest.hexdigest()


def _written(before: datetime) -> Iterator[Entry]:
    rows = Entry.objects.filter(noted_at__lt=before).only("kind", "subject", "seq", "hash")
    return rows.order_by("kind", "subject", "seq").iterator(chunk_size=2000)


def make(*, before: datetime, folder: Path) -> Path:
    """Sign the journal's state before the instant and write it beside the earlier roots; return the file.

    before  an instant well past, so that no open transaction can still write under it
    """
    folder.mkdir(parents=True, exist_ok=True)
    earlier = sorted(folder.glob("root-*.json"))
    previous = hashlib.sha256(earlier[-1].read_bytes()).hexdigest() if earlier else ""
    root = Root(canonical.instant(before), *_heads(before), previous)
    body = canonical.text(asdict(root))
    signed = {"root": asdict(root), "key": keys.root_public_key(), "signature": keys.sign_root(body.encode()).hex()}
    path = folder / f"root-{before:%Y%m%dT%H%M%S}.json"
    path.write_text(canonical.text(signed) + "\n", encoding="utf-8")
    return path


def check(path: Path) -> str:
    """Compare the journal of now with a root made earlier; return "" when it holds, else what differs.

    raises  Refusal journal.root when the file is no root or its signature is not ours
    """
    try:
        signed = json.loads(path.read_text(encoding="utf-8"))
        root = Root(**signed["root"])
        body, signature = canonical.text(asdict(root)).encode(), bytes.fromhex(signed["signature"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal("journal.root", file=path.name) from error
    if not keys.verify_root(keys.root_public_key(), body, signature):
        raise Refusal("journal.root", file=path.name)
    entries, chains, heads = _heads(datetime.fromisoformat(root.before))
    if (entries, chains) != (root.entries, root.chains):
        return f"{root.entries} entries in {root.chains} chains were signed, {entries} in {chains} are there"
    return "" if heads == root.heads else "the heads of the chains are not those that were signed"
