"""A sitting at the counter (窗口收件), until it is handed in: nothing is lost to a time-out, and it is one clerk's."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import IdType, Staff
from onewindow.cases.commands.counter import at_site, check_helper, check_items, items_of, no_party, side_of
from onewindow.cases.commands.handing import Upload
from onewindow.cases.models import Sitting
from onewindow.cases.queries.sittings import sitting_for, taken_of
from onewindow.cases.rules.counter import SEEN, Taken, joint_papers, paper_name
from onewindow.core import files, keys, once
from onewindow.core.errors import NotFound, Refusal, expect
from onewindow.core.once import Once


@transaction.atomic
def open_sitting(
    *,
    by: Staff,
    site: str,
    name: str,
    id_type: IdType,
    id_number: str,
    at: datetime,
    key: Once,
    phone: str = "",
) -> str:
    """Begin a sitting for the person whose document the clerk holds, registered now if new; return its number (接待).

    The document is noted as seen: the person is known by real name from now on.

    raises  Refusal case.duty, case.party, accounts.name, accounts.identity.*, accounts.phone, accounts.name_differs,
            once.reused
    law     行政许可法 §29, §30; 居民身份证法 §13, §14
    """
    at_site(by, site)
    inputs = [site, name, id_type, id_number, phone]
    if done := once.claim(key, by, "sitting.open", inputs, at=at):
        return done
    no_party(by, accounts.person_of_identity(id_type, id_number))
    person = people.verify_at_counter(
        by=by, name=name, id_type=id_type, id_number=id_number, phone=phone, at=at, key=key
    )
    number = secrets.token_urlsafe(16)
    Sitting.objects.create(
        number=number,
        staff=by.id,
        site=site,
        person=person,
        taken=_sealed(number, Taken()),
        version=1,
        saved_at=at,
    )
    once.settle(key, by, "sitting.open", number)
    return number


@transaction.atomic
def choose(
    *,
    by: Staff,
    number: str,
    at: datetime,
    version: int,
    acts_for: str | None = None,
    helper: int | None = None,
    items: Sequence[str] | None = None,
) -> Sitting:
    """Note for whom the person acts, who helps, and which items it is about (选事项).

    acts_for  key of a standing, as `accounts.queries.acting_for` names it; "" for themselves
    raises    NotFound (item); Refusal sitting.stale, sitting.done, case.agent, case.helper, case.items.many,
              catalogue.closed
    """
    sitting = _open(by, number, version)
    taken = taken_of(sitting)
    if acts_for is not None:
        side_of(sitting.person, acts_for, at)
        if helper is not None:
            check_helper(helper, sitting.site, at)
        taken = replace(taken, acts_for=acts_for, helper=helper)
    if items is not None:
        taken = replace(taken, items=check_items(items))
    return _saved(sitting, taken, at)


@transaction.atomic
def note_given(
    *,
    by: Staff,
    number: str,
    at: datetime,
    version: int,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Sitting:
    """Note answers and fields of a sitting; what is not named stays as it was (填表).

    answers  item → question → answer, all of each item
    raises   NotFound; Refusal sitting.stale, sitting.done
    """
    sitting = _open(by, number, version)
    taken = taken_of(sitting)
    if answers is not None:
        taken = replace(taken, answers={**taken.answers, **{code: dict(given) for code, given in answers.items()}})
    if fields is not None:
        taken = replace(taken, fields={**taken.fields, **fields})
    return _saved(sitting, taken, at)


@transaction.atomic
def note_papers(
    *,
    by: Staff,
    number: str,
    at: datetime,
    version: int,
    seen: Collection[str],
    uploads: Mapping[str, Upload],
    kept: Collection[str],
) -> tuple[Sitting, dict[str, Refusal]]:
    """Note of each paper that the original was seen, or take its scan in; the others are missing (收材料).

    A scan that several items want is kept once for each of their cases.

    kept    papers whose scan stays as it is
    raises  NotFound; Refusal sitting.stale, sitting.done
    """
    sitting = _open(by, number, version)
    taken = taken_of(sitting)
    faults: dict[str, Refusal] = {}
    papers: dict[str, dict[str, str]] = {code: {} for code in taken.items}
    for need, codes in joint_papers(items_of(taken), taken):
        name = paper_name(need)
        for code, state in _state_of(by, taken, name, codes, seen, uploads, kept, at, faults).items():
            papers[code][name] = state
    _drop_gone(by, taken, papers)
    return _saved(sitting, replace(taken, papers=papers), at), faults


def _state_of(
    by: Staff,
    taken: Taken,
    name: str,
    codes: Sequence[str],
    seen: Collection[str],
    uploads: Mapping[str, Upload],
    kept: Collection[str],
    at: datetime,
    faults: dict[str, Refusal],
) -> dict[str, str]:
    if name in uploads:
        try:
            return _received(by, codes, uploads[name], at)
        except Refusal as refusal:
            faults[name] = refusal
    if name in seen:
        return dict.fromkeys(codes, SEEN)
    held = {code: taken.papers.get(code, {}).get(name, "") for code in codes}
    return {code: file for code, file in held.items() if name in kept and file and file != SEEN}


def _received(by: Staff, codes: Sequence[str], upload: Upload, at: datetime) -> dict[str, str]:
    if (upload.size or 0) > files.MAX_BYTES:
        raise Refusal("file.too_large", most=files.MAX_BYTES)
    data, name = upload.read(), upload.name or ""
    return {code: files.receive(owner=by.key, name=name, data=data, at=at) for code in codes}


def _drop_gone(by: Staff, taken: Taken, papers: Mapping[str, Mapping[str, str]]) -> None:
    """Throw away scans that the sitting no longer names; one that a day has swept away is gone already."""
    before = {file for given in taken.papers.values() for file in given.values() if file != SEEN}
    still = {file for given in papers.values() for file in given.values()}
    for file in before - still:
        try:
            files.drop(file, by.key)
        except NotFound:
            continue


@transaction.atomic
def discard_sitting(*, by: Staff, number: str) -> None:
    """Throw an unfinished sitting away (放弃收件).

    raises  NotFound; Refusal sitting.done
    """
    sitting = sitting_for(by, number, lock=True)
    if sitting.done_at is not None:
        raise Refusal("sitting.done")
    _drop_gone(by, taken_of(sitting), {})
    sitting.delete()


def _open(by: Staff, number: str, version: int) -> Sitting:
    sitting = sitting_for(by, number, lock=True)
    if sitting.done_at is not None:
        raise Refusal("sitting.done")
    expect(sitting.version, version, "sitting.stale")
    return sitting


def _saved(sitting: Sitting, taken: Taken, at: datetime) -> Sitting:
    sitting.taken, sitting.saved_at, sitting.version = _sealed(sitting.number, taken), at, sitting.version + 1
    sitting.save(update_fields=["taken", "saved_at", "version"])
    return sitting


def _sealed(number: str, taken: Taken) -> bytes:
    return keys.seal("cases_sitting", "taken", number, json.dumps(asdict(taken), ensure_ascii=False))
