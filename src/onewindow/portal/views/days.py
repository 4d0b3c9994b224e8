"""One's own last days (我的期限), on a page and as a file for the calendar of a phone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onewindow.accounts.doors import ResidentRequest, resident
from onewindow.core import clock
from onewindow.portal.pages import deadlines as page


@resident()
@require_safe
def deadlines(request: ResidentRequest) -> HttpResponse:
    """List the days by which something is up to oneself."""
    return render(request, "portal/deadlines.html", page.context(request.asker, clock.now()))


@resident()
@require_safe
def calendar(request: ResidentRequest) -> HttpResponse:
    """Give all of them as a calendar file."""
    return _file(request, "", "deadlines")


@resident()
@require_safe
def case_calendar(request: ResidentRequest, number: str) -> HttpResponse:
    """Give those of one case as a calendar file."""
    return _file(request, number, number)


def _file(request: ResidentRequest, number: str, name: str) -> HttpResponse:
    root = request.build_absolute_uri("/").rstrip("/")
    data = page.calendar_file(request.asker, clock.now(), root, number)
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"', "Cache-Control": "no-store"},
    )
