"""Opening what is masked (解除掩码): written into the read log first, and shown to the person."""

from __future__ import annotations

from datetime import datetime

from onewindow.accounts import commands as accounts
from onewindow.accounts.rules import Staff
from onewindow.cases import queries
from onewindow.core.errors import NotFound


def unmask(*, number: str, by: Staff, what: str, why: str, at: datetime) -> str:
    """Return one value of a case in plain text, after noting who opened it and why (查阅留痕).

    Never inside another transaction: the note must stand before anything is seen.

    what    "name", or a field of the form by its key
    why     the reader's reason; the person sees it
    raises  NotFound; Refusal accounts.reason
    law     个人信息保护法 §44, §51
    """
    case = queries.case_for(by, number)
    accounts.note_reading(by=by, person=case.person, what=what, why=why, at=at, subject=number)
    value = queries.name_of(case) if what == "name" else queries.form_of(case).fields.get(what)
    if not value:
        raise NotFound(what)
    return value
