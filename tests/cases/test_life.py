"""The table of a case's life: every stage and act moves or refuses, and nothing else happens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.accounts.rules import Duty
from onewindow.cases.rules import (
    DONE,
    LIFE,
    SYSTEM,
    Act,
    Event,
    Need,
    Outcome,
    Stage,
    State,
    after,
    fold,
    move,
    obstacle,
)
from onewindow.core.errors import Refusal

START = datetime(2024, 9, 27, 2, 0, tzinfo=UTC)
CHECKED = Need(check=True, making=True, licence=True, promised=True)
CLERK, REVIEWER = 1, 2


def told(*acts: Act | Event) -> State:
    """Fold acts that happen an hour apart."""
    events = [Event(Act.SUBMIT, START)]
    for hour, act in enumerate(acts, 1):
        at = START + timedelta(hours=hour)
        events.append(act if isinstance(act, Event) else Event(act, at, CLERK))
    return fold(events)


def test_approval_goes_through_making_to_the_end() -> None:
    state = told(Act.ACCEPT, Act.CHECK, Act.REVIEW, Act.APPROVE, Act.MAKE, Act.DELIVER, Act.CONCLUDE)
    assert state.stage is Stage.CONCLUDED
    assert state.outcome is Outcome.APPROVED
    assert state.ended_at == START + timedelta(hours=7)


def test_a_served_refusal_is_concluded_too() -> None:
    state = told(Act.ACCEPT, Act.REVIEW, Act.REFUSE, Act.DELIVER, Act.CONCLUDE)
    assert (state.stage, state.outcome) == (Stage.CONCLUDED, Outcome.REFUSED)


def test_withdrawal_ends_at_once() -> None:
    state = told(Act.ACCEPT, Act.WITHDRAW)
    assert state.stage is Stage.WITHDRAWN
    assert state.ended_at == START + timedelta(hours=2)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("act", list(Act))
def test_what_is_not_in_the_table_is_refused(stage: Stage, act: Act) -> None:
    if (stage, act) in LIFE:
        assert move(stage, act) in Stage
    else:
        with pytest.raises(Refusal) as caught:
            move(stage, act)
        assert caught.value.code == "case.move"
        assert caught.value.facts == {"stage": stage.value, "act": act.value}


def test_only_what_undoes_or_mends_a_decision_follows_the_end() -> None:
    follows = {cell for cell in LIFE if cell[0] in DONE}
    assert follows == {
        (Stage.CONCLUDED, Act.RECTIFY),
        (Stage.CONCLUDED, Act.REOPEN),
        (Stage.CONCLUDED, Act.REVOKE),
        (Stage.DECLINED, Act.REOPEN),
    }


def test_every_stage_can_be_reached_and_left() -> None:
    reached, edge = {Stage.RECEIVED}, [Stage.RECEIVED]
    while edge:
        stage = edge.pop()
        found = {cell.to for (start, _), cell in LIFE.items() if start is stage} - reached
        reached |= found
        edge += found
    assert reached == set(Stage)
    assert {stage for stage, _ in LIFE} >= set(Stage) - DONE


def test_every_act_of_the_office_names_its_duty_and_law() -> None:
    for (_, act), cell in LIFE.items():
        assert cell.law
        assert (cell.duty is None) == (act in SYSTEM | {Act.WITHDRAW, Act.SUPPLEMENT})
        assert cell.duty is None or cell.duty in Duty


@pytest.mark.parametrize(
    ("acts", "act", "code"),
    [
        ((Act.ACCEPT, Act.REVIEW), Act.APPROVE, "case.check.missing"),
        ((Act.CHECK,), Act.CHECK, "case.check.done"),
        ((Act.ACCEPT, Act.CHECK, Act.REVIEW, Act.APPROVE), Act.DELIVER, "case.make.missing"),
        ((Act.ACCEPT, Act.REVIEW, Act.REFUSE), Act.MAKE, "case.make.refused"),
        ((Act.ACCEPT,), Act.APPROVE, "case.move"),
        ((Act.ACCEPT,), Act.ACCEPT, "case.move"),
        ((Act.ACCEPT, Act.WITHDRAW), Act.CHECK, "case.move"),
    ],
)
def test_obstacles(acts: tuple[Act, ...], act: Act, code: str) -> None:
    refusal = obstacle(told(*acts), act, CHECKED, REVIEWER)
    assert refusal is not None
    assert refusal.code == code


def test_a_check_that_was_not_passed_may_be_held_again_and_does_not_count() -> None:
    failed = Event(Act.CHECK, START + timedelta(hours=1), CLERK, good=False)
    state = told(failed, Act.ACCEPT)
    assert state.checked_at is None
    assert obstacle(state, Act.CHECK, CHECKED) is None


def test_who_accepted_a_promised_case_does_not_decide_it() -> None:
    state = told(Act.ACCEPT, Act.CHECK, Act.REVIEW)
    refusal = obstacle(state, Act.APPROVE, CHECKED, CLERK)
    assert refusal is not None
    assert refusal.code == "case.same_person"
    assert obstacle(state, Act.APPROVE, CHECKED, REVIEWER) is None
    assert obstacle(state, Act.APPROVE, Need(check=True), CLERK) is None  # a same-day case: one person may


def test_items_without_check_or_making_do_not_ask_for_them() -> None:
    state = told(Act.ACCEPT, Act.REVIEW, Act.APPROVE)
    plain = Need()
    for act, code in ((Act.MAKE, "case.make.none"), (Act.CHECK, "case.move")):
        refusal = obstacle(state, act, plain, REVIEWER)
        assert refusal is not None
        assert refusal.code == code
    assert obstacle(state, Act.DELIVER, plain, REVIEWER) is None
    assert obstacle(told(), Act.CHECK, plain).code == "case.check.none"  # type: ignore[union-attr]  # it is one


def test_a_history_that_does_not_begin_with_a_submission_is_no_history() -> None:
    with pytest.raises(Refusal):
        fold([Event(Act.ACCEPT, START)])


@given(st.lists(st.tuples(st.sampled_from(Act), st.booleans()), max_size=12))
def test_any_sequence_moves_by_the_table_or_refuses(acts: list[tuple[Act, bool]]) -> None:
    state = told()
    for hour, (act, good) in enumerate(acts, 1):
        event = Event(act, START + timedelta(hours=hour), CLERK, good)
        if act is not Act.REDATE and (state.stage, act) not in LIFE:
            with pytest.raises(Refusal):
                after(state, event)
            continue
        moved = after(state, event)
        assert moved.stage is (state.stage if act is Act.REDATE else LIFE[state.stage, act].to)
        assert len(moved.history) == len(state.history) + 1
        assert (moved.ended_at is not None) == (moved.stage in DONE)
        assert (moved.outcome is not Outcome.NONE) == (moved.decided_at is not None)
        state = moved
    assert fold(state.history) == state or state.history == ()
