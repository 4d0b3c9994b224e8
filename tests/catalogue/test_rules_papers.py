"""Papers, fields, limits and fees of real situations, and what was typed looked over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.accounts.rules import DEMO_AREA, identity_number
from onewindow.calendars.rules import LICENSING_45, Kind, Unit
from onewindow.catalogue import rules
from onewindow.catalogue.rules import AnyOf, PaperNeed, State, missing_papers
from tests.catalogue.given import FULL, SMALL_CAR, item, items, made, pair, small, the_book
from tests.catalogue.test_rules_questions import answered

TODAY = date(2024, 10, 8)


def by_key(needs: tuple[PaperNeed, ...]) -> dict[tuple[str, str], State]:
    return {(need.key, need.holder): need.state for need in needs}


def test_the_papers_of_the_first_journey() -> None:
    needs = rules.papers(item("CG04"), SMALL_CAR)
    wanted = [(need.key, need.holder, need.state.value) for need in needs if need.wanted]
    assert wanted == [
        ("id_card", "applicant", "upload"),
        ("used_vehicle_invoice", "applicant", "upload"),
        ("vehicle_certificate", "applicant", "bring"),
        ("vehicle_licence", "applicant", "bring"),
        ("vehicle_plates", "applicant", "bring"),
    ]
    assert all(need.state is State.NOT_NEEDED for need in needs if not need.wanted)
    reasons = {need.key: need.reason for need in needs}
    assert reasons["customs_release"].zh == "因为「是海关监管的车吗？」答的是「不是」"
    assert reasons["customs_release"].en == "because you answered “no” to “Is the vehicle under customs supervision?”"


def test_two_holders_of_one_document_bring_two_papers() -> None:
    needs = by_key(rules.papers(item("CG04"), {**SMALL_CAR, "by_agent": "agent", "lien": "mortgage"}))
    assert needs["id_card", "applicant"] is needs["id_card", "agent"] is needs["id_card", "seller"] is State.UPLOAD
    assert needs["business_licence", "mortgagee"] is State.UPLOAD
    assert needs["business_licence", "applicant"] is State.NOT_NEEDED


def test_what_is_held_already_need_not_be_handed_in() -> None:
    needs = rules.papers(item("CG04"), SMALL_CAR, held={"id_card", "used_vehicle_invoice", "vehicle_plates"})
    states = by_key(needs)
    assert states["id_card", "applicant"] is State.LICENCE
    assert states["used_vehicle_invoice", "applicant"] is State.SHARED
    assert states["vehicle_plates", "applicant"] is State.BRING  # nothing stands for the plates themselves


def test_an_open_question_leaves_its_papers_open() -> None:
    needs = rules.papers(item("CG04"), {})
    assert {need.state for need in needs} == {State.OPEN}
    assert next(need for need in needs if need.key == "id_document_other").name.zh.startswith("其他有效身份证件")


def test_a_paper_whose_ways_differ_stands_once() -> None:
    card = {**small()["papers"][0], "way": "bring", "upload_when": {"kind": "new"}}
    one = made(papers=[card])
    assert [rules.papers(one, {"kind": kind})[0].state for kind in ("old", "new")] == [State.BRING, State.UPLOAD]
    assert rules.check([made(papers=[card, *small()["papers"][1:]])], the_book()).errors == ()


def test_an_open_paper_names_each_of_its_conditions() -> None:
    passport = next(need for need in rules.papers(item("CJ01"), {}) if need.key == "passport")
    assert passport.state is State.OPEN
    assert isinstance(passport.paper.when, AnyOf)
    assert len(passport.paper.when.parts) == 3


def test_one_of_a_kind_is_enough() -> None:
    paper = {"issuer": pair("公安", "police"), "mark": "S", "one_of": "home"}
    one = made(
        papers=[
            {**paper, "key": "lease", "name": pair("租约", "lease")},
            {**paper, "key": "deed", "name": pair("房产证", "deed")},
        ]
    )
    needs = rules.papers(one, {})
    assert [need.key for need in missing_papers(needs, [])] == ["lease", "deed"]
    assert missing_papers(needs, [("deed", "applicant")]) == ()


def test_a_listed_paper_with_a_condition_in_words_is_asked_for_without_force() -> None:
    needs = {need.key: need for need in rules.papers(item("CJ02"), {})}
    consent = needs["employer_exit_consent"]
    assert (consent.state, consent.required, consent.reason.zh) == (State.IF, False, "登记备案的国家工作人员")
    assert needs["id_card"].required


def test_the_form_follows_the_answers() -> None:
    keys = [field.key for field in rules.fields(item("CG04"), SMALL_CAR)]
    assert "agent.name" not in keys
    assert "vehicle.check_slot" not in keys  # an appointment is no field to type
    assert "vehicle.acquired_by" not in keys  # the answer gave it
    assert rules.derived_values(item("CG04"), SMALL_CAR) == {"vehicle.acquired_by": "purchase"}
    with_agent = [field.key for field in rules.fields(item("CG04"), {**SMALL_CAR, "by_agent": "agent"})]
    assert set(with_agent) - set(keys) == {"agent.name", "agent.phone", "agent.id_number"}


def test_the_clocks_of_the_first_journey_start_after_the_check() -> None:
    limits = {limit.kind: limit for limit in rules.limits(item("CG04"), SMALL_CAR)}
    promise, statute = limits[Kind.PROMISED], limits[Kind.STATUTORY]
    assert (promise.number, promise.unit, promise.starts) == (2, Unit.WORKDAY, "accepted_or_checked_later")
    assert (statute.number, statute.unit, statute.starts) == (3, Unit.WORKDAY, "accepted_or_checked_later")
    assert (promise.confidence, statute.confidence) == ("D", "U")
    assert statute.pauses == LICENSING_45
    assert limits[Kind.TELL].number == 5


def test_the_first_answer() -> None:
    first = rules.first_answer(item("CG04"), SMALL_CAR)
    assert first.sentence.en == "Papers on line, one visit for the vehicle check, 2 working days after the check."
    assert first.sentence.zh == "材料网上交，车开来查验一次，查验后 2 个工作日办好。"
    assert (first.upload, first.bring, first.decided, first.confirmed) == (2, 3, True, False)
    assert not rules.first_answer(item("CG04"), {}).decided


def test_fees_carry_their_marks() -> None:
    fees = {fee.key: fee for fee in rules.fees(item("CG04"), SMALL_CAR)}
    assert (fees["plates_car"].cents, fees["plates_car"].mark) == (10000, "S")
    assert (fees["vehicle_licence"].cents, fees["vehicle_licence"].mark) == (None, "U")


def test_a_licence_term_follows_the_points() -> None:
    told = {term.text.en for term in rules.terms(item("JG01"), {"term": "six", "points": "never"})}
    assert told == {"ten years"}


@given(st.sampled_from(FULL), st.data())
def test_each_paper_stands_once_and_closed_ones_say_why(code: str, data: st.DataObject) -> None:
    needs = rules.papers(item(code), data.draw(answered(code)))
    assert len(by_key(needs)) == len(needs)
    assert all(need.reason.zh and need.reason.en for need in needs if need.state in (State.OPEN, State.NOT_NEEDED))
    assert all(len(need.key) <= 40 and len(need.holder) <= 24 for need in needs)


# --- what was typed

NUMBER = identity_number(DEMO_AREA, date(1990, 5, 1), 101)
TYPED = {
    "buyer.name": "李强",
    "person.id_type": "resident_id",
    "buyer.id_number": NUMBER,
    "person.phone": "10000012345",
    "person.mail_address": "太原市迎泽区",
    "buyer.address": "太原市迎泽区",
    "vehicle.plate_type": "小型汽车",
    "vehicle.plate": "晋K12345",
    "vehicle.vin": "LSVAA49J132012345",
    "vehicle.certificate_number": "140012345678",
    "commitment.truthful": "1",
    "vehicle.delivered_on": "2024-10-01",
    "seller.name": "王五",
    "vehicle.use": "非营运",
    "vehicle.plate_choice": "random",
    "delivery.mode": "post",
    "vehicle.trade_place": "太原市",
}


def faults(**changes: str) -> dict[str, str]:
    values = {**TYPED, **{key.replace("__", "."): value for key, value in changes.items()}}
    return rules.check_values(item("CG04"), SMALL_CAR, values, TODAY)


def test_what_is_right_has_no_fault() -> None:
    assert faults() == {}
    assert faults(person__postcode="030001", person__landline="0351-4567890") == {}


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("buyer.name", "", "catalogue.required"),
        ("buyer.id_number", NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"), "accounts.identity.digit"),
        ("buyer.id_number", "140101900501101", "accounts.identity.fifteen"),
        ("person.phone", "12345", "accounts.phone"),
        ("vehicle.plate", "晋K1234", "accounts.plate"),
        ("vehicle.vin", "LSVAA49J13201234O", "accounts.vin"),
        ("vehicle.vin", "LSVAA49J13201234", "accounts.vin"),
        ("vehicle.delivered_on", "2024-10-09", "catalogue.future"),
        ("vehicle.delivered_on", "昨天", "catalogue.date"),
        ("vehicle.plate_choice", "lucky", "catalogue.choice"),
        ("person.postcode", "3001", "catalogue.postcode"),
        ("buyer.address", "长" * 201, "catalogue.long"),
        ("commitment.truthful", "", "catalogue.statement"),
    ],
)
def test_each_fault_stands_beside_its_field(key: str, text: str, code: str) -> None:
    assert faults(**{key: text}) == {key: code}


def test_all_faults_come_at_once() -> None:
    told = rules.check_values(item("CG04"), SMALL_CAR, {}, TODAY)
    assert set(told) == set(TYPED)


def test_a_number_is_judged_by_the_document_beside_it() -> None:
    passport = {"person.id_type": "passport", "buyer.id_number": "E12345678"}
    assert faults(**passport) == {}
    assert faults(**{**passport, "person.id_type": "resident_id"}) == {"buyer.id_number": "accounts.identity.shape"}
    unit = {"person.id_type": "credit_code", "buyer.id_number": "91140100MA0EXAMPL9"}
    assert faults(**unit) == {"buyer.id_number": "accounts.credit"}


def test_a_field_that_is_not_asked_is_not_looked_at() -> None:
    assert faults(agent__id_number="nonsense") == {}


@given(st.dictionaries(st.sampled_from(sorted(TYPED)), st.text(max_size=30)))
def test_nothing_typed_breaks_the_check(values: dict[str, str]) -> None:
    told = rules.check_values(item("CG04"), SMALL_CAR, values, TODAY)
    assert told.keys() <= {field.key for field in item("CG04").fields}


def test_every_item_has_a_form_and_can_be_refused() -> None:
    for one in items():
        assert one.fields, one.code
        assert one.refusals, one.code
        assert any(field.type == "statement" for field in one.fields), one.code
    assert small()["code"] == "XX01"
