"""The particulars of each kind of letter of a case (文书要素): its facts, rows, reasons and lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.accounts import queries as accounts
from onewindow.calendars.rules import REASON_WORDS, Reason
from onewindow.cases.models import Case
from onewindow.cases.queries.one import form_of, name_of, need_of, notice_words, papers_of
from onewindow.cases.rules import Act, Fault, State, note_words
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import journal
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.notices import rules as texts
from onewindow.notices.rules import HEADINGS, Kind, remedies
from onewindow.payments import rules as charges
from onewindow.places import queries as places

ENDED = {Act.WITHDRAW: "withdrawn", Act.LAPSE: "lapsed"}
_STATES = {
    "file": Words("电子件", "electronic copy"),
    "seen": Words("原件已核验", "original seen"),
    "bring": Words("待带来", "to be brought"),
}
_WAYS = {
    "counter": Words("窗口领取", "at the counter"),
    "post": Words("邮寄", "by post"),
    "electronic": Words("电子送达", "electronically"),
}
TAKEN = {"cash": Words("现金", "cash"), "pos": Words("刷卡或者扫码", "card or code")}
_FOUND = {
    "abuse": Words("工作人员滥用职权、玩忽职守作出准予决定", "staff abused or neglected their duty in approving it"),
    "power": Words("超越法定职权作出准予决定", "it was approved beyond the office's power"),
    "procedure": Words("违反法定程序作出准予决定", "it was approved against the procedure of the law"),
    "unqualified": Words(
        "对不具备申请资格或者不符合法定条件的申请人准予",
        "the applicant was not qualified or did not meet the conditions",
    ),
    "fraud": Words("以欺骗、贿赂等不正当手段取得", "it was had by fraud, bribery or other improper means"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """All that a letter of one act is made of: the case, its entries up to the act, and the state after it."""

    case: Case
    item: items.Item
    entry: journal.Entry
    facts: Mapping[str, Any]
    state: State
    before: State
    chain: tuple[journal.Entry, ...]
    remark: str

    @property
    def answers(self) -> dict[str, Any]:
        return form_of(self.case).answers


def addressee(case: Case) -> Words:
    """Return whom a letter is to, in clear, as the identity document has it; a firm by its registered name (受文人)."""
    name = accounts.firm(case.firm).name if case.firm else name_of(case)
    return Words(name, name)


def remedies_of(case: Case) -> tuple[Words, ...]:
    """Return the ways against a decision (救济途径): review by the government at the office's level, and a lawsuit.

    law  行政复议法 §20, §24; 行政诉讼法 §46
    """
    name = places.division(case.office[:6]).name
    return remedies(
        review_by=Words(f"{name.zh}人民政府", f"the People's Government of {name.en}"),
        court=Words("有管辖权的人民法院", "the people's court with jurisdiction"),
    )


def title_of(kind: Kind, licence: bool) -> Words:
    """Return what a kind of letter is called (文书名称); a licence's has a name of its own."""
    form = HEADINGS[kind]
    return form.licence_title if licence and form.licence_title else form.title


def _same(text: str) -> Words:
    """What a clerk has written stands in both languages as it was written."""
    return Words(text, text)


def _row(zh: str, en: str, value: Words) -> texts.Row:
    return texts.Row(Words(zh, en), value)


def _receipt(told: Told) -> dict[str, Any]:
    names = {(need.key, need.holder): need.name for need in items.papers(told.item, told.answers)}
    papers = _papers_then(told)
    lines = tuple(
        (names.get((key, holder), _same(key)), _STATES.get(state, _same(state))) for key, holder, state, _ in papers
    )
    table = texts.Table((Words("材料名称", "Paper"), Words("形式", "Form")), lines) if lines else None
    return {"facts": {"received_on": day_of(told.entry.at)}, "table": table}


def _papers_then(told: Told) -> list[list[str]]:
    """Return the papers as they were after the act: the journal's last word on them."""
    held: list[list[str]] = [[row.key, row.holder, row.state, row.sha256] for row in papers_of(told.case)]
    for entry in reversed(told.chain):
        facts = journal.facts_of(entry)
        if "papers" in facts:
            found: list[list[str]] = facts["papers"]
            return found
    return held


def _acceptance(told: Told) -> dict[str, Any]:
    return {
        "variant": "deemed" if told.facts.get("deemed") else "",
        "facts": {
            "received_on": day_of(told.state.received_at),
            "accepted_on": day_of(told.state.accepted_at or told.entry.at),
            "due_on": _due(told.facts["dates"]["due_on"], told),
        },
        "rows": (_row("申请人", "Applicant", addressee(told.case)), _row("事项", "Item", told.item.name)),
    }


def _due(day: str, told: Told) -> Words | date:
    """Return the due day, or what it waits for: a clock that begins with the check has none yet."""
    if day and not day.startswith("9999"):
        return date.fromisoformat(day)
    if need_of(told.case).check:
        return Words(
            "查验合格后起算的期限届满之日，查验登记后写在办件页面上",
            "the day that the time counted from the vehicle check gives, shown on the case's page once it is held",
        )
    return Words("法律规定的期限届满之日", "the day that the limit of the law gives")


def _correction(told: Told) -> dict[str, Any]:
    plan = items.outcome(told.item, told.answers)
    names = {
        **{Fault("field", field.key): field.name for field in plan.fields},
        **{Fault("paper", need.key, need.holder): need.name for need in plan.wanted},
    }
    said, notes = notice_words(told.remark)
    reasons = []
    for fault in told.state.open_faults:
        name, note = names.get(fault, Words("其他", "Other")), note_words(notes.get(fault.name, ""))
        text = Words(f"{name.zh}：{note.zh}", f"{name.en}: {note.en}") if note.zh else name
        reasons.append(texts.Reason(text))
    if said:
        reasons.append(texts.Reason(_same(said)))
    return {
        "facts": {"received_on": day_of(told.before.came_at), "until_on": told.state.closes_on},
        "reasons": tuple(reasons),
    }


def _non_acceptance(told: Told) -> dict[str, Any]:
    facts: dict[str, Any] = {"received_on": day_of(told.state.received_at)}
    if told.facts["ground"] == "not_ours":
        facts["right_office"] = places.office(told.facts["right_office"]).name
    return {"variant": told.facts["ground"], "facts": facts, "rows": _said(told)}


def _said(told: Told) -> tuple[texts.Row, ...]:
    return (_row("说明", "Remark", _same(told.remark)),) if told.remark else ()


def _extension(told: Told) -> dict[str, Any]:
    old = next(
        (dates["statute_on"] for entry in reversed(told.chain[:-1]) if (dates := _dates(entry))["statute_on"]), ""
    )
    new = told.facts["dates"]["statute_on"]
    resumed = Words("特别程序结束后重新计算的日期", "the day counted anew once the special procedure has ended")
    return {
        "facts": {
            "accepted_on": day_of(told.state.accepted_at or told.entry.at),
            "old_due_on": date.fromisoformat(old) if old else resumed,
            "due_on": date.fromisoformat(new) if new else resumed,
        },
        "reasons": (texts.Reason(_same(told.remark)),),
    }


def _dates(entry: journal.Entry) -> dict[str, str]:
    found: dict[str, str] = journal.facts_of(entry).get("dates", {"statute_on": ""})
    return found


def _special(told: Told) -> dict[str, Any]:
    return {
        "facts": {
            "procedure": REASON_WORDS[Reason(told.facts["reason"])],
            "since_on": day_of(told.entry.at),
            "expected_on": date.fromisoformat(told.facts["expected_on"]),
        },
        "rows": _said(told),
    }


def _hearing(told: Told) -> dict[str, Any]:
    return {"facts": {"until_on": told.state.hearing_until}, "rows": _said(told)}


def _approval(told: Told) -> dict[str, Any]:
    results = [each.name for each in items.results(told.item, told.answers)]
    result = Words("、".join(name.zh for name in results), ", ".join(name.en for name in results))
    rows = [_row("准予事项", "Approved", told.item.name)]
    if results:
        rows.append(_row("结果", "Result", result))
    return {"facts": {"accepted_on": _accepted_on(told)}, "rows": (*rows, *_said(told))}


def _accepted_on(told: Told) -> date:
    return day_of(told.state.accepted_at or told.state.received_at)


def _refusal(told: Told) -> dict[str, Any]:
    grounds = {ground.key: ground for ground in told.item.refusals}
    reasons = [
        texts.Reason(grounds[key].text, catalogue.law(grounds[key].law))
        for key in told.facts["reasons"]
        if key in grounds
    ]
    if told.remark:
        reasons.append(texts.Reason(_same(told.remark)))
    return {"facts": {"accepted_on": _accepted_on(told)}, "reasons": tuple(reasons)}


def _decision(told: Told) -> tuple[journal.Entry, Kind]:
    """Return the entry of the decision that a later letter speaks of, and its letter's kind."""
    for entry in reversed(told.chain):
        act = Act(entry.act.removeprefix("case."))
        if act in (Act.APPROVE, Act.REFUSE):
            return entry, Kind.APPROVAL if act is Act.APPROVE else Kind.REFUSAL
    raise NotFound(told.case.number)


def _rectification(told: Told) -> dict[str, Any]:
    entry, kind = _decision(told)
    return {
        "facts": {
            "decided_on": day_of(entry.at),
            "corrects": title_of(kind, need_of(told.case).licence),
            "decision_number": _same(f"{told.case.number}-{entry.seq:02d}"),
        },
        "rows": (_row("更正内容", "Correction", _same(told.remark)),),
    }


def _revocation(told: Told) -> dict[str, Any]:
    entry, _ = _decision(told)
    return {
        "variant": told.facts["ground"],
        "facts": {
            "decided_on": day_of(entry.at),
            "decision_number": _same(f"{told.case.number}-{entry.seq:02d}"),
        },
        "reasons": (texts.Reason(_FOUND[told.facts["ground"]]), texts.Reason(_same(told.remark))),
    }


def _termination(told: Told) -> dict[str, Any]:
    variant = ENDED[Act(told.entry.act.removeprefix("case."))]
    facts = {"received_on": day_of(told.state.received_at), "ended_on": day_of(told.entry.at)}
    if variant == "lapsed":
        facts["until_on"] = told.before.closes_on or day_of(told.entry.at)
    return {"variant": variant, "facts": facts}


def _service(told: Told) -> dict[str, Any]:
    entry, kind = _decision(told)
    title = title_of(kind, need_of(told.case).licence)
    number = _same(f"{told.case.number}-{entry.seq:02d}")
    papers = [(title, number)]
    if kind is Kind.APPROVAL:
        papers += [(each.name, Words("", "")) for each in items.results(told.item, told.answers)]
    rows = (_row("签收人或者邮件号", "Signed by, or parcel number", _same(told.remark)),) if told.remark else ()
    return {
        "facts": {"way": _WAYS[told.facts["way"]], "served_on": day_of(told.entry.at)},
        "table": texts.Table((Words("文书、证件", "Document"), Words("文号", "Number")), tuple(papers)),
        "rows": rows,
    }


def sums_of(chain: Sequence[journal.Entry]) -> texts.Table:
    """Return what was paid for, line by line, as the charge stood when it was paid (收费明细)."""
    lines = next(facts["lines"] for entry in reversed(chain) if "lines" in (facts := journal.facts_of(entry)))
    head = (Words("收费项目", "Charge"), Words("数量", "Number"), Words("金额（元）", "Sum (yuan)"))
    rows = [line for line in charges.lines_from(lines) if line.sum_cents]
    cells = tuple((line.name, _same(str(line.count)), _same(f"{line.sum_cents / 100:.2f}")) for line in rows)
    return texts.Table(head, cells)


MAKERS: dict[Kind, Callable[[Told], dict[str, Any]]] = {
    Kind.RECEIPT: _receipt,
    Kind.ACCEPTANCE: _acceptance,
    Kind.CORRECTION: _correction,
    Kind.NON_ACCEPTANCE: _non_acceptance,
    Kind.EXTENSION: _extension,
    Kind.SPECIAL_PROCEDURE: _special,
    Kind.HEARING: _hearing,
    Kind.APPROVAL: _approval,
    Kind.REFUSAL: _refusal,
    Kind.RECTIFICATION: _rectification,
    Kind.REVOCATION: _revocation,
    Kind.TERMINATION: _termination,
    Kind.SERVICE: _service,
}
