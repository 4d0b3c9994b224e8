"""What a person fills in to let another act for them (授权委托)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from onewindow.accounts import rules
from onewindow.accounts.rules import IdType
from onewindow.catalogue.queries import cards, search
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.look import refusals
from onewindow.look.forms import OnceForm, pair

MOST_YEARS = 2
"""No law names an end; this house lets a letter run two years at most, then it is given anew."""
MOST_HITS = 12
ALL, LISTED = "all", "listed"
ID_TYPES = {
    IdType.RESIDENT_ID: pair("居民身份证", "Resident identity card"),
    IdType.PASSPORT: pair("护照", "Passport"),
    IdType.HK_MACAO_PERMIT: pair("港澳居民来往内地通行证", "Mainland travel permit, Hong Kong and Macao"),
    IdType.TAIWAN_PERMIT: pair("台湾居民来往大陆通行证", "Mainland travel permit, Taiwan"),
    IdType.HMT_RESIDENCE: pair("港澳台居民居住证", "Residence permit, Hong Kong, Macao, Taiwan"),
    IdType.FOREIGN_PR_CARD: pair("外国人永久居留身份证", "Foreign permanent resident card"),
}
_NUMBER = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class NamedForm(OnceForm):
    """Another person, named by name and document (姓名和证件)."""

    agent_name = forms.CharField(
        label=pair("对方的姓名", "Their name"),
        help_text=pair("照证件写", "As on the document"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agent_id_type = forms.TypedChoiceField(
        label=pair("对方的证件", "Their document"), choices=list(ID_TYPES.items()), coerce=IdType
    )
    agent_id_number = forms.CharField(
        label=pair("证件号码", "Its number"),
        help_text=pair("对方要先实名登录过，或到窗口核验过", "They must be known by real name already"),
        max_length=30,
        widget=forms.TextInput(attrs=_NUMBER),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with name and number, each beside its field."""
        values = super().clean() or {}
        kind, number = values.get("agent_id_type"), values.get("agent_id_number")
        faults = {
            "agent_id_number": rules.identity_fault(kind, number, self.today) if kind and number else "",
            "agent_name": rules.name_fault(values["agent_name"]) if values.get("agent_name") else "",
        }
        for name, code in faults.items():
            if code:
                self.add_error(name, here(refusals.say(Refusal(code))))
        return values


class LetterForm(NamedForm):
    """A letter of authority (授权委托书): who, for what, until when, and that one means it."""

    scope = forms.ChoiceField(
        label=pair("委托什么", "For what"),
        choices=[
            (LISTED, pair("只办下面选的事项", "Only the items chosen below")),
            (ALL, pair("所有能委托的事项", "Everything that may be left to an agent")),
        ],
        widget=forms.RadioSelect,
    )
    q = forms.CharField(
        label=pair("找事项", "Look for items"),
        help_text=pair(
            "用平常话说，再按「找」；找到的列在下面，已选的留着", "In everyday words, then “Look”; what is ticked stays"
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    items = forms.MultipleChoiceField(
        label=pair("选事项", "Choose items"), required=False, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label=pair("委托到哪一天", "The last day it is good"),
        help_text=pair(
            "当天还有效；最长两年，到期可以再出具", "Good on that day too; two years at most, then give it anew"
        ),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
    )
    consent = forms.BooleanField(
        label=pair(
            "我委托这个人在上面的范围内以我的名义办理；办出的结果由我承担，我随时可以撤销。",
            "I let this person act in my name within what is said above; what they do binds me, and I can end it at any"
            " time.",
        ),
        error_messages={"required": pair("出具前请确认这一条", "Please confirm before giving it")},
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, today=today, **kwargs)
        source: Any = self.data if self.is_bound else self.initial
        ticked = source.getlist("items") if hasattr(source, "getlist") else list(source.get("items") or ())
        field: Any = self.fields["items"]
        field.choices = _offered(ticked, str(source.get("q") or "").strip())
        self.fields["last_day"].widget.attrs |= {"min": today.isoformat(), "max": latest(today).isoformat()}

    def clean(self) -> dict[str, Any]:
        """Ask for items where only some are meant, and for an end within two years."""
        values = super().clean()
        if values.get("scope") == LISTED and not values.get("items"):
            self.add_error("items", here_pair("还没有选事项", "No item is chosen yet"))
        last = values.get("last_day")
        if last and last < self.today:
            self.add_error("last_day", here_pair("这一天已经过了", "This day is over"))
        if last and last > latest(self.today):
            self.add_error("last_day", here_pair("最长两年", "Two years at most"))
        return values

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command."""
        values = super().inputs()
        chosen = values["items"] if values["scope"] == LISTED else []
        names = ("key", "agent_name", "agent_id_type", "agent_id_number")
        return {
            **{name: values[name] for name in names},
            "items": chosen,
            "from_on": self.today,
            "until_on": values["last_day"] + timedelta(days=1),
        }


class EndForm(OnceForm):
    """An end: of a letter, of an operator (撤销)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def latest(today: date) -> date:
    """Return the last day on which a letter given today may be good (最长期限)."""
    try:
        return today.replace(year=today.year + MOST_YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year + MOST_YEARS, day=28)


def here_pair(zh: str, en: str) -> str:
    """Return a fault's words in the language of the page."""
    return str(pair(zh, en))


def _offered(ticked: list[str], text: str) -> list[tuple[str, str]]:
    """Return the items to choose from: those that are ticked, then what the words find."""
    names = {card.code: card.name for card in cards() if not card.closed}
    found = [hit.code for hit in search(text, MOST_HITS)] if text else []
    return [(code, here(names[code])) for code in dict.fromkeys([*ticked, *found]) if code in names]
