"""Applying (申请): the form, the papers, check your answers, handing in. Whatever was saved is there next time."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onewindow.accounts.doors import ResidentRequest, resident, typed_before
from onewindow.cases import commands
from onewindow.core import clock
from onewindow.look.answer import answer, see_other
from onewindow.look.forms import PlainForm
from onewindow.portal.pages import applying, copies


@resident()
def form(request: ResidentRequest, draft: str) -> HttpResponse:
    """Fill in the form; "for later" keeps it as far as it is."""
    page = applying.FormPage(request.asker, draft, clock.now())
    if page.case:
        return see_other("portal:receipt", page.case)
    if request.method != "POST":
        typed = typed_before(request)
        shown = page.form(typed, later=typed is not None)
        return render(request, page.template, {**page.context(shown), "came_back": typed is not None})
    later = "later" in request.POST
    filled = page.form(request.POST, later=later)
    return answer(
        request,
        filled,
        partial(commands.save, by=request.asker, number=draft, at=clock.now()),
        then=reverse("portal:cases") if later else reverse("portal:papers", args=[draft]),
        template=page.template,
        context=lambda: page.context(filled),
    )


@resident()
def papers(request: ResidentRequest, draft: str) -> HttpResponse:
    """Upload the papers or say that one brings them; what could be taken is kept even if another could not."""
    page = applying.PapersPage(request.asker, draft, clock.now())
    if page.case:
        return see_other("portal:receipt", page.case)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    given = page.form(request.POST, request.FILES)
    return answer(
        request,
        given,
        partial(page.put, given),
        then=reverse("portal:papers" if "stay" in request.POST else "portal:check", args=[draft]),
        template=page.template,
        context=lambda: page.context(given),
    )


@resident()
@require_safe
def paper(request: ResidentRequest, draft: str, paper: str) -> HttpResponse:
    """Show what was uploaded: a fresh copy of a picture, a PDF as an attachment."""
    return copies.answer(applying.uploaded(request.asker, draft, paper), small="small" in request.GET)


@resident()
def check(request: ResidentRequest, draft: str) -> HttpResponse:
    """Check everything once more, confirm, and hand in: once, however often it is sent."""
    page = applying.CheckPage(request.asker, draft, clock.now())
    if page.case:
        return see_other("portal:receipt", page.case)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    confirmed = page.form(request.POST)
    return answer(
        request,
        confirmed,
        partial(commands.hand_in, by=request.asker, number=draft, at=clock.now()),
        then=lambda number: reverse("portal:receipt", args=[number]),
        template=page.template,
        context=lambda: page.context(confirmed),
    )


@resident()
def discard(request: ResidentRequest, draft: str) -> HttpResponse:
    """Throw a draft away, after asking once."""
    page = applying.FormPage(request.asker, draft, clock.now())
    if page.case:
        return see_other("portal:receipt", page.case)
    if request.method != "POST":
        return render(request, "portal/discard.html", page.frame())
    return answer(
        request,
        PlainForm(request.POST),
        partial(commands.discard, by=request.asker, number=draft),
        then="portal:cases",
        template="portal/discard.html",
        context=page.frame,
    )
