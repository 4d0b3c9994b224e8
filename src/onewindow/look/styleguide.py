"""What the style guide shows (样式页): every component with invented content and fixed dates."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import forms

from onewindow.calendars.rules import Clock, Kind, Limit, Mark, Pause, Reason, Unit, WorkCalendar, explanation, reading
from onewindow.core.clock import SHANGHAI
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import dates, parts
from onewindow.look.days import clock_view
from onewindow.look.forms import PlainForm, pair

_NOTICE = "国办发明电〔2023〕7号"
_NATIONAL_DAY = frozenset(date(2024, 10, day) for day in range(1, 8))
_MAKE_UP = frozenset({date(2024, 9, 29), date(2024, 10, 12)})
CALENDAR = WorkCalendar(
    announced=frozenset({2024, 2025}),
    rest=_NATIONAL_DAY,
    work=_MAKE_UP,
    marks={day: Mark("国庆节", _NOTICE) for day in _NATIONAL_DAY | _MAKE_UP},
)
_STARTED = datetime(2024, 9, 24, 10, 12, tzinfo=SHANGHAI)
_SEEN = datetime(2024, 9, 30, 11, 0, tzinfo=SHANGHAI)
_PAUSES = (Pause(date(2024, 9, 26), date(2024, 9, 28), Reason.APPRAISAL),)
_PROMISED = Limit(Kind.PROMISED, Fraction(5), Unit.WORKDAY, confidence="D")
_STATUTORY = Limit(Kind.STATUTORY, Fraction(10), Unit.WORKDAY, confidence="S")

TOKENS = (
    ("ink", "#17203a"), ("soft", "#4a556e"), ("indigo", "#24387a"), ("deep", "#16234f"), ("wash", "#e9edf7"),
    ("ochre", "#a5481b"), ("paper", "#f3f5f9"), ("line", "#d4dae6"), ("edge", "#717d97"), ("ok", "#146c45"),
    ("warn-f", "#e2a400"), ("late", "#b0231b"), ("void", "#14161c"),
)  # fmt: skip


class SampleForm(PlainForm):
    """One field of each shape, some of them wrong."""

    phone = forms.CharField(
        label=pair("手机号码", "Mobile phone"),
        help_text=pair("用来接收办结短信", "For the message when it is done"),
        min_length=11,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "tel"}),
    )
    place = forms.ChoiceField(
        label=pair("车从哪里来", "Where the vehicle comes from"),
        widget=forms.RadioSelect,
        choices=[("same", pair("同一辖区", "Same district")), ("other", pair("别的辖区", "Another district"))],
    )
    plate = forms.ChoiceField(
        label=pair("号牌选择", "New plate"), choices=[("pick", pair("现场选号", "Picked at the counter"))]
    )
    paper = forms.FileField(
        label=pair("身份证明", "Proof of identity"),
        help_text=pair("JPG、PNG 或 PDF，不超过 10 MB", "JPG, PNG or PDF, up to 10 MB"),
        required=False,
    )
    remark = forms.CharField(label=pair("说明", "Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    truth = forms.BooleanField(label=pair("以上内容属实", "What I have stated is true"), required=False)


def page() -> dict[str, Any]:
    """Return the context of look/styleguide.html."""
    promise, statute = Clock(_PROMISED, _STARTED, _PAUSES), Clock(_STATUTORY, _STARTED, _PAUSES)
    promised_on = reading(promise, CALENDAR, _SEEN).due_on
    return {
        "today": _SEEN.date(),
        "calendar": CALENDAR,
        "a_day": here(dates.date_words(date(2024, 10, 12), CALENDAR)),
        "tokens": [{"name": name, "value": value} for name, value in TOKENS],
        "form": SampleForm({"phone": "1380013204", "plate": "pick"}),
        "limit": here(dates.limit_words(_PROMISED)),
        "values": _values(),
        "needs": _papers(),
        "step_names": _steps(),
        "events": _events(promised_on),
        "clock": clock_view(
            explanation(promise, CALENDAR, _SEEN),
            today=_SEEN.date(),
            promised_on=promised_on,
            statute_on=reading(statute, CALENDAR, _SEEN).due_on,
            other_rows=explanation(statute, CALENDAR, _SEEN),
        ),
        "lights": _lights(),
    }


def _values() -> list[parts.Value]:
    return [
        parts.Value(Words("申请人", "Applicant"), "李*", Words("实名认证", "Real-name sign-in"), "#g-facts"),
        parts.Value(Words("车辆识别代号", "VIN"), "LSV**********1276", parts.NOTHING, "#g-facts"),
    ]


def _papers() -> list[parts.Paper]:
    return [
        parts.Paper(Words("买车人身份证", "Buyer's identity card"), "bring", Words("窗口核验本人", "Shown in person")),
        parts.Paper(
            Words("二手车销售统一发票", "Used-vehicle invoice"),
            "shared",
            Words("税务系统已有", "The tax office has it"),
        ),
        parts.Paper(
            Words("海关解除监管证明", "Customs release"),
            "none",
            Words("只有海关监管车要", "Only under customs control"),
        ),
    ]


def _steps() -> list[Words]:
    return [
        Words("回答问题", "Questions"),
        Words("填表", "Form"),
        Words("材料", "Papers"),
        Words("核对", "Check"),
        Words("提交", "Submit"),
    ]


def _events(promised_on: date | None) -> list[parts.Event]:
    office = Words("迎泽区政务服务中心", "Yingze service centre")
    until = dates.date_words(promised_on, CALENDAR) if promised_on else parts.NOTHING
    return [
        parts.Event(Words("决定", "Decision"), where=Words("最晚 {d}", "by {d}").fill(d=until), state="next"),
        parts.Event(
            Words("审查", "Review"), _SEEN, office, Words("鉴定意见已收到", "The appraisal is there"), state="now"
        ),
        parts.Event(Words("受理", "Accepted"), _STARTED, office, link=parts.Link("#g-line", Words("凭证", "Receipt"))),
    ]


def _lights() -> list[parts.Bar]:
    return [
        parts.Bar(Words("正常", "On time"), 34, Words("34 件", "34")),
        parts.Bar(Words("将到期", "Due soon"), 2, Words("2 件", "2")),
        parts.Bar(Words("承诺超时", "Past the promise"), 1, Words("1 件", "1")),
    ]
