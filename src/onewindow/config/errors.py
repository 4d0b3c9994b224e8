"""Pages for what went wrong: each says what happened and what to do next."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from onewindow.accounts import doors
from onewindow.core.errors import Away
from onewindow.core.language import here
from onewindow.core.words import Words

AWAY_SECONDS = 5  # after so long it is worth trying again
AWAY = Words("请稍等一会儿再来，什么都没有丢。", "Come back in a moment; nothing was lost.")


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was changed; its own person finds it again as they filled it in."""
    if doors.keep_typed(request):
        return HttpResponseRedirect(request.path)
    return _page(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read."""
    return _page(request, 400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that this asker may not enter."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or none that this asker may know of: both alike."""
    return _page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours; a database that is away or locked, a press without
    fonts, is one that passes. The page asks nothing of the database."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError | Away):
        return _away(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def _away(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {"code": "away", "message": here(AWAY), "facts": {"retry_after_seconds": AWAY_SECONDS}}
        response: HttpResponse = JsonResponse(body, status=503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(AWAY_SECONDS)
    return response
