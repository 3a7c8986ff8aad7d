"""Finds the proposals that somebody may write in; of others it says the same as of those that do not exist."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.proposals.models import Contributor, Part, Proposal


def _lets(person: Person) -> QuerySet[Contributor]:
    return Contributor.objects.filter(person=person, part=Part.CO_ORGANISER, may_edit=True)


def _written_by(cycle: Cycle, person: Person) -> QuerySet[Proposal]:
    lets = _lets(person).filter(proposal=OuterRef("pk"))
    rows = Proposal.objects.filter(Q(owner=person) | Exists(lets), cycle=cycle)
    return rows.select_related("organisation", "draft", "draft__saved_by", "owner")


def own_proposals(cycle: Cycle, person: Person) -> list[Proposal]:
    """Give what somebody writes in a year, the one touched last first."""
    rows = list(_written_by(cycle, person).order_by("-saved_at", "-pk"))
    for row in rows:
        row.cycle = cycle
    return rows


def own_proposal(cycle: Cycle, key: int, person: Person) -> Proposal:
    """Give a proposal that somebody may write in, with all that its pages show.

    Raises:
        Http404: there is none, or it is not theirs to write in.
    """
    return _found(_written_by(cycle, person).filter(pk=key).first(), cycle)


def own_key(cycle: Cycle, key: int, person: Person) -> Proposal:
    """Give the same for an action, which reads the row anew under its lock: what is not asked for is not read.

    Raises:
        Http404: as above.
    """
    row = next(iter(Proposal.objects.filter(pk=key, cycle=cycle).only("pk", "cycle_id", "owner_id")), None)
    is_theirs = row is not None and (row.owner_id == person.pk or _lets(person).filter(proposal=row).exists())
    return _found(row if is_theirs else None, cycle)


def _found(row: Proposal | None, cycle: Cycle) -> Proposal:
    if row is None:
        raise Http404(_("You have no such proposal here."))
    row.cycle = cycle
    return row


def owned_proposal(cycle: Cycle, key: int, person: Person) -> Proposal:
    """Give a proposal of which somebody is the proposer: withdrawing is theirs alone.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    row = own_proposal(cycle, key, person)
    if row.owner_id != person.pk:
        raise Http404(_("You have no such proposal here."))
    return row
