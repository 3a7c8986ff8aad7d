"""The draft that the log of a meeting gives: read, folded and said in sentences of the meeting's language."""

from collections.abc import Collection

from django.conf import settings

from convenor.meetings.minutes import Record, Report, Verbatim
from convenor.meetings.minutes.hearing import verbatim_of as _heard
from convenor.meetings.minutes.reading import record_of as _folded
from convenor.meetings.minutes.telling import report_of as _told
from convenor.meetings.minutes_sources import captions_of, sources_of
from convenor.meetings.minutes_words import wording_in
from convenor.meetings.models import Meeting


def language_of(meeting: Meeting) -> str:
    """Give the language in which the minutes of a meeting are written, whoever reads them."""
    found = meeting.language or meeting.cycle.language
    return found if found in settings.OFFERED_LANGUAGES else "en"


def record_of(meeting: Meeting) -> Record:
    """Give what the log says, item by item, as the public may read it."""
    return _folded(sources_of(meeting, language=language_of(meeting)))


def report_of(meeting: Meeting) -> Report:
    """Give the draft report of a meeting."""
    return _told(record_of(meeting), wording_in(language_of(meeting)))


def verbatim_of(meeting: Meeting, language: str, days: Collection[str]) -> Verbatim:
    """Give what was said on these days, from the captions of one language."""
    return _heard(record_of(meeting), captions_of(meeting, language), wording_in(language_of(meeting)), days=days)
