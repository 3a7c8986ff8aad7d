"""What the page of a proposal shows beside its columns: answers to custom fields, as far as visible."""

from collections.abc import Callable

import pytest
from django.test import Client

from convenor.cycle.models import Cycle, RuleSet
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role
from convenor.proposals.models import Contributor, Part, Proposal, State

FIELDS = [
    {"code": f"asked-{seer}", "names": {"en": f"Question for the {seer}"}, "type": "short", "visible": seer}
    for seer in ("public", "committee", "secretariat")
]


@pytest.fixture
def proposal(cycle: Cycle) -> Proposal:
    """Give a proposal that answers three custom fields, with a co-organiser who may write in it."""
    RuleSet.objects.update(data={**cycle.rule_set.data, "fields": FIELDS})
    owner = Person.objects.create(name="Owner", email="owner@example.org")
    one = Proposal.objects.create(
        cycle=cycle, number=1, title="Cables", summary="Text", theme="access", format="panel", minutes=60, owner=owner,
        organisation=Organisation.objects.create(name="Body"), state=State.SUBMITTED,
        answers={f"asked-{seer}": f"<b>{seer}</b> words" for seer in ("public", "committee", "secretariat")},
    )  # fmt: skip
    other = Person.objects.create(name="Other", email="other@example.org")
    Contributor.objects.create(proposal=one, person=other, part=Part.CO_ORGANISER, may_edit=True)
    return one


def shown(client: Client) -> list[str]:
    """Give which answers the page shows."""
    page = client.get("/igf/2017/proposals/1/").content.decode()
    return [seer for seer in ("public", "committee", "secretariat") if f"&lt;b&gt;{seer}&lt;/b&gt; words" in page]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.PUBLIC, ["public"]),
        (Role.MEMBER, ["public", "committee"]),
        (Role.SECRETARIAT, ["public", "committee", "secretariat"]),
    ],
)
def test_an_answer_is_shown_to_those_whom_its_field_names(
    proposal: Proposal, client_as: Callable[[Role], Client], role: Role, seen: list[str]
):
    assert shown(client_as(role)) == seen


@pytest.mark.parametrize("address", ["owner@example.org", "other@example.org"])
def test_whoever_writes_a_proposal_sees_all_of_it(proposal: Proposal, client: Client, address: str):
    person = Person.objects.get(email=address)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert shown(client) == ["public", "committee", "secretariat"]
