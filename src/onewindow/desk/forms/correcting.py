"""Before acceptance (受理前): the one correction notice, its answer at the counter, mending on the spot, declining."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from onewindow.calendars.rules import Unit
from onewindow.cases.commands.correcting import NOTE_LENGTH
from onewindow.cases.rules import Act, Fault
from onewindow.cases.rules.correcting import FIELD, OTHER, PAPER
from onewindow.catalogue.rules import Field
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms.base import DAY, OfferedField, ReasonForm, choices
from onewindow.desk.pages import given
from onewindow.desk.pages.said import DECLINES
from onewindow.look.dates import amount_words
from onewindow.look.forms import Fault as Mistake
from onewindow.look.forms import pair
from onewindow.look.inputs import By, input_of
from onewindow.look.sentences import ended

if TYPE_CHECKING:
    from onewindow.desk.pages.offers import Flaw, Offer

MORE = 3
EMPTY, TICKED = "empty", ("yes", "statement")
_CHOOSE = ("", pair("请选", "Choose"))


@dataclass(frozen=True, slots=True)
class FlawRow:
    """One line of the list from which a notice is composed: ticked or not, with its note, and a no beside it."""

    id: str
    flaw: Flaw
    ticked: bool
    note: str
    oops: str


class Notice(NamedTuple):
    """The notice as it would go out (告知书预览)."""

    rows: list[tuple[Words, str]]
    text: str
    until_on: date


class SendBackForm(ReasonForm):
    """The one notice (一次性补正告知): everything that is wrong, ticked in one list; shown once before it goes out."""

    act = Act.SEND_BACK
    composed = True
    needed = False
    asks = Words("还要告诉申请人什么", "What else to tell the applicant")
    template = "desk/part_faults.html"
    until_on = forms.DateField(
        label=pair("申请人最晚哪天补正", "The applicant's last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def compose(self, offer: Offer) -> None:
        """List what can be named; the first day proposed is the house's own, for law names none."""
        self.again = bool(offer.page.state.named)
        self.flaws = offer.flaws
        self.oops: dict[str, str] = {}
        field = self.fields["until_on"]
        field.initial = offer.proposed_on
        days = amount_words(15, Unit.WORKDAY)
        field.help_text = here(
            Words(
                f"法律没有规定补正的期限；默认 {days.zh}是本系统暂定的，可以改",
                f"Law sets no limit for it; {days.en} are this system's own proposal and can be changed",
            )
        )

    @property
    def typed(self) -> bool:
        return True

    def _text(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()

    def _ticked(self) -> list[str]:
        return self.data.getlist("faults") if isinstance(self.data, QueryDict) else []

    def rows(self) -> Iterator[FlawRow]:
        """Return the list: as it was sent, else with what the checks found ticked."""
        ticked = self._ticked()
        for place, flaw in enumerate(self.flaws):
            note = self._text(f"note:{flaw.name}") if self.is_bound else flaw.note or _note(flaw)
            on = flaw.name in ticked if self.is_bound else flaw.wrong is not None and not self.again
            yield FlawRow(f"{self.act.value}_fault_{place}", flaw, on, note, self.oops.get(flaw.name, ""))

    def others(self) -> list[tuple[int, str]]:
        """Return the free lines for what is neither field nor paper; a second notice has none."""
        if self.again:
            return []
        return [(place, self._text(f"other:{place}") if self.is_bound else "") for place in range(1, MORE + 1)]

    def clean(self) -> dict[str, Any]:
        """Gather what was ticked and written; each note short."""
        values = super().clean()
        known = {flaw.name: flaw.fault for flaw in self.flaws}
        told = {name: self._text(f"note:{name}") for name in self._ticked() if name in known}
        faults = {name: known[name] for name in told}
        for place, text in self.others():
            if text:
                fault = Fault(OTHER, hashlib.sha256(f"{self.data.get('once')}:{place}".encode()).hexdigest()[:8])
                faults[fault.name], told[fault.name] = fault, text
        values["faults"], values["notes"] = list(faults.values()), {name: text for name, text in told.items() if text}
        for name, text in told.items():
            if len(text) > NOTE_LENGTH:
                most = Words(f"最多 {NOTE_LENGTH} 个字", f"At most {NOTE_LENGTH} characters")
                self.put(name, here(most))
        if not faults:
            none = Words("请至少选一处要补正的内容。", "Name at least one thing that is to be mended.")
            self.put("faults", here(none))
        return values

    def put(self, name: str, text: str) -> None:
        """Put a no beside the line that it is about."""
        place = next((place for place, flaw in enumerate(self.flaws) if flaw.name == name), None)
        if place is not None or name == "faults":
            label = here(self.flaws[place].label) if place is not None else here(Words("要补正的", "To be mended"))
            self.oops[name] = text
            self.away.append(Mistake(label, text, f"#{self.act.value}_fault_{place or 0}"))
            return
        super().put(name, text)

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command."""
        values = super().inputs()
        del values["seen"]
        return values

    @property
    def digest(self) -> str:
        """What stands on the notice, in one word: what is sent is what was shown."""
        told = self.cleaned_data
        text = repr((sorted(told["faults"]), sorted(told["notes"].items()), told["until_on"], told["remark"]))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def confirmed(self) -> bool:
        """Whether the notice goes out now: the button to send was pressed, and it says what was shown."""
        return not self.away and "send" in self.data and self.cleaned_data.get("seen") == self.digest

    def is_valid(self) -> bool:
        """Say whether all is filled in; a fault of the list counts too."""
        return super().is_valid() and not self.away

    def notice(self) -> Notice | None:
        """Return the notice to look at before it goes out, None while something is wrong."""
        if not self.is_bound or not self.is_valid():
            return None
        told = self.cleaned_data
        labels = {flaw.name: flaw.label for flaw in self.flaws}
        other = Words("其他", "Something else")
        rows = [(labels.get(fault.name, other), told["notes"].get(fault.name, "")) for fault in told["faults"]]
        return Notice(rows, told["remark"], told["until_on"])

    def show(self) -> None:
        """Keep what is shown, so that it can be sent as it stands."""
        self.show_again(seen=self.digest)


def _note(flaw: Flaw) -> str:
    """What the checks found, as the notice says it: a document's language is Chinese."""
    return flaw.wrong.zh.rstrip("。") if flaw.wrong else ""


class ValuesForm(ReasonForm):
    """An act that gives fields of the case new values; what it holds now stands beside each, masked.

    What need not be filled in may be emptied, by a box of its own: nothing typed leaves a field as it is.
    """

    composed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.asked: dict[str, Field] = {}
        super().__init__(*args, **kwargs)

    def add(self, field: Field, old: str, note: str = "", *, named: bool = False) -> None:
        """Ask for a new value; left empty it stays as it is.

        named  a notice named it, so that even an empty one must be answered
        """
        self.asked[field.key] = field
        shown = given.shown(field, old) if old else Words("没有填", "empty")
        now = here(shown) if isinstance(shown, Words) else shown
        hints = [ended(Words(note, note)), Words(f"现在是：{now}", f"Now: {now}")]
        self.fields[f"{FIELD}:{field.key}"] = input_of(field, By.CHANGE, hints=hints)
        if not field.required and (old or named) and field.type not in TICKED:
            label = Words("「{n}」清空", "Leave empty: {n}").fill(n=field.name)
            self.fields[f"{EMPTY}:{field.key}"] = forms.BooleanField(label=here(label), required=False)

    def put(self, name: str, text: str) -> None:
        """Put a no beside its field; the command names fields by their key alone, too."""
        super().put(f"{FIELD}:{name}" if f"{FIELD}:{name}" in self.fields else name, text)

    def take_values(self, values: dict[str, Any]) -> dict[str, str]:
        """Take the new values of fields out of what was sent."""
        found = {}
        for key, field in self.asked.items():
            text, emptied = _said(values.pop(f"{FIELD}:{key}")), values.pop(f"{EMPTY}:{key}", False)
            if text or emptied:
                found[key] = "" if field.type in TICKED and text == "no" else text
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse what is filled in and emptied at once."""
        values = super().clean()
        for key in self.asked:
            if values.get(f"{EMPTY}:{key}") and _said(values.get(f"{FIELD}:{key}")):
                both = Words("填了就不能清空，去掉一个。", "Fill it in or empty it, not both.")
                self.add_error(f"{FIELD}:{key}", here(both))
        return values


def _said(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value or "").strip()


class MendForm(ValuesForm):
    """Mending on the spot (当场更正): any field of the form, with the applicant present."""

    act = Act.MEND
    asks = Words("申请人同意了什么", "What the applicant agreed to")
    about = Words("申请人要在场；只填要改的", "With the applicant present; fill in only what changes")

    def compose(self, offer: Offer) -> None:
        """Ask for each field that a person types."""
        for field in offer.plan.fields:
            if field.typed and field.type != "statement":
                self.add(field, offer.form.fields.get(field.key, ""))
        self.order_fields([name for name in self.fields if name not in ("phrase", "remark")])

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command."""
        values = super().inputs()
        return {"fields": self.take_values(values), **values}


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper as it came to the counter: a scan of it, or the original that was looked at."""

    name: str
    upload: UploadedFile[bytes] | None
    seen: bool

    @property
    def key(self) -> tuple[str, str]:
        _, key, holder = [*self.name.split(":"), ""][:3]
        return key, holder


class SupplementForm(ValuesForm):
    """The answer to the notice for a person who stands at the counter (窗口补正): what it named and nothing else."""

    act = Act.SUPPLEMENT
    needed = False
    asks = Words("补充说明", "Remark")

    def compose(self, offer: Offer) -> None:
        """Ask for each thing that the notice named."""
        for fault in offer.page.state.open_faults:
            note = offer.notes.get(fault.name, "")
            if fault.kind == FIELD and fault.key in offer.fields:
                self.add(offer.fields[fault.key], offer.form.fields.get(fault.key, ""), note, named=True)
            elif fault.kind == PAPER:
                self._add_paper(fault, offer.label(fault), note)
        self.order_fields([name for name in self.fields if name not in ("phrase", "remark")])

    def _add_paper(self, fault: Fault, label: Words, note: str) -> None:
        name = here(label)
        self.fields[f"seen:{fault.name}"] = forms.BooleanField(
            label=here(Words(f"{name}：看过原件，符合", f"{name}: the original was seen and is right")), required=False
        )
        self.fields[fault.name] = forms.FileField(
            label=here(Words(f"{name}：扫描件或照片", f"{name}: scan or photograph")),
            help_text=note,
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; papers as they came."""
        values = super().inputs()
        fields = self.take_values(values)
        papers = []
        for name in [name for name in values if name.startswith(f"{PAPER}:")]:
            brought = Brought(name, values.pop(name), values.pop(f"seen:{name}"))
            papers += [brought] if brought.upload or brought.seen else []
        return {"fields": fields, "papers": papers, **values}


class DeclineForm(ReasonForm):
    """Declining (不予受理): it needs no permission, or another office is the right one."""

    act = Act.DECLINE
    asks = Words("向申请人说明", "What the applicant is told")
    ground = forms.ChoiceField(
        label=pair("依据（行政许可法第32条）", "Ground (Licensing Law, art. 32)"),
        choices=[(key, pair(*words)) for key, words in DECLINES.items()],
        widget=forms.RadioSelect,
    )
    office = OfferedField(
        label=pair("应当向哪个机关申请", "The right office"),
        help_text=pair("选第 2 项时要写；不在列表里的写在说明里", "Needed for no. 2"),
        required=False,
    )

    def compose(self, offer: Offer) -> None:
        """Offer the other offices."""
        field: Any = self.fields["office"]
        field.choices = [_CHOOSE, *choices(offer.offices)]
