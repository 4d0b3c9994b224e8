"""My own data (我的信息): see who read them, choose what goes to the phone, take a copy, have them deleted."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from onewindow.accounts.doors import ResidentRequest, resident
from onewindow.cases.commands.erasing import erase as erase_command
from onewindow.core import clock, files
from onewindow.look.answer import answer, as_file
from onewindow.notices import commands as notices
from onewindow.portal.mydata import EraseForm, PhoneForm
from onewindow.portal.pages import mycopy
from onewindow.portal.pages import mydata as page


@resident()
@require_safe
def mine(request: ResidentRequest) -> HttpResponse:
    """Show what is held on oneself in short, with the way to all of it."""
    return render(request, "portal/mine.html", page.profile(page.alone(request.asker)))


@resident(level=2)
@require_safe
def reads(request: ResidentRequest) -> HttpResponse:
    """List who opened one's data, and why."""
    return render(request, "portal/reads.html", page.reads(page.alone(request.asker), request.GET.get("after", "")))


@resident()
def preferences(request: ResidentRequest) -> HttpResponse:
    """Choose which messages also go to the phone."""
    me, template = page.alone(request.asker), "portal/preferences.html"
    if request.method != "POST":
        return render(request, template, page.preferences(me))
    form = PhoneForm(request.POST)
    return answer(
        request,
        form,
        partial(notices.choose_phone, by=me),
        then=f"{reverse('portal:preferences')}?saved",
        template=template,
        context=lambda: page.preferences(me, form),
    )


@resident()
@require_POST
def export(request: ResidentRequest) -> HttpResponse:
    """Give a copy of all that is held on oneself: as a file for programs, as a PDF, or laid out for paper."""
    at, me = clock.now(), page.alone(request.asker)
    data = page.export(me, at)
    name, way = f"my-data-{clock.day_of(at):%Y%m%d}", request.POST.get("way")
    if way == "print":
        response = render(request, "portal/export.html", page.for_paper(data, at))
        response["Cache-Control"] = "no-store"
        return response
    if way == "pdf":
        return as_file(mycopy.as_pdf(page.for_paper(data, at), at), files.PDF, f"{name}.pdf")
    return as_file(page.as_file(data), "application/json", f"{name}.json")


@resident()
def erase(request: ResidentRequest) -> HttpResponse:
    """Have deleted what no law keeps, at once; what is kept is named with its reason."""
    me, template = page.alone(request.asker), "portal/erase.html"
    if request.method != "POST":
        return render(request, template, page.erasing(me))
    return answer(
        request,
        EraseForm(request.POST),
        partial(erase_command, by=me, at=clock.now()),
        then=lambda seq: reverse("portal:erased", args=[seq]),
        template=template,
        context=lambda: page.erasing(me),
    )


@resident()
@require_safe
def erased(request: ResidentRequest, seq: int) -> HttpResponse:
    """Show the certificate of a deletion, for the screen and for paper."""
    return render(request, "portal/erased.html", page.erased(page.alone(request.asker), seq))
