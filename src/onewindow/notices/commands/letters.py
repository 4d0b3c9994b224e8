"""Issuing letters (制发文书): set first, then kept in one transaction; an act never waits for its letter.

The act stands when it is committed; its letter follows by job. What stops the press (no font, a name without a glyph, a
fault in it) raises: the job is tried again, at last set aside where the administrator sees it, and no row says that
there is a letter.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from onewindow.core import files, journal
from onewindow.notices.gateways import press
from onewindow.notices.models import Letter as LetterRow
from onewindow.notices.queries import chain_of, code_digest
from onewindow.notices.rules import HEADINGS, LANGUAGES, Letter, document

_OWNER = "system:letters"


def issue(*, letter: Letter, by: journal.By, at: datetime) -> None:
    """Set a letter in both languages and keep it; what is kept already is left alone (制发文书).

    raises  NoFont, PressFault: nothing is kept of a language that could not be set
    """
    kept = set(_rows(letter).values_list("language", flat=True))
    for language in LANGUAGES:
        if language not in kept:
            machine = press()
            pdf = machine.pdf(document(letter, language))
            keep_letter(letter=letter, language=language, pdf=pdf, edition=machine.edition, by=by, at=at)


@transaction.atomic
def keep_letter(*, letter: Letter, language: str, pdf: bytes, edition: str, by: journal.By, at: datetime) -> None:
    """Seal a letter's file, note its row, and put its digest into the journal, once (文书留存).

    pdf      its bytes, set before this transaction
    edition  of template and typst, as the press names it
    """
    if _rows(letter).filter(language=language).exists():
        return
    chain, sha256 = chain_of(letter.subject, letter.seq, letter.kind), hashlib.sha256(pdf).hexdigest()
    name = f"{HEADINGS[letter.kind].title.pick(language)} {letter.number}.pdf"
    file = files.put(owner=_OWNER, name=name, data=pdf, kind=files.PDF, at=at)
    files.attach([file], _OWNER, chain)
    row = LetterRow.objects.create(
        subject=letter.subject,
        seq=letter.seq,
        kind=letter.kind.value,
        language=language,
        number=letter.number,
        code=code_digest(letter.code),
        office_zh=letter.office.zh,
        office_en=letter.office.en,
        issued_on=letter.issued_on,
        demo=letter.demo,
        file=file,
        sha256=sha256,
        at=at,
    )
    facts = {
        "language": language,
        "number": letter.number,
        "code": row.code,
        "office": [*letter.office],
        "issued_on": letter.issued_on,
        "demo": letter.demo,
        "file": file,
        "sha256": sha256,
        "edition": edition,
    }
    after = len(journal.chain("letter", chain))
    journal.record(kind="letter", subject=chain, after=after, act="letter.issue", by=by, at=at, facts=facts)


def _rows(letter: Letter) -> QuerySet[LetterRow]:
    return LetterRow.objects.filter(subject=letter.subject, seq=letter.seq, kind=letter.kind.value)
