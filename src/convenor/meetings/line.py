"""What the page of an agenda says of participants and requests."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from convenor.cycle.access import may
from convenor.meetings.models import Meeting
from convenor.meetings.participants.opening import is_open, registers_now
from convenor.meetings.permissions import PLACE_REQUESTS
from convenor.meetings.requests.listing import requests_of
from convenor.meetings.requests.models import State

MOST_SHOWN = 8


def line_of(request: HttpRequest, meeting: Meeting, *, now: datetime) -> dict[str, Any]:
    """Give what the page needs: what is open to its reader and, for whoever answers them, the requests that wait.

    Two queries for whoever answers, none for others.
    """
    now = meeting.cycle.moment(now)
    answers = may(request, PLACE_REQUESTS, meeting.cycle)
    waiting = requests_of(meeting).filter(state=State.OPEN) if answers else ()
    shown = list(waiting[: MOST_SHOWN + 1])
    return {
        "registers": registers_now(meeting, now),
        "takes_requests": is_open(meeting.requests_until, now),
        "answers": answers,
        "waiting": shown[:MOST_SHOWN],
        "more": len(shown) > MOST_SHOWN,
    }
