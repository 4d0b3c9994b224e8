"""Identity cards, households, passports and the inspection mark: who comes, with which papers, by when."""

from __future__ import annotations

import pytest

from onewindow.calendars.rules import Kind, Unit
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Collected, State
from tests.catalogue.given import item, made, pair, small, the_book


def asked_for(code: str, **answers: str) -> set[tuple[str, str]]:
    assert rules.is_decided(item(code), answers), rules.next_questions(item(code), answers)
    return {(need.key, need.holder) for need in rules.wanted_papers(item(code), answers)}


def promise(code: str, **answers: str) -> tuple[int, Unit]:
    limits = [limit for limit in rules.limits(item(code), answers) if limit.kind is Kind.PROMISED]
    assert len(limits) == 1
    return int(limits[0].number), limits[0].unit


# --- HZ07, HZ09: identity cards

CHILD = {
    "age": "15",
    "first_kind": "resident",
    "apply_at": "other_province",
    "guardian_shown": "no",
    "guardian_kind": "parent",
    "urgent": "no",
}
"""The child of fifteen, away from home, whose parent stands in the booklet of another province."""


def test_a_first_card_at_fifteen_with_a_parent_from_another_province() -> None:
    card = item("HZ07")
    assert asked_for("HZ07", **CHILD) == {
        ("household_booklet", "applicant"),
        ("id_card", "guardian"),
        ("birth_certificate", "child"),
        ("job_or_study_proof", "applicant"),
    }
    assert [rules.may_act(card, CHILD, basis) for basis in ("guardian", "self", "letter")] == [True, False, False]
    guardian = next(actor for actor in rules.actors(card, CHILD) if actor.allowed)
    assert (guardian.key, guardian.comes, guardian.mark) == ("guardian", "both", "S")
    keys = {field.key for field in rules.fields(card, CHILD)}
    assert {"guardian.name", "guardian.id_number", "person.residence_address"} <= keys
    assert [term.text.en for term in rules.terms(card, CHILD)] == ["five years"]
    assert "identity_clear" in {row.key for row in rules.preconditions(card, CHILD)}
    assert not any(limit.kind is Kind.OWN for limit in rules.limits(card, CHILD))  # by choice, no duty yet


def test_a_first_card_at_sixteen_is_a_duty_of_ones_own() -> None:
    adult = {"age": "16", "first_kind": "resident", "apply_at": "hukou_place", "urgent": "no"}
    card = item("HZ07")
    assert asked_for("HZ07", **adult) == {("household_booklet", "applicant")}
    assert [rules.may_act(card, adult, basis) for basis in ("guardian", "self", "letter")] == [False, True, False]
    own = next(limit for limit in rules.limits(card, adult) if limit.kind is Kind.OWN)
    assert (own.number, own.unit) == (3, Unit.MONTH)
    assert not {field.key for field in rules.fields(card, adult)} & {"guardian.name", "guardian.consent"}
    assert ("guardian_proof", "applicant") in asked_for("HZ07", **{**CHILD, "guardian_kind": "other"})


def test_where_a_card_is_collected_is_told_and_what_is_not_known_is_a_gap() -> None:
    ways = {row.way for row in rules.collecting(item("HZ07"), CHILD)}
    assert ways == {Collected.COUNTER, Collected.POST}  # another site: no fact says so
    assert any("other than where it was accepted" in gap.en for gap in item("HZ07").gaps)
    by_other = next(row for row in item("HZ09").collecting if row.way is Collected.BY_OTHER)
    assert by_other.mark == "U"


@pytest.mark.parametrize(("code", "by", "to"), [("HZ07", 30, 0), ("HZ09", 30, 0), ("CJ01", 0, 30)])
def test_how_far_the_statute_can_be_lengthened(code: str, by: int, to: int) -> None:
    statute = next(row.limit for row in item(code).limits if row.limit.kind is Kind.STATUTORY)
    assert statute.unit is Unit.DAY
    assert statute.extension is not None
    assert (statute.extension.by, statute.extension.to) == (by, to)


def test_a_lost_card_is_replaced_in_person() -> None:
    card = item("HZ09")
    lost = {"age": "30", "lost_how": "lost", "reported": "no", "apply_at": "same_province", "proof_at_hand": "none"}
    assert asked_for("HZ09", **lost, urgent="no") == set()
    states = {need.key: need.state for need in rules.papers(card, lost)}
    assert (states["biometric_capture"], states["loss_report_form"]) == (State.ON_SITE, State.FORM)
    assert rules.may_act(card, lost, "letter") is False
    assert {actor.comes for actor in rules.actors(card, lost) if actor.allowed} == {"applicant"}
    assert {fee.key: fee.cents for fee in rules.fees(card, lost)} == {"replacement": 4000, "away": 0}
    assert "report_theft" not in {step.key for step in rules.steps(card, lost)}
    assert "report_theft" in {step.key for step in rules.steps(card, {**lost, "lost_how": "stolen"})}
    assert rules.derived_values(card, lost)["id_card.lost_kind"] == "lost"


def test_a_child_who_lost_a_card_comes_with_the_guardian() -> None:
    lost = {
        "age": "8",
        "lost_how": "lost",
        "reported": "yes",
        "apply_at": "hukou_place",
        "proof_at_hand": "booklet",
        "guardian_shown": "no",
        "urgent": "no",
    }
    assert asked_for("HZ09", **lost) == {
        ("household_booklet", "applicant"),
        ("id_card", "guardian"),
        ("guardian_proof", "applicant"),
    }
    assert rules.may_act(item("HZ09"), lost, "guardian") is True


# --- HZ01, HZ02, HZ03: households

BORN = {
    "child_path": "own",
    "has_certificate": "yes",
    "parents_marriage": "unmarried",
    "settle_with": "father",
    "ethnicity_same": "yes",
    "surname_from": "parent",
    "declarer": "parent",
    "child_age": "0",
    "apply_at": "settle_place",
}


def test_a_birth_out_of_wedlock_joins_the_father() -> None:
    wanted = asked_for("HZ01", **BORN)
    assert {("out_of_wedlock_statement", "parents"), ("paternity_report", "child")} <= wanted
    assert ("marriage_certificate", "parents") not in wanted
    with_mother = asked_for("HZ01", **{**BORN, "settle_with": "mother"})
    assert ("paternity_report", "child") not in with_mother
    assert promise("HZ01", **BORN) == (0, Unit.SPOT)
    assert promise("HZ01", **{**BORN, "apply_at": "elsewhere"}) == (3, Unit.WORKDAY)
    assert not any(row.limit.kind is Kind.STATUTORY for row in item("HZ01").limits)  # the regulation sets none


def test_a_foundling_is_declared_by_the_home() -> None:
    home = {"child_path": "welfare", "surname_from": "other", "child_age": "1", "apply_at": "settle_place"}
    wanted = asked_for("HZ01", **home)
    assert {("welfare_proof", "child"), ("household_booklet", "children_home"), ("id_card", "home_clerk")} <= wanted
    assert ("birth_certificate", "child") not in wanted
    assert rules.may_act(item("HZ01"), home, "unit") is True


DIED = {
    "proof": "medical",
    "id_card": "yes",
    "only_member": "no",
    "was_head": "yes",
    "registered": "yes",
    "moving": "no",
    "died_at": "town",
    "declarer": "family",
}


def test_a_death_is_declared_with_the_proof_there_is() -> None:
    assert {("death_certificate", "deceased"), ("deceased_id_card", "deceased"), ("id_card", "declarer")} <= asked_for(
        "HZ02", **DIED
    )
    without = {**DIED, "proof": "none", "id_card": "lost"}
    wanted = asked_for("HZ02", **without)
    assert {("death_statement", "deceased"), ("lost_id_statement", "deceased")} <= wanted
    assert (promise("HZ02", **DIED), promise("HZ02", **without)) == ((0, Unit.SPOT), (10, Unit.WORKDAY))
    own = [limit for limit in rules.limits(item("HZ02"), DIED) if limit.kind is Kind.OWN]
    assert [limit.unit for limit in own] == [Unit.BEFORE]  # before the burial, no number of days


def test_a_household_moves_by_its_case() -> None:
    spouse = {
        "case": "spouse",
        "one_stop": "yes",
        "dwelling": "relative",
        "hukou_booklet_holder": "own",
        "dependants": "no",
    }
    wanted = asked_for("HZ03", **spouse)
    assert {("marriage_certificate", "applicant"), ("household_booklet", "family_joined")} <= wanted
    assert ("migration_certificate", "applicant") not in wanted
    at_both = {**spouse, "one_stop": "no"}
    assert ("migration_certificate", "applicant") in asked_for("HZ03", **at_both)
    kinds = [limit.kind for limit in rules.limits(item("HZ03"), at_both)]
    assert kinds.count(Kind.OWN) == 2
    assert Kind.INNER not in kinds
    statute = next(row.limit for row in item("HZ03").limits if row.limit.kind is Kind.STATUTORY)
    assert (statute.number, statute.extension.by if statute.extension else 0, len(statute.pauses)) == (20, 10, 8)


# --- CJ01: passports

FIRST = {"kind": "first", "id_kind": "none", "urgent": "no", "annotation": "no", "apply_at": "hukou"}


def test_a_passport_for_a_child_with_a_companion() -> None:
    child = {**FIRST, "age": "8", "companion": "entrusted"}
    wanted = asked_for("CJ01", **child)
    assert {
        ("household_booklet", "applicant"),
        ("guardian_proof", "applicant"),
        ("id_card", "guardian"),
        ("guardian_consent", "guardian"),
        ("guardian_entrustment", "guardian"),
        ("id_card", "companion"),
    } <= wanted
    passport = item("CJ01")
    assert rules.may_act(passport, child, "letter") is True  # a companion, named by the guardian
    assert rules.may_act(passport, {**child, "companion": "guardian"}, "letter") is False
    assert [term.text.en for term in rules.terms(passport, child)] == ["five years"]
    grown = {**FIRST, "age": "16", "status": "ordinary", "id_kind": "id_card"}
    assert rules.may_act(passport, grown, "letter") is False
    assert not {holder for _, holder in asked_for("CJ01", **grown)} & {"guardian", "companion"}


def test_a_passport_exchanged_on_line_takes_no_visit() -> None:
    online = {
        "kind": "exchange",
        "age": "40",
        "status": "ordinary",
        "id_kind": "id_card",
        "exchange_reason": "six_months",
        "settled_abroad": "no",
        "channel": "online",
        "urgent": "no",
        "annotation": "no",
        "apply_at": "hukou",
    }
    passport = item("CJ01")
    needs = [need for need in rules.papers(passport, online) if need.wanted]
    assert {need.state for need in needs} == {State.UPLOAD}
    assert [actor.comes for actor in rules.actors(passport, online) if actor.allowed] == ["none"]
    assert {need.state for need in rules.papers(passport, {**online, "channel": "counter"}) if need.wanted} == {
        State.BRING
    }
    assert promise("CJ01", **online) == (7, Unit.WORKDAY)
    assert promise("CJ01", **{**online, "urgent": "study"}) == (5, Unit.WORKDAY)
    assert rules.derived_values(passport, online)["passport.reason"] == "six_months"


# --- CG09: the inspection mark

CAR = {
    "act": "claim",
    "vehicle_group": "small_private",
    "exemption": "kept",
    "place": "registered",
    "mark_form": "electronic",
    "applicant_id": "licence",
    "by_agent": "self",
}


@pytest.mark.parametrize(("year", "due"), [(2, False), (6, True), (8, False), (10, True), (11, True), (16, True)])
def test_whether_a_car_must_be_inspected_is_worked_out(year: int, due: bool) -> None:
    answers = {**CAR, "due_year": str(year)}
    wanted = asked_for("CG09", **answers)
    assert (("inspection_report", "applicant") in wanted) is due
    assert ("vehicle_licence", "applicant") in wanted
    assert "inspection_due" not in rules.kept_answers(item("CG09"), {**answers, "inspection_due": "exempt"})


def test_a_car_with_a_casualty_accident_is_not_exempt_and_a_lorry_never_is() -> None:
    hurt = {**CAR, "due_year": "2", "exemption": "casualty_accident"}
    assert ("inspection_report", "applicant") in asked_for("CG09", **hurt)
    lorry = {**CAR, "vehicle_group": "truck"}
    assert ("inspection_report", "applicant") in asked_for("CG09", **lorry)
    assert ("inspection_report", "applicant") not in asked_for("CG09", **{**CAR, "act": "reissue"})
    assert rules.may_act(item("CG09"), {**CAR, "by_agent": "agent"}, "letter") is True


def test_a_question_that_is_worked_out_is_never_asked() -> None:
    mark = item("CG09")
    assert "inspection_due" not in {question.key for question in rules.next_questions(mark, {})}
    assert rules.steps_left(mark, {**CAR, "due_year": "2"}) == 0
    derived = {
        "key": "grown",
        "text": pair("成年了吗？", "Of age?"),
        "why": pair("推算", "worked out"),
        "options": [{"value": "yes", "text": pair("是", "yes")}, {"value": "no", "text": pair("否", "no")}],
        "derive": [{"when": {"age": {"ge": 18}}, "value": "yes"}, {"value": "no"}],
        "mark": "S",
    }
    body = small()
    papers = [body["papers"][0], {**body["papers"][1], "when": {"grown": "no"}}, body["papers"][2]]
    one = made(questions=[*body["questions"], derived], papers=papers)
    assert [question.key for question in rules.next_questions(one, {"kind": "new"})] == ["age"]
    assert len(rules.wanted_papers(one, {"kind": "new", "age": "17"})) == 2
    assert len(rules.wanted_papers(one, {"kind": "new", "age": "18"})) == 1
    assert rules.check([one], the_book()).errors == ()
