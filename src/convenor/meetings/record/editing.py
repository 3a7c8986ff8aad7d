"""What rapporteurs do with the paragraphs of minutes: change, add, take out, bring back, move. Each is an entry."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.meetings.models import Meeting
from convenor.meetings.record.keeping import add_edit, lines_now, locked, require
from convenor.meetings.record.models import LONGEST_TEXT, EditKind, Minutes, MinutesEdit, Stage
from convenor.meetings.record.replay import SECTION, Line, before
from convenor.people.models import Person
from convenor.shared.errors import Refused

OPEN = (Stage.DRAFT, Stage.CIRCULATED, Stage.ADOPTED)
"""Stages in which rapporteurs change paragraphs: what a meeting amends when it adopts is entered before the lock."""


@transaction.atomic
def edit(meeting: Meeting, key: str, text: str, *, seen: str, by: Person, at: datetime) -> MinutesEdit | None:
    """Give a paragraph other words; `seen` are those that the person read before. The same words change nothing.

    Raises:
        Refused: the minutes are locked, the paragraph is gone, or somebody else has changed it meanwhile.
    """
    minutes, lines = _open(meeting)
    line = _line(lines, key)
    text = _bounded(text)
    if not text:
        raise Refused(_("Nothing was changed: the paragraph would be empty. Take it out instead."))
    require_seen(line, seen)
    if text == line.text and not line.is_out and not line.is_stale:
        return None
    return add_edit(minutes, EditKind.EDIT, line, text=text, after=before(lines, key), by=by, at=at)


@transaction.atomic
def insert(meeting: Meeting, after: str, text: str, *, by: Person, at: datetime, module: bool = False) -> MinutesEdit:
    """Add a paragraph behind another, or as the first of a part ("section:" with the part's key).

    Raises:
        Refused: the minutes are locked, there is no such place, or no words.
    """
    minutes = locked(meeting)
    require(minutes, *OPEN)
    report, lines = lines_now(minutes)
    places = {f"{SECTION}{one.key}" for one in report.sections} | {one.key for one in lines}
    if after not in places:
        raise Refused(_("Nothing was added: the place is not there any more. Your words are kept; choose another."))
    text = _bounded(text)
    if not text:
        raise Refused(_("Nothing was added: there are no words. Write the paragraph, or choose a text module."))
    kind = EditKind.MODULE if module else EditKind.INSERT
    return add_edit(minutes, kind, None, text=text, after=after, by=by, at=at)


@transaction.atomic
def remove(meeting: Meeting, key: str, *, by: Person, at: datetime) -> MinutesEdit:
    """Take a paragraph out; its words are kept, so that it can be brought back.

    Raises:
        Refused: the minutes are locked, or the paragraph is gone or out already.
    """
    minutes, lines = _open(meeting)
    line = _line(lines, key)
    if line.is_out:
        raise Refused(_("Nothing was changed: the paragraph is out already."))
    return add_edit(minutes, EditKind.REMOVE, line, text=line.text, after=before(lines, key), by=by, at=at)


@transaction.atomic
def bring_back(meeting: Meeting, key: str, *, by: Person, at: datetime) -> MinutesEdit:
    """Bring a paragraph back that was taken out, with the words it had.

    Raises:
        Refused: the minutes are locked, or the paragraph is not out.
    """
    minutes, lines = _open(meeting)
    line = _line(lines, key)
    if not line.is_out:
        raise Refused(_("Nothing was changed: the paragraph is there."))
    return add_edit(minutes, EditKind.EDIT, line, text=line.text, after=before(lines, key), by=by, at=at)


@transaction.atomic
def as_log(meeting: Meeting, key: str, *, by: Person, at: datetime) -> MinutesEdit:
    """Give a paragraph the words that the log gives it now.

    Raises:
        Refused: the minutes are locked, or the log says nothing for it.
    """
    minutes, lines = _open(meeting)
    line = _line(lines, key)
    if not line.made:
        raise Refused(_("Nothing was changed: the log has no words for this paragraph."))
    return add_edit(minutes, EditKind.EDIT, line, text=line.made, after=before(lines, key), by=by, at=at)


@transaction.atomic
def move(meeting: Meeting, key: str, *, by: Person, at: datetime, is_up: bool) -> MinutesEdit:
    """Move a paragraph one place up or down within its part.

    Raises:
        Refused: the minutes are locked, or it stands at that end already.
    """
    minutes, lines = _open(meeting)
    line = _line(lines, key)
    beside = [one for one in lines if one.part == line.part]
    at_place = beside.index(line)
    if not 0 <= at_place + (-1 if is_up else 1) < len(beside):
        raise Refused(_("Nothing was moved: it is the first or the last paragraph of its part."))
    after = before(lines, beside[at_place - 1].key) if is_up else beside[at_place + 1].key
    return add_edit(minutes, EditKind.MOVE, line, text=line.text, after=after, by=by, at=at)


def _open(meeting: Meeting) -> tuple[Minutes, list[Line]]:
    minutes = locked(meeting)
    require(minutes, *OPEN)
    return minutes, lines_now(minutes)[1]


def _line(lines: Sequence[Line], key: str) -> Line:
    found = next((line for line in lines if line.key == key), None)
    if found is None:
        words = _("Nothing was changed: the paragraph is not there any more. Look at the minutes as they stand.")
        raise Refused(words)
    return found


def require_seen(line: Line, seen: str) -> None:
    """Refuse to write over words that the person has not read; line ends are the browser's matter.

    Raises:
        Refused: the paragraph reads otherwise.
    """
    if seen and _plain(seen) != _plain(line.text):
        raise Refused(
            _(
                "Nothing was changed: somebody else has changed this paragraph meanwhile. It now reads: “%(text)s”. "
                "Your words are kept in the form; send them again if they are still wanted."
            )
            % {"text": line.text}
        )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _bounded(text: str) -> str:
    text = "\n".join(line.strip() for line in text.replace("\0", "").strip().splitlines())
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("Nothing was changed: the paragraph has %(count)s characters, and %(limit)s are allowed. Shorten it.")
            % {"count": len(text), "limit": LONGEST_TEXT}
        )
    return text
