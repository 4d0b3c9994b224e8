"""The one place that reads the clock; faces call it, everything below takes the instant as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the instant as the wall clock of the office shows it (Asia/Shanghai)."""
    return at.astimezone(SHANGHAI)


def day_of(at: datetime) -> date:
    """Return the local date on which the instant falls."""
    return at.astimezone(SHANGHAI).date()
