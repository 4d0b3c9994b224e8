"""The questions of an item: what is asked next, and papers with form, in under 1 ms of CPU, for every full item.

Run by `make bench`, or alone: python -m bench.questions
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from onewindow.catalogue import gateways, rules
from onewindow.catalogue.rules import Item

CATALOGUE = Path(__file__).parents[1] / "catalogue"
BUDGET_MICROSECONDS = 1000.0
BATCH, ROUNDS = 10, 60

Work = Callable[[Item, Mapping[str, str]], object]


def main() -> int:
    """Print name, n, p50 and p95 in µs of CPU; 1 if a figure is past its budget."""
    failed = False
    for item in _full_items():
        walk = _walk(item)
        for name, work in (("ask", rules.next_questions), ("papers", rules.papers), ("form", rules.fields)):
            times = _measure(item, walk, work)
            p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
            late = p95 > BUDGET_MICROSECONDS
            failed |= late
            told = f"questions.{item.code}.{name}"
            limit = f"budget {BUDGET_MICROSECONDS:.0f} µs{' EXCEEDED' if late else ''}"
            sys.stdout.write(f"{told:24} n={BATCH * len(times):<6} p50={p50:8.1f} µs  p95={p95:8.1f} µs  {limit}\n")
    return 1 if failed else 0


def _full_items() -> list[Item]:
    files = gateways.read(CATALOGUE)
    book = rules.book(files.dictionary)
    items = (rules.parse(rules.completed(body, book)) for body in files.items.values())
    return [item for item in items if item.full]


def _walk(item: Item) -> list[dict[str, str]]:
    """The answers after each question of one way through, from nothing to all; always the last option."""
    steps: list[dict[str, str]] = [{}]
    while open_questions := rules.next_questions(item, steps[-1]):
        steps.append({**steps[-1], open_questions[0].key: open_questions[0].values()[-1]})
    return steps


def _measure(item: Item, walk: list[dict[str, str]], work: Work) -> list[float]:
    """CPU of one call in µs, a figure for each batch at each step of the way, sorted."""
    times = []
    for place in range(ROUNDS):
        answers = walk[place % len(walk)]
        started = time.process_time()
        for _ in range(BATCH):
            work(item, answers)
        times.append((time.process_time() - started) / BATCH * 1e6)
    return sorted(times)


if __name__ == "__main__":
    sys.exit(main())
