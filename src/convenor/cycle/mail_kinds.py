"""Letters of a secretariat to many people of its forum."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from convenor.cycle import removal
from convenor.cycle.models import Cycle, Forum
from convenor.people.models import Person, RoleTerm, running
from convenor.people.roles import Role
from convenor.shared.mail import kinds
from convenor.shared.mail.kinds import Example, Kind, Placeholder
from convenor.shared.mail.models import Batch, Mail, MailTemplate, Stop

LETTER = "cycle.letter"
MOST_CHOICES = 50


def register() -> None:
    """Register them, and that they go with their forum; called once, when the parts are ready."""
    removal.CLEANERS.append(remove_mails)
    kinds.register(
        Kind(
            code=LETTER,
            title=gettext_noop("Letter to many"),
            purpose=gettext_noop(
                "What the secretariat writes to people in one or more roles. These words are the beginning of every "
                "such letter, to be changed before it is written."
            ),
            subject=gettext_noop("{forum}: news from the secretariat"),
            text=gettext_noop("Dear {name},\n\n\n\nWhat is open to you now: {link}\n\nThe secretariat of {forum}"),
            placeholders=(
                Placeholder("name", gettext_noop("name of the person, else the address"), "Amina Diallo"),
                Placeholder("forum", gettext_noop("name of the forum's year"), "IGF 2017"),
                Placeholder(
                    "link", gettext_noop("address of the year's page"), f"{settings.ORIGIN}/igf/2017/", is_link=True
                ),
            ),
            is_list=True,
            choices=_choices,
            example=_example,
        )
    )


def remove_mails(forum: Forum) -> int:
    """Remove a forum's mails, its words for them and the wishes to get none; no key leads from the forum to them."""
    return sum(model._base_manager.filter(forum=forum.slug).delete()[0] for model in (Mail, Batch, MailTemplate, Stop))


def values_for(person: Person, cycle: Cycle) -> dict[str, str]:
    """Give what fills a letter to somebody."""
    return {
        "name": person.name or person.email or "",
        "forum": cycle.name,
        "link": f"{settings.ORIGIN}{cycle.get_absolute_url()}",
    }


def holders(cycle: Cycle, roles: Collection[Role] | None = None, *, on: date | None = None) -> QuerySet[Person]:
    """Give the people with a role in a cycle that is not of one meeting only: on a day, or whenever."""
    return Person.objects.filter(pk__in=yearly_terms(cycle, roles, on=on).values("person"), is_active=True)


def yearly_terms(cycle: Cycle, roles: Collection[Role] | None = None, *, on: date | None = None) -> QuerySet[RoleTerm]:
    """Give the terms of those, whoever still has an account."""
    rows = RoleTerm.objects.filter(forum=cycle.forum.slug, cycle__in=("", cycle.slug), meeting="")
    if roles is not None:
        rows = rows.filter(role__in=roles)
    return rows if on is None else rows.filter(running(on))


def _choices(cycle: Any) -> list[tuple[str, str]]:
    return [(str(person.pk), str(person)) for person in holders(cycle)[:MOST_CHOICES]]


def _example(cycle: Any, key: str) -> Example | None:
    person = holders(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    return None if person is None else Example(values_for(person, cycle), person.language)
