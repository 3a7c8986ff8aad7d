"""Texts of a proposal that are worth keeping: before somebody else goes on, after a pause, when it is handed in."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Max

from convenor.people.models import Person
from convenor.proposals.drafting.merging import Value
from convenor.proposals.drafting.models import Version, Why
from convenor.proposals.models import Proposal

SITTING = timedelta(minutes=30)  # saves that come closer are one text
MOST_WRITTEN = 50  # texts of a proposal that were only written: the oldest go


def keep(
    proposal: Proposal, content: Mapping[str, Value], why: Why, *, by: Person | None, at: datetime
) -> Version | None:
    """Keep a text as the next version, unless the last one says the same for the same reason."""
    people = [[person, part] for person, part in proposal.contributors.values_list("person_id", "part")]
    last = proposal.versions.order_by("-number").first()
    if last and (last.content, last.people, last.why) == (dict(content), people, why):
        return None
    row = Version.objects.create(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        why=why,
        content=dict(content),
        people=people,
        made_by=by,
        made_at=at,
    )
    if why == Why.WRITTEN and row.number > MOST_WRITTEN:
        old = proposal.versions.filter(why=Why.WRITTEN).order_by("-number")[MOST_WRITTEN:]
        Version.objects.filter(pk__in=[one.pk for one in old]).delete()
    return row


def keep_before(
    proposal: Proposal, content: Mapping[str, Value], *, writer: Person | None, by: Person, at: datetime
) -> None:
    """Keep what stood until now, where somebody else goes on or the last writing is long ago."""
    saved_at = proposal.saved_at
    if saved_at is None or not content:
        return
    is_another = writer is not None and writer.pk != by.pk
    if is_another or at - saved_at >= SITTING:
        keep(proposal, content, Why.WRITTEN, by=writer, at=saved_at)


def last_number(proposal: Proposal) -> int:
    """Give the number of the last version, 0 where none was kept."""
    return proposal.versions.aggregate(Max("number"))["number__max"] or 0
