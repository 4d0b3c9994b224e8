"""The letters of a case, and what a stranger with a check code may know of one.

This room knows of no case: who may see its letters is for the room to say that has it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from onewindow.core import files, journal, keys
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.notices.models import Letter
from onewindow.notices.rules import HEADINGS, Kind

__all__ = ["Kept", "Known", "chain_of", "code_digest", "code_for", "letter_file", "letters_of", "verify_letter"]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("OIL", "011", " -")


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter of a case (文书), in one language."""

    subject: str
    seq: int
    kind: Kind
    language: str
    number: str
    title: Words
    issued_on: date
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What a stranger may know of a letter (文书核验): nothing of whom it is to, nor what it says.

    intact  whether the kept files are those whose digests stand in the journal
    same    whether the file that the stranger holds is one of them; None when none was shown
    """

    kind: Kind
    title: Words
    number: str
    office: Words
    issued_on: date
    demo: bool
    intact: bool
    same: bool | None


def code_for(subject: str, seq: int, kind: Kind) -> str:
    """Return the check code of a letter (验证码): 80 bits that only this house's key gives, the same each time."""
    digest = int(keys.lookup("letter.code", f"{chain_of(subject, seq, kind)}")[:20], 16)
    signs = "".join(_ALPHABET[digest >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))


def code_digest(code: str) -> str:
    """Return the digest under which a check code is kept; blanks, hyphens, case and look-alikes do not matter."""
    return keys.lookup("letter.check", code.upper().translate(_LOOKS_LIKE))


def chain_of(subject: str, seq: int, kind: str) -> str:
    """Return the subject of a letter's chain in the journal."""
    return f"{subject}:{seq}:{kind}"


def letters_of(subject: str) -> tuple[Kept, ...]:
    """Return the letters of a case in the order of its acts, Chinese first (one query)."""
    rows = Letter.objects.filter(subject=subject).order_by("seq", "kind", "-language")
    return tuple(
        Kept(
            row.subject,
            row.seq,
            Kind(row.kind),
            row.language,
            row.number,
            HEADINGS[Kind(row.kind)].title,
            row.issued_on,
            row.sha256,
            row.at,
        )
        for row in rows
    )


def letter_file(subject: str, seq: int, kind: Kind, language: str) -> bytes:
    """Return a letter's PDF, as it was issued; it leaves only as an attachment.

    raises  NotFound; keys.Tampered when it is not what was issued
    """
    row = Letter.objects.filter(subject=subject, seq=seq, kind=kind, language=language).first()
    if row is None:
        raise NotFound
    data = files.get(row.file)
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise keys.Tampered(f"letter {chain_of(subject, seq, kind)} is not what was issued")
    return data


def verify_letter(code: str, *, sha256: str = "") -> Known | None:
    """Return what the check code tells, None for an unknown one (文书核验).

    sha256   of the file that the stranger holds, if there is one
    queries  4: the letter's languages, their entries, and a file's row each
    """
    rows = list(Letter.objects.filter(code=code_digest(code)).order_by("-language"))
    if not rows:
        return None
    first = rows[0]
    told = {journal.facts_of(entry)["sha256"] for entry in journal.chain("letter", _chain(first))}
    return Known(
        Kind(first.kind),
        HEADINGS[Kind(first.kind)].title,
        first.number,
        Words(first.office_zh, first.office_en),
        first.issued_on,
        first.demo,
        all(row.sha256 in told and _is_whole(row) for row in rows),
        None if not sha256 else sha256.lower() in {row.sha256 for row in rows} & told,
    )


def _chain(row: Letter) -> str:
    return chain_of(row.subject, row.seq, row.kind)


def _is_whole(row: Letter) -> bool:
    try:
        return hashlib.sha256(files.get(row.file)).hexdigest() == row.sha256
    except (NotFound, keys.Tampered):
        return False
