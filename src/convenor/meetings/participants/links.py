"""Links in mails with which somebody without an account keeps their registration.

A link names its meeting and the address it was sent to, signed; whoever opens it has read that mail. It opens nothing
else, and no longer anything once the meeting is over.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from convenor.meetings.models import Meeting

_signer = Signer(salt="convenor.meetings.registration-link")


def link_of(meeting: Meeting, contact: str) -> str:
    """Give the path where the reader of a mail to an address registers, or changes their registration."""
    token = _signer.sign_object({"meeting": meeting.pk, "contact": contact}, compress=True)
    return reverse("meetings:participants:by-link", args=(*meeting.cycle.address, meeting.slug, token))


def contact_of(meeting: Meeting, token: str) -> str:
    """Give the address a link was sent to; empty where it was changed, is not complete, or is for another meeting."""
    try:
        values = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return ""
    return str(values["contact"]) if values.get("meeting") == meeting.pk else ""
