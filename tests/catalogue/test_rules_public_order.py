"""Large events, explosives and hotels: who decides, how early, after what, and within which limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onewindow.calendars.rules import Kind, Unit
from onewindow.catalogue import rules
from onewindow.catalogue.rules.situations import situations
from onewindow.core.errors import Refusal
from tests.catalogue.given import calendar, item, items, the_book

CODES = ("ZA02", "ZA03", "ZA04", "ZA05", "ZA14")
TODAY = date(2026, 9, 21)
EVENT = {
    "request": "new",
    "organiser_kind": "enterprise",
    "public_facing": "yes",
    "daily_business": "no",
    "attendance": "6000",
    "event_date": str(TODAY + timedelta(days=20)),
    "spread": "one_county",
    "event_kind": "performance",
    "commercial_performance": "yes",
    "joint": "no",
    "venue_self": "no",
    "temp_structures": "yes",
    "fireworks": "no",
    "agent": "no",
}


def event(**changes: str) -> dict[str, str]:
    return {**EVENT, **changes}


def keys(needs: tuple[rules.PaperNeed, ...]) -> set[str]:
    return {need.paper.key for need in needs}


def test_every_situation_of_a_rule_is_decided_without_the_full_product() -> None:
    for code in CODES:
        one = item(code)
        walks = [sum(1 for _ in situations(one, [condition])) for _, condition in one.conditions()]
        assert max(walks) < 450, code


@pytest.mark.parametrize(
    ("people", "level"),
    [("1000", "county"), ("1001", "county"), ("4999", "county"), ("5000", "city"), ("5001", "city"), ("6000", "city")],
)
def test_the_number_of_people_decides_who_decides(people: str, level: str) -> None:
    assert rules.deciding_level(item("ZA02"), event(attendance=people), TODAY) == level
    found = rules.decider(item("ZA02"), event(attendance=people), TODAY)
    assert found is not None
    assert (found.law, found.mark) == ("大型群众性活动安全管理条例 第12条", "S")


def test_fewer_than_a_thousand_people_need_no_permit() -> None:
    one, few = item("ZA02"), event(attendance="999")
    assert [row.key for row in rules.failed(one, few)] == ["size"]
    with pytest.raises(Refusal, match=r"catalogue\.not_met"):
        rules.insist(one, few, TODAY)
    assert rules.notice_periods(one, few, TODAY) == ()  # then nothing is asked of its day either
    rules.insist(one, event(attendance="1000"), TODAY)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"organiser_kind": "individual"}, "no_individual"),
        ({"organiser_kind": "government"}, "not_government"),
        ({"public_facing": "no"}, "public"),
        ({"daily_business": "yes"}, "not_daily"),
    ],
)
def test_what_needs_no_permit_is_said(changes: dict[str, str], key: str) -> None:
    assert [row.key for row in rules.failed(item("ZA02"), event(**changes))] == [key]
    assert not rules.may_hand_in(item("ZA02"), event(**changes), TODAY)


def test_several_provinces_are_for_the_ministry_and_cities_and_counties_for_the_city() -> None:
    one = item("ZA02")
    with pytest.raises(Refusal, match=r"catalogue\.ministry"):
        rules.insist(one, event(spread="cross_province"), TODAY)
    for spread, mark in (("cross_city", "U"), ("cross_county", "S")):
        found = rules.decider(one, event(attendance="2000", spread=spread), TODAY)
        assert found is not None
        assert (found.level, found.mark) == (3, mark)
    assert rules.deciding_level(one, {"request": "cancel", "organiser_kind": "enterprise"}, TODAY) == ""


@pytest.mark.parametrize("today", [date(2026, 9, 21), date(2026, 9, 26), date(2026, 2, 14), date(2024, 10, 1)])
def test_twenty_days_before_the_event_across_holidays(today: date) -> None:
    """The period goes over the national day and the spring festival, and begins on days off: it never rolls."""
    one = item("ZA02")
    in_time, late = (event(event_date=str(today + timedelta(days=left))) for left in (20, 19))
    rules.insist(one, in_time, today)
    [kept] = rules.notice_periods(one, in_time, today)
    assert (kept.left, kept.last, kept.kept) == (20, today, True)
    with pytest.raises(Refusal) as refused:
        rules.insist(one, late, today)
    facts = refused.value.facts
    assert (refused.value.code, facts["left"]) == ("catalogue.too_late", 19)
    assert (facts["last"], facts["earliest"]) == (today - timedelta(days=1), today + timedelta(days=20))
    assert facts["law"] == "大型群众性活动安全管理条例 第13条"
    assert calendar().counts(date(2026, 9, 21))


def test_journey_five_is_told_before_the_rest_is_asked() -> None:
    """An event of 6,000 people 19 days ahead: the questions that can end it come first."""
    one, answers, asked = item("ZA02"), {}, []
    full = event(event_date=str(TODAY + timedelta(days=19)))
    while open_ := rules.next_questions(one, answers):
        asked.append(open_[0].key)
        answers = {**answers, open_[0].key: full[open_[0].key]}
        if any(notice.refused for notice in rules.notice_periods(one, answers, TODAY)):
            break
    assert set(asked) == {"request", "organiser_kind", "public_facing", "daily_business", "attendance", "event_date"}


def test_papers_of_an_event() -> None:
    one = item("ZA02")
    plain = {"org_proof", "safety_head_id", "event_plan", "safety_plan", "venue_consent", "qualification"}
    assert keys(rules.wanted_papers(one, EVENT)) == plain
    other = event(event_kind="exhibition", joint="yes", venue_self="yes", agent="yes")
    assert keys(rules.wanted_papers(one, other)) == plain - {"venue_consent", "qualification"} | {
        "joint_agreement",
        "venue_right",
        "power_of_attorney",
        "agent_id",
    }
    cancel = {"request": "cancel", "organiser_kind": "enterprise", "agent": "no"}
    assert keys(rules.wanted_papers(one, cancel)) == {"cancel_notice", "permit_return"}
    assert rules.is_decided(one, cancel)


def test_limits_of_an_event() -> None:
    one = item("ZA02")
    assert [(limit.number, limit.unit) for limit in of(one, EVENT, Kind.STATUTORY)] == [(7, Unit.DAY)]
    assert [limit.number for limit in of(one, EVENT, Kind.PROMISED)] == [5]
    moved = {"request": "change_time", "organiser_kind": "enterprise", "agent": "no"}
    assert of(one, moved, Kind.STATUTORY) == []
    assert [row.key for row in rules.no_limit(one, moved)] == ["change_time"]
    assert [limit.number for limit in of(one, moved, Kind.PROMISED)] == [3]


def of(one: rules.Item, answers: dict[str, str], kind: Kind) -> list[rules.LimitRow]:
    return [limit for limit in rules.limits(one, answers) if limit.kind is kind]  # type: ignore[misc]


BUYER = {
    "applicant_kind": "blaster_own",
    "request": "new",
    "sensitive_site": "no",
    "transport_needed": "yes",
    "agent": "no",
}
CONSIGNEE = {
    "request": "new",
    "consignee": "user",
    "sender": "seller_s",
    "mode": "road",
    "carrier": "hired",
    "agent": "no",
}


def first(code: str, answers: dict[str, str]) -> set[str]:
    return {each for row in rules.preconditions(item(code), answers) for each in row.after}


def test_a_blasting_licence_comes_before_buying_and_buying_before_transport() -> None:
    assert first("ZA03", BUYER) == {"ZA05"}
    assert first("ZA03", {**BUYER, "sensitive_site": "yes"}) == {"ZA05", "ZA06"}
    assert first("ZA03", {**BUYER, "applicant_kind": "other_use"}) == set()  # proves its use otherwise
    assert first("ZA04", CONSIGNEE) == {"ZA03"}
    assert first("ZA04", {**CONSIGNEE, "consignee": "seller"}) == set()
    row = next(row for row in rules.preconditions(item("ZA03"), BUYER) if row.after)
    assert "爆破作业单位许可" in row.otherwise.zh
    assert row.law == "民用爆炸物品安全管理条例 第21、34条"
    assert "blasting_licence" in keys(rules.wanted_papers(item("ZA03"), BUYER))
    assert "user_permit" in keys(rules.wanted_papers(item("ZA04"), CONSIGNEE))


def test_who_needs_no_purchase_permit_is_told() -> None:
    for kind, key in (("producer", "producer"), ("seller", "seller"), ("individual", "no_person")):
        assert [row.key for row in rules.failed(item("ZA03"), {"applicant_kind": kind})] == [key]
        assert rules.is_decided(item("ZA03"), {"applicant_kind": kind})
    assert rules.may_hand_in(item("ZA03"), BUYER, TODAY)


def test_explosives_have_no_extension_and_records_no_limit() -> None:
    for code, answers, days in (("ZA03", BUYER, 5), ("ZA04", CONSIGNEE, 3)):
        [limit] = of(item(code), answers, Kind.STATUTORY)
        assert (limit.number, limit.unit, limit.extension) == (days, Unit.DAY, None)
        assert limit.pauses
    record = {**BUYER, "request": "record"}
    assert of(item("ZA03"), record, Kind.STATUTORY) == []
    assert [row.key for row in rules.no_limit(item("ZA03"), record)] == ["record"]
    assert keys(rules.wanted_papers(item("ZA03"), record)) == set()  # the record is the form itself


RENEWAL = {
    "request": "renew",
    "unit_kind": "own_use",
    "own_activity": "mine_noncoal",
    "agent": "no",
}


def test_the_province_licenses_commercial_blasting_and_the_city_own_use() -> None:
    one = item("ZA05")
    assert rules.deciding_level(one, RENEWAL, TODAY) == "city"
    assert rules.deciding_level(one, {**RENEWAL, "unit_kind": "commercial"}, TODAY) == "province"
    assert keys(rules.wanted_papers(one, RENEWAL)) >= {"lawful_mine", "store_assessment", "rules", "licence_held"}


def test_a_late_renewal_is_told_and_an_ended_licence_refused() -> None:
    one = item("ZA05")
    for left, kept, open_ in ((30, True, True), (29, False, True), (0, False, True), (-1, False, False)):
        answers = {**RENEWAL, "licence_end": str(TODAY + timedelta(days=left))}
        told = {notice.period.key: notice for notice in rules.notice_periods(one, answers, TODAY)}
        assert told["renew_in_time"].kept is kept
        assert rules.may_hand_in(one, answers, TODAY) is open_
    assert rules.notice_periods(one, {**RENEWAL, "request": "first", "licence_end": str(TODAY)}, TODAY) == ()


HOTEL = {
    "request": "open",
    "lodging": "yes",
    "lodging_kind": "hotel",
    "premises": "rented",
    "shared_building": "no",
    "agent": "no",
}


def test_limits_of_a_hotel_licence() -> None:
    one = item("ZA14")
    [statutory] = of(one, HOTEL, Kind.STATUTORY)
    assert (statutory.number, statutory.unit) == (20, Unit.WORKDAY)
    assert statutory.extension is not None
    assert (statutory.extension.by, statutory.extension.law) == (10, "行政许可法 第42条")
    assert statutory.pauses
    [promised] = of(one, HOTEL, Kind.PROMISED)
    assert (promised.number, promised.unit, promised.extension, promised.confidence) == (7, Unit.WORKDAY, None, "D")
    closing = {"request": "close", "agent": "no"}
    assert of(one, closing, Kind.STATUTORY) == []
    assert [row.key for row in rules.no_limit(one, closing)] == ["record"]


def test_papers_of_a_hotel() -> None:
    one = item("ZA14")
    assert keys(rules.wanted_papers(one, HOTEL)) >= {"business_licence", "head_id", "premises_lease", "fire_check"}
    homestay = {**HOTEL, "lodging_kind": "homestay", "premises": "owned"}
    assert "fire_check" not in keys(rules.wanted_papers(one, homestay))
    assert "premises_owned" in keys(rules.wanted_papers(one, homestay))
    assert first("ZA14", HOTEL) == {"QY01"}
    assert [row.key for row in rules.failed(one, {**HOTEL, "lodging": "no"})] == ["lodging"]
    move = {**HOTEL, "request": "move"}
    assert {"new_registration", "licence_held"} <= keys(rules.wanted_papers(one, move))


def test_no_delegation_was_found_so_none_is_told() -> None:
    assert not any(one.delegations for one in items())


def test_every_law_of_these_items_is_named_in_english() -> None:
    for code in CODES:
        one = item(code)
        parts = (one.questions, one.preconditions, one.notice_periods, one.deciding, one.no_limit, one.steps)
        for row in (row for part in parts for row in part):
            assert not any("㐀" <= sign <= "鿿" for sign in rules.citation(row.law, the_book().laws).en), row.law
