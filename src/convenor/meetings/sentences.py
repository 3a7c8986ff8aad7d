"""What the reader doubts, infers and refuses, in sentences of the page's language; the reader itself writes no prose."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.reader import Unreadable

# `words` are the printed words that the doubt is about; the other values are those of the code.
DOUBTS: Mapping[str, str] = {
    "lost_label": marked("“%(words)s” has no number, though the next item is printed as %(next)s."),
    "continued_nowhere": marked("“%(words)s” is printed here, but nothing further down takes the item up again."),
    "continued_other_day": marked(
        "“%(words)s” is printed here, but nothing below on this day takes the item up; a later day does (%(day)s)."
    ),
    "continued_other_item": marked("“%(words)s” is printed here, but below stands another item: %(label)s “%(title)s”."),
    "dangling_word": marked("The title ends in “%(word)s”, as if something had to follow."),
    "label_repeated": marked("The number %(label)s is printed twice in one series."),
    "label_skipped": marked("The numbers jump from %(before)s to %(after)s."),
    "times_overlap": marked("This time starts at %(start)s, before the one above it has ended at %(end)s."),
    "time_backwards": marked("This time ends at %(end)s, before it starts at %(start)s."),
    "time_empty": marked("Nothing stands under the time “%(words)s”."),
    "date_impossible": marked("“%(words)s” is no date of the calendar, or another day of the week."),
    "nothing_found": marked("No agenda item was found in this text."),
}
REFUSALS: Mapping[str, str] = {
    "too_long": marked("The text has %(characters)s characters, and %(limit)s are allowed. Hand in only the pages of the agenda."),
    "too_many_lines": marked("The text has %(lines)s lines, and %(limit)s are allowed. Hand in only the pages of the agenda."),
    "line_too_long": marked(
        "Line %(line)s has %(characters)s characters, and %(limit)s are allowed. Break it into lines, and hand it in again."
    ),
    "not_text": marked("Line %(line)s holds signs that are no text. Save the agenda as plain text, and hand it in again."),
}


def doubt(code: str, values: Mapping[str, object], *, words: str = "") -> str:
    """Say a doubt; `words` are the printed words it is about."""
    return _filled(DOUBTS[code], {**values, "words": words})


def refusal(error: Unreadable) -> str:
    """Say why a text was not read, and what to do."""
    return _filled(REFUSALS[error.code], error.values)


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    return _(sentence) % {name: "" if value is None else value for name, value in values.items()}
