"""Who runs a command that needs a second person: a member of staff by login, with the duty for it."""

from __future__ import annotations

import sys
from datetime import datetime

from onewindow.accounts import queries
from onewindow.accounts.rules import ANYWHERE, Duty, Staff
from onewindow.core import clock
from onewindow.core.errors import NotFound


def keeper(login: str | None, duty: Duty, at: datetime) -> Staff | None:
    """Return the member of staff with that login if they hold the duty, else None."""
    if not login:
        return None
    try:
        by = queries.staff_asker(queries.staff_id(login), clock.day_of(at), channel="command")
    except NotFound:
        return None
    return by if by.may(duty, ANYWHERE) else None


def refuse(command: str, login: str | None, there: str) -> int:
    """Say in one line why nobody may do it, and return the exit code.

    there  what is there already, so that a name is needed: "a calendar"
    """
    why = f"{login!r} does not keep the {command}" if login else f"--by LOGIN is needed: there is {there} already"
    sys.stderr.write(f"onewindow {command}: {why}\n")
    return 2
