"""The pages of a sitting at the counter (窗口收件): who, what about, questions, form, papers, check, receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.queries import Identity, Mandate
from onewindow.accounts.rules import ANYWHERE, Agent, Applicant, Basis, Duty, Resident, Staff
from onewindow.cases import commands, queries
from onewindow.cases.rules.counter import joint_fields, joint_papers, joint_questions, paper_name
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Field, Item
from onewindow.core.clock import SHANGHAI, day_of
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms.counter import (
    SELF,
    AnswersForm,
    BeginForm,
    ChooseForm,
    EntriesForm,
    SheetsForm,
    question_name,
)
from onewindow.desk.pages.work import frame
from onewindow.look import masks
from onewindow.look.inputs import Filled
from onewindow.look.sentences import capital
from onewindow.places import queries as places

STEPS = (
    Words("谁来办", "Who"),
    Words("办什么", "What"),
    Words("提问", "Questions"),
    Words("填表", "Form"),
    Words("材料", "Papers"),
    Words("核对收件", "Check"),
    Words("回执", "Receipt"),
)
BASES = {
    Basis.GUARDIAN: Words("作为监护人，为{name}", "As guardian, for {name}"),
    Basis.LETTER: Words("凭委托书，为{name}", "By a letter of authority, for {name}"),
    Basis.LEGAL_REP: Words("作为法定代表人，为{name}", "As legal representative, for {name}"),
    Basis.OPERATOR: Words("作为经办人，为{name}", "As its operator, for {name}"),
}
FOR_SELF = Words("为自己办", "For themselves")


def sites_of(asker: Staff) -> list[tuple[str, str]]:
    """Return the sites at which the asker takes papers in, where they belong first (收件站点)."""
    codes = asker.where(Duty.INTAKE)
    named = [asker.office] if ANYWHERE in codes and asker.office.isdigit() else sorted(codes - {ANYWHERE})
    ordered = sorted(named, key=lambda code: (code != asker.office, code))
    return [(code, here(places.site(code).name)) for code in ordered]


def begin_page(asker: Staff, form: BeginForm, at: datetime) -> dict[str, Any]:
    """Return the page on which a sitting begins: the form, and the asker's sittings of today (接待)."""
    since = datetime.combine(day_of(at), time(), SHANGHAI)
    rows = queries.sittings_for(asker, since=since)
    people = accounts.identities(row.person for row in rows)
    told = [_told(row, people) for row in rows]
    return {
        **frame(asker, "counter"),
        "form": form,
        "steps": STEPS,
        "unfinished": [each for each in told if not each["cases"]],
        "done": [each for each in told if each["cases"]],
    }


def _told(row: queries.Sitting, people: Mapping[int, Identity]) -> dict[str, Any]:
    name = masks.mask_name(people[row.person].name) if row.person in people else ""
    where = "counter-receipt" if row.done_at else "counter-items"
    return {
        "number": row.number,
        "name": name,
        "at": row.saved_at,
        "cases": row.cases.split(),
        "items": [catalogue.item(code).name for code in queries.taken_of(row).items],
        "url": reverse(f"desk:{where}", args=[row.number]),
    }


class SittingPage:
    """What every page of a sitting knows: the sitting, its items, what was taken in so far."""

    template = ""
    step = 1
    here = ""

    def __init__(self, asker: Staff, number: str, at: datetime) -> None:
        self.asker, self.number, self.at = asker, number, at
        self.load()

    def load(self) -> None:
        """Read the sitting as it is now.

        raises  NotFound
        """
        self.sitting = queries.sitting_for(self.asker, self.number)
        self.taken = queries.taken_of(self.sitting)
        self.items: list[Item] = [catalogue.item(code) for code in self.taken.items]

    @property
    def done(self) -> bool:
        """Say whether the sitting was handed in."""
        return self.sitting.done_at is not None

    @property
    def initial(self) -> dict[str, Any]:
        """Return what every form of the page starts with."""
        return {"version": self.sitting.version}

    def url(self, name: str) -> str:
        """Return the address of a page of this sitting."""
        return reverse(f"desk:counter-{name}", args=[self.number])

    def frame(self) -> dict[str, Any]:
        """Return what each of the pages shows around its form: who stands there, how far one is (2 queries)."""
        who = accounts.identity_of(self.sitting.person)
        return {
            **frame(self.asker, "counter"),
            "sitting": self.sitting,
            "who": masks.mask_name(who.name),
            "document": masks.mask_id(who.id_number),
            "items": self.items,
            "steps": STEPS,
            "step": self.step,
            "here_url": self.url(self.here) if self.here else "",
        }

    def standing(self) -> Mandate | None:
        """Return by what right the person acts for another, None for themselves or once it has ended."""
        if not self.taken.acts_for:
            return None
        found = accounts.acting_for(self.sitting.person, day_of(self.at))
        return next((each for each in found if each.key == self.taken.acts_for), None)

    def side(self) -> Applicant:
        """Return as whom the person at the counter asks: that decides what data fill the form in."""
        person, standing = self.sitting.person, self.standing()
        if standing is None:
            return Resident(person, 2)
        return Agent(person, standing.principal, standing.firm, standing.basis, 2, ground=standing.ground)


class ItemsPage(SittingPage):
    """For whom, with whom, what about."""

    template = "desk/counter_items.html"
    step = 2
    here = "items"

    def form(self, data: Any = None, *, text: str = "") -> ChooseForm:
        """Return the form: who they may act for, who may help, the site's items that fit what is looked for."""
        today = day_of(self.at)
        standings = [(SELF, here(FOR_SELF))]
        standings += [
            (each.key, here(standing_words(each))) for each in accounts.acting_for(self.sitting.person, today)
        ]
        chosen = {
            "acts_for": self.taken.acts_for or SELF,
            "helper": self.taken.helper or "",
            "items": list(self.taken.items),
        }
        return ChooseForm(
            data,
            standings=standings,
            helpers=[each for each in accounts.helpers_at(self.sitting.site, today) if each[0] != self.asker.id],
            items=self._offered(text, [*self.taken.items, *(data.getlist("items") if data is not None else ())]),
            initial={**self.initial, **chosen},
        )

    def _offered(self, text: str, chosen: Iterable[str]) -> dict[str, tuple[Words, Words]]:
        """Return the items of the site that fit the text, those chosen first: code → name, department."""
        served = places.site(self.sitting.site).departments
        known = catalogue.items()
        found = [catalogue.item(hit.code) for hit in catalogue.search(text)] if text else known
        offered = {item.code: item for item in found if item.department in served and not item.closed}
        mine = {item.code: item for item in known if item.code in set(chosen)}
        return {code: (item.name, catalogue.department(item.department)) for code, item in {**mine, **offered}.items()}

    def next_url(self, sitting: queries.Sitting, text: str | None) -> str:
        """Return where to go on: the same page while one looks for items."""
        if text is not None:
            return f"{self.url('items')}?{text}" if text else self.url("items")
        self.load()
        return self.url("questions" if joint_questions(self.items, self.taken) else "form")

    def context(self, form: ChooseForm, text: str) -> dict[str, Any]:
        """Return the context of desk/counter_items.html."""
        return {**self.frame(), "form": form, "text": text, "alone": len(form.fields["acts_for"].choices) == 1}  # type: ignore[attr-defined]  # a choice field, as made above


def standing_words(each: Mandate) -> Words:
    """Say by what right a person acts for whom; a person's name masked (代办说法)."""
    name = each.name if each.firm else masks.mask_name(each.name)
    words = BASES[each.basis].fill(name=name)
    if not each.items:
        return words
    codes = "、".join(sorted(each.items))
    return Words(f"{words.zh}（只限 {codes}）", f"{words.en} (only {codes})")


class QuestionsPage(SittingPage):
    """All questions of all items that can be asked now."""

    template = "desk/counter_questions.html"
    step = 3
    here = "questions"

    def form(self, data: Any = None) -> AnswersForm:
        """Return the form of the questions, with what was answered."""
        asked = joint_questions(self.items, self.taken)
        values = {
            question_name(question, codes): next(
                (text for code in codes if (text := self.taken.answers_of(code).get(question.key))), ""
            )
            for question, codes in asked
        }
        return AnswersForm(asked, data, values=values, initial=self.initial)

    def next_url(self) -> str:
        """Return where to go on: the same page while an answer has opened further questions."""
        self.load()
        left = any(rules.next_questions(item, self.taken.answers_of(item.code)) for item in self.items)
        return self.url("questions" if left else "form")

    def context(self, form: AnswersForm) -> dict[str, Any]:
        """Return the context of desk/counter_questions.html."""
        names = {item.code: item.name for item in self.items}
        rows = [
            {"bound": form[question_name(question, codes)], "of": [names[code] for code in codes]}
            for question, codes in form.asked
        ]
        return {**self.frame(), "form": form, "rows": rows, "several": len(self.items) > 1}


class FormPage(SittingPage):
    """The forms of all items as one."""

    template = "desk/counter_form.html"
    step = 4
    here = "form"

    def rows(self) -> list[Field]:
        """Return what is to be typed; statements are confirmed at the end."""
        return [field for field in joint_fields(self.items, self.taken) if field.type != "statement"]

    def form(self, data: Any = None, *, later: bool = False) -> EntriesForm:
        """Return the form, filled in from the account and what was typed before."""
        filled = Filled(accounts.known_for(self.side()), self.taken.fields)
        return EntriesForm(
            self.rows(),
            data,
            filled=filled,
            today=day_of(self.at),
            later=later,
            initial=self.initial,
        )

    def context(self, form: EntriesForm) -> dict[str, Any]:
        """Return the context of desk/counter_form.html."""
        return {**self.frame(), "form": form}


class PapersPage(SittingPage):
    """The papers of all items, each once."""

    template = "desk/counter_papers.html"
    step = 5
    here = "papers"

    def form(self, data: Any = None, uploads: Any = None) -> SheetsForm:
        """Return the form of the papers, with what is there."""
        wanted = joint_papers(self.items, self.taken)
        held = {
            paper_name(need): next(
                (text for code in codes if (text := self.taken.papers.get(code, {}).get(paper_name(need)))), ""
            )
            for need, codes in wanted
        }
        return SheetsForm([need for need, _ in wanted], data, uploads, held=held, initial=self.initial)

    def put(self, form: SheetsForm, *, version: int, **papers: Any) -> None:
        """Note the papers; a scan that could not be taken is said beside its field.

        raises  NotFound; Refusal sitting.stale, sitting.done, case.papers
        """
        sitting, faults = commands.note_papers(by=self.asker, number=self.number, at=self.at, version=version, **papers)
        if faults:
            form.go_on(sitting.version)
            raise Refusal("case.papers", missing=len(faults), fields=faults)

    def context(self, form: SheetsForm) -> dict[str, Any]:
        """Return the context of desk/counter_papers.html."""
        names = {item.code: item.name for item in self.items}
        wanted = {paper_name(need): codes for need, codes in joint_papers(self.items, self.taken)}
        rows = [
            {
                "state": form[f"is {paper_name(need)}"],
                "scan": form[paper_name(need)],
                "reason": capital(need.reason),
                "optional": not need.required,
                "of": [names[code] for code in wanted.get(paper_name(need), ())],
            }
            for need in form.needs
        ]
        return {**self.frame(), "form": form, "rows": rows, "several": len(self.items) > 1}
