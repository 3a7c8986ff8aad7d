"""Where the papers of a meeting wait to be fetched."""

from django.urls import reverse

from convenor.meetings.models import Meeting
from convenor.shared.documents.shelf import Shelf

AGENDA = "meetings.agenda"
FORMS = ("pdf", "docx")


def agenda_shelf(meeting: Meeting) -> Shelf:
    """Give the shelf of the agenda; the meeting counts its changes, so one paper per change is enough."""
    cycle = meeting.cycle
    return Shelf(
        kind=AGENDA,
        scope=cycle.scope,
        subject=meeting.pk,
        version=meeting.sequence,
        is_settled=True,
        title=meeting.title,
        tasks={form: f"convenor.meetings.papers.make_{form}" for form in FORMS},
        values={"cycle": cycle.pk, "meeting": meeting.pk},
        page=reverse("meetings:documents", args=(*cycle.address, meeting.slug)),
        back=meeting.get_absolute_url(),
    )
