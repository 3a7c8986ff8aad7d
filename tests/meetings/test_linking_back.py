"""A proposal's page tells of the agenda items that link to it."""

import pytest
from django.test import Client

from convenor.meetings.models import Item, Meeting
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Proposal, State


@pytest.mark.parametrize(("links", "is_told"), [(["#1"], True), (["#11", "https://example.org/ #1"], False)])
def test_a_proposal_tells_of_the_items_that_link_to_it(client: Client, june: Meeting, links: list[str], is_told: bool):
    owner = Person.objects.create(name="Owner", email="owner@example.org")
    Proposal.objects.create(
        cycle=june.cycle, number=1, title="Cables", theme="access", format="panel", minutes=60, owner=owner,
        organisation=Organisation.objects.create(name="Body"), state=State.SUBMITTED,
    )  # fmt: skip
    item = Item.objects.filter(block__day__meeting=june).order_by("pk")[0]
    item.links = links
    item.save(update_fields=["links"])

    page = client.get("/igf/2017/proposals/1/").content.decode()

    assert (item.get_absolute_url() in page) is is_told
