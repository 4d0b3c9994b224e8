"""All settings in one file: each value from the environment, a safe default, a loud stop on a bad one."""

import os
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from onewindow.accounts.rules import ClaimNames, read_claim_names
from onewindow.config.logs import LEVELS, configure

ROOT = Path(os.environ.get("ONEWINDOW_ROOT", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("ONEWINDOW_VAR", ROOT / "var"))
CATALOGUE_DIR = ROOT / "catalogue"
DATA_DIR = ROOT / "data"


def _stop(reason: str) -> None:
    sys.stderr.write(f"onewindow: {reason}\n")
    raise SystemExit(2)


def _flag(name: str, default: bool) -> bool:
    text = os.environ.get(name, "1" if default else "0")
    if text not in ("0", "1"):
        _stop(f"{name} is 0 or 1, not {text!r}")
    return text == "1"


def _database(url: str) -> dict[str, Any]:
    """A database URL as Django wants it: sqlite:///path?timeout=20 or postgresql://user:password@host:port/name?options."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "onewindow.core.sqlite",
            "NAME": unquote(parts.path)[1:] or ":memory:",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": float(query.get("timeout", "20"))},
        }
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "onewindow.core.postgres",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.pop("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **query},
        }
    _stop(f"DATABASE_URL begins with sqlite:/// or postgresql://, not {parts.scheme!r}")
    raise AssertionError


def _gateway(name: str, secret: str) -> str:
    """Take the address of a gateway: by https, or by http on this machine, where nobody listens on the line."""
    url = os.environ.get(name, "")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.password):
        _stop(f"{name} is https://host/path; its secret stands in {secret}")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        _stop(f"{name} goes by https: names and numbers would be legible on the way")
    return url


def _claim_names(text: str) -> ClaimNames:
    try:
        return read_claim_names(text)
    except ValueError as fault:
        _stop(f"ONEWINDOW_OIDC_CLAIMS: {fault}")
        raise AssertionError from fault


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Take addresses and networks, separated by commas: 10.0.0.7,10.1.0.0/16,fd00::/8."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    try:
        return tuple(ip_network(word) for word in words)
    except ValueError as fault:
        _stop(f"ONEWINDOW_TRUSTED_PROXIES: {fault}")
        raise AssertionError from fault


ENV = os.environ.get("ONEWINDOW_ENV", "demo")
if ENV not in ("demo", "production", "test"):
    _stop(f"ONEWINDOW_ENV is demo, test or production, not {ENV!r}")
DEBUG = False
LOG_LEVEL = os.environ.get("ONEWINDOW_LOG", "info" if ENV == "production" else "warning")
if LOG_LEVEL not in LEVELS:
    _stop(f"ONEWINDOW_LOG is one of {', '.join(LEVELS)}, not {LOG_LEVEL!r}")
configure(level=LOG_LEVEL, json=ENV == "production")
KEY_FILE = Path(os.environ.get("ONEWINDOW_KEYS", VAR / "keys.json"))
FILES_DIR = Path(os.environ.get("ONEWINDOW_FILES", VAR / "files"))
ROOTS_DIR = Path(os.environ.get("ONEWINDOW_ROOTS", VAR / "roots"))
# A folder whose fonts alone set letters; without it those of the machine do.
FONTS_DIR = Path(os.environ["ONEWINDOW_FONTS"]) if os.environ.get("ONEWINDOW_FONTS") else None
# Where texts to phones are handed over; without it the inbox is all there is. A demo sends none.
SMS_URL = _gateway("ONEWINDOW_SMS_URL", "ONEWINDOW_SMS_TOKEN")
SMS_TOKEN = os.environ.get("ONEWINDOW_SMS_TOKEN", "")
# The service that knows people by real name (OpenID Connect); without it only counters verify.
OIDC_ISSUER = _gateway("ONEWINDOW_OIDC_ISSUER", "ONEWINDOW_OIDC_SECRET")
OIDC_CLIENT = os.environ.get("ONEWINDOW_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("ONEWINDOW_OIDC_SECRET", "")
OIDC_CLAIMS = _claim_names(os.environ.get("ONEWINDOW_OIDC_CLAIMS", ""))
if OIDC_ISSUER and not OIDC_CLIENT:
    _stop("ONEWINDOW_OIDC_CLIENT is not set: the name by which the service of ONEWINDOW_OIDC_ISSUER knows us")
LEASE_SECONDS = int(os.environ.get("ONEWINDOW_LEASE_SECONDS", "60"))

# Signs session cookies and form tokens only; data is kept by the key file (core/keys.py).
SECRET_KEY = os.environ.get("ONEWINDOW_SECRET", "")
if not SECRET_KEY:
    if ENV == "production":
        _stop("ONEWINDOW_SECRET is not set: make one with `openssl rand -base64 48`")
    SECRET_KEY = "demo-only-" + "0" * 40
ALLOWED_HOSTS = [host for host in os.environ.get("ONEWINDOW_HOSTS", "").split(",") if host]
if not ALLOWED_HOSTS:
    if ENV == "production":
        _stop("ONEWINDOW_HOSTS is not set: the names under which this service is reached, separated by commas")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

# What may tell us in X-Forwarded-For from where somebody asks: our own proxies, and nobody else.
TRUSTED_PROXIES = _networks(os.environ.get("ONEWINDOW_TRUSTED_PROXIES", ""))

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'onewindow.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_HOUSE = Path(__file__).parents[1]
# Bottom to top, as in the house; a room that is not on disk does not exist yet.
APPS = ["core", "calendars", "places", "notices", "accounts", "catalogue", "payments", "cases", "look"]
APPS += ["portal", "desk", "board", "api", "jobs"]
APPS = [name for name in APPS if (_HOUSE / name / "apps.py").exists()]
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"onewindow.{name}" for name in APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onewindow.config.middleware.headers",
    "onewindow.config.middleware.sessions",
    "onewindow.config.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "onewindow.config.middleware.form_tokens",
    "onewindow.config.middleware.asker",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "onewindow.config.urls"
WSGI_APPLICATION = "onewindow.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "onewindow.config.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages themselves by whitenoise; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
LOGIN_URL = "portal:sign-in"
SESSION_COOKIE_NAME = "onewindow"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "onewindow.config.errors.csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Other sites get no referrer. "no-referrer" would make browsers send forms with "Origin: null", which CSRF must refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENV == "production":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
