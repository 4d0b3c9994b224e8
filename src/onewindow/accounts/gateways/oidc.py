"""The way to the service that knows people by real name (实名认证): OpenID Connect, authorization code with PKCE.

Why it is our own: docs/decisions/0006-own-oidc-client.md. Nothing that comes over it is believed before its signature
is checked with a key that the service publishes under its own address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, TypeGuard
from urllib.parse import quote_plus, urlencode, urlsplit

import structlog
from django.conf import settings
from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey

LOOPBACK = ("127.0.0.1", "::1", "localhost")
KINDS: Mapping[str, tuple[str, str]] = {
    "RS256": ("RSA", ""),
    "ES256": ("EC", "P-256"),
    "Ed25519": ("OKP", "Ed25519"),
    "EdDSA": ("OKP", "Ed25519"),
}
"""The signatures that are taken, each with the kind of key and curve: none that is made with a shared secret."""
SHORTEST_RSA = 2048
SKEW_SECONDS, OLDEST_SECONDS = 60, 600
STEP_SECONDS, WHOLE_SECONDS = 5.0, 10.0
LONGEST_ANSWER = 256 * 1024
KEPT_SECONDS = 3600
AT_ONCE = 2
"""So many threads of a process wait for the service at a time: when it is slow, the others still serve pages."""

# Services still sign by the old name of Ed25519; a short key is refused below.
warnings.filterwarnings("ignore", message="EdDSA is deprecated|Key size should be", category=SecurityWarning)
_log = structlog.get_logger("onewindow.oidc")
Claims = dict[str, Any]


class OidcFault(Exception):
    """The service did not answer as it must, or what it said is not to be believed; names no person, only what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Begun:
    """What a browser keeps between going to the service and coming back (认证流水): each good for one coming."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


def begin() -> Begun:
    """Return the secrets of one going to the service."""
    return Begun(*(secrets.token_urlsafe(32) for _ in range(3)))


class Provider:
    """One service of identities (身份提供方), by its issuer.

    issuer  https; http only to this machine
    secret  "" for a client that has none: PKCE alone then binds the code to us
    """

    def __init__(self, issuer: str, client: str, secret: str = "", *, scope: str = "openid profile") -> None:
        self.issuer, self.client, self._secret, self._scope = issuer, client, secret, scope
        self._kept: dict[str, tuple[float, Claims]] = {}
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def address(self, begun: Begun, back: str) -> str:
        """Return the address at which the service asks who the person is, and from which it leads to `back`.

        raises  OidcFault
        """
        digest = hashlib.sha256(begun.verifier.encode()).digest()
        told = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": self._scope,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        with self._heard():
            asks = str(self._about()["authorization_endpoint"])
        return f"{asks}{'&' if urlsplit(asks).query else '?'}{urlencode(told)}"

    def claims(self, begun: Begun, *, code: str, back: str, at: datetime, wanted: Collection[str]) -> Claims:
        """Exchange the code for what the service says of the person, checked.

        wanted  claims for which the service is asked once more where its token has not all of them
        raises  OidcFault
        """
        with self._heard():
            about = self._about()
            told = self._token(about, code, begun.verifier, back)
            claims = self._believed(about, told.get("id_token"), begun.nonce, at)
            if set(wanted) - claims.keys() and about.get("userinfo_endpoint") and told.get("access_token"):
                more = self._ask(about["userinfo_endpoint"], {"Authorization": f"Bearer {told['access_token']}"})
                if more.get("sub") != claims["sub"]:
                    raise OidcFault("userinfo")
                claims = {**more, **claims}
            return claims

    def _heard(self) -> _Heard:
        return _Heard(self._free)

    def _about(self) -> Claims:
        """What the service says of itself (discovery), each of its addresses as safe as its own."""
        return self._keep("about", self._discovered)

    def _discovered(self) -> Claims:
        about = self._ask(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self.issuer:
            raise OidcFault("issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
            url = about.get(name)
            if (url is None and name != "userinfo_endpoint") or (url is not None and not self._is_safe(url)):
                raise OidcFault(name)
        if "S256" not in about.get("code_challenge_methods_supported", ["S256"]):
            raise OidcFault("pkce")
        return about

    def _is_safe(self, url: object) -> bool:
        parts = urlsplit(str(url))
        here = parts.scheme == "http" and parts.hostname in LOOPBACK and self.issuer.startswith("http://")
        return isinstance(url, str) and bool(parts.hostname) and (parts.scheme == "https" or here)

    def _token(self, about: Claims, code: str, verifier: str, back: str) -> Claims:
        told = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        headers: dict[str, str] = {}
        if self._secret and "client_secret_basic" in ways:
            pair = f"{quote_plus(self.client)}:{quote_plus(self._secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        elif self._secret:
            told |= {"client_id": self.client, "client_secret": self._secret}
        else:
            told["client_id"] = self.client
        return self._ask(about["token_endpoint"], headers, urlencode(told))

    def _believed(self, about: Claims, token: object, nonce: str, at: datetime) -> Claims:
        """Return what the token says, if the service signed it, for us, for this going, just now."""
        header = _header(token)
        key = self._key(about, header)
        registry = jws.JWSRegistry(algorithms=[str(header["alg"])], strict_check_header=False)
        try:
            claims = json.loads(jws.deserialize_compact(str(token), key, registry=registry).payload)
        except (JoseError, ValueError):
            raise OidcFault("signature") from None
        if not isinstance(claims, dict):
            raise OidcFault("token")
        for name, fits in self._checks(claims, nonce, at.timestamp()):
            if not fits():
                raise OidcFault(name)
        return claims

    def _checks(self, claims: Claims, nonce: str, now: float) -> list[tuple[str, Callable[[], bool]]]:
        audience = claims.get("aud")
        audience = [audience] if isinstance(audience, str) else audience
        several = isinstance(audience, list) and len(audience) > 1
        ends, made, early = (claims.get(name) for name in ("exp", "iat", "nbf"))
        return [
            ("iss", lambda: claims.get("iss") == self.issuer),
            ("aud", lambda: isinstance(audience, list) and self.client in audience),
            ("azp", lambda: claims.get("azp", None if several else self.client) == self.client),
            ("exp", lambda: _is_time(ends) and now < ends + SKEW_SECONDS),
            ("iat", lambda: _is_time(made) and -SKEW_SECONDS <= now - made <= OLDEST_SECONDS + SKEW_SECONDS),
            ("nbf", lambda: early is None or (_is_time(early) and now >= early - SKEW_SECONDS)),
            ("nonce", lambda: hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())),
            ("sub", lambda: isinstance(claims.get("sub"), str) and bool(claims["sub"])),
        ]

    def _key(self, about: Claims, header: Claims) -> RSAKey | ECKey | OKPKey:
        """Return the one published key that the token names; keys are fetched anew when it names one unknown."""
        kind, curve = KINDS[header["alg"]]
        for fresh in (False, True):
            kept = self._keep("keys", lambda: self._ask(about["jwks_uri"]), fresh=fresh).get("keys")
            rows = [row for row in (kept if isinstance(kept, list) else []) if isinstance(row, dict)]
            fitting = [
                row
                for row in rows
                if row.get("kty") == kind
                and row.get("crv", "") == curve
                and row.get("use", "sig") == "sig"
                and row.get("kid") == header.get("kid", row.get("kid"))
            ]
            if len(fitting) == 1:
                return _imported(kind, fitting[0])
        raise OidcFault("kid")

    def _keep(self, name: str, ask: Callable[[], Claims], *, fresh: bool = False) -> Claims:
        now = time.monotonic()
        since, kept = self._kept.get(name, (now - KEPT_SECONDS, {}))
        if fresh or now - since >= KEPT_SECONDS:
            kept = ask()
            self._kept[name] = (now, kept)
        return kept

    def _ask(self, url: str, headers: Mapping[str, str] | None = None, body: str | None = None) -> Claims:
        """Ask the service and return its JSON; no redirect is followed, no answer is read for long."""
        parts, sent = urlsplit(url), {"Accept": "application/json", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            with closing(_connection(parts.scheme, parts.hostname or "", parts.port)) as line:
                line.request("GET" if body is None else "POST", path, body, sent)
                answer = line.getresponse()
                if answer.status != 200:
                    raise OidcFault(f"status {answer.status}")
                told = json.loads(_read(answer, time.monotonic() + WHOLE_SECONDS))
        except TimeoutError:
            raise OidcFault("timeout") from None
        except (OSError, HTTPException):
            raise OidcFault("away") from None
        except ValueError:
            raise OidcFault("json") from None
        if not isinstance(told, dict):
            raise OidcFault("json")
        return told


class _Heard:
    """Holds one of the few places to wait in, and writes down what went wrong, for whoever runs the house."""

    def __init__(self, free: threading.BoundedSemaphore) -> None:
        self._free = free

    def __enter__(self) -> None:
        if not self._free.acquire(timeout=1):
            _log.warning("oidc.fault", fault="busy")
            raise OidcFault("busy")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._free.release()
        if isinstance(error, OidcFault):
            _log.warning("oidc.fault", fault=error.code)


@cache
def provider() -> Provider | None:
    """Return the service that the settings name, or None where none is connected."""
    if not settings.OIDC_ISSUER:
        return None
    return Provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET, scope=settings.OIDC_CLAIMS.scope)


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=STEP_SECONDS, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=STEP_SECONDS)


def _read(answer: HTTPResponse, end: float) -> bytes:
    text = b""
    while piece := answer.read1(65536):
        text += piece
        if len(text) > LONGEST_ANSWER:
            raise OidcFault("long")
        if time.monotonic() > end:
            raise OidcFault("timeout")
    return text


def _header(token: object) -> Claims:
    """Return a token's header, which nobody has signed: it only says by which of the published keys to check."""
    try:
        first = str(token).split(".")[0]
        header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError:
        raise OidcFault("token") from None
    if not isinstance(header, dict) or not isinstance(header.get("kid", ""), str):
        raise OidcFault("token")
    if not isinstance(header.get("alg"), str) or header["alg"] not in KINDS:
        raise OidcFault("alg")
    return header


def _imported(kind: str, row: Mapping[str, Any]) -> RSAKey | ECKey | OKPKey:
    """Read a published key; of a key that should not have been published only its public half."""
    public = {name: text for name, text in row.items() if name in ("kty", "crv", "n", "e", "x", "y")}
    try:
        if kind == "OKP":
            return OKPKey.import_key(public)
        if kind == "EC":
            return ECKey.import_key(public)
        key = RSAKey.import_key(public)
        size = key.public_key.key_size
    except (JoseError, ValueError, TypeError):
        raise OidcFault("key") from None
    if size < SHORTEST_RSA:
        raise OidcFault("key")
    return key


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
