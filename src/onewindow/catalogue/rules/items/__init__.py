"""A service item (政务服务事项) as values: what is asked, typed, brought, checked, paid and given, and by which law.

Every row carries its mark: S seen in a text, K known and not seen, U unsure, D our own or a demo value. A row that is
U or D is shown as not yet confirmed (尚未确认).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onewindow.catalogue.rules.conditions import Condition
from onewindow.catalogue.rules.items.marks import NOTHING, UNCONFIRMED, is_confirmed
from onewindow.catalogue.rules.items.questions import Derived, Number, Option, Question
from onewindow.catalogue.rules.items.rows import (
    BASES,
    Actor,
    Answered,
    Applicants,
    Chain,
    Channels,
    Collected,
    Collecting,
    Deciding,
    Delegation,
    Everyday,
    Fee,
    Field,
    Ground,
    LimitRow,
    Lookup,
    NoticePeriod,
    Paper,
    Precondition,
    Result,
    Said,
    Source,
    Step,
    Term,
    Unlimited,
    Way,
)
from onewindow.core.words import Words

LICENCE = "01"  # 行政许可, GB/T 39046-2020 A.1


class Depth(StrEnum):
    """How far an item is carried (深度)."""

    FULL = "full"  # questions, fields, papers with conditions
    LISTED = "listed"  # the facts there are, a general form, and the gaps said


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


__all__ = [
    "BASES",
    "CONDITIONAL",
    "LICENCE",
    "NOTHING",
    "UNCONFIRMED",
    "Actor",
    "Answered",
    "Applicants",
    "Chain",
    "Channels",
    "Collected",
    "Collecting",
    "Deciding",
    "Delegation",
    "Depth",
    "Derived",
    "Everyday",
    "Fee",
    "Field",
    "Ground",
    "Item",
    "LimitRow",
    "Lookup",
    "NoticePeriod",
    "Number",
    "Option",
    "Paper",
    "Precondition",
    "Question",
    "Result",
    "Said",
    "Source",
    "Step",
    "Term",
    "Unlimited",
    "Way",
    "is_confirmed",
]
