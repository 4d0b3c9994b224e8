"""What form and papers become by a correction (补正、更正): sealed anew, the files taken, the digests noted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onewindow.cases import queries
from onewindow.cases.models import Case, Paper
from onewindow.cases.queries import Asker, Form
from onewindow.core import files, keys
from onewindow.core.errors import Refusal

BRING, FILE, SEEN = "bring", "file", "seen"


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper as it was handed in: a file, the promise to bring it, or the original that a clerk has seen."""

    key: str
    holder: str = ""
    file: str = ""
    seen: bool = False

    @property
    def state(self) -> str:
        if self.seen:
            return SEEN
        return FILE if self.file else BRING


@dataclass(frozen=True, slots=True)
class Revision:
    """New values of fields, "" to empty one, and papers handed in again; what is not named stays as it was."""

    fields: Mapping[str, str] = field(default_factory=dict)
    papers: Sequence[Handed] = ()

    def as_inputs(self) -> list[Any]:
        """Return everything the asker gave, for the digest of the once-key."""
        papers = [[paper.key, paper.holder, paper.file, paper.seen] for paper in self.papers]
        return [dict(self.fields), papers]


def revise(case: Case, revision: Revision, by: Asker) -> dict[str, Any]:
    """Change form and papers in the caller's transaction, and return the facts that the journal holds of it.

    queries  1 for the papers and 1 for all that change; 2 for the files
    raises   Refusal case.files
    """
    facts: dict[str, Any] = {}
    secret = keys.unseal_bytes("cases_case", "secret", case.number, case.secret or b"")
    if revision.fields:
        form = queries.form_of(case)
        fields = {key: text for key, text in {**form.fields, **revision.fields}.items() if text}
        changed = Form(form.answers, fields, form.papers)
        opened = {"answers": changed.answers, "fields": changed.fields}
        case.form = keys.seal("cases_case", "form", case.number, json.dumps(opened, ensure_ascii=False))
        case.plate_lookup = queries.plate_lookup(changed.fields)
        facts["form"] = queries.form_digest(secret, changed)
    if revision.papers:
        facts["papers"] = _papers(case, revision.papers, by)
    return facts


def _papers(case: Case, handed: Sequence[Handed], by: Asker) -> list[list[str]]:
    uploads = [paper.file for paper in handed if paper.file]
    if len(set(uploads)) != len(uploads):
        raise Refusal("case.files", fields={"papers": "case.files"})
    digests = files.digests_of(owner=by.key, ids=uploads) if uploads else {}
    if not digests.keys() >= set(uploads):
        raise Refusal("case.files", fields={"papers": "case.files"})
    files.attach(uploads, by.key, case.number)
    given = {(paper.key, paper.holder): paper for paper in handed}
    rows = queries.papers_of(case)
    for row in rows:
        paper = given.get((row.key, row.holder))
        if paper is not None:
            row.state, row.file, row.sha256 = paper.state, paper.file, digests.get(paper.file, "")
    Paper.objects.bulk_update(rows, ["state", "file", "sha256"])
    return [[row.key, row.holder, row.state, row.sha256] for row in rows]
