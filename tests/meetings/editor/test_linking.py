"""What items link to: addresses, public proposals by their number, words; one query however many."""

import pytest
from pytest_django import DjangoAssertNumQueries

from convenor.cycle.models import Cycle
from convenor.meetings.linking import Shown, shown_links
from convenor.proposals.models import State
from tests.programme.making import make_proposal

pytestmark = pytest.mark.django_db


def test_links_are_shown_with_what_they_lead_to(cycle: Cycle, django_assert_num_queries: DjangoAssertNumQueries):
    made = make_proposal(cycle, 1)
    make_proposal(cycle, 2, state=State.DRAFT)
    lines = ["https://example.org/a The plan", "https://example.org/b", "#1", "# 2", "#999999999", "Dynamic Coalition"]

    with django_assert_num_queries(1):
        shown = shown_links(lines, cycle)

    assert list(map(shown.get, lines)) == [
        Shown("The plan", "https://example.org/a", is_outside=True),
        Shown("https://example.org/b", "https://example.org/b", is_outside=True),
        Shown(f"Proposal 1: {made.title}", made.get_absolute_url()),
        Shown("Proposal 2", ""),
        Shown("Proposal 999999999", ""),
        Shown("Dynamic Coalition", ""),
    ]


def test_what_is_no_address_is_words_only(cycle: Cycle):
    lines = ["javascript:alert(1)", "#0000000001234567", "https://"]

    assert [one.url for one in shown_links(lines, cycle).values()] == ["", "", ""]
