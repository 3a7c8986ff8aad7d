"""Links in mails with which somebody answers for their part in a proposal, without an account.

A link names a proposal, a person and the address it was sent to, signed; whoever opens it has read that mail. It opens
that person's part of that proposal and nothing else, and nothing any more once the person is no longer named there, is
written to at another address, or the meeting is over.
"""

from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.proposals.models import Contributor, Proposal

_signer = Signer(salt="convenor.proposals.contributor-link")


def link_of(proposal: Proposal, person: Person) -> str:
    """Give the path where the reader of a mail to a person answers for their part."""
    values = {"proposal": proposal.pk, "person": person.pk, "mail": _mark(person.email)}
    token = _signer.sign_object(values, compress=True)
    return reverse("proposals:contributing:answer", args=(*proposal.cycle.address, token))


def rows_of(cycle: Cycle, token: str) -> QuerySet[Contributor]:
    """Give the parts that a link is about; none where it was changed, is not complete, or is good no more."""
    rows = Contributor.objects.filter(proposal__cycle=cycle, person__erased_at=None)
    rows = rows.select_related("proposal__organisation", "proposal__owner", "person", "organisation", "answer")
    try:
        values = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return rows.none()
    rows = rows.filter(proposal=values["proposal"], person=values["person"])
    first = rows.first()
    return rows if first is not None and values["mail"] == _mark(first.person.email) else rows.none()


def _mark(email: str | None) -> str:
    return sha256((email or "").lower().encode()).hexdigest()[:16]
