"""Components and pages as they are drawn, in both languages."""

import re
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

import onewindow.look
from onewindow.core.words import Words
from onewindow.look import marks, styleguide
from onewindow.look.forms import PlainForm
from onewindow.look.parts import Event, Link, Paper, Value

TEMPLATES = Path(onewindow.look.__file__).parent / "templates"
CHINESE = re.compile(r"[㐀-鿿＀-￯]")
VOID = {"meta", "link", "input", "br", "path", "rect", "img", "hr"}
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


class Page(HTMLParser):
    """A page read for what must hold of every page: closed tags, one id once, references that lead somewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refs: list[str] = []
        self.chinese: list[str] = []
        self.langs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]
        self.ids += [given["id"]] if "id" in given else []
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.refs += given.get(name, "").split()
        if tag not in VOID:
            self.open.append(tag)
            self.langs.append(given.get("lang", self.langs[-1] if self.langs else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag
            self.langs.pop()

    def handle_data(self, data: str) -> None:
        if CHINESE.search(data) and self.langs and not self.langs[-1].startswith("zh"):
            self.chinese.append(data.strip())


def check(html: str) -> Page:
    page = Page(html)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), sorted(page.ids)
    assert set(page.refs) <= set(page.ids)
    return page


def draw(source: str, language: str = "zh-hans", **context: object) -> str:
    with translation.override(language):
        return Template("{% load look %}" + source).render(Context(context))


@LANGUAGES
@pytest.mark.parametrize("elder", [False, True])
def test_style_guide(language: str, elder: bool) -> None:
    with translation.override(language):
        html = render_to_string("look/styleguide.html", {**styleguide.page(), "demo": True, "elder": elder})
    page = check(html)
    assert ('class="elder"' in html) == elder
    if language == "en":
        assert [text for text in page.chinese if text != "李*"] == []


@LANGUAGES
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500, 503])
def test_error_pages_speak_both_languages_and_need_nothing(language: str, status: int) -> None:
    with translation.override(language):
        html = render_to_string(f"{status}.html")
    check(html)
    assert CHINESE.search(html)
    assert re.search(r"lang=\"(en|zh-Hans)\"", html)
    assert 'href="/"' in html
    assert str(status) in html


@LANGUAGES
@pytest.mark.parametrize("name", ["base.html", "staff.html", "form_page.html"])
def test_bases(language: str, name: str) -> None:
    nav = [Link("/", Words("办事", "Services"), True, "1")]
    with translation.override(language):
        html = render_to_string(f"look/{name}", {"nav": nav, "demo": True, "form": styleguide.SampleForm()})
    page = check(html)
    assert 'aria-current="page"' in html
    assert page.ids.count("main") == 1
    if language == "en":
        assert page.chinese == []


def test_every_template_is_small() -> None:
    for path in TEMPLATES.glob("**/*.html"):
        assert len(path.read_text()) < 12_000, path


def test_t_picks_and_escapes() -> None:
    source = '{% t "还剩 {n} 天" "{n} days left" n=n %}'
    assert draw(source, n=3) == '还剩 <span class="nb">3 天</span>'  # a line does not break inside
    assert draw(source, "en", n="<b>") == "&lt;b&gt; days left"
    assert draw('{% t "见 {x}" "see {x}" x=x %}', "en", x=Words("一", "one")) == "see one"
    assert draw('{% t "<b>一</b>" "<b>one</b>" %}') == "<b>一</b>"
    assert draw("{% t a b %}", a="<一>", b="<1>") == "&lt;一&gt;"


def test_w_leaves_plain_text() -> None:
    assert draw("{{ a|w }} {{ b|w }}", "en", a=Words("一", "one"), b="x") == "one x"


def test_filters_of_nothing_are_empty() -> None:
    for name in ("date_words", "long_date", "time_words", "clock_words"):
        assert draw("{{ x|" + name + " }}", x=None) == ""
    assert draw("{% day x %}", x=None) == ""


@pytest.mark.parametrize("kind", sorted(marks.LIGHTS))
def test_light(kind: str) -> None:
    html = draw("{% light kind %}", kind=kind)
    sign = marks.LIGHTS[kind]
    assert html == f'<span class="light {sign.style}"><i aria-hidden="true"></i>{sign.words.zh}</span>'


def test_mark() -> None:
    assert draw('{% mark "S" %}') == ""
    assert "未确认" in draw('{% mark "D" %}')
    assert "not yet confirmed" in draw('{% mark "U" %}', "en")
    assert "未确认" in draw('{% mark "" %}')
    assert "通行做法" in draw('{% mark "K" %}')


def test_field_is_label_hint_oops_input_and_tied() -> None:
    form = styleguide.SampleForm({"phone": "1"})
    html = draw("{% field form.phone %}", form=form)
    order = [html.index(part) for part in ("<label", 'class="hint"', 'class="oops"', "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_phone_hint id_phone_oops"' in html
    assert html.count("aria-describedby") == 1
    assert 'aria-invalid="true"' in html
    assert " required" not in html


def test_pick_is_a_fieldset_with_a_legend() -> None:
    form = styleguide.SampleForm({})
    html = draw("{% field form.place %}", form=form)
    assert "<legend>车从哪里来</legend>" in html
    assert 'aria-describedby="id_place_oops"' in html
    assert html.count('type="radio"') == 2
    assert draw("{% errors form %}", form=form).count('href="#id_place_0"') == 1


def test_chosen_and_typed_values_are_kept() -> None:
    form = styleguide.SampleForm({"place": "other", "phone": "<1>", "truth": "on"})
    html = draw("{% fields form %}", form=form)
    assert re.search(r'value="other"[^>]* checked', html)
    assert 'value="&lt;1&gt;"' in html
    assert re.search(r'type="checkbox"[^>]* checked', html)


def test_errors_are_silent_before_sending() -> None:
    assert draw("{% errors form %}", form=styleguide.SampleForm()) == ""


def test_own_messages_stay() -> None:
    class Own(PlainForm):
        plate = forms.CharField(error_messages={"required": "写号牌"})
        file = forms.FileField()
        kind = forms.ChoiceField(choices=[("a", "A")])

    form = Own({}, {"file": SimpleUploadedFile("a.png", b"")})
    assert form.errors["plate"] == ["写号牌"]
    assert form.errors["kind"] == ["还没有选"]
    assert Own({}).errors["file"] == ["还没有放文件"]


def test_papers_not_needed_are_struck_out_with_their_reason() -> None:
    needs = [Paper(Words("发票", "Invoice"), "shared", Words("税务已有", "Tax office"))]
    html = draw("{% papers needs %}", "en", needs=needs)
    assert "<s>Invoice</s>" in html
    assert "Tax office" in html


def test_sums_and_line() -> None:
    html = draw("{% sums values %}", values=[Value(Words("姓名", "Name"), "李*", change_url="/name")])
    assert '<a href="/name">改<span class="vh"> 姓名</span></a>' in html
    html = draw("{% line events %}", events=[Event(Words("受理", "Accepted"), state="now")])
    assert '<li class="now"><b>受理</b></li>' in html


def test_pager() -> None:
    assert draw("{% pager %}").strip() == ""
    assert 'rel="next"' in draw('{% pager "?after=1" %}')


def test_bars_say_their_numbers_beside() -> None:
    html = draw('{% bars rows "办件" %}', rows=styleguide.page()["lights"])
    assert html.count("<rect") == html.count("<tr>") == 3
    assert 'width="400"' in html
    assert "34 件" in html


def test_bars_of_nothing() -> None:
    assert "<rect" not in draw('{% bars rows "办件" %}', rows=[])


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("最晚 11月26日（周四），还剩 2 个工作日", ["11月26日（周四）", "2 个工作日"]),
        ("最晚 10月12日（周六，调休上班日）", ["10月12日（周六"]),
        ("11月24日 周二 21:31 收到 <b>", ["11月24日 周二"]),
        ("周一至周五 8:30–12:00、14:00–17:30", ["周五 8:30–12:00", "14:00–17:30"]),
        ("第 2 条，60 日内", []),
    ],
)
def test_dates_and_numbers_with_their_units_stay_on_one_line(said: str, drawn: list[str]) -> None:
    html = draw("{{ words|w }}", words=Words(said, ""))
    assert re.findall('<span class="nb">(.*?)</span>', html) == drawn
    assert unescape(re.sub("</?span[^>]*>", "", html)) == said
    assert draw('<i title="{{ words|plain }}">', words=Words(said, "")) == f'<i title="{escape(said)}">'
