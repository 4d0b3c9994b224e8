"""A limit is data (时限): how long, in which unit, from what and until what, and what stops it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from onewindow.core.errors import Refusal
from onewindow.core.words import Words


class Kind(Enum):
    """What a limit is for (时限种类)."""

    STATUTORY = "statutory"  # 法定办结时限
    PROMISED = "promised"  # 承诺办结时限
    TELL = "tell"  # 一次性告知补正
    ISSUE = "issue"  # 颁发送达
    INNER = "inner"  # 部门间的内部环节
    REVIEW = "review"  # 申请人提出的复查、复核
    OWN = "own"  # 申请人自己的期限

    @property
    def by_law(self) -> bool:
        """Whether missing it breaks a law and not only a promise."""
        return self in (Kind.STATUTORY, Kind.TELL, Kind.ISSUE, Kind.REVIEW)


class Unit(Enum):
    """What a limit is counted in (时限单位)."""

    WORKDAY = "workday"  # 工作日, halves allowed
    DAY = "day"  # 日(自然日)
    OPENING_HOUR = "opening_hour"  # 办公小时
    HOUR = "hour"  # 小时
    SPOT = "spot"  # 当场
    MONTH = "month"  # 月
    YEAR = "year"  # 年
    BEFORE = "before"  # before an event, without a number of days in the law

    @property
    def in_days(self) -> bool:
        """Whether whole days pass, so that a pause can take days out."""
        return self in (Unit.WORKDAY, Unit.DAY)


class Reason(Enum):
    """Why a licence's clocks may stand still (除外时间, 行政许可法 §45); a site check (§34) is none of them."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERTS = "experts"


REASON_WORDS = {
    Reason.HEARING: Words("听证", "hearing"),
    Reason.TENDER: Words("招标", "tender"),
    Reason.AUCTION: Words("拍卖", "auction"),
    Reason.INSPECTION: Words("检验", "inspection"),
    Reason.TESTING: Words("检测", "testing"),
    Reason.QUARANTINE: Words("检疫", "quarantine"),
    Reason.APPRAISAL: Words("鉴定", "appraisal"),
    Reason.EXPERTS: Words("专家评审", "expert review"),
}
LICENSING_45 = frozenset(Reason)
"""The eight reasons of art. 45: every licence (item type 01) may pause for them and for nothing else."""
LAW_45 = "行政许可法 第45条"
_HEAD = Words("本行政机关负责人", "head of the office")
_NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a limit may be lengthened, or has been (延长): by a number, or to a total; in the limit's unit.

    granted_on  None in the catalogue; on a clock the local day on which the named head granted it
    approver    who may grant it
    """

    by: int = 0
    to: int = 0
    approver: Words = _HEAD
    law: str = ""
    granted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as the catalogue holds it (时限).

    number      halves allowed for working days; 0 on the spot
    starts      the act it counts from ("from"): submitted, received, accepted, decided, or a named act
    until       the act that ends it: decided, made, delivered
    pauses      the reasons for which its law lets it stand still
    extension   how far it can be lengthened; None: not at all
    confidence  S seen, K known, U unsure, D a demo value
    """

    kind: Kind
    number: Fraction
    unit: Unit
    starts: str = "accepted"
    until: str = "decided"
    pauses: frozenset[Reason] = frozenset()
    extension: Extension | None = None
    law: str = ""
    confidence: str = "U"
    text: Words = _NOTHING

    @property
    def runs(self) -> bool:
        """Whether a due date can be computed: not where the law says only "before" something."""
        return self.unit is not Unit.BEFORE


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that is not counted (中止计时): local days [day of the pause notice, day of resuming)."""

    start: date
    end: date | None = None
    reason: Reason | None = None
    law: str = LAW_45


_UNITS = {
    "workday": Unit.WORKDAY,
    "working day": Unit.WORKDAY,
    "wd": Unit.WORKDAY,
    "个工作日": Unit.WORKDAY,
    "工作日": Unit.WORKDAY,
    "day": Unit.DAY,
    "natural day": Unit.DAY,
    "日": Unit.DAY,
    "天": Unit.DAY,
    "自然日": Unit.DAY,
    "opening hour": Unit.OPENING_HOUR,
    "个办公小时": Unit.OPENING_HOUR,
    "办公小时": Unit.OPENING_HOUR,
    "hour": Unit.HOUR,
    "clock hour": Unit.HOUR,
    "小时": Unit.HOUR,
    "个小时": Unit.HOUR,
    "month": Unit.MONTH,
    "个月": Unit.MONTH,
    "月": Unit.MONTH,
    "year": Unit.YEAR,
    "年": Unit.YEAR,
}
_SPOT = {"on the spot", "spot", "当场", "即办"}
_MOST = {Unit.WORKDAY: 400, Unit.DAY: 800, Unit.OPENING_HOUR: 2000, Unit.HOUR: 2000, Unit.MONTH: 60, Unit.YEAR: 20}


def parse_limit(text: str, kind: Kind = Kind.STATUTORY) -> Limit:
    """Return the limit that a person wrote: "5 workdays", "0.5 workdays", "15 days", "2 opening-hours", "on the spot".

    text    also "4 hours", "1 month", "5 个工作日", "当场"; a kind may stand before it: "promised 5 workdays"
    raises  Refusal calendar.limit
    """
    words = re.sub(r"[-_\s]+", " ", text.strip().lower())
    first, _, rest = words.partition(" ")
    if first in {each.value for each in Kind}:
        kind, words = Kind(first), rest
    if words in _SPOT:
        return Limit(kind, Fraction(0), Unit.SPOT)
    found = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,4})?) ?(.+)", words)
    name = found[2] if found else ""
    unit = _UNITS.get(name) or _UNITS.get(name.removesuffix("s"))
    if not found or unit is None:
        raise Refusal("calendar.limit", text=text)
    return checked(Limit(kind, Fraction(found[1]), unit))


def checked(limit: Limit) -> Limit:
    """Return the limit if it can be counted: a number above 0, whole but for half working days and hours.

    raises  Refusal calendar.limit
    """
    number, unit = limit.number, limit.unit
    if unit in (Unit.SPOT, Unit.BEFORE):
        fits = number == 0 or unit is Unit.BEFORE
    else:
        parts = {Unit.WORKDAY: (1, 2)}.get(unit, (1,))
        fits = 0 < number <= _MOST[unit] and (unit in (Unit.OPENING_HOUR, Unit.HOUR) or number.denominator in parts)
    if not fits:
        raise Refusal("calendar.limit", text=f"{float(number):g} {unit.value}")
    return limit


def pause_for(limit: Limit, reason: Reason, start: date, law: str = LAW_45) -> Pause:
    """Return the pause that begins with a notice on the day, if the limit's law knows the reason (特别程序).

    raises  Refusal calendar.pause
    law     行政许可法 §45
    """
    if reason not in limit.pauses:
        raise Refusal("calendar.pause", reason=reason.value)
    return Pause(start, None, reason, law)
