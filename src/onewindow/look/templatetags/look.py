"""Tags and filters of every page (模板标签): words in two languages, dates, masks, components."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from onewindow.calendars.rules import Limit, Reading, WorkCalendar
from onewindow.core.language import here, speaks_english
from onewindow.core.words import Words
from onewindow.look import dates, days, marks, masks, parts
from onewindow.look.forms import described_by, faults, shape

register = template.Library()

# What a line must not break: a date with its weekday, a number with its unit, a span of hours.
_WHOLE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（周[一二三四五六日]）?| 周[一二三四五六日])?"
    r"|\d+(?:\.\d+)? (?:个工作日|个办公小时|个月|小时|分钟|天|年)"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}(?: \d{4})?"
    r"|(?:周[一二三四五六日] )?\d{1,2}:\d\d–\d{1,2}:\d\d"
)


def _whole(text: object) -> object:
    """Keep dates and numbers with their units on one line (日期不断行)."""
    if not isinstance(text, str) or not _WHOLE.search(text):
        return text
    return SafeString(_WHOLE.sub(r'<span class="nb">\g<0></span>', conditional_escape(text)))


@register.simple_tag
def t(zh: str, en: str, **facts: object) -> str:
    """Say a text in the reader's language: {% t "还剩 {n} 天" "{n} days left" n=left %}; facts are escaped."""
    text = here(Words(zh, en))
    if not facts:
        return text
    return str(_whole(format_html(text, **{name: _spoken(fact) for name, fact in facts.items()})))


@register.simple_tag
def both(zh: str, en: str) -> SafeString:
    """Say a text in both languages, the reader's first: for pages that may reach anybody."""
    first, code, second = (en, "zh-Hans", zh) if speaks_english() else (zh, "en", en)
    return format_html('{}<span class="sub" lang="{}">{}</span>', first, code, second)


@register.simple_tag
def lang() -> str:
    """Return the page's language for the lang attribute."""
    return "en" if speaks_english() else "zh-Hans"


@register.simple_tag
def other_language() -> dict[str, str]:
    """Return the language that the page can be read in instead, by its own name."""
    return {"code": "zh-Hans", "name": "中文"} if speaks_english() else {"code": "en", "name": "English"}


@register.filter
def w(words: object) -> object:
    """Pick the reader's language of a pair, its dates kept whole; anything else is left as it is."""
    return _whole(_spoken(words)) if isinstance(words, Words) else words


@register.filter
def plain(words: Words) -> str:
    """Pick the reader's language for an attribute, where no markup may stand."""
    return here(words)


def _spoken(fact: object) -> object:
    return here(fact) if isinstance(fact, Words) else fact


@register.filter
def date_words(day: date | None, calendar: WorkCalendar | None = None) -> str:
    """Say a date with its weekday; with a calendar also whether it is a make-up day or provisional."""
    return str(_whole(here(dates.date_words(day, calendar)))) if day else ""


@register.filter
def long_date(day: date | None) -> str:
    """Say a date with its year, as on a document."""
    return here(dates.long_date_words(day)) if day else ""


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | None) -> str:
    """Say a date by what the page knows: `today` decides about the year, `calendar` adds make-up and provisional."""
    if on is None:
        return ""
    return str(_whole(here(dates.date_words(on, context.get("calendar"), today=context.get("today")))))


@register.filter
def time_words(at: datetime | None) -> str:
    """Say an instant by the office's clock."""
    return str(_whole(here(dates.time_words(at)))) if at else ""


@register.filter
def clock_words(at: datetime | None) -> str:
    """Say the time of day by the office's clock."""
    return here(dates.clock_words(at)) if at else ""


@register.filter
def limit_words(limit: Limit) -> str:
    """Say how long a limit is."""
    return str(_whole(here(dates.limit_words(limit))))


@register.filter
def left_words(reading: Reading) -> str:
    """Say what is left of a clock, or by how much it is over."""
    return str(_whole(here(dates.left_words(reading))))


register.filter("mask_name", masks.mask_name)
register.filter("mask_id", masks.mask_id)
register.filter("mask_phone", masks.mask_phone)
register.filter("mask_plate", masks.mask_plate)
register.filter("mask_vin", masks.mask_vin)
register.filter("mask_address", masks.mask_address)


@register.simple_tag
def light(kind: object, text: object = None) -> str:
    """Draw a light: shape, hue and word; `text` says more than the light's own word."""
    sign = marks.LIGHTS[str(getattr(kind, "value", kind))]
    said = _spoken(text) or here(sign.words)
    return format_html('<span class="light {}"><i aria-hidden="true"></i>{}</span>', sign.style, said)


@register.simple_tag
def mark(confidence: object) -> str:
    """Say how far a value is confirmed: nothing for S (seen), a tag for K, D and U."""
    sign = marks.CONFIDENCE[str(getattr(confidence, "value", confidence) or "U")]
    return format_html('<span class="tag mark">{}</span>', here(sign.words)) if sign else ""


@register.simple_tag
def paper_state(state: object) -> str:
    """Draw the state of a paper: bring, upload, held, shared, not needed."""
    sign = marks.PAPERS[str(getattr(state, "value", state))]
    return format_html('<span class="tag {}">{}</span>', sign.style, here(sign.words))


@register.inclusion_tag("look/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw one field: label, hint, fault, input, in this order, tied together for screen readers."""
    drawn = shape(bound)
    describing = described_by(bound)
    attrs: dict[str, str | bool] = {"aria-describedby": describing} if describing else {}
    return {
        "bound": bound,
        "shape": drawn,
        "described_by": describing,
        "optional": not bound.field.required,
        "input": bound.as_widget(attrs=attrs) if drawn in ("line", "tick") else "",
        "options": list(_options(bound)) if drawn == "pick" else (),
    }


def _options(bound: BoundField) -> Iterable[dict[str, Any]]:
    hints: Mapping[str, Words] = getattr(bound.field, "hints", {})
    for option in bound:
        hint = hints.get(str(option.data["value"]))
        yield {
            "id": option.id_for_label,
            "input": option.tag(),
            "label": option.choice_label,
            "hint": hint and here(hint),
        }


@register.inclusion_tag("look/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """List every fault of the form at once, each a link to its field."""
    found = faults(form) if form.is_bound else []
    return {"faults": found, "mendable": sum(1 for fault in found if fault.target)}


@register.inclusion_tag("look/form.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """Draw every field of the form, hidden ones too."""
    return {"form": form}


@register.inclusion_tag("look/steps.html")
def steps(names: Iterable[Words], now: int) -> dict[str, Any]:
    """Draw where in the form one is; `now` counts from 1."""
    return {
        "steps": [
            {"name": here(name), "state": "past" if place < now else "now" if place == now else ""}
            for place, name in enumerate(names, start=1)
        ]
    }


@register.inclusion_tag("look/pager.html")
def pager(next_url: str = "", first_url: str = "") -> dict[str, str]:
    """Link to the next page of a list and back to its first (keyset paging)."""
    return {"next_url": next_url, "first_url": first_url}


@register.inclusion_tag("look/empty.html")
def empty(title: str, text: str = "", url: str = "", link: str = "") -> dict[str, str]:
    """Say that nothing was found, and another way."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("look/papers.html")
def papers(needs: Iterable[parts.Paper], caption: str = "") -> dict[str, Any]:
    """List what to bring and what not, each with its reason."""
    return {"papers": needs, "caption": caption}


@register.inclusion_tag("look/line.html")
def line(events: Iterable[parts.Event]) -> dict[str, Any]:
    """Draw what happened, newest first."""
    return {"events": events}


@register.inclusion_tag("look/sum.html")
def sums(values: Iterable[parts.Value]) -> dict[str, Any]:
    """List answers to check, each with its source and a way to change it."""
    return {"values": values}


@register.inclusion_tag("look/bars.html")
def bars(rows: Iterable[parts.Bar], title: str, id: str = "bars") -> dict[str, Any]:
    """Draw bars with a title and the same numbers in a table beside."""
    drawn = parts.drawn(rows)
    height = max(1, len(drawn)) * parts.BAR_PITCH
    return {
        "bars": drawn,
        "title": title,
        "id": id,
        "width": parts.BAR_WIDTH,
        "height": height,
        "thick": parts.BAR_HEIGHT,
    }


@register.filter
def stage_words(stage: object) -> str:
    """Say a case's stage."""
    return here(marks.STAGES[str(getattr(stage, "value", stage))])


@register.filter
def act_words(act: object) -> str:
    """Say an act, with or without the room's name before it."""
    return here(marks.ACTS[str(getattr(act, "value", act)).removeprefix("case.")])


@register.inclusion_tag("look/days.html")
def clock_days(view: days.ClockView) -> dict[str, Any]:
    """Draw the explained clock: the band of days, its key, and the table that says the same."""
    return {"view": view}
