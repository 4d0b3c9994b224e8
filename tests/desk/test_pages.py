"""The desk's pages: the work list, finding a case, what is masked, who may see nothing."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from onewindow.accounts import queries as accounts
from onewindow.core import files
from tests.cases.given import HOUR, MONDAY, application, go, submit
from tests.cast import LANES, OFFICE, Cast
from tests.desk.conftest import SetClock
from tests.desk.given import Desk

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
CHINESE = re.compile(r"[㐀-鿿]")


def rows(page: str) -> list[str]:
    """The numbers of the list in their order."""
    return re.findall(r'href="/desk/cases/([\d-]+)"', page)


def test_the_first_list_is_where_one_belongs(clerk: Desk, reviewer: Desk, time: SetClock) -> None:
    for desk, scope in ((clerk, LANES), (reviewer, OFFICE)):
        text = desk.get("/desk/")
        assert f'href="?scope={scope}" aria-current="page"' in text
        assert f'href="/desk/work/{scope}"' in text


def test_a_list_shows_what_waits_masked(number: str, clerk: Desk, reviewer: Desk) -> None:
    page = clerk.get(f"/desk/work/{LANES}")
    assert rows(page) == [number]
    assert "李*" in page
    assert "李强" not in page
    assert "<b>受理</b>" in page
    assert "（等别的岗位）" in reviewer.get(f"/desk/work/{OFFICE}")


def test_an_empty_list_says_so(cast: Cast, clerk: Desk, time: SetClock) -> None:
    assert "现在没有在办的办件" in clerk.get(f"/desk/work/{LANES}")


def test_lights_are_counted_and_chosen(number: str, clerk: Desk, time: SetClock) -> None:
    time(MONDAY + timedelta(days=30))
    page = clerk.get(f"/desk/work/{LANES}?light=void")
    assert "法定超时" in page
    assert rows(page) == [number]
    assert "没有这种灯的办件" in clerk.get(f"/desk/work/{LANES}?light=ok")
    clerk.get(f"/desk/work/{LANES}?light=pink", 404)


def test_pages_of_a_list_follow_each_other(
    cast: Cast, clerk: Desk, time: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [submit(cast.applicant, at=MONDAY + timedelta(minutes=place)) for place in range(52)]
    first = clerk.get(f"/desk/work/{LANES}")
    following = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert following is not None
    second = clerk.get(following[1].replace("&amp;", "&"))
    assert rows(first) + rows(second) == numbers
    clerk.get(f"/desk/work/{LANES}?after=yesterday", 404)


def test_the_list_of_another_place_is_missing(cast: Cast, number: str, clerk: Desk) -> None:
    clerk.get("/desk/work/14020001", 404)
    clerk.get("/desk/work/nowhere", 404)


def test_who_holds_no_duty_at_a_place_is_told_so(cast: Cast, time: SetClock) -> None:
    assert "您现在没有站点或部门的岗位" in Desk(cast.editor).get("/desk/")


def test_the_next_case_is_the_most_urgent_other_one_that_waits(
    cast: Cast, number: str, clerk: Desk, time: SetClock
) -> None:
    second = submit(cast.second, at=MONDAY + timedelta(minutes=5))
    where = f"/desk/cases/{number}/next"
    assert clerk.client.get(where).headers["Location"] == f"/desk/cases/{second}"
    clerk.act(number, "accept")
    assert clerk.client.get(where).headers["Location"] == f"/desk/cases/{second}"
    assert Desk(cast.reviewer).client.get(f"/desk/cases/{second}/next").headers["Location"] == f"/desk/cases/{number}"
    go(number, cast, "check", "review")
    assert clerk.client.get(f"/desk/cases/{second}/next").headers["Location"] == "/desk/"


def test_a_case_is_found_by_its_number(number: str, clerk: Desk) -> None:
    assert clerk.client.get("/desk/find/", {"number": f" {number} "}).headers["Location"] == f"/desk/cases/{number}"
    assert "编号是 8 位-8 位-5 位数字" in clerk.get("/desk/find/?number=14010002")
    missing = clerk.client.get("/desk/find/?number=14010002-20200101-00001").headers["Location"]
    clerk.get(missing, 404)


LOOKED_AT = ["", "/next", "/papers/1"]
SENT = ["/unmask", "/accept", "/check", "/review", "/approve", "/refuse", "/make", "/deliver", "/conclude"]
NEVER = "14010002-20200101-00001"
FILLED = {
    "once": "a-token-of-mine", "version": "1", "what": "name", "why": "核对身份", "held_at": "2026-11-16T10:00",
    "passed": "yes", "remark": "材料齐全", "reasons": "unsettled", "way": "counter", "receipt": "李强",
}  # fmt: skip


def asked(desk: Desk, number: str, route: str) -> str:
    """The answer without what differs by request and by number."""
    where = f"/desk/cases/{number}{route}"
    answer = desk.client.get(where) if route in LOOKED_AT else desk.client.post(where, FILLED)
    assert answer.status_code == 404, (where, answer.status_code)
    return TOKEN.sub("", answer.content.decode()).replace(number, "N")


@pytest.mark.parametrize("route", LOOKED_AT + SENT)
@pytest.mark.parametrize("who", ["stranger", "outsider"])
def test_a_hidden_case_and_a_missing_one_look_the_same(cast: Cast, number: str, route: str, who: str) -> None:
    """To a clerk of another city, and to 陈晨, who may see nothing."""
    desk = Desk(getattr(cast, who))
    assert asked(desk, number, route) == asked(desk, NEVER, route)


@pytest.mark.parametrize("route", LOOKED_AT + SENT)
def test_a_case_that_never_was_is_missing(cast: Cast, time: SetClock, route: str) -> None:
    for asker in (cast.clerk, cast.reviewer):
        asked(Desk(asker), NEVER, route)


@pytest.mark.parametrize("empty", [{}, {"once": "a-token-of-mine"}])
def test_a_form_that_is_not_filled_in_tells_nothing_either(cast: Cast, number: str, empty: dict[str, str]) -> None:
    desk = Desk(cast.stranger)
    assert desk.client.post(f"/desk/cases/{number}/accept", empty).status_code == 404


def test_who_is_not_signed_in_is_led_there_and_back(number: str) -> None:
    answer = Client().get(f"/desk/cases/{number}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?for=staff&next=%2Fdesk%2Fcases%2F")


def test_a_masked_value_is_opened_once_and_the_person_sees_it(
    number: str, cast: Cast, clerk: Desk, time: SetClock
) -> None:
    where = f"/desk/cases/{number}/unmask"
    page = clerk.get(f"/desk/cases/{number}")
    assert "李强" not in page
    time(MONDAY + HOUR)
    clerk.send(where, 422, what="name", why="看")
    assert "至少 4 个字" in clerk.page
    assert accounts.reads_of_for(cast.applicant) == []
    answer = clerk.client.post(where, {**clerk.form(where), "what": "name", "why": "核对身份证"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "李强" in answer.content.decode()
    assert "只显示这一次" in answer.content.decode()
    read = accounts.reads_of_for(cast.applicant)[0]
    assert (read.staff, read.what, read.why, read.subject) == (cast.clerk.id, "name", "核对身份证", number)
    assert "李强" not in clerk.get(f"/desk/cases/{number}")


def test_personal_fields_are_masked_until_asked_for(number: str, cast: Cast, clerk: Desk) -> None:
    form = application(cast.applicant)["fields"]
    page = clerk.get(f"/desk/cases/{number}")
    phone = next(key for key in form if key.endswith("phone"))
    assert form[phone] not in page
    clerk.send(f"/desk/cases/{number}/unmask", 200, what=phone, why="电话联系补材料")
    assert form[phone] in clerk.page


def test_nothing_personal_stands_on_a_page_as_it_is(number: str, cast: Cast, clerk: Desk) -> None:
    own = accounts.profile_for(cast.applicant)
    page = clerk.get(f"/desk/cases/{number}")
    for text in (own.name, own.id_number, own.phone):
        assert text not in page


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, format="PNG")
    return out.getvalue()


def test_a_paper_is_shown_as_a_copy_and_written_down(cast: Cast, clerk: Desk, time: SetClock) -> None:
    file = files.receive(owner=cast.applicant.key, name="身份证.png", data=picture(), at=MONDAY)
    handed = application(cast.applicant)
    first, *others = handed["papers"]
    number = submit(cast.applicant, papers=[type(first)(first.key, first.holder, file), *others])
    page = clerk.get(f"/desk/cases/{number}")
    where = re.search(r'href="(/desk/cases/[^"]+/papers/\d+)"', page)
    assert where is not None
    answer = clerk.client.get(where[1])
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(answer.content)).size == (20, 10)
    assert [read.what for read in accounts.reads_of_for(cast.applicant)] == ["paper"]
    Desk(cast.stranger).get(where[1], 404)


def test_english_pages_are_english(number: str, cast: Cast, time: SetClock) -> None:
    """What people, laws and places are called stays Chinese; all else is English."""
    go(number, cast, "accept", "check")
    time(MONDAY + 3 * HOUR)
    for asker, path in ((cast.clerk, f"/desk/work/{LANES}"), (cast.reviewer, f"/desk/cases/{number}")):
        page = Desk(asker, "en").get(path)
        assert '<html lang="en"' in page
        said_so = r'<(\w+)[^>]* lang="zh-Hans"[^>]*>[^<]*</\1>'
        told = re.sub(rf"{said_so}|<dd>[^<]*</dd>|<[^>]+>|李\*|王芳|何平", " ", page)
        assert not CHINESE.search(told), CHINESE.findall(told)


def test_the_number_of_queries_is_pinned(
    number: str, cast: Cast, clerk: Desk, reviewer: Desk, time: SetClock, django_assert_num_queries: object
) -> None:
    go(number, cast, "accept", "check", "review")
    submit(cast.second, at=MONDAY + HOUR)
    time(MONDAY + 4 * HOUR)
    pinned = django_assert_num_queries
    for desk, page in ((clerk, f"/desk/work/{LANES}"), (reviewer, f"/desk/cases/{number}")):
        desk.get(page)  # fills the caches of calendar and catalogue
    with pinned(11):  # type: ignore[operator]  # the plug-in's fixture has no type
        clerk.get(f"/desk/work/{LANES}")
    with pinned(12):  # type: ignore[operator]  # the plug-in's fixture has no type
        reviewer.get(f"/desk/cases/{number}")


def test_letters_are_at_hand_and_each_opening_is_written_down(cast: Cast, clerk: Desk, time: SetClock) -> None:
    number = submit(cast.applicant)
    go(number, cast, "accept")
    time(MONDAY + 2 * HOUR)
    page = clerk.get(f"/desk/cases/{number}")
    for letter in ("1/receipt", "2/acceptance"):
        assert f"/desk/cases/{number}/letters/{letter}/en.pdf" in page
    where = f"/desk/cases/{number}/letters/2/acceptance/zh.pdf"
    answer = clerk.client.get(where)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    [read] = [read for read in accounts.reads_of_for(cast.applicant) if read.what == "letter"]
    assert read.subject == number
    assert Desk(cast.stranger).client.get(where).status_code == 404
    assert clerk.client.get(f"/desk/cases/{number}/letters/2/refusal/zh.pdf").status_code == 404
    assert "受理通知书" in clerk.get(where.removesuffix(".pdf"))
    assert len([read for read in accounts.reads_of_for(cast.applicant) if read.what == "letter"]) == 2
