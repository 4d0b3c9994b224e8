"""The rows of an item (事项各部分): what is typed, brought, checked, paid and given; each with its law and its mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onewindow.calendars.rules import Limit
from onewindow.catalogue.rules.conditions import Condition
from onewindow.catalogue.rules.items.questions import Option
from onewindow.core.words import Words


class Way(StrEnum):
    """How a paper comes to the office (材料形式)."""

    UPLOAD = "upload"  # a picture or file of it is enough until the end
    BRING = "bring"  # the thing itself: it is endorsed, taken back or looked at
    SYSTEM = "system"  # the office looks it up
    FORM = "form"  # made from what was typed
    ON_SITE = "on_site"  # made at the counter, like fingerprints


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
