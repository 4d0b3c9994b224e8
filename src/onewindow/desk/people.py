"""The desk's ways for who may act for whom (代办关系登记): a person by document, what stands, noting and ending it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import commands
from onewindow.accounts.commands import noting
from onewindow.accounts.doors import StaffRequest, staff
from onewindow.accounts.rules import Basis, Duty
from onewindow.cases import queries as cases
from onewindow.core import clock
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.desk.forms.people import (
    DocumentForm,
    EndForm,
    FirmLetterForm,
    GuardianForm,
    LetterForm,
    NoteForm,
    RepForm,
)
from onewindow.desk.pages import people as pages
from onewindow.look.answer import answer
from onewindow.look.forms import OnceForm

intake = staff(Duty.INTAKE)
FIND, PERSON = "desk/people.html", "desk/people_person.html"
READ, WHY = "standing", "窗口办理代办关系"
"""What the person reads of it in their read log (查阅记录)."""


@intake
def people(request: StaffRequest) -> HttpResponse:
    """Ask for the document of who stands there, and open what is noted of them."""
    at = clock.now()
    form = DocumentForm(request.POST or None, today=day_of(at))
    if request.method != "POST":
        return render(request, FIND, pages.find_page(request.asker, form))
    return answer(
        request,
        form,
        partial(commands.verify_at_counter, by=request.asker, at=at),
        then=lambda person: pages.opened_for(request.asker, person, at).url(),
        template=FIND,
        context=lambda: pages.find_page(request.asker, form),
    )


@intake
@require_GET
def of_sitting(request: StaffRequest, number: str) -> HttpResponse:
    """Open the person of the asker's own sitting, whose document was seen when it began."""
    try:
        sitting = cases.sitting_for(request.asker, number)
    except NotFound as error:
        raise Http404 from error
    return redirect(pages.opened_for(request.asker, sitting.person, clock.now(), number).url())


@intake
@require_GET
def person(request: StaffRequest, who: str) -> HttpResponse:
    """Show what stands of a person, what may be noted; that it was opened is written down first."""
    return render(request, PERSON, _page(request, _opened(request, who)))


@intake
@require_POST
def guardian(request: StaffRequest, who: str) -> HttpResponse:
    """Note whom the person guards."""
    return _note(request, who, GuardianForm, lambda person: partial(noting.note_ward, guardian=person))


@intake
@require_POST
def letter(request: StaffRequest, who: str) -> HttpResponse:
    """Note a person's letter of authority for the one who stands there."""
    return _note(request, who, LetterForm, lambda person: partial(noting.note_letter, agent=person))


@intake
@require_POST
def firm_letter(request: StaffRequest, who: str) -> HttpResponse:
    """Note a firm's letter of authority for the one who stands there."""
    return _note(request, who, FirmLetterForm, lambda person: partial(noting.note_firm_letter, agent=person))


@intake
@require_POST
def legal_rep(request: StaffRequest, who: str) -> HttpResponse:
    """Note of which firm the person is the legal representative."""
    return _note(request, who, RepForm, lambda person: partial(noting.note_firm_rep, person=person))


@intake
@require_POST
def end(request: StaffRequest, who: str, basis: str, row: int) -> HttpResponse:
    """End a guardianship, a letter or an office of this person."""
    opened = _opened(request, who)
    try:
        one = pages.noted(request.asker, opened, basis, row, clock.now())
    except NotFound as error:
        raise Http404 from error
    return _carried_out(request, opened, EndForm(request.POST), _ENDS[one.basis](row))


_ENDS: dict[Basis, Callable[[int], Callable[..., Any]]] = {
    Basis.GUARDIAN: lambda row: partial(commands.end_guardian, guardianship=row),
    Basis.LETTER: lambda row: partial(commands.revoke_letter, letter=row),
    Basis.LEGAL_REP: lambda row: partial(commands.end_firm_role, role=row),
    Basis.OPERATOR: lambda row: partial(commands.end_firm_role, role=row),
}


def _note(
    request: StaffRequest, who: str, kind: type[NoteForm], command: Callable[[int], Callable[..., Any]]
) -> HttpResponse:
    opened = _opened(request, who)
    return _carried_out(request, opened, pages.form_of(kind, clock.now(), request.POST), command(opened.person))


def _carried_out(
    request: StaffRequest, opened: pages.Opened, form: OnceForm, command: Callable[..., Any]
) -> HttpResponse:
    return answer(
        request,
        form,
        partial(command, by=request.asker, at=clock.now()),
        then=opened.url(),
        template=PERSON,
        context=lambda: _page(request, opened, form),
    )


def _opened(request: StaffRequest, who: str) -> pages.Opened:
    try:
        return pages.read_back(request.asker, who, clock.now())
    except NotFound as error:
        raise Http404 from error


def _page(request: StaffRequest, opened: pages.Opened, bound: OnceForm | None = None) -> dict[str, Any]:
    at = clock.now()
    try:
        if request.asker.person == opened.person:
            raise NotFound(request.asker.key)
        commands.note_reading(by=request.asker, person=opened.person, what=READ, why=WHY, at=at)
        return pages.person_page(request.asker, opened, at, bound)
    except NotFound as error:
        raise Http404 from error
