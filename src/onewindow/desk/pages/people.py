"""The pages of who may act for whom (代办关系): a person at the counter, what stands, and what may be noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.queries.noted import Noted, State, noted_of_for
from onewindow.accounts.rules import Basis, Need, Staff
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.desk.forms.people import (
    ONE_DAY,
    PROOFS,
    RELATIONS,
    DocumentForm,
    EndForm,
    FirmLetterForm,
    GuardianForm,
    LetterForm,
    NoteForm,
    RepForm,
)
from onewindow.desk.pages.counter import sites_of
from onewindow.desk.pages.work import frame
from onewindow.look import dates, masks
from onewindow.look.forms import OnceForm

SALT = "desk.people"
TITLES: dict[type[NoteForm], tuple[Words, Words]] = {
    GuardianForm: (Words("登记监护", "Note a guardianship"), Words("登记监护", "Note the guardianship")),
    LetterForm: (Words("登记个人委托书", "Note a person’s letter"), Words("登记委托书", "Note the letter")),
    FirmLetterForm: (Words("登记单位委托书", "Note a firm’s letter"), Words("登记委托书", "Note the letter")),
    RepForm: (
        Words("登记法定代表人", "Note a legal representative"),
        Words("登记法定代表人", "Note the legal representative"),
    ),
}
BASES = {
    Basis.GUARDIAN: Words("监护", "Guardian"),
    Basis.LETTER: Words("委托书", "Letter of authority"),
    Basis.LEGAL_REP: Words("法定代表人", "Legal representative"),
    Basis.OPERATOR: Words("经办人", "Operator"),
}
STATES = {
    State.GOOD: Words("有效", "In force"),
    State.LATER: Words("还没开始", "Not begun"),
    State.OVER: Words("已到期", "Run out"),
    State.ENDED: Words("已终止", "Ended"),
}
ENDS = {
    Basis.GUARDIAN: Words("终止监护", "End the guardianship"),
    Basis.LETTER: Words("撤销委托", "Revoke the letter"),
    Basis.LEGAL_REP: Words("终止资格", "End the office"),
    Basis.OPERATOR: Words("终止资格", "End the office"),
}
WHY = {
    Basis.GUARDIAN: Words("民法典第36条、第39条", "Civil Code, arts. 36, 39"),
    Basis.LETTER: Words("民法典第173条第二项", "Civil Code, art. 173(2)"),
    Basis.LEGAL_REP: Words("民法典第61条", "Civil Code, art. 61"),
    Basis.OPERATOR: Words("民法典第170条", "Civil Code, art. 170"),
}
NO_END = Words("没有期限", "No fixed end")
TO_ADULT = Words("到满 18 周岁", "Until the 18th birthday")
ALL_ITEMS = Words("全部事项", "All items")


@dataclass(frozen=True, slots=True)
class Opened:
    """A person whose document this clerk saw today, by the word in the address (已核验的人).

    sitting  the sitting that it was opened from, "" for none
    """

    person: int
    sitting: str
    word: str

    def url(self, name: str = "person", *args: object) -> str:
        """Return the address of a page of this person."""
        return reverse(f"desk:{name}", args=[self.word, *args])


@dataclass(frozen=True, slots=True)
class Line:
    """One note in words, names masked."""

    basis: Words
    detail: Words
    actor: str
    principal: str
    items: Words
    state: Words
    good: bool
    until: Words
    noted: datetime
    ended: datetime | None
    end_url: str
    end_words: Words
    end_law: Words
    form: OnceForm | None


def opened_for(asker: Staff, person: int, at: datetime, sitting: str = "") -> Opened:
    """Return the address by which this clerk, and nobody else, has the person open until the day's end."""
    return Opened(person, sitting, signing.dumps([person, asker.id, day_of(at).isoformat(), sitting], salt=SALT))


def read_back(asker: Staff, word: str, at: datetime) -> Opened:
    """Return whom an address names.

    raises  NotFound for a colleague's, another day's, and what nobody was given
    """
    try:
        person, staff, day, sitting = signing.loads(word, salt=SALT)
    except signing.BadSignature as error:
        raise NotFound(word) from error
    if (staff, day) != (asker.id, day_of(at).isoformat()):
        raise NotFound(word)
    return Opened(person, sitting, word)


def find_page(asker: Staff, form: DocumentForm) -> dict[str, Any]:
    """Return the context of desk/people.html."""
    return {**_frame(asker), "form": form}


def _frame(asker: Staff) -> dict[str, Any]:
    return {**frame(asker, "counter"), "site": next((name for _, name in sites_of(asker)), "")}


def form_of(kind: type[NoteForm], at: datetime, data: Any = None) -> NoteForm:
    """Return a form of the page, with the catalogue's items where it names some."""
    if issubclass(kind, LetterForm | FirmLetterForm):
        return kind(data, today=day_of(at), items={each.code: each.name for each in catalogue.items()})
    return kind(data, today=day_of(at))


def noted(asker: Staff, opened: Opened, basis: str, id: int, at: datetime) -> Noted:
    """Return one note of this person.

    raises  NotFound for any other's
    """
    found = noted_of_for(asker, opened.person, day_of(at))
    one = next((each for each in found if (each.basis.value, each.id) == (basis, id)), None)
    if one is None:
        raise NotFound(f"{basis} {id}")
    return one


def person_page(asker: Staff, opened: Opened, at: datetime, bound: OnceForm | None = None) -> dict[str, Any]:
    """Return the context of desk/people_person.html; `bound` is the form that was refused."""
    who, today = accounts.identity_of(opened.person), day_of(at)
    found = noted_of_for(asker, opened.person, today)
    forms = [bound if bound is not None and type(bound) is kind else form_of(kind, at) for kind in TITLES]
    return {
        **_frame(asker),
        "who": masks.mask_name(who.name),
        "document": masks.mask_id(who.id_number),
        "here_url": opened.url(),
        "back_url": reverse("desk:counter-items", args=[opened.sitting]) if opened.sitting else "",
        "acts": [_line(each, opened) for each in found if each.person == opened.person],
        "others": [_line(each, opened) for each in found if each.person != opened.person],
        "notes": [
            {
                "form": form,
                "word": form.word,
                "title": TITLES[type(form)][0],
                "button": TITLES[type(form)][1],
                "url": opened.url(f"person-{form.word}"),
                "open": form is bound,
                "narrowed": form is bound and "items" in form.fields and bool(form["items"].data),
            }
            for form in forms
            if isinstance(form, NoteForm)
        ],
    }


def _line(each: Noted, opened: Opened) -> Line:
    ends = each.state in (State.GOOD, State.LATER)
    return Line(
        basis=BASES[each.basis],
        detail=_detail(each),
        actor=masks.mask_name(each.person_name),
        principal=f"{each.firm_name} {each.firm}" if each.firm else masks.mask_name(each.principal_name),
        items=_items(each),
        state=STATES[each.state],
        good=each.state is State.GOOD,
        until=_until(each),
        noted=each.at,
        ended=each.ended_at,
        end_url=opened.url("person-end", each.basis.value, each.id),
        end_words=ENDS[each.basis],
        end_law=WHY[each.basis],
        form=EndForm(version=each.version) if ends else None,
    )


def _detail(each: Noted) -> Words:
    if each.relation and each.proof:
        return _joined(RELATIONS[each.relation], NEEDS_SHORT[each.need or Need.MINOR], PROOFS[each.proof])
    if each.basis is Basis.LETTER:
        return Words("窗口看过纸质原件", "seen on paper") if each.on_paper else Words("网上出具", "given on line")
    return Words("窗口看过营业执照", "licence seen") if each.proof else Words("单位授权", "granted by the firm")


NEEDS_SHORT = {Need.MINOR: Words("未成年", "minor"), Need.INCAPABLE: Words("成年人", "adult")}


def _joined(*words: Words) -> Words:
    return Words(" · ".join(each.zh for each in words), " · ".join(each.en for each in words))


def _items(each: Noted) -> Words:
    if not each.items:
        return ALL_ITEMS
    return Words("、".join(sorted(each.items)), ", ".join(sorted(each.items)))


def _until(each: Noted) -> Words:
    if each.until_on:
        return dates.long_date_words(each.until_on - ONE_DAY)
    return TO_ADULT if each.need is Need.MINOR else NO_END
