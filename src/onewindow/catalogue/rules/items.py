"""A service item (政务服务事项) as values: what is asked, typed, brought, checked, paid and given, and by which law.

Every row carries its mark: S seen in a text, K known and not seen, U unsure, D our own or a demo value. A row that is
U or D is shown as not yet confirmed (尚未确认).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from onewindow.calendars.rules import Limit, day_words
from onewindow.catalogue.rules.conditions import Condition
from onewindow.core.words import Words

NOTHING = Words("", "")
UNCONFIRMED = Words("尚未确认", "not yet confirmed")
LICENCE = "01"  # 行政许可, GB/T 39046-2020 A.1


def is_confirmed(mark: str) -> bool:
    """Say whether a value may be shown as real: it was seen in a text, or is known in the trade (信心标记)."""
    return mark in ("S", "K")


class Depth(StrEnum):
    """How far an item is carried (深度)."""

    FULL = "full"  # questions, fields, papers with conditions
    LISTED = "listed"  # the facts there are, a general form, and the gaps said


class Way(StrEnum):
    """How a paper comes to the office (材料形式)."""

    UPLOAD = "upload"  # a picture or file of it is enough until the end
    BRING = "bring"  # the thing itself: it is endorsed, taken back or looked at
    SYSTEM = "system"  # the office looks it up
    FORM = "form"  # made from what was typed
    ON_SITE = "on_site"  # made at the counter, like fingerprints


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from (选项)."""

    value: str
    text: Words


@dataclass(frozen=True, slots=True)
class Number:
    """A question or field answered by a whole number."""

    unit: Words
    least: int
    most: int
    samples: tuple[int, ...]  # values on both sides of each threshold, for the check


@dataclass(frozen=True, slots=True)
class Derived:
    """One step of working an answer out: where the condition holds, the value; the first that holds counts."""

    value: str
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before the papers are named (情形提问)."""

    key: str
    text: Words
    why: Words
    options: tuple[Option, ...]
    number: Number | None
    derive: tuple[Derived, ...]  # with any, it is never put to a person: other answers decide it (推算)
    on_day: bool  # answered by a day, such as that of an event
    ask_when: Condition | None
    answered_by: str  # person; system or both: the office's own data will confirm it
    law: str
    mark: str

    def read(self, raw: object) -> str | Fraction | None:
        """Return the answer as a value of this question, or None where it is none."""
        if raw is None or isinstance(raw, bool):
            return None
        text = str(raw).strip()
        if self.on_day:
            return text if _day(text) else None
        if self.number is None:
            return text if any(option.value == text for option in self.options) else None
        if not (text.isascii() and text.isdecimal() and len(text) < 7):
            return None
        return Fraction(text) if self.number.least <= int(text) <= self.number.most else None

    def say(self, raw: object) -> Words:
        """Return the answer in words."""
        value = self.read(raw)
        if self.on_day:
            day = _day(str(value))
            return Words(f"{day.year}年{day_words(day).zh}", day_words(day).en) if day else NOTHING
        if self.number is not None and value is not None:
            return Words(f"{value}{self.number.unit.zh}", f"{value} {self.number.unit.en}")
        return next((option.text for option in self.options if option.value == value), NOTHING)

    def values(self) -> tuple[str, ...]:
        """Return the answers that the check walks."""
        if self.number is not None:
            return tuple(str(sample) for sample in self.number.samples)
        if self.on_day:
            return (_ANY_DAY,)
        return tuple(option.value for option in self.options)


_ANY_DAY = "2026-06-01"  # conditions never look at the day itself, so one stands for all


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form (表单字段), each key once in the whole house."""

    key: str
    name: Words
    type: str  # text, long, number, date, moment, choice, choices, yes, address, place, statement, file, slot
    check: str  # which further check its text must pass, "" for none
    hint: Words
    options: tuple[Option, ...]
    required: bool
    sensitivity: str  # class in the dictionary; "none" is no personal data
    account: str  # which of the account's data fills it in: name, id_type, id_number, phone; "" for none
    question: str  # the question whose answer is its value already; "" for none
    filled_from: Words
    note: Words
    when: Condition | None
    mark: str

    @property
    def typed(self) -> bool:
        """Whether a person types it into the form: not what an answer gave, nor pictures and appointments."""
        return not self.question and self.type not in ("file", "slot")

    @property
    def personal(self) -> bool:
        return self.sensitivity != "none"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that may be asked for (材料)."""

    key: str  # within the item
    document: str  # key of the dictionary of documents; papers merge by it and the holder
    holder: str
    name: Words
    general: Words  # the document's own name in the dictionary
    way: Way
    instead: Words  # the e-licence or shared data that can replace it, "" for none
    instead_kind: str  # licence, data or ""
    instead_mark: str
    issuer: Words
    required: bool
    one_of: str  # papers that share a word here: one of them is enough
    per: Words  # "each vehicle"
    only_if: Words  # a condition that is only text yet
    note: Words
    when: Condition | None
    upload_when: Condition | None  # where a picture of it is enough, though otherwise it is brought
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold before it can be done, who looks, and what to do otherwise (受理条件)."""

    key: str
    text: Words
    checked_by: Words
    otherwise: Words
    when: Condition | None
    fails_when: Condition | None  # the answers show by themselves that it does not hold
    stops: bool  # where it does not hold nothing can be handed in here
    after: tuple[str, ...]  # items whose result must be there first (前置事项)
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """How long before a day it must be asked for (提前申请期限): counted back in natural days, it never rolls.

    question  answered by the day, such as that of the event
    refuses   whether nothing is taken in after its last day; else the person is only told
    when      where it holds; it waits for the day
    """

    key: str
    text: Words
    question: str
    days: int
    refuses: bool
    otherwise: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Deciding:
    """Which level decides in a situation (审批层级): the first row that holds counts.

    level  1 ministry, 2 province, 3 city, 4 county; 0 the office that decided before
    """

    key: str
    level: int
    text: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """That from a day on another level decides (下放、委托): the day of receipt says which."""

    key: str
    source: int
    target: int
    since: date
    until: date | None  # its last day; None: it still holds
    text: Words
    when: Condition | None
    law: str  # the notice by number
    mark: str


@dataclass(frozen=True, slots=True)
class Unlimited:
    """That for a situation no limit on the office was found in law, said expressly (没有法定时限)."""

    key: str
    text: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit with the situation in which it holds (时限)."""

    limit: Limit
    note: Words
    when: Condition | None

    @property
    def key(self) -> str:
        return self.limit.kind.value

    @property
    def mark(self) -> str:
        return self.limit.confidence


@dataclass(frozen=True, slots=True)
class Fee:
    """What is charged (收费): shown with its mark, not collected yet."""

    key: str
    name: Words
    cents: int | None  # None: the sum is not known
    per: Words
    note: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the handling (办理流程)."""

    key: str
    text: Words
    by: Words
    on_site: bool
    document: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an application may be refused, and what can be done then (不予的情形)."""

    key: str
    text: Words
    remedy: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the person gets (审批结果)."""

    key: str
    name: Words
    holds: tuple[Words, ...]  # what stands on it
    validity: Words
    back: Words  # when it is given back or becomes void
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Term:
    """What the result says in a situation, such as how long it is valid (有效期规则)."""

    text: Words
    when: Condition | None
    mark: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its law and mark: duties afterwards, notes, gaps, facts that can be looked up."""

    text: Words
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A fact that an office's data holds, so that it need not be asked (可核查的信息)."""

    key: str
    name: Words
    where: Words
    replaces: str  # key of the question or paper it would replace
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What feeds this item, and what it feeds (前后事项)."""

    before: Words
    after: Words
    text: Words
    mark: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that people ask, with its answer (常见问题)."""

    question: Words
    answer: Words
    mark: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts were found (资料来源)."""

    key: str
    text: Words


@dataclass(frozen=True, slots=True)
class Applicants:
    """Who may apply (服务对象); codes by GB/T 39046-2020 A.4: 1 person, 2 firm, …"""

    codes: tuple[int, ...]
    text: Words
    agent: Words
    guardian: Words
    presence: Words
    law: str
    mark: str


BASES = ("self", "guardian", "letter", "unit", "other")
"""On what basis one acts: for oneself, as guardian, by a letter of authority, for a unit, or another named by law."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who may act, or who expressly may not (谁来办、能否代办), and who then must come."""

    key: str
    text: Words
    basis: str
    allowed: bool  # False: it is said that nobody may act on this basis
    comes: str  # who must come in person: none, applicant, actor, both; "" where it is not known
    presence: Words  # what for, in words
    when: Condition | None
    law: str
    mark: str


class Collected(StrEnum):
    """How the result comes to the person (领取方式)."""

    COUNTER = "counter"  # where it was accepted
    OTHER_SITE = "other_site"  # at a site other than where it was accepted
    MACHINE = "self_service"
    POST = "post"
    ON_LINE = "on_line"
    BY_OTHER = "by_other"  # someone else comes for it


@dataclass(frozen=True, slots=True)
class Collecting:
    """One of the ways in which the result may be collected (领取)."""

    key: str
    way: Collected
    text: Words
    when: Condition | None
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class Channels:
    """How it can be applied for and how often one must come (办理形式)."""

    online: str  # full, apply, book, none; inside: done where the person is already, as in a hospital
    text: Words
    visits_least: int
    visits_most: int
    why_visit: Words
    one_id: bool  # 一证通办: with the identity card alone
    scope: Words  # where in the country or province it can be done (通办范围)
    scope_mark: str


@dataclass(frozen=True, slots=True)
class Everyday:
    """A word that people use for it (口语词), and how it is read."""

    text: str
    pinyin: str = ""  # given only where the reading by rule is wrong


CONDITIONAL = (
    "papers",
    "fields",
    "preconditions",
    "limits",
    "steps",
    "refusals",
    "fees",
    "results",
    "terms",
    "actors",
    "collecting",
    "notice_periods",
    "deciding",
    "delegations",
    "no_limit",
)
"""The parts of an item whose rows hold in some situations only."""


@dataclass(frozen=True, slots=True)
class Item:
    """One service item with all that is said of it (事项)."""

    code: str
    depth: Depth
    status: str  # open, closed
    name: Words
    says: Words
    words: tuple[Everyday, ...]
    type_code: str
    type: Words
    theme: str
    department: str
    levels: tuple[int, ...]
    agency: Words
    spot: bool  # 即办件, else 承诺件
    needs_check: bool  # a vehicle check is entered before the decision
    makes_certificate: bool
    applicants: Applicants
    actors: tuple[Actor, ...]
    channels: Channels
    collecting: tuple[Collecting, ...]
    law: str
    mark: str
    questions: tuple[Question, ...]
    lookups: tuple[Lookup, ...]
    fields: tuple[Field, ...]
    papers: tuple[Paper, ...]
    preconditions: tuple[Precondition, ...]
    notice_periods: tuple[NoticePeriod, ...]
    deciding: tuple[Deciding, ...]
    delegations: tuple[Delegation, ...]
    limits: tuple[LimitRow, ...]
    no_limit: tuple[Unlimited, ...]
    steps: tuple[Step, ...]
    refusals: tuple[Ground, ...]
    fees: tuple[Fee, ...]
    results: tuple[Result, ...]
    terms: tuple[Term, ...]
    duties: tuple[Said, ...]
    chains: tuple[Chain, ...]
    faq: tuple[Answered, ...]
    notes: tuple[Said, ...]
    gaps: tuple[Words, ...]
    sources: tuple[Source, ...]
    by_key: Mapping[str, Question] = field(compare=False, repr=False)

    @property
    def closed(self) -> bool:
        return self.status == "closed"

    @property
    def full(self) -> bool:
        return self.depth is Depth.FULL

    @property
    def promised(self) -> bool:
        """Whether it is a promised case (承诺件), not one done on the spot."""
        return not self.spot

    @property
    def is_licence(self) -> bool:
        return self.type_code == LICENCE

    @property
    def ending(self) -> tuple[Condition, ...]:
        """The conditions that can show that it cannot be handed in at all: they are decided first."""
        stops = tuple(row.fails_when for row in self.preconditions if row.stops and row.fails_when is not None)
        return stops + tuple(row.when for row in self.notice_periods if row.refuses and row.when is not None)

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Yield every condition with where it stands, those of asking left out."""
        for part in CONDITIONAL:
            for place, row in enumerate(getattr(self, part)):
                if row.when is not None:
                    yield f"{part}.{getattr(row, 'key', place)}", row.when
        for paper in self.papers:
            if paper.upload_when is not None:
                yield f"papers.{paper.key}.upload_when", paper.upload_when
        for row in self.preconditions:
            if row.fails_when is not None:
                yield f"preconditions.{row.key}.fails_when", row.fails_when
