"""Filters of the portal's own pages (模板过滤器)."""

import re

from django import template
from django.template import Context
from django.utils.html import format_html

from onewindow.accounts import doors
from onewindow.catalogue import queries as catalogue
from onewindow.core.language import here, speaks_english
from onewindow.core.words import Words
from onewindow.look.sentences import capital

register = template.Library()


@register.filter
def law(text: str) -> str:
    """Name a law in the reader's language; one without an English name stands as it is, marked as Chinese."""
    if not text:
        return ""
    said = here(catalogue.law(text))
    return format_html('<span lang="zh-Hans">{}</span>', said) if speaks_english() and said == text else said


@register.simple_tag(takes_context=True)
def whose(context: Context) -> str:
    """Put into a form whose it is, so that what is typed is not lost with the session."""
    return format_html('<input type="hidden" name="{}" value="{}">', doors.WHOSE, doors.whose(context["request"]))


@register.filter
def named(words: Words) -> Words:
    """Put the names of items where a text has their codes, which residents need not know (1 query where it has one)."""
    if not _CODE.search(words.en + words.zh):
        return words
    known = {card.code: card.name for card in catalogue.cards()}

    def name(found: re.Match[str], zh: bool) -> str:
        item = known.get(found[1])
        return found[0] if item is None else f"「{item.zh}」" if zh else f"“{item.en}”"

    return Words(
        re.sub(rf" ?{_CODE.pattern} ?", lambda found: name(found, True), words.zh),
        re.sub(rf"(?:item )?{_CODE.pattern}", lambda found: name(found, False), words.en),
    )


_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2,3}\d{2})(?![0-9])")


@register.filter
def line(words: Words) -> str:
    """Say a pair as a line of its own: in English with a capital at its head, items by their names."""
    return here(capital(named(words)))
