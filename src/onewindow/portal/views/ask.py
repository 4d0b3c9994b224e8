"""The guided questions (引导提问) and the beginning of an application."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onewindow.accounts.doors import AskedRequest, ResidentRequest, public, resident
from onewindow.cases import commands
from onewindow.core import clock
from onewindow.look.answer import answer, see_other
from onewindow.look.forms import PlainForm
from onewindow.portal.pages import asking
from onewindow.portal.pages.places import place_of


@public
@require_safe
def ask(request: AskedRequest, code: str) -> HttpResponse:
    """Ask the next question, or give the first answer once nothing is left to ask."""
    page = asking.context(code, request.GET, place_of(request.COOKIES), clock.now())
    refused = "form" in page and page["form"].is_bound
    return render(request, f"portal/{page['template']}.html", page, status=422 if refused else 200)


@resident()
def begin(request: ResidentRequest, code: str) -> HttpResponse:
    """Begin an application with the answers, or go on with the one that was begun."""
    item = asking.open_item(code)
    answers = asking.answers_of(item, request.GET)
    if request.method != "POST":
        return see_other(asking.address(item, answers))
    return answer(
        request,
        PlainForm(request.POST),
        partial(commands.begin, by=request.asker, item=code, answers=answers, at=clock.now()),
        then=lambda draft: reverse("portal:form", args=[draft.number]),
        template="portal/answer.html",
        context=lambda: asking.context(code, answers, place_of(request.COOKIES), clock.now()),
    )
