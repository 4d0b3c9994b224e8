"""Each act on a charge succeeds once and refuses by name; a refusal leaves no trace, nor a gap."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.accounts.rules import Staff
from onewindow.core import journal
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.models import Claim, Entry
from onewindow.payments import commands, queries
from onewindow.payments.commands import TillKey
from onewindow.payments.models import ChargeRow, PostingRow
from onewindow.payments.rules import BASIS, Charge, Ground, Mistake, Status, Waiver, Way
from tests.cast import LANES
from tests.payments.given import (
    CARD,
    DIVISION,
    FANG,
    HOUSE,
    MINUTE,
    MONDAY,
    PING,
    PLATES,
    UNSURE,
    YUN,
    charge,
    clerk,
    key,
    number,
)

pytestmark = pytest.mark.django_db
NO_BASIS = Waiver(Ground.NO_BASIS)
TILL = TillKey(LANES, MONDAY.date(), FANG.id)


def stored(serial: int = 1) -> Charge:
    found = queries.charge_of(number(serial))
    assert found
    return found


def take(serial: int = 1, *, by: Staff = FANG, way: Way = Way.CASH, at: datetime = MONDAY, **changes: Any) -> str:
    whole = {"version": stored(serial).version, "key": key(), **changes}
    return commands.take(subject=number(serial), way=way, by=by, at=at, **whole)


def waive(serial: int = 1, *, by: Staff = FANG, reason: Waiver = NO_BASIS, at: datetime = MONDAY) -> Charge:
    return commands.waive(
        subject=number(serial), reason=reason, by=by, at=at, version=stored(serial).version, key=key()
    )


def undo(
    act: Callable[..., Charge] = commands.void,
    serial: int = 1,
    *,
    by: Staff = PING,
    mistake: Mistake = Mistake.WRONG_WAY,
    at: datetime = MONDAY,
) -> Charge:
    return act(subject=number(serial), mistake=mistake, by=by, at=at, version=stored(serial).version, key=key())


def close(till: TillKey = TILL, *, by: Staff = FANG, counted: int = 11000, version: int = 0, **changes: Any) -> str:
    whole = {"at": MONDAY + 9 * 60 * MINUTE, "key": key(), **changes}
    return commands.close_day(till=till, counted_cents=counted, by=by, version=version, **whole)


def traces() -> tuple[int, int, int, int]:
    return ChargeRow.objects.count(), PostingRow.objects.count(), Entry.objects.count(), Claim.objects.count()


def refused(code: str, act: Callable[[], Any]) -> Refusal:
    """The refusal of an act, which leaves no trace."""
    before = traces()
    with pytest.raises(Refusal) as found, transaction.atomic():
        act()
    assert found.value.code == code
    assert traces() == before
    return found.value


class TestCharge:
    def test_it_stands_on_the_case_until_it_is_paid(self) -> None:
        found = charge()
        assert (found.status, found.cents, found.version) == (Status.DUE, 11000, 1)
        assert stored() == found
        assert not queries.is_settled(number())

    def test_nothing_to_pay_is_settled(self) -> None:
        assert charge(lines=(UNSURE,)).status is Status.FREE
        assert charge(2, lines=()).status is Status.FREE
        assert queries.is_settled(number())
        assert queries.is_settled(number(3))  # never charged

    def test_the_same_again_is_nothing_and_other_lines_are_another_entry(self) -> None:
        charge()
        assert charge().version == 1
        assert charge(lines=(CARD,)).cents == 1000
        assert charge(lines=()).status is Status.FREE
        assert charge().version == 4

    def test_a_paid_charge_stays_as_it_is(self) -> None:
        charge()
        take()
        assert charge().status is Status.PAID
        refused("payments.move", lambda: charge(lines=(CARD,)))

    def test_lines_are_checked(self) -> None:
        refused("payments.lines", lambda: charge(lines=(CARD, CARD)))


class TestCount:
    def count(self, counts: dict[str, int], **changes: Any) -> Charge:
        whole = {"by": FANG, "at": MONDAY, "version": 1, "key": key(), **changes}
        return commands.count(subject=number(), counts=counts, **whole)

    def test_a_line_that_does_not_apply_counts_nothing(self) -> None:
        charge()
        found = self.count({"plates": 0, "card": 2})
        assert (found.cents, found.status, found.version) == (2000, Status.DUE, 2)
        take()
        assert PostingRow.objects.get().cents == 2000

    def test_sent_twice_it_is_one_count(self) -> None:
        charge()
        same = key()
        assert self.count({"card": 2}, key=same) == self.count({"card": 2}, key=same)

    def test_what_is_refused(self) -> None:
        charge()
        refused("payments.nothing", lambda: self.count({"plates": 0, "card": 0}))
        refused("payments.lines", lambda: self.count({"other": 1}))
        refused("payments.stale", lambda: self.count({"card": 2}, version=2))
        take()
        refused("payments.move", lambda: self.count({"card": 2}, version=2))


class TestTake:
    @pytest.mark.parametrize("way", list(Way))
    def test_a_receipt_names_site_day_and_place(self, way: Way) -> None:
        charge()
        receipt = take(way=way)
        assert receipt == f"{LANES}-20261116-F00001"
        found = stored()
        assert (found.status, found.way, found.receipt, found.by, found.at) == (
            Status.PAID,
            way,
            receipt,
            FANG.id,
            MONDAY,
        )
        assert queries.is_settled(number())

    def test_receipts_have_no_gap_whatever_is_refused_between(self) -> None:
        for serial in (1, 2, 3):
            charge(serial)
        first = take(1)
        refused("payments.move", lambda: take(1))
        refused("payments.stale", lambda: take(2, version=7))
        second = take(2, by=PING)
        undo(serial=1)
        third = take(3, way=Way.POS)
        fourth = take(1)
        assert [receipt[-5:] for receipt in (first, second, third, fourth)] == ["00001", "00002", "00003", "00004"]
        assert take_tomorrow() == f"{LANES}-20261117-F00001"

    def test_sent_twice_it_is_one_receipt_even_after_it_was_undone(self) -> None:
        charge()
        same = key()
        receipt = take(key=same, version=1)
        assert take(key=same, version=1) == receipt
        undo()
        take(at=MONDAY + MINUTE)
        assert take(key=same, version=1) == receipt
        refused("once.reused", lambda: take(key=same, version=1, way=Way.POS))

    def test_a_fee_of_nothing_is_not_taken(self) -> None:
        charge(lines=())
        assert refused("payments.move", take).facts["fault"] == "free"

    def test_who_stands_elsewhere_knows_of_no_charge(self) -> None:
        charge()
        with pytest.raises(NotFound):
            take(by=clerk(904, "14020002"))
        with pytest.raises(NotFound):
            commands.take(subject=number(9), way=Way.CASH, by=FANG, at=MONDAY, version=1, key=key())

    def test_a_party_takes_no_fee_of_their_own(self) -> None:
        charge(party=55)
        refused("payments.party", lambda: take(by=clerk(905, person=55)))
        take(by=clerk(906, person=56))


def take_tomorrow() -> str:
    charge(9)
    return take(9, at=MONDAY + timedelta(days=1))


class TestWaive:
    def test_it_names_its_law_and_settles(self) -> None:
        charge()
        found = waive()
        assert (found.status, found.ground, found.law, found.receipt) == (Status.WAIVED, Ground.NO_BASIS, BASIS, "")
        assert queries.is_settled(number())

    def test_without_a_law_it_is_refused(self) -> None:
        charge()
        refused("payments.law", lambda: waive(reason=Waiver(Ground.EXEMPT, "领导同意")))

    def test_it_can_be_undone_by_another(self) -> None:
        charge()
        waive()
        refused("payments.same_person", lambda: undo(by=FANG, mistake=Mistake.WRONG_WAIVER))
        assert undo(mistake=Mistake.WRONG_WAIVER).status is Status.VOID
        assert take().endswith("F00001")


class TestUndo:
    @pytest.mark.parametrize("act", [commands.void, commands.refund])
    def test_who_took_it_does_not_undo_it(self, act: Callable[..., Charge]) -> None:
        charge()
        take()
        refused("payments.same_person", lambda: undo(act, by=FANG))
        found = undo(act)
        assert (found.by, found.mistake) == (PING.id, Mistake.WRONG_WAY)

    def test_after_a_void_it_is_owed_again(self) -> None:
        charge()
        take()
        found = undo()
        assert (found.status, found.receipt, found.way) == (Status.VOID, "", None)
        assert not queries.is_settled(number())

    def test_after_a_refund_nothing_is_owed_and_the_receipt_stays(self) -> None:
        charge()
        receipt = take()
        found = undo(commands.refund, mistake=Mistake.NOT_OWED)
        assert (found.status, found.receipt, found.way) == (Status.REFUNDED, receipt, Way.CASH)
        assert queries.is_settled(number())
        refused("payments.move", lambda: undo(by=YUN))

    def test_nothing_was_taken_yet(self) -> None:
        charge()
        refused("payments.move", undo)
        refused("payments.move", lambda: undo(commands.refund))


class TestDay:
    def test_a_closed_day_takes_no_more(self) -> None:
        for serial in (1, 2):
            charge(serial)
        take(1)
        assert close() == f"{LANES}-20261116-{FANG.id}"
        refused("payments.closed", lambda: take(2))
        refused("payments.closed", lambda: waive(2))
        assert take(2, by=PING).endswith("F00002")  # a colleague's day goes on
        refused("payments.closed", lambda: undo(serial=2, by=FANG))
        undo(serial=2, by=YUN)
        assert take(2, at=MONDAY + timedelta(days=1)).endswith("1117-F00001")  # and so does the next day

    def test_another_person_opens_it_again(self) -> None:
        charge()
        take()
        close(by=PING)

        def reopen(by: Staff, version: int = 1) -> str:
            return commands.reopen_day(till=TILL, by=by, at=MONDAY + 10 * 60 * MINUTE, version=version, key=key())

        refused("payments.same_person", lambda: reopen(FANG))
        refused("payments.same_person", lambda: reopen(PING))
        refused("payments.day_stale", lambda: reopen(YUN, 0))
        reopen(YUN)
        refused("payments.not_closed", lambda: reopen(YUN, 2))
        charge(2)
        take(2)
        close(version=2, counted=22000)
        assert [entry.act for entry in journal.chain("till", TILL.number)] == [
            "till.close",
            "till.reopen",
            "till.close",
        ]

    def test_what_is_refused(self) -> None:
        charge()
        with pytest.raises(NotFound):
            close()  # nothing has happened on that day
        take()
        refused("payments.counted", lambda: close(counted=-1))
        refused("payments.day_stale", lambda: close(version=1))
        with pytest.raises(NotFound):
            close(by=clerk(904, "14020002"))
        close()
        refused("payments.day_closed", lambda: close(version=1))

    def test_sent_twice_it_is_closed_once(self) -> None:
        charge()
        take()
        same = key()
        assert close(key=same) == close(key=same)
        assert len(journal.chain("till", TILL.number)) == 1


class TestDatabase:
    """What must never break stands in the database too."""

    @pytest.mark.parametrize(
        "broken",
        [
            {"status": "paid"},
            {"status": "paid", "receipt": "F1"},
            {"receipt": "F1"},
            {"cents": -1},
            {"cents": 0},
            {"status": "waived"},
            {"status": "lost"},
        ],
        ids=str,
    )
    def test_a_charge_that_cannot_be(self, broken: dict[str, Any]) -> None:
        charge()
        with pytest.raises(IntegrityError), transaction.atomic():
            ChargeRow.objects.update(**broken)

    def test_one_charge_a_case_and_one_taking_a_receipt(self) -> None:
        found = charge()
        with pytest.raises(IntegrityError), transaction.atomic():
            ChargeRow.objects.create(subject=number(), **queries.charge_columns(found))
        take()
        again = PostingRow.objects.get()
        again.pk, again.seq = None, 9
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


def at_once(posts: list[Callable[[], str]]) -> list[str]:
    """Send all at the same time, each on a connection of its own; return receipts and codes of refusals."""
    told: list[str] = []
    start = threading.Barrier(len(posts))

    def send(post: Callable[[], str]) -> None:
        start.wait()
        try:
            told.append(post())
        except Refusal as refusal:
            told.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=send, args=[post]) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told)


def taking(by: Staff, serial: int = 1, **changes: Any) -> Callable[[], str]:
    whole = {"key": key(), "version": 1, **changes}
    return lambda: commands.take(subject=number(serial), way=Way.CASH, by=by, at=MONDAY, **whole)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_clerks_take_the_same_fee_and_one_receipt_is_given(self) -> None:
        charge()
        assert at_once([taking(FANG), taking(PING)]) == [f"{LANES}-20261116-F00001", "payments.stale"]
        assert PostingRow.objects.count() == 1
        charge(2)
        assert taking(YUN, 2)().endswith("F00002")

    def test_a_double_click_gives_one_receipt(self) -> None:
        charge()
        same = key()
        assert at_once([taking(FANG, key=same)] * 4) == [f"{LANES}-20261116-F00001"] * 4
        assert PostingRow.objects.count() == 1

    def test_many_clerks_take_many_fees_without_a_gap(self) -> None:
        for serial in range(1, 9):
            charge(serial)
        told = at_once([taking(clerk(910 + serial % 3), serial) for serial in range(1, 9)])
        assert [receipt[-5:] for receipt in told] == [f"{serial:05d}" for serial in range(1, 9)]

    def test_a_day_that_is_being_closed_holds_all_it_took(self) -> None:
        for serial in (1, 2):
            charge(serial)
        take(1)
        told = at_once([taking(FANG, 2), close])
        assert told[0] == TILL.number
        assert told[1] in (f"{LANES}-20261116-F00002", "payments.closed")
        assert [found for _, found in queries.replay_tills() if found] == []


@pytest.mark.django_db(transaction=True)
def test_a_charge_is_in_its_callers_transaction() -> None:
    with pytest.raises(Refusal), transaction.atomic():
        charge()
        raise Refusal("case.move")
    assert queries.charge_of(number()) is None
    assert not Entry.objects.exists()
    commands.charge(subject=number(), division=DIVISION, site=LANES, lines=[PLATES], by=HOUSE, at=MONDAY)
