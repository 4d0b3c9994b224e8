"""After the decision (决定以后): putting a slip right, taking it up again after a review or lawsuit, revoking it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.accounts.rules import Staff
from onewindow.cases.commands.remarks import remark_of
from onewindow.cases.commands.step import Step, carry_out
from onewindow.cases.models import Case
from onewindow.cases.rules import Act
from onewindow.core.errors import Refusal
from onewindow.core.once import Once

REVIEWED = ("review", "lawsuit")
REVOKED = ("abuse", "power", "procedure", "unqualified", "fraud")
"""行政许可法 §69: staff's abuse of duty, beyond the office's power, against procedure, an applicant who was not
qualified; and what was had by fraud or bribery, which must be revoked."""


@transaction.atomic
def rectify(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str) -> Case:
    """Put right a slip of the pen in a decision; what was decided stays (更正决定).

    remark  what it said and what it says now
    raises  NotFound; Refusal case.move, case.stale, case.remark.*
    """
    return carry_out(Step(number, Act.RECTIFY, by, at, version, key, remark=remark_of(remark, needed=True)))


@transaction.atomic
def reopen(*, number: str, by: Staff, at: datetime, version: int, key: Once, ground: str, remark: str) -> Case:
    """Take the case up again after a review or a lawsuit undid the decision; its clocks begin anew (重新办理).

    ground  review or lawsuit
    remark  number of the decision or judgment, and what it orders
    raises  NotFound; Refusal case.move, case.stale, case.ground, case.remark.*
    law     行政复议法 §64; 行政诉讼法 §70, §71
    """
    if ground not in REVIEWED:
        raise Refusal("case.ground", fields={"ground": "case.ground"})
    remark = remark_of(remark, needed=True)
    return carry_out(Step(number, Act.REOPEN, by, at, version, key, facts={"ground": ground}, remark=remark))


@transaction.atomic
def revoke(*, number: str, by: Staff, at: datetime, version: int, key: Once, ground: str, remark: str) -> Case:
    """Revoke what was approved, on one of the grounds that law names (撤销).

    ground  one of REVOKED
    raises  NotFound; Refusal case.move, case.stale, case.ground, case.revoke.none, case.remark.*
    law     行政许可法 §69
    """
    if ground not in REVOKED:
        raise Refusal("case.ground", fields={"ground": "case.ground"})
    remark = remark_of(remark, needed=True)
    return carry_out(Step(number, Act.REVOKE, by, at, version, key, facts={"ground": ground}, remark=remark))
