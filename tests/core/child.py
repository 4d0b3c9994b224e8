"""Another process in the tests' database, with nothing but the ground: a worker that can be killed, or writers.

python child.py DATABASE FOLDER block|do     a worker; its job takes a number, then goes on for ever or ends
python child.py DATABASE FOLDER write:N      N threads that write for two seconds and print their waits, in ms
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from django.conf import settings


def work(how: str, folder: Path) -> None:
    from onewindow.core import jobs, numbers

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    @jobs.handler("child.effect")
    def effect(payload, at):
        numbers.take("child.effect")
        (folder / f"{how}.{os.getpid()}").touch()
        if how == "block":
            threading.Event().wait(60)

    jobs.run_forever(stop, worker=f"{how}:{os.getpid()}", lease_seconds=float(os.environ["ONEWINDOW_LEASE_SECONDS"]))


def write(waits: list[float]) -> None:
    from django.db import connection, transaction

    from onewindow.core import jobs, numbers
    from onewindow.core.clock import now

    end = time.monotonic() + 2
    while (begun := time.monotonic()) < end:
        with transaction.atomic():
            numbers.take("child.write")
            jobs.put_many([("child.none", {"a": "b" * 200})] * 4, run_at=now())
        waits.append((time.monotonic() - begun) * 1000)
    connection.close()


def main() -> None:
    database, folder, role = sys.argv[1:]
    settings.configure(
        DATABASES={"default": json.loads(database)},
        INSTALLED_APPS=["onewindow.core"],
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
    )
    import django

    django.setup()
    if not role.startswith("write:"):
        return work(role, Path(folder))
    waits: list[float] = []
    threads = [threading.Thread(target=write, args=(waits,)) for _ in range(int(role[6:]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(waits))


if __name__ == "__main__":
    main()
