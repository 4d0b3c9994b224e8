"""Django's PostgreSQL backend, which also knows what core/pipeline.py has prepared on its connection."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL; with every rollback psycopg drops whatever is prepared on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepared: set[str] = set()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.prepared.clear()
        return super().get_new_connection(conn_params)

    def _rollback(self) -> None:
        self.prepared.clear()
        super()._rollback()  # type: ignore[misc]  # django-stubs do not know it

    def _savepoint_rollback(self, sid: str) -> None:
        self.prepared.clear()
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # nor this
