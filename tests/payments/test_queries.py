"""What an outsider sees, how many queries a list costs, and that the day-end list says what the journal says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from onewindow.accounts.rules import Duty, Resident, Staff
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import journal
from onewindow.core.errors import NotFound, Refusal
from onewindow.jobs.cli import main
from onewindow.payments import commands, queries
from onewindow.payments.commands import TillKey
from onewindow.payments.models import ChargeRow, PostingRow, TillRow
from onewindow.payments.rules import Ground, Mistake, Status, Waiver, Way, lines_of
from tests.cases.given import ANSWERS
from tests.cast import HALL, LANES, Cast
from tests.payments.given import CARD, FANG, MONDAY, PING, PLATES, YUN, charge, clerk, key, number

TODAY = MONDAY.date()
DELIVERER = Staff(920, frozenset({(Duty.DELIVER, LANES)}), "140100")
REVIEWER = Staff(921, frozenset({(Duty.REVIEW, "140100-vehicles")}), "140100")


def act(name: str, serial: int, by: Staff, day: int = 0, **more: Any) -> None:
    """Carry out an act as it stands now."""
    found = queries.charge_of(number(serial))
    assert found
    whole = {"subject": number(serial), "version": found.version, "by": by, "at": MONDAY + timedelta(days=day)}
    getattr(commands, name)(**whole, key=key(), **more)


@pytest.mark.django_db
class TestSeeing:
    def test_who_stands_at_a_counter_of_the_site_sees_it(self, django_assert_num_queries: Any) -> None:
        found = charge()
        for asker in (FANG, DELIVERER, clerk(922, "*")):
            with django_assert_num_queries(1):
                assert queries.charge_for(asker, number()) == found
        for outsider in (REVIEWER, clerk(923, HALL), Resident(1, 2)):
            with pytest.raises(NotFound):
                queries.charge_for(outsider, number())
            with pytest.raises(NotFound):
                queries.history_for(outsider, number())
            with pytest.raises(NotFound):
                queries.day_end_for(outsider, LANES, TODAY)
        with pytest.raises(NotFound):
            queries.charge_for(FANG, number(2))

    def test_the_history_is_the_journal(self) -> None:
        charge()
        act("take", 1, FANG, way=Way.CASH)
        assert [entry.act for entry in queries.history_for(FANG, number())] == ["charge.charge", "charge.take"]

    def test_the_sites_of_a_clerk(self) -> None:
        both = Staff(1, frozenset({(Duty.INTAKE, HALL), (Duty.DELIVER, LANES)}), "140100", office=LANES)
        assert queries.sites_of(both) == [LANES, HALL]
        assert queries.sites_of(REVIEWER) == []
        assert queries.sites_of(Resident(1, 2)) == []


@pytest.mark.django_db
class TestDayEnd:
    def test_it_adds_up_by_clerk_and_way(self, django_assert_num_queries: Any) -> None:
        for serial in range(1, 5):
            charge(serial)
        act("take", 1, FANG, way=Way.CASH)
        act("take", 2, FANG, way=Way.POS)
        act("waive", 3, PING, reason=Waiver(Ground.NO_BASIS))
        act("void", 1, PING, mistake=Mistake.WRONG_WAY)
        act("take", 1, PING, way=Way.POS)
        act("take", 4, PING, day=1, way=Way.CASH)
        with django_assert_num_queries(2):
            found = queries.day_end_for(YUN, LANES, TODAY)
        assert [till.clerk for till in found.tills] == [FANG.id, PING.id]
        assert [till.cash_cents for till in found.tills] == [11000, -11000]
        cash, pos, waived = found.sums
        assert (cash.count, cash.cents, cash.undone, cash.undone_cents, cash.net_cents) == (1, 11000, 1, 11000, 0)
        assert (pos.count, pos.net_cents) == (2, 22000)
        assert (waived.count, waived.cents) == (1, 11000)
        assert found.money.net_cents == 22000
        assert found.receipts == (f"{LANES}-20261116-F00001", f"{LANES}-20261116-F00003")

    def test_an_empty_day(self) -> None:
        found = queries.day_end_for(FANG, LANES, TODAY)
        assert (found.tills, found.receipts, found.money.net_cents) == ((), ("", ""), 0)


@pytest.mark.django_db
class TestReplay:
    def whole(self) -> None:
        charge(1)
        charge(2, lines=(PLATES,))
        act("count", 1, FANG, counts={"card": 2})
        act("take", 1, FANG, way=Way.CASH)
        act("refund", 1, PING, mistake=Mistake.NOT_OWED)
        act("waive", 2, FANG, reason=Waiver(Ground.EXEMPT, "某条例 第九条"))
        till = TillKey(LANES, TODAY, FANG.id)
        commands.close_day(till=till, counted_cents=12000, by=FANG, at=MONDAY, version=0, key=key())

    def differences(self) -> list[str]:
        found = [*queries.replay(), *queries.replay_tills()]
        return [name for _, each in found for name, _, _ in each]

    def test_each_row_is_the_fold_of_its_journal(self) -> None:
        self.whole()
        assert [number for number, _ in queries.replay()] == [number(1), number(2)]
        assert self.differences() == []
        assert list(journal.verify()) == []

    @pytest.mark.parametrize(
        ("column", "value"), [("by", 1), ("cents", 5), ("law", "x 第1条"), ("mistake", "wrong_way")]
    )
    def test_a_changed_row_shows(self, column: str, value: object) -> None:
        self.whole()
        ChargeRow.objects.filter(subject=number(2)).update(**{column: value})
        assert self.differences() == [column]

    def test_changed_money_shows(self) -> None:
        self.whole()
        PostingRow.objects.filter(act="take").update(cents=1)
        assert self.differences() == ["postings", "sums"]

    def test_changed_closing_shows(self) -> None:
        self.whole()
        TillRow.objects.filter(version=1).update(counted_cents=1)
        assert self.differences() == ["counted_cents"]

    @pytest.mark.parametrize("model", [ChargeRow, TillRow])
    def test_a_vanished_row_shows(self, model: Any) -> None:
        self.whole()
        model.objects.filter(version__gte=1).order_by("pk")[:1].get().delete()
        with pytest.raises(Refusal, match=r"journal\.replay"):
            self.differences()


CLERKS = (FANG, PING, YUN)
STEPS = st.tuples(
    st.sampled_from(["take", "take", "waive", "void", "refund", "count", "close", "reopen"]),
    st.integers(1, 4),  # which charge
    st.integers(0, 2),  # which clerk
    st.integers(0, 1),  # which day
    st.sampled_from(list(Way)),
)


def step(name: str, serial: int, by: Staff, day: int, way: Way) -> None:
    """Try an act; what is refused leaves all as it was."""
    till = TillKey(LANES, TODAY + timedelta(days=day), CLERKS[serial % 3].id)
    at = MONDAY + timedelta(days=day)
    row = TillRow.objects.filter(number=till.number).first()
    version = row.version if row else 0
    try:
        with transaction.atomic():
            if name == "close":
                commands.close_day(till=till, counted_cents=0, by=by, at=at, version=version, key=key())
            elif name == "reopen":
                commands.reopen_day(till=till, by=by, at=at, version=version, key=key())
            else:
                more: dict[str, dict[str, Any]] = {
                    "take": {"way": way},
                    "waive": {"reason": Waiver(Ground.NO_BASIS)},
                    "count": {"counts": {"card": serial}},
                }
                act(name, serial, by, day, **more.get(name, {"mistake": Mistake.WRONG_WAY}))
    except (Refusal, NotFound):
        return


def told_by_journal(day: int) -> tuple[int, int, set[str]]:
    """Money, waivers and receipts of a day, recounted from the entries alone."""
    on = TODAY + timedelta(days=day)
    paid, waived, receipts = 0, 0, set()
    for entry in journal.Entry.objects.filter(kind="charge"):
        facts = journal.facts_of(entry)
        if entry.at.date() != on or "cents" not in facts:
            continue
        sign = -1 if entry.act in ("charge.void", "charge.refund") else 1
        paid += sign * facts["cents"] if facts["way"] else 0
        waived += 0 if facts["way"] else sign * facts["cents"]
        if entry.act == "charge.take":
            receipts.add(facts["receipt"])
    return paid, waived, receipts


class TestAnySequence(TestCase):
    @settings(max_examples=40)
    @given(st.lists(STEPS, max_size=25))
    def test_the_list_adds_up_to_what_the_journal_says(self, steps: list[tuple[str, int, int, int, Way]]) -> None:
        for serial in range(1, 5):
            charge(serial, lines=(PLATES, CARD) if serial % 2 else (CARD,))
        for name, serial, who, day, way in steps:
            step(name, serial, CLERKS[who], day, way)
        for day in (0, 1):
            found = queries.day_end_for(YUN, LANES, TODAY + timedelta(days=day))
            paid, waived, receipts = told_by_journal(day)
            assert (found.money.net_cents, found.sums[2].net_cents) == (paid, waived)
            assert sorted(int(receipt[-5:]) for receipt in receipts) == list(range(1, len(receipts) + 1))
            assert found.money.count == len(receipts)
            assert sum(till.sums[0].net_cents + till.sums[1].net_cents for till in found.tills) == paid
        standing = sum(row.cents for row in ChargeRow.objects.filter(status=Status.PAID))
        assert standing == told_by_journal(0)[0] + told_by_journal(1)[0]
        assert [each for each in (*queries.replay(), *queries.replay_tills()) if each[1]] == []
        assert list(journal.verify()) == []


class TestCommand:
    @pytest.mark.django_db
    def test_the_replay_command_covers_charges_and_days(self, capsys: pytest.CaptureFixture[str]) -> None:
        TestReplay().whole()
        assert main(["journal", "replay", "--check"]) == 0
        told = capsys.readouterr().out
        assert "2 charges replayed, 0 differences" in told
        assert "1 day-ends replayed, 0 differences" in told
        ChargeRow.objects.filter(subject=number(2)).update(by=1)
        assert main(["journal", "replay", "--check"]) == 1
        assert f"charge {number(2)}: by is 1, its journal says {FANG.id}" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_fees_of_a_transfer_are_charged_as_far_as_they_are_confirmed(house: Cast) -> None:
    item = catalogue.item("CG04", catalogue.current_edition())
    found = charge(lines=lines_of(items.fees(item, ANSWERS)))
    sums = {line.key: line.sum_cents for line in found.lines}
    assert (sums["plates_car"], sums["vehicle_licence"], sums["certificate"]) == (10000, 0, 0)
    assert found.cents == 10000
