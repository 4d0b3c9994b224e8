"""Jobs (后台任务): work put down in the caller's transaction and done at least once after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from onewindow.core import canonical
from onewindow.core.models import Job


def put(*, kind: str, payload: dict[str, Any], run_at: datetime) -> None:
    """Put one job down in the caller's transaction."""
    Job.objects.create(kind=kind, payload=canonical.text(payload), run_at=run_at)


def put_many(jobs: Iterable[tuple[str, dict[str, Any]]], *, run_at: datetime) -> None:
    """Put several jobs, (kind, payload) each, down in the caller's transaction with one statement."""
    rows = [Job(kind=kind, payload=canonical.text(payload), run_at=run_at) for kind, payload in jobs]
    if rows:
        Job.objects.bulk_create(rows)
