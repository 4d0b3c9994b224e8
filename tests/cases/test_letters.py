"""The letters that a case's acts call for: made of its journal up to the act, issued by job, once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from onewindow.accounts.rules import System
from onewindow.cases import commands, queries
from onewindow.cases.rules import Fault
from onewindow.core import journal
from onewindow.core.errors import NotFound
from onewindow.core.models import Job
from onewindow.notices import queries as notices
from onewindow.notices.gateways import NoFont, press
from onewindow.notices.rules import Kind, snapshot
from onewindow.payments import queries as payments
from tests.cases.given import HOUR, MONDAY, go, settle, submit
from tests.cases.test_whole_life import DAY, UNTIL, act, field_of, under_review
from tests.cast import HALL, Cast

WORKER = System("worker")


@pytest.fixture
def hotel(house: Cast) -> str:
    return submit(house.applicant, item="ZA14", site=HALL)


def grounds(number: str) -> list[str]:
    from onewindow.catalogue import queries as catalogue

    case = queries.case_for(WORKER, number)
    return [ground.key for ground in catalogue.item(case.item, case.edition).refusals]


def whole_life(number: str, house: Cast) -> None:
    """Every act of a licence that a letter belongs to, but the ends that exclude each other."""
    fault = field_of(number)
    value = queries.form_of(queries.case_for(WORKER, number)).fields[fault.key]
    notes = {fault.name: "与证件不一致"}
    act("send_back", number, house.clerk, MONDAY + HOUR, faults=[fault], until_on=UNTIL, notes=notes)
    act("supplement", number, house.applicant, MONDAY + 2 * HOUR, fields={fault.key: value}, papers=[])
    act("accept", number, house.clerk, MONDAY + 3 * HOUR)
    act("review", number, house.examiner, MONDAY + 4 * HOUR, remark="材料齐全")
    act("pause", number, house.examiner, MONDAY + DAY, reason="appraisal", expected_on=UNTIL, remark="消防设施鉴定")
    act("resume", number, house.examiner, MONDAY + 3 * DAY)
    act("extend", number, house.head, MONDAY + 3 * DAY, limit_number=10, remark="情况复杂")
    act("offer_hearing", number, house.examiner, MONDAY + 3 * DAY, remark="涉及重大利益")
    act("approve", number, house.head, MONDAY + 4 * DAY)
    settle(number, house.clerk, MONDAY + 4 * DAY)
    case = queries.case_for(WORKER, number)
    if queries.need_of(case).making:
        act("make", number, house.examiner, MONDAY + 4 * DAY + HOUR)
    act("deliver", number, house.clerk, MONDAY + 4 * DAY + 2 * HOUR, way="counter", receipt="李强")
    act("rectify", number, house.head, MONDAY + 5 * DAY, remark="「2025」更正为「2026」")
    act("revoke", number, house.head, MONDAY + 6 * DAY, ground="fraud", remark="提交虚假材料")


LETTERS = ["receipt", "correction", "receipt", "acceptance", "special_procedure", "extension", "hearing", "approval",
           "service", "rectification", "revocation"]  # fmt: skip


def test_each_act_calls_for_its_letter_and_each_can_be_set(house: Cast, hotel: str) -> None:
    whole_life(hotel, house)
    due = queries.letters_for(house.applicant, hotel)
    assert [each.kind.value for each in due] == LETTERS
    for each in due:
        commands.issue_letter(number=hotel, seq=each.seq, by=WORKER, at=MONDAY + 7 * DAY)
    kept = notices.letters_of(hotel)
    assert len(kept) == 2 * len(LETTERS)
    last = kept[-1]
    assert notices.letter_file(hotel, last.seq, last.kind, last.language).startswith(b"%PDF")
    entry = journal.chain("letter", notices.chain_of(hotel, last.seq, last.kind))[-1]
    assert journal.facts_of(entry)["sha256"] in {each.sha256 for each in kept}
    assert "李强" not in entry.facts


def test_a_note_that_the_house_proposed_is_in_both_languages(house: Cast, hotel: str) -> None:
    fault = field_of(hotel)
    notes = {fault.name: "还没有带来"}
    act("send_back", hotel, house.clerk, MONDAY + HOUR, faults=[fault], until_on=UNTIL, notes=notes)
    [reason] = queries.letter_for(WORKER, hotel, 2).reasons
    assert reason.text.zh.endswith("：还没有带来")
    assert reason.text.en.endswith(": Not brought yet")


def test_a_letter_is_the_same_whatever_came_after(house: Cast, hotel: str) -> None:
    under_review(hotel, house)
    before = snapshot(queries.letter_for(WORKER, hotel, 2))
    act("refuse", hotel, house.head, MONDAY + DAY, reasons=[grounds(hotel)[0]], remark="消防未通过")
    assert snapshot(queries.letter_for(WORKER, hotel, 2)) == before


def test_a_refusal_names_reasons_with_their_law_and_both_remedies(house: Cast, hotel: str) -> None:
    under_review(hotel, house)
    act("refuse", hotel, house.head, MONDAY + DAY, reasons=[grounds(hotel)[0]], remark="消防未通过")
    letter = queries.letter_for(house.applicant, hotel, 4)
    assert letter.kind is Kind.REFUSAL
    assert [reason.law is not None for reason in letter.reasons] == [True, False]
    assert any("行政复议" in words.zh for words in letter.rights)
    assert any("lawsuit" in words.en for words in letter.rights)


@pytest.mark.parametrize("ground", ["not_needed", "not_ours"])
def test_declined_and_ended_cases_have_their_letters(house: Cast, hotel: str, ground: str) -> None:
    office = "140100-market" if ground == "not_ours" else ""
    act("decline", hotel, house.clerk, MONDAY + HOUR, ground=ground, office=office, remark="另行申请")
    letter = queries.letter_for(WORKER, hotel, 2)
    assert (letter.kind, letter.variant) == (Kind.NON_ACCEPTANCE, ground)
    other = submit(house.second, item="ZA14", site=HALL)
    act("withdraw", other, house.second, MONDAY + HOUR)
    assert queries.letter_for(WORKER, other, 2).variant == "withdrawn"


def test_a_lapsed_case_is_told_so(house: Cast, hotel: str) -> None:
    fault = Fault("other", "seal")
    act("send_back", hotel, house.clerk, MONDAY + HOUR, faults=[fault], until_on=UNTIL, notes={fault.name: "缺印章"})
    commands.settle_by_law(number=hotel, by=WORKER, at=MONDAY + 30 * DAY)
    letter = queries.letter_for(WORKER, hotel, 3)
    assert (letter.variant, letter.facts["until_on"]) == ("lapsed", date(2026, 12, 1))


def test_an_act_wakes_the_job_of_its_letter_and_the_act_stands_without_it(
    house: Cast, hotel: str, settings: Any, tmp_path: Path
) -> None:
    act("accept", hotel, house.clerk, MONDAY + HOUR)
    assert Job.objects.filter(kind="cases.letter", payload__contains=hotel).count() == 1
    settings.FONTS_DIR = tmp_path  # a machine without a Chinese font
    press.cache_clear()
    with pytest.raises(NoFont):
        commands.issue_letter(number=hotel, seq=2, by=WORKER, at=MONDAY + 2 * HOUR)
    assert notices.letters_of(hotel) == ()
    assert queries.case_for(WORKER, hotel).stage == "accepted"
    settings.FONTS_DIR = None
    press.cache_clear()
    commands.issue_letter(number=hotel, seq=2, by=WORKER, at=MONDAY + timedelta(hours=3))
    assert {each.language for each in notices.letters_of(hotel)} == {"zh", "en"}


def test_who_may_not_see_the_case_may_not_see_its_letters(house: Cast, hotel: str) -> None:
    for asker in (house.outsider, house.stranger):
        with pytest.raises(NotFound):
            queries.letters_for(asker, hotel)
        with pytest.raises(NotFound):
            queries.letter_for(asker, hotel, 1)
    with pytest.raises(NotFound):
        queries.letter_for(WORKER, hotel, 9)


def test_a_fee_that_was_taken_has_its_receipt(house: Cast) -> None:
    number = submit(house.applicant)
    go(number, house, "accept", "check", "review", "approve")
    settle(number, house.clerk, MONDAY + 5 * HOUR)
    job = Job.objects.get(kind="cases.fee_receipt")
    seq = json.loads(job.payload)["seq"]
    commands.issue_fee_receipt(number=number, seq=seq, by=WORKER, at=MONDAY + 6 * HOUR)
    letter = queries.fee_receipt_for(house.applicant, number, seq)
    charge = payments.charge_of(number)
    assert charge is not None
    assert letter.cents == charge.cents > 0
    assert letter.table is not None
    assert [each.kind for each in queries.letters_for(house.clerk, number)][-1] is Kind.FEE_RECEIPT
    with pytest.raises(NotFound):
        queries.fee_receipt_for(house.outsider, number, seq)
    with pytest.raises(NotFound):
        queries.fee_receipt_for(house.clerk, number, 1)  # that entry charged, it took nothing
