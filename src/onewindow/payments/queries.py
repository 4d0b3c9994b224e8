"""Every read of payments: one charge, a clerk's day, and the fold of their journals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, zip_longest
from typing import Any

from onewindow.accounts.rules import ANYWHERE, Asker, Duty, Staff
from onewindow.core import canonical, journal
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal
from onewindow.payments.models import ChargeRow, PostingRow, TillRow
from onewindow.payments.rules import (
    Act,
    Charge,
    Event,
    Ground,
    Mistake,
    Posting,
    Status,
    Tally,
    Way,
    after,
    fold,
    lines_facts,
    lines_from,
    money,
    posting,
    tallies,
    tallies_facts,
)

AT_THE_COUNTER = (Duty.INTAKE, Duty.DELIVER)
"""Who stands at a counter sees and takes what is paid there."""


@dataclass(frozen=True, slots=True)
class Till:
    """A clerk's day at a site (日结): its postings in order, its sums, and whether it is closed.

    counted_cents  the cash that was counted at closing; None while it is open
    """

    clerk: int
    postings: tuple[Posting, ...]
    sums: tuple[Tally, ...]
    closed_by: int | None = None
    closed_at: datetime | None = None
    counted_cents: int | None = None
    version: int = 0

    @property
    def cash_cents(self) -> int:
        """The cash that should be there."""
        return next(row.net_cents for row in self.sums if row.way is Way.CASH)


@dataclass(frozen=True, slots=True)
class DayEnd:
    """The day-end list of a site (收款日结): each clerk's day, and all together."""

    site: str
    day: date
    tills: tuple[Till, ...]
    sums: tuple[Tally, ...]
    money: Tally
    receipts: tuple[str, str]  # the first and the last of the day, "" where none was given


def sites_of(asker: Asker) -> list[str]:
    """Return the sites at whose counters the asker stands: where they belong first."""
    if not isinstance(asker, Staff):
        return []
    found = {scope for duty in AT_THE_COUNTER for scope in asker.where(duty)} - {ANYWHERE}
    return sorted(found, key=lambda site: (site != asker.office, site))


def stands_at(asker: Asker, site: str) -> bool:
    """Say whether the asker stands at a counter of the site."""
    return isinstance(asker, Staff) and any(asker.may(duty, site) for duty in AT_THE_COUNTER)


def charge_of(subject: str) -> Charge | None:
    """Return the subject's charge, None where nothing was charged: for the higher room, which says who may see it.

    queries  1
    """
    row = ChargeRow.objects.filter(subject=subject).first()
    return charge_from(row) if row else None


def is_settled(subject: str) -> bool:
    """Say whether nothing is owed for the subject (已缴清): paid, waived, given back, free, or never charged.

    queries  1
    """
    charge = charge_of(subject)
    return charge is None or charge.settled


def charge_for(asker: Asker, subject: str, *, lock: bool = False) -> Charge:
    """Return the charge for one who stands at a counter of its site.

    lock     hold the row until the transaction ends
    raises   NotFound
    queries  1
    """
    rows = ChargeRow.objects.select_for_update() if lock else ChargeRow.objects.all()
    row = rows.filter(subject=subject).first()
    if row is None or not stands_at(asker, row.site):
        raise NotFound(subject)
    return charge_from(row)


def history_for(asker: Asker, subject: str) -> list[journal.Entry]:
    """Return what happened to a charge, in its order.

    raises   NotFound
    queries  2
    """
    return journal.chain("charge", charge_for(asker, subject).subject)


def day_end_for(asker: Asker, site: str, day: date) -> DayEnd:
    """Return the day-end list of a site for one who stands at a counter there (收款日结).

    raises   NotFound
    queries  2
    """
    if not stands_at(asker, site):
        raise NotFound(site)
    rows = PostingRow.objects.filter(site=site, day=day).order_by("clerk", "at", "id")
    closings = {row.clerk: row for row in TillRow.objects.filter(site=site, day=day)}
    by_clerk = {clerk: tuple(each) for clerk, each in groupby(map(posting_from, rows), key=lambda line: line.clerk)}
    found = tuple(
        _till(clerk, by_clerk.get(clerk, ()), closings.get(clerk)) for clerk in sorted({*by_clerk, *closings})
    )
    everything = [line for till in found for line in till.postings]
    receipts = sorted(line.receipt for line in everything if line.act is Act.TAKE)
    sums = tallies(everything)
    return DayEnd(site, day, found, sums, money(sums), (receipts[0], receipts[-1]) if receipts else ("", ""))


def till_postings(site: str, day: date, clerk: int) -> tuple[Posting, ...]:
    """Return what stands on a clerk's day, in its order (one query)."""
    rows = PostingRow.objects.filter(site=site, day=day, clerk=clerk).order_by("at", "id")
    return tuple(map(posting_from, rows))


def charge_from(row: ChargeRow) -> Charge:
    """Return a stored charge as a value."""
    return Charge(
        subject=row.subject,
        division=row.division,
        site=row.site,
        party=row.party,
        lines=lines_from(json.loads(row.lines)),
        status=Status(row.status),
        way=Way(row.way) if row.way else None,
        receipt=row.receipt,
        by=row.by,
        at=row.at,
        ground=Ground(row.ground) if row.ground else None,
        law=row.law,
        mistake=Mistake(row.mistake) if row.mistake else None,
        version=row.version,
    )


def charge_columns(charge: Charge) -> dict[str, Any]:
    """Return every column of a charge's row, for storing and for checking."""
    return {
        "division": charge.division,
        "site": charge.site,
        "party": charge.party,
        "lines": canonical.text(lines_facts(charge.lines)),
        "cents": charge.cents,
        "status": charge.status.value if charge.status else "",
        "way": charge.way.value if charge.way else "",
        "receipt": charge.receipt,
        "by": charge.by,
        "at": charge.at,
        "ground": charge.ground.value if charge.ground else "",
        "law": charge.law,
        "mistake": charge.mistake.value if charge.mistake else "",
        "version": charge.version,
    }


def posting_from(row: PostingRow) -> Posting:
    """Return a stored posting as a value."""
    return Posting(
        subject=row.subject,
        seq=row.seq,
        site=row.site,
        day=row.day,
        clerk=row.clerk,
        act=Act(row.act),
        way=Way(row.way) if row.way else None,
        receipt=row.receipt,
        cents=row.cents,
        at=row.at,
    )


def events(chain: Iterable[journal.Entry]) -> list[Event]:
    """Return a charge's journal as events."""
    return [
        Event(Act(entry.act.removeprefix("charge.")), entry.at, entry.staff, journal.facts_of(entry)) for entry in chain
    ]


Difference = tuple[str, Any, Any]


def replay() -> Iterator[tuple[str, list[Difference]]]:
    """Make every charge and its postings again from the journal and yield where they differ (重演核对).

    raises  Refusal journal.replay where a chain has no row, or a row no chain
    """
    rows = ChargeRow.objects.order_by("subject").iterator(chunk_size=500)
    for row, (subject, chain) in zip_longest(rows, _chains("charge"), fillvalue=("", ())):
        if not isinstance(row, ChargeRow) or row.subject != subject:
            raise Refusal("journal.replay", subject=getattr(row, "subject", subject))
        yield subject, list(_differences(row, list(chain)))


def replay_tills() -> Iterator[tuple[str, list[Difference]]]:
    """Compare every clerk's day with its journal, and the sums that were closed with its postings (日结核对).

    raises  Refusal journal.replay where a chain has no row, or a row no chain
    """
    rows = TillRow.objects.filter(version__gt=0).order_by("number").iterator(chunk_size=500)
    for row, (number, chain) in zip_longest(rows, _chains("till"), fillvalue=("", ())):
        if not isinstance(row, TillRow) or row.number != number:
            raise Refusal("journal.replay", subject=getattr(row, "number", number))
        yield number, list(_till_differences(row, list(chain)[-1]))


def _chains(kind: str) -> Iterator[tuple[str, Iterator[journal.Entry]]]:
    rows = journal.Entry.objects.filter(kind=kind).order_by("subject", "seq")
    return groupby(rows.iterator(chunk_size=2000), key=lambda entry: entry.subject)


def _differences(row: ChargeRow, chain: list[journal.Entry]) -> Iterator[Difference]:
    happened = events(chain)
    for name, folded in charge_columns(fold(row.subject, happened)).items():
        if getattr(row, name) != folded:
            yield name, getattr(row, name), folded
    charge, wanted = Charge(row.subject), []
    for event in happened:
        charge = after(charge, event)
        wanted.append(posting(charge, event, day_of(event.at)))
    stored = [posting_from(each) for each in PostingRow.objects.filter(subject=row.subject).order_by("seq")]
    if stored != [each for each in wanted if each]:
        yield "postings", stored, [each for each in wanted if each]


def _till_differences(row: TillRow, last: journal.Entry) -> Iterator[Difference]:
    facts = journal.facts_of(last)
    closed = last.act == "till.close"
    wanted = {
        "version": last.seq,
        "closed_by": last.staff if closed else None,
        "closed_at": last.at if closed else None,
        "counted_cents": facts["counted_cents"] if closed else None,
    }
    for name, folded in wanted.items():
        if getattr(row, name) != folded:
            yield name, getattr(row, name), folded
    sums = tallies_facts(tallies(till_postings(row.site, row.day, row.clerk)))
    if closed and sums != facts["sums"]:
        yield "sums", sums, facts["sums"]


def _till(clerk: int, lines: tuple[Posting, ...], row: TillRow | None) -> Till:
    if row is None:
        return Till(clerk, lines, tallies(lines))
    return Till(clerk, lines, tallies(lines), row.closed_by, row.closed_at, row.counted_cents, row.version)
