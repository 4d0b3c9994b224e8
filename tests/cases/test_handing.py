"""A draft on its way to a case: papers one by one, everything missing told at once, handed in once."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from onewindow.cases import commands, queries
from onewindow.cases.commands.handing import BRING
from onewindow.cases.models import Case
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.models import StoredFile
from tests.cases.given import MONDAY, application, key
from tests.cast import Cast


def picture(name: str = "id.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def begun(cast: Cast) -> queries.Draft:
    """A draft of CG04 with everything typed and no papers yet."""
    given = application(cast.applicant)
    draft = commands.begin(by=cast.applicant, item="CG04", answers=given["answers"], at=MONDAY)
    return commands.save(
        by=cast.applicant, number=draft.number, at=MONDAY, version=1, fields=given["fields"], site=given["site"]
    )


def put(cast: Cast, draft: queries.Draft, **changes: Any) -> tuple[queries.Draft, dict[str, Refusal]]:
    whole = {"uploads": {}, "brought": [], "removed": [], **changes}
    return commands.put_papers(by=cast.applicant, number=draft.number, at=MONDAY, version=draft.version, **whole)


def whole(cast: Cast) -> queries.Draft:
    """A draft that may be handed in: one paper uploaded, the others to be brought."""
    wanted = application(cast.applicant)["papers"]
    names = [f"{paper.key}:{paper.holder}" if paper.holder else paper.key for paper in wanted]
    draft, faults = put(cast, begun(cast), uploads={names[0]: picture()}, brought=names)
    assert faults == {}
    return draft


def hand_in(cast: Cast, draft: queries.Draft) -> str:
    return commands.hand_in(by=cast.applicant, number=draft.number, at=MONDAY, version=draft.version, key=key())


class TestPapers:
    def test_a_good_file_stays_where_another_is_refused(self, house: Cast) -> None:
        bad = SimpleUploadedFile("letter.exe", b"MZ" + b"\0" * 64)
        draft, faults = put(house, begun(house), uploads={"id_card": picture(), "used_vehicle_invoice": bad})
        assert list(queries.form_of(draft).papers) == ["id_card"]
        assert {name: fault.code for name, fault in faults.items()} == {"used_vehicle_invoice": "file.kind"}

    def test_an_upload_goes_before_bringing_and_can_be_taken_out(self, house: Cast) -> None:
        draft, _ = put(house, begun(house), uploads={"id_card": picture()}, brought=["id_card"])
        assert queries.form_of(draft).papers["id_card"] != BRING
        draft, _ = put(house, draft, brought=["id_card"], removed=["id_card"])
        assert queries.form_of(draft).papers["id_card"] == BRING
        assert not StoredFile.objects.exists()

    def test_a_new_file_takes_the_place_of_the_old(self, house: Cast) -> None:
        draft, _ = put(house, begun(house), uploads={"id_card": picture()})
        put(house, draft, uploads={"id_card": picture("again.png")})
        assert StoredFile.objects.count() == 1

    def test_another_tab_is_refused_and_keeps_nothing(self, house: Cast) -> None:
        draft = begun(house)
        put(house, draft, brought=["id_card"])
        with pytest.raises(Refusal) as caught:
            put(house, draft, uploads={"id_card": picture()})
        assert caught.value.code == "draft.stale"
        assert not StoredFile.objects.exists()


class TestHandingIn:
    def test_it_becomes_a_case_with_its_papers(self, house: Cast) -> None:
        number = hand_in(house, whole(house))
        papers = queries.papers_of(queries.case_for(house.applicant, number))
        assert [paper.state for paper in papers].count("file") == 1
        assert StoredFile.objects.get().subject == number
        assert queries.drafts_for(house.applicant) == []

    def test_everything_missing_is_told_at_once(self, house: Cast) -> None:
        given = application(house.applicant)
        draft = commands.begin(by=house.applicant, item="CG04", answers=given["answers"], at=MONDAY)
        with pytest.raises(Refusal) as caught:
            hand_in(house, draft)
        told = caught.value.facts["fields"]
        assert isinstance(told, dict)
        assert {"buyer.name", "site", "id_card", "vehicle.vin"} <= set(told)
        assert not Case.objects.exists()

    def test_whoever_asks_again_meets_the_same_case(self, house: Cast) -> None:
        draft = whole(house)
        assert hand_in(house, draft) == hand_in(house, draft)
        assert queries.handed_in_for(house.applicant, draft.number) == Case.objects.get().number

    def test_a_draft_of_others_is_not_found(self, house: Cast) -> None:
        draft = whole(house)
        with pytest.raises(NotFound):
            commands.hand_in(by=house.second, number=draft.number, at=MONDAY, version=draft.version, key=key())

    def test_what_changed_after_the_check_is_refused(self, house: Cast) -> None:
        draft = whole(house)
        commands.save(by=house.applicant, number=draft.number, at=MONDAY, version=draft.version, fields={})
        with pytest.raises(Refusal) as caught:
            hand_in(house, draft)
        assert caught.value.code == "draft.stale"


@pytest.mark.django_db(transaction=True)
def test_eight_tabs_hand_one_draft_in(house: Cast) -> None:
    draft, told = whole(house), []
    start = threading.Barrier(8)

    def post() -> None:
        start.wait()
        told.append(hand_in(house, draft))
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(told) == 8
    assert len(set(told)) == 1
