"""A proposal that names a speaker, a moderator and its proposer."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Contributor, Part, Proposal, State

AT = datetime(2017, 5, 2, 9, 0, tzinfo=UTC)
LATE = datetime(2017, 12, 22, 9, 0, tzinfo=UTC)
OVER = datetime(2018, 1, 23, 9, 0, tzinfo=UTC)


@dataclass
class Cast:
    """Who is named where."""

    cycle: Cycle
    proposal: Proposal
    owner: Person
    speaker: Contributor
    moderator: Contributor

    def fresh(self, row: Contributor) -> Contributor:
        """Read a part anew."""
        return Contributor.objects.select_related("answer", "person").get(pk=row.pk)


def propose(cycle: Cycle, owner: Person, number: int | None, **fields: object) -> Proposal:
    """Make a proposal."""
    body, _made = Organisation.objects.get_or_create(name="Mfano Exchange", country="KE", group="tec")
    values: dict[str, object] = {
        "title": f"Cables, part {number}",
        "summary": "Cables and their cost.",
        "theme": "access",
        "format": "panel",
        "minutes": 90,
        "state": State.SUBMITTED,
        **fields,
    }
    return Proposal.objects.create(cycle=cycle, number=number, owner=owner, organisation=body, **values)


@pytest.fixture
def cast(cycle: Cycle) -> Cast:
    """Give the proposal; the speaker stands in it twice."""
    owner = Person.objects.create(name="Owner Example", email="owner@example.org")
    speaker = Person.objects.create(name="Amina Example", email="amina@example.org", country="SN")
    moderator = Person.objects.create(name="Bo Example", email="bo@example.org")
    proposal = propose(cycle, owner, 1)
    Contributor.objects.create(proposal=proposal, person=owner, part=Part.ORGANISER, is_confirmed=True)
    return Cast(
        cycle,
        proposal,
        owner,
        Contributor.objects.create(proposal=proposal, person=speaker, part=Part.SPEAKER, is_on_site=False),
        Contributor.objects.create(proposal=proposal, person=moderator, part=Part.MODERATOR),
    )
