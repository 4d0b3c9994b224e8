"""For whom one acts (代办): choose, see it on every page, and go back to oneself."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onewindow.accounts import queries
from onewindow.accounts.doors import ResidentRequest, act_for, resident
from onewindow.accounts.rules import Agent, Resident
from onewindow.core import clock
from onewindow.core.errors import NotFound
from onewindow.look.answer import answer
from onewindow.look.masks import mask_name
from onewindow.portal.signing import ActForm

TEMPLATE = "portal/acting.html"


@resident(level=2)
def acting(request: ResidentRequest) -> HttpResponse:
    """Choose for whom to act; an empty choice is oneself."""
    if request.method == "POST":
        form = ActForm(request.POST)
        return answer(
            request, form, partial(_choose, request), then="portal:cases", template=TEMPLATE, context=_page(request)
        )
    return render(request, TEMPLATE, _page(request))


def _choose(request: ResidentRequest, *, whom: str) -> None:
    """Go on for the one that is named; whoever cannot be acted for today is not there."""
    me, today = _alone(request), clock.day_of(clock.now())
    if not whom:
        act_for(request, me)
        return
    found = next((each for each in queries.acting_for(me.person, today) if each.key == whom), None)
    if found is None:
        raise NotFound(whom)
    shown = found.name if found.firm else mask_name(found.name)
    act_for(request, queries.agent_asker(me, found.basis, found.ground, today), shown)


def _page(request: ResidentRequest) -> dict[str, Any]:
    mandates = queries.acting_for(request.asker.person, clock.day_of(clock.now()))
    return {"mandates": [(each, each.name if each.firm else mask_name(each.name)) for each in mandates]}


def _alone(request: ResidentRequest) -> Resident:
    asker: Resident | Agent = request.asker
    return asker.alone() if isinstance(asker, Agent) else asker
