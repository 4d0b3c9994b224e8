"""A service of identities in a process of its own, as a real one speaks, with switches for what an attacker would do.

`python -m tests.accounts.oidc_provider` prints its address and serves until it is ended. POST /switch with JSON changes
what it does: {"attack": WORD, "alg": "ES256", "claims": {...}, "rotate": true}; what is not named becomes as at first.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

CLIENT, SECRET = "onewindow", "a secret: with %41 signs"
ROOT = Path(__file__).resolve().parents[2]
PERSON = {
    "sub": "24400320",
    "name": "吴示源",
    "id_type": "resident_id",
    "id_number": "149900199001010016",
    "phone_number": "10000000955",
}
MAKERS: dict[str, Any] = {
    "RS256": lambda: RSAKey.generate_key(2048),
    "ES256": lambda: ECKey.generate_key("P-256"),
    "EdDSA": lambda: OKPKey.generate_key("Ed25519"),
    "Ed25519": lambda: OKPKey.generate_key("Ed25519"),
}
SLOW_SECONDS = 3


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Service:
    """What the service knows: its keys, the codes it gave and what it was told to do wrong."""

    def __init__(self) -> None:
        self.issuer, self.codes = "", {}  # type: str, dict[str, dict[str, str]]
        self.keys = {alg: make() for alg, make in MAKERS.items()}
        self.round = 1
        self.switch({})

    def switch(self, told: dict[str, Any]) -> None:
        self.attack, self.alg = told.get("attack", ""), told.get("alg", "RS256")
        self.person = {**PERSON, **told.get("claims", {})}
        if told.get("rotate"):
            self.keys, self.round = {alg: make() for alg, make in MAKERS.items()}, self.round + 1

    def about(self) -> dict[str, Any]:
        told = {
            "issuer": "https://elsewhere.invalid" if self.attack == "discovery" else self.issuer,
            **{f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")},
            "jwks_uri": f"{self.issuer}/jwks",
            "code_challenge_methods_supported": ["S256"],
        }
        return {**told, "token_endpoint": "http://192.0.2.1/token"} if self.attack == "plain" else told

    def jwks(self) -> dict[str, Any]:
        rows = [{**key.as_dict(private=False), "kid": self.kid(alg), "use": "sig"} for alg, key in self.keys.items()]
        return {"keys": rows}

    def kid(self, alg: str) -> str:
        return f"{alg}-{self.round}"

    def code(self, asked: dict[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return code

    def token(self, told: dict[str, str], basic: str) -> dict[str, Any] | None:
        """Return the token for a code, which is used up by it; None for who may not have it."""
        asked = self.codes.pop(told.get("code", ""), None)
        if asked is None or basic != "Basic " + base64.b64encode(b"onewindow:a+secret%3A+with+%2541+signs").decode():
            return None
        challenge = b64(hashlib.sha256(told["code_verifier"].encode()).digest())
        if challenge != asked["code_challenge"] or told["redirect_uri"] != asked["redirect_uri"]:
            return None
        return {"access_token": "access", "token_type": "Bearer", "id_token": self.signed(self.claims(asked["nonce"]))}

    def claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        said: dict[str, Any] = {"iss": self.issuer, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": nonce}
        wrong: dict[str, dict[str, Any]] = {
            "iss": {"iss": "https://elsewhere.invalid"},
            "aud": {"aud": "another"},
            "azp": {"aud": [CLIENT, "another"], "azp": "another"},
            "no azp": {"aud": [CLIENT, "another"]},
            "expired": {"exp": now - 120, "iat": now - 400},
            "no exp": {"exp": None},
            "old": {"iat": now - 3600},
            "early": {"iat": now + 3600},
            "nonce": {"nonce": "another"},
            "no nonce": {"nonce": None},
            "skew": {"iat": now + 30, "exp": now + 330},
            "both": {"aud": [CLIENT, "another"], "azp": CLIENT},
        }
        person = {"sub": PERSON["sub"]} if self.attack in ("userinfo", "other userinfo") else self.person
        return {**person, **said, **wrong.get(self.attack, {})}

    def signed(self, claims: dict[str, Any]) -> str:
        header: dict[str, Any] = {"alg": self.alg, "kid": self.kid(self.alg), "typ": "JWT"}
        if self.attack == "kid":
            header["kid"] = "unknown"
        if self.attack == "none":
            return f"{b64(json.dumps({'alg': 'none'}).encode())}.{b64(json.dumps(claims).encode())}."
        if self.attack == "hs256":  # signed with what everybody can read, in the hope that it is taken for a secret
            header["alg"] = "HS256"
            secret = self.keys["RS256"].public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            text = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
            return f"{text}.{b64(hmac.digest(secret, text.encode(), 'sha256'))}"
        key = MAKERS[self.alg]() if self.attack == "key" else self.keys[self.alg]
        registry = jws.JWSRegistry(algorithms=[self.alg])
        token = jws.serialize_compact(header, json.dumps(claims), key, registry=registry)
        if self.attack == "changed":
            head, _, signature = token.split(".")
            return f"{head}.{b64(json.dumps({**claims, 'name': 'Mallory'}).encode())}.{signature}"
        return "no token" if self.attack == "garbage" else token


class Handler(BaseHTTPRequestHandler):
    """The service's addresses."""

    service: Service

    def do_GET(self) -> None:
        self.spoil() or self.answer_get(urlsplit(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/switch":
            self.service.switch(json.loads(body))
            self.say({})
        elif not self.spoil():
            told = self.service.token(dict(parse_qsl(body.decode())), self.headers.get("Authorization", ""))
            self.say(told or {"error": "invalid_grant"}, 200 if told else 400)

    def answer_get(self, parts: Any) -> None:
        told = {"/.well-known/openid-configuration": self.service.about, "/jwks": self.service.jwks}.get(parts.path)
        if told:
            self.say(told())
        elif parts.path == "/userinfo":
            wrong = {"sub": "another"} if self.service.attack == "other userinfo" else {}
            self.say({**self.service.person, **wrong})
        else:
            asked = dict(parse_qsl(parts.query))
            assert asked["response_type"] == "code"
            assert asked["code_challenge_method"] == "S256"
            assert asked["client_id"] == CLIENT
            back = {"code": self.service.code(asked), "state": asked["state"]}
            if self.service.attack == "denied":
                back = {"error": "access_denied", "state": asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()

    def spoil(self) -> bool:
        """Answer as a service in trouble does."""
        attack = self.service.attack
        if attack == "slow":
            time.sleep(SLOW_SECONDS)
        elif attack == "status":
            self.say({}, 500)
        elif attack == "redirect" and not self.path.startswith("/authorization"):
            self.send_response(302)
            self.send_header("Location", f"{self.service.issuer}/.well-known/openid-configuration")
            self.end_headers()
        elif attack == "page":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")
        elif attack == "long":
            self.say({"x": "x" * 300_000})
        else:
            return False
        return attack != "slow"

    def say(self, told: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *args: Any) -> None:
        pass


class Running:
    """The service as a test sees it."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def switch(self, **told: Any) -> None:
        """Tell it what to do from now on."""
        request = urllib.request.Request(f"{self.issuer}/switch", json.dumps(told).encode(), method="POST")
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def running() -> Iterator[Running]:
    """Run the service until the end."""
    command = [sys.executable, "-m", "tests.accounts.oidc_provider"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Running(process.stdout.readline().strip())
        finally:
            process.terminate()


def main() -> None:
    """Serve until ended."""
    Handler.service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.service.issuer = f"http://127.0.0.1:{server.server_port}"
    sys.stdout.write(f"{Handler.service.issuer}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
