"""Who acts for me, and for whom I act (授权委托、代办)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from onewindow.accounts import queries as accounts
from onewindow.accounts.queries import GivenLetter, Mandate
from onewindow.accounts.rules import Agent, Applicant, Basis
from onewindow.cases import queries as cases
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look.masks import mask_name
from onewindow.look.sentences import joined
from onewindow.portal.authority import EndForm, LetterForm, NamedForm
from onewindow.portal.pages.own import Line, item_name, lines

GOOD, LATER, OVER, ENDED = (
    Words("有效", "in force"),
    Words("还没有开始", "not yet begun"),
    Words("已到期", "run out"),
    Words("已终止", "ended"),
)
ALL_ITEMS = Words("所有能委托的事项", "everything that may be left to an agent")
BASES = {
    Basis.GUARDIAN: Words("您是监护人", "you are the guardian"),
    Basis.LETTER: Words("凭授权委托书", "by a letter of authority"),
    Basis.LEGAL_REP: Words("您是法定代表人", "you are the legal representative"),
    Basis.OPERATOR: Words("您是经办人", "you handle its business"),
}


class Letter(NamedTuple):
    """A letter that one gave, with what the agent did by it."""

    id: int
    name: str
    items: Words
    last_day: date
    state: Words
    on_paper: bool
    ended_at: datetime | None
    end: EndForm | None
    did: list[Line]


class For(NamedTuple):
    """Someone for whom one may act today."""

    key: str
    name: str
    basis: Words
    items: Words
    last_day: date | None
    letter: int
    end: EndForm | None


def side(asker: Applicant) -> Applicant:
    """Return whose letters the page is about: a firm's for its legal representative, else the human's own."""
    if isinstance(asker, Agent) and asker.basis is not Basis.LEGAL_REP:
        return asker.alone()
    return asker


def page(asker: Applicant, at: datetime, **shown: Any) -> dict[str, Any]:
    """Return the context of portal/agents.html.

    queries  8; 2 more for a legal representative
    """
    whose, today = side(asker), day_of(at)
    firm = accounts.firm(whose.firm).name if isinstance(whose, Agent) else ""
    mandates = [] if firm else accounts.acting_for(whose.person, today)
    return {
        "firm": firm,
        "letters": list(_letters(whose, at)),
        "mandates": [_for(each) for each in mandates],
        "operators": _operators(whose) if isinstance(whose, Agent) else [],
        "operator_form": NamedForm(today=today, auto_id="operator_%s") if firm else None,
        **shown,
    }


def _letters(whose: Applicant, at: datetime) -> Iterable[Letter]:
    today = day_of(at)
    did = cases.cases_by_agents_for(whose, today=today)
    shown = dict(zip((row.number for _, row in did), lines((row for _, row in did), at), strict=True))
    for letter in accounts.letters_of_for(whose):
        state = _state(letter, today)
        mine = [row for agent, row in did if agent == letter.agent and _under(letter, row.received_at, row.item)]
        yield Letter(
            id=letter.id,
            name=mask_name(letter.agent_name),
            items=_items(letter.items),
            last_day=letter.until_on - timedelta(days=1),
            state=state,
            on_paper=letter.on_paper,
            ended_at=letter.ended_at,
            end=_end(letter.version) if state in (GOOD, LATER) else None,
            did=[shown[row.number] for row in mine],
        )


def _under(letter: GivenLetter, at: datetime, item: str) -> bool:
    """Say whether a case was handed in while the letter was good for it."""
    within = letter.from_on <= day_of(at) < letter.until_on and (letter.ended_at is None or at < letter.ended_at)
    return within and at >= letter.given_at and (not letter.items or item in letter.items)


def _state(letter: GivenLetter, today: date) -> Words:
    if letter.ended_at is not None:
        return ENDED
    if today >= letter.until_on:
        return OVER
    return LATER if today < letter.from_on else GOOD


def _items(codes: Iterable[str]) -> Words:
    names = [item_name(code) for code in sorted(codes)]
    return joined(names, "、", ", ") if names else ALL_ITEMS


def _end(version: int) -> EndForm:
    return EndForm(initial={"version": version}, auto_id=False)


def _for(mandate: Mandate) -> For:
    by_letter = mandate.basis is Basis.LETTER
    return For(
        key=mandate.key,
        name=mandate.name if mandate.firm else mask_name(mandate.name),
        basis=BASES[mandate.basis],
        items=_items(mandate.items) if by_letter else Words("", ""),
        last_day=mandate.until_on - timedelta(days=1) if mandate.until_on else None,
        letter=mandate.ground if by_letter else 0,
        end=_end(mandate.version) if by_letter else None,
    )


def _operators(whose: Agent) -> list[tuple[accounts.Office, str, Words, EndForm | None]]:
    return [
        (each, mask_name(each.name), ROLES[each.basis], _end(each.version) if each.basis is Basis.OPERATOR else None)
        for each in accounts.roles_of_for(whose)
    ]


ROLES = {
    Basis.LEGAL_REP: Words("法定代表人", "legal representative"),
    Basis.OPERATOR: Words("经办人", "handles its business"),
}


def giving(asker: Applicant, at: datetime, form: LetterForm | None = None) -> dict[str, Any]:
    """Return the context of portal/give_letter.html."""
    whose = side(asker)
    return {
        "firm": accounts.firm(whose.firm).name if isinstance(whose, Agent) else "",
        "form": form or LetterForm(today=day_of(at)),
    }
