"""Drafts (草稿): what a person typed is kept at every step, and never lost to a time-out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.accounts.rules import Applicant
from onewindow.cases import queries
from onewindow.cases.models import Draft
from onewindow.cases.queries import Form
from onewindow.catalogue import queries as catalogue
from onewindow.core import keys
from onewindow.core.errors import Refusal, expect


@transaction.atomic
def begin(*, by: Applicant, item: str, answers: Mapping[str, Any], at: datetime) -> Draft:
    """Begin an application, or go on with the one that was begun; new answers replace the old, the rest stays (草稿).

    A person has one draft for an item and for whom they act, so a POST that comes twice meets the same row.

    raises  NotFound; Refusal catalogue.closed
    """
    edition = catalogue.current_edition()
    if catalogue.item(item, edition).closed:
        raise Refusal("catalogue.closed", item=item)
    number = secrets.token_urlsafe(16)
    new = {
        "number": number,
        "by_phone": by.level < 2,
        "edition": edition,
        "form": _sealed(number, Form(dict(answers), {})),
        "version": 1,
        "saved_at": at,
    }
    rows, ground = Draft.objects.select_for_update(), queries.ground_of(by)
    draft, made = rows.get_or_create(person=by.person, ground=ground, item=item, defaults=new)
    if made:
        return draft
    opened = queries.form_of(draft)
    return _saved(draft, replace(opened, answers=dict(answers) or opened.answers), at, edition)


@transaction.atomic
def save(
    *,
    by: Applicant,
    number: str,
    at: datetime,
    version: int,
    answers: Mapping[str, Any] | None = None,
    fields: Mapping[str, str] | None = None,
    papers: Mapping[str, str] | None = None,
    site: str | None = None,
) -> Draft:
    """Keep what was typed on a page of the form; fields of other pages stay as they are (保存草稿).

    papers   "key" or "key:holder" → id of an uploaded file, "bring", or "" to take it out again
    version  as the page was rendered with: another tab's later change is refused, not written over
    raises   NotFound; Refusal draft.stale
    """
    draft = queries.draft_for(by, number, lock=True)
    expect(draft.version, version, "draft.stale")
    opened = queries.form_of(draft)
    if site is not None:
        draft.site = site
    kept = {key: file for key, file in {**opened.papers, **(papers or {})}.items() if file}
    form = Form(
        answers=opened.answers if answers is None else dict(answers),
        fields={**opened.fields, **(fields or {})},
        papers=kept,
    )
    return _saved(draft, form, at, draft.edition)


@transaction.atomic
def discard(*, by: Applicant, number: str) -> None:
    """Throw a draft away (放弃草稿).

    raises  NotFound
    """
    queries.draft_for(by, number, lock=True).delete()


def _saved(draft: Draft, form: Form, at: datetime, edition: str) -> Draft:
    draft.form, draft.edition = _sealed(draft.number, form), edition
    draft.version, draft.saved_at = draft.version + 1, at
    draft.save(update_fields=["form", "edition", "site", "version", "saved_at"])
    return draft


def _sealed(number: str, form: Form) -> bytes:
    return keys.seal("cases_draft", "form", number, json.dumps(asdict(form), ensure_ascii=False))
