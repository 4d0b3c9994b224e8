"""A bad setting of the sign-in stops the start with a word about it."""

import os
import subprocess
import sys

import pytest

ISSUER = {"ONEWINDOW_OIDC_ISSUER": "https://id.invalid", "ONEWINDOW_OIDC_CLIENT": "onewindow"}


def read(**changes: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("ONEWINDOW_")}
    environment = {**clean, "ONEWINDOW_ENV": "test", "DATABASE_URL": "sqlite://", **changes}
    command = [sys.executable, "-c", "import onewindow.config.settings"]
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


def test_good_settings_are_taken() -> None:
    proxies = {"ONEWINDOW_TRUSTED_PROXIES": "10.0.0.7, 10.1.0.0/16,fd00::/8"}
    names = {"ONEWINDOW_OIDC_CLAIMS": "name=xm,type:01=resident_id"}
    assert read(**ISSUER, **proxies, **names).returncode == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ONEWINDOW_TRUSTED_PROXIES", "10.0.0.7/8"),
        ("ONEWINDOW_TRUSTED_PROXIES", "proxy.invalid"),
        ("ONEWINDOW_OIDC_ISSUER", "http://id.invalid"),
        ("ONEWINDOW_OIDC_ISSUER", "https://me:secret@id.invalid"),
        ("ONEWINDOW_OIDC_CLIENT", ""),
        ("ONEWINDOW_OIDC_CLAIMS", "name"),
        ("ONEWINDOW_OIDC_CLAIMS", "type:01=library_card"),
    ],
)
def test_bad_settings_stop(name: str, text: str) -> None:
    stopped = read(**{**ISSUER, name: text})
    assert stopped.returncode == 2
    assert name in stopped.stderr
    assert "secret@" not in stopped.stderr
