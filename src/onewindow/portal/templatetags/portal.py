"""Filters of the portal's own pages (模板过滤器)."""

from django import template
from django.utils.html import format_html

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


@register.filter
def line(words: Words) -> str:
    """Say a pair as a line of its own: in English with a capital at its head."""
    return here(capital(words))
