"""The doors (门): every view says who may enter it, and gets the asker as a value of that kind.

A missing page and one behind the wrong door look the same; who is not signed in is asked to, and comes back. What they
had typed into a form that says whose it is waits for them, sealed: nobody else's session opens it.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.middleware.csrf import rotate_token
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from onewindow.accounts import queries
from onewindow.accounts.rules import (
    Agent,
    Asker,
    Chosen,
    Duty,
    Public,
    Resident,
    Staff,
    read_session_word,
    session_word,
)
from onewindow.core import clock, keys
from onewindow.core.errors import NotFound

SESSION = "asker"
"""Of its asker a session holds one word: person:ID:level:channel, with :basis:ID for an agent, or staff:ID."""
SHOWN, ACTING = "shown_name", "acting_name"
"""What a session shows of them, masked: one's own name, and the name of whom one acts for."""
TYPED, WHOSE = "typed", "whose"
"""What was sent after the session had ended, sealed, by the form's address; and what a form says of whose it is."""
_LONGEST, _MOST = 40_000, 3  # signs of a form, forms


class AskedRequest(HttpRequest):
    """A request on which stands who asks."""

    asker: Asker


class ResidentRequest(HttpRequest):
    """A request that came through a door for residents."""

    asker: Resident


class StaffRequest(HttpRequest):
    """A request that came through a door for staff."""

    asker: Staff


@dataclass(frozen=True, slots=True)
class Door:
    """Who may enter a view: anyone, residents from a level on, or staff with one of the duties."""

    kind: str
    level: int = 0
    duties: frozenset[Duty] = frozenset()

    def opens(self, asker: Asker) -> bool:
        """Say whether the asker may enter."""
        if self.kind == "resident":
            return isinstance(asker, Resident | Agent) and asker.level >= self.level
        if self.kind == "staff":
            return isinstance(asker, Staff) and (not self.duties or any(asker.has(duty) for duty in self.duties))
        return True

    def asks(self, asker: Asker) -> bool:
        """Say whether the asker may come to fit by signing in: nobody yet, or a resident at too low a level."""
        return isinstance(asker, Public) or (self.kind == "resident" and isinstance(asker, Resident | Agent))


Rest = ParamSpec("Rest")
Asked = TypeVar("Asked", bound=HttpRequest)
View = Callable[Concatenate[Asked, Rest], HttpResponseBase]
Entered = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def public(view: View[AskedRequest, Rest]) -> Entered[Rest]:
    """Let anyone in; who asks stands on the request."""
    return _behind(Door("public"), view)


def resident(level: int = 1) -> Callable[[View[ResidentRequest, Rest]], Entered[Rest]]:
    """Let people in who signed in at this level, for themselves or for another: 1 by phone, 2 by real name."""
    return lambda view: _behind(Door("resident", level=level), view)


def staff(*duties: Duty) -> Callable[[View[StaffRequest, Rest]], Entered[Rest]]:
    """Let staff in who hold one of the duties anywhere, or any staff where none is named; scopes the command asks."""
    return lambda view: _behind(Door("staff", duties=frozenset(duties)), view)


def _behind(door: Door, view: View[Asked, Rest]) -> Entered[Rest]:
    @wraps(view)
    def entered(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        asker = asker_of(request)
        if door.opens(asker):
            if request.method == "POST":
                _forget(request)
            return view(cast(Asked, request), *args, **kwargs)
        if door.asks(asker):
            return _to_sign_in(request, door)
        raise Http404

    entered.door = door  # type: ignore[attr-defined]  # the wall test asks each route for it
    return entered


def put_asker(request: HttpRequest) -> None:
    """Put who asks on the request, by its session; a word that names nobody any more is forgotten."""
    request.asker = _from_session(request)  # type: ignore[attr-defined]  # read back by asker_of alone


def asker_of(request: HttpRequest) -> Asker:
    """Return who asks."""
    return cast(Asker, getattr(request, "asker", None) or Public())


def sign_in(request: HttpRequest, asker: Resident | Staff) -> None:
    """Begin a session for the asker: a new one, so that nobody knew its key before, and a new form token."""
    typed = request.session.get(TYPED)
    request.session.flush()
    request.session[SESSION] = session_word(asker)
    if typed and isinstance(asker, Resident):
        request.session[TYPED] = typed
    rotate_token(request)
    request.asker = asker  # type: ignore[attr-defined]  # as put_asker does


def act_for(request: HttpRequest, asker: Resident | Agent, shown: str = "") -> None:
    """Go on for another, or for oneself again, in the same session; forms opened before are good no more.

    shown  the masked name of whom one acts for
    """
    request.session.cycle_key()
    request.session[SESSION] = session_word(asker)
    request.session.pop(ACTING, None)
    if shown:
        request.session[ACTING] = shown
    rotate_token(request)
    request.asker = asker  # type: ignore[attr-defined]  # as put_asker does


def sign_out(request: HttpRequest) -> None:
    """End the session; what it held is gone."""
    request.session.flush()
    request.asker = Public()  # type: ignore[attr-defined]  # as put_asker does


def next_of(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page to which a sign-in leads back: of this site only, whatever the address says."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if own and wanted.startswith("/") else otherwise


def address_of(request: HttpRequest) -> str:
    """Return from where somebody asks, as tries are counted by it: an IPv4 address, or the /64 of an IPv6 one.

    What X-Forwarded-For says counts only behind a trusted proxy, and of it only what trusted proxies have added: read
    from its end, the first address that is none of theirs. Anything before that the asker may have written.
    """
    address = _address(str(request.META.get("REMOTE_ADDR", "")))
    told = request.headers.get("X-Forwarded-For", "").split(",")
    while address is not None and told and _is_ours(address):
        before = _address(told.pop())
        if before is None:
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address or "")


def _is_ours(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address, with a port or without; an IPv4 address in the clothes of IPv6 is an IPv4 address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _from_session(request: HttpRequest) -> Asker:
    word = request.session.get(SESSION)
    if not isinstance(word, str):
        return Public()
    found = read_session_word(word)
    today = clock.day_of(clock.now())  # noqa: TID251 - a door stands where faces do, and duties end on their day
    try:
        if isinstance(found, Chosen):
            return _agent(request, found, today)
        if isinstance(found, Resident):
            return queries.resident_asker(found.person, found.level, found.channel)
        if found is not None:
            return queries.staff_asker(found, today)
    except NotFound:
        pass
    request.session.flush()
    return Public()


def _agent(request: HttpRequest, found: Chosen, today: date) -> Asker:
    """Who acts for another, as long as that is good; from then on the same human for themselves."""
    me = queries.resident_asker(found.resident.person, found.resident.level, found.resident.channel)
    try:
        return queries.agent_asker(me, found.basis, found.ground, today)
    except NotFound:
        request.session[SESSION] = session_word(me)
        request.session.pop(ACTING, None)
        return me


def whose(request: HttpRequest) -> str:
    """Return the word by which a form says whose it is and at which address it stands (表单归属)."""
    return _text(keys.seal("session", WHOSE, request.path, asker_of(request).key))


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was sent to a page that cannot take it now, and say whether it was kept (会话超时保留填写).

    It is sealed for whom the form was made: it opens in their session only, at the form's own address. Files are not
    kept; a form that does not say whose it is, neither.
    """
    try:
        key = keys.unseal("session", WHOSE, request.path, _bytes(request.POST.get(WHOSE, "")))
    except (ValueError, keys.Tampered):
        return False
    told = request.POST.copy()
    for name in (WHOSE, "csrfmiddlewaretoken"):
        told.pop(name, None)
    text = told.urlencode()
    if len(text) > _LONGEST:
        return False
    others = {path: sealed for path, sealed in request.session.get(TYPED, {}).items() if path != request.path}
    newest = dict(list(others.items())[1 - _MOST :])
    sealed = _text(keys.seal("session", TYPED, f"{key} {request.path}", text))
    request.session[TYPED] = {**newest, request.path: sealed}
    return True


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what the asker had typed into this page's form when their session was over, None for nothing."""
    sealed = request.session.get(TYPED, {}).get(request.path)
    if sealed is None:
        return None
    try:
        return QueryDict(keys.unseal("session", TYPED, f"{asker_of(request).key} {request.path}", _bytes(sealed)))
    except keys.Tampered:
        return None


def _forget(request: HttpRequest) -> None:
    """Once the form is sent again what was kept of it is not needed any more."""
    kept = request.session.get(TYPED, {})
    if request.path in kept:
        request.session[TYPED] = {path: sealed for path, sealed in kept.items() if path != request.path}


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text)


def _to_sign_in(request: HttpRequest, door: Door) -> HttpResponse:
    """Lead to the sign-in and back; one that was sent leads back where it could be kept, else to the sign-in only."""
    facts: dict[str, Any] = {"for": door.kind}
    if door.level > 1:
        facts = {**facts, "level": door.level}
    if request.method in ("GET", "HEAD") and not _is_fragment(request):
        facts = {**facts, "next": request.get_full_path()}
    elif keep_typed(request):
        facts = {**facts, "next": request.path, "kept": 1}
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode(facts)}"
    if _is_fragment(request):
        # htmx would put the sign-in page into the middle of this one; so it is told to leave it.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
