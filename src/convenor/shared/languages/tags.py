"""What every template may say of languages: days as its reader says them, and the language of a text."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import date as plain_date
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from convenor.shared.languages.days import format_for
from convenor.shared.languages.lists import listed
from convenor.shared.languages.strings import PLACEHOLDER

register = template.Library()


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Print a day or moment: Django's filter, with the format of the reader's language (`days.date_format`)."""
    if value in (None, ""):
        return ""
    return str(plain_date(value, format_for(value, str(arg or "DATE_FORMAT"))))


@register.filter(name="listed")
def in_list(words: Iterable[object]) -> str:
    """Print words one after the other, parted as the reader's language parts them."""
    return listed(words)


@register.filter(is_safe=True)
def placeholders(string: str) -> SafeString:
    """Print a string of a catalogue so that what is filled in later stays in one piece in right-to-left text."""
    escaped = str(conditional_escape(string))
    return SafeString(PLACEHOLDER.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', escaped))


@register.simple_tag(takes_context=True)
def written_in(context: Context, language: str = "") -> SafeString:
    """Say in a tag which language its text is in, where that is not the page's; empty means the year's language.

    `<bdi{% written_in proposal.language %}>{{ proposal.title }}</bdi>`; the direction stays the text's own matter.
    """
    cycle = context.get("cycle")
    known = language or (cycle.language if cycle else "")
    is_same = known.partition("-")[0] == (get_language() or "en").partition("-")[0]
    return SafeString("") if not known or is_same else format_html(' lang="{}"', known)
