"""What somebody without an account does about their part in a meeting: ask for a link, register with it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.meetings.models import Meeting
from convenor.meetings.participants import letters
from convenor.meetings.participants.actions import Said, closed_sentence, locked, put_down
from convenor.meetings.participants.models import Registration
from convenor.meetings.participants.opening import registers_now
from convenor.people.models import Person
from convenor.people.sign_in_limits import in_words, wait
from convenor.shared.errors import Refused


@dataclass(frozen=True, slots=True)
class Who:
    """What somebody without an account says of themselves."""

    name: str
    country: str = ""
    group: str = ""


def ask_for_link(meeting: Meeting, email: str, *, network: str, at: datetime) -> None:
    """Send a link to an address, with which its reader registers; nothing is kept of it.

    Raises:
        Refused: the meeting is not open to people without an account, or there were too many such mails lately.
    """
    check_open(meeting, at=at)
    if seconds := wait("registration", at=at, network=network, address=email):
        raise Refused(
            _("No mail was sent: this was asked too often. Wait %(time)s, and look for the mail that is on its way.")
            % {"time": in_words(seconds)}
        )
    letters.send_link(meeting, email, at=at)


def check_open(meeting: Meeting, *, at: datetime) -> None:
    """Let through where people without an account may register now.

    Raises:
        Refused: they may not.
    """
    if not meeting.takes_strangers:
        raise Refused(_("To register for this meeting you need an account; sign in, which makes one."))
    if not registers_now(meeting, now := meeting.cycle.moment(at)):
        raise Refused(closed_sentence(meeting, now))


def row_of(meeting: Meeting, contact: str) -> Registration | None:
    """Find the registration of somebody without an account by their address."""
    return meeting.registrations.filter(contact=contact, person__email=None).select_related("person").first()


def _known(meeting: Meeting, contact: str) -> Person | None:
    """Find who registered with this address for another meeting of the forum."""
    rows = Registration.objects.filter(meeting__cycle__forum=meeting.cycle.forum, contact=contact, person__email=None)
    last = rows.select_related("person").order_by("registered_at", "pk").last()
    return last.person if last else None


@transaction.atomic
def register_by_link(meeting: Meeting, contact: str, who: Who, said: Said, *, at: datetime) -> Registration:
    """Register whoever read the mail to an address, or change what they said before.

    Raises:
        Refused: as for people with an account, or the meeting takes nobody without one.
    """
    meeting = locked(meeting)
    row = row_of(meeting, contact)
    if row is None:
        check_open(meeting, at=at)
        row = Registration(meeting=meeting, person=_known(meeting, contact) or Person(), contact=contact)
    for name in ("name", "country", "group"):
        setattr(row.person, name, getattr(who, name))
    row.person.save()
    row.person_id = row.person.pk
    return put_down(meeting, row, said, held=(), at=at)
