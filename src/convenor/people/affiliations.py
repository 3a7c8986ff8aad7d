"""For whom a person speaks, over time. Every change keeps `Person.organisation`, the present one, in step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.people.models import Affiliation, Organisation, Person
from convenor.shared.errors import Refused


@dataclass(frozen=True, slots=True)
class Time:
    """One line of somebody's history: an organisation's name with first and last day, both of which may stay open."""

    organisation: str
    since: date | None
    until: date | None


def find_or_make_organisation(name: str) -> Organisation:
    """Give the organisation of this name, whatever its letter case."""
    return Organisation.objects.filter(name__iexact=name).first() or Organisation.objects.create(name=name)


@transaction.atomic
def speak_for(person: Person, organisation: Organisation | None, *, on: date) -> None:
    """Let a person speak for an organisation, or for none, from a day on; the present affiliation ends the day before.

    One that began on that day, or later, is corrected in place: it never was.
    """
    present = begin_history(Person.objects.select_for_update().get(pk=person.pk))
    if (present.organisation_id if present else None) != (organisation.pk if organisation else None):
        since = on if person.affiliations.exists() else None
        if present is not None:
            _end(present, before=on)
        if organisation is not None:
            Affiliation.objects.create(person=person, organisation=organisation, since=since)
    keep_in_step(person)


@transaction.atomic
def save_history(person: Person, times: Sequence[Time], *, on: date) -> None:
    """Replace somebody's history by what they say it was.

    Raises:
        Refused: a time ends before it starts, lies in the future, or two have no end; nothing is changed.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    _check(times, on=on)
    person.affiliations.all().delete()
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person, organisation=find_or_make_organisation(one.organisation), since=one.since, until=one.until
        )
        for one in times
    )
    keep_in_step(person)


def begin_history(person: Person) -> Affiliation | None:
    """Give the present affiliation; somebody known from a list, without a history yet, gets its first line."""
    present = person.affiliations.filter(until=None).first()
    if present is None and person.organisation_id is not None:
        present = Affiliation.objects.create(person=person, organisation_id=person.organisation_id)
    return present


def keep_in_step(person: Person) -> None:
    """Let the person's own field say what the history says."""
    present = person.affiliations.filter(until=None).select_related("organisation").first()
    person.organisation = present.organisation if present else None
    person.save(update_fields=["organisation"])


def _check(times: Sequence[Time], *, on: date) -> None:
    for one in times:
        if one.since and one.until and one.until < one.since:
            raise Refused(
                _("Nothing was saved: “%(name)s” would end on %(until)s, before it starts on %(since)s.")
                % {"name": one.organisation, "since": one.since, "until": one.until}
            )
        if max(one.since or on, one.until or on) > on:
            raise Refused(
                _("Nothing was saved: “%(name)s” names a day to come. Leave the last day empty while you are there.")
                % {"name": one.organisation}
            )
    if len(present := [one.organisation for one in times if one.until is None]) > 1:
        raise Refused(
            _("Nothing was saved: “%(first)s” and “%(second)s” both have no last day. You speak for one at a time.")
            % {"first": present[0], "second": present[1]}
        )


def _end(present: Affiliation, *, before: date) -> None:
    if present.since is not None and present.since >= before:
        present.delete()
    else:
        present.until = before - timedelta(days=1)
        present.save(update_fields=["until"])
