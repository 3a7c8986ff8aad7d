"""The due days of action items as a calendar that people subscribe to (RFC 5545): as events, or as tasks."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event, Todo
from icalendar.prop import vDate, vDatetime, vInt, vText, vUri

from convenor.cycle.models import Cycle
from convenor.meetings.followup.models import ActionItem, State
from convenor.shared.calendars import clean_lines, feed, one_line

AS_EVENT: dict[str, str] = {State.OPEN: "CONFIRMED", State.DONE: "CONFIRMED", State.DROPPED: "CANCELLED"}
AS_TASK: dict[str, str] = {State.OPEN: "NEEDS-ACTION", State.DONE: "COMPLETED", State.DROPPED: "CANCELLED"}


def calendar_of_actions(cycle: Cycle, rows: Iterable[ActionItem], *, as_tasks: bool = False) -> bytes:
    """Write the feed; the same rows give the same bytes. Most programmes show only events of feeds, some also tasks.

    An identifier stays for ever, its sequence rises with every change; what is dropped is cancelled.
    """
    with translation.override(cycle.language if cycle.language in settings.OFFERED_LANGUAGES else "en"):
        calendar = feed("Action items", name=_("%(year)s: action items") % {"year": cycle}, zone=cycle.zone)
        for row in rows:
            if as_tasks or row.due:
                calendar.add_component(_task(row) if as_tasks else _event(row))
    return bytes(calendar.to_ical())


def _event(row: ActionItem) -> Event:
    event = Event()
    _fill(event, row)
    event["status"] = vText(AS_EVENT[row.state])
    event["transp"] = vText("TRANSPARENT")
    if row.due:
        event["dtstart"], event["dtend"] = _day(row.due), _day(row.due + timedelta(days=1))
    return event


def _task(row: ActionItem) -> Todo:
    task = Todo()
    _fill(task, row)
    task["status"] = vText(AS_TASK[row.state])
    if row.due:
        task["due"] = _day(row.due)
    if row.state == State.DONE:
        task["completed"] = vDatetime(row.changed_at.astimezone(UTC))
    return task


def _fill(part: Event | Todo, row: ActionItem) -> None:
    kind = "task" if isinstance(part, Todo) else "action"
    part["uid"] = vText(f"{kind}-{row.pk}@{urlsplit(settings.ORIGIN).hostname}")
    part["dtstamp"] = part["last-modified"] = vDatetime(row.changed_at.astimezone(UTC))
    part["sequence"] = vInt(row.sequence)
    done = _("Done: %(what)s") % {"what": row.what} if row.state == State.DONE else row.what
    part["summary"] = vText(one_line(f"{done} ({row.whose})" if row.whose else done))
    lines = (row.what, row.meeting.title, row.sentence)
    part["description"] = vText(clean_lines("\n".join(one_line(line) for line in lines if line)))
    part["url"] = vUri(f"{settings.ORIGIN}{row.get_absolute_url()}")


def _day(on: date) -> vDate:
    value = vDate(on)
    value.params["VALUE"] = "DATE"
    return value
