"""The kinds of mail that are about people and their roles."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

from convenor.shared.mail import kinds
from convenor.shared.mail.kinds import Example, Kind, Placeholder

INVITATION = "people.invitation"
MOST_CHOICES = 50


def register() -> None:
    """Register them; called once, when the parts are ready."""
    kinds.register(
        Kind(
            code=INVITATION,
            title=gettext_noop("Invitation to a role"),
            purpose=gettext_noop("Goes at once to an address that the secretariat invites to take a role."),
            subject=gettext_noop("{place}: invitation as {role}"),
            text=gettext_noop(
                "Dear {name},\n\n{place} invites you to take the role “{role}”.\n\n"
                "Read what it is about, and accept or decline, on this page:\n{link}\n\n"
                "The link is for you alone and works until {day}. If you did not expect it, you need do nothing."
            ),
            placeholders=(
                Placeholder("name", gettext_noop("name of the person, else the address"), "Amina Diallo"),
                Placeholder("role", gettext_noop("the role that is offered"), "Committee member"),
                Placeholder("place", gettext_noop("name of the forum, year or meeting"), "IGF 2017"),
                Placeholder(
                    "link",
                    gettext_noop("address of the page where the invitation is answered"),
                    f"{settings.ORIGIN}/invitation/…/",
                    is_needed=True,
                    is_link=True,
                ),
                Placeholder("day", gettext_noop("last day on which the link works"), "12 June 2017"),
            ),
            choices=_choices,
            example=_example,
        )
    )


def _invitations(cycle: Any) -> Any:
    from convenor.people.models import Invitation  # noqa: PLC0415 - tables are known only after the parts are ready

    return Invitation.objects.filter(forum=cycle.forum.slug, cycle__in=("", cycle.slug))


def _choices(cycle: Any) -> list[tuple[str, str]]:
    rows = _invitations(cycle)[:MOST_CHOICES]
    return [(str(row.pk), f"{row.name or row.email}") for row in rows]


def _example(cycle: Any, key: str) -> Example | None:
    """Fill with a real invitation, but for its link: that opens the page to whoever has it."""
    from convenor.people.invitations import said_of  # noqa: PLC0415 - as above

    row = _invitations(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    return None if row is None else Example({**said_of(row), "link": f"{settings.ORIGIN}/invitation/…/"})
