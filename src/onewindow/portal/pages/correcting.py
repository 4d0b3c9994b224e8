"""The correction notice and its answer (一次性补正告知、补正)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Applicant
from onewindow.cases import commands, queries
from onewindow.cases.queries import CasePage
from onewindow.cases.rules import Act, Fault, Stage, note_words
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item, PaperNeed
from onewindow.core import files, journal
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import parts, refusals
from onewindow.look.dates import date_words
from onewindow.look.inputs import Filled
from onewindow.look.sentences import NOTHING, capital
from onewindow.portal.correcting import BRING, CorrectionForm
from onewindow.portal.forms import Slot
from onewindow.portal.pages import form as shown_form
from onewindow.portal.pages import said
from onewindow.portal.pages.scene import scene_of

FIELD, PAPER = "field", "paper"
SOMETHING_ELSE = Words("另一处", "Something else")


class Told(NamedTuple):
    """One thing that a notice names: what it is, and what is wrong with it."""

    fault: Fault
    name: Words
    note: Words


class Notice(NamedTuple):
    """A correction notice as the person reads it (补正告知书)."""

    at: datetime
    closes_on: date
    told: tuple[Told, ...]
    text: str
    seq: int


def notice_of(page: CasePage, item: Item) -> Notice | None:
    """Return the last correction notice of a case, answered or not; None where there never was one."""
    entry = _last(page, Act.SEND_BACK)
    if entry is None:
        return None
    facts = journal.facts_of(entry)
    text, notes = queries.notice_words(page.remarks.get(entry.seq, ""))
    faults = [Fault.from_row(row) for row in facts.get("faults", ())]
    names = _names(item, queries.form_of(page.case).answers)
    told = tuple(
        Told(fault, names.get(fault, SOMETHING_ELSE), note_words(notes.get(fault.name, ""))) for fault in faults
    )
    return Notice(entry.at, date.fromisoformat(facts["closes_on"]), told, text, entry.seq)


def _last(page: CasePage, act: Act) -> journal.Entry | None:
    return next((entry for entry in reversed(page.entries) if entry.act == f"case.{act.value}"), None)


def _names(item: Item, answers: dict[str, Any]) -> dict[Fault, Words]:
    fields = {Fault(FIELD, field.key): field.name for field in rules.fields(item, answers)}
    papers = {Fault(PAPER, need.key, need.holder): need.name for need in rules.papers(item, answers)}
    return {name: capital(words) for name, words in {**fields, **papers}.items()}


class CorrectionPage:
    """What the page of the answer knows: the case, its notice, what was named."""

    template = "portal/correct.html"

    def __init__(self, asker: Applicant, number: str, at: datetime) -> None:
        self.asker, self.number, self.at = asker, number, at
        self.load()

    def load(self) -> None:
        """Read the case as it is now.

        raises  NotFound
        """
        self.scene = scene_of(self.asker, self.number, self.at)
        self.page, self.item = self.scene.page, self.scene.item
        self.given = queries.form_of(self.page.case)
        self.notice = notice_of(self.page, self.item)

    @property
    def is_open(self) -> bool:
        """Say whether the notice waits for an answer."""
        return self.page.state.stage is Stage.CORRECTION

    @property
    def is_answered(self) -> bool:
        """Say whether the last notice was answered, as a second click finds it."""
        answer = _last(self.page, Act.SUPPLEMENT)
        return self.notice is not None and answer is not None and answer.seq > self.notice.seq

    def form(self, data: Any = None, uploads: Any = None) -> CorrectionForm:
        """Return the form of exactly what was named."""
        named = {told.fault for told in self.notice.told} if self.notice else set()
        return CorrectionForm(
            self.item,
            self.given,
            Filled(accounts.known_for(self.asker), self.given.fields),
            [row for row in rules.fields(self.item, self.given.answers) if Fault(FIELD, row.key) in named],
            list(self._slots(named)),
            data,
            uploads,
            today=day_of(self.at),
            held=self._held(data),
            version=self.page.case.version,
        )

    def _slots(self, named: set[Fault]) -> Iterable[Slot]:
        for need in rules.wanted_papers(self.item, self.given.answers):
            fault = Fault(PAPER, need.key, need.holder)
            if fault in named:
                yield Slot(need, fault.name, "", False)

    def _held(self, data: Any) -> set[str]:
        ids = [str(value) for name, value in data.items() if name.startswith("kept ") and value] if data else []
        return set(files.digests_of(owner=self.asker.key, ids=ids[: files.MAX_ATTACHED]))

    def take(self, form: CorrectionForm) -> None:
        """Take every upload in that can be taken, whatever else is to be mended; of the others say why."""
        form.is_valid()
        for slot in form.slots:
            upload = form.cleaned_data.get(slot.id)
            if not upload:
                continue
            try:
                if (upload.size or 0) > files.MAX_BYTES:
                    raise Refusal("file.too_large", most=files.MAX_BYTES)
                id = files.receive(owner=self.asker.key, name=upload.name or "", data=upload.read(), at=self.at)
                form.keep(slot, id)
            except Refusal as refusal:
                form.put(slot.id, here(refusals.say(refusal)))

    def hand(self, **given: Any) -> None:
        """Hand the answer in; sent twice at once it is answered once.

        raises  NotFound; Refusal of commands.supplement
        """
        try:
            commands.supplement(by=self.asker, number=self.number, at=self.at, **given)
        except Refusal:
            self.load()
            if not self.is_answered:
                raise

    def context(self, form: CorrectionForm) -> dict[str, Any]:
        """Return the context of portal/correct.html."""
        self.load()
        by_name = {slot.id: slot for slot in form.slots}
        told = self.notice.told if self.notice else ()
        return {
            "number": self.number,
            "item": self.item,
            "notice": self.notice,
            "told_on": date_words(day_of(self.notice.at), self.page.calendar) if self.notice else NOTHING,
            "form": form,
            "fields": [(each, form[each.fault.key]) for each in told if each.fault.key in form.fields],
            "papers": [
                self._paper(form, by_name[each.fault.name], each) for each in told if each.fault.name in by_name
            ],
            "others": [each for each in told if each.fault.kind not in (FIELD, PAPER)],
            "today": day_of(self.at),
            "calendar": self.page.calendar,
            "site": self.scene.site,
        }

    def _paper(self, form: CorrectionForm, slot: Slot, told: Told) -> dict[str, Any]:
        upload = slot.may_upload
        kept = form.kept(slot)
        return {
            "told": told,
            "paper": said.paper(self.item, slot.need),
            "upload": form[slot.id] if upload else None,
            "bring": form[f"{BRING} {slot.id}"] if upload else None,
            "kept": files.find(kept).name if kept else "",
            "hidden": form[f"kept {slot.id}"] if upload else None,
        }


def answered(asker: Applicant, number: str, at: datetime) -> dict[str, Any] | None:
    """Return the context of portal/answered.html, the receipt of the answer; None while there is none (补正收件凭证).

    raises   NotFound
    queries  8
    """
    page = CorrectionPage(asker, number, at)
    entry = _last(page.page, Act.SUPPLEMENT)
    if not page.is_answered or entry is None or page.notice is None:
        return None
    named = {told.fault: told.name for told in page.notice.told}
    needs = {(need.key, need.holder): need for need in rules.papers(page.item, page.given.answers)}
    tell = page.page.clocks.tell
    due_on = tell.reading.due_on if tell and page.page.state.stage is Stage.RECEIVED else None
    return {
        "number": number,
        "item": page.item,
        "name": queries.name_of(page.page.case),
        "site": page.scene.site,
        "at": entry.at,
        "fields": list(_fields(page, named)),
        "papers": [_handed(needs, row) for row in page.page.papers if Fault(PAPER, row.key, row.holder) in named],
        "remark": page.page.remarks.get(entry.seq, ""),
        "tell_on": due_on,
        "tell_day": date_words(due_on, page.page.calendar) if due_on else NOTHING,
        "site_name": page.scene.site.name,
        "today": day_of(at),
        "calendar": page.page.calendar,
    }


def _fields(page: CorrectionPage, named: Collection[Fault]) -> Iterator[parts.Value]:
    """The fields that were named, as they are now; one that was emptied is said to be so."""
    told = shown_form.told(page.item, page.given)
    now = {row.key: value for row, value in zip(told, shown_form.given(page.item, page.given), strict=True)}
    for row in rules.fields(page.item, page.given.answers):
        if Fault(FIELD, row.key) in named and row.type != "statement":
            yield now.get(row.key) or parts.Value(capital(row.name), EMPTIED)


def _handed(needs: dict[tuple[str, str], PaperNeed], row: queries.Paper) -> parts.Value:
    need = needs.get((row.key, row.holder))
    name = capital(need.name) if need else Words(row.key, row.key)
    return parts.Value(name, UPLOADED if row.file else BROUGHT)


EMPTIED = Words("空着", "left empty")
UPLOADED, BROUGHT = Words("已上传", "uploaded"), Words("原件到窗口带来", "original to be brought to the counter")
