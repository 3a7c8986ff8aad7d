"""Finds the meeting of an address."""

from django.shortcuts import get_object_or_404

from convenor.cycle.models import Cycle
from convenor.meetings.models import Meeting


def meeting_at(cycle: Cycle, slug: str) -> Meeting:
    """Give a meeting of a year, with the year that is loaded already; anything else is not here."""
    found = get_object_or_404(Meeting, cycle=cycle, slug=slug)
    found.cycle = cycle
    return found
