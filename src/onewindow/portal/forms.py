"""What a person fills in on the portal (办事表单): a question, a page of the form, the papers, the statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item, PaperNeed, Question, State
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import refusals
from onewindow.look.forms import OnceForm, PlainForm, in_house, pair
from onewindow.look.inputs import NOT_SAID, Filled, input_of, question_input

_DIVISION = re.compile(r"\d{6}")


class SignInForm(PlainForm):
    """Which of the cast one wants to be."""

    who = forms.CharField(widget=forms.HiddenInput, max_length=24)


class ChooseForm(PlainForm):
    """The reader's language, type size and place; what is not named stays as it is."""

    language = forms.ChoiceField(choices=[("zh-Hans", "中文"), ("en", "English")], required=False)
    elder = forms.ChoiceField(choices=[("0", "0"), ("1", "1")], required=False)
    place = forms.RegexField(regex=_DIVISION, max_length=6, required=False)

    def cookies(self) -> Iterator[tuple[str, str]]:
        """Yield the cookies that remember what was chosen."""
        return ((name, value) for name, value in self.cleaned_data.items() if value)


class QuestionForm(PlainForm):
    """One guided question (引导提问): its answers to choose from, or a number."""

    def __init__(self, question: Question, data: Any = None, *, value: str = "") -> None:
        super().__init__(data, initial={question.key: value})
        self.fields[question.key] = question_input(question)


class DraftForm(OnceForm):
    """A page of an application: knows the version that was shown, so that two tabs do not write over each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["once"]  # a page of a draft may be saved as often as one likes

    def inputs(self) -> dict[str, Any]:
        """Return the values that the command takes."""
        return PlainForm.inputs(self)

    def go_on(self, version: int) -> None:
        """Go on from what this very sending has saved, though not all of it was taken."""
        self.show_again(version=str(version))
        self.cleaned_data["version"] = version

    @property
    def is_stale(self) -> bool:
        """Say whether another tab saved the draft meanwhile: the version that is sent next is not the one that came."""
        return is_stale(self)


def is_stale(form: OnceForm) -> bool:
    """Say whether what the form was read from has changed since: then its next sending carries another version."""
    told = form.cleaned_data.get("version") if form.is_bound and hasattr(form, "cleaned_data") else None
    return told is not None and str(told) != str(form.data.get("version"))


# The form itself


class ApplicationForm(DraftForm):
    """The form of an item (申请表): its fields by the dictionary, filled in from the account, and where to be served.

    What the account holds is shown masked; sent back as it was shown, it stands for the whole.
    """

    def __init__(
        self,
        item: Item,
        answers: Mapping[str, Any],
        filled: Filled,
        sites: Iterable[tuple[str, list[tuple[str, str]]]],
        data: Any = None,
        *,
        today: date,
        version: int = 0,
        site: str = "",
    ) -> None:
        self.item, self.answers, self.filled, self.today = item, answers, filled, today
        self.rows = [field for field in rules.fields(item, answers) if field.type != "statement"]
        shown = {field.key: filled.shown(field) for field in self.rows}
        super().__init__(data, initial={"version": version, "site": site, **shown})
        for field in self.rows:
            self.fields[field.key] = input_of(field, hints=filled.hints(field))
        self.fields["site"] = in_house(
            forms.ChoiceField(
                label=here(Words("在哪个网点办", "Where it is handled")),
                help_text=here(CHECK_HINT if item.needs_check else SITE_HINT),
                choices=[NOT_SAID, *sites],
            )
        )

    def values(self) -> dict[str, str]:
        """Return what is meant by what was typed, key → text."""
        return {field.key: self.filled.meant(field, self.cleaned_data.get(field.key)) for field in self.rows}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        faults = rules.check_values(self.item, self.answers, self.values(), self.today)
        for key, code in faults.items():
            if key in self.fields and key not in self.errors:
                self.add_error(key, here(refusals.say(Refusal(code))))
        return cleaned

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command: the version that was shown, the fields, the site."""
        return {"version": self.cleaned_data["version"], "fields": self.values(), "site": self.cleaned_data["site"]}


class UnfinishedForm(ApplicationForm):
    """The same form put by for later: kept as far as it is, not looked over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


SITE_HINT = Words("材料和结果都在这里交接", "Papers and result are handed over there")
CHECK_HINT = Words(
    "要查验车辆，只列出有查验通道的网点", "The vehicle is checked: only sites with a lane for it are listed"
)


# The papers


@dataclass(frozen=True, slots=True)
class Slot:
    """A paper to hand in, with what there is of it already."""

    need: PaperNeed
    id: str
    file: str
    brings: bool

    @property
    def may_upload(self) -> bool:
        """Say whether a picture of it is enough until the end."""
        return self.need.state is not State.BRING


def paper_id(key: str, holder: str) -> str:
    """Return the name of a paper in a draft: its key, with the holder where there is one."""
    return f"{key}:{holder}" if holder else key


class PaperField(forms.FileField):
    """A file that is wanted and may come later or another way: none is no fault yet."""

    full_label = ""  # what a list of faults calls it

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


def upload_of(slot: Slot) -> forms.Field:
    """Return the input for a paper's file; the page names the paper above it, and who hears only the input hears it."""
    said = Words("上传「{n}」", "Upload: {n}").fill(n=slot.need.name)
    attrs = {"accept": "image/jpeg,image/png,application/pdf", "aria-label": here(said)}
    field = PaperField(
        label=here(Words("上传", "Upload")),
        help_text=here(FILE_HINT),
        allow_empty_file=True,
        widget=forms.FileInput(attrs=attrs),
    )
    field.full_label = here(said)
    return in_house(field)


def bring_of(slot: Slot) -> forms.Field:
    """Return the box by which one says that the original comes to the counter."""
    said = Words("「{n}」我到窗口带来", "I bring it to the counter: {n}").fill(n=slot.need.name)
    box = forms.CheckboxInput(attrs={"aria-label": here(said)})
    label = here(Words("我到窗口带来", "I bring it to the counter"))
    return forms.BooleanField(label=label, required=False, initial=slot.brings, widget=box)


class PapersForm(DraftForm):
    """The papers of an application (材料): each uploaded, or to be brought."""

    def __init__(self, slots: Iterable[Slot], data: Any = None, files: Any = None, *, version: int = 0) -> None:
        self.slots = list(slots)
        super().__init__(data, files, initial={"version": version})
        for slot in self.slots:
            if slot.may_upload:
                self._offer(slot)

    def _offer(self, slot: Slot) -> None:
        self.fields[slot.id] = upload_of(slot)
        self.fields[f"bring {slot.id}"] = bring_of(slot)
        if slot.file:
            said = Words("「{n}」去掉已上传的", "Remove what was uploaded: {n}").fill(n=slot.need.name)
            box = forms.CheckboxInput(attrs={"aria-label": here(said)})
            label = here(Words("去掉已上传的", "Remove what was uploaded"))
            self.fields[f"remove {slot.id}"] = forms.BooleanField(label=label, required=False, widget=box)

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command: what was uploaded, is to be brought, is taken out again."""
        data = self.cleaned_data
        uploads = {slot.id: file for slot in self.slots if (file := data.get(slot.id))}
        return {
            "version": data["version"],
            "uploads": uploads,
            "brought": {slot.id for slot in self.slots if not slot.may_upload or data.get(f"bring {slot.id}")},
            "removed": {slot.id for slot in self.slots if data.get(f"remove {slot.id}") and slot.id not in uploads},
        }


FILE_HINT = Words("JPG、PNG 或 PDF，不超过 10 MB", "JPG, PNG or PDF, up to 10 MB")


# Handing in

TRUTH = "truth"
TRUE = Words(
    "以上内容真实，材料和原件一致。我知道隐瞒情况或提供虚假材料的后果。",
    "What I have stated is true and the papers match their originals. I know that hiding facts or giving false papers"
    " has consequences.",
)


class HandInForm(OnceForm):
    """Check your answers and hand in (提交): the item's own statements, else that all is true."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, statements: Iterable[tuple[str, Words]], data: Any = None, *, version: int = 0) -> None:
        super().__init__(data, initial={"version": version})
        self.statements = dict(statements)
        for key, text in self.statements.items():
            self.fields[key] = forms.BooleanField(
                label=here(text),
                error_messages={"required": pair("提交前请确认这一条", "Please confirm before handing in")},
            )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; what was confirmed goes with the fields of the form."""
        values = super().inputs()
        confirmed = {key: "yes" for key in self.statements if values.pop(key)}
        return {**values, "fields": {key: word for key, word in confirmed.items() if key != TRUTH}}

    @property
    def is_stale(self) -> bool:
        """Say whether the draft was changed since this page was read."""
        return is_stale(self)


class WithdrawForm(OnceForm):
    """Taking an application back (撤回)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
