"""Eight writers on one SQLite file: how many submissions a second, and how long the longest of them waits.

    python -m bench.sqlite_writers [--seconds 60]

Two processes of four threads, as two web workers have them. Each hands in applications for CG04 with the command that
the web calls, at 200 sites, two papers of each uploaded before; every commit is on the disk before it is answered.
Promised: 200 a second at least, no wait of a second, nothing locked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.serving import installation
from tests.traffic import Post

from bench._ground import share, tell

PROCESSES, THREADS, PEOPLE = 2, 4, 300
LEAST_PER_SECOND, LONGEST_MS = 200, 1000
PREPARED_PER_SECOND = 700


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sqlite_writers", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.prepare:
        return prepare(told.prepare, int(told.seconds * PREPARED_PER_SECOND))
    if told.writer:
        return write(told.writer, told.seconds)
    return 0 if measure(told.seconds) else 1


def measure(seconds: float) -> bool:
    """Print the figures; return whether they keep what is promised."""
    os.environ["DATABASE_URL"] = "sqlite://"
    with installation() as made:
        again = [sys.executable, "-m", "bench.sqlite_writers", "--seconds", str(seconds)]
        subprocess.run([*again, "--prepare", str(made.var)], env=made.environment, check=True)
        children = [
            subprocess.Popen(
                [*again, "--writer", str(made.var / f"posts-{number}")], env=made.environment, stdout=subprocess.PIPE
            )
            for number in range(PROCESSES)
        ]
        told = [json.loads(child.communicate()[0]) for child in children]
        verified = made.onewindow("journal", "verify")
    waits = [wait for one in told for wait in one["waits"]]
    faults = [fault for one in told for fault in one["faults"]]
    rate = sum(len(one["waits"]) / one["seconds"] for one in told)
    p50, p95, p99, longest = (share(waits, percent) for percent in (50, 95, 99, 100))
    tell(
        f"sqlite.submit  n={len(waits)}  {rate:.0f}/s (budget >= {LEAST_PER_SECOND})"
        f"  p50={p50:.1f} ms  p95={p95:.1f} ms  p99={p99:.1f} ms  longest {longest:.0f} ms"
        f" (budget < {LONGEST_MS})  faults {len(faults)} {faults[:1] or ''}"
    )
    tell(f"    {verified.stdout.strip()}")
    return rate >= LEAST_PER_SECOND and longest < LONGEST_MS and not faults and verified.returncode == 0


def prepare(folder: Path, count: int) -> int:
    """Make ready what the writers will hand in, a file for each process."""
    import django

    django.setup()
    from django.db import transaction
    from tests import traffic

    from bench.submit import two_hundred_sites
    from onewindow.core import clock

    with transaction.atomic():
        posts = traffic.posts(count, sites=two_hundred_sites(), people=PEOPLE, at=clock.now())
    for number in range(PROCESSES):
        lines = (json.dumps(asdict(post), ensure_ascii=False) for post in posts[number::PROCESSES])
        (folder / f"posts-{number}").write_text("\n".join(lines), encoding="utf-8")
    return 0


def write(path: Path, seconds: float) -> int:
    """One process: its threads hand in until the time is up; their waits and faults are printed as JSON."""
    import django
    from django.db import DatabaseError, connection

    django.setup()
    lines = path.read_text(encoding="utf-8").splitlines()
    posts = [Post(**json.loads(line)) for line in lines]
    waits: list[float] = []
    faults: list[str] = []
    first = time.monotonic()

    def run(own: Iterator[Post]) -> None:
        for post in own:
            begun = time.monotonic()
            if begun > first + seconds:
                break
            try:
                hand_in(post)
            except DatabaseError as fault:
                faults.append(str(fault))
            waits.append((time.monotonic() - begun) * 1000)
        connection.close()

    threads = [threading.Thread(target=run, args=(iter(posts[number::THREADS]),)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"waits": waits, "faults": faults, "seconds": time.monotonic() - first}))
    return 0


def hand_in(post: Post) -> None:
    """The command that is measured."""
    from onewindow.accounts.rules import Resident
    from onewindow.cases import commands
    from onewindow.core import clock
    from onewindow.core.once import Once

    commands.submit(
        by=Resident(post.person, 2, "api"),
        **{name: post.body[name] for name in ("item", "site", "answers", "fields")},
        papers=[commands.Handed(paper["key"], paper["holder"], paper["file"]) for paper in post.body["papers"]],
        at=clock.now(),
        key=Once(post.key),
    )


if __name__ == "__main__":
    raise SystemExit(main())
