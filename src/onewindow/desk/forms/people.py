"""What a clerk fills in of who may act for whom (代办关系登记): the other side's document, and what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from onewindow.accounts import rules as accounts
from onewindow.accounts.rules import Guardianship, IdType, Need, Proof
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms.base import DAY
from onewindow.desk.forms.counter import ID_TYPES, ItemsField
from onewindow.look import refusals
from onewindow.look.forms import OnceForm, pair
from onewindow.look.inputs import NOT_SAID

RELATIONS: dict[Guardianship, Words] = {
    Guardianship.PARENT: Words("父母", "Parent"),
    Guardianship.SPOUSE: Words("配偶", "Spouse"),
    Guardianship.CHILD: Words("子女", "Child"),
    Guardianship.GRANDPARENT: Words("祖父母、外祖父母", "Grandparent"),
    Guardianship.SIBLING: Words("兄、姐", "Elder brother or sister"),
    Guardianship.RELATIVE: Words("其他近亲属", "Other close relative"),
    Guardianship.OTHER: Words("经同意的其他个人", "Other person, with consent"),
}
NEEDS: dict[Need, Words] = {
    Need.MINOR: Words("未成年（不满 18 岁，民法典第27条）", "A minor (under 18, Civil Code art. 27)"),
    Need.INCAPABLE: Words(
        "成年人，无或限制民事行为能力（民法典第28条）", "An adult without full capacity (Civil Code art. 28)"
    ),
}
PROOFS: dict[Proof, Words] = {
    Proof.HOUSEHOLD_BOOKLET: Words("居民户口簿", "Household booklet"),
    Proof.BIRTH_CERTIFICATE: Words("出生医学证明", "Birth certificate"),
    Proof.ADOPTION: Words("收养登记证", "Adoption certificate"),
    Proof.MARRIAGE: Words("结婚证", "Marriage certificate"),
    Proof.AGREEMENT: Words("监护协议（民法典第30条）", "Agreement of guardians (Civil Code art. 30)"),
    Proof.APPOINTMENT: Words(
        "居委会、村委会或民政部门的指定（民法典第31条）", "Appointment by committee or civil affairs (art. 31)"
    ),
    Proof.JUDGMENT: Words("人民法院的判决、指定", "Judgment or appointment by a court"),
}


def _listed(found: Mapping[Any, Words]) -> list[tuple[Any, Any]]:
    return [NOT_SAID, *((key, pair(words.zh, words.en)) for key, words in found.items())]


TYPED = {"autocomplete": "off", "spellcheck": "false"}
CODED = {**TYPED, "autocapitalize": "characters"}
ONE_DAY = timedelta(days=1)


class NoteForm(OnceForm):
    """A form of this page; several stand there, each with ids of its own."""

    word = ""

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{self.word}_%s", **kwargs)
        self.today = today

    def blame(self, name: str, code: str) -> None:
        """Put a rule's no beside its field."""
        if code and name not in self.errors:
            self.add_error(name, here(refusals.say(Refusal(code))))


class DocumentForm(NoteForm):
    """A person by their document (按证件查人)."""

    word = "person"
    id_type = forms.TypedChoiceField(
        label=pair("证件", "Document"), choices=list(ID_TYPES.items()), coerce=IdType, initial=IdType.RESIDENT_ID
    )
    id_number = forms.CharField(label=pair("证件号码", "Number"), max_length=30, widget=forms.TextInput(attrs=CODED))
    name = forms.CharField(
        label=pair("姓名", "Name"),
        help_text=pair("照证件写", "As on the document"),
        max_length=60,
        widget=forms.TextInput(attrs=TYPED),
    )

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with name and number, each beside its field."""
        values = super().clean() or {}
        id_type, number, name = (values.get(each) for each in ("id_type", "id_number", "name"))
        self.blame("id_number", accounts.identity_fault(id_type, number, self.today) if id_type and number else "")
        self.blame("name", accounts.name_fault(name) if name else "")
        return values


class GuardianForm(DocumentForm):
    """Whom the person at the counter guards (登记监护)."""

    word = "guardian"
    relation = forms.TypedChoiceField(
        label=pair("他是被监护人的", "To the ward this person is"),
        choices=_listed(RELATIONS),
        coerce=Guardianship,
    )
    need = forms.TypedChoiceField(
        label=pair("为什么要监护", "Why there is a guardian"), choices=_listed(NEEDS), coerce=Need
    )
    proof = forms.TypedChoiceField(
        label=pair("看过的证明原件", "Document seen, the original"),
        choices=_listed(PROOFS),
        coerce=Proof,
    )
    ward_born_on = forms.DateField(
        label=pair("被监护人出生日期", "The ward’s date of birth"),
        help_text=pair("证件号码里没有的才填", "Only where the number does not say it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, number, name = (self.fields[each] for each in ("id_type", "id_number", "name"))
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [*ID_TYPES.items(), (IdType.BIRTH_CERTIFICATE, pair("出生医学证明", "Birth certificate"))]
        kind.label = pair("被监护人的证件", "The ward’s document")
        number.label = pair("被监护人的证件号码", "Its number")
        name.label = pair("被监护人姓名", "The ward’s name")


class SpanForm(NoteForm):
    """What a letter says of its items and days (事项和期限)."""

    items = ItemsField(
        label=pair("只限这些事项", "For these items only"),
        help_text=pair("都不选：委托书写明什么都可以办", "None chosen: the letter allows all"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    from_on = forms.DateField(
        label=pair("从哪天起", "From"), widget=forms.DateInput(attrs={"type": "date"}, format=DAY)
    )
    until_on = forms.DateField(
        label=pair("到哪天为止（含这一天）", "Last day, included"),
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )
    seen = forms.BooleanField(
        label=pair(
            "看过委托书原件：写明代理人、事项、权限、期限，有签名或盖章（民法典第165条）",
            "I saw the original: it names agent, matter, power and term, signed or sealed (Civil Code art. 165)",
        )
    )

    def __init__(self, *args: Any, items: Mapping[str, Words], today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"from_on": today}, **kwargs)
        self.order_fields([name for name in self.fields if name not in SpanForm.base_fields] + [*SpanForm.base_fields])
        field = self.fields["items"]
        assert isinstance(field, ItemsField)
        field.choices = [(code, f"{here(name)} {code}") for code, name in items.items()]
        field.hints = {}

    def clean(self) -> dict[str, Any]:
        """Say that a letter whose last day is over, or lies before its first, is good for nothing."""
        values = super().clean() or {}
        first, last = values.get("from_on"), values.get("until_on")
        if last and last < self.today:
            self.add_error("until_on", here(Words("这份委托书已经过期。", "This letter is out of date.")))
        elif first and last and last < first:
            self.blame("until_on", "accounts.span")
        return values

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command: it takes the first day on which the letter is good no more."""
        values = super().inputs()
        del values["seen"]
        return {**values, "until_on": values["until_on"] + ONE_DAY}


class LetterForm(SpanForm, DocumentForm):
    """A person's letter that the clerk saw on paper (登记个人委托书)."""

    word = "letter"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id_type"].label = pair("委托人的证件", "The principal’s document")
        self.fields["id_number"].label = pair("委托人的证件号码", "Its number")
        self.fields["name"].label = pair("委托人姓名", "The principal’s name")


class FirmForm(NoteForm):
    """A firm by its code and name (单位)."""

    code = forms.CharField(
        label=pair("统一社会信用代码", "Unified social credit code"),
        max_length=30,
        widget=forms.TextInput(attrs=CODED),
    )
    firm_name = forms.CharField(
        label=pair("单位名称", "Name of the firm"),
        help_text=pair("照营业执照写；登记过的单位用原来的名称", "As on the licence; a known firm keeps its name"),
        max_length=120,
        widget=forms.TextInput(attrs=TYPED),
    )

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with the code."""
        values = super().clean() or {}
        self.blame("code", accounts.credit_fault(accounts.plain(values["code"])) if values.get("code") else "")
        return values


class FirmLetterForm(SpanForm, FirmForm):
    """A firm's letter that the clerk saw on paper (登记单位委托书)."""

    word = "firm-letter"


class RepForm(FirmForm):
    """Of which firm the person is the legal representative (登记法定代表人)."""

    word = "legal-rep"
    seen = forms.BooleanField(
        label=pair(
            "看过营业执照或登记证书原件，上面的法定代表人就是他（民法典第61条）",
            "I saw the original licence; it names this person as legal representative (Civil Code art. 61)",
        )
    )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command."""
        values = super().inputs()
        del values["seen"]
        return {**values, "proof": Proof.BUSINESS_LICENCE}


class EndForm(OnceForm):
    """Ending what is noted (终止): the version that the clerk saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, version: int = 0, **kwargs: Any) -> None:
        super().__init__(data, auto_id=False, initial={"version": version}, **kwargs)
