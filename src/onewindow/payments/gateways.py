"""The way to on-line payment (网上缴费): the port, and what an adapter must keep; there is no adapter yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What the platform says of an order (支付结果)."""

    OPEN = "open"  # not paid yet, may still be
    PAID = "paid"
    CLOSED = "closed"  # will never be paid


@dataclass(frozen=True, slots=True)
class Order:
    """What the platform is asked to collect (缴费订单).

    reference  the charge's subject and version: one order for one state of one charge
    cents      money in 分, the whole of it; the platform adds nothing
    """

    reference: str
    cents: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Paid:
    """The platform's answer about an order.

    trade    the platform's own number, "" until it is paid
    cents    what was really paid; other than the order's is no payment and goes to a person
    """

    outcome: Outcome
    trade: str = ""
    cents: int = 0
    paid_at: datetime | None = None


class OnlinePayments(Protocol):
    """A platform for non-tax revenue (非税收入收缴平台). Money goes to the treasury's account, never to the house's.

    An adapter keeps this:
    - `open` with the same reference answers with the same page and makes no second order.
    - A notice that comes from the platform is only a reason to `ask`: nothing is settled on the notice's word.
    - `ask` changes nothing and may be called as often as wanted; PAID and CLOSED never change any more.
    - `give_back` with the same reference gives back once, the whole sum, and answers whether it was given back.
    - It is called by a job, or by a command before its transaction, never inside one. A line that fails raises OSError
      and leaves all as it was: the job asks again.
    - Two payments may cross, one here and one at a counter: the charge takes the first, and the other is given back.
    - Neither names nor identity numbers are sent, only the reference and the sum.

    law  行政许可法 §59: what is collected goes to the treasury whole
    """

    def open(self, order: Order) -> str:
        """Return the address of the page on which the order is paid."""
        ...

    def ask(self, reference: str) -> Paid:
        """Return what has become of the order."""
        ...

    def give_back(self, reference: str, cents: int) -> bool:
        """Give the money back and say whether it was."""
        ...
