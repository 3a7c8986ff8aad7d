"""The worker's part: the minutes of a meeting as a paper, PDF and DOCX. No page may import it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from convenor.meetings.captions.showing import languages_of
from convenor.meetings.models import Audience, Meeting
from convenor.meetings.record.keeping import minutes_of
from convenor.meetings.record.shelves import kind_of, verbatim_kind
from convenor.meetings.record.take_away import Spoken, Taken
from convenor.shared.documents.making import make
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report


def make_minutes(form: str, values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the paper of a meeting's minutes, or of the extract on an item, in a form.

    Raises:
        Refused: the meeting or the item is gone, or the paper is more than the form holds.
    """
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").filter(pk=values["meeting"]).first()
    item = values.get("item", 0)
    taken = Taken.of(minutes_of(meeting), f"i{item}" if item else "") if meeting else None
    if meeting is None or taken is None:
        raise Refused(_("No minutes were made: the meeting or its item is no longer here."))
    report(None, _("Writing the document."))
    return make(
        taken.paper(at=at),
        form,
        kind=kind_of(taken.minutes, item),
        scope=meeting.cycle.scope,
        subject=item or meeting.pk,
        version=taken.version,
        at=at,
    )


def make_verbatim(form: str, values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the paper of a verbatim record in a form.

    Raises:
        Refused: the meeting is gone, has no captions, or the paper is more than the form holds.
    """
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").filter(pk=values["meeting"]).first()
    known = languages_of(meeting)[values.get("language", 0) :] if meeting else []
    if meeting is None or not known:
        raise Refused(_("No verbatim record was made: the meeting or its captions are no longer here."))
    report(None, _("Writing the document."))
    sees_members = bool(values.get("members"))
    level = frozenset({str(one) for one in Audience}) if sees_members else frozenset[str]()
    spoken = Spoken.of(minutes_of(meeting), known[0], level)
    return make(
        spoken.paper(at=at),
        form,
        kind=verbatim_kind(spoken.minutes, known[0], sees_members=sees_members),
        scope=meeting.cycle.scope,
        subject=meeting.pk,
        version=spoken.version,
        at=at,
    )


make_verbatim_pdf = partial(make_verbatim, "pdf")
make_verbatim_docx = partial(make_verbatim, "docx")
make_pdf = partial(make_minutes, "pdf")
make_docx = partial(make_minutes, "docx")
