"""Put the example world into the database: a forum, its year, proposals, grades, rooms and slots."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_noop

from convenor.cycle.actions import load_presets
from convenor.cycle.models import Cycle, Forum, Phase, PhaseKind
from convenor.evaluation.models import Conflict, Evaluation
from convenor.example import records
from convenor.example.held import hold_first_meeting
from convenor.meetings.actions import hand_in, make_meeting
from convenor.people.models import Affiliation, Organisation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.programme.models import Closure, Placement, Room, Session, Slot
from convenor.proposals.models import Contributor, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.journal import record

JUNE = "2nd Open Consultations and MAG Meeting"
FORUM, YEAR = "igf-example", "2017"
STANDS_AT = datetime(2017, 12, 19, 9, 30, tzinfo=UTC)  # second day of the annual meeting, 10:30 in Geneva
SUBMITTED_AT = datetime(2017, 5, 3, 12, 0, tzinfo=UTC)
MADE_AT, AGENDA_AT = datetime(2017, 3, 1, 9, 0, tzinfo=UTC), datetime(2017, 5, 22, 9, 0, tzinfo=UTC)
BATCH = 1000
M = TypeVar("M", bound=Model)
FIRST_OTHER_NUMBER = 100_001  # above any proposal's number
PHASES = {
    PhaseKind.CALL: (date(2017, 3, 1), date(2017, 5, 3)),
    PhaseKind.SCREENING: (date(2017, 5, 4), date(2017, 5, 10)),
    PhaseKind.EVALUATION: (date(2017, 5, 11), date(2017, 5, 31)),
    PhaseKind.COMMITTEE: (date(2017, 6, 12), date(2017, 6, 14)),
    PhaseKind.MAIN_SESSIONS: (date(2017, 6, 15), date(2017, 8, 31)),
    PhaseKind.TIMETABLE: (date(2017, 9, 1), date(2017, 9, 30)),
    PhaseKind.ANNUAL_MEETING: (date(2017, 12, 18), date(2017, 12, 21)),
    PhaseKind.REPORTS: (date(2017, 12, 22), date(2018, 1, 4)),
}


def seed_agenda() -> str:
    """Give the draft agenda of 12–14 June 2017 as it was printed."""
    return files("convenor.example").joinpath("data/seed_agenda.txt").read_text("utf-8")


@transaction.atomic
def load_example(world: records.World, *, report: Report, is_held: bool = False) -> Cycle:
    """Store the whole world and the June meeting, all or nothing; where `is_held`, an earlier meeting that was held.

    Raises:
        Refused: the example is here already.
    """
    if Forum.objects.filter(slug=FORUM).exists():
        raise Refused("the example is here already: remove it on its home page first, or start over with FRESH=1.")
    cycle = _cycle(world)
    record(
        scope=cycle.scope,
        verb="example.made",
        at=MADE_AT,
        actor=None,
        subject=None,
        values={"proposals": len(world.proposals)},
        template=gettext_noop("The example year is made, with %(proposals)s proposals."),
    )
    report(0.1, "the people")
    organisations = _bulk(
        Organisation(name=one.name, country=one.country, group=one.group, is_example=True)
        for one in world.organisations
    )
    people = _bulk(_person(one, organisations) for one in world.people)
    _bulk(Affiliation(person=person, organisation=person.organisation) for person in people if person.organisation)
    _roles(world, cycle, people)
    report(0.3, "the proposals")
    proposals = _proposals(world, cycle, people, organisations)
    report(0.6, "the evaluations")
    _evaluations(world, people, proposals)
    report(0.8, "the venue")
    _venue(world, cycle, people, organisations)
    secretary = people[world.secretariat[0]]
    if is_held:
        report(0.9, "the meeting of March")
        terms = RoleTerm.objects.filter(role=Role.MEMBER, forum=cycle.forum.slug).select_related("person")
        members = [term.person for term in terms[:3]]  # the first is who a newcomer signs in as
        hold_first_meeting(cycle, chair=people[world.chair], secretary=secretary, members=members)
    draft = hand_in(seed_agenda(), by=secretary, at=AGENDA_AT, file_name="seed_agenda.txt")
    make_meeting(draft, into=cycle, title=JUNE, zone=cycle.zone, by=secretary, at=AGENDA_AT, slug="june")
    cycle.stands_at = STANDS_AT
    cycle.save(update_fields=["stands_at"])
    return cycle


def _bulk(rows: Iterable[M]) -> list[M]:
    rows = list(rows)
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH) if rows else []


def _cycle(world: records.World) -> Cycle:
    forum = Forum.objects.create(slug=FORUM, name="Internet Governance Forum (example)", is_example=True)
    venue = world.venue
    cycle = Cycle.objects.create(
        forum=forum,
        slug=YEAR,
        name="IGF 2017",
        place=venue.city,
        zone=venue.zone,
        language="en",
        starts_on=venue.days[0],
        ends_on=venue.days[-1],
        rule_set=load_presets()["igf-2017"],
    )
    _bulk(Phase(cycle=cycle, kind=kind, starts_on=start, ends_on=end) for kind, (start, end) in PHASES.items())
    return cycle


def _person(one: records.Person, organisations: list[Organisation]) -> Person:
    person = Person(
        name=one.name,
        email=one.email,
        country=one.country,
        group=one.group,
        gender=one.gender or "",
        organisation=organisations[one.organisation],
        is_example=True,
    )
    person.set_unusable_password()
    return person


def _roles(world: records.World, cycle: Cycle, people: list[Person]) -> None:
    held = [(Role.CHAIR, world.chair), *((Role.SECRETARIAT, key) for key in world.secretariat)]
    held += [(Role.MEMBER, key) for key in world.members]
    _bulk(RoleTerm(person=people[key], role=role, forum=cycle.forum.slug, cycle=cycle.slug) for role, key in held)


def _proposals(
    world: records.World, cycle: Cycle, people: list[Person], organisations: list[Organisation]
) -> dict[int, Proposal]:
    rows = _bulk(
        Proposal(
            cycle=cycle,
            number=one.number,
            title=one.title,
            summary=one.summary,
            language="en",
            issue=one.specific_issue,
            policy_questions=list(one.policy_questions),
            expected_outcomes=one.expected_outcomes,
            online_participation=one.online_participation,
            session_agenda=one.session_agenda,
            theme=one.theme,
            tags=list(one.tags),
            format=one.format,
            minutes=one.minutes,
            seats=one.expected,
            owner=people[one.owner],
            organisation=organisations[one.organisation],
            is_first=one.first_time,
            state=State.SCREENED_OUT if one.screened_out else State.SUBMITTED,
            screening_reason=one.screened_out or "",
            submitted_at=SUBMITTED_AT,
        )
        for one in world.proposals
    )
    stored = {row.given_number: row for row in rows}
    _bulk(
        Contributor(
            proposal=stored[one.number],
            person=people[part.person],
            organisation_id=people[part.person].organisation_id,
            part=part.role,
            is_on_site=part.on_site,
            is_confirmed=part.confirmed,
        )
        for one in world.proposals
        for part in one.contributors
    )
    return stored


def _evaluations(world: records.World, people: list[Person], proposals: Mapping[int, Proposal]) -> None:
    _bulk(
        Conflict(member=people[one.member], proposal=proposals[one.proposal], reason=one.reason)
        for one in world.conflicts
    )
    _bulk(
        Evaluation(
            member=people[one.member],
            proposal=proposals[one.proposal],
            has_abstained=one.abstained,
            comment=one.comment,
            grades={criterion: grade for criterion, grade in one.grades.items() if grade is not None},
            reasons=sorted(set(one.reasons.values())),
            merge_with=proposals[one.merger_with] if one.merger_with else None,
        )
        for one in world.evaluations
    )


def _venue(world: records.World, cycle: Cycle, people: list[Person], organisations: list[Organisation]) -> None:
    venue, zone = world.venue, ZoneInfo(world.venue.zone)
    rooms = {
        row.name: row
        for row in _bulk(
            Room(cycle=cycle, name=one.name, seats=one.seats, is_step_free=one.step_free, order=order)
            for order, one in enumerate(venue.rooms)
        )
    }
    stored = _bulk(
        Slot(cycle=cycle, starts_at=datetime.combine(one.day, one.start, tzinfo=zone), minutes=one.minutes)
        for one in venue.slots
    )
    slots = {one.number: row for one, row in zip(venue.slots, stored, strict=True)}
    _bulk(Closure(room=rooms[one.room], slot=slots[one.slot], reason=one.reason) for one in venue.closures)
    sessions = _bulk(
        Session(
            cycle=cycle,
            number=number,
            kind=one.kind,
            title=one.title,
            language="en",
            organisation=organisations[one.organisation],
            theme=one.theme or "",
            minutes=one.minutes,
            seats=one.expected,
        )
        for number, one in enumerate(world.other_sessions, start=FIRST_OTHER_NUMBER)
    )
    pairs = list(zip(world.other_sessions, sessions, strict=True))
    through = Session.people.through
    _bulk(through(session_id=row.pk, person_id=people[key].pk) for one, row in pairs for key in one.people)
    _bulk(
        Placement(session=row, slot=slots[one.slot], room=rooms[one.room], is_locked=True)
        for one, row in pairs
        if one.slot is not None and one.room is not None
    )
