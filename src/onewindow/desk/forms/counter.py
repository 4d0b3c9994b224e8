"""What a clerk fills in of a person at the counter (窗口收件): who, what about, answers, fields, papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from onewindow.accounts import rules as accounts
from onewindow.accounts.rules import IdType
from onewindow.cases.rules.counter import SEEN, paper_name
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Field, PaperNeed, Question
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms.base import OfferedField, OfferedNumber
from onewindow.look import refusals
from onewindow.look.forms import OnceForm, PlainForm, in_house, pair
from onewindow.look.inputs import By, Filled, input_of, question_input
from onewindow.look.sentences import capital

ID_TYPES = {
    IdType.RESIDENT_ID: pair("居民身份证", "Resident identity card"),
    IdType.TEMPORARY_ID: pair("临时居民身份证", "Temporary identity card"),
    IdType.HOUSEHOLD_BOOKLET: pair("居民户口簿", "Household booklet"),
    IdType.PASSPORT: pair("护照", "Passport"),
    IdType.HK_MACAO_PERMIT: pair("港澳居民来往内地通行证", "Mainland travel permit, Hong Kong and Macao"),
    IdType.TAIWAN_PERMIT: pair("台湾居民来往大陆通行证", "Mainland travel permit, Taiwan"),
    IdType.HMT_RESIDENCE: pair("港澳台居民居住证", "Residence permit, Hong Kong, Macao, Taiwan"),
    IdType.FOREIGN_PR_CARD: pair("外国人永久居留身份证", "Foreign permanent resident card"),
    IdType.MILITARY_ID: pair("军人、武警身份证件", "Military identity document"),
}


class BeginForm(OnceForm):
    """Who stands at the counter (接待): by the document that the clerk holds."""

    site = OfferedField(label=pair("在哪个站点", "At which site"))
    id_type = forms.TypedChoiceField(
        label=pair("证件", "Document"), choices=list(ID_TYPES.items()), coerce=IdType, initial=IdType.RESIDENT_ID
    )
    id_number = forms.CharField(
        label=pair("证件号码", "Number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=pair("姓名", "Name"),
        help_text=pair("照证件写", "As on the document"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=pair("手机号", "Mobile number"),
        help_text=pair("用来发办理消息；已登记过的不用写", "For messages; not needed if known already"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    def __init__(self, data: Any = None, *, sites: Sequence[tuple[str, str]] = (), today: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"site": sites[0][0] if sites else ""}, **kwargs)
        self.today = today
        field: Any = self.fields["site"]
        field.choices = list(sites)
        if len(sites) == 1:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with name, number and telephone, each beside its field."""
        values = super().clean() or {}
        id_type, number = values.get("id_type"), values.get("id_number")
        faults = {
            "id_number": accounts.identity_fault(id_type, number, self.today) if id_type and number else "",
            "name": accounts.name_fault(values["name"]) if values.get("name") else "",
            "phone": accounts.mobile_fault(values["phone"]) if values.get("phone") else "",
        }
        for name, code in faults.items():
            if code:
                self.add_error(name, here(refusals.say(Refusal(code))))
        return values


class SittingForm(OnceForm):
    """A page of a sitting: knows the version that was shown; it may be saved as often as one likes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["once"]

    def inputs(self) -> dict[str, Any]:
        """Return the values that the command takes."""
        return PlainForm.inputs(self)


SELF = "self"


class ItemsField(forms.MultipleChoiceField):
    """Items of the site; which of them there are is the command's to judge, the page offers them."""

    hints: dict[str, Words]

    def valid_value(self, value: Any) -> bool:
        return True


class ChooseForm(SittingForm):
    """For whom the person acts, who helps, and which items it is about (选事项)."""

    acts_for = OfferedField(label=pair("为谁办", "For whom"), widget=forms.RadioSelect)
    helper = OfferedNumber(label=pair("帮办", "Helper"), required=False)
    items = ItemsField(
        label=pair("办什么（可以多选）", "What about (one or more)"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        standings: Sequence[tuple[str, str]],
        helpers: Sequence[tuple[int, str]],
        items: Mapping[str, tuple[Words, Words]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        acts_for, helper, chosen = (self.fields[name] for name in ("acts_for", "helper", "items"))
        assert isinstance(acts_for, forms.ChoiceField)
        assert isinstance(helper, forms.ChoiceField)
        assert isinstance(chosen, ItemsField)
        acts_for.choices = list(standings)
        if len(standings) == 1:
            acts_for.widget = forms.HiddenInput()
        helper.choices = [("", pair("没有", "Nobody")), *((str(id), name) for id, name in helpers)]
        chosen.choices = [(code, here(name)) for code, (name, _) in items.items()]
        chosen.hints = {code: department for code, (_, department) in items.items()}
        chosen.required = "search" not in self.data

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; while one still looks for items none need be chosen."""
        values = super().inputs()
        acts_for = values["acts_for"] if values["acts_for"] != SELF else ""
        return {**values, "acts_for": acts_for, "items": values["items"] or None}


class AnswersForm(SittingForm):
    """The questions of all items, each asked once where it is the same (合并提问)."""

    def __init__(
        self,
        asked: Iterable[tuple[Question, tuple[str, ...]]],
        data: Any = None,
        *,
        values: Mapping[str, str],
        **kw: Any,
    ) -> None:
        self.asked = list(asked)
        initial = {**values, **kw.pop("initial", {})}
        super().__init__(data, initial=initial, **kw)
        for question, codes in self.asked:
            self.fields[question_name(question, codes)] = question_input(question)

    def inputs(self) -> dict[str, Any]:
        """Return the version, and item → question → answer."""
        values = super().inputs()
        answers: dict[str, dict[str, str]] = {}
        for question, codes in self.asked:
            value = values[question_name(question, codes)]
            text = value.isoformat() if isinstance(value, date) else str(value)
            for code in codes:
                answers.setdefault(code, {})[question.key] = text
        return {"version": values["version"], "answers": answers}


def question_name(question: Question, codes: Sequence[str]) -> str:
    """Return the name of a question on the page: two items may ask another thing under one key."""
    return f"{question.key}:{codes[0]}"


class EntriesForm(SittingForm):
    """The forms of all items as one, each key of the dictionary asked once (合并填表).

    What the account of the applicant holds is shown masked; sent back as it was shown, it stands for the whole.

    later  kept as far as it is, not looked over
    """

    def __init__(
        self,
        rows: Sequence[Field],
        data: Any = None,
        *,
        filled: Filled,
        today: date,
        later: bool = False,
        **kwargs: Any,
    ) -> None:
        self.rows, self.filled, self.today, self.later = list(rows), filled, today, later
        shown = {each.key: filled.shown(each) for each in self.rows}
        super().__init__(data, initial={**shown, **kwargs.pop("initial", {})}, **kwargs)
        for each in self.rows:
            self.fields[each.key] = input_of(each, By.CLERK, required=each.required and not later)

    def values(self) -> dict[str, str]:
        """Return what is meant by what was typed, key → text."""
        return {field.key: self.filled.meant(field, self.cleaned_data.get(field.key)) for field in self.rows}

    def clean(self) -> dict[str, Any]:
        """Look every field over by the catalogue's rules, unless it is only kept for later."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.later:
            for key, code in rules.check_fields(self.rows, self.values(), self.today).items():
                if key not in self.errors:
                    self.add_error(key, here(refusals.say(Refusal(code))))
        return cleaned

    def inputs(self) -> dict[str, Any]:
        """Return the version and the fields."""
        return {"version": self.cleaned_data["version"], "fields": self.values()}


SCAN, MISSING = "scan", "missing"


class SheetsForm(SittingForm):
    """The papers of all items, each once (合并材料): the original seen, a scan, or missing."""

    def __init__(
        self, needs: Sequence[PaperNeed], data: Any = None, files: Any = None, *, held: Mapping[str, str], **kw: Any
    ) -> None:
        self.needs, self.held = list(needs), held
        super().__init__(data, files, **kw)
        for need in self.needs:
            self._offer(need, held.get(paper_name(need), ""))

    def _offer(self, need: PaperNeed, state: str) -> None:
        name = paper_name(need)
        choices = [(SEEN, pair("原件我看过", "I have seen the original"))]
        if state and state != SEEN:
            choices.append((SCAN, pair("已收扫描件", "The scan is here")))
        choices.append((MISSING, pair("还缺", "Missing")))
        now = state if state in ("", SEEN) else SCAN
        self.fields[f"is {name}"] = in_house(
            forms.ChoiceField(label=here(need.name), choices=choices, widget=forms.RadioSelect, initial=now or MISSING)
        )
        scan = Words("扫描件：{n}", "Scan: {n}").fill(n=need.name)
        self.fields[name] = in_house(
            forms.FileField(
                label=here(scan),
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
            )
        )

    def inputs(self) -> dict[str, Any]:
        """Return the version, and which papers were seen, uploaded, or keep their scan."""
        values, names = super().inputs(), [paper_name(need) for need in self.needs]
        whole = "all" in self.data
        uploads = {name: values[name] for name in names if values.get(name)}
        said = {name: SEEN if whole and values[f"is {name}"] != SCAN else values[f"is {name}"] for name in names}
        return {
            "version": values["version"],
            "uploads": uploads,
            "seen": {name for name in names if said[name] == SEEN},
            "kept": {name for name in names if said[name] == SCAN},
        }

    def go_on(self, version: int) -> None:
        """Go on from what this very sending has saved, though not all of it was taken."""
        self.show_again(version=str(version))


class ReceiveForm(OnceForm):
    """Handing all in (收件): what the applicant states, confirmed to the clerk."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, statements: Mapping[str, Words], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.statements = statements
        for key, text in statements.items():
            self.fields[key] = forms.BooleanField(
                label=here(capital(text)),
                error_messages={"required": pair("请当面请申请人确认这一条", "Ask the applicant to confirm this")},
            )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; what was confirmed as fields."""
        values = super().inputs()
        confirmed = {key: "yes" for key in self.statements if values.pop(key)}
        return {**values, "fields": confirmed}


class AcceptAllForm(OnceForm):
    """Accepting everything that is complete (一并受理)."""
