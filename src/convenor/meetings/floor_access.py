"""Who may do what at the floor: by what is done, and for taking part by whom the day that is open is for."""

from convenor.meetings.floor import Kind, State
from convenor.meetings.models import Audience, Day, Meeting
from convenor.meetings.participants.models import Capacity, Registration
from convenor.meetings.participants.models import State as Confirmed
from convenor.meetings.permissions import (
    FOLLOW,
    KEEP_LIST,
    MINUTE,
    PRESIDE,
    TAKE_PART_MEMBERS,
    TAKE_PART_OBSERVED,
    TAKE_PART_OPEN,
)
from convenor.people.models import Person
from convenor.people.roles import Verb

BY_AUDIENCE = {
    Audience.OPEN: TAKE_PART_OPEN,
    Audience.MEMBERS_OBSERVERS: TAKE_PART_OBSERVED,
    Audience.MEMBERS: TAKE_PART_MEMBERS,
}
MINUTING = frozenset({Kind.MINUTED, Kind.MINUTED_SETTLED})
OF_PARTICIPANTS = frozenset({Kind.ASKED, Kind.CHANGED, Kind.WITHDRAWN, Kind.OBJECTED, Kind.ANSWERED})
# What a day may not say of itself: whom it is for. Then it is for the committee and those who observe it.
UNSAID = TAKE_PART_OBSERVED


def verb_of(meeting: Meeting, kind: Kind, state: State, *, is_for_other: bool = False) -> Verb:
    """Give the right that an entry of a kind asks; to enter a request for somebody else is the list keeper's."""
    if kind in MINUTING:
        return MINUTE
    if kind not in OF_PARTICIPANTS:
        return PRESIDE
    return KEEP_LIST if is_for_other else part_in(meeting, state)


def part_in(meeting: Meeting, state: State) -> Verb:
    """Give the right to take part in the day that is open; while none is, to follow."""
    if not state.day:
        return FOLLOW
    day = Day.objects.filter(meeting=meeting, pk=int(state.day[1:])).first()
    return BY_AUDIENCE.get(Audience(day.audience), UNSAID) if day and day.audience else UNSAID


def is_registered(meeting: Meeting, person: Person, state: State) -> bool:
    """Say whether somebody's confirmed registration lets them take part in the day that is open, without a role.

    A day for members is for members; any other is for everybody whom the secretariat has confirmed.
    """
    found = Registration.objects.filter(meeting=meeting, person=person, state=Confirmed.CONFIRMED)
    if part_in(meeting, state) is TAKE_PART_MEMBERS:
        found = found.filter(capacity__in=(Capacity.MEMBER, Capacity.SECRETARIAT))
    return bool(state.day) and found.exists()
