"""Handing in over HTTP against the database's own limit: `pgbench` writing the same rows on the same server.

    python -m bench.submit [--rounds 5] [--requests 1500]

CG04 by POST /api/v1/cases: people of level 2 with tokens, two papers uploaded before, 200 sites, 8 clients on kept
connections, 2 web workers, every commit on the disk. Each round is one run of pgbench and one of ours; clients, workers
and database share the machine. Promised: 0.33 of pgbench at the median, 12 statements at most.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests import traffic
from tests.serving import Installation

from bench._ground import cpu_ms, entered, family, needs_postgres, tell, tell_figure

CLIENTS, WORKERS, SITES, PEOPLE = 8, 2, 200, 300
LEAST_RATIO, MOST_STATEMENTS = 0.33, 12
WARM_UP = 400


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.submit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=1500, help="submissions a round")
    parser.add_argument("--transactions", type=int, default=6000, help="transactions of pgbench a round")
    told = parser.parse_args()
    if needs_postgres():
        return 1
    with entered() as installation:
        return 0 if _measure(installation, told.rounds, told.requests, told.transactions) else 1


def _measure(installation: Installation, rounds: int, requests: int, transactions: int) -> bool:
    from django.db import transaction

    from bench import _pgbench as pgbench
    from onewindow.core import clock

    at = clock.now()
    sites = two_hundred_sites()
    with transaction.atomic():
        posts = traffic.posts(2 + WARM_UP + rounds * requests, sites=sites, people=PEOPLE, at=at)
    answers = len(posts[0].body["answers"]) + len(posts[0].body["fields"])
    tell(f"a submission: {answers} answers and fields, {len(posts[0].body['papers'])} papers, 2 of them files")
    _in_process(posts[0])
    statements = _in_process(posts[1])
    kept = tell_figure("submit.statements", [len(statements)], "SQL", budget=MOST_STATEMENTS)
    for statement in statements:
        tell(f"    {statement[:110]}")
    script = pgbench.script(posts[1].key, installation.var / "submit.pgbench")
    pgbench.upload(rounds, transactions, CLIENTS)
    serving = installation.start("--no-jobs", "--workers", str(WORKERS)).wait()
    try:
        server = _postmaster()
        workers = family(serving.process.pid)
        rest = iter(posts[2:])
        _send(serving.port, [next(rest) for _ in range(WARM_UP)])
        _still()
        ratios: list[float] = []
        rates: list[tuple[float, float]] = []
        waits: list[float] = []
        limit_cost: list[float] = []
        costs: list[list[float]] = []
        for number in range(rounds):
            _checkpoint()
            used_before = cpu_ms(family(server))
            limit = script.run(installation.url, CLIENTS, transactions, number)
            limit_cost.append((cpu_ms(family(server)) - used_before) / transactions)
            _checkpoint()
            before = cpu_ms(workers), cpu_ms(family(server))
            done = _send(serving.port, [next(rest) for _ in range(requests)])
            after = cpu_ms(workers), cpu_ms(family(server))
            rate = requests / done["seconds"]
            ratios.append(rate / limit)
            rates.append((rate, limit))
            waits += done["waits"]
            used = [now - then for now, then in zip(after, before, strict=True)]
            costs.append([each / requests for each in (*used, done["cpu_ms"])])
            tell(f"round {number + 1}: submit {rate:.0f}/s, pgbench {limit:.0f}/s, ratio {ratios[-1]:.2f}")
    finally:
        serving.stop()
    tell_figure("submit.wait", waits, "ms")
    tell_figure("submit.rate", [rate for rate, _ in rates], "/s")
    tell_figure("submit.pgbench", [limit for _, limit in rates], "/s")
    tell_figure("submit.pgbench.cpu.postgres", limit_cost, "ms")
    for place, name in enumerate(("web", "postgres", "client")):
        tell_figure(f"submit.cpu.{name}", [cost[place] for cost in costs], "ms")
    return tell_figure("submit.ratio", ratios, "of pgbench", budget=LEAST_RATIO, least=True) and kept


def two_hundred_sites() -> list[str]:
    """The sites that take CG04; further ones are added, like those, until there are 200."""
    from onewindow.catalogue import queries as catalogue
    from onewindow.places.models import Site

    department = catalogue.item(traffic.ITEM, catalogue.current_edition()).department
    codes = traffic.sites_of(department)
    own = list(Site.objects.filter(code__in=codes).order_by("code").values())
    like = [own[place % len(own)] for place in range(SITES - len(own))]
    made = [Site(**{**site, "code": f"{site['division'][:4]}{9000 + place}"}) for place, site in enumerate(like)]
    Site.objects.bulk_create(made)
    tell(f"{SITES} sites take {traffic.ITEM}: {len(own)} of Shanxi's own, {len(made)} more made for this bench")
    return [*codes, *(site.code for site in made)]


def _in_process(post: traffic.Post) -> list[str]:
    """Hand one in through the whole of Django in this process; return its statements."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    headers = {name: value for name, value in post.headers().items() if name != "Content-Type"}
    with CaptureQueriesContext(connection) as captured:
        answer = Client().post(
            "/api/v1/cases", data=json.dumps(post.body), content_type="application/json", headers=headers
        )
    if answer.status_code != 201:
        raise RuntimeError(f"not handed in: {answer.status_code} {answer.content.decode()}")
    return [query["sql"] for query in captured.captured_queries]


def _send(port: int, posts: Sequence[traffic.Post]) -> dict[str, Any]:
    requests = b"".join(b"%d\n%b" % (len(request), request) for request in map(_request, posts))
    client = subprocess.run(
        [sys.executable, "-m", "bench._client", str(port), str(CLIENTS)],
        input=requests,
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
    )
    done: dict[str, Any] = json.loads(client.stdout)
    if done["faults"]:
        raise RuntimeError(f"{len(done['faults'])} not handed in; the first: {done['faults'][0]}")
    return done


def _request(post: traffic.Post) -> bytes:
    body = json.dumps(post.body, ensure_ascii=False).encode()
    headers = {"Host": "127.0.0.1", **post.headers(), "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /api/v1/cases HTTP/1.1\r\n{lines}\r\n".encode() + body


def _postmaster() -> int:
    """The server's first process, where it is on this machine and to be seen; else a number that nothing has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    try:
        name, _, fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except OSError:
        return 0
    return int(fields.split()[1]) if "postgres" in name else 0


def _still() -> None:
    """Vacuum and analyze as autovacuum does, then stop it: none for one side's rows on the other side's time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")


def _checkpoint() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


if __name__ == "__main__":
    sys.exit(main())
