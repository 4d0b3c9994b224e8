"""The guided questions: one at a time, no session, earlier answers kept, and the first answer at the end."""

from tests.cases.given import ANSWERS
from tests.portal.given import ASK, BEGIN, Forms, Visitor


def test_one_question_at_a_time_until_the_first_answer(nobody: Visitor) -> None:
    page, asked = nobody.get("/items/CG04/ask"), []
    for _ in range(20):
        form = Forms(page).found.get("/items/CG04/ask")
        if form is None:
            break
        key = form["asked"]
        asked.append(key)
        given = {**form, key: ANSWERS[key]}
        page = nobody.get("/items/CG04/ask?" + "&".join(f"{name}={value}" for name, value in given.items()))
    assert set(asked) == set(ANSWERS)
    assert len(asked) == len(set(asked))
    assert "材料网上交" in page
    assert "车开来查验一次" in page
    assert '查验后 <span class="nb">2 个工作日</span>办好' in page


def test_the_first_answer_in_english(nobody: Visitor) -> None:
    page = Visitor(language="en").get(ASK)
    assert "Papers on line, one visit for the vehicle check, 2 working days after the check" in page


def test_each_question_says_why_it_is_asked(nobody: Visitor) -> None:
    assert "小微型客车和摩托车可能只跑一地" in nobody.get("/items/CG04/ask")


def test_no_answer_is_said_beside_the_question(nobody: Visitor) -> None:
    page = nobody.get("/items/CG04/ask")
    key = Forms(page).found["/items/CG04/ask"]["asked"]
    assert "还没有选" in nobody.get(f"/items/CG04/ask?asked={key}", 422)


def test_a_change_keeps_the_rest(nobody: Visitor) -> None:
    page = nobody.get(f"{ASK}&change=lien")
    form = Forms(page).found["/items/CG04/ask"]
    assert form["asked"] == "lien"
    assert form["lien"] == "none"
    assert form["inspection"] == "valid"


def test_what_is_no_question_and_no_answer_is_dropped(nobody: Visitor) -> None:
    page = nobody.get("/items/CG04/ask?vehicle_class=spaceship&evil=<script>alert(1)</script>")
    assert "evil" not in Forms(page).found["/items/CG04/ask"]
    assert "<script>" not in page


def test_papers_not_needed_are_struck_through_with_the_reason(nobody: Visitor) -> None:
    page = nobody.get(ASK)
    assert "<s>" in page
    assert "因为「" in page


def test_to_begin_one_signs_in_and_comes_back(nobody: Visitor) -> None:
    page = nobody.get(ASK)
    assert "登录后开始" in page
    response = nobody.post(BEGIN, {})
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in")


def test_begin_by_address_only_asks_again(applicant: Visitor) -> None:
    assert applicant.client.get(BEGIN)["Location"].startswith("/items/CG04/ask")
