"""Hands that the secretariat raises for others: who is meant by what was typed, and what is entered for them.

People are looked for among those who take part: registered for the meeting, with a role in the year, or noted before as
guests. Part of a name is enough where only one fits; where several do, or none, nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.members import terms_in
from convenor.meetings.floor import Channel, Wish
from convenor.meetings.floor_actions import enter_request
from convenor.meetings.floor_models import FloorEntry, FloorGuest
from convenor.meetings.floor_words import WISHES
from convenor.meetings.floorpages.showing import seat_words
from convenor.meetings.models import Meeting
from convenor.meetings.participants.models import IN, Mode
from convenor.people.models import Person, running
from convenor.shared.errors import Refused

MOST_AT_ONCE = 50
PARTED = re.compile("[\n;；؛]")
MOST_CHOICES = 8
SEATS = (Channel.ROOM, Channel.ONLINE, Channel.CHAT, Channel.HUB)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who may be meant; `key` is "p" with the number of an account, or "g" with that of a guest."""

    key: str
    name: str
    detail: str
    speaker: Person | FloorGuest


@dataclass(frozen=True, slots=True)
class Unsure:
    """A name that fits several people, or nobody who is known."""

    name: str
    choices: Sequence[Known]


def known_to(meeting: Meeting, *, on: date) -> list[Known]:
    """Give everybody who may be meant in a meeting, by name; three queries."""
    found: dict[str, Known] = {}
    for row in meeting.registrations.filter(state__in=IN, person__erased_at=None).select_related("person"):
        online = _("online") if row.mode == Mode.ONLINE else ""
        detail = ", ".join(filter(None, (row.organisation, str(row.get_capacity_display()), online)))
        found[f"p{row.person_id}"] = Known(f"p{row.person_id}", row.person.shown_name, detail, row.person)
    terms = terms_in(meeting.cycle).filter(running(on), meeting__in=("", meeting.slug), person__erased_at=None)
    for term in terms:
        key = f"p{term.person_id}"
        if key not in found and term.person.name:
            detail = ", ".join(filter(None, (str(term.person.organisation or ""), str(term.get_role_display()))))
            found[key] = Known(key, term.person.name, detail, term.person)
    for guest in FloorGuest.objects.filter(meeting=meeting):
        detail = ", ".join(filter(None, (guest.organisation, _("without an account"))))
        found[f"g{guest.pk}"] = Known(f"g{guest.pk}", guest.name, detail, guest)
    return sorted(found.values(), key=lambda one: (plain(one.name), one.key))


def plain(words: str) -> str:
    """Write a name without accents, capitals and signs, for comparing."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare.casefold()).split())


def meant_by(words: str, people: Iterable[Known]) -> list[Known]:
    """Give whom a name fits: those who are called just so, else those whose name has all its words, or begins so."""
    wanted = plain(words)
    if not wanted:
        return []
    named = [(one, plain(one.name)) for one in people]
    if exact := [one for one, name in named if name == wanted]:
        return exact
    return [one for one, name in named if all(_has(name, word) for word in wanted.split())]


def _has(name: str, word: str) -> bool:
    return any(part.startswith(word) for part in name.split())


def the_one(meeting: Meeting, words: str, *, at: datetime) -> Person | FloorGuest:
    """Give the one person whom a name fits.

    Raises:
        Refused: there is no name, nobody or more than one.
    """
    if not words:
        raise Refused(_("Nobody was entered: the name is missing. Give the name by which the chair calls the person."))
    found = meant_by(words, known_to(meeting, on=meeting.cycle.day_of(at)))
    if not found:
        raise Refused(
            _("Nobody was entered: “%(name)s” is not known here. The secretariat can enter the person as a guest.")
            % {"name": words[:80]}
        )
    if len(found) > 1:
        raise Refused(
            _("Nobody was entered: “%(name)s” fits %(count)s people. Give more of the name.")
            % {"name": words[:80], "count": len(found)}
        )
    return found[0].speaker


def by_key(people: Iterable[Known], key: str) -> Known:
    """Give somebody by their key.

    Raises:
        Refused: nobody has it.
    """
    found = next((one for one in people if one.key == key), None)
    if found is None:
        raise Refused(_("Nobody was entered: this person is not known here any more. Type the name again."))
    return found


def names_in(words: str) -> list[str]:
    """Part what was typed into names: one a line, or parted by the semicolons of any script.

    Raises:
        Refused: there is none, or more than can be meant.
    """
    found = [" ".join(one.split()) for one in PARTED.split(words.replace("\0", ""))]
    found = [one for one in found if one]
    if not found:
        raise Refused(_("Nobody was entered: the name is missing. Give the name by which the chair calls the person."))
    if len(found) > MOST_AT_ONCE:
        raise Refused(
            _("Nobody was entered: %(count)s names are too many at once. Enter at most %(limit)s.")
            % {"count": len(found), "limit": MOST_AT_ONCE}
        )
    return found


@dataclass(frozen=True, slots=True)
class Hand:
    """How a hand is raised: by whom it is entered, when, what for, from where, with which token, and since when."""

    by: Person
    at: datetime
    wish: Wish
    seat: Channel
    token: str
    raised_at: datetime | None = None

    def raised(self, meeting: Meeting, speaker: Person | FloorGuest, *, number: int = 0) -> FloorEntry:
        """Enter it for somebody; of several at once each has a token of its own.

        Raises:
            Refused: the list is closed, or the person waits already.
        """
        token = f"{self.token}-{number}" if self.token else ""
        return enter_request(
            meeting, speaker, by=self.by, at=self.at, wish=self.wish, seat=self.seat, raised_at=self.raised_at,
            token=token[:40],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of some names."""

    entered: Sequence[str]
    refused: Sequence[str]
    unsure: Sequence[Unsure]


def raise_hands(meeting: Meeting, names: Sequence[str], hand: Hand) -> Raised:
    """Enter everybody who is known without a doubt, and say who is not; one who is refused stops nobody else."""
    people = known_to(meeting, on=meeting.cycle.day_of(hand.at))
    entered, refused, unsure = list[str](), list[str](), list[Unsure]()
    for place, name in enumerate(names):
        found = meant_by(name, people)
        if len(found) != 1:
            unsure.append(Unsure(name, found[:MOST_CHOICES]))
            continue
        try:
            hand.raised(meeting, found[0].speaker, number=place)
            entered.append(found[0].name)
        except Refused as refusal:
            refused.append(f"{found[0].name}: {refusal}")
    return Raised(entered, refused, unsure)


def in_words(raised: Raised) -> Iterator[str]:
    """Say what became of them."""
    if raised.entered:
        yield _("On the list: %(names)s.") % {"names": "; ".join(raised.entered)}
    yield from raised.refused


def offered(meeting: Meeting, *, on: date) -> dict[str, Any]:
    """Give what the forms for hands offer: who is known, what for and from where, groups and regions for guests."""
    rules, language = meeting.cycle.rules, get_language() or "en"
    return {
        "people": known_to(meeting, on=on),
        "wishes": list(WISHES.items()),
        "seats": [(seat, seat_words(seat)) for seat in SEATS],
        "groups": [(one.code, one.name(language)) for one in rules.groups],
        "regions": [(one.code, one.name(language)) for one in rules.regions],
    }
