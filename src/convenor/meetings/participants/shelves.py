"""Where the lists of participants wait to be fetched as papers: the public's, and the committee's."""

from django.urls import reverse

from convenor.meetings.models import Meeting
from convenor.shared.documents.models import File
from convenor.shared.documents.shelf import Shelf

PUBLIC_LIST, WHOLE_LIST = "meetings.participants", "meetings.participants-all"
FORMS = ("pdf", "docx")
_NAMES = {PUBLIC_LIST: "documents", WHOLE_LIST: "whole-documents"}


def list_shelf(meeting: Meeting, kind: str, title: str) -> Shelf:
    """Give the shelf of one of the two lists."""
    address = (*meeting.cycle.address, meeting.slug)
    task = "convenor.meetings.participants.paper.make_{}" + ("" if kind == PUBLIC_LIST else "_of_all")
    return Shelf(
        kind=kind,
        scope=meeting.cycle.scope,
        subject=meeting.pk,
        title=title,
        tasks={form: task.format(form) for form in FORMS},
        values={"cycle": meeting.cycle.pk, "meeting": meeting.pk},
        page=reverse(f"meetings:participants:{_NAMES[kind]}", args=address),
        back=reverse("meetings:participants:list", args=address),
    )


def forget_lists(meeting: Meeting) -> None:
    """Throw away what was made: somebody may stand on it who no longer does."""
    File.objects.filter(kind__in=_NAMES, subject=meeting.pk).delete()
