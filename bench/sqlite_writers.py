"""Eight writers on one SQLite file: how many commands a second, and how long the longest of them waits.

    python -m bench.sqlite_writers [--seconds 60]

Two processes of four threads, as two web workers have them. Each command writes what handing in an application writes
to the ground: a claim, a number at one of 200 sites, an entry of the journal with twenty answers, two jobs.
Promised: 200 a second at least, no wait of a second, nothing locked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PROCESSES, THREADS, SITES = 2, 4, 200
LEAST_PER_SECOND, LONGEST_MS = 200, 1000


def hand_in(writer: str, n: int) -> None:
    """The command that is measured."""
    from django.db import transaction

    from onewindow.accounts.rules import System
    from onewindow.core import clock, jobs, journal, numbers, once

    by, at, key = System("bench"), clock.now(), once.Once(f"{writer}-{n:08}")
    site = f"{14000001 + hash((writer, n)) % SITES}"
    facts = {f"answer-{i}": f"value {i} of {n}" for i in range(20)}
    with transaction.atomic():
        once.claim(key, by, "bench.submit", facts, at=at)
        number = f"{site}-20240930-{numbers.take(f'bench:{site}'):05}"
        journal.record(kind="bench", subject=number, after=0, act="bench.submit", by=by, at=at, facts=facts)
        jobs.put_many([("bench.tell", {"subject": number}), ("bench.deem", {"subject": number})], run_at=at)
        once.settle(key, by, "bench.submit", number)


def prepare() -> None:
    """Make the database's tables and the key file."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from onewindow.core import keys

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    keys.make_key_file(settings.KEY_FILE)


def write(seconds: float) -> None:
    """One process: its threads write until the time is up; their waits and faults are printed as JSON."""
    import django
    from django.db import DatabaseError, connection

    django.setup()
    waits: list[float] = []
    faults: list[str] = []
    end = time.monotonic() + seconds

    def run(number: int) -> None:
        writer, n = f"{os.getpid()}.{number}", 0
        while (begun := time.monotonic()) < end:
            n += 1
            try:
                hand_in(writer, n)
            except DatabaseError as fault:
                faults.append(str(fault))
            waits.append((time.monotonic() - begun) * 1000)
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"waits": waits, "faults": faults}))


def measure(seconds: float) -> bool:
    """Print the figures; return whether they keep what is promised."""
    with tempfile.TemporaryDirectory(prefix="onewindow-bench-") as folder:
        environment = _environment(Path(folder))
        again = [sys.executable, "-m", "bench.sqlite_writers", "--seconds", str(seconds)]
        subprocess.run([*again, "--prepare"], env=environment, check=True)
        writer = [*again, "--writer"]
        children = [subprocess.Popen(writer, env=environment, stdout=subprocess.PIPE) for _ in range(PROCESSES)]
        told = [json.loads(child.communicate()[0]) for child in children]
    waits = sorted(wait for one in told for wait in one["waits"])
    faults = [fault for one in told for fault in one["faults"]]
    rate, p50, p95, longest = len(waits) / seconds, _share(waits, 50), _share(waits, 95), waits[-1]
    sys.stdout.write(
        f"sqlite writers: n {len(waits)}, {rate:.0f}/s (>= {LEAST_PER_SECOND}), p50 {p50:.1f} ms, p95 {p95:.1f} ms,"
        f" longest {longest:.0f} ms (< {LONGEST_MS}), faults {len(faults)} {faults[:1] or ''}\n"
    )
    return rate >= LEAST_PER_SECOND and longest < LONGEST_MS and not faults


def _share(waits: list[float], percent: int) -> float:
    return waits[len(waits) * percent // 100]


def _environment(folder: Path) -> dict[str, str]:
    root = Path(__file__).resolve().parents[1]
    return {
        "DJANGO_SETTINGS_MODULE": "onewindow.config.settings",
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "ONEWINDOW_VAR": str(folder),
        "ONEWINDOW_KEYS": str(folder / "keys.json"),
        "PYTHONPATH": os.pathsep.join([str(root), str(root / "src"), os.environ.get("PYTHONPATH", "")]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sqlite_writers", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--writer", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.prepare:
        prepare()
        return 0
    if told.writer:
        write(told.seconds)
        return 0
    return 0 if measure(told.seconds) else 1


if __name__ == "__main__":
    raise SystemExit(main())
