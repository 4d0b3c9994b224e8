"""The straight way says what the ordinary way says, and nothing else."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections

from onewindow.api.straight import LONGEST, Environ, Way
from onewindow.cases.models import Case
from onewindow.core.models import Claim
from tests.api.test_cases import body, token
from tests.cast import Cast


class Service:
    """The straight way before Django's, as a web worker calls it; it counts what went the ordinary way."""

    def __init__(self) -> None:
        self.ordinary, self._django = 0, WSGIHandler()
        self.way = Way(self._counted)

    def _counted(self, environ: Environ, start: Any) -> Any:
        self.ordinary += 1
        request_started.disconnect(close_old_connections)  # it would take away the test's own connection
        try:
            return self._django(environ, start)
        finally:
            request_started.connect(close_old_connections)

    def post(self, text: str, sent: Any, key: str, **changes: str) -> tuple[str, dict[str, str], dict[str, Any]]:
        data = sent if isinstance(sent, bytes) else json.dumps(sent, ensure_ascii=False).encode()
        told: list[Any] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/cases", "SCRIPT_NAME": "", "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, "wsgi.input": BytesIO(data),
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(data)), "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_AUTHORIZATION": f"Bearer {text}", "HTTP_IDEMPOTENCY_KEY": key, **changes,
        }  # fmt: skip
        answer = b"".join(self.way(environ, lambda status, heads, *fault: told.extend((status, heads))))
        return told[0], dict(told[1]), json.loads(answer) if answer[:1] == b"{" else {}


@pytest.fixture
def service(house: Cast) -> Service:
    """A service that has met one submission."""
    service = Service()
    assert service.post(token(house.applicant), body(house.applicant), "firstfirst")[0] == "201 Created"
    assert service.ordinary == 1
    return service


def test_both_ways_answer_alike(house: Cast, service: Service) -> None:
    text, whole = token(house.applicant), body(house.applicant)
    straight = service.post(text, whole, "abcdefgh")
    assert service.ordinary == 1
    ordinary = Service().post(text, whole, "abcdefgh")
    assert straight == ordinary
    assert straight[1]["Location"] == straight[2]["url"] == f"/api/v1/cases/{straight[2]['number']}"
    assert straight[1]["X-Frame-Options"] == "DENY"
    assert Case.objects.count() == 2


def test_repeated_with_the_same_key_it_is_one_case(house: Cast, service: Service) -> None:
    text, whole = token(house.applicant), body(house.applicant)
    assert service.post(text, whole, "abcdefgh") == service.post(text, whole, "abcdefgh")
    assert service.ordinary == 1
    assert Case.objects.count() == 2
    assert service.post(text, {**whole, "site": "14010001"}, "abcdefgh")[2]["code"] == "once.reused"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"HTTP_AUTHORIZATION": "Bearer nobody"}, "401"),
        ({"HTTP_AUTHORIZATION": "Basic nobody"}, "401"),
        ({"HTTP_IDEMPOTENCY_KEY": ""}, "422"),
        ({"HTTP_HOST": "elsewhere.example"}, "400"),
        ({"REQUEST_METHOD": "GET"}, "405"),
        ({"CONTENT_LENGTH": ""}, "422"),
        ({"CONTENT_LENGTH": "-1"}, "422"),
        ({"PATH_INFO": "/api/v1/case"}, "404"),
    ],
)
def test_what_is_no_success_goes_the_ordinary_way(
    house: Cast, service: Service, changes: dict[str, str], status: str
) -> None:
    answer = service.post(token(house.applicant), body(house.applicant), "abcdefgh", **changes)
    assert answer[0][:3] == status
    assert service.ordinary == 2
    assert (Case.objects.count(), Claim.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]", b'{"item": "CG04", "site": "14010001", "more": 1}', b" " * (LONGEST + 1)]
)
def test_a_body_of_another_shape_is_told_by_the_ordinary_way(house: Cast, service: Service, sent: bytes) -> None:
    answer = service.post(token(house.applicant), sent, "abcdefgh")
    assert answer[0][:3] in ("400", "422")
    assert service.ordinary == 2


def test_a_door_that_another_scope_opens_stays_shut(house: Cast, service: Service) -> None:
    answer = service.post(token(house.applicant, "cases:read"), body(house.applicant), "abcdefgh")
    assert answer[0][:3] == "401"


def test_a_refusal_speaks_the_language_of_the_reader(house: Cast, service: Service) -> None:
    whole, text = body(house.applicant, fields={}), token(house.applicant)
    said = [service.post(text, whole, "abcdefgh", HTTP_ACCEPT_LANGUAGE=code)[2] for code in ("en", "zh")]
    assert [fault["code"] for fault in said] == ["case.fields"] * 2
    assert said[0]["message"] != said[1]["message"]


def test_another_language_or_host_is_met_by_the_ordinary_way_first(house: Cast, service: Service) -> None:
    text, whole = token(house.applicant), body(house.applicant)
    for place, changes in enumerate(({"HTTP_ACCEPT_LANGUAGE": "en"}, {"HTTP_HOST": "localhost"})):
        first = service.post(text, whole, f"abcdefgh{place}", **changes)
        second = service.post(text, whole, f"abcdefgh{place}", **changes)
        assert first == second
        assert service.ordinary == 2 + place


def test_both_ways_read_a_body_alike(house: Cast, service: Service) -> None:
    """One claim is answered only to who says the same; each way makes its own sense of odd values."""
    text, whole = token(house.applicant), body(house.applicant)
    for place, odd in enumerate((1, -7, "1", "\u00e9\U00020000", 10**20)):
        key, sent = f"abcdefgh{place}", {**whole, "answers": {**whole["answers"], "unasked": odd}}
        ours, theirs = service.post(text, sent, key), Service().post(text, sent, key)
        assert ours == theirs
