"""Issuing the letters of a case (制发文书): by job after the act, or when somebody asks for one that is not there."""

from __future__ import annotations

from datetime import datetime

from onewindow.cases import queries
from onewindow.cases.queries import Asker
from onewindow.notices import commands as notices


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
