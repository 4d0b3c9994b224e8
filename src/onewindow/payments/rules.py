"""What is paid for a case (收费): its lines, where the payment stands, and the day-end list that adds up.

No fee is taken unless law says so (行政许可法 §58, §59): a line whose sum is not confirmed is shown, never collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from onewindow.catalogue.rules import Fee, is_confirmed
from onewindow.core.errors import Refusal
from onewindow.core.words import Words

NOTHING = Words("", "")
MOST = 99
"""The largest number of one thing on a charge."""
_LAW = re.compile(
    r"第?[〇零一二三四五六七八九十百\d]+条|§\s*\d|[〔(（\[]\d{4}[〕)）\]]\s*第?\d+号|令第?\s*\d+|\b(?:Art|art)\w*\.? \d"
)


class Way(StrEnum):
    """How money comes to a counter (收款方式)."""

    CASH = "cash"  # 现金
    POS = "pos"  # 刷卡、扫码的收款终端


class Status(StrEnum):
    """Where the payment of a charge stands (缴费状态)."""

    FREE = "free"  # 不收费
    DUE = "due"  # 待缴
    PAID = "paid"  # 已缴
    WAIVED = "waived"  # 免收
    VOID = "void"  # 原收款(免收)作废,待重收
    REFUNDED = "refunded"  # 已退付


SETTLED = frozenset({Status.FREE, Status.PAID, Status.WAIVED, Status.REFUNDED})
"""Where nothing is owed: a result need not wait any more."""
RECEIVED = frozenset({Status.PAID, Status.REFUNDED})
"""Where a receipt was given and stands."""


class Act(StrEnum):
    """What is done to a charge (收费动作); the journal's act is "charge." and this word."""

    CHARGE = "charge"  # 核收
    COUNT = "count"  # 核定数量
    TAKE = "take"  # 收款
    WAIVE = "waive"  # 免收
    VOID = "void"  # 作废
    REFUND = "refund"  # 退付


BY_A_SECOND = frozenset({Act.VOID, Act.REFUND})
"""What undoes another's act: never done by the one who did it."""
_OPEN = (Status.DUE, Status.VOID)
MOVES: Mapping[tuple[Status | None, Act], Status] = {
    **{(status, Act.CHARGE): Status.DUE for status in (None, Status.FREE, *_OPEN)},
    **{(status, Act.COUNT): status for status in _OPEN},
    **{(status, Act.TAKE): Status.PAID for status in _OPEN},
    **{(status, Act.WAIVE): Status.WAIVED for status in _OPEN},
    (Status.PAID, Act.VOID): Status.VOID,
    (Status.WAIVED, Act.VOID): Status.VOID,
    (Status.PAID, Act.REFUND): Status.REFUNDED,
}


class Ground(StrEnum):
    """Why a fee is not taken (免收理由)."""

    NO_BASIS = "no_basis"  # 没有法律、行政法规依据: 行政许可法 §58
    EXEMPT = "exempt"  # 法规、文件规定免收
    OFFICE_FAULT = "office_fault"  # 因机关差错重办


class Mistake(StrEnum):
    """What was wrong with a taking or a waiver (作废理由)."""

    WRONG_WAY = "wrong_way"  # 收款方式记错
    WRONG_COUNT = "wrong_count"  # 项目、数量核错
    WRONG_CASE = "wrong_case"  # 记错办件
    WRONG_WAIVER = "wrong_waiver"  # 不该免收
    NOT_OWED = "not_owed"  # 不该收


BASIS = "行政许可法 第58条"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a fee is waived, and the law that says so (免收依据)."""

    ground: Ground
    law: str = ""

    def named(self) -> str:
        """Return the law: the licensing act's own article where a fee has no basis, else what was named.

        raises  Refusal payments.law
        """
        law = self.law.strip()
        if self.ground is Ground.NO_BASIS:
            return BASIS
        if not (6 <= len(law) <= 120 and _LAW.search(law)):
            raise Refusal("payments.law", fields={"law": "payments.law"})
        return law


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a charge (收费项目).

    cents  of one; None where the sum is not known
    """

    key: str
    name: Words
    cents: int | None
    count: int = 1
    per: Words = NOTHING
    note: Words = NOTHING
    law: str = ""
    mark: str = "S"

    @property
    def confirmed(self) -> bool:
        return self.cents is not None and is_confirmed(self.mark)

    @property
    def sum_cents(self) -> int:
        """What is collected for the line: nothing as long as its sum is not confirmed."""
        return (self.cents or 0) * self.count if self.confirmed else 0


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a charge's journal, as far as the charge depends on it.

    facts  of CHARGE: division, site, party, lines; of COUNT: lines; of the others: way, receipt, cents, ground, law,
           mistake, as far as they have them
    """

    act: Act
    at: datetime
    staff: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be paid for one subject, a case's number, and where that stands (收费单).

    party    the applicant's person, who may not act on it as staff
    receipt  the number of the receipt that stands, "" where none does
    by, at   who took, waived or undid it last, and when
    """

    subject: str
    division: str = ""
    site: str = ""
    party: int | None = None
    lines: tuple[Line, ...] = ()
    status: Status | None = None
    way: Way | None = None
    receipt: str = ""
    by: int | None = None
    at: datetime | None = None
    ground: Ground | None = None
    law: str = ""
    mistake: Mistake | None = None
    version: int = 0

    @property
    def cents(self) -> int:
        return total_cents(self.lines)

    @property
    def settled(self) -> bool:
        return self.status in SETTLED

    @property
    def open(self) -> bool:
        """Whether it can be paid or waived now."""
        return self.status in _OPEN


def total_cents(lines: Iterable[Line]) -> int:
    """Return what the lines cost together, in 分 (应收合计)."""
    return sum(line.sum_cents for line in lines)


def lines_of(fees: Iterable[Fee]) -> tuple[Line, ...]:
    """Return the lines of a charge from an item's fees in its situation (收费项目).

    law  行政许可法 §58, §59: by the published items and sums
    """
    return tuple(
        Line(key=fee.key, name=fee.name, cents=fee.cents, per=fee.per, note=fee.note, law=fee.law, mark=fee.mark)
        for fee in fees
    )


def check_lines(lines: Sequence[Line]) -> None:
    """Refuse lines that cannot be charged: a key twice, a negative sum, a count out of range.

    raises  Refusal payments.lines
    """
    keys = {line.key for line in lines}
    if len(keys) != len(lines) or not all((line.cents or 0) >= 0 and 0 <= line.count <= MOST for line in lines):
        raise Refusal("payments.lines")


def counted(lines: Sequence[Line], counts: Mapping[str, int]) -> tuple[Line, ...]:
    """Return the lines with their numbers as counted at the counter (核定数量); what is not there counts 0.

    Nothing at all is no count: a fee that is not taken is waived, and by a law.

    raises  Refusal payments.lines, payments.nothing
    """
    if not counts.keys() <= {line.key for line in lines}:
        raise Refusal("payments.lines")
    found = tuple(replace(line, count=counts.get(line.key, line.count)) for line in lines)
    check_lines(found)
    if not total_cents(found):
        raise Refusal("payments.nothing")
    return found


def lines_facts(lines: Iterable[Line]) -> list[list[Any]]:
    """Return the lines as plain values for journal and table."""
    return [
        [line.key, list(line.name), line.cents, line.count, list(line.per), list(line.note), line.law, line.mark]
        for line in lines
    ]


def lines_from(facts: Iterable[Sequence[Any]]) -> tuple[Line, ...]:
    """Return the lines from plain values."""
    return tuple(
        Line(key, Words(*name), cents, count, Words(*per), Words(*note), law, mark)
        for key, name, cents, count, per, note, law, mark in facts
    )


def move(status: Status | None, act: Act) -> Status:
    """Return where an act leads, or refuse it (收费状态流转).

    raises  Refusal payments.move
    """
    found = MOVES.get((status, act))
    if found is None:
        raise Refusal("payments.move", fault=status.value if status else "none")
    return found


def after(charge: Charge, event: Event) -> Charge:
    """Return the charge as it is after the event.

    raises  Refusal payments.move
    law     行政许可法 §58, §59
    """
    status = move(charge.status, event.act)
    facts, version = event.facts, charge.version + 1
    if event.act is Act.CHARGE:
        charge = replace(
            charge,
            division=facts["division"],
            site=facts["site"],
            party=facts["party"],
            lines=lines_from(facts["lines"]),
        )
        return replace(charge, status=status if charge.cents else Status.FREE, version=version)
    if event.act is Act.COUNT:
        return replace(charge, lines=lines_from(facts["lines"]), version=version)
    receives = status in RECEIVED
    return replace(
        charge,
        status=status,
        way=Way(facts["way"]) if receives else None,
        receipt=facts["receipt"] if receives else "",
        by=event.staff,
        at=event.at,
        ground=Ground(facts["ground"]) if event.act is Act.WAIVE else None,
        law=facts["law"] if event.act is Act.WAIVE else "",
        mistake=Mistake(facts["mistake"]) if event.act in BY_A_SECOND else None,
        version=version,
    )


def fold(subject: str, events: Iterable[Event]) -> Charge:
    """Return the charge that its events make (重演)."""
    charge = Charge(subject)
    for event in events:
        charge = after(charge, event)
    return charge


def receipt_number(site: str, day: date, serial: int) -> str:
    """Return a receipt's number: site, day, and its place in the day's row without a gap (收据编号)."""
    return f"{site}-{day:%Y%m%d}-F{serial:05d}"


def till_number(site: str, day: date, clerk: int) -> str:
    """Return the number of a clerk's day at a site, under which its closing stands in the journal (日结编号)."""
    return f"{site}-{day:%Y%m%d}-{clerk}"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of the day-end list (收款流水): money in, money out, or a fee that was let go.

    act      TAKE and WAIVE add, VOID and REFUND take away what stood under the receipt
    way      None of a waiver, or of one that was undone
    clerk    who did it: the posting belongs to that clerk's day, whoever took the money before
    """

    subject: str
    seq: int
    site: str
    day: date
    clerk: int
    act: Act
    way: Way | None
    receipt: str
    cents: int
    at: datetime

    @property
    def signed_cents(self) -> int:
        return -self.cents if self.act in BY_A_SECOND else self.cents


def posting(charge: Charge, event: Event, day: date) -> Posting | None:
    """Return what the event puts on the day-end list of the clerk who did it; None where no money or waiver moves.

    charge  as it is after the event
    """
    if event.act in (Act.CHARGE, Act.COUNT) or event.staff is None:
        return None
    facts = event.facts
    return Posting(
        subject=charge.subject,
        seq=charge.version,
        site=charge.site,
        day=day,
        clerk=event.staff,
        act=event.act,
        way=Way(facts["way"]) if facts["way"] else None,
        receipt=facts["receipt"],
        cents=facts["cents"],
        at=event.at,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of sums of the day-end list (日结合计): of one way, or of the waivers (way None)."""

    way: Way | None
    count: int = 0
    cents: int = 0
    undone: int = 0
    undone_cents: int = 0

    @property
    def net_cents(self) -> int:
        return self.cents - self.undone_cents


def tallies(postings: Iterable[Posting]) -> tuple[Tally, ...]:
    """Return the sums of postings: cash, POS, waived; each always there (日结合计)."""
    found: dict[Way | None, Tally] = {way: Tally(way) for way in (*Way, None)}
    for each in postings:
        old = found[each.way]
        if each.act in BY_A_SECOND:
            found[each.way] = replace(old, undone=old.undone + 1, undone_cents=old.undone_cents + each.cents)
        else:
            found[each.way] = replace(old, count=old.count + 1, cents=old.cents + each.cents)
    return tuple(found.values())


def tallies_facts(rows: Iterable[Tally]) -> list[list[Any]]:
    """Return sums as plain values for the journal."""
    return [[row.way or "", row.count, row.cents, row.undone, row.undone_cents] for row in rows]


def money(rows: Iterable[Tally]) -> Tally:
    """Return the sum of all ways together, waivers left out (实收合计)."""
    paid = [row for row in rows if row.way is not None]
    names = ("count", "cents", "undone", "undone_cents")
    return Tally(None, *[sum(getattr(row, name) for row in paid) for name in names])
