"""Forms as the house asks: all faults at once, in both languages, each value kept, sent once (表单)."""

import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import lazy

from onewindow.core.language import here
from onewindow.core.once import Once
from onewindow.core.words import Words
from onewindow.look.parts import Link


def _picked(zh: str, en: str) -> str:
    return here(Words(zh, en))


_lazy: Any = lazy(_picked, str)


def pair(zh: str, en: str) -> Any:
    """Return a text for a form's class body: the language is picked when it is shown."""
    return _lazy(zh, en)


MESSAGES = {
    "required": pair("还没有填", "Not filled in yet"),
    "invalid_choice": pair("请从列出的里面选", "Choose one of those listed"),
    "invalid": pair("写法不对", "Not in the expected form"),
    "max_length": pair(
        "最多 %(limit_value)d 个字，现在有 %(show_value)d 个", "At most %(limit_value)d characters, now %(show_value)d"
    ),
    "min_length": pair(
        "至少 %(limit_value)d 个字，现在有 %(show_value)d 个", "At least %(limit_value)d characters, now %(show_value)d"
    ),
    "max_value": pair("不能大于 %(limit_value)s", "No more than %(limit_value)s"),
    "min_value": pair("不能小于 %(limit_value)s", "No less than %(limit_value)s"),
}
_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)
NOT_CHOSEN = pair("还没有选", "Nothing chosen yet")
NO_FILE = pair("还没有放文件", "No file added yet")


class Fault(NamedTuple):
    """One thing to mend: what it is about, what is wrong, and the address of the input to go to."""

    label: str
    text: str
    target: str


class PlainForm(forms.Form):
    """A form in the house's own words; the browser is not asked to stop at the first fault (表单)."""

    use_required_attribute = False
    elsewhere: Mapping[str, Link] = {}  # values asked on other pages: what they are called and where they are mended

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"label_suffix": "", **kwargs}
        super().__init__(*args, **kwargs)
        self.away: list[Fault] = []
        for field in self.fields.values():
            in_house(field)

    def inputs(self) -> dict[str, Any]:
        """Return the values that the command takes, by the names of its arguments."""
        return dict(self.cleaned_data)

    def put(self, name: str, text: str) -> None:
        """Put a fault beside its field, or at the top with the way to the page on which it is mended."""
        if name in self.fields:
            self.add_error(name, text)
        elif name in self.elsewhere:
            link = self.elsewhere[name]
            self.away.append(Fault(here(link.name), text, link.url))
        else:
            self.add_error(None, text)


class OnceForm(PlainForm):
    """A form that makes or moves something: its token lets a second sending be answered, not redone (防重复提交)."""

    once = forms.CharField(widget=forms.HiddenInput, min_length=8, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {**kwargs, "initial": {"once": secrets.token_urlsafe(18), **(kwargs.get("initial") or {})}}
        super().__init__(*args, **kwargs)

    def inputs(self) -> dict[str, Any]:
        """Return the values that the command takes; the token as `key`."""
        values = super().inputs()
        return {"key": Once(values.pop("once")), **values}

    def show_again(self, **hidden: str) -> None:
        """Keep what was typed and exchange hidden values, so that a second, deliberate sending can succeed."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        for name, value in hidden.items():
            if name in self.fields:
                data[self.add_prefix(name)] = value
        self.data = data


def in_house(field: forms.Field) -> forms.Field:
    """Give a field the house's words for what is wrong; a form does so with its own, what is added later is brought."""
    field.error_messages = {**field.error_messages, **_own_messages(field)}
    return field


def _own_messages(field: forms.Field) -> dict[str, Any]:
    """The house's words, except where the field was given its own."""
    ours = {**MESSAGES, "required": _missing(field)}
    standard = {
        code: text
        for parent in reversed(type(field).__mro__)
        for code, text in getattr(parent, "default_error_messages", {}).items()
    }
    given = {code for code, text in field.error_messages.items() if standard.get(code) is not text}
    return {code: text for code, text in ours.items() if code not in given}


def _missing(field: forms.Field) -> Any:
    if isinstance(field, forms.FileField):
        return NO_FILE
    return NOT_CHOSEN if isinstance(field, _CHOSEN) else MESSAGES["required"]


def faults(form: forms.BaseForm) -> list[Fault]:
    """Return every fault of a form, in the order of its fields, those of the whole first (错误汇总)."""
    found = [Fault("", str(text), "") for text in form.non_field_errors()]
    for bound in form:
        hidden = bound.is_hidden
        label = getattr(bound.field, "full_label", bound.label)  # longer where the page names the thing above the field
        found += [
            Fault("" if hidden else str(label).rstrip("。.？?"), str(text), "" if hidden else f"#{first_id(bound)}")
            for text in bound.errors
        ]
    return [*found, *getattr(form, "away", ())]


def first_id(bound: BoundField) -> str:
    """Return the id of a field's first input, where its fault is mended."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


def shape(bound: BoundField) -> str:
    """Return how a field is drawn: hidden, pick (a list to choose from), tick (one box), or line."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "pick"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


def described_by(bound: BoundField) -> str:
    """Return the ids of hint and fault, in the order in which they are read."""
    ids = [f"{bound.auto_id}_hint"] if bound.help_text else []
    return " ".join([*ids, f"{bound.auto_id}_oops"] if bound.errors else ids)
