"""Letters of authority and who acts for whom (授权委托、代办): give, end, see what was done, name operators."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from onewindow.accounts import commands
from onewindow.accounts.doors import ResidentRequest, resident
from onewindow.accounts.rules import Agent
from onewindow.core import clock
from onewindow.core.clock import day_of
from onewindow.look.answer import answer
from onewindow.portal.authority import EndForm, LetterForm, NamedForm
from onewindow.portal.pages import agents as page

TEMPLATE, GIVE = "portal/agents.html", "portal/give_letter.html"


@resident(level=2)
@require_safe
def agents(request: ResidentRequest) -> HttpResponse:
    """Show the letters that one gave and what was done by them, and for whom one may act."""
    return render(request, TEMPLATE, page.page(request.asker, clock.now()))


@resident(level=2)
def give(request: ResidentRequest) -> HttpResponse:
    """Give a letter of authority; "look" searches items and keeps what was typed."""
    at = clock.now()
    if request.method != "POST":
        return render(request, GIVE, page.giving(request.asker, at))
    if "look" in request.POST:
        kept: dict[str, Any] = {**request.POST.dict(), "items": request.POST.getlist("items")}
        kept.pop("once", None)
        return render(request, GIVE, page.giving(request.asker, at, LetterForm(today=day_of(at), initial=kept)))
    form = LetterForm(request.POST, today=day_of(at))
    return answer(
        request,
        form,
        partial(commands.give_letter_to, by=page.side(request.asker), at=at),
        then="portal:agents",
        template=GIVE,
        context=lambda: page.giving(request.asker, at, form),
    )


@resident(level=2)
@require_POST
def end(request: ResidentRequest, letter: int) -> HttpResponse:
    """End a letter at once: who gave it takes it back, or who has it lays it down."""
    at = clock.now()
    return answer(
        request,
        EndForm(request.POST),
        partial(commands.revoke_letter, letter=letter, by=page.side(request.asker), at=at),
        then="portal:agents",
        template=TEMPLATE,
        context=lambda: page.page(request.asker, at),
    )


@resident(level=2)
@require_POST
def operator(request: ResidentRequest) -> HttpResponse:
    """Name who handles a firm's business, by its legal representative."""
    at, by = clock.now(), _legal_rep(request)
    form = NamedForm(request.POST, today=day_of(at), auto_id="operator_%s")
    return answer(
        request,
        form,
        partial(commands.grant_operator_to, by=by, at=at),
        then="portal:agents",
        template=TEMPLATE,
        context=lambda: page.page(by, at, operator_form=form),
    )


@resident(level=2)
@require_POST
def end_operator(request: ResidentRequest, role: int) -> HttpResponse:
    """End that someone handles a firm's business."""
    at, by = clock.now(), _legal_rep(request)
    return answer(
        request,
        EndForm(request.POST),
        partial(commands.end_firm_role, role=role, by=by, at=at),
        then="portal:agents",
        template=TEMPLATE,
        context=lambda: page.page(by, at),
    )


def _legal_rep(request: ResidentRequest) -> Agent:
    """Return the legal representative who asks; for anyone else the page is not there."""
    whose = page.side(request.asker)
    if not isinstance(whose, Agent):
        raise Http404
    return whose
