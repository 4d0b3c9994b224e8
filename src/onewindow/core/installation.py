"""What this database is (演示库或正式库): fixed when it is founded, so that a demo never becomes a real office."""

from datetime import datetime

from onewindow.core.errors import Refusal
from onewindow.core.models import Installation

_known: list[bool] = []


def found(*, demo: bool, at: datetime) -> None:
    """Say once what this database is; said again the same it changes nothing.

    raises  Refusal installation.fixed when it is the other thing already
    """
    row, _ = Installation.objects.get_or_create(only=1, defaults={"demo": demo, "created_at": at})
    if row.demo != demo:
        raise Refusal("installation.fixed", demo=row.demo)


def is_founded() -> bool:
    """Say whether anyone has said what this database is."""
    return bool(_known) or Installation.objects.exists()


def is_demo() -> bool:
    """Say whether this is a demo database; one that nobody has founded is none. Asked of the database once."""
    if not _known:
        row = Installation.objects.first()
        if row is None:
            return False
        _known.append(row.demo)
    return _known[0]


def forget() -> None:
    """Ask the database anew next time: for a process that goes on with another database, as tests do."""
    _known.clear()
