"""Letters: each kind, in each language, set in at most 20 ms of CPU with a kept compiler; a letter of many pages shown.

Run by `make bench`, or alone: python -m bench.letters
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import Any

from tests.notices.given import EXAMPLES, long

from bench._ground import tell, tell_figure
from onewindow.notices.gateways import Press
from onewindow.notices.rules import LANGUAGES, document

BUDGET_MS = 20.0
ROUNDS = 30


def main() -> int:
    """Print name, n, p50 and p95 in ms of CPU a letter; 1 if a figure with a budget is past it."""
    began = time.process_time()
    machine = Press()
    machine.pdf(document(long(1), "zh"))
    tell(f"letters.first: {(time.process_time() - began) * 1000:.0f} ms to find the fonts and set the first letter")
    kept = True
    for language in LANGUAGES:
        pages = [document(make(), language) for make in EXAMPLES.values()]
        times, sizes = _measure(machine, pages)
        kept &= tell_figure(f"letters.{language}", times, "ms", budget=BUDGET_MS)
        tell_figure(f"letters.{language}.size", sizes, "kB")
    tell_figure("letters.zh.17_pages", _measure(machine, [document(long(75), "zh")])[0], "ms")
    return 0 if kept else 1


def _measure(machine: Press, pages: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """CPU of each letter in ms and its size in kB; no two alike, so that nothing is remembered from the one before."""
    times, sizes = [], []
    for place in range(ROUNDS):
        for page in pages:
            fresh: Mapping[str, Any] = {**page, "number": f"{page['number']}{place}", "addressee": f"李强{place}"}
            began = time.process_time()
            pdf = machine.pdf(fresh)
            times.append((time.process_time() - began) * 1000)
            sizes.append(len(pdf) / 1000)
    return times, sizes


if __name__ == "__main__":
    sys.exit(main())
