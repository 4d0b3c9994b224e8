"""Every write of cases: `submit` and `drafts` are the applicant's; `acts`, `correcting`, `halting`, `afterwards` and
`pooling` the acts of a case's life; `dates` the calendar's.
"""

from onewindow.cases.commands.acts import (
    accept,
    approve,
    check,
    conclude,
    deliver,
    make,
    refuse,
    review,
    settle_by_law,
    withdraw,
)
from onewindow.cases.commands.afterwards import rectify, reopen, revoke
from onewindow.cases.commands.correcting import decline, mend, send_back, supplement
from onewindow.cases.commands.counter import Applied, accept_complete, hand_in_sitting, receive
from onewindow.cases.commands.dates import redate
from onewindow.cases.commands.drafts import begin, discard, save
from onewindow.cases.commands.finding import find_by_name
from onewindow.cases.commands.halting import extend, offer_hearing, pause, resume
from onewindow.cases.commands.handing import hand_in, put_papers
from onewindow.cases.commands.letters import issue_fee_receipt, issue_letter, letter_file
from onewindow.cases.commands.opening import unmask
from onewindow.cases.commands.pooling import claim, explain, hand_over
from onewindow.cases.commands.revising import Handed
from onewindow.cases.commands.sittings import choose, discard_sitting, note_given, note_papers, open_sitting
from onewindow.cases.commands.submit import submit
from onewindow.cases.commands.supervising import try_again

__all__ = [
    "Applied",
    "Handed",
    "accept",
    "accept_complete",
    "approve",
    "begin",
    "check",
    "choose",
    "claim",
    "conclude",
    "decline",
    "deliver",
    "discard",
    "discard_sitting",
    "explain",
    "extend",
    "find_by_name",
    "hand_in",
    "hand_in_sitting",
    "hand_over",
    "issue_fee_receipt",
    "issue_letter",
    "letter_file",
    "make",
    "mend",
    "note_given",
    "note_papers",
    "offer_hearing",
    "open_sitting",
    "pause",
    "put_papers",
    "receive",
    "rectify",
    "redate",
    "refuse",
    "reopen",
    "resume",
    "review",
    "revoke",
    "save",
    "send_back",
    "settle_by_law",
    "submit",
    "supplement",
    "try_again",
    "unmask",
    "withdraw",
]
