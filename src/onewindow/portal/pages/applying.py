"""The pages of an application that is being made (申请): form, papers, check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.forms.boundfield import BoundField
from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Applicant
from onewindow.cases import commands, queries
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.catalogue.rules import PaperNeed, State
from onewindow.core import files
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.words import Words
from onewindow.look import parts
from onewindow.look.inputs import Filled
from onewindow.look.parts import Link
from onewindow.places import queries as places
from onewindow.portal.forms import (
    TRUE,
    TRUTH,
    ApplicationForm,
    HandInForm,
    PapersForm,
    Slot,
    UnfinishedForm,
    paper_id,
)
from onewindow.portal.pages import asking, said
from onewindow.portal.pages import form as shown_form
from onewindow.portal.pages.steps import STEPS

BRING = "bring"


class DraftPage:
    """What every page of an application knows: the draft, its item, what was given so far."""

    template = ""
    step = 2
    case = ""

    def __init__(self, asker: Applicant, number: str, at: datetime) -> None:
        self.asker, self.number, self.at = asker, number, at
        self.load()

    def load(self) -> None:
        """Read the draft as it is now; one that was handed in already is known by its case.

        raises  NotFound
        """
        try:
            self.draft = queries.draft_for(self.asker, self.number)
        except NotFound:
            self.case = queries.handed_in_for(self.asker, self.number)
            if not self.case:
                raise
            return
        self.item = catalogue.item(self.draft.item)
        self.given = queries.form_of(self.draft)

    def frame(self) -> dict[str, Any]:
        """Return what each of the pages shows around its form."""
        return {
            "item": self.item,
            "draft": self.draft,
            "steps": STEPS,
            "step": self.step,
            "questions_url": asking.address(self.item, self.given.answers),
        }


class FormPage(DraftPage):
    """The form itself."""

    template = "portal/form.html"

    def form(self, data: Any = None, *, later: bool = False) -> ApplicationForm:
        """Return the form, filled in from the draft and the account."""
        return (UnfinishedForm if later else ApplicationForm)(
            self.item,
            self.given.answers,
            Filled(accounts.known_for(self.asker), self.given.fields),
            shown_form.site_choices(self.item),
            data,
            today=day_of(self.at),
            version=self.draft.version,
            site=self.draft.site,
        )

    def context(self, form: ApplicationForm) -> dict[str, Any]:
        """Return the context of portal/form.html."""
        return {**self.frame(), "form": form, "parts": shown_form.laid_out(form)}


class PapersPage(DraftPage):
    """The papers: each needed one with what there is of it, those not needed with the reason."""

    template = "portal/papers.html"
    step = 3

    def form(self, data: Any = None, uploads: Any = None) -> PapersForm:
        """Return the form of the papers."""
        return PapersForm(slots(self), data, uploads, version=self.draft.version)

    def put(self, form: PapersForm, *, version: int, **papers: Any) -> None:
        """Put the papers into the draft; a file that could not be taken is said beside its field.

        raises  NotFound; Refusal draft.stale, case.papers
        """
        draft, faults = commands.put_papers(by=self.asker, number=self.number, at=self.at, version=version, **papers)
        if faults:
            form.go_on(draft.version)
            raise Refusal("case.papers", missing=len(faults), fields=faults)

    def context(self, form: PapersForm) -> dict[str, Any]:
        """Return the context of portal/papers.html, with what the draft holds by now."""
        self.load()
        return {
            **self.frame(),
            "form": form,
            "rows": [self._row(form, slot) for slot in slots(self)],
            "spared": [said.paper(self.item, need) for need in self.spared()],
        }

    def spared(self) -> list[PaperNeed]:
        """Return the papers that need not be handed in."""
        needs = rules.papers(self.item, self.given.answers)
        return [need for need in needs if not need.wanted and need.state is not State.OPEN]

    def _row(self, form: PapersForm, slot: Slot) -> dict[str, Any]:
        def bound(name: str) -> BoundField | None:
            return form[name] if name in form.fields else None

        return {
            "slot": slot,
            "paper": said.paper(self.item, slot.need),
            "upload": bound(slot.id),
            "bring": bound(f"bring {slot.id}"),
            "remove": bound(f"remove {slot.id}") if slot.file else None,
            "url": reverse("portal:draft-paper", args=[self.number, slot.id]) if slot.file else "",
            "is_picture": bool(slot.file) and files.find(slot.file).kind != files.PDF,
        }


def slots(page: DraftPage) -> list[Slot]:
    """Return the papers to hand in; a file that a day has swept away counts as none (需提交的材料)."""
    held = {name: file for name, file in page.given.papers.items() if file != BRING}
    there = files.digests_of(owner=page.asker.key, ids=list(held.values())) if held else {}
    return [_slot(page, need, there) for need in rules.wanted_papers(page.item, page.given.answers)]


def _slot(page: DraftPage, need: PaperNeed, there: Mapping[str, str]) -> Slot:
    name = paper_id(need.key, need.holder)
    kept = page.given.papers.get(name, "")
    return Slot(need, name, kept if kept in there else "", kept == BRING)


def uploaded(asker: Applicant, number: str, paper: str) -> str:
    """Return the id of the file that was uploaded for a paper of the asker's own draft.

    raises  NotFound
    """
    file = queries.form_of(queries.draft_for(asker, number)).papers.get(paper, "")
    if file in ("", BRING) or files.find(file).owner != asker.key:
        raise NotFound(paper)
    return file


class CheckPage(DraftPage):
    """Check your answers (核对): everything once more, each with the way to change it, then the statement."""

    template = "portal/check.html"
    step = 4

    def form(self, data: Any = None) -> HandInForm:
        """Return the form of the statement, with the way to each page where something may be to mend."""
        fields = rules.fields(self.item, self.given.answers)
        statements = [(field.key, STATED.get(field.key, field.name)) for field in fields if field.type == "statement"]
        form = HandInForm(statements or [(TRUTH, TRUE)], data, version=self.draft.version)
        form.elsewhere = self._elsewhere()
        return form

    def _elsewhere(self) -> dict[str, Link]:
        form, papers = (reverse(f"portal:{name}", args=[self.number]) for name in ("form", "papers"))
        fields = rules.fields(self.item, self.given.answers)
        needs = rules.wanted_papers(self.item, self.given.answers)
        return {
            **{field.key: Link(f"{form}#id_{field.key}", field.name) for field in fields if field.type != "statement"},
            "site": Link(f"{form}#id_site", SITE),
            **{need.key: Link(f"{papers}#id_{paper_id(need.key, need.holder)}", need.name) for need in needs},
            "papers": Link(papers, PAPERS),
            **{key: Link(self.frame()["questions_url"], QUESTIONS) for key in self.item.by_key},
        }

    def context(self, form: HandInForm) -> dict[str, Any]:
        """Return the context of portal/check.html."""
        change = reverse("portal:form", args=[self.number])
        first = rules.first_answer(self.item, self.given.answers)
        return {
            **self.frame(),
            "form": form,
            "answers": asking.given(self.item, self.given.answers),
            "fields": shown_form.given(self.item, self.given, change=change, account=accounts.known_for(self.asker)),
            "papers": [self._paper(slot) for slot in slots(self)],
            "papers_url": reverse("portal:papers", args=[self.number]),
            "form_url": change,
            "site": _site(self.draft.site),
            "first": first,
            "faults": self._faults(),
        }

    def _paper(self, slot: Slot) -> parts.Value:
        papers = reverse("portal:papers", args=[self.number])
        state = UPLOADED if slot.file else BROUGHT if slot.brings or not slot.may_upload else MISSING
        return parts.Value(slot.need.name, state, change_url=f"{papers}#id_{slot.id}" if slot.may_upload else papers)

    def _faults(self) -> list[Words]:
        """Return what is still missing, so that nobody presses the button in vain."""
        page, today = self.given, day_of(self.at)
        statements = {field.key for field in self.item.fields if field.type == "statement"}
        faulty = set(rules.check_values(self.item, page.answers, page.fields, today)) - statements
        given = {(slot.need.key, slot.need.holder) for slot in slots(self) if slot.file or slot.brings}
        brought = {(slot.need.key, slot.need.holder) for slot in slots(self) if not slot.may_upload}
        needs = rules.wanted_papers(self.item, page.answers)
        missing = rules.missing_papers(needs, given | brought)
        found = [FIELDS_LEFT.fill(n=len(faulty))] if faulty else []
        found += [PAPERS_LEFT.fill(n=len(missing))] if missing else []
        return found + ([SITE_LEFT] if not self.draft.site else [])


STATED = {"commitment.truthful": TRUE}  # what is confirmed, said as a sentence where the dictionary has a name only
UPLOADED, BROUGHT = Words("已上传", "uploaded"), Words("到窗口带来", "to be brought to the counter")
MISSING = Words("还没有", "not there yet")
SITE, PAPERS, QUESTIONS = Words("网点", "Site"), Words("材料", "Papers"), Words("问题", "Questions")
FIELDS_LEFT = Words("表里还有 {n} 处要填或要改", "{n} entries of the form are missing or need mending")
PAPERS_LEFT = Words(
    "还有 {n} 份材料没有上传，也没有选「到窗口带来」", "{n} papers are neither uploaded nor to be brought"
)
SITE_LEFT = Words("还没有选网点", "no site is chosen yet")


def _site(code: str) -> places.Site | None:
    return places.site(code) if code else None
