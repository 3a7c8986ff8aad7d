"""The worker's part: the agenda of a meeting as a paper, PDF and DOCX. No page may import it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Meeting
from convenor.meetings.outputs.about import about
from convenor.meetings.outputs.paper import agenda_paper
from convenor.meetings.shelves import AGENDA
from convenor.meetings.storing import agenda_of
from convenor.shared.documents.making import make
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report


def make_agenda(form: str, values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the paper of a meeting's agenda in a form.

    Raises:
        Refused: the meeting is gone, or its agenda is more than the form holds.
    """
    meeting = Meeting.objects.select_related("cycle__forum").filter(pk=values["meeting"]).first()
    if meeting is None:
        raise Refused(_("No agenda was made: the meeting is no longer here."))
    report(None, _("Writing the document."))
    made = agenda_paper(agenda_of(meeting, days_of(meeting)), about(meeting), at=at)
    return make(
        made,
        form,
        kind=AGENDA,
        scope=meeting.cycle.scope,
        subject=meeting.pk,
        version=meeting.sequence,
        at=at,
    )


make_pdf = partial(make_agenda, "pdf")
make_docx = partial(make_agenda, "docx")
