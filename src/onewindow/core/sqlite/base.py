"""Django's SQLite backend, durable (WAL, every commit on the disk) and fair among writers.

SQLite lets one connection write at a time; the others try again after pauses that grow, so that under load one of them
may wait for seconds while newcomers pass it. Here writers stand in line at a lock file beside the database
(`<database>.queue`): only its head tries for SQLite's own lock, and it leaves the line when it has got it. The kernel
takes a killed process out of the line. Waiting ends with "database is locked" after OPTIONS["timeout"] seconds.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.utils import debug_transaction

BEGIN = "BEGIN IMMEDIATE"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# The head of the line looks again after this many seconds, and after more when it has waited long.
_PAUSE, _LONGEST_PAUSE = 0.0002, 0.002


class Line:
    """One connection's place at the lock file; each connection has its own, so threads stand in line too."""

    def __init__(self, database: str, timeout: float) -> None:
        self._file = os.open(f"{database}.queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._timeout = timeout

    @contextmanager
    def head(self) -> Iterator[float]:
        """Wait until the line's head is here; yield the instant (monotonic) at which patience ends."""
        deadline = time.monotonic() + self._timeout
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            if time.monotonic() > deadline:
                raise sqlite3.OperationalError("database is locked")
            yield deadline
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave for good."""
        os.close(self._file)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose single writes outside a transaction stand in line as well."""

    line: Line | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        if self._must_wait(query):
            return self._in_line(lambda: super(Cursor, self).execute(query, params))
        return super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        if self._must_wait(query):
            return self._in_line(lambda: super(Cursor, self).executemany(query, param_list))
        return super().executemany(query, param_list)

    def _must_wait(self, query: str) -> bool:
        return (
            self.line is not None
            and not self.connection.in_transaction
            and query.lstrip()[:7].upper().startswith(WRITES)
        )

    def _in_line(self, write: Callable[[], Any]) -> Any:
        assert self.line is not None
        with self.line.head():
            return write()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite whose writers wait for each other in order."""

    line: Line | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            self._leave_line()
            self.line = Line(str(conn_params["database"]), float(conn_params.get("timeout", 5)))
            # The mode stays with the file: once it is set, who comes only to read need not stand in line.
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                with self.line.head():
                    connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.line = self.line
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        with debug_transaction(self, BEGIN), self.wrap_database_errors:
            if self.line is None:
                self.connection.execute(BEGIN)
            else:
                with self.line.head() as deadline:
                    self._begin(deadline)

    def _begin(self, deadline: float) -> None:
        """Try for SQLite's own lock until the deadline, in short pauses that only the head of the line makes."""
        patience = self.connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self.connection.execute("PRAGMA busy_timeout = 0")
        started = time.monotonic()
        try:
            while not self._began(deadline):
                time.sleep(min(_LONGEST_PAUSE, _PAUSE + (time.monotonic() - started) / 50))
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {patience}")

    def _began(self, deadline: float) -> bool:
        try:
            self.connection.execute(BEGIN)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            return False
        return True

    def close(self) -> None:
        super().close()
        self._leave_line()

    def _leave_line(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None
