"""The adapter to a real gateway: what it sends, what it takes for an answer, and what it never says."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from onewindow.notices.gateways import HttpSender, SenderFault
from tests.notices.gateway import Gateway, gateway

PHONE, TEXT, REFERENCE = "10000000901", "您的办件已受理。", "14010002-20261116-00001-2"
TOKEN = "secret-token"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def way() -> Iterator[Gateway]:
    with gateway() as told:
        yield told


def send(way: Gateway, seconds: float = 5.0) -> None:
    HttpSender(way.url, TOKEN, seconds=seconds).send(PHONE, TEXT, reference=REFERENCE)


def test_a_text_goes_out_with_its_reference_and_the_token(way: Gateway) -> None:
    send(way)
    assert way.posts == [
        {"phone": PHONE, "text": TEXT, "reference": REFERENCE, "path": "/sms?v=1", "token": "Bearer secret-token"}
    ]


def test_a_second_copy_is_known_by_its_reference_and_counts_as_sent(way: Gateway) -> None:
    send(way)
    send(way)
    assert (len(way.posts), way.phones) == (2, {REFERENCE: TEXT})


@pytest.mark.parametrize(
    ("manner", "code"), [(500, 500), (503, 503), (422, 422), (302, 302), ("drop", "away"), ("late", "timeout")]
)
def test_what_is_not_taken_is_a_fault_that_names_nobody(way: Gateway, manner: str | int, code: int | str) -> None:
    way.manner = manner
    with pytest.raises(SenderFault) as caught:
        send(way, seconds=0.3)
    assert caught.value.code == code
    assert len(way.posts) == 1  # no redirect is followed with the token
    said = "".join(traceback.format_exception(caught.value))
    assert all(word not in said for word in (PHONE, TEXT, TOKEN))


def test_a_gateway_that_is_not_there(way: Gateway) -> None:
    with pytest.raises(SenderFault, match="away"):
        HttpSender("http://127.0.0.1:1/sms").send(PHONE, TEXT, reference=REFERENCE)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://sms.example/v1/send", True),
        ("http://127.0.0.1:8080/send", True),
        ("http://localhost/send", True),
        ("", True),
        ("http://sms.example/v1/send", False),
        ("http://127.0.0.1.sms.example/send", False),
        ("https://user:hush@sms.example/send", False),
        ("ftp://sms.example/send", False),
        ("sms.example/send", False),
    ],
)
def test_the_settings_take_only_an_address_that_nobody_reads_along(url: str, good: bool) -> None:
    asked = {**os.environ, "ONEWINDOW_SMS_URL": url, "ONEWINDOW_ENV": "test", "DATABASE_URL": "sqlite://"}
    done = subprocess.run(
        [sys.executable, "-c", "import onewindow.config.settings as s; print(s.SMS_URL)"],
        env=asked,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == ((0, url) if good else (2, ""))
    assert good or ("ONEWINDOW_SMS_URL" in done.stderr and len(done.stderr.splitlines()) == 1)
    assert "hush" not in done.stderr
