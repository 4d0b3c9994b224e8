"""JSON under /api/v1 for other systems: a token says who asks, a key makes each POST happen once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import File, NinjaAPI, Status
from ninja.errors import ValidationError
from ninja.files import UploadedFile
from ninja.security import HttpBearer

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Resident
from onewindow.api.shapes import CaseIn, CaseOut, Fault, FileOut, MadeOut
from onewindow.cases import commands, queries
from onewindow.cases.commands.submit import Handed
from onewindow.core import clock, files
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.once import Once
from onewindow.look.refusals import say, status_of


class Token(HttpBearer):
    """The door of every route: a token that was issued, is not revoked and names the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Resident | None:
        return self.asker(token)

    def asker(self, token: str) -> Resident | None:
        """Return who comes with the token, if they may enter."""
        asker = accounts.asker_of_token(token, clock.now())
        return asker if isinstance(asker, Resident) and asker.allows(self.scope) else None


api = NinjaAPI(title="OneWindow", version="1", docs_url=None, urls_namespace="api")


SUBMIT = Token("cases:submit")


@api.post("cases", response={201: MadeOut}, auth=SUBMIT)
def submit(request: HttpRequest, body: CaseIn, response: HttpResponse) -> Status[dict[str, object]]:
    """Hand in an application. Needs an Idempotency-Key; repeated with the same key and body it answers the same."""
    number = hand_in(_asker(request), body, request.headers.get("Idempotency-Key", ""))
    response["Location"] = address(number)
    return Status(201, {"number": number, "version": 1, "url": address(number)})


def hand_in(by: Resident, body: CaseIn, key: str) -> str:
    """Hand in what the body says, by the ordinary way and by the straight one, and return the case's number."""
    return commands.submit(
        by=by,
        item=body.item,
        site=body.site,
        answers=body.answers,
        fields=body.fields,
        papers=[Handed(paper.key, paper.holder, paper.file) for paper in body.papers],
        at=clock.now(),
        key=Once(key),
    )


def address(number: str) -> str:
    """Return the address of a case."""
    return f"/api/v1/cases/{number}"


@api.post("files", response={201: FileOut}, auth=Token("files:upload"))
def upload(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, str]]:
    """Upload one paper: a PNG, JPEG or PDF of at most 10 MB. It is kept a day unless an application takes it."""
    data = file.read(files.MAX_BYTES + 1)
    stored = files.receive(owner=_asker(request).key, name=file.name or "", data=data, at=clock.now())
    return Status(201, {"id": stored})


@api.get("cases/{number}", response=CaseOut, auth=Token("cases:read"))
def read(request: HttpRequest, number: str, response: HttpResponse) -> dict[str, Any]:
    """Read a case of the token's own: its stage, clocks and acts. The ETag is its version."""
    page = queries.case_page_for(_asker(request), number, at=clock.now())
    response["ETag"] = f'"{page.case.version}"'
    running = page.clocks.of_stage(page.state.stage)
    return {
        "number": page.case.number,
        "item": page.case.item,
        "stage": page.state.stage.value,
        "outcome": page.state.outcome.value,
        "version": page.case.version,
        "site": page.case.site,
        "office": page.case.office,
        "received_at": page.state.received_at,
        "due_on": page.row.due_on,
        "clocks": [_clock(each) for each in running],
        "acts": [
            {"seq": entry.seq, "act": entry.act, "at": entry.at, "noted_at": entry.noted_at} for entry in page.entries
        ],
    }


def _clock(running: Any) -> dict[str, Any]:
    reading, limit = running.reading, running.limit
    return {
        "kind": limit.kind.value,
        "number": str(limit.number),
        "unit": limit.unit.value,
        "started_at": running.clock.started_at,
        "due_on": reading.due_on,
        "due_at": reading.due_at,
        "light": reading.light.value,
        "provisional": reading.provisional,
    }


def _asker(request: HttpRequest) -> Resident:
    asker: Resident = request.auth  # type: ignore[attr-defined]  # ninja puts there what the door returned
    return asker


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with its stable code, words in the reader's language, and facts."""
    words = say(refusal).pick(get_language())
    body = Fault(code=refusal.code, message=words, facts={**refusal.facts}).model_dump()
    return api.create_response(request, body, status=status_of(refusal.code))


@api.exception_handler(NotFound)
@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a missing row and a hidden one alike."""
    return api.create_response(request, Fault(code="missing", message="", facts={}).model_dump(), status=404)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a body of the wrong shape: where, and what was expected; never what was sent."""
    where = [".".join(str(part) for part in fault["loc"]) + ": " + fault["msg"] for fault in error.errors]
    return api.create_response(
        request, Fault(code="shape", message="", facts={"faults": where}).model_dump(), status=422
    )
