"""The answer to a correction notice (补正): exactly the fields and papers that it names, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from onewindow.cases.commands import Handed
from onewindow.cases.queries import Form
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Field, Item
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import refusals
from onewindow.look.forms import OnceForm, in_house, pair
from onewindow.look.inputs import Filled, input_of
from onewindow.portal.forms import Slot, bring_of, is_stale, upload_of

KEPT, BRING = "kept", "bring"
NOT_THERE = Words("上传，或选「到窗口带来」", "Upload it, or say that you bring it to the counter")


class CorrectionForm(OnceForm):
    """The named fields with their values, the named papers, and a word to the office (补正表).

    An upload that came with a sending that was refused is kept: its id comes back with the next one.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        item: Item,
        form: Form,
        filled: Filled,
        rows: Sequence[Field],
        slots: Sequence[Slot],
        data: Any = None,
        files: Any = None,
        *,
        today: date,
        held: Collection[str] = (),
        version: int = 0,
    ) -> None:
        self.item, self.form, self.filled, self.today = item, form, filled, today
        self.rows, self.slots, self.held = rows, slots, held
        super().__init__(data, files, initial={"version": version, **{row.key: filled.shown(row) for row in rows}})
        for row in rows:
            self.fields[row.key] = input_of(row, hints=filled.hints(row))
        for slot in slots:
            if slot.may_upload:
                self._offer(slot)
        self.fields["remark"] = in_house(
            forms.CharField(
                label=pair("还要说明什么", "Anything else to say"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            )
        )

    def _offer(self, slot: Slot) -> None:
        self.fields[slot.id] = upload_of(slot)
        self.fields[f"{BRING} {slot.id}"] = bring_of(slot)
        self.fields[f"{KEPT} {slot.id}"] = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def values(self) -> dict[str, str]:
        """Return what is meant by what was typed, key → text."""
        return {row.key: self.filled.meant(row, self.cleaned_data.get(row.key)) for row in self.rows}

    def kept(self, slot: Slot) -> str:
        """Return the upload that an earlier sending left for the paper; one that a day has swept away is none."""
        name = f"{KEPT} {slot.id}"
        id = str(self.data.get(name, "")) if self.is_bound and name in self.fields else ""
        return id if id in self.held else ""

    def keep(self, slot: Slot, id: str) -> None:
        """Take an upload in: what comes after, a second sending too, finds it by its id."""
        self.held = {*self.held, id}
        self.show_again(**{f"{KEPT} {slot.id}": id})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = {**self.form.fields, **self.values()}
        faults = rules.check_values(self.item, self.form.answers, given, self.today)
        for row in self.rows:
            if row.key in faults and row.key not in self.errors:
                self.add_error(row.key, here(refusals.say(Refusal(faults[row.key]))))
        for slot in self.slots:
            if slot.may_upload and slot.id not in self.errors and not self._has(slot, cleaned):
                self.add_error(slot.id, here(NOT_THERE))
        return cleaned

    def _has(self, slot: Slot, cleaned: Mapping[str, Any]) -> bool:
        return bool(cleaned.get(slot.id) or cleaned.get(f"{BRING} {slot.id}") or self.kept(slot))

    def put(self, name: str, text: str) -> None:
        """Put a fault beside its field; a notice names a field with its kind before it."""
        super().put(name.removeprefix("field:"), text)

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command: what was mended, each paper once."""
        values = super().inputs()
        return {
            "key": values["key"],
            "version": values["version"],
            "fields": self.values(),
            "papers": [Handed(slot.need.key, slot.need.holder, self.kept(slot)) for slot in self.slots],
            "remark": values["remark"],
        }

    @property
    def is_stale(self) -> bool:
        """Say whether the case was changed since this page was read."""
        return is_stale(self)
