"""A case with forty acts: its state folded, what law alone has brought about, and all its clocks, in under 300 µs.

Run by `make bench`, or alone: python -m bench.life
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from fractions import Fraction

from bench.clock import _calendar
from onewindow.calendars.rules import LICENSING_45, Extension, Kind, Limit, Unit, WorkCalendar
from onewindow.cases.rules import Act, Event, Need, State, clocks, fold, stage_at
from onewindow.core.clock import SHANGHAI

BUDGET_MICROSECONDS = 300.0
BATCH, ROUNDS, ACTS = 20, 100, 40
NEED = Need(licence=True, promised=True, making=True)
LIMITS = (
    Limit(Kind.PROMISED, Fraction(7), Unit.WORKDAY, pauses=LICENSING_45),
    Limit(Kind.STATUTORY, Fraction(20), Unit.WORKDAY, pauses=LICENSING_45, extension=Extension(by=10)),
)


def main() -> int:
    """Print name, n, p50 and p95 in µs of CPU a case; 1 past the budget."""
    calendar, failed = _calendar(), False
    for name, whole in (("life.stage_and_clocks", False), ("life.fold_too", True)):
        times = sorted(_round(calendar, place, whole) for place in range(ROUNDS))
        p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
        late = p95 > BUDGET_MICROSECONDS
        failed |= late
        limit = f"budget {BUDGET_MICROSECONDS:.0f} µs{' EXCEEDED' if late else ''}"
        sys.stdout.write(f"{name:22} n={BATCH * ROUNDS:<7} p50={p50:8.1f} µs  p95={p95:8.1f} µs  {limit}\n")
    return 1 if failed else 0


def history(start: datetime) -> tuple[Event, ...]:
    """Return forty acts: a correction and its answer, acceptance, review, and special procedures one after another."""
    notice = {"faults": [["paper", "lease", ""]], "closes_on": (start + timedelta(days=30)).date().isoformat()}
    acts: list[tuple[Act, dict[str, object]]] = [
        (Act.SUBMIT, {}),
        (Act.SEND_BACK, notice),
        (Act.SUPPLEMENT, {}),
        (Act.ACCEPT, {}),
        (Act.REVIEW, {}),
        (Act.EXTEND, {"number": 10}),
    ]
    while len(acts) < ACTS:
        acts += [(Act.PAUSE, {"reason": "testing"}), (Act.RESUME, {})]
    return tuple(
        Event(act, start + timedelta(hours=6 * place), 1, facts=facts) for place, (act, facts) in enumerate(acts)
    )


def _round(calendar: WorkCalendar, place: int, whole: bool) -> float:
    """CPU of a case in µs, over a batch of cases that began on one day."""
    start = datetime(2024, 1, 2, 9, 30, tzinfo=SHANGHAI) + timedelta(days=place * 9)
    events = history(start)
    state, at = fold(events), events[-1].at + timedelta(hours=5)
    begun = time.process_time_ns()
    for _ in range(BATCH):
        _read(fold(events) if whole else state, calendar, at)
    return (time.process_time_ns() - begun) / 1000 / BATCH


def _read(state: State, calendar: WorkCalendar, at: datetime) -> None:
    clocks(stage_at(state, NEED, calendar, at), LIMITS, NEED, calendar, at)


if __name__ == "__main__":
    sys.exit(main())
