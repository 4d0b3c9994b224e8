"""The lists and the case page at 10,000 and at 1,000,000 cases: how many blocks the database touches for them.

    python -m bench.growth [--small 10000] [--cases 1000000]

Cases come by `onewindow bench fill` in the shapes of demo cases made by the real commands, 5 % of them open; at the
small size every chain is verified and every row replayed, at the large one a sample. Promised: each page's queries
touch at most 1.3 times the blocks (EXPLAIN (ANALYZE, BUFFERS): shared hit and read, the second run of each counts).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.serving import Installation

from bench._ground import entered, needs_postgres, tell

MOST_GROWTH, SHAPES, SAMPLE = 1.3, 2000, 300


@dataclass(frozen=True, slots=True)
class Page:
    """What a page asked the database: blocks touched and milliseconds, by query."""

    blocks: list[int]
    ms: list[float]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=1_000_000)
    told = parser.parse_args()
    if needs_postgres():
        return 1
    with entered() as installation:
        return 0 if _measure(installation, told.small, told.cases) else 1


def _measure(installation: Installation, small: int, large: int) -> bool:
    from onewindow.cases import queries
    from onewindow.core import clock
    from onewindow.jobs import demo_command

    demo_command.fill(cases=SHAPES, at=clock.now(), say=tell)
    _fill(installation, small - queries.count())
    tell(f"at {queries.count()} cases:")
    kept = _walk(installation, "verify") and _walk(installation, "replay", "--check")
    before = _pages()
    _fill(installation, large - queries.count())
    tell(f"at {queries.count()} cases:")
    kept = _sample() and kept
    after = _pages()
    for name, page in before.items():
        now = after[name]
        growth = sum(now.blocks) / sum(page.blocks)
        kept = kept and growth <= MOST_GROWTH
        tell(
            f"growth.{name:16} n={len(page.blocks)} queries  blocks {sum(page.blocks)} -> {sum(now.blocks)}"
            f"  ({growth:.2f}, budget <= {MOST_GROWTH}{'' if growth <= MOST_GROWTH else '  EXCEEDED'})"
            f"  {sum(page.ms):.2f} -> {sum(now.ms):.2f} ms"
        )
        tell(f"    by query {page.blocks} -> {now.blocks}")
    return kept


def _fill(installation: Installation, cases: int) -> None:
    """Add cases with the command, then do what autovacuum would have done by the time they have come one by one."""
    from django.db import connection

    if cases > 0:
        done = installation.onewindow("bench", "fill", "--cases", str(cases), seconds=3600)
        tell(f"  {(done.stdout + done.stderr).strip()}")
        if done.returncode:
            raise RuntimeError("the fill failed")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _walk(installation: Installation, *words: str) -> bool:
    begun = time.monotonic()
    done = installation.onewindow("journal", *words, seconds=3600)
    said, seconds = (done.stdout + done.stderr).strip()[-300:], time.monotonic() - begun
    tell(f"  journal {' '.join(words)}: {said} in {seconds:.0f} s")
    return done.returncode == 0


def _sample() -> bool:
    """Verify the chains of some cases from all over the table."""
    from onewindow.cases.models import Case
    from onewindow.core import journal

    last = Case.objects.order_by("-id").values_list("id", flat=True)[0]
    ids = range(1, last + 1, max(1, last // SAMPLE))
    numbers = Case.objects.filter(id__in=ids).values_list("number", flat=True)
    faults = [fault for number in numbers for fault in journal.verify(iter(journal.chain("case", number)))]
    tell(f"  {len(numbers)} chains from all over the table verified, {len(faults)} faults {faults[:1] or ''}")
    return not faults


def _pages() -> dict[str, Page]:
    """Ask for each page as the faces do, and have its queries explained."""
    from django.db.models import Count

    from onewindow.accounts.rules import Duty, Resident, Staff
    from onewindow.cases import queries
    from onewindow.cases.models import Case
    from onewindow.core import clock

    at = clock.now()
    still_open = Case.objects.filter(ended_at__isnull=True)
    office = still_open.values("office").annotate(n=Count("id")).order_by("-n", "office")[0]
    site = still_open.values("site").annotate(n=Count("id")).order_by("-n", "site")[0]
    person = Case.objects.values("person").annotate(n=Count("id")).order_by("-n", "person")[0]
    tell(f"  open at the fullest office {office['n']}, at the fullest site {site['n']}; of one person {person['n']}")
    duties = frozenset({(Duty.REVIEW, office["office"]), (Duty.INTAKE, site["site"])})
    staff = Staff(id=1, duties=duties, division="140100", channel="desk", office=office["office"])
    mine = Resident(person["person"], 2, "web")
    numbers = still_open.filter(office=office["office"]).order_by("due_on", "id").values_list("number", flat=True)
    number, today = numbers[0], clock.day_of(at)
    return {
        "office list": _explained(lambda: queries.work_list_for(staff, scope=office["office"], today=today)),
        "site list": _explained(lambda: queries.work_list_for(staff, scope=site["site"], today=today)),
        "case page": _explained(lambda: queries.case_page_for(staff, number, at=at)),
        "my cases": _explained(lambda: queries.cases_of_for(mine, today=today)),
    }


def _explained(ask: Callable[[], Any]) -> Page:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    page = Page([], [])
    for query in captured.captured_queries:
        plan: dict[str, Any] = {}
        for _ in range(2):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query["sql"])
                [[found]] = cursor.fetchall()
            plan = (json.loads(found) if isinstance(found, str) else found)[0]
        page.blocks.append(plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"])
        page.ms.append(plan["Execution Time"])
    return page


if __name__ == "__main__":
    sys.exit(main())
