"""Sittings at the counter (窗口收件): a clerk's own, unfinished and done."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import QuerySet

from onewindow.accounts.rules import Staff
from onewindow.cases.models import Paper, Sitting
from onewindow.cases.queries.one import case_for
from onewindow.cases.rules.counter import Taken
from onewindow.core import keys
from onewindow.core.errors import NotFound


def sitting_for(asker: Staff, number: str, *, lock: bool = False) -> Sitting:
    """Return the asker's own sitting.

    raises   NotFound; also for a colleague's
    queries  1
    """
    rows: QuerySet[Sitting] = Sitting.objects.select_for_update() if lock else Sitting.objects.all()
    sitting = rows.filter(staff=asker.id, number=number).first()
    if sitting is None:
        raise NotFound(number)
    return sitting


def sittings_for(asker: Staff, *, since: datetime) -> list[Sitting]:
    """Return the asker's sittings: the unfinished ones, and those done since then, the latest first (1 query)."""
    rows = Sitting.objects.filter(staff=asker.id).order_by("-saved_at")[:60]
    return [row for row in rows if row.done_at is None or row.done_at >= since]


def taken_of(sitting: Sitting) -> Taken:
    """Open what was taken in; nothing once the sitting is done."""
    if not sitting.taken:
        return Taken()
    told = json.loads(keys.unseal("cases_sitting", "taken", sitting.number, sitting.taken))
    return Taken(**{**told, "items": tuple(told["items"])})


def missing_of_for(asker: Staff, numbers: list[str]) -> dict[str, list[Paper]]:
    """Return the papers that are still to be brought, by the number of the case (缺件).

    raises   NotFound
    queries  1, and 1 for each case
    """
    for number in numbers:
        case_for(asker, number)
    found: dict[str, list[Paper]] = {number: [] for number in numbers}
    for paper in Paper.objects.filter(case__number__in=numbers, state="bring").select_related("case").order_by("id"):
        found[paper.case.number].append(paper)
    return found
