"""Erasing somebody who has no account here, because they asked the secretariat in writing."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from convenor.cycle.members import members_of
from convenor.cycle.models import Cycle, Forum
from convenor.people.links import forums_of
from convenor.people.models import Person
from convenor.people.privacy_erasure import Erased, erase
from convenor.shared.errors import Refused


def without_account(forum: Forum, words: str = "") -> QuerySet[Person]:
    """Give the people of a forum who never signed in; every word must be found in name or address."""
    found = members_of(forum).filter(joined_at=None).select_related("organisation").order_by("name", "pk")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found


def hindrance(person: Person, forum: Forum) -> str:
    """Say why a forum's secretariat cannot erase somebody, or nothing. Names no other forum."""
    if person.joined_at is not None:
        return _(
            "Nothing was erased: this person has an account and erases it themselves, on the page “My data”. "
            "Signing in takes only their e-mail address."
        )
    if forums_of(person) - {forum.slug}:
        return _(
            "Nothing was erased: this person is not known to your forum alone, so your forum alone cannot decide. "
            "Pass the letter on to whoever runs this site."
        )
    return ""


@transaction.atomic
def erase_on_request(cycle: Cycle, person: Person, *, asked_on: date, by: Person, at: datetime) -> Erased:
    """Erase somebody on their written request.

    Raises:
        Refused: they have an account, another forum knows them, or they were erased before.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if sentence := hindrance(person, cycle.forum):
        raise Refused(sentence)
    return erase(person, at=at, scope=cycle.scope, by=by, asked_on=asked_on)
