"""Every read of cases: `one` case or draft, `lists` of them, and the `replay` of their journals."""

from onewindow.cases.models import Case, Draft, Paper
from onewindow.cases.queries.handed import handed_in_for
from onewindow.cases.queries.lists import CAP, Row, Works, cases_of_for, count, work_list_for
from onewindow.cases.queries.one import (
    Allowed,
    Asker,
    CasePage,
    Form,
    case_for,
    case_page_for,
    draft_for,
    drafts_for,
    duty_obstacle,
    entries,
    file_for,
    form_digest,
    form_of,
    name_of,
    need_of,
    papers_of,
    remarks_of,
    state_of,
)
from onewindow.cases.queries.replay import columns, replay

__all__ = [
    "CAP",
    "Allowed",
    "Asker",
    "Case",
    "CasePage",
    "Draft",
    "Form",
    "Paper",
    "Row",
    "Works",
    "case_for",
    "case_page_for",
    "cases_of_for",
    "columns",
    "count",
    "draft_for",
    "drafts_for",
    "duty_obstacle",
    "entries",
    "file_for",
    "form_digest",
    "form_of",
    "handed_in_for",
    "name_of",
    "need_of",
    "papers_of",
    "remarks_of",
    "replay",
    "state_of",
    "work_list_for",
]
