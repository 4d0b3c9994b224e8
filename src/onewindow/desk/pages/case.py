"""The page of a case as a clerk sees it (办件页)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Staff
from onewindow.cases import queries
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.desk.forms import SendBackForm, StepForm, UnmaskForm
from onewindow.desk.pages import acts, given, history, offers, standing
from onewindow.desk.pages.work import frame
from onewindow.look import masks
from onewindow.look.letters import laid_out, sheets
from onewindow.payments import queries as payments
from onewindow.places import queries as places


def case(
    asker: Staff,
    number: str,
    at: datetime,
    *,
    bound: StepForm | None = None,
    asking: UnmaskForm | None = None,
    opened: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the page of a case.

    bound   the form of an act that was refused: it is shown again in its place, with what was typed
    asking  the form by which something masked was asked for
    opened  what may be read this once: "name" or a field's key → text
    raises  NotFound
    """
    page = queries.case_page_for(asker, number, at=at)
    item, today, opened = catalogue.item(page.case.item, page.case.edition), day_of(at), opened or {}
    offer = offers.Offer(page, asker, at)
    form, found = offer.form, acts.allowed(page, asker)
    values = given.values(item, form, opened)
    names = accounts.staff_names({*history.staff_in(page.entries), page.state.claimed_by or 0})
    teller = history.Teller(page, item, asker, names, offer)
    doable = acts.doable(page, found, offer, bound)
    return {
        **frame(asker),
        "page": page,
        "item": item,
        "today": today,
        "calendar": page.calendar,
        "name": opened.get("name") or masks.mask_name(page.row.name),
        "opened": opened,
        "site": places.site(page.case.site).name,
        "office": places.office(page.case.office).name,
        "channel": _CHANNELS.get(page.case.channel, Words(page.case.channel, page.case.channel)),
        "standing": standing.sentence(page, today),
        "steps": standing.steps(page),
        "clock": standing.clock(page, at),
        "given": values,
        "owes": page.need.unpaid and payments.stands_at(asker, page.case.site),
        "letters": sheets(queries.letters_in(page.case, page.entries), partial(_address, number)),
        "sheets": given.sheets(page.papers, item, form.answers),
        "acts": [each for each in doable if not each.side],
        "side": [each for each in doable if each.side],
        "barred": acts.barred(page, found),
        "unsent": acts.unsent(found, bound),
        "holder": _holder(page.state.claimed_by, asker, names),
        "faults": [(offer.label(fault), offer.notes.get(fault.name, "")) for fault in page.state.open_faults],
        "notice": bound.notice() if isinstance(bound, SendBackForm) else None,
        "asking": acts.asking(asking, values),
        "events": teller.all(),
        "since": teller.since(acts.version_of(bound)),
        "done": teller.just_done(at),
    }


def letter_page(asker: Staff, number: str, seq: int, kind: str, language: str) -> dict[str, Any]:
    """Return the context of desk/letter.html.

    raises  NotFound
    """
    return {
        **frame(asker),
        **laid_out(queries.sheet_for(asker, number, seq, kind, language)),
        "file_url": _address(number, "letter", seq, kind, language),
        "case_url": reverse("desk:case", args=[number]),
    }


def _address(number: str, route: str, seq: int, kind: str, language: str) -> str:
    return reverse(f"desk:{route}", args=[number, seq, kind, language])


def _holder(staff: int | None, asker: Staff, names: Mapping[int, str]) -> Words | None:
    """Say who has the case in hand, None where nobody has (办理人)."""
    if staff is None:
        return None
    name = names.get(staff, "")
    return Words("您", "you") if staff == asker.id else Words(name, name)


_CHANNELS = {
    "web": Words("网上申请", "on line"),
    "desk": Words("窗口申请", "at a counter"),
    "api": Words("经其他系统", "by another system"),
    "kiosk": Words("自助机", "at a kiosk"),
    "system": Words("系统", "system"),
}
