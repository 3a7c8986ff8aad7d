"""What the reader doubts and refuses, in sentences of the page's language; the reader itself writes no prose."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.reader import Unreadable

# `words` are the printed words that the doubt is about; the other values are those of the code.
DOUBTS: Mapping[str, str] = {
    "lost_label": marked("“%(words)s” has no number; the next one is %(next)s, so %(missing)s seems to be lost."),
    "continued_nowhere": marked("“%(words)s” is printed here, but nothing further down takes the item up again."),
    "continued_other_day": marked("“%(words)s” is printed here, but the item goes on only on another day: %(day)s."),
    "continued_other_item": marked("“%(words)s” is printed here, but below stands another item, “%(title)s”."),
    "dangling_word": marked("The title ends in “%(word)s”, as if something had to follow."),
    "label_repeated": marked("The number %(label)s is printed twice in a row."),
    "label_skipped": marked("The numbers jump from %(before)s to %(after)s."),
    "times_overlap": marked("This starts at %(start)s, before the time above it has ended at %(end)s."),
    "time_backwards": marked("This starts at %(start)s and ends at %(end)s, which is earlier."),
    "clock_of_twelve": marked("Printed without a.m. or p.m. and read as afternoon: %(start)s."),
    "time_empty": marked("Nothing stands under the time %(words)s."),
    "date_impossible": marked("“%(printed)s” is not the day of the week of %(date)s."),
    "nothing_found": marked("No agenda item was found in this text."),
}
# The same where a value that the sentence needs is not there.
BARE: Mapping[str, str] = {
    "label_skipped": marked("The numbers start at %(after)s."),
    "date_impossible": marked("“%(printed)s” is no day of the calendar."),
}
REFUSALS: Mapping[str, str] = {
    "too_long": marked(
        "The text has %(characters)s characters, and %(limit)s are allowed. Hand in only the pages of the agenda."
    ),
    "too_many_lines": marked(
        "The text has %(lines)s lines, and %(limit)s are allowed. Hand in only the pages of the agenda."
    ),
    "line_too_long": marked(
        "Line %(line)s has %(characters)s characters, and %(limit)s are allowed. Break it into lines, and try again."
    ),
    "not_text": marked(
        "Line %(line)s holds signs that are no text. Save the agenda as plain text, and hand it in again."
    ),
}


def doubt(code: str, values: Mapping[str, object], *, words: str = "") -> str:
    """Say a doubt; `words` are the printed words it is about. A code of another version is said as it is."""
    known = {name: value for name, value in {**values, "words": words}.items() if value not in (None, "")}
    for sentences in (DOUBTS, BARE):
        if code in sentences:
            try:
                return _(sentences[code]) % known
            except KeyError:  # a value is not there: the next table does without
                continue
    return " ".join((code, *map(str, known.values())))


def refusal(error: Unreadable) -> str:
    """Say why a text was not read, and what to do."""
    return _(REFUSALS[error.code]) % error.values
