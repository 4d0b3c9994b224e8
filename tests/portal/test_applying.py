"""Applying for CG04 as a person would: form, papers, check, hand in, receipt; and each thing that can go wrong."""

import re
import zlib
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from onewindow.accounts import queries as accounts
from onewindow.cases import commands, queries
from onewindow.catalogue import commands as catalogue
from onewindow.catalogue import gateways
from onewindow.core import clock
from tests.cases.given import MONDAY, application
from tests.cast import Cast
from tests.portal.given import TYPED, Forms, Visitor, begun, file, picture


def filled(visitor: Visitor, draft: str, **changes: Any) -> str:
    """Fill in the form and return where it leads."""
    visitor.get(f"/apply/{draft}/form")
    return visitor.send(f"/apply/{draft}/form", **{**TYPED, **changes})


def ready(visitor: Visitor) -> str:
    """Bring an application as far as the check."""
    draft = begun(visitor)
    assert filled(visitor, draft) == f"/apply/{draft}/papers"
    visitor.get(f"/apply/{draft}/papers")
    form = visitor.form(f"/apply/{draft}/papers")
    brings = {name: "on" for name in bring_names(visitor.page)}
    assert visitor.send(f"/apply/{draft}/papers", **brings) == f"/apply/{draft}/check", form
    return draft


def bring_names(page: str) -> list[str]:
    return re.findall(r'name="(bring [^"]+)"', page)


def upload_names(page: str) -> list[str]:
    return re.findall(r'<input type="file" name="([^"]+)"', page)


def handed_in(visitor: Visitor) -> str:
    """Apply, and return the number of the case."""
    draft = ready(visitor)
    visitor.get(f"/apply/{draft}/check")
    return visitor.send(f"/apply/{draft}/check", **confirmed(visitor)).split("/")[2]


def confirmed(visitor: Visitor) -> dict[str, str]:
    """Return the statements of the page that was read last, each confirmed."""
    return {name: "on" for name in re.findall(r'<input type="checkbox" name="([^"]+)"', visitor.page)}


def test_the_whole_way_from_the_answer_to_the_receipt(cast: Cast, applicant: Visitor) -> None:
    draft = begun(applicant)
    page = applicant.get(f"/apply/{draft}/form")
    assert "李强" in page
    assert "149900198805129018" not in page  # the account's number is filled in masked
    assert filled(applicant, draft) == f"/apply/{draft}/papers"
    page = applicant.get(f"/apply/{draft}/papers")
    first = upload_names(page)[0]
    brings = {name: "on" for name in bring_names(page) if name != f"bring {first}"}
    assert applicant.send(f"/apply/{draft}/papers", **{first: picture(), **brings}) == f"/apply/{draft}/check"
    page = applicant.get(f"/apply/{draft}/check")
    assert "提交前还差" not in page
    assert "已上传" in page
    assert "149900198805129018" not in page
    where = applicant.send(f"/apply/{draft}/check", **confirmed(applicant))
    number = where.split("/")[2]
    page = applicant.get(where)
    assert number in page
    assert "车开到" in page
    assert "李*" in page
    form = queries.form_of(queries.case_for(cast.applicant, number))
    assert form.fields["buyer.id_number"] == "149900198805129018"
    assert [paper.state for paper in queries.papers_of(queries.case_for(cast.applicant, number))].count("file") == 1
    assert "还没提交的" not in applicant.get("/cases")


def test_in_english_too(cast: Cast, applicant: Visitor) -> None:
    visitor = Visitor(cast.applicant, language="en")
    number = handed_in(visitor)
    page = visitor.get(f"/cases/{number}")
    assert "Your turn: bring the vehicle" in page
    assert "2 working days" in page
    assert "ready within" in page


def test_every_fault_is_said_at_once_and_nothing_typed_is_lost(applicant: Visitor) -> None:
    draft = begun(applicant)
    applicant.get(f"/apply/{draft}/form")
    typed = {**TYPED, "buyer.id_number": "149900198805129019", "vehicle.vin": "OOO", "vehicle.plate": "", "site": ""}
    applicant.send(f"/apply/{draft}/form", 422, **typed)
    page = applicant.page
    assert "有一位抄错了" in page
    assert "车辆识别代号是 17 位" in page
    assert 'href="#id_vehicle.plate"' in page
    assert 'href="#id_site"' in page
    assert 'value="149900198805129019"' in page
    assert 'value="OOO"' in page
    assert "填过的都留着" in page


def test_save_and_return(applicant: Visitor) -> None:
    draft = begun(applicant)
    applicant.get(f"/apply/{draft}/form")
    where = applicant.send(f"/apply/{draft}/form", **{"vehicle.plate": "晋A", "later": "1"})
    assert where == "/cases"
    assert f"/apply/{draft}/form" in applicant.get("/cases")
    assert 'value="晋A"' in applicant.get(f"/apply/{draft}/form")


def test_two_tabs_do_not_write_over_each_other(applicant: Visitor) -> None:
    draft = begun(applicant)
    path = f"/apply/{draft}/form"
    applicant.get(path)
    old = {**applicant.form(path), "vehicle.plate": "晋A·00001", "later": "1"}
    applicant.send(path, **{"vehicle.plate": "晋A·00002", "later": "1"})
    response = applicant.post(path, old)
    page = response.content.decode()
    assert response.status_code == 409
    assert "晋A·00001" in page
    assert "看另一页存的" in page
    assert "晋A·00002" in applicant.get(path)
    applicant.page = page
    applicant.send(path, later="1")  # the button once more: this tab's text replaces the other's
    assert "晋A·00001" in applicant.get(path)


def test_a_draft_is_handed_in_once_however_often_it_is_sent(cast: Cast, applicant: Visitor) -> None:
    draft = ready(applicant)
    path = f"/apply/{draft}/check"
    applicant.get(path)
    form = {**applicant.form(path), **confirmed(applicant)}
    applicant.get(path)
    other_tab = {**applicant.form(path), **confirmed(applicant)}
    answers = [applicant.post(path, given)["Location"] for given in (form, form, other_tab)]
    assert len(set(answers)) == 1
    for page in ("form", "papers", "check", "discard"):  # the way back leads to the receipt, not to nothing
        assert applicant.client.get(f"/apply/{draft}/{page}")["Location"] == answers[0]
    assert len(queries.cases_of_for(cast.applicant, today=clock.day_of(clock.now())).rows) == 1


def test_what_is_missing_is_said_together_with_the_statement(cast: Cast, applicant: Visitor) -> None:
    draft = begun(applicant)
    filled(applicant, draft)
    applicant.get(f"/apply/{draft}/check")
    applicant.send(f"/apply/{draft}/check", status=422)
    assert "提交前请确认这一条" in applicant.page
    assert "提交前还差" in applicant.page
    applicant.send(f"/apply/{draft}/check", status=422, **confirmed(applicant))
    assert "提交前还差" not in applicant.page  # the refusal itself names it, each with the way to its place
    assert "还没有上传" in applicant.page


def test_without_the_statement_nothing_is_handed_in(cast: Cast, applicant: Visitor) -> None:
    draft = ready(applicant)
    applicant.get(f"/apply/{draft}/check")
    applicant.send(f"/apply/{draft}/check", 422)
    assert "提交前请确认这一条" in applicant.page
    assert queries.cases_of_for(cast.applicant, today=clock.day_of(clock.now())).rows == ()


def test_the_check_page_was_read_before_another_tab_changed_the_draft(applicant: Visitor) -> None:
    draft = ready(applicant)
    applicant.get(f"/apply/{draft}/check")
    form = {**applicant.form(f"/apply/{draft}/check"), **confirmed(applicant)}
    filled(applicant, draft, **{"vehicle.plate": "晋A·77777"})
    response = applicant.post(f"/apply/{draft}/check", form)
    assert response.status_code == 409
    assert "晋A·77777" in response.content.decode()


def test_what_is_missing_is_said_with_the_way_there(applicant: Visitor) -> None:
    draft = begun(applicant)
    page = applicant.get(f"/apply/{draft}/check")
    assert "提交前还差" in page
    applicant.send(f"/apply/{draft}/check", 422, **confirmed(applicant))
    assert f'href="/apply/{draft}/form#id_vehicle.plate"' in applicant.page
    assert f'href="/apply/{draft}/form#id_site"' in applicant.page
    assert f'href="/apply/{draft}/papers#id_id_card' in applicant.page


def test_a_question_left_open_is_said_with_the_way_there(cast: Cast, applicant: Visitor) -> None:
    draft = commands.begin(by=cast.applicant, item="CG04", answers={"vehicle_class": "small_car"}, at=MONDAY).number
    applicant.get(f"/apply/{draft}/check")
    applicant.send(f"/apply/{draft}/check", 422, **confirmed(applicant))
    assert 'href="/items/CG04/ask?vehicle_class=small_car"' in applicant.page


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 13 + zlib.crc32(b"x").to_bytes(4, "big")


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (file("id.exe", b"MZ\x90\x00" + b"\x00" * 200), "只能放照片"),
        (file("id.jpg", b""), "空的"),
        (file("id.pdf", b"\xff\xd8\xff\xe0" + b"\x00" * 200), ""),
        (file("id.png", PNG), ""),
        (file("id.jpg", b"\xff\xd8" + b"\x00" * (10 * 1024 * 1024 + 1)), "10"),
    ],
    ids=["kind", "empty", "lying", "broken", "large"],
)
def test_a_bad_file_is_refused_beside_its_field(applicant: Visitor, upload: Any, words: str) -> None:
    upload.seek(0)
    draft = begun(applicant)
    page = applicant.get(f"/apply/{draft}/papers")
    name = upload_names(page)[0]
    applicant.send(f"/apply/{draft}/papers", 422, **{name: upload})
    assert 'class="oops"' in applicant.page
    assert words in applicant.page


def test_a_polyglot_is_refused(applicant: Visitor) -> None:
    draft = begun(applicant)
    name = upload_names(applicant.get(f"/apply/{draft}/papers"))[0]
    both = file("id.jpg", picture().read() + b"<script>alert(1)</script>")
    applicant.send(f"/apply/{draft}/papers", 422, **{name: both})
    assert 'class="oops"' in applicant.page


def test_the_good_files_are_kept_when_another_is_refused(applicant: Visitor) -> None:
    draft = begun(applicant)
    good, bad, *_ = upload_names(applicant.get(f"/apply/{draft}/papers"))
    applicant.send(f"/apply/{draft}/papers", 422, **{good: picture(), bad: file("x.exe", b"MZ" + b"0" * 99)})
    assert f"/apply/{draft}/papers/{good}/shown" in applicant.page
    where = applicant.send(f"/apply/{draft}/papers", stay="1")  # the page goes on from what is kept now
    assert f"/apply/{draft}/papers/{good}/shown" in applicant.get(where)


def test_an_upload_is_shown_as_a_copy_and_taken_out_again(applicant: Visitor, outsider: Visitor) -> None:
    draft = begun(applicant)
    name = upload_names(applicant.get(f"/apply/{draft}/papers"))[0]
    applicant.send(f"/apply/{draft}/papers", **{name: picture(), "stay": "1"})
    shown = f"/apply/{draft}/papers/{name}/shown"
    response = applicant.client.get(f"{shown}?small")
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    outsider.get(shown, 404)
    applicant.get(f"/apply/{draft}/papers")
    applicant.send(f"/apply/{draft}/papers", **{f"remove {name}": "on", "stay": "1"})
    applicant.get(shown, 404)


def test_another_ones_draft_is_as_missing_as_none(applicant: Visitor, outsider: Visitor) -> None:
    draft = begun(applicant)
    for page in ("form", "papers", "check", "discard"):
        foreign = outsider.client.get(f"/apply/{draft}/{page}")
        missing = outsider.client.get(f"/apply/{'x' * len(draft)}/{page}")
        assert (foreign.status_code, missing.status_code) == (404, 404)


def test_a_draft_is_thrown_away_after_asking(applicant: Visitor) -> None:
    draft = begun(applicant)
    applicant.get(f"/apply/{draft}/discard")
    assert applicant.send(f"/apply/{draft}/discard", form="") == "/cases"
    applicant.get(f"/apply/{draft}/form", 404)


def test_a_listed_item_can_be_begun_too(applicant: Visitor) -> None:
    applicant.get("/items/CG01/ask?applicant_kind=person")
    where = applicant.send("/items/CG01/begin?applicant_kind=person")
    assert "李强" in applicant.get(where)


def close(cast: Cast, code: str) -> None:
    """Publish an edition in which the item takes no applications any more."""
    files = gateways.read(settings.CATALOGUE_DIR)
    files = replace(files, items={**files.items, code: {**files.items[code], "status": "closed"}})
    number = catalogue.propose(files=files, by=cast.editor, at=MONDAY).number
    catalogue.publish(number=number, by=cast.publisher, at=MONDAY)


def test_a_closed_item_says_so_and_takes_nothing(cast: Cast, applicant: Visitor) -> None:
    draft = ready(applicant)
    applicant.get(f"/apply/{draft}/check")
    form = {**applicant.form(f"/apply/{draft}/check"), **confirmed(applicant)}
    close(cast, "CG04")
    assert "现在不受理网上申请" in applicant.get("/items/CG04", 404)
    assert "现在不受理" in applicant.get("/find?q=过户")
    applicant.get("/items/CG04/ask", 404)
    assert applicant.post("/items/CG04/begin", form).status_code == 404
    response = applicant.post(f"/apply/{draft}/check", form)  # what was begun before: kept, and told why not
    assert response.status_code == 422
    assert "现在不受理网上申请" in response.content.decode()
    assert f"/apply/{draft}/form" in applicant.get("/cases")


@pytest.mark.parametrize("code", ["CG02", "JG01", "HZ12", "CG01", "YB01"])
def test_other_items_go_the_same_way(cast: Cast, applicant: Visitor, code: str) -> None:
    whole = application(cast.applicant, item=code)
    query = urlencode(whole["answers"])
    page = applicant.get(f"/items/{code}/ask?{query}")
    start = next(path for path in Forms(page).found if "/begin" in path)
    draft = applicant.send(start).split("/")[2]
    page = applicant.get(f"/apply/{draft}/form")
    site = re.findall(r'<option value="(1401\d{4})"', page)[0]
    own = accounts.profile_for(cast.applicant)
    typed = {name: text for name, text in whole["fields"].items() if text not in (own.name, own.id_number, own.phone)}
    assert applicant.send(f"/apply/{draft}/form", **{**typed, "site": site}) == f"/apply/{draft}/papers"
    page = applicant.get(f"/apply/{draft}/papers")
    brings = dict.fromkeys(bring_names(page), "on")
    assert applicant.send(f"/apply/{draft}/papers", **brings) == f"/apply/{draft}/check"
    assert "提交前还差" not in applicant.get(f"/apply/{draft}/check")
    where = applicant.send(f"/apply/{draft}/check", **confirmed(applicant))
    assert "已提交" in applicant.get(where)
    assert "时间怎么算的" in applicant.get(where.removesuffix("/receipt"))
