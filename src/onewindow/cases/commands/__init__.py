"""Every write of cases: `submit` and `drafts` are the applicant's, `acts` the office's, `dates` the calendar's."""

from onewindow.cases.commands.acts import (
    accept,
    approve,
    check,
    conclude,
    deem,
    deliver,
    make,
    refuse,
    review,
    withdraw,
)
from onewindow.cases.commands.dates import redate
from onewindow.cases.commands.drafts import begin, discard, save
from onewindow.cases.commands.handing import hand_in, put_papers
from onewindow.cases.commands.opening import unmask
from onewindow.cases.commands.submit import Handed, submit

__all__ = [
    "Handed",
    "accept",
    "approve",
    "begin",
    "check",
    "conclude",
    "deem",
    "deliver",
    "discard",
    "hand_in",
    "make",
    "put_papers",
    "redate",
    "refuse",
    "review",
    "save",
    "submit",
    "unmask",
    "withdraw",
]
