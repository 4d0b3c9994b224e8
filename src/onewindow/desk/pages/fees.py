"""Fees at the desk (收费): the fee block of a case, and the day-end list of a site, put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Staff
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.journal import Entry, facts_of
from onewindow.core.words import Words
from onewindow.desk.fee_forms import (
    CloseForm,
    CountForm,
    FeeForm,
    RefundForm,
    ReopenForm,
    TakeForm,
    TillForm,
    VoidForm,
    WaiveForm,
)
from onewindow.desk.pages.work import frame
from onewindow.look.parts import Event, Link
from onewindow.payments import queries
from onewindow.payments.commands import TillKey
from onewindow.payments.rules import Act, Charge, Line, Posting, Status, Tally, Way
from onewindow.places import queries as places

WAYS: dict[Way | None, Words] = {
    Way.CASH: Words("现金", "Cash"),
    Way.POS: Words("刷卡或扫码", "Card or code"),
    None: Words("免收", "Waived"),
}
STATUSES = {
    Status.FREE: Words("不收费", "No fee"),
    Status.DUE: Words("待缴", "To be paid"),
    Status.PAID: Words("已缴", "Paid"),
    Status.WAIVED: Words("免收", "Waived"),
    Status.VOID: Words("原收款已作废，待重收", "Undone, to be taken again"),
    Status.REFUNDED: Words("已退付", "Given back"),
}
ACTS = {
    Act.CHARGE: Words("核收", "Charged"),
    Act.COUNT: Words("核定数量", "Counted"),
    Act.TAKE: Words("收款", "Taken"),
    Act.WAIVE: Words("免收", "Waived"),
    Act.VOID: Words("作废", "Undone"),
    Act.REFUND: Words("退付", "Given back"),
}
BUTTONS = {
    Act.TAKE: Words("收款，开收据", "Take it and give a receipt"),
    Act.COUNT: Words("核定数量", "Set the numbers"),
    Act.WAIVE: Words("免收", "Waive the fee"),
    Act.VOID: Words("作废，退钱重收", "Undo it: give back, take again"),
    Act.REFUND: Words("退付，不再收", "Give it back for good"),
}
LAW_MISSING = Words("依据未载明", "basis not stated")
NOT_CONFIRMED = Words("金额尚未确认，不收", "sum not yet confirmed, not charged")


def yuan(cents: int) -> Words:
    """Say a sum of money with its 分 (金额)."""
    text = f"{cents / 100:,.2f}"
    return Words(f"{text} 元", f"{text} yuan")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a charge in words."""

    name: Words
    each: Words
    total: Words
    said: Words
    crossed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One act that may be done now: its form, address and button."""

    form: FeeForm
    url: str
    button: Words
    open: bool


def block(asker: Staff, subject: str, bound: FeeForm | None = None) -> dict[str, Any]:
    """Return what desk/part_fees.html shows of a case's fee: {"fee": None} where there is none for this asker (收费块).

    bound    the form that was sent and refused
    queries  3
    """
    try:
        charge = queries.charge_for(asker, subject)
    except NotFound:
        return {"fee": None}
    entries = queries.history_for(asker, subject)
    names = accounts.staff_names(entry.staff for entry in entries if entry.staff)
    return {
        "fee": {
            "subject": subject,
            "rows": [_row(line) for line in charge.lines],
            "total": yuan(charge.cents),
            "status": STATUSES[charge.status or Status.FREE],
            "owed": charge.open,
            "receipt": charge.receipt,
            "way": WAYS[charge.way] if charge.way else None,
            "law": charge.law,
            "at": charge.at,
            "steps": _steps(charge, asker, bound),
            "others": charge.status in (Status.PAID, Status.WAIVED) and charge.by == asker.id,
            "events": [_event(entry, names, asker) for entry in reversed(entries)],
        }
    }


def charge_page(asker: Staff, subject: str, bound: FeeForm | None = None) -> dict[str, Any]:
    """Return the page of one charge.

    raises  NotFound
    """
    charge = queries.charge_for(asker, subject)
    site = places.site(charge.site).name
    return {**frame(asker, "fees"), "subject": subject, "site": site, **block(asker, subject, bound)}


def _row(line: Line) -> Row:
    each = yuan(line.cents or 0) if line.confirmed else Words("—", "–")
    times = Words(f" × {line.count} {line.per.zh}".rstrip(), f" × {line.count}")
    tail = times if line.confirmed and line.cents else Words("", "")
    law = Words(line.law, line.law) if line.law else LAW_MISSING
    said = [NOT_CONFIRMED] if not line.confirmed else [law] if line.cents else []
    said += [line.note] if line.note.zh else []
    return Row(
        name=line.name,
        each=Words(each.zh + tail.zh, each.en + tail.en),
        total=yuan(line.sum_cents),
        said=Words("；".join(words.zh for words in said), "; ".join(words.en for words in said)),
        crossed=not line.count or not line.confirmed,
    )


def _steps(charge: Charge, asker: Staff, bound: FeeForm | None) -> list[Step]:
    forms: list[FeeForm] = []
    if charge.open:
        forms = [
            TakeForm(version=charge.version),
            CountForm(version=charge.version, lines=charge.lines),
            WaiveForm(version=charge.version),
        ]
    elif charge.by != asker.id and charge.status in (Status.PAID, Status.WAIVED):
        forms = [VoidForm(version=charge.version)]
        forms += [RefundForm(version=charge.version)] if charge.status is Status.PAID else []
    sent = bound.act if bound is not None else None
    return [
        Step(
            form=bound if bound is not None and form.act is sent else form,
            url=reverse(f"desk:fee-{form.act.value}", args=[charge.subject]),
            button=BUTTONS[form.act],
            open=form.act is (sent or Act.TAKE),
        )
        for form in forms
    ]


def _event(entry: Entry, names: dict[int, str], asker: Staff) -> Event:
    facts, act = facts_of(entry), Act(entry.act.removeprefix("charge."))
    said = [yuan(facts["cents"])] if "cents" in facts else []
    said += [WAYS[Way(facts["way"])]] if facts.get("way") else []
    said += [Words(facts[name], facts[name]) for name in ("receipt", "law") if facts.get(name)]
    name = names.get(entry.staff or 0, "")
    who = Words("您", "you") if entry.staff == asker.id else Words(name, name) if name else Words("系统", "the system")
    text = Words("，".join(words.zh for words in said), ", ".join(words.en for words in said))
    return Event(ACTS[act], entry.at, who, text)


# The day-end list


def day_end(asker: Staff, site: str, day: date, at: datetime, bound: TillForm | None = None) -> dict[str, Any]:
    """Return the day-end list of a site (收款日结).

    raises   NotFound
    """
    found, sites = queries.day_end_for(asker, site, day), queries.sites_of(asker)
    names, here = accounts.staff_names(till.clerk for till in found.tills), reverse("desk:fees")
    return {
        **frame(asker, "fees"),
        "site": site,
        "site_name": places.site(site).name,
        "day": day,
        "today": day_of(at),
        "printed_at": at,
        "tabs": [Link(f"{here}?site={each}&day={day}", places.site(each).name, each == site) for each in sites],
        "sums": [_sum(row) for row in (*found.sums[:2], found.money, found.sums[2])],
        "money": yuan(found.money.net_cents),
        "receipts": found.receipts,
        "given": found.money.count,
        "tills": [_till(till, TillKey(site, day, till.clerk), asker, names, bound) for till in found.tills],
    }


def _sum(row: Tally) -> dict[str, Any]:
    total = row.way is None and row.count
    return {"row": row, "in": yuan(row.cents), "out": yuan(row.undone_cents), "net": yuan(row.net_cents), "bold": total}


def _till(
    till: queries.Till, key: TillKey, asker: Staff, names: dict[int, str], bound: TillForm | None
) -> dict[str, Any]:
    mine = bound is not None and bound.data.get("clerk") == str(till.clerk)
    form: TillForm | None = None
    if till.closed_at is None:
        form = bound if mine and isinstance(bound, CloseForm) else CloseForm(till=key, version=till.version)
    elif asker.id not in (till.clerk, till.closed_by):
        form = bound if mine and isinstance(bound, ReopenForm) else ReopenForm(till=key, version=till.version)
    over = None if till.counted_cents is None else till.counted_cents - till.cash_cents
    return {
        "who": names.get(till.clerk, str(till.clerk)),
        "me": till.clerk == asker.id,
        "lines": [_posting(line) for line in till.postings],
        "sums": [{**_sum(row), "way": WAYS[row.way]} for row in till.sums],
        "cash": yuan(till.cash_cents),
        "closed_at": till.closed_at,
        "counted": yuan(till.counted_cents or 0),
        "differs": yuan(over) if over else None,
        "form": form,
        "bound": mine,
    }


def _posting(line: Posting) -> dict[str, Any]:
    return {
        "at": line.at,
        "subject": line.subject,
        "act": ACTS[line.act],
        "way": WAYS[line.way],
        "receipt": line.receipt,
        "cents": yuan(line.signed_cents),
    }
