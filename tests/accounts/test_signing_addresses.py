"""From where somebody asks: the line's other end, or what trusted proxies say; never what the asker wrote."""

from ipaddress import ip_network

import pytest
from django.conf import settings
from django.test import RequestFactory

from onewindow.accounts.doors import address_of

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


def seen(remote: str, told: str | None = None) -> str:
    headers = {} if told is None else {"x-forwarded-for": told}
    return address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


def test_without_a_trusted_proxy_nothing_told_counts() -> None:
    assert seen("203.0.113.5", "198.51.100.1") == "203.0.113.5"
    assert seen("10.0.0.1", "198.51.100.1") == "10.0.0.1"


@pytest.mark.parametrize(
    ("remote", "told", "address"),
    [
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first was written by the asker
        ("10.0.0.1", "6.6.6.6,198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.9, 198.51.100.1", "198.51.100.1"),  # nor does a proxy's own address help
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1:4711", "198.51.100.1:80", "198.51.100.1"),
        ("::ffff:10.0.0.1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        ("fd00::1", "2001:db8:1:2::9", "2001:db8:1:2::"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_last_address_that_no_proxy_of_ours_has(
    remote: str, told: str | None, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TRUSTED_PROXIES", PROXIES)
    assert seen(remote, told) == address
