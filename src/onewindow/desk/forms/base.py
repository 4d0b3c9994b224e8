"""What every act's form is (办理表单): the token, the version that was seen, and what the case itself offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from onewindow.cases.commands.remarks import REMARK_LENGTH
from onewindow.cases.rules import Act
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.phrases import phrases
from onewindow.look.forms import MESSAGES, OnceForm, pair

if TYPE_CHECKING:
    from onewindow.desk.pages.offers import Offer

ROWS = {"rows": 3}
NO_PHRASE = pair("不用，自己写", "None, type it below")
DAY = "%Y-%m-%d"


class StepForm(OnceForm):
    """An act without fields of its own (受理、制证、办结): the token, and the version that the clerk saw.

    composed  its fields come of the case, so that it is made with an offer when it is sent, too
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    act: Act
    composed = False

    def __init__(
        self, data: Any = None, files: Any = None, *, version: int = 0, offer: Offer | None = None, **kwargs: Any
    ) -> None:
        initial = {"version": version, **kwargs.pop("initial", {})}
        super().__init__(data, files, initial=initial, **{"auto_id": f"{self.act.value}_%s", **kwargs})
        self.offered: Offer | None = None
        if offer is not None:
            self.take(offer)

    def take(self, offer: Offer) -> None:
        """Put on the form what the case offers, once."""
        if self.offered is None:
            self.offered = offer
            self.compose(offer)

    def compose(self, offer: Offer) -> None:
        """Fill choices and fields from the case; an act without any does nothing."""

    @property
    def typed(self) -> bool:
        """Say whether there is anything to fill in."""
        return any(not bound.is_hidden for bound in self)


class OfferedField(forms.ChoiceField):
    """One of what the page offers; which of it the case knows is the command's to judge."""

    def valid_value(self, value: Any) -> bool:
        return True


class OfferedNumber(forms.TypedChoiceField):
    """A number of those that the page offers, "" for none; the command judges it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal()


class ReasonForm(StepForm):
    """An act with words to it: chosen from the library, typed, or both; chosen ones stand first.

    needed  whether there must be words
    """

    phrase = forms.ChoiceField(label=pair("常用理由（依据随附）", "A ready text, with its law"), required=False)
    remark = forms.CharField(
        label=pair("说明", "Words"), required=False, max_length=REMARK_LENGTH, widget=forms.Textarea(attrs=ROWS)
    )
    needed = True
    asks: Words | None = None
    about: Words | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ("phrase", "remark")] + ["phrase", "remark"])
        found = phrases(self.act)
        field: Any = self.fields["phrase"]
        field.choices = [("", NO_PHRASE), *((each.key, here(each.said)) for each in found)]
        if not found:
            del self.fields["phrase"]
        if self.asks is not None:
            self.fields["remark"].label = here(self.asks)
        hints = [self.about] if self.about is not None else []
        if self.needed and found:
            hints.append(Words("选了常用理由的，可以不写", "Not needed where a ready text is chosen"))
        self.fields["remark"].help_text = here(
            Words("；".join(hint.zh for hint in hints), ". ".join(hint.en for hint in hints))
        )
        self.fields["remark"].required = self.needed and not found

    def clean(self) -> dict[str, Any]:
        """Join what was chosen and what was typed."""
        values = super().clean() or {}
        chosen = {each.key: each.written for each in phrases(self.act)}.get(values.pop("phrase", ""), "")
        typed = values.get("remark", "").strip()
        joined = "；".join(text for text in (chosen.rstrip("。"), typed) if text)
        values["remark"] = joined
        if self.needed and not joined and "remark" not in self.errors:
            self.add_error("remark", MESSAGES["required"])
        if len(joined) > REMARK_LENGTH:
            self.add_error("remark", here(Words("连同常用理由太长了，请缩短些。", "Too long with the ready text.")))
        return values


def choices(found: Iterable[tuple[str, Words]]) -> list[tuple[str, str]]:
    """Return choices in the reader's language."""
    return [(key, here(words)) for key, words in found]
