"""Dates and numbers of an agenda as people of the page's language write them."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from convenor.cycle.templatetags.days import stretch
from convenor.meetings.models import Block, Day, Item
from convenor.shared.languages.days import date_format

HAN_NUMBERS = "一二三四五六七八九十"


def dates_in_words(days: Iterable[Day]) -> str:
    """Say from when to when: "12–14 June 2017"; empty where no date is printed."""
    dates = sorted(day.date for day in days if day.date)
    return period(dates[0], dates[-1]) if dates else ""


def period(first: date, last: date) -> str:
    """Say a stretch of days, month and year once where they are the same."""
    end = date_format(last, _("j F Y"))
    if first == last:
        return end
    if not _("j F Y").startswith("j"):  # the year stands first: what both days share is said with the first day
        return stretch(first, last, with_year=True)
    if (first.year, first.month) == (last.year, last.month):
        return f"{date_format(first, 'j')}–{end}"
    return f"{date_format(first, _('j F') if first.year == last.year else _('j F Y'))} – {end}"


def day_name(day: Day) -> str:
    """Name a day by its printed label, else by its date, else by its place in the order."""
    return str(day)


def day_with_date(day: Day) -> str:
    """Name a day by its printed label, with its date: "Day 1, 12 June"; right to left, each holds together."""
    if not (day.label and day.date):
        return day_name(day)
    label = f"\u2068{day.label}\u2069" if get_language_bidi() else day.label
    return _("%(day)s, %(date)s") % {"day": label, "date": date_format(day.date, _("j F"))}


def item_name(item: Item) -> str:
    """Name an item by its printed label, else by its title."""
    if item.label:
        return _("item %(label)s") % {"label": item.label}
    return f"“{item.title if len(item.title) <= 60 else item.title[:59] + '…'}”"  # noqa: PLR2004 - fits one line


def times_in_words(block: Block) -> str:
    """Write a block's printed times; empty where none is printed."""
    if block.starts and block.ends:
        return f"{block.starts:%H:%M}–{block.ends:%H:%M}"
    return f"{block.starts:%H:%M}" if block.starts else ""


def label_as_printed(label: str) -> str:
    """Write a label with the mark that agendas print: "2.", "a)", "أ)", "一、"; labels of several parts stay bare."""
    if label and all(sign in HAN_NUMBERS for sign in label):
        return f"{label}、"
    if len(label) == 1 and label.isalpha() and not label.isupper():
        return f"{label})"
    return f"{label}." if label.isalnum() else label


def minutes_after(title: str, minutes: int | None) -> str:
    """Write a title with its length behind it, where one is printed."""
    return title if minutes is None else _("%(title)s (%(minutes)s min)") % {"title": title, "minutes": minutes}


def top_items(items: Iterable[Item]) -> str:
    """Name a block by its items: "1. Opening; 2. Adoption of the agenda"."""
    top = (item for item in items if item.parent_id is None)
    return "; ".join(f"{label_as_printed(item.label)} {item.title}".strip() for item in top)
