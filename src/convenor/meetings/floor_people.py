"""Who the keys of a meeting's log stand for: what the order of speakers asks of them, and their names."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from convenor.cycle.members import SEATED, terms_in
from convenor.meetings.floor import Speaker, State
from convenor.meetings.floor.state import Stage
from convenor.meetings.floor_models import FloorGuest
from convenor.meetings.models import Meeting
from convenor.people.genders import gender_class
from convenor.people.models import Person, running
from convenor.people.regions import region_of


def people_in(state: State) -> set[str]:
    """Give the keys of those whom the order of speakers or a check has to know."""
    keys = {one.person for one in state.requests.values() if one.stage in (Stage.WAITING, Stage.SPEAKING)}
    keys |= {turn.person for turn in state.turns if turn.day == state.day}
    return keys | set(state.check.answers if state.check else ())


def speakers(meeting: Meeting, keys: Collection[str], *, on: date) -> dict[str, Speaker]:
    """Give what is known of people and guests; who was erased is not known."""
    if not keys:
        return {}
    terms = terms_in(meeting.cycle).filter(running(on), role__in=SEATED, meeting__in=("", meeting.slug))
    members = set(terms.order_by().values_list("person", flat=True))
    guests = guests_by_keys(meeting, keys)
    found = {key: Speaker(one.group, region_of(one.country), gender_class(one.gender)) for key, one in guests.items()}
    for key, person in found_by_keys(set(keys) - guests.keys()).items():
        is_member = person.pk in members
        found[key] = Speaker(person.group, person.region, gender_class(person.gender), is_member=is_member)
    return found


def names_of(meeting: Meeting, keys: Collection[str]) -> Mapping[str, str]:
    """Give the names of people and guests; who was erased has none."""
    guests = guests_by_keys(meeting, keys)
    found = {key: one.name for key, one in guests.items()}
    found |= {key: one.name for key, one in found_by_keys(set(keys) - guests.keys()).items() if one.name}
    return found


def guests_by_keys(meeting: Meeting, keys: Collection[str]) -> dict[str, FloorGuest]:
    """Find the guests of a meeting by their keys."""
    return {str(one.key): one for one in FloorGuest.objects.filter(meeting=meeting, key__in=_uuids(keys))}


def found_by_keys(keys: Collection[str]) -> dict[str, Person]:
    """Find people by their keys; the keys of rows that were merged lead to the one that was kept."""
    found = {str(one.key): one for one in Person.objects.filter(key__in=_uuids(keys), erased_at=None)}
    if missing := set(keys) - found.keys():
        for person in Person.objects.exclude(former_keys=[]):
            found |= dict.fromkeys(missing.intersection(person.former_keys), person)
    return found


def _uuids(keys: Collection[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found
