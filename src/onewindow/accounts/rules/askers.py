"""Who asks (办理主体) is a value: each command and each query that shows rows gets one, and decides by it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ANYWHERE = "*"
_SITE = re.compile(r"\d{8}")
_OFFICE = re.compile(r"\d{6}-[a-z][a-z-]{1,30}")
_LOGIN = re.compile(r"[a-z][a-z0-9.-]{1,39}")
_TOKEN_SCOPE = re.compile(r"[a-z]{1,20}:[a-z]{1,20}")
_STAFF_WORD = re.compile(r"staff:(\d{1,19})", re.ASCII)
_PERSON_WORD = re.compile(
    r"person:(?P<person>\d{1,19}):(?P<level>[12]):(?P<channel>[a-z]{1,16})"
    r"(:(?P<basis>letter|guardian|legal_rep|operator):(?P<ground>\d{1,19}))?",
    re.ASCII,
)


class Duty(StrEnum):
    """What a member of staff may do (岗位职责), each within a scope."""

    INTAKE = "intake"  # 收件受理
    CHECK = "check"  # 现场查验
    REVIEW = "review"  # 审查
    DECIDE = "decide"  # 决定
    HEAD = "head"  # 机关负责人
    MAKE = "make"  # 制证
    DELIVER = "deliver"  # 送达
    SUPERVISE = "supervise"  # 督办
    CATALOGUE = "catalogue"  # 事项目录维护
    CALENDAR = "calendar"  # 工作日历维护
    ADMIN = "admin"  # 人员岗位管理


AT_SITES = frozenset({Duty.INTAKE, Duty.CHECK, Duty.DELIVER})
IN_OFFICES = frozenset({Duty.REVIEW, Duty.DECIDE, Duty.HEAD, Duty.MAKE})
SERVING = AT_SITES | IN_OFFICES | {Duty.SUPERVISE}
"""The duties that meet people's data; who keeps catalogue, calendar or staff has no need of them."""
TOKENS = "tokens"
"""The scope under which tokens are made: a session opens it, no token names it."""


class _OutsideTheOffice:
    """What the journal notes of whoever is no member of staff: no number, no office, no division."""

    __slots__ = ()

    @property
    def staff(self) -> int | None:
        return None

    @property
    def office(self) -> str:
        return ""

    @property
    def division(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Public(_OutsideTheOffice):
    """Anyone: not signed in (公众)."""

    channel: str = "web"

    @property
    def key(self) -> str:
        return "public"

    def allows(self, scope: str) -> bool:
        """Say whether what the asker came in with opens this scope: nothing was given, so nothing is opened."""
        return False


@dataclass(frozen=True, slots=True)
class Resident(_OutsideTheOffice):
    """A person who signed in (申请人): level 1 by a phone code, level 2 by real name."""

    person: int
    level: int
    channel: str = "web"
    scopes: frozenset[str] | None = None  # what a token was given for; None for a person in front of the screen

    @property
    def key(self) -> str:
        return f"person:{self.person}"

    def allows(self, scope: str) -> bool:
        """Say whether what the asker came in with opens this scope: a session opens all, a token what it names."""
        return self.scopes is None or scope in self.scopes


class Basis(StrEnum):
    """By what right someone acts for another (代办依据)."""

    LETTER = "letter"  # 授权委托书
    GUARDIAN = "guardian"  # 监护
    LEGAL_REP = "legal_rep"  # 法定代表人
    OPERATOR = "operator"  # 经办人


@dataclass(frozen=True, slots=True)
class Agent(_OutsideTheOffice):
    """A person who signed in and acts for someone else (代办人): one person or one firm, by one ground at a time.

    principal  the person acted for; None where that is a firm
    firm       the unified social credit code of the firm acted for, else ""
    items      codes of the items it is good for; empty: all that the principal may do
    until_on   the first day on which it is good no more, None while open
    ground     which guardianship, letter or office of a firm it stands on: the row's id
    """

    person: int
    principal: int | None
    firm: str
    basis: Basis
    level: int
    items: frozenset[str] = frozenset()
    until_on: date | None = None
    channel: str = "web"
    scopes: frozenset[str] | None = None
    ground: int = 0

    @property
    def key(self) -> str:
        return f"person:{self.person}"

    def allows(self, scope: str) -> bool:
        """Say whether what the asker came in with opens this scope: a session opens all, a token what it names."""
        return self.scopes is None or scope in self.scopes

    def covers(self, item: str) -> bool:
        """Say whether the item lies within what the agent may do (代理权限)."""
        return not self.items or item in self.items

    def alone(self) -> Resident:
        """Return the same human asking for themselves."""
        return Resident(self.person, self.level, self.channel, self.scopes)


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
class System(_OutsideTheOffice):
    """The house itself (系统): a timer, a load of reference data, the first entry into an empty database."""

    name: str

    @property
    def key(self) -> str:
        return f"system:{self.name}"

    @property
    def channel(self) -> str:
        return "system"

    def allows(self, scope: str) -> bool:
        """Say whether the house may do this: it may, by command only, never by a door."""
        return True


Applicant = Resident | Agent
"""Who applies: for themselves or for another."""
Asker = Public | Resident | Agent | Staff | System


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


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a session says of one who acts for another: who signed in, and the ground that they chose."""

    resident: Resident
    basis: Basis
    ground: int


def session_word(asker: Resident | Agent | Staff) -> str:
    """Return the one word a session keeps: person:ID:level:channel, with :basis:ID for an agent, or staff:ID."""
    if isinstance(asker, Staff):
        return asker.key
    word = f"{asker.key}:{asker.level}:{asker.channel}"
    return f"{word}:{asker.basis.value}:{asker.ground}" if isinstance(asker, Agent) else word


def read_session_word(word: str) -> Resident | Chosen | int | None:
    """Return who a session's word means: a resident, one for another, a staff id, or None if we never wrote it."""
    if found := _STAFF_WORD.fullmatch(word):
        return int(found[1])
    found = _PERSON_WORD.fullmatch(word)
    if found is None:
        return None
    resident = Resident(int(found["person"]), int(found["level"]), found["channel"])
    return Chosen(resident, Basis(found["basis"]), int(found["ground"])) if found["basis"] else resident
