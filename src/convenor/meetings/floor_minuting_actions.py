"""What can be minuted while it is spoken, each with its words beside the log, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Unpack

from django.utils.translation import gettext as _

from convenor.meetings.floor import minuting
from convenor.meetings.floor.minuting import OWNED, Fate, Sort
from convenor.meetings.floor_actions import Said, enter
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import FloorEntry, FloorGuest
from convenor.meetings.minutes.noting import OWNER, WORDS
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.shared.errors import Refused

MOST_WORDS, LONGEST_OWNER = 4_000, 200


@dataclass(frozen=True, slots=True)
class Told:
    """What is minuted: in words, who is to do it or has proposed it (somebody, or words), and until when."""

    words: str
    owner: Person | FloorGuest | None = None
    owner_words: str = ""
    due: date | None = None


def minute(
    meeting: Meeting, sort: Sort, told: Told, *, by: Person, at: datetime, item: str = "", **said: Unpack[Said]
) -> FloorEntry:
    """Minute something about an item, or about the one under way.

    Raises:
        Refused: there are no words, or no day is open.
    """
    words = _words(told, sort)
    if not told.words.strip():
        raise Refused(_("Nothing was minuted: the words are missing. Write what was said, in a sentence."))
    step = partial(minuting.minute, sort=sort, item=item, whose=_whose(told, sort))
    return enter(meeting, step, by=by, at=at, words=words, **said)[0]


def correct(
    meeting: Meeting, minuted: int, told: Told, *, by: Person, at: datetime, **said: Unpack[Said]
) -> FloorEntry:
    """Put right what was minuted; the entry stays, and the minutes say the new words.

    Raises:
        Refused: there are no words, there is no such point, or it was withdrawn.
    """
    if not told.words.strip():
        raise Refused(_("Nothing was changed: the words are missing. To take the point out, withdraw it."))
    sort = _sort(meeting, minuted)
    step = partial(minuting.settle, minuted=minuted, fate=Fate.CORRECTED, whose=_whose(told, sort))
    return enter(meeting, step, by=by, at=at, words=_words(told, sort), **said)[0]


def settle(
    meeting: Meeting,
    minuted: int,
    fate: Fate,
    *,
    by: Person,
    at: datetime,
    by_entry: int = 0,
    words: str = "",
    **said: Unpack[Said],
) -> FloorEntry:
    """Say what became of a point; `by_entry` is the decision or the action item that settled it.

    Raises:
        Refused: there is no such point, it was withdrawn, or this does not become of its sort.
    """
    if fate not in minuting.FATES[_sort(meeting, minuted)] or fate is Fate.CORRECTED:
        raise Refused(_("Nothing was entered: this cannot become of such a point. Choose again from its form."))
    step = partial(minuting.settle, minuted=minuted, fate=fate, by_entry=by_entry)
    return enter(meeting, step, by=by, at=at, words={WORDS: _bounded(words)}, **said)[0]


def _sort(meeting: Meeting, minuted: int) -> Sort:
    """Give the sort of a point; what is unknown is refused by the step, in its sentence."""
    found = state_of(meeting).minuted.get(minuted)
    return Sort(found.sort) if found else Sort.PROPOSAL


def _words(told: Told, sort: Sort) -> dict[str, str]:
    owner = " ".join(told.owner_words.split()) if told.owner is None and sort in OWNED else ""
    if len(owner) > LONGEST_OWNER:
        raise Refused(
            _("Nothing was minuted: “%(words)s” has more than %(limit)s characters. Name who it is in fewer words.")
            % {"words": f"{owner[:40]}…", "limit": LONGEST_OWNER}
        )
    return {WORDS: _bounded(told.words), OWNER: owner}


def _bounded(words: str) -> str:
    words = words.replace("\0", "").strip()
    if len(words) > MOST_WORDS:
        raise Refused(
            _("Nothing was entered: the text has %(count)s characters, and %(limit)s are allowed. Shorten it.")
            % {"count": len(words), "limit": MOST_WORDS}
        )
    return words


def _whose(told: Told, sort: Sort) -> minuting.Whose:
    person = str(told.owner.key) if told.owner is not None and sort in OWNED else ""
    due = told.due.isoformat() if told.due is not None and sort is Sort.ACTION else ""
    return minuting.Whose(person, due)
