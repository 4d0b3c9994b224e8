"""The letters of a case (文书): made of its journal up to the act that each tells of, and of nothing later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.cases.models import Case
from onewindow.cases.queries.allowed import Asker
from onewindow.cases.queries.letter_texts import ENDED, MAKERS, TAKEN, Told, addressee, remedies_of, sums_of, title_of
from onewindow.cases.queries.one import case_for, entries, events, need_of, remarks_of
from onewindow.cases.queries.one import state_of as fold_of
from onewindow.cases.rules import LIFE, Act, State, after, fold
from onewindow.catalogue import queries as catalogue
from onewindow.core import installation, journal
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.notices import queries as notices
from onewindow.notices.rules import HEADINGS, LANGUAGES, Kind, Letter, document
from onewindow.places import queries as places


@dataclass(frozen=True, slots=True)
class Issuable:
    """A letter that an act of the case calls for, and what is issued of it so far (应出文书).

    on  the day that stands on it
    """

    seq: int
    kind: Kind
    title: Words
    number: str
    on: date
    issued: tuple[notices.Kept, ...]


def kind_of(entry: journal.Entry, state: State) -> Kind | None:
    """Return which letter an act calls for, None for none; `state` is the case's before the act (应出文书).

    law  行政许可法 §32, §38, §42, §44, §45, §47, §69, each named by the table of a case's life
    """
    act = Act(entry.act.removeprefix("case."))
    if act is Act.SUBMIT:
        return Kind.RECEIPT
    if act in ENDED:
        return Kind.TERMINATION
    cell = LIFE.get((state.stage, act))
    return Kind(cell.letter) if cell and cell.letter else None


def letters_for(asker: Asker, number: str) -> tuple[Issuable, ...]:
    """Return every letter that the case's acts call for, with those that are issued (文书清单).

    raises   NotFound
    queries  3
    """
    return letters_in(case_for(asker, number), entries(number))


def letters_in(case: Case, chain: Sequence[journal.Entry]) -> tuple[Issuable, ...]:
    """Return every letter that the acts of a case at hand call for; who may know of it is seen to (one query)."""
    kept: dict[tuple[int, Kind], tuple[notices.Kept, ...]] = {}
    for each in notices.letters_of(case.number):
        kept[each.seq, each.kind] = (*kept.get((each.seq, each.kind), ()), each)
    found, state, licence = [], None, need_of(case).licence
    for entry, event in zip(chain, events(chain), strict=True):
        before = state or fold([event])
        state = after(state, event) if state else before
        if kind := kind_of(entry, before):
            number, on = number_of(case, entry), day_of(entry.noted_at)
            issued = kept.get((entry.seq, kind), ())
            found.append(Issuable(entry.seq, kind, title_of(kind, licence), number, on, issued))
    for (seq, kind), languages in kept.items():
        if kind is Kind.FEE_RECEIPT:
            first = languages[0]
            found.append(Issuable(seq, kind, first.title, first.number, first.issued_on, languages))
    return tuple(found)


def number_of(case: Case, entry: journal.Entry) -> str:
    """Return the number of the letter that tells of an act (文号)."""
    return f"{case.number}-{entry.seq:02d}"


def letter_for(asker: Asker, number: str, seq: int) -> Letter:
    """Return the letter of one act, from the case's own journal up to it: the same whenever it is asked (文书快照).

    raises  NotFound where there is no such act, or it calls for no letter
    """
    case = case_for(asker, number)
    chain = entries(number)
    if not 0 < seq <= len(chain):
        raise NotFound(number)
    entry = chain[seq - 1]
    before = fold_of(chain[: seq - 1] or chain[:1])
    kind = kind_of(entry, before)
    if kind is None:
        raise NotFound(number)
    told = Told(
        case=case,
        item=catalogue.item(case.item, case.edition),
        entry=entry,
        facts=journal.facts_of(entry),
        state=fold_of(chain[:seq]),
        before=before,
        chain=tuple(chain[:seq]),
        remark=remarks_of(case).get(seq, ""),
    )
    return _letter(told, kind)


def fee_receipt_for(asker: Asker, number: str, seq: int) -> Letter:
    """Return the receipt of a fee that was taken for the case (收费收据), from the charge's own journal.

    seq     of the taking in the charge's chain
    raises  NotFound where nothing was taken by that entry
    """
    case = case_for(asker, number)
    chain = journal.chain("charge", number)[:seq]
    if len(chain) != seq or not chain or chain[-1].act != "charge.take":
        raise NotFound(number)
    taken, facts = chain[-1], journal.facts_of(chain[-1])
    office = places.office(case.office).name
    return Letter(
        kind=Kind.FEE_RECEIPT,
        subject=number,
        seq=seq,
        number=facts["receipt"],
        code=notices.code_for(number, seq, Kind.FEE_RECEIPT),
        office=office,
        site=places.site(case.site).name,
        addressee=addressee(case),
        item=catalogue.item(case.item, case.edition).name,
        issued_on=day_of(taken.noted_at),
        licence=need_of(case).licence,
        demo=installation.is_demo(),
        facts={"paid_on": day_of(taken.at), "way": TAKEN[facts["way"]]},
        table=sums_of(chain),
        cents=facts["cents"],
    )


def sheet_for(asker: Asker, number: str, seq: int, kind: str, language: str) -> dict[str, Any]:
    """Return what stands on a letter of the case, to read in a browser: the document that the press sets (文书版面).

    raises  NotFound where the asker may not know of the case, or it calls for no such letter
    """
    if language not in LANGUAGES:
        raise NotFound(number)
    letter = (fee_receipt_for if kind == Kind.FEE_RECEIPT else letter_for)(asker, number, seq)
    if letter.kind != kind:
        raise NotFound(number)
    return document(letter, language)


def _letter(told: Told, kind: Kind) -> Letter:
    case, demo = told.case, installation.is_demo()
    office = places.office(case.office).name
    more = MAKERS[kind](told)
    if HEADINGS[kind].rights:
        more = {**more, "rights": remedies_of(case)}
    return Letter(
        kind=kind,
        subject=case.number,
        seq=told.entry.seq,
        number=number_of(case, told.entry),
        code=notices.code_for(case.number, told.entry.seq, kind),
        office=office,
        site=places.site(case.site).name,
        addressee=addressee(case),
        item=told.item.name,
        issued_on=day_of(told.entry.noted_at),
        licence=need_of(case).licence,
        demo=demo,
        seal=office.zh if demo else "",
        **more,
    )
