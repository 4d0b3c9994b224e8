"""Who asks (办理主体) is a value: each command and each query that shows rows gets one, and decides by it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

ANYWHERE = "*"
_SITE = re.compile(r"\d{8}")
_OFFICE = re.compile(r"\d{6}-[a-z][a-z-]{1,30}")
_LOGIN = re.compile(r"[a-z][a-z0-9.-]{1,39}")
_TOKEN_SCOPE = re.compile(r"[a-z]{1,20}:[a-z]{1,20}")


class Duty(StrEnum):
    """What a member of staff may do (岗位职责), each within a scope."""

    INTAKE = "intake"  # 收件受理
    CHECK = "check"  # 现场查验
    REVIEW = "review"  # 审查
    DECIDE = "decide"  # 决定
    MAKE = "make"  # 制证
    DELIVER = "deliver"  # 送达
    SUPERVISE = "supervise"  # 督办
    CATALOGUE = "catalogue"  # 事项目录维护
    CALENDAR = "calendar"  # 工作日历维护
    ADMIN = "admin"  # 人员岗位管理


AT_SITES = frozenset({Duty.INTAKE, Duty.CHECK, Duty.DELIVER})
IN_OFFICES = frozenset({Duty.REVIEW, Duty.DECIDE, Duty.MAKE})
SERVING = AT_SITES | IN_OFFICES | {Duty.SUPERVISE}
"""The duties that meet people's data; who keeps catalogue, calendar or staff has no need of them."""
TOKENS = "tokens"
"""The scope under which tokens are made: a session opens it, no token names it."""


@dataclass(frozen=True, slots=True)
class Public:
    """Anyone: not signed in (公众)."""

    channel: str = "web"

    @property
    def key(self) -> str:
        return "public"

    @property
    def staff(self) -> int | None:
        return None

    @property
    def office(self) -> str:
        return ""

    @property
    def division(self) -> str:
        return ""

    def allows(self, scope: str) -> bool:
        """Say whether what the asker came in with opens this scope: nothing was given, so nothing is opened."""
        return False


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who signed in (申请人): level 1 by a phone code, level 2 by real name."""

    person: int
    level: int
    channel: str = "web"
    scopes: frozenset[str] | None = None  # what a token was given for; None for a person in front of the screen

    @property
    def key(self) -> str:
        return f"person:{self.person}"

    @property
    def staff(self) -> int | None:
        return None

    @property
    def office(self) -> str:
        return ""

    @property
    def division(self) -> str:
        return ""

    def allows(self, scope: str) -> bool:
        """Say whether what the asker came in with opens this scope: a session opens all, a token what it names."""
        return self.scopes is None or scope in self.scopes


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff (工作人员) with the duties in force today; a scope is a site's, an office's code or "*"."""

    id: int
    duties: frozenset[tuple[Duty, str]]
    division: str
    channel: str = "desk"
    office: str = ""  # where the person belongs: an office's or a site's code
    person: int | None = None  # the same human as an applicant, so that nobody acts on their own case
    scopes: frozenset[str] | None = None

    @property
    def key(self) -> str:
        return f"staff:{self.id}"

    @property
    def staff(self) -> int | None:
        return self.id

    def may(self, duty: Duty, scope: str) -> bool:
        """Say whether the duty is held for this site or office."""
        return (duty, scope) in self.duties or (duty, ANYWHERE) in self.duties

    def has(self, duty: Duty) -> bool:
        """Say whether the duty is held anywhere."""
        return any(held is duty for held, _ in self.duties)

    def where(self, duty: Duty) -> frozenset[str]:
        """Return the scopes for which the duty is held."""
        return frozenset(scope for held, scope in self.duties if held is duty)

    def allows(self, scope: str) -> bool:
        """Say whether what the asker came in with opens this scope: a session opens all, a token what it names."""
        return self.scopes is None or scope in self.scopes


@dataclass(frozen=True, slots=True)
class System:
    """The house itself (系统): a timer, a load of reference data, the first entry into an empty database."""

    name: str

    @property
    def key(self) -> str:
        return f"system:{self.name}"

    @property
    def staff(self) -> int | None:
        return None

    @property
    def office(self) -> str:
        return ""

    @property
    def division(self) -> str:
        return ""

    @property
    def channel(self) -> str:
        return "system"

    def allows(self, scope: str) -> bool:
        """Say whether the house may do this: it may, by command only, never by a door."""
        return True


Asker = Public | Resident | Staff | System


def scope_fits(duty: Duty, scope: str) -> bool:
    """Say whether a duty can be held for the scope (岗位范围): at a site (8 digits), in an office, or anywhere."""
    if scope == ANYWHERE:
        return True
    if duty in AT_SITES:
        return _SITE.fullmatch(scope) is not None
    if duty in IN_OFFICES:
        return _OFFICE.fullmatch(scope) is not None
    return duty is Duty.SUPERVISE and bool(_SITE.fullmatch(scope) or _OFFICE.fullmatch(scope))


def is_login(text: str) -> bool:
    """Say whether the text can be a login (登录名): 2 to 40 small letters, digits, dots and hyphens."""
    return _LOGIN.fullmatch(text) is not None


def is_token_scope(text: str) -> bool:
    """Say whether the text can be what a token opens (令牌范围): cases:submit."""
    return _TOKEN_SCOPE.fullmatch(text) is not None


def session_word(asker: Resident | Staff) -> str:
    """Return the one word a session keeps of its asker: person:ID:level:channel or staff:ID."""
    if isinstance(asker, Staff):
        return asker.key
    return f"{asker.key}:{asker.level}:{asker.channel}"


def read_session_word(word: str) -> Resident | int | None:
    """Return who a session's word means: a resident, a staff id, or None where it says nothing we wrote."""
    kind, _, rest = word.partition(":")
    if kind == "staff" and rest.isdecimal():
        return int(rest)
    person, _, rest = rest.partition(":")
    level, _, channel = rest.partition(":")
    if kind == "person" and person.isdecimal() and level in ("1", "2") and channel:
        return Resident(int(person), int(level), channel)
    return None
