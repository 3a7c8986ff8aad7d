"""Small worlds for tests of the timetable and the programme."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.programme.models import Kind, Placement, Release, Room, Session, Slot
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.selection.models import Choice, Scenario

AT = datetime(2017, 9, 15, 8, 0, tzinfo=UTC)
#: 09:00 in Geneva on the first day of the meeting.
FIRST = datetime(2017, 12, 18, 8, 0, tzinfo=UTC)
PARTS = (Part.ORGANISER, Part.SPEAKER, Part.MODERATOR)


def make_venue(cycle: Cycle, *, seats: Sequence[int] = (200, 100), slots: int = 4) -> tuple[list[Room], list[Slot]]:
    """Enter rooms R1, R2, … and slots of 90 minutes, two a day."""
    rooms = [
        Room.objects.create(cycle=cycle, name=f"R{number}", seats=size, order=number)
        for number, size in enumerate(seats, start=1)
    ]
    starts = [FIRST + timedelta(days=index // 2, hours=2 * (index % 2)) for index in range(slots)]
    return rooms, [Slot.objects.create(cycle=cycle, starts_at=start, minutes=90) for start in starts]


def make_proposal(
    cycle: Cycle, number: int, *, people: Iterable[Person] = (), owner: Person | None = None, **fields: object
) -> Proposal:
    """Hand in a proposal; without people named, three of its own speak."""
    organisation, _made = Organisation.objects.get_or_create(name=f"Body {number % 7}", country="KE", group="tec")
    speakers = list(people) or [make_person(f"Speaker {number} {letter}", organisation) for letter in "ABC"]
    values: dict[str, object] = {
        "title": f"Title {number}", "summary": f"About {number}.", "theme": "access", "format": "panel", "minutes": 90,
        "seats": 60, "state": State.SUBMITTED, "submitted_at": datetime(2017, 5, 2, tzinfo=UTC),
        "policy_questions": ["Who pays?"], **fields,
    }  # fmt: skip
    proposal = Proposal.objects.create(
        cycle=cycle, number=number, owner=owner or speakers[0], organisation=organisation, **values
    )
    for index, person in enumerate(speakers):
        Contributor.objects.create(proposal=proposal, person=person, part=PARTS[index % 3], is_on_site=index != 1)
    return proposal


def make_person(name: str, organisation: Organisation | None = None) -> Person:
    """Make somebody without an account."""
    return Person.objects.create(name=name, country="KE", group="tec", organisation=organisation)


def select(cycle: Cycle, proposals: Iterable[Proposal], out: Iterable[Proposal] = ()) -> Scenario:
    """Make the newest scenario, with these in and those out."""
    scenario = Scenario.objects.create(cycle=cycle, computed_at=datetime(2017, 6, 13, tzinfo=UTC), places=80, seed=1)
    Choice.objects.bulk_create(
        [Choice(scenario=scenario, proposal=one, is_in=True, score=4.2, reason="in_by_score") for one in proposals]
        + [Choice(scenario=scenario, proposal=one, is_in=False, score=3.1, reason="out_below_line") for one in out]
    )
    return scenario


def make_session(cycle: Cycle, number: int, **fields: object) -> Session:
    """Make a session of its own, without a proposal."""
    values: dict[str, object] = {
        "kind": Kind.OPEN_FORUM,
        "title": f"Forum {number}",
        "minutes": 60,
        "seats": 50,
        **fields,
    }
    return Session.objects.create(cycle=cycle, number=number, **values)


def place(
    session: Session, slot: Slot, room: Room, *, release: Release | None = None, locked: bool = False
) -> Placement:
    """Put a session on the board, or into a release."""
    return Placement.objects.create(session=session, slot=slot, room=room, release=release, is_locked=locked)


def released(cycle: Cycle, sessions: Sequence[Session], *, number: int = 1, at: datetime = AT) -> Release:
    """Release sessions one after the other: first slot, all rooms, next slot, …"""
    rooms, slots = list(Room.objects.filter(cycle=cycle)), list(Slot.objects.filter(cycle=cycle))
    release = Release.objects.create(cycle=cycle, number=number, released_at=at)
    for index, session in enumerate(sessions):
        place(session, slots[index // len(rooms)], rooms[index % len(rooms)], release=release)
    return release


def told(reports: list[tuple[float | None, str]]) -> object:
    """Give a report that keeps what it is told."""

    def report(share: float | None, sentence: str) -> None:
        reports.append((share, sentence))

    return report
