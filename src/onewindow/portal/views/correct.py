"""Answering a correction notice (补正): its fields and papers, once, and the receipt."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onewindow.accounts.doors import ResidentRequest, resident, typed_before
from onewindow.core import clock
from onewindow.look.answer import answer, see_other
from onewindow.portal.pages import correcting


@resident()
def correct(request: ResidentRequest, number: str) -> HttpResponse:
    """Mend exactly what the notice names; an upload that could be taken is kept even if another fault stops it."""
    page = correcting.CorrectionPage(request.asker, number, clock.now())
    if not page.is_open:
        return see_other("portal:answered" if page.is_answered else "portal:case", number)
    if request.method != "POST":
        typed = typed_before(request)
        return render(request, page.template, {**page.context(page.form(typed)), "came_back": typed is not None})
    given = page.form(request.POST, request.FILES)
    page.take(given)
    return answer(
        request,
        given,
        page.hand,
        then=reverse("portal:answered", args=[number]),
        template=page.template,
        context=lambda: page.context(given),
    )


@resident()
@require_safe
def answered(request: ResidentRequest, number: str) -> HttpResponse:
    """Show the receipt of the answer, for the screen and for paper."""
    page = correcting.answered(request.asker, number, clock.now())
    return render(request, "portal/answered.html", page) if page else see_other("portal:case", number)
