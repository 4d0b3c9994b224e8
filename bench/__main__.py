"""All benches one after another, each in a process of its own: python -m bench [NAME ...]

A bench is a module here that runs by itself (python -m bench.NAME), prints name, n, p50 and p95, and ends with 1 past a
budget. DATABASE_URL is a PostgreSQL that brings every commit to the disk; without one, those that need it say so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.databases import NoPostgres, postgres

HERE = Path(__file__).parent


def main() -> int:
    """Run the benches named on the command line, or all; 1 if one is past its budget or fails."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    wanted = sys.argv[1:] or known
    if unknown := sorted(set(wanted) - set(known)):
        sys.stderr.write(f"no such bench: {', '.join(unknown)}; there are {', '.join(known)}\n")
        return 2
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with ExitStack() as stack:
        try:
            environment["DATABASE_URL"] = stack.enter_context(postgres(durable=True))
        except NoPostgres as missing:
            sys.stderr.write(f"{missing}\n")
        return max([_run(name, environment) for name in wanted], default=0)


def _run(name: str, environment: dict[str, str]) -> int:
    sys.stdout.write(f"--- {name}\n")
    sys.stdout.flush()
    ended = subprocess.run([sys.executable, "-m", f"bench.{name}"], env=environment, cwd=HERE.parent, check=False)
    if ended.returncode:
        sys.stdout.write(f"--- {name} FAILED ({ended.returncode})\n")
    return 1 if ended.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
