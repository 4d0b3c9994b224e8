"""The end of a sitting (收件): everything once more with the applicant, then one receipt for all."""

from __future__ import annotations

from typing import Any

from onewindow.accounts import queries as accounts
from onewindow.cases import queries
from onewindow.cases.rules import Stage
from onewindow.cases.rules.counter import joint_fields, joint_papers, paper_name
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item
from onewindow.core.clock import day_of
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms.counter import AcceptAllForm, ReceiveForm
from onewindow.desk.pages.counter import FOR_SELF, STEPS, SittingPage, standing_words
from onewindow.look import dates, masks, parts
from onewindow.look.dates import limit_words
from onewindow.look.forms import OnceForm
from onewindow.look.parts import Link
from onewindow.places import queries as places

TRUTH = "truth"
TRUE = Words(
    "申请人已当面确认：以上内容真实，材料和原件一致，知道隐瞒情况或提供虚假材料的后果。",
    "the applicant has confirmed: all this is true, the papers match their originals, and hiding facts or giving false"
    " papers has consequences.",
)
NOTHING = Words("没有", "Nobody")
QUESTIONS_LEFT = Words("还有 {n} 个问题没有答", "{n} questions are not answered yet")
ENTRIES_LEFT = Words("表里还有 {n} 处要填或要改", "{n} entries of the form are to be mended")
STATED = {"commitment.truthful": TRUE}  # what is confirmed, said as a sentence where the dictionary has a name only


class CheckPage(SittingPage):
    """Everything once more before it is taken in (核对收件)."""

    template = "desk/counter_check.html"
    step = 6
    here = "check"

    def form(self, data: Any = None) -> ReceiveForm:
        """Return the form of the statements, with the way to each page where something may be to mend."""
        statements = {
            field.key: STATED.get(field.key, field.name)
            for field in joint_fields(self.items, self.taken)
            if field.type == "statement"
        }
        form = ReceiveForm(statements or {TRUTH: TRUE}, data, initial=self.initial)
        form.elsewhere = self._elsewhere()
        return form

    def _elsewhere(self) -> dict[str, Link]:
        form, papers, questions = self.url("form"), self.url("papers"), self.url("questions")
        fields = [field for field in joint_fields(self.items, self.taken) if field.type != "statement"]
        return {
            **{field.key: Link(f"{form}#id_{field.key}", field.name) for field in fields},
            **{need.key: Link(papers, need.name) for need, _ in joint_papers(self.items, self.taken)},
            "papers": Link(papers, STEPS[4]),
            "items": Link(self.url("items"), STEPS[1]),
            "acts_for": Link(self.url("items"), Words("为谁办", "For whom")),
            "helper": Link(self.url("items"), Words("帮办", "Helper")),
            **{key: Link(questions, STEPS[2]) for item in self.items for key in item.by_key},
        }

    def context(self, form: ReceiveForm) -> dict[str, Any]:
        """Return the context of desk/counter_check.html."""
        standing = self.standing()
        helper = accounts.staff_name(self.taken.helper) if self.taken.helper else here(NOTHING)
        return {
            **self.frame(),
            "form": form,
            "acts_for": standing_words(standing) if standing else FOR_SELF,
            "helper": helper,
            "rows": [self._row(item) for item in self.items],
            "faults": self._faults(),
        }

    def _row(self, item: Item) -> dict[str, Any]:
        plan = rules.outcome(item, self.taken.answers_of(item.code))
        given = self.taken.papers.get(item.code, {})
        missing = rules.missing_papers(
            plan.wanted, {(need.key, need.holder) for need in plan.wanted if paper_name(need) in given}
        )
        first = rules.first_answer(item, self.taken.answers_of(item.code))
        limit = first.promised or first.statutory
        return {
            "item": item,
            "answers": [
                parts.Value(question.text, question.say(plan.kept.get(question.key)))
                for question in rules.asked_questions(item, plan.kept)
            ],
            "there": len(given),
            "missing": [need.name for need in missing],
            "limit": limit and limit_words(limit),
        }

    def _faults(self) -> list[Words]:
        """Return what stands in the way, so that nobody presses the button in vain; missing papers do not."""
        if not self.items:
            return [Words("还没有选事项", "no item is chosen yet")]
        found = []
        if left := sum(len(rules.next_questions(item, self.taken.answers_of(item.code))) for item in self.items):
            found.append(QUESTIONS_LEFT.fill(n=left))
        fields = [field for field in joint_fields(self.items, self.taken) if field.type != "statement"]
        if faulty := rules.check_fields(fields, self.taken.fields, day_of(self.at)):
            found.append(
                Words("表里还有 {n} 处要填或要改", "{n} entries of the form are to be mended").fill(n=len(faulty))
            )
        return found


class ReceiptPage(SittingPage):
    """One receipt for all that was taken in (收件回执)."""

    template = "desk/counter_receipt.html"
    step = 7
    here = "receipt"

    def form(self, data: Any = None) -> OnceForm:
        """Return the button that accepts everything that is complete."""
        return AcceptAllForm(data)

    def context(self, form: OnceForm) -> dict[str, Any]:
        """Return the context of desk/counter_receipt.html.

        queries  those of each case's page
        """
        numbers = self.sitting.cases.split()
        lacking = queries.missing_of_for(self.asker, numbers)
        rows = [self._row(number, lacking[number]) for number in numbers]
        ready = [row for row in rows if row["stage"] is Stage.RECEIVED and not row["missing"]]
        site = places.site(self.sitting.site)
        return {
            **self.frame(),
            "form": form,
            "rows": rows,
            "ready": len(ready),
            "waiting": sum(row["stage"] is Stage.RECEIVED for row in rows),
            "site": site,
            "today": day_of(self.at),
            "printed_at": self.at,
        }

    def _row(self, number: str, lacking: list[queries.Paper]) -> dict[str, Any]:
        page = queries.case_page_for(self.asker, number, at=self.at)
        item = catalogue.item(page.case.item, page.case.edition)
        form = queries.form_of(page.case)
        names = {(need.key, need.holder): need.name for need in rules.papers(item, form.answers)}
        shown = page.clocks.shown(page.state.stage)
        due_on = shown.reading.due_on if shown else None
        limits = page.clocks.waiting
        return {
            "number": number,
            "item": item,
            "name": masks.mask_name(queries.name_of(page.case)),
            "stage": page.state.stage,
            "due": dates.date_words(due_on, page.calendar) if due_on else None,
            "then": limit_words(limits[0]) if limits else None,
            "checked_first": bool(limits) and limits[0].starts == "accepted_or_checked_later",
            "missing": [names.get((paper.key, paper.holder), Words(paper.key, paper.key)) for paper in lacking],
            "papers": [
                names.get((paper.key, paper.holder), Words(paper.key, paper.key))
                for paper in page.papers
                if paper.state != "bring"
            ],
        }
