"""Taking in at the counter: several items in one sitting, all or none, once; finding people's cases, noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.models import ReadLog
from onewindow.accounts.rules import IdType, Staff, identity_number
from onewindow.cases import commands, queries
from onewindow.cases.models import Case, Sitting
from onewindow.cases.rules import Fault
from onewindow.core import journal
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.models import Claim, Counter
from tests.cases.given import HOUR, MONDAY, application, child, key, submit
from tests.cast import HALL, LANES, Cast


@pytest.fixture
def cast(house: Cast) -> Cast:
    return house


def applied(cast: Cast, item: str = "CG04", *, seen: bool = True) -> commands.Applied:
    """One item as the clerk has taken it in, every original seen or none."""
    whole = application(cast.applicant, item=item)
    papers = [commands.Handed(paper.key, paper.holder, seen=seen) for paper in whole["papers"]]
    return commands.Applied(item, whole["answers"], whole["fields"], papers)


def received(cast: Cast, *items: commands.Applied, **changes: Any) -> tuple[str, ...]:
    told: dict[str, Any] = {"by": cast.clerk, "person": cast.applicant.person, "site": LANES, "at": MONDAY}
    return commands.receive(**{**told, "items": items or [applied(cast)], "key": key(), **changes})


def untouched() -> bool:
    return not Case.objects.exists() and not Claim.objects.filter(act="case.submit").exists()


def test_a_clerk_takes_several_items_in_one_sitting(cast: Cast) -> None:
    numbers = received(cast, applied(cast), applied(cast, "CG05"), helper=cast.clerk.id)
    first, second = (queries.case_for(cast.clerk, number) for number in numbers)
    assert (first.item, second.item, first.person) == ("CG04", "CG05", cast.applicant.person)
    assert (first.channel, first.helper, first.agent, first.basis) == ("desk", cast.clerk.id, None, "")
    assert {paper.state for paper in queries.papers_of(first)} == {"seen"}
    [entry] = queries.entries(numbers[0])
    assert (entry.act, entry.staff, journal.facts_of(entry)["helper"]) == ("case.submit", cast.clerk.id, cast.clerk.id)
    assert [faults for _, faults in queries.replay() if faults] == []
    assert queries.case_for(cast.applicant, numbers[0]).number == numbers[0]


def test_one_item_that_is_refused_takes_all_back(cast: Cast) -> None:
    lacking = commands.Applied("CG05", applied(cast, "CG05").answers, {}, ())
    with pytest.raises(Refusal):
        received(cast, applied(cast), lacking)
    assert untouched()
    assert not Counter.objects.filter(name__startswith="case:").exists()


def test_sent_again_it_is_the_same_cases(cast: Cast) -> None:
    once = key()
    numbers = received(cast, applied(cast), applied(cast, "CG05"), key=once)
    assert received(cast, applied(cast), applied(cast, "CG05"), key=once) == numbers
    assert Case.objects.count() == 2
    with pytest.raises(Refusal) as caught:
        received(cast, applied(cast), key=once)
    assert caught.value.code == "once.reused"


def test_a_parent_applies_for_a_child(cast: Cast) -> None:
    ward = child(cast)
    [mandate] = accounts.acting_for(cast.applicant.person, MONDAY.date())
    [number] = received(cast, acts_for=mandate.key)
    case = queries.case_for(cast.clerk, number)
    assert (case.person, case.agent, case.basis) == (ward, cast.applicant.person, "guardian")
    assert queries.name_of(case) == "李小乐"
    facts = journal.facts_of(queries.entries(number)[0])
    assert (facts["agent"], facts["basis"]) == (cast.applicant.person, "guardian")
    assert [faults for _, faults in queries.replay() if faults] == []


def test_nobody_acts_for_another_without_a_relation(cast: Cast) -> None:
    child(cast)
    [mandate] = accounts.acting_for(cast.applicant.person, MONDAY.date())
    for acts_for in (mandate.key, "guardian-99", "letter-1", "friend-1", "guardian-x"):
        with pytest.raises(Refusal) as caught:
            received(cast, person=cast.second.person, acts_for=acts_for)
        assert caught.value.code == "case.agent"
    assert untouched()


def test_a_letter_covers_its_items_only(cast: Cast) -> None:
    people.give_letter(
        agent=cast.second.person,
        items=["CG05"],
        from_on=MONDAY.date(),
        until_on=MONDAY.date() + timedelta(days=30),
        by=cast.applicant,
        at=MONDAY,
        key=key(),
    )
    [mandate] = accounts.acting_for(cast.second.person, MONDAY.date())
    with pytest.raises(Refusal) as caught:
        received(cast, person=cast.second.person, acts_for=mandate.key)
    assert caught.value.code == "case.agent_item"
    [number] = received(cast, applied(cast, "CG05"), person=cast.second.person, acts_for=mandate.key)
    case = queries.case_for(cast.clerk, number)
    assert (case.person, case.agent, case.basis) == (cast.applicant.person, cast.second.person, "letter")
    online = accounts.agent_asker(cast.second, mandate.basis, mandate.ground, MONDAY.date())
    again = commands.submit(**{**application(cast.applicant, item="CG05"), "by": online})
    assert queries.case_for(cast.clerk, again).agent == cast.second.person
    with pytest.raises(Refusal) as caught:
        commands.submit(**{**application(cast.applicant), "by": online})
    assert caught.value.code == "case.agent_item"


def test_a_clerk_takes_nothing_in_for_themselves_or_elsewhere(cast: Cast) -> None:
    own = Staff(cast.clerk.id, cast.clerk.duties, cast.clerk.division, person=cast.applicant.person)
    for changes, code in (
        ({"by": own}, "case.party"),
        ({"by": cast.stranger}, "case.duty"),
        ({"by": cast.reviewer}, "case.duty"),
        ({"helper": cast.reviewer.id}, "case.helper"),
        ({"helper": 0}, "case.helper"),
        ({"items": []}, "case.items.none"),
    ):
        told = {"items": [applied(cast)], **changes}
        with pytest.raises(Refusal) as caught:
            received(cast, **told)
        assert caught.value.code == code
    assert untouched()


def opened(cast: Cast, **changes: Any) -> str:
    told: dict[str, Any] = {
        "by": cast.clerk,
        "site": LANES,
        "name": "李强",
        "id_type": IdType.RESIDENT_ID,
        "id_number": "149900198805129018",
        "at": MONDAY,
    }
    return commands.open_sitting(**{**told, "key": key(), **changes})


def filled(cast: Cast, number: str, *items: str) -> queries.Sitting:
    """A sitting with everything taken in and every original seen."""
    commands.choose(by=cast.clerk, number=number, at=MONDAY, version=1, items=items)
    whole = [application(cast.applicant, item=item) for item in items]
    sitting = commands.note_given(
        by=cast.clerk,
        number=number,
        at=MONDAY,
        version=2,
        answers={each["item"]: each["answers"] for each in whole},
        fields={name: text for each in whole for name, text in each["fields"].items()},
    )
    seen = {f"{paper.key}:{paper.holder}".rstrip(":") for each in whole for paper in each["papers"]}
    return commands.note_papers(
        by=cast.clerk, number=number, at=MONDAY, version=sitting.version, seen=seen, uploads={}, kept=()
    )[0]


def test_a_sitting_is_handed_in_once_and_accepted_together(cast: Cast) -> None:
    number = opened(cast)
    sitting = filled(cast, number, "CG04", "CG05")
    send = {"by": cast.clerk, "number": number, "at": MONDAY, "version": sitting.version}
    cases = commands.hand_in_sitting(**send, key=key())
    assert commands.hand_in_sitting(**send, key=key()) == cases
    assert len(cases) == Case.objects.count() == 2
    done = queries.sitting_for(cast.clerk, number)
    assert (done.cases.split(), bytes(done.taken), done.done_at) == ([*cases], b"", MONDAY)
    assert commands.accept_complete(by=cast.clerk, number=number, at=MONDAY + HOUR, key=key()) == cases
    assert commands.accept_complete(by=cast.clerk, number=number, at=MONDAY + HOUR, key=key()) == ()
    with pytest.raises(Refusal) as caught:
        commands.discard_sitting(by=cast.clerk, number=number)
    assert caught.value.code == "sitting.done"


def test_what_is_missing_is_said_and_not_accepted(cast: Cast) -> None:
    number = opened(cast)
    sitting = filled(cast, number, "CG04")
    sitting, _ = commands.note_papers(
        by=cast.clerk, number=number, at=MONDAY, version=sitting.version, seen=(), uploads={}, kept=()
    )
    cases = commands.hand_in_sitting(by=cast.clerk, number=number, at=MONDAY, version=sitting.version, key=key())
    assert queries.missing_of_for(cast.clerk, [*cases])[cases[0]]
    assert commands.accept_complete(by=cast.clerk, number=number, at=MONDAY + HOUR, key=key()) == ()


def test_a_new_person_is_registered_by_their_document(cast: Cast) -> None:
    number = opened(cast, name="马春花", id_number=identity_number("149900", date(1990, 2, 3), 8), phone="10000000777")
    person = queries.sitting_for(cast.clerk, number).person
    assert (accounts.name_of(person), accounts.identity_of(person).level) == ("马春花", 2)


def test_a_sitting_is_one_clerks_and_knows_its_version(cast: Cast) -> None:
    once = key()
    number = opened(cast, key=once)
    assert opened(cast, key=once) == number
    with pytest.raises(NotFound):
        commands.choose(by=cast.officer, number=number, at=MONDAY, version=1, items=["CG04"])
    commands.choose(by=cast.clerk, number=number, at=MONDAY, version=1, items=["CG04"])
    with pytest.raises(Refusal) as caught:
        commands.choose(by=cast.clerk, number=number, at=MONDAY, version=1, items=["CG05"])
    assert caught.value.code == "sitting.stale"
    assert queries.taken_of(queries.sitting_for(cast.clerk, number)).items == ("CG04",)
    commands.discard_sitting(by=cast.clerk, number=number)
    assert not Sitting.objects.exists()


def test_a_person_with_another_name_or_a_clerk_themselves_opens_none(cast: Cast) -> None:
    own = Staff(cast.clerk.id, cast.clerk.duties, cast.clerk.division, person=cast.applicant.person)
    for changes, code in (
        ({"name": "李刚"}, "accounts.name_differs"),
        ({"id_number": "149900198805129019"}, "accounts.identity.digit"),
        ({"by": own}, "case.party"),
        ({"site": "14020001"}, "case.duty"),
    ):
        with pytest.raises(Refusal) as caught:
            opened(cast, **changes)
        assert caught.value.code == code
    assert not Sitting.objects.exists()


# Finding


def test_a_name_finds_cases_of_ones_own_site_and_the_person_sees_it(cast: Cast) -> None:
    number = submit(cast.applicant)
    submit(cast.second)
    rows = commands.find_by_name(by=cast.clerk, name="李强", born_in=1988, why="本人来窗口问进度", at=MONDAY)
    assert [row.number for row in rows] == [number]
    [read] = accounts.reads_of_for(cast.applicant)
    assert (read.what, read.why, read.staff) == ("search", "本人来窗口问进度", cast.clerk.id)
    assert ReadLog.objects.count() == 1


def test_hidden_and_missing_look_the_same(cast: Cast) -> None:
    submit(cast.applicant)
    own = Staff(cast.clerk.id, cast.clerk.duties, cast.clerk.division, person=cast.applicant.person)
    for changes in ({"by": cast.stranger}, {"name": "李墙"}, {"born_in": 1989}, {"division": "140200"}, {"by": own}):
        told: dict[str, Any] = {"by": cast.clerk, "name": "李强", "born_in": 1988, "why": "本人来窗口问进度"}
        assert commands.find_by_name(**{**told, **changes}, at=MONDAY) == ()
    assert not ReadLog.objects.exists()


def test_a_name_alone_or_without_a_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal) as caught:
        commands.find_by_name(by=cast.clerk, name="", why="查", at=MONDAY)
    assert caught.value.facts["fields"] == {
        "name": "accounts.name",
        "why": "accounts.reason",
        "born_in": "case.find.one_more",
    }
    with pytest.raises(NotFound):
        commands.find_by_name(by=cast.editor, name="李强", born_in=1988, why="本人来窗口问进度", at=MONDAY)


def test_a_plate_finds_cases_however_it_is_typed(cast: Cast) -> None:
    number = submit(cast.applicant)
    plate = queries.form_of(queries.case_for(cast.clerk, number)).fields["vehicle.plate"]
    for typed in (plate, f"{plate[:2]}·{plate[2:]}", f" {plate[:2].lower()} {plate[2:].lower()}"):
        assert [row.number for row in queries.cases_of_plate_for(cast.clerk, typed, today=MONDAY.date())] == [number]
    assert queries.cases_of_plate_for(cast.stranger, plate, today=MONDAY.date()) == ()
    assert queries.cases_of_plate_for(cast.clerk, "", today=MONDAY.date()) == ()


# The day


def test_the_day_asks_for_the_most_urgent_first(cast: Cast, django_assert_num_queries: Any) -> None:
    number = submit(cast.applicant)
    due_on = queries.case_for(cast.clerk, number).due_on
    for today, where in ((due_on, "due"), (due_on + timedelta(days=1), "over"), (MONDAY.date(), "rest")):
        with django_assert_num_queries(5):
            found = queries.day_list_for(cast.clerk, scope=LANES, today=today)
        assert [row.number for row in getattr(found, where)] == [number]
        assert sum(len(getattr(found, name)) for name in ("over", "due", "closing", "waiting", "rest")) == 1
    with pytest.raises(NotFound):
        queries.day_list_for(cast.stranger, scope=LANES, today=due_on)
    assert queries.day_list_for(cast.clerk, scope=HALL, today=due_on).due == ()


def test_a_correction_that_closes_today_and_a_pause_that_should_have_ended(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    closing, paused = (submit(who, item="ZA14", site=HALL) for who in (cast.applicant, cast.second))
    today = MONDAY.date() + timedelta(days=2)
    whole = {"by": cast.clerk, "at": MONDAY + HOUR, "version": 1}
    name = next(iter(queries.form_of(queries.case_for(cast.clerk, closing)).fields))
    faults = [Fault("field", name)]
    commands.send_back(**whole, number=closing, key=key(), faults=faults, until_on=today)
    commands.accept(**whole, number=paused, key=key())
    whole = {"number": paused, "by": cast.examiner, "at": MONDAY + 2 * HOUR}
    commands.review(**whole, version=2, key=key(), remark="材料齐全")
    until = MONDAY.date() + timedelta(days=1)
    commands.pause(**whole, version=3, key=key(), reason="appraisal", expected_on=until, remark="委托鉴定机构鉴定")
    with django_assert_num_queries(6):
        found = queries.day_list_for(cast.clerk, scope=HALL, today=today)
    assert [row.number for row in found.closing] == [closing]
    assert [(row.number, day) for row, day in found.waiting] == [(paused, until)]
    assert (found.over, found.due, found.rest) == ((), (), ())
    assert queries.day_list_for(cast.clerk, scope=HALL, today=until).waiting == ()
