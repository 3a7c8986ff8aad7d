"""Days and stretches of days as a page prints them."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from convenor.shared.languages.days import date_format

register = template.Library()


def stretch(start: date, end: date, *, with_year: bool = False) -> str:
    """Say a stretch of days: 12 June, 12 – 14 June, 15 June – 31 August; the year at its end on request."""
    whole = _("j F Y") if with_year else _("j F")
    if start == end:
        return date_format(start, whole)
    is_day_first = whole.startswith("j")  # else what both days share is said with the first: 6月12日至14日
    if (start.year, start.month) == (end.year, end.month):
        formats = (_("j"), whole) if is_day_first else (whole, _("j"))
    elif with_year and start.year == end.year:
        formats = (_("j F"), whole) if is_day_first else (whole, _("j F"))
    else:
        formats = (whole, whole)
    return _("%(first)s – %(last)s") % {
        "first": date_format(start, formats[0]),
        "last": date_format(end, formats[1]),
    }


@register.simple_tag
def days(start: date, end: date, *, with_year: bool = False) -> SafeString:
    """Print a stretch of days, readable by machines from its first day."""
    return format_html('<time datetime="{}">{}</time>', start.isoformat(), stretch(start, end, with_year=with_year))
