"""Issuing the letters of a case (制发文书): by job after the act, or when somebody asks for one that is not there."""

from __future__ import annotations

from datetime import datetime

from onewindow.cases import queries
from onewindow.cases.queries import Asker
from onewindow.core.errors import NotFound
from onewindow.notices import commands as notices
from onewindow.notices import queries as letters
from onewindow.notices.rules import Kind


def issue_letter(*, number: str, seq: int, by: Asker, at: datetime) -> None:
    """Issue the letter of one act in both languages, once; its bytes depend on the journal up to the act alone.

    Never inside another transaction: the press works first, and what stops it leaves the act as it stands.

    raises  NotFound where the act calls for no letter; NoFont, PressFault
    law     行政许可法 §32, §38, §42, §44, §45, §47, §69
    """
    notices.issue(letter=queries.letter_for(by, number, seq), by=by, at=at)


def issue_fee_receipt(*, number: str, seq: int, by: Asker, at: datetime) -> None:
    """Issue the receipt of a fee that was taken, in both languages, once (收费收据).

    seq     of the taking in the charge's chain
    raises  NotFound; NoFont, PressFault
    """
    notices.issue(letter=queries.fee_receipt_for(by, number, seq), by=by, at=at)


def letter_file(*, number: str, seq: int, kind: str, language: str, by: Asker, at: datetime) -> bytes:
    """Give a letter of a case as its PDF; one that its job has not brought yet is issued now, the same bytes (取文书).

    raises  NotFound where the asker may not know of the case, or it calls for no such letter; NoFont, PressFault
    """
    case = queries.case_for(by, number)
    if kind not in {each.value for each in Kind}:
        raise NotFound(number)
    try:
        return letters.letter_file(case.number, seq, Kind(kind), language)
    except NotFound:
        due = {(each.seq, each.kind) for each in queries.letters_for(by, number) if not each.issued}
        if (seq, kind) not in due:
            raise
    issue_letter(number=number, seq=seq, by=by, at=at)
    return letters.letter_file(case.number, seq, Kind(kind), language)
