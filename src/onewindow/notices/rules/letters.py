"""Letters (文书): the snapshot that a caller gives, and the document that is made of it, in either language.

A letter is made of its snapshot alone, so the same snapshot always makes the same letter, whatever has happened since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from string import Formatter
from typing import Any

from onewindow.core import canonical
from onewindow.core.words import Words
from onewindow.notices.rules.decisions import DECISIONS
from onewindow.notices.rules.money import capital_yuan
from onewindow.notices.rules.wording import FORMS, Form, Kind, Sentence

HEADINGS: Mapping[Kind, Form] = {**FORMS, **DECISIONS}
LANGUAGES = ("zh", "en")

_MONTHS = "January February March April May June July August September October November December".split()
_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}")
_SUBJECT = re.compile(r"[0-9A-Za-z-]{1,24}")

Fact = Words | date
"""What a sentence has a place for: a pair of texts, or a day."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of what a letter says at a glance (栏目): a label and its value."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A list of papers, sums or changes (清单): each line has as many cells as the head."""

    head: tuple[Words, ...]
    lines: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, or one thing to be corrected, with the law that asks for it (理由和依据)."""

    text: Words
    law: Words | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a letter is made of (文书内容): texts in both languages, given by the room that knows the matter.

    subject   the case's number; seq that of the journal entry which the letter tells of
    number    of the letter itself (文书编号)
    code      by which a stranger checks it (验证码), from queries.code_for
    office    who signs; site where the person can come
    addressee in clear: the name in both languages, or the firm's
    issued_on the date under the letter, local
    licence   whether the Licensing Law applies (item type 01)
    variant   which of its kind's sentences are true, "" where the kind has only one
    facts     what those sentences need: see HEADINGS[kind].facts and .variants
    law       of this act, where it is another than the Licensing Law's own article
    cents     what was paid, for a fee receipt
    rights    review and lawsuit, from remedies(); a letter that says no must have them
    seal      the text around a drawn seal, "" for none: a drawn seal is no electronic seal
    """

    kind: Kind
    subject: str
    seq: int
    number: str
    code: str
    office: Words
    site: Words
    addressee: Words
    item: Words
    issued_on: date
    licence: bool
    demo: bool
    variant: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    law: Words | None = None
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    reasons: tuple[Reason, ...] = ()
    cents: int | None = None
    rights: tuple[Words, ...] = ()
    seal: str = ""

    def __post_init__(self) -> None:
        if fault := _fault(self):
            raise ValueError(f"{self.kind} letter: {fault}")


def snapshot(letter: Letter) -> str:
    """Return the letter as canonical JSON (文书快照), its digest the same wherever it is made."""
    return canonical.text(_plain(letter))


def day_words(day: date) -> Words:
    """Say a day as letters do (日期): 2026年11月24日, 24 November 2026."""
    return Words(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def remedies(*, review_by: Words, court: Words) -> tuple[Words, ...]:
    """Return what a person can do against a decision (救济途径).

    review_by  the body that takes the application for review
    law        行政复议法 §20; 行政诉讼法 §46
    """
    return (
        Words(
            "不服本决定的，可以自收到本决定书之日起六十日内，向{review_by}申请行政复议（《中华人民共和国行政复议法》第二十条）。",
            "If you disagree with this decision, you may within sixty days of receiving it apply to {review_by} for"
            " administrative review (Administrative Reconsideration Law, Article 20).",
        ).fill(review_by=review_by),
        Words(
            "也可以自收到本决定书之日起六个月内，向{court}提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。",
            "You may also, within six months of receiving it, bring a lawsuit before {court} (Administrative"
            " Litigation Law, Article 46).",
        ).fill(court=court),
    )


def document(letter: Letter, language: str) -> dict[str, Any]:
    """Return what stands on the pages (文书版面), as plain values for the press.

    language  zh, which has effect, or en, for information
    """
    form = HEADINGS[letter.kind]
    title = form.licence_title if letter.licence and form.licence_title else form.title
    words = _filled(letter, form)

    def said(pair: Words) -> str:
        return pair.pick(language)

    def told(sentences: tuple[Sentence, ...]) -> list[str]:
        return [said(sentence.text.fill(**words)) for sentence in sentences if _true(sentence, letter)]

    return {
        "language": language,
        "sheet": form.sheet,
        "demo": letter.demo,
        "title": said(title),
        "office": said(letter.office),
        "number": letter.number,
        "code": letter.code,
        "case": letter.subject,
        "addressee": said(letter.addressee),
        "opening": told(form.opening),
        "rows": [[said(row.label), said(row.value)] for row in (*letter.rows, *_total(letter))],
        "table": _table(letter.table, language),
        "reasons_head": said(form.reasons) if form.reasons else "",
        "reasons": [[said(reason.text), said(reason.law) if reason.law else ""] for reason in letter.reasons],
        "closing": told(form.closing),
        "rights": [said(right) for right in letter.rights],
        "signs": [said(line) for line in form.signs],
        "day": said(day_words(letter.issued_on)),
        "issued_on": [letter.issued_on.year, letter.issued_on.month, letter.issued_on.day],
        "seal": letter.seal,
    }


def _filled(letter: Letter, form: Form) -> dict[str, Words]:
    law = letter.law or (form.basis.get(letter.variant) if letter.licence else None)
    basis = Words("依照{law}，", " ({law})").fill(law=law) if law else Words("", "")
    facts = {name: day_words(fact) if isinstance(fact, date) else fact for name, fact in letter.facts.items()}
    return {**facts, "item": letter.item, "site": letter.site, "basis": basis}


def _true(sentence: Sentence, letter: Letter) -> bool:
    return sentence.variant in (None, letter.variant) and sentence.licence in (None, letter.licence)


def _total(letter: Letter) -> tuple[Row, ...]:
    if letter.cents is None:
        return ()
    digits = f"¥{letter.cents // 100:,}.{letter.cents % 100:02}"
    total = Words(f"{digits}（{capital_yuan(letter.cents)}）", digits)
    return (Row(Words("合计", "Total"), total),)


def _table(table: Table | None, language: str) -> list[list[str]]:
    return [[cell.pick(language) for cell in line] for line in (table.head, *table.lines)] if table else []


def _fault(letter: Letter) -> str:
    """Say what is wrong with a letter: it is never sent with a gap."""
    form = HEADINGS[letter.kind]
    if letter.variant not in form.variants:
        return f"no variant {letter.variant!r}"
    if missing := (form.facts | form.variants[letter.variant]) - letter.facts.keys():
        return f"facts are missing: {', '.join(sorted(missing))}"
    checks = {
        "a decision that says no names review and lawsuit": form.rights and len(letter.rights) < 2,
        "reasons are missing": form.reasons is not None and not letter.reasons,
        "the sum is missing": (letter.kind is Kind.FEE_RECEIPT) != (letter.cents is not None),
        "a line of the table has too few or too many cells": letter.table is not None and _uneven(letter.table),
        "the code is not one of queries.code_for": not _CODE.fullmatch(letter.code),
        "the subject is no case number": not _SUBJECT.fullmatch(letter.subject),
        "the entry's number is none": not 1 <= letter.seq <= 9999,
        "a name is missing": not all((letter.number, *letter.office, *letter.addressee, *letter.item)),
        "a fact has a text in one language only": any(
            not all(fact) for fact in letter.facts.values() if not isinstance(fact, date)
        ),
    }
    return next((fault for fault, found in checks.items() if found), "")


def _uneven(table: Table) -> bool:
    return not table.head or any(len(line) != len(table.head) for line in table.lines)


def _plain(value: object) -> object:
    if isinstance(value, Words):
        return [value.zh, value.en]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Letter | Row | Table | Reason):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value


def places(sentence: Sentence) -> frozenset[str]:
    """Return the facts that a sentence has places for (所需内容)."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence.text.zh + sentence.text.en) if name)
