"""The letters of a case (文书), and what a stranger who holds one may learn of it (文书核验)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.urls import reverse

from onewindow.accounts.rules import Applicant
from onewindow.cases import queries as cases
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.notices import queries
from onewindow.notices.rules import Kind

LANGUAGES = {
    "zh": Words("中文（有效力）", "Chinese (has effect)"),
    "en": Words("英文（供参考）", "English (to inform)"),
}


def of_case(number: str) -> list[dict[str, Any]]:
    """Return the letters that were issued in a case, each once with its languages; one query.

    The caller has seen to it that the asker may know of the case.
    """
    found: dict[tuple[int, Kind], dict[str, Any]] = {}
    for kept in queries.letters_of(number):
        row = found.setdefault(
            (kept.seq, kept.kind), {"title": kept.title, "number": kept.number, "on": kept.issued_on, "files": []}
        )
        url = reverse("portal:letter", args=[number, kept.seq, kept.kind.value, kept.language])
        row["files"].append((LANGUAGES[kept.language], url))
    return list(found.values())


def file(asker: Applicant, number: str, seq: int, kind: str, language: str) -> bytes:
    """Return a letter of the asker's own case as it was issued.

    raises  NotFound
    """
    case = cases.case_for(asker, number)
    if kind not in {each.value for each in Kind}:
        raise NotFound(number)
    return queries.letter_file(case.number, seq, Kind(kind), language)


def checked(code: str, upload: bytes | None = None) -> dict[str, Any]:
    """Return the context of portal/verify.html: what the code tells, and whether a file is the one that was issued.

    queries  none without a code, else 4 at most
    """
    code = code.strip()[:64]
    digest = hashlib.sha256(upload).hexdigest() if upload is not None else ""
    known = queries.verify_letter(code, sha256=digest) if code else None
    return {"code": code, "known": known, "asked": bool(code)}
