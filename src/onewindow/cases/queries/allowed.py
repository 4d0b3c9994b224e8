"""Who may do what to a case (可办动作): by the table, the item, the asker's duty, and fairness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Applicant, Duty, Staff, System
from onewindow.cases.models import Case
from onewindow.cases.rules import LIFE, SYSTEM, Act, Need, Stage, State, cell_of, obstacle
from onewindow.cases.rules.clocks import limits_from
from onewindow.core.errors import NotFound, Refusal

Asker = Applicant | Staff | System


@dataclass(frozen=True, slots=True)
class Allowed:
    """An act on a case page: whether this asker may do it now, else why not."""

    act: Act
    refusal: Refusal | None


def acts_for(asker: Asker, case: Case, state: State, need: Need) -> tuple[Allowed, ...]:
    """Return the acts that the asker's side does at all, each allowed now or with the reason why not (可办动作)."""
    found, limits = [], limits_from(case.limits)
    for act in dict.fromkeys(act for _, act in LIFE):
        if _does(asker, act):
            refusal = obstacle(state, act, need, asker.staff, limits)
            found.append(Allowed(act, refusal or duty_obstacle(case, act, asker, state.stage)))
    return tuple(found)


def _does(asker: Asker, act: Act) -> bool:
    """Say whether the asker's side does such an act at all; some of the applicant's a clerk enters at the counter."""
    cells = [cell for (_, name), cell in LIFE.items() if name is act]
    if act in SYSTEM:
        return False
    if isinstance(asker, Staff):
        return any(cell.duty or cell.counter for cell in cells)
    return all(cell.duty is None for cell in cells)


def duty_obstacle(case: Case, act: Act, by: Asker, stage: Stage) -> Refusal | None:
    """Return why this asker may not do the act at all, or None (岗位)."""
    if isinstance(by, System):
        return None
    cell = cell_of(stage, act)
    if cell is None or act in SYSTEM:
        return Refusal("case.duty", act=act.value)
    if not isinstance(by, Staff):
        return None if cell.duty is None else Refusal("case.duty", act=act.value)
    duty = cell.duty or cell.counter
    supervising = act is Act.HAND_OVER and _held(by, Duty.SUPERVISE, case)
    if not supervising and (duty is None or not _held(by, duty, case)):
        return Refusal("case.duty", act=act.value)
    return Refusal("case.party") if is_party(case, by) else None


def _held(by: Staff, duty: Duty, case: Case) -> bool:
    return by.may(duty, case.site) or by.may(duty, case.office)


def is_party(case: Case, by: Staff) -> bool:
    """Say whether the member of staff is a party to the case: applicant, or who acts for one (回避).

    law  公务员法 §76
    """
    return by.person is not None and by.person in (case.person, case.agent)


def may_work(case: Case, stage: Stage, staff: int, today: date) -> bool:
    """Say whether a case at this stage can be handed to the member of staff: duty held, no party (one query)."""
    cell = cell_of(stage, Act.CLAIM)
    return cell is not None and cell.duty is not None and _fit(case, cell.duty, staff, today)


def is_second_officer(case: Case, by: Staff, second: int | None, today: date) -> bool:
    """Say whether this is another officer who may check on the spot, and no party (one query).

    law  行政许可法 §34: two or more
    """
    return second is not None and second != by.id and _fit(case, Duty.CHECK, second, today)


def _fit(case: Case, duty: Duty, staff: int, today: date) -> bool:
    try:
        other = accounts.staff_asker(staff, today)
    except NotFound:
        return False
    return _held(other, duty, case) and not is_party(case, other)
