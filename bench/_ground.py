"""What benches share: an installation in this process, how a figure is told, what processes have used of the CPU."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.serving import Installation, installation

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def entered() -> Iterator[Installation]:
    """Make an installation at DATABASE_URL and enter it: from here on Django in this process is on it."""
    with installation() as made:
        os.environ.update(made.environment)
        import django
        from django.db import connection

        django.setup()
        try:
            yield made
        finally:
            connection.close()


def needs_postgres() -> bool:
    """Say whether DATABASE_URL is no PostgreSQL, and that in words."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return False
    sys.stdout.write("not measured: it needs PostgreSQL at DATABASE_URL\n")
    return True


def share(values: Sequence[float], percent: int) -> float:
    """Return the value below which so many percent lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell_figure(
    name: str, values: Sequence[float], unit: str, *, budget: float | None = None, least: bool = False
) -> bool:
    """Print name, n, p50, p95 and budget; return whether it is kept.

    budget  for the median; `least` makes it a lower bound
    """
    p50, p95 = share(values, 50), share(values, 95)
    kept = budget is None or (p50 >= budget if least else p50 <= budget)
    sign = ">=" if least else "<="
    said = "" if budget is None else f"  budget {sign} {budget:g} {unit}{'' if kept else '  EXCEEDED'}"
    tell(f"{name:34} n={len(values):<7} p50={p50:10.2f} {unit}  p95={p95:10.2f} {unit}{said}")
    return kept


def cpu_ms(pids: Sequence[int]) -> float:
    """Return the CPU time in ms that these processes and their ended children have used; gone ones count nothing."""
    return sum(map(_ticks, pids)) * TICK_MS


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15])


def family(pid: int) -> list[int]:
    """Return the process and all that it has started, and they in turn."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, rest = [], [pid]
    while rest:
        found.append(rest.pop())
        rest += children.get(found[-1], [])
    return found
