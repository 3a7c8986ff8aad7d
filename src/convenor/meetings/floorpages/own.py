"""What a page of the floor holds of its reader alone: their places in the list, their answer, what they may do."""

from dataclasses import dataclass
from uuid import uuid4

from convenor.meetings.floor import Channel
from convenor.meetings.floor_models import FloorAnswered
from convenor.meetings.floorpages.showing import Floor, Place, mark_of
from convenor.meetings.models import Meeting
from convenor.meetings.participants.models import Mode
from convenor.people.models import Person


@dataclass(frozen=True, slots=True)
class Own:
    """The reader's own part of a floor.

    Args:
        marks: by which the page finds what is theirs.
        places: their requests that wait, the first to be called first.
        aside: those that the chair has declined for now.
        seat: from where they take part: as they last said, or as they are registered.
        answer: what they answered to the named check that runs; `has_answered` also to an anonymous one.
        token: of the next message, so that it counts once.
    """

    marks: frozenset[str]
    places: tuple[Place, ...]
    aside: tuple[Place, ...]
    is_speaking: bool
    seat: Channel
    answer: str
    has_answered: bool
    token: str

    @property
    def place(self) -> Place | None:
        """The first place that is no point of order."""
        return next((one for one in self.places if not one.is_order), None)

    @property
    def order(self) -> Place | None:
        """The point of order that waits."""
        return next((one for one in self.places if one.is_order), None)


def own_of(floor: Floor, person: object) -> Own | None:
    """Give a reader's own part; None for those who may not take part on this day."""
    if not isinstance(person, Person) or not floor.takes_part:
        return None
    marks = frozenset(mark_of(floor.meeting, key) for key in person.keys)
    answer, has_answered = _answered(floor, person)
    return Own(
        marks,
        tuple(place for place in floor.places if place.who.mark in marks),
        tuple(place for place in floor.aside if place.who.mark in marks),
        bool(floor.speaking and floor.speaking.who.mark in marks),
        _seat(floor, person),
        answer,
        has_answered,
        uuid4().hex,
    )


def _answered(floor: Floor, person: Person) -> tuple[str, bool]:
    check = floor.state.check
    if check is None:
        return "", False
    if check.is_anonymous:
        return "", has_answered(floor.meeting, check.id, person)
    found = next((check.answers[key] for key in person.keys if key in check.answers), None)
    return (found.value if found else "", found is not None)


def has_answered(meeting: Meeting, check: int, person: Person) -> bool:
    """Say whether somebody has answered an anonymous check."""
    rows = FloorAnswered.objects.filter(meeting=meeting, check_number=check, person_key__in=person.keys)
    return rows.exists()


def _seat(floor: Floor, person: Person) -> Channel:
    keys = person.keys
    own = [request for request in floor.state.requests.values() if request.person in keys]
    if own:
        return own[-1].seat
    row = floor.meeting.registrations.filter(person=person).only("mode").first()
    return Channel.ROOM if row and row.mode == Mode.ROOM else Channel.ONLINE
