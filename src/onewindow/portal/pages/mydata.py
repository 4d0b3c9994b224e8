"""My own data (我的信息): what the house holds on a person, who saw it, what goes to the phone, and its deletion."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from onewindow.accounts import commands as accounts_commands
from onewindow.accounts import queries as accounts
from onewindow.accounts.queries.readings import Seen, seen_for
from onewindow.accounts.rules import Agent, Applicant, Duty, Resident
from onewindow.cases import queries as cases
from onewindow.cases.queries.own import erasures_for, papers_of_all, remarks_of_all, standings_for
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.core import clock
from onewindow.core.errors import NotFound
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import marks, masks
from onewindow.look.sentences import joined
from onewindow.notices import queries as notices
from onewindow.places import queries as places
from onewindow.portal.mydata import EraseForm, PhoneForm
from onewindow.portal.pages import form as shown_form
from onewindow.portal.pages.own import WHAT, item_name

MOST = 10_000
DUTIES = {
    Duty.INTAKE: Words("收件受理", "intake"),
    Duty.CHECK: Words("现场查验", "checks on the spot"),
    Duty.REVIEW: Words("审查", "review"),
    Duty.DECIDE: Words("决定", "decision"),
    Duty.HEAD: Words("机关负责人", "head of the office"),
    Duty.MAKE: Words("制证", "making of documents"),
    Duty.DELIVER: Words("送达", "delivery"),
    Duty.SUPERVISE: Words("督办", "supervision"),
}


def alone(asker: Applicant) -> Resident:
    """Return the human who is signed in, whoever they act for: their own data are theirs alone."""
    return asker.alone() if isinstance(asker, Agent) else asker


def profile(me: Resident) -> dict[str, Any]:
    """Return the context of portal/mine.html.

    queries  1
    """
    own = accounts.profile_for(me)
    return {
        "name": masks.mask_name(own.name) if own.name else "",
        "id_number": masks.mask_id(own.id_number) if own.id_number else "",
        "phone": masks.mask_phone(own.phone) if own.phone else "",
        "real": own.level > 1,
    }


# Who read


def reads(me: Resident, after: str) -> dict[str, Any]:
    """Return the context of portal/reads.html.

    queries  4
    """
    rows, more = seen_for(me, after=after)
    return {
        "reads": _reads(rows),
        "next_url": f"{reverse('portal:reads')}?after={more}" if more else "",
        "first_url": reverse("portal:reads") if after else "",
    }


def _reads(rows: Iterable[Seen]) -> list[dict[str, Any]]:
    rows = list(rows)
    names = places.names_of(row.office for row in rows)
    return [
        {
            "at": row.at,
            "who": YOURSELF if row.own else names.get(row.office, Words(row.office or "—", row.office or "—")),
            "duties": joined((DUTIES[duty] for duty in row.duties if duty in DUTIES), "、", ", "),
            "what": WHAT.get(row.what, FIELD),
            "why": here(EXPORTED if row.own else REASONS.get(row.why, Words(row.why, row.why))),
            "subject": row.subject,
        }
        for row in rows
    ]


YOURSELF, FIELD = Words("您本人", "Yourself"), Words("申请表里的一栏", "a field of the form")
EXPORTED = Words("导出自己的数据", "export of one's own data")
# Reasons that the house writes itself are kept in Chinese, as those are that a clerk types.
REASONS = {
    each.zh: each
    for each in (
        Words("窗口核验证件", "document seen at the counter"),
        Words("窗口办理代办关系", "noting at the counter who may act for whom"),
        Words("办理这件办件，核对材料", "handling this case, looking at its papers"),
    )
}


# What goes to the phone


def preferences(me: Resident, form: PhoneForm | None = None) -> dict[str, Any]:
    """Return the context of portal/preferences.html.

    queries  2; 1 where the form was sent
    """
    shown = form or PhoneForm(initial={"kinds": sorted(notices.phone_kinds_for(me))})
    return {"form": shown, "phone": masks.mask_phone(accounts.profile_for(me).phone)}


# All of it, to take along


def export(me: Resident, at: datetime) -> dict[str, Any]:
    """Return all that the house holds on a person, opened for themselves, and note that it was (个人信息副本).

    queries  14 at most, however many cases there are
    law      个人信息保护法 §45
    """
    accounts_commands.note_reading(by=me, person=me.person, what="export", why="本人导出自己的数据", at=at)
    own = accounts.profile_for(me)
    seen, _ = seen_for(me, size=MOST) if me.level > 1 else ((), "")
    told, _ = notices.inbox_for(me, size=MOST)
    return {
        "made_at": clock.local(at).isoformat(),
        "profile": {
            "name": own.name,
            "id_type": own.id_type,
            "id_number": own.id_number,
            "phone": own.phone,
            "level": own.level,
        },
        "cases": list(_cases(me, at)),
        "drafts": [_draft(draft) for draft in cases.drafts_for(me)],
        "messages": [
            {"at": clock.local(each.at).isoformat(), "case": each.subject, "text": here(each.words), "read": each.read}
            for each in told
        ],
        "goes_to_phone": sorted(notices.phone_kinds_for(me)),
        "reads": [
            {**{key: _plain(value) for key, value in row.items()}, "at": clock.local(row["at"]).isoformat()}
            for row in _reads(seen)
        ],
        "letters_of_authority": [_authority(letter, me) for letter in accounts.letters_of_for(me)]
        if own.level > 1
        else [],
        "erasures": [
            {"at": clock.local(each.at).isoformat(), "drafts": each.drafts, "messages": each.messages}
            for each in erasures_for(me)
        ],
        "not_kept": here(NOT_KEPT),
    }


NOT_KEPT = Words(
    "登录记录：会话到期即删，不另存。材料原件：在每件办件的页面上逐份下载。",
    "Sign-ins: a session is deleted when it ends and nothing else is kept. Papers: each is on its case's page.",
)


def _plain(value: Any) -> Any:
    return here(value) if isinstance(value, Words) else value


def _cases(me: Resident, at: datetime) -> Iterable[dict[str, Any]]:
    standings, _ = standings_for(me, at=at)
    rows = [each.case for each in standings]
    papers, remarks = papers_of_all(rows), remarks_of_all(rows)
    letters = notices.letter_numbers(case.number for case in rows)
    for each in standings:
        case, form = each.case, cases.form_of(each.case)
        yield {
            "number": case.number,
            "item": here(item_name(case.item)),
            "code": case.item,
            "edition": case.edition,
            "stage": here(marks.STAGES[each.state.stage.value]),
            "site": case.site,
            "office": case.office,
            "name": cases.name_of(case),
            "received_at": clock.local(case.received_at).isoformat(),
            "answers": form.answers,
            "form": form.fields,
            "papers": [{"paper": row.key, "holder": row.holder, "state": row.state} for row in papers.get(case.pk, [])],
            "history": [
                {
                    "at": clock.local(entry.at).isoformat(),
                    "act": here(marks.ACTS[entry.act.removeprefix("case.")]),
                    "text": remarks.get(case.number, {}).get(entry.seq, ""),
                }
                for entry in each.chain
            ],
            "letters": letters.get(case.number, []),
        }


def _draft(draft: cases.Draft) -> dict[str, Any]:
    form = cases.form_of(draft)
    return {
        "item": here(item_name(draft.item)),
        "saved_at": clock.local(draft.saved_at).isoformat(),
        "answers": form.answers,
        "form": form.fields,
        "papers": sorted(form.papers),
    }


def _authority(letter: accounts.GivenLetter, me: Resident) -> dict[str, Any]:
    return {
        "given": letter.principal == me.person,
        "principal": letter.principal_name,
        "agent": letter.agent_name,
        "items": sorted(letter.items),
        "from": letter.from_on.isoformat(),
        "until": letter.until_on.isoformat(),
        "ended": letter.ended_at is not None,
    }


def as_file(data: dict[str, Any]) -> bytes:
    """Return the copy as a file that another program can read (可转移的副本)."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def for_paper(data: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return the context of portal/export.html."""
    lists = {name: [_at(row) for row in data[name]] for name in ("messages", "reads")}
    drafts = [{**draft, "saved_at": datetime.fromisoformat(draft["saved_at"])} for draft in data["drafts"]]
    return {
        "data": {**data, **lists, "drafts": drafts},
        "cases": [_for_paper(case) for case in data["cases"]],
        "made_at": at,
    }


def _for_paper(case: dict[str, Any]) -> dict[str, Any]:
    item = catalogue.item(case["code"], case["edition"])
    known = {field.key: field for field in rules.fields(item, case["answers"])}
    papers = {(need.key, need.holder): need.name for need in rules.papers(item, case["answers"])}
    named = [papers.get((row["paper"], row["holder"]), row["paper"]) for row in case["papers"]]
    fields = [
        (known[key].name, shown_form.plain(known[key], text)) if key in known else (key, text)
        for key, text in case["form"].items()
    ]
    return {**case, "fields": fields, "named": named, "history": [_at(entry) for entry in case["history"]]}


def _at(row: dict[str, Any]) -> dict[str, Any]:
    """Read the instant of a row again, which the file keeps as text."""
    return {**row, "at": datetime.fromisoformat(row["at"])}


# Deleting it


def erasing(me: Resident) -> dict[str, Any]:
    """Return the context of portal/erase.html: what goes at once, what law keeps, and earlier wishes.

    queries  5
    """
    told, _ = notices.inbox_for(me, size=MOST)
    kept = cases.cases_of_for(me, today=clock.day_of(clock.now()), size=MOST).rows
    return {
        "form": EraseForm(),
        "drafts": len(cases.drafts_typed_for(me)),
        "messages": len(told),
        "phone": masks.mask_phone(accounts.profile_for(me).phone),
        "kept": [(row.number, item_name(row.item)) for row in kept],
        "earlier": erasures_for(me),
    }


def erased(me: Resident, seq: int) -> dict[str, Any]:
    """Return the context of portal/erased.html, the certificate of a deletion (删除凭证).

    raises   NotFound
    queries  1
    """
    found = next((each for each in erasures_for(me) if each.seq == seq), None)
    if found is None:
        raise NotFound(str(seq))
    return {"erasure": found}
