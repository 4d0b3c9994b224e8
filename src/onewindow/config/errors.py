"""Pages for what went wrong: each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was changed."""
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
    """A fault of ours."""
    return _page(request, 500)
