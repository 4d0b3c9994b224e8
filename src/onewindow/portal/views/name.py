"""Coming in by real name (实名登录): to the service of identities, and back from it."""

from dataclasses import asdict
from functools import partial

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from onewindow.accounts import commands, gateways, queries
from onewindow.accounts.doors import AskedRequest, next_of, public
from onewindow.accounts.doors import sign_in as enter
from onewindow.accounts.rules import Public, Resident
from onewindow.core import clock
from onewindow.look.answer import answer
from onewindow.look.masks import mask_name
from onewindow.portal.pages import personas, ways
from onewindow.portal.signing import BackForm, BareForm

BEGUN, BEGUN_SECONDS = "real_name", 600
TEMPLATE = "portal/not_known.html"


@public
@require_GET
def name(request: AskedRequest) -> HttpResponse:
    """Go to the service; what the coming back is known by goes into a cookie of this browser.

    By a link, for a browser that follows a form to another site asks the page's policy, which names none.
    """
    begun = gateways.begin()
    response = answer(
        request,
        BareForm({}),
        partial(commands.go_for_name, provider=_provider(), begun=begun, back=_back(request)),
        then=str,
        template=TEMPLATE,
        context=_page(request),
    )
    if response.status_code == 303:
        kept = signing.dumps({**asdict(begun), "next": next_of(request, "")}, salt=BEGUN)
        secure = request.is_secure()
        response.set_cookie(
            BEGUN, kept, max_age=BEGUN_SECONDS, path=ways.MARK_PATH, httponly=True, samesite="Lax", secure=secure
        )
    return response


@public
@require_GET
def back(request: AskedRequest) -> HttpResponse:
    """Come back from the service; what it says of the person begins the session."""
    kept = _kept(request)
    leads = kept.pop("next", "")
    begun = gateways.Begun(**kept) if kept else None
    response = answer(
        request,
        BackForm(request.GET),
        partial(_enter, request, begun),
        then=leads or personas.RESIDENT_HOME,
        template=TEMPLATE,
        context={**_page(request), "next": leads},
    )
    response.delete_cookie(BEGUN, path=ways.MARK_PATH, samesite="Lax")
    return response


def _enter(request: AskedRequest, begun: gateways.Begun | None, *, state: str, code: str) -> None:
    """Begin the session of whom the service knows."""
    who = commands.sign_in_by_name(
        provider=_provider(),
        names=settings.OIDC_CLAIMS,
        begun=begun,
        state=state,
        code=code,
        back=_back(request),
        by=request.asker if isinstance(request.asker, Resident) else Public(),
        at=clock.now(),
    )
    enter(request, who)
    request.session["shown_name"] = mask_name(queries.name_of(who.person))


def _kept(request: HttpRequest) -> dict[str, str]:
    """Return what this browser was given on its way to the service, unless that is too long ago or not from us."""
    try:
        return dict(signing.loads(request.COOKIES.get(BEGUN, ""), salt=BEGUN, max_age=BEGUN_SECONDS))
    except signing.BadSignature:
        return {}


def _provider() -> gateways.Provider:
    found = gateways.provider()
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("portal:name-back"))


def _page(request: HttpRequest) -> dict[str, object]:
    return {"next": next_of(request, ""), "by_phone": ways.has_phone(), "hide_sign_in": True}
