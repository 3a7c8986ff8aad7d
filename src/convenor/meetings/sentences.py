"""What the reader doubts and refuses, in sentences of the page's language; the reader itself writes no prose."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.reader import Unreadable
from convenor.shared.languages.days import date_format

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
        "Line %(line)s holds signs that are no text. Save the agenda as plain text, DOCX or PDF, and hand it in again."
    ),
    "empty": marked("The document is empty. Paste the text of the agenda, or choose another file."),
    "too_large": marked(
        "The document has %(kilobytes)s kB, and %(limit)s kB are allowed. Hand in only the pages of the agenda."
    ),
    "other_kind": marked(
        "The file is %(kind)s, and no agenda can be read from it. Save it as DOCX, ODT, PDF or HTML, or paste its text."
    ),
    "old_word": marked(
        "The file has the format of Word before 2007. Open it in a word processor, save it as DOCX, and hand that in."
    ),
    "broken": marked(
        "The file looks like %(kind)s, but it is damaged or cut off. Save or download it again, or paste its text."
    ),
    "encrypted": marked(
        "The file is protected with a password (%(kind)s). Save it without the password, or paste its text."
    ),
    "macros": marked(
        "The file carries macros (%(kind)s), and such files are not opened here. Save it without them, as DOCX or ODT."
    ),
    "unsafe": marked(
        "The file declares entities (%(kind)s), which no agenda needs, and is not opened. "
        "Save it anew, or paste its text."
    ),
    "inflates": marked(
        "The file unpacks to more than %(limit)s MB (%(kind)s). "
        "Hand in only the pages of the agenda, or paste their text."
    ),
    "too_many_pages": marked(
        "The document has %(pages)s pages, and %(limit)s are allowed. Hand in only the pages of the agenda."
    ),
    "too_complex": marked(
        "The file is too intricate to be read in time (%(kind)s). "
        "Hand in only the pages of the agenda, or paste their text."
    ),
    "no_text": marked(
        "The document has no text; its pages are pictures (%(pages)s). "
        "Have the text recognised (OCR), or ask for the document that was scanned."
    ),
}


def doubt(code: str, values: Mapping[str, object], *, words: str = "") -> str:
    """Say a doubt; `words` are the printed words it is about. A code of another version is said as it is."""
    given = {**values, "words": words}
    known = {name: _in_words(name, value) for name, value in given.items() if value not in (None, "")}
    for sentences in (DOUBTS, BARE):
        if code in sentences:
            try:
                return _(sentences[code]) % known
            except KeyError:  # a value is not there: the next table does without
                continue
    return " ".join((code, *map(str, known.values())))


def _in_words(name: str, value: object) -> object:
    """Write a day that the reader knows by its date as the page's language does."""
    try:
        return date_format(date.fromisoformat(str(value)), _("j F Y")) if name in ("day", "date") else value
    except ValueError:
        return value


def refusal(error: Unreadable) -> str:
    """Say why a text was not read, and what to do."""
    return _(REFUSALS[error.code]) % error.values
