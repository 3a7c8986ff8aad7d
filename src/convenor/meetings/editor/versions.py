"""Makes versions of an agenda: it is kept, circulated, adopted, revised."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import differences, part_from_dict, part_to_dict
from convenor.meetings.agenda_page import days_of
from convenor.meetings.editor.sitting import locked
from convenor.meetings.models import NEXT, Item, Meeting, Sitting, Standing, Version
from convenor.meetings.storing import agenda_of
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

SENTENCES: Mapping[Standing, str] = {
    Standing.DRAFT: marked("The draft agenda of “%(title)s” was kept as version %(number)s; changes: %(count)s."),
    Standing.CIRCULATED: marked("The agenda of “%(title)s” was circulated as version %(number)s; changes: %(count)s."),
    Standing.ADOPTED: marked("The agenda of “%(title)s” was adopted as version %(number)s; changes: %(count)s."),
    Standing.REVISED: marked("The agenda of “%(title)s” was revised as version %(number)s; changes: %(count)s."),
}


@transaction.atomic
def make_version(meeting: Meeting, state: Standing, *, note: str = "", seen: int, by: Person, at: datetime) -> Version:
    """Freeze the agenda as it stands as its next version, and end the sitting: the version's entry tells its changes.

    Raises:
        Refused: the state cannot follow the present one, nothing changed, or somebody changed the agenda since `seen`.
    """
    meeting = locked(meeting)
    if meeting.sequence != seen:
        raise Refused(
            _(
                "No version was made: somebody changed the agenda since you looked. See how it stands now, and try "
                "again."
            )
        )
    last = meeting.versions.last()
    now = Standing(last.state) if last else Standing.DRAFT
    if state not in NEXT[now]:
        raise Refused(
            _("No version was made: an agenda that is “%(now)s” cannot become “%(state)s”. Choose another state.")
            % {"now": now.label, "state": state.label}
        )
    agenda = agenda_of(meeting, days_of(meeting))
    changes = differences(snapshot(last), agenda) if last else ()
    if last and state == now and not changes:
        raise Refused(_("No version was made: nothing has changed since version %(number)s.") % {"number": last.number})
    number = last.number + 1 if last else 1
    version = Version.objects.create(
        meeting=meeting, number=number, state=state, agenda=part_to_dict(agenda), note=note, made_at=at, made_by=by
    )
    Item.objects.filter(block__day__meeting=meeting, since=None).update(since=number)
    Sitting.objects.filter(meeting=meeting).delete()
    record(
        scope=meeting.cycle.scope,
        verb="meeting.version-made",
        template=SENTENCES[state],
        values={"number": number, "count": len(changes)},
        private={"title": typed(meeting.title)},
        actor=by,
        subject=meeting,
        at=at,
    )
    meeting.count_change(at=at)
    return version


def snapshot(version: Version) -> Agenda:
    """Give the agenda of a version."""
    agenda = part_from_dict(version.agenda)
    assert isinstance(agenda, Agenda)  # noqa: S101 - nothing else is stored there
    return agenda
