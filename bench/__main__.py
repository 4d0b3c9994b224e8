"""All benches one after another, each in a process of its own: python -m bench [NAME ...], or NAME and its options.

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
    names = [word for word in sys.argv[1:] if word in known]
    options = sys.argv[2:] if len(names) == 1 and sys.argv[1] == names[0] else []
    wanted = names if options else sys.argv[1:] or known
    if unknown := sorted(set(wanted) - set(known)):
        sys.stderr.write(f"no such bench: {', '.join(unknown)}; there are {', '.join(known)}\n")
        return 2
    environment = dict(os.environ)
    with ExitStack() as stack:
        if not environment.get("DATABASE_URL", "").startswith("postgres"):
            try:
                environment["DATABASE_URL"] = stack.enter_context(postgres(durable=True))
            except NoPostgres as missing:
                environment.pop("DATABASE_URL", None)
                sys.stderr.write(f"{missing}\n")
        return max([_run(name, options, environment) for name in wanted], default=0)


def _run(name: str, options: list[str], environment: dict[str, str]) -> int:
    sys.stdout.write(f"--- {name}\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", f"bench.{name}", *options]
    ended = subprocess.run(command, env=environment, cwd=HERE.parent, check=False)
    if ended.returncode:
        sys.stdout.write(f"--- {name} FAILED ({ended.returncode})\n")
    return 1 if ended.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
