"""What every request passes: headers that keep the page closed, the reader's language, and who is asking.

Under /api/ a token says who asks: no session and no form token is looked for there.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

from onewindow.accounts import doors
from onewindow.catalogue.queries import steady
from onewindow.core.errors import NotFound

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def headers(handle: Handler) -> Handler:
    """Send the headers that forbid foreign scripts, frames and referrers; pages of a person are never stored."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def language(handle: Handler) -> Handler:
    """Speak the language that the reader chose, else Chinese; the browser's own wish counts only for English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("language") or request.headers.get("Accept-Language", "")[:2]
        code = "en" if chosen == "en" else "zh-hans"
        with translation.override(code):
            response = handle(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def of_pages(kind: Callable[[Any], Any]) -> Callable[[Handler], Handler]:
    """Return the middleware for pages only: what is asked under /api/ passes by it."""

    def make(handle: Handler) -> Handler:
        page = kind(handle)

        def middleware(request: HttpRequest) -> HttpResponse:
            answer: HttpResponse = handle(request) if is_api(request) else page(request)
            return answer

        if view := getattr(page, "process_view", None):  # Django asks the handler for it
            middleware.process_view = _past_api(view)  # type: ignore[attr-defined]  # as Django's own middleware have it
        return middleware

    return make


def is_api(request: HttpRequest) -> bool:
    """Say whether another system asks, not a page."""
    return request.path_info.startswith("/api/")


def _past_api(view: Callable[..., Any]) -> Callable[..., Any]:
    return lambda request, *rest: None if is_api(request) else view(request, *rest)


def asker(handle: Handler) -> Handler:
    """Put who asks on the request, so that every view gets it from one place; what they may not know of is missing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            doors.put_asker(request)
        with steady():  # a page shows one edition of the catalogue, asked for once
            return handle(request)

    def missing(request: HttpRequest, error: Exception) -> None:
        if isinstance(error, NotFound):
            raise Http404 from error

    middleware.process_exception = missing  # type: ignore[attr-defined]  # Django asks the handler for it
    return middleware


sessions = of_pages(SessionMiddleware)
form_tokens = of_pages(CsrfViewMiddleware)
