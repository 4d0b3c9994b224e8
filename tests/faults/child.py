"""Another process of the house in the tests' database: it says "ready", waits for a line, acts, and prints what it got.

python -m tests.faults.child DATABASE claim NUMBER VERSION STAFF…    each of the staff claims the case, all at once
python -m tests.faults.child DATABASE post COOKIES PATH DATA         sends one form, as a browser does
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onewindow.accounts.rules import Staff

Work = Callable[[], object]


def claims(number: str, version: int, staff: list[int]) -> Work:
    """Let each of the staff claim, and who was refused once more, on the page as it is then."""
    from django.db import connection

    from onewindow.accounts import queries as accounts
    from onewindow.cases import queries
    from onewindow.core import clock

    at = clock.now()
    clerks = [accounts.staff_asker(each, clock.day_of(at)) for each in staff]
    start = threading.Barrier(len(clerks))
    got: dict[int, list[str]] = {clerk.id: [] for clerk in clerks}

    def one(by: Staff) -> None:
        start.wait()
        got[by.id].append(claim(number, by, at, version))
        if got[by.id] != ["done"]:
            got[by.id].append(claim(number, by, at, queries.case_for(by, number).version))
        connection.close()

    def work() -> object:
        threads = [threading.Thread(target=one, args=(clerk,)) for clerk in clerks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return got

    return work


def claim(number: str, by: Staff, at: datetime, version: int) -> str:
    """Claim the case and say what came of it: "done", a refusal's code, or another fault, which a test must see."""
    from onewindow.cases import commands
    from onewindow.core.errors import Refusal
    from onewindow.core.once import Once

    try:
        commands.claim(number=number, by=by, at=at, version=version, key=Once(f"claim-{by.id:06d}-{version}"))
    except Refusal as refusal:
        return refusal.code
    except Exception as error:
        return repr(error)
    return "done"


def posts(cookies: str, path: str, data: str) -> Work:
    """Send a form that was read from a page before."""
    from django.test import Client

    client = Client(headers={"accept-language": "zh-CN"})
    client.cookies.load(json.loads(cookies))
    client.get("/livez")  # the first request of a process loads half the house

    def work() -> object:
        answer = client.post(path, json.loads(data))
        return [answer.status_code, answer.content.decode(errors="replace")]

    return work


def main() -> None:
    database, role, *told = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "onewindow.config.settings"
    from django.conf import settings

    settings.DATABASES["default"] = json.loads(database)
    import django

    django.setup()
    work = claims(told[0], int(told[1]), [*map(int, told[2:])]) if role == "claim" else posts(*told)
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(work(), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
