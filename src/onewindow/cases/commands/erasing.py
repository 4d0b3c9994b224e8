"""A person's wish to have their data deleted (删除个人信息): done where no law keeps them, else it is said why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.accounts.commands.erasing import drop_phone
from onewindow.accounts.rules import Resident
from onewindow.cases import queries
from onewindow.cases.commands.handing import BRING
from onewindow.cases.models import Case, Draft
from onewindow.cases.queries.own import ERASURES
from onewindow.core import files, journal, once
from onewindow.core.errors import NotFound
from onewindow.core.once import Once
from onewindow.notices import commands as notices

ACT = "person.erase"


@transaction.atomic
def erase(*, by: Resident, at: datetime, key: Once, phone: bool = False) -> int:
    """Delete drafts with their uploads, messages and choices, and the phone if it is asked; return the decision's seq.

    Cases that were handed in are kept as files of the office and named in the decision; nothing else is done to them.

    law  个人信息保护法 §47; 国务院令第716号 §12 (cases are archived)
    """
    done = once.claim(key, by, ACT, [phone], at=at)
    if done is not None:
        return int(done)
    drafts = list(Draft.objects.select_for_update().filter(person=by.person))
    for draft in drafts:
        for file in set(queries.form_of(draft).papers.values()) - {BRING}:
            _drop(by, file)
        draft.delete()
    messages, choices = notices.forget(by=by)
    dropped = drop_phone(by=by, at=at) if phone else False
    kept = list(Case.objects.filter(person=by.person).order_by("id").values_list("number", flat=True))
    facts = {"drafts": len(drafts), "messages": messages, "choices": choices, "phone": dropped, "kept": kept}
    subject = str(by.person)
    after = len(journal.chain(ERASURES, subject))
    seq = journal.record(kind=ERASURES, subject=subject, after=after, act=ACT, by=by, at=at, facts=facts)
    once.settle(key, by, ACT, str(seq))
    return seq


def _drop(by: Resident, file: str) -> None:
    """Throw an upload away; one that a day has swept away is gone already."""
    try:
        files.drop(file, by.key)
    except NotFound:
        return
