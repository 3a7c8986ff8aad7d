"""A call that is open until 2100, somebody who proposes, and a draft of theirs."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from convenor.cycle.models import Cycle, PhaseKind
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role
from convenor.proposals.drafting import people, saving, standing
from convenor.proposals.drafting.merging import digest
from convenor.proposals.drafting.saving import Said, Saved
from convenor.proposals.models import Proposal

AT = datetime(2100, 4, 20, 9, 0, tzinfo=UTC)
LATE = datetime(2100, 6, 1, 9, 0, tzinfo=UTC)
WHOLE = {
    "title": "Cables for all",
    "theme": "access",
    "format": "panel",
    "minutes": "90",
    "summary": "Cables and what they cost.",
    "issue": "Who pays.",
    "policy-questions": "Who pays?\nWho decides?",
    "expected-outcomes": "A list.",
    "online-participation": "Through a hub.",
    "session-agenda": "Talks, then questions.",
    "tags": "cables",
    "background-paper": "https://example.org/paper.pdf",
    "earlier-report": "https://example.org/report.pdf",
}
SPEAKERS = [people.Named(f"Speaker {n}", f"speaker{n}@example.org", "Cable Union") for n in range(3)]
OTHERS = [
    people.Named(f"Person as {part}", f"{part}@example.org", part=part)
    for part in ("moderator", "online-moderator", "rapporteur", "co-organiser")
]


@pytest.fixture
def open_call(cycle: Cycle) -> Cycle:
    """Give the year 2017, whose call is open from 2000 until the end of 3 May 2100."""
    cycle.phases.filter(kind=PhaseKind.CALL).update(starts_on=date(2000, 1, 1), ends_on=date(2100, 5, 3))
    return cycle


@pytest.fixture
def owner(person_as: Callable[[Role], Person]) -> Person:
    """Give somebody with an account and an organisation."""
    person = person_as(Role.SIGNED_IN)
    person.organisation = Organisation.objects.create(name="Mfano Exchange", country="KE", group="tec")
    person.save()
    return person


@pytest.fixture
def draft(open_call: Cycle, owner: Person) -> Proposal:
    """Give a draft that says nothing yet."""
    return begun(open_call, owner)


@pytest.fixture
def whole(draft: Proposal, owner: Person) -> Proposal:
    """Give a draft that lacks nothing."""
    save(draft, owner, **WHOLE)
    people.add(draft, [*SPEAKERS, *OTHERS], at=AT)
    return draft


@pytest.fixture
def client(owner: Person) -> Client:
    """Give the browser of whoever proposes."""
    return signed_in(owner)


def signed_in(person: Person) -> Client:
    """Give somebody's browser."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def begun(cycle: Cycle, owner: Person, at: datetime = AT) -> Proposal:
    """Begin a proposal of the first kind."""
    start = standing.start_of(cycle, cycle.rules.kinds[0].code, owner, at=at)
    return saving.begin(start, owner.organisation.name if owner.organisation else "Nobody", by=owner, at=at)


def save(draft: Proposal, by: Person, *, was: dict[str, str] | None = None, token: str = "", **fields: str) -> Saved:
    """Save fields as a form does that was opened empty, or with what `was` says; underlines stand for hyphens."""
    said = {name.replace("_", "-"): [text] for name, text in fields.items()}
    opened = {name: digest(value) for name, value in (was or {}).items()}
    return saving.save(draft, Said(said, opened, token), by=by, at=AT)


def page(draft: Proposal, name: str = "draft") -> str:
    """Give the address of a page of a draft."""
    return reverse(f"proposals:{name}", args=(*draft.cycle.address, draft.pk))
