"""Lists of cases: a person's own, and the work of a site or an office, by light and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from onewindow.accounts.rules import AT_SITES, IN_OFFICES, Agent, Applicant, Basis, Duty, Staff
from onewindow.calendars.rules import Kind, Light, Unit
from onewindow.cases.models import Case
from onewindow.cases.rules import DONE, Outcome, Stage
from onewindow.cases.rules.clocks import limits_from
from onewindow.core import keys
from onewindow.core.errors import NotFound

PAGE = 50
ON_CASES = AT_SITES | IN_OFFICES | {Duty.SUPERVISE}  # other duties open no case
MINE, FREE = "mine", "free"
CAP = 100  # lights are counted up to this; beyond it the page says "99+"
WINDOW = 2000  # and within so many index entries from where the light begins
LISTED = (
    "id", "number", "item", "edition", "stage", "outcome", "name", "channel", "received_at", "checked_at", "yellow_on",
    "promised_on", "statute_on", "due_on", "paused_at", "closes_on", "claimed_by", "limits", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of cases; `name` is the applicant's, to be masked on every page."""

    number: str
    item: str
    stage: Stage
    outcome: Outcome
    name: str
    received_at: datetime
    due_on: date | None
    light: Light
    edition: str  # of the catalogue, at submission
    checked: bool  # a check on the spot was passed
    unit: Unit = Unit.WORKDAY  # in which the clock behind `due_on` counts
    paused: bool = False  # a special procedure runs
    closes_on: date | None = None  # the person's own day for a correction
    claimed_by: int | None = None  # the member of staff who has it in hand
    version: int = 0


@dataclass(frozen=True, slots=True)
class Works:
    """A page of a work list: its rows, how many of each light there are (at most CAP), where the next page begins.

    least  the lights of which there may be more than counted: not all index entries were looked at
    """

    rows: tuple[Row, ...]
    counts: dict[Light, int]
    after: str
    least: frozenset[Light] = frozenset()


_ENDED = frozenset(stage.value for stage in DONE)


def light_of(row: dict[str, Any], today: date) -> Light:
    """Return the light of a case from its stored dates (灯): the worst that holds, by local day."""
    if row["stage"] in _ENDED:
        return Light.DONE
    if row["paused_at"]:
        return Light.HOLD
    if row["promised_on"] is None and row["statute_on"] is None:
        return Light.OK
    if row["statute_on"] and max(row["statute_on"], row["due_on"]) < today:
        return Light.VOID
    if row["due_on"] < today:
        return Light.LATE
    return Light.WARN if row["yellow_on"] and row["yellow_on"] <= today else Light.OK


def row_of(row: dict[str, Any], today: date) -> Row:
    """Return a line of a list from the columns in LISTED (清单行)."""
    name = keys.unseal("cases_case", "name", row["number"], row["name"]) if row["name"] else ""
    running = row["promised_on"] or row["statute_on"]
    return Row(
        number=row["number"],
        item=row["item"],
        stage=Stage(row["stage"]),
        outcome=Outcome(row["outcome"]),
        name=name,
        received_at=row["received_at"],
        due_on=row["due_on"] if running else None,
        light=light_of(row, today),
        edition=row["edition"],
        checked=row["checked_at"] is not None,
        unit=_unit_of(row) if running else Unit.WORKDAY,
        paused=row["paused_at"] is not None,
        closes_on=row["closes_on"],
        claimed_by=row["claimed_by"],
        version=row["version"],
    )


_DECIDING = frozenset({Stage.ACCEPTED.value, Stage.REVIEW.value})


def _unit_of(row: dict[str, Any]) -> Unit:
    """Return in what the clock counts that the row's day is of: before acceptance and after the decision working days.

    law  行政许可法 §82
    """
    if row["stage"] not in _DECIDING:
        return Unit.WORKDAY
    promised, law = row["promised_on"], row["statute_on"]
    kind = Kind.PROMISED if promised and (law is None or promised <= law) else Kind.STATUTORY
    found = {limit.kind: limit.unit for limit in reversed(limits_from(row["limits"]))}
    return found.get(kind) or found.get(Kind.STATUTORY, Unit.WORKDAY)


def count() -> int:
    """Return how many cases there are (办件总数)."""
    return Case.objects.count()


def count_by_item() -> dict[str, int]:
    """Return how many cases each item has (各事项办件数); one query over all of them."""
    return dict(Case.objects.values_list("item").annotate(Count("id")).order_by("item"))


def own_cases(asker: Applicant) -> Q:
    """Return which cases are the asker's, or those of whom they act for, as a condition (本人或被代办人的办件).

    Whoever signed in by phone code alone sees what was begun so: a phone that went to another opens no more than that.
    """
    if isinstance(asker, Agent):
        whose = Q(firm=asker.firm) if asker.firm else Q(person=asker.principal, firm="")
        return whose & Q(item__in=asker.items) if asker.items else whose
    mine = Q(person=asker.person, firm="")
    return mine if asker.level > 1 else mine & Q(by_phone=True)


def cases_of_for(asker: Applicant, *, today: date, after: str = "", size: int = 20) -> Works:
    """Return the asker's own cases, or those of whom they act for, newest first.

    after    what the page before gave as its end
    queries  1
    """
    rows = Case.objects.filter(own_cases(asker)).order_by("-id")
    if after.isdigit():
        rows = rows.filter(id__lt=int(after))
    page = list(rows.values(*LISTED)[: size + 1])
    more = str(page[size - 1]["id"]) if len(page) > size else ""
    return Works(tuple(row_of(row, today) for row in page[:size]), {}, more)


def cases_by_agents_for(asker: Applicant, *, today: date, size: int = 100) -> list[tuple[int, Row]]:
    """Return what others did for the asker, newest first: who, and the case (代办人办过的); nothing for other agents.

    For a firm's legal representative: what was done for the firm.

    queries  1
    law      民法典 §163, §166
    """
    if isinstance(asker, Agent) and asker.basis is not Basis.LEGAL_REP:
        return []
    rows = Case.objects.filter(own_cases(asker), agent__isnull=False).order_by("-id")
    return [(row["agent"], row_of(row, today)) for row in rows.values(*LISTED, "agent")[:size]]


def _lights(today: date) -> dict[Light, Q]:
    late = Q(due_on__lt=today)
    void = late & Q(statute_on__lt=today)
    warn = Q(due_on__gte=today, yellow_on__lte=today)
    return {
        Light.VOID: void,
        Light.LATE: late & (Q(statute_on__isnull=True) | Q(statute_on__gte=today)),
        Light.WARN: warn,
        Light.OK: Q(due_on__gte=today) & (Q(yellow_on__isnull=True) | Q(yellow_on__gt=today)),
    }


def _counted(open_cases: QuerySet[Case], today: date) -> tuple[dict[Light, int], frozenset[Light]]:
    """Count each light within WINDOW index entries from where it begins, and name those that were not counted out.

    Overdue begins at today and goes backwards, expired and due soon at the oldest, on time at the last day.
    """
    counts, least = {}, set()
    for light, test in _lights(today).items():
        past = light in (Light.VOID, Light.LATE)
        span = open_cases.filter(Q(due_on__lt=today) if past else Q(due_on__gte=today))
        newest_first = light in (Light.LATE, Light.OK)
        window = span.order_by("-due_on" if newest_first else "due_on")[:WINDOW]
        told = window.values("due_on", "yellow_on", "statute_on").aggregate(
            seen=Count("due_on"), lit=Count("due_on", filter=test)
        )
        counts[light] = min(told["lit"], CAP)
        if told["seen"] == WINDOW and told["lit"] < CAP:
            least.add(light)
    return counts, frozenset(least)


def work_list_for(
    asker: Staff,
    *,
    scope: str,
    today: date,
    light: Light | None = None,
    whose: str = "",
    after: str = "",
    size: int = PAGE,
) -> Works:
    """Return the open cases of a site or office, the earliest due first (办件清单).

    scope    a site's or an office's code, one of the asker's own
    whose    "mine": what the asker has in hand; "free": what nobody has; "": all
    after    "date:id" as the page before gave it
    raises   NotFound
    queries  5: the page, and one count for each light
    """
    if not any(asker.may(duty, scope) for duty in ON_CASES):
        raise NotFound(scope)
    where = Q(site=scope) if len(scope) == 8 and scope.isdigit() else Q(office=scope)
    open_cases = Case.objects.filter(where, ended_at__isnull=True)
    rows = open_cases.filter(_lights(today)[light]) if light else open_cases
    if whose:
        rows = rows.filter(claimed_by=asker.id) if whose == MINE else rows.filter(claimed_by__isnull=True)
    if after:
        rows = rows.filter(_beyond(after))
    page = list(rows.order_by("due_on", "id").values(*LISTED)[: size + 1])
    counts, least = _counted(open_cases, today)
    last = page[size - 1] if len(page) > size else None
    return Works(
        rows=tuple(row_of(row, today) for row in page[:size]),
        counts=counts,
        after=f"{last['due_on']}:{last['id']}" if last else "",
        least=least,
    )


def _beyond(after: str) -> Q:
    day, _, last = after.partition(":")
    try:
        due_on, row = date.fromisoformat(day), int(last)
    except ValueError as error:
        raise NotFound(after) from error
    # The first condition bounds the index range; without it every page would read all pages before it.
    return Q(due_on__gte=due_on) & (Q(due_on__gt=due_on) | Q(id__gt=row))
