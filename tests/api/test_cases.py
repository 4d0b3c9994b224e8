"""The API as another system meets it: token, upload, submit, read; each no has a code, each POST happens once."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from onewindow.accounts import commands as accounts
from onewindow.accounts.rules import Resident
from onewindow.cases.models import Case
from onewindow.core import clock
from tests.cases.given import application
from tests.cast import Cast

SCOPES = ("cases:submit", "cases:read", "files:upload")


def token(person: Resident, *scopes: str, days: int = 1) -> str:
    """Issue a token for a person and return it."""
    now = clock.now()
    return accounts.issue_token(
        label="test",
        scopes=scopes or SCOPES,
        expires_at=now + timedelta(days=days),
        by=person,
        at=now,
        person=person.person,
    ).text


def picture(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


class Peer:
    """Another system: one token, one client."""

    def __init__(self, text: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {text}"}

    def post(self, path: str, body: Any, key: str = "") -> tuple[int, dict[str, Any]]:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        answer = self.client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    def upload(self, name: str, data: bytes) -> tuple[int, dict[str, Any]]:
        file = SimpleUploadedFile(name, data)
        answer = self.client.post("/api/v1/files", {"file": file}, headers=self.headers)
        return answer.status_code, answer.json()

    def get(self, path: str) -> tuple[int, dict[str, Any], Any]:
        answer = self.client.get(f"/api/v1/{path}", headers=self.headers)
        return answer.status_code, answer.json(), answer.headers


def body(by: Resident, **changes: Any) -> dict[str, Any]:
    """Return a whole submission as JSON has it."""
    given = application(by, at=clock.now())
    whole = {
        "item": given["item"],
        "site": given["site"],
        "answers": given["answers"],
        "fields": given["fields"],
        "papers": [{"key": paper.key, "holder": paper.holder} for paper in given["papers"]],
    }
    return {**whole, **changes}


class TestJourney:
    def test_upload_submit_read(self, house: Cast) -> None:
        peer = Peer(token(house.applicant))
        status, file = peer.upload("id.png", picture())
        assert status == 201
        whole = body(house.applicant)
        whole["papers"][0]["file"] = file["id"]
        status, made = peer.post("cases", whole, key="0123456789")
        assert (status, made["version"]) == (201, 1)
        status, case, headers = peer.get(f"cases/{made['number']}")
        assert (status, case["stage"], headers["ETag"]) == (200, "received", '"1"')
        assert [act["act"] for act in case["acts"]] == ["case.submit"]
        assert case["clocks"][0]["kind"] == "tell"
        assert case["clocks"][0]["due_on"] == case["due_on"]

    def test_the_shape_of_a_case_is_pinned(self, house: Cast) -> None:
        peer = Peer(token(house.applicant))
        _, made = peer.post("cases", body(house.applicant), key="0123456789")
        _, case, _ = peer.get(f"cases/{made['number']}")
        assert sorted(case) == [
            "acts", "clocks", "due_on", "item", "number", "office", "outcome", "received_at", "site", "stage",
            "version",
        ]  # fmt: skip
        assert sorted(case["clocks"][0]) == [
            "due_at", "due_on", "kind", "light", "number", "provisional", "started_at", "unit",
        ]  # fmt: skip


class TestOnce:
    def test_repeated_with_the_same_key_it_is_one_case(self, house: Cast) -> None:
        peer, whole = Peer(token(house.applicant)), body(house.applicant)
        first, second = peer.post("cases", whole, key="abcdefgh"), peer.post("cases", whole, key="abcdefgh")
        assert first == second
        assert Case.objects.count() == 1

    def test_the_same_key_for_something_else_is_a_conflict(self, house: Cast) -> None:
        peer, whole = Peer(token(house.applicant)), body(house.applicant)
        peer.post("cases", whole, key="abcdefgh")
        status, answer = peer.post("cases", body(house.applicant, site="14010001"), key="abcdefgh")
        assert (status, answer["code"]) == (409, "once.reused")

    def test_without_a_key_nothing_is_made(self, house: Cast) -> None:
        status, answer = Peer(token(house.applicant)).post("cases", body(house.applicant))
        assert (status, answer["code"]) == (422, "once.key")
        assert not Case.objects.exists()


class TestDoors:
    @pytest.mark.parametrize("text", ["", "ow_nobody", "x" * 300])
    def test_no_token_no_entry(self, house: Cast, text: str) -> None:
        status, _ = Peer(text).post("cases", body(house.applicant), key="abcdefgh")
        assert status == 401

    def test_a_token_opens_only_what_it_names(self, house: Cast) -> None:
        reader = Peer(token(house.applicant, "cases:read"))
        assert reader.post("cases", body(house.applicant), key="abcdefgh")[0] == 401
        assert reader.upload("id.png", picture())[0] == 401

    def test_a_token_past_its_end_or_revoked(self, house: Cast) -> None:
        now = clock.now()
        issued = accounts.issue_token(
            label="t", scopes=SCOPES, expires_at=now + timedelta(days=1), by=house.applicant, at=now,
            person=house.applicant.person,
        )  # fmt: skip
        accounts.revoke_token(token=issued.id, by=house.applicant, at=now)
        assert Peer(issued.text).get("cases/1")[0] == 401

    def test_a_case_of_others_and_a_missing_one_answer_alike(self, house: Cast) -> None:
        _, made = Peer(token(house.applicant)).post("cases", body(house.applicant), key="abcdefgh")
        other = Peer(token(house.outsider))
        hidden, missing = other.get(f"cases/{made['number']}"), other.get("cases/14010002-20261116-99999")
        assert hidden[:2] == missing[:2] == (404, {"code": "missing", "message": "", "facts": {}})

    def test_a_file_of_others_cannot_be_handed_in(self, house: Cast) -> None:
        _, file = Peer(token(house.second)).upload("id.png", picture())
        whole = body(house.applicant)
        whole["papers"][0]["file"] = file["id"]
        status, answer = Peer(token(house.applicant)).post("cases", whole, key="abcdefgh")
        assert (status, answer["code"]) == (422, "case.files")


class TestBadInput:
    @pytest.mark.parametrize(
        ("changes", "status", "code"),
        [
            ({"item": "XX99"}, 404, "missing"),
            ({"site": "1"}, 422, "shape"),
            ({"answers": {}}, 422, "case.questions"),
            ({"fields": {}}, 422, "case.fields"),
            ({"papers": []}, 422, "case.papers"),
            ({"colour": "red"}, 422, "shape"),
            ({"answers": {"vehicle_class": ["small_car"]}}, 422, "shape"),
        ],
    )
    def test_each_no_has_its_code(self, house: Cast, changes: dict[str, Any], status: int, code: str) -> None:
        answer = Peer(token(house.applicant)).post("cases", body(house.applicant, **changes), key="abcdefgh")
        assert (answer[0], answer[1]["code"]) == (status, code)
        assert not Case.objects.exists()

    def test_broken_json(self, house: Cast) -> None:
        peer = Peer(token(house.applicant))
        answer = peer.client.post(
            "/api/v1/cases",
            "{",
            content_type="application/json",
            headers={**peer.headers, "Idempotency-Key": "abcdefgh"},
        )
        assert answer.status_code in (400, 422)

    def test_words_come_in_the_readers_language(self, house: Cast) -> None:
        peer = Peer(token(house.applicant))
        peer.headers["Accept-Language"] = "en"
        english = peer.post("cases", body(house.applicant, papers=[]), key="abcdefgh")[1]["message"]
        assert english.isascii()

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("id.png", b"", "file.empty"),
            ("id.exe", b"MZ" + b"\0" * 100, "file.kind"),
            ("id.pdf", picture(), "file.lying"),
            ("id.png", picture() + b"PK\x03\x04" + b"\0" * 64, "file.polyglot"),
        ],
    )
    def test_files_that_are_not_what_they_say(self, house: Cast, name: str, data: bytes, code: str) -> None:
        status, answer = Peer(token(house.applicant)).upload(name, data)
        assert status in (413, 422)
        assert answer["code"] == code


def test_the_document_of_the_api_names_every_route(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    assert sorted(document["paths"]) == ["/api/v1/cases", "/api/v1/cases/{number}", "/api/v1/files"]
