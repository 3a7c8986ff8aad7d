"""What the page shows on which the agenda of a meeting is edited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from convenor.meetings.agenda_page import days_of
from convenor.meetings.agenda_times import AgendaTimes
from convenor.meetings.corrections.log import last_of
from convenor.meetings.corrections.sentences import changes_in_words
from convenor.meetings.draft_page import Told
from convenor.meetings.editor.sitting import Work
from convenor.meetings.lines import Lines, ReadDay
from convenor.meetings.models import Meeting
from convenor.meetings.syncing import key_of
from convenor.meetings.timing import timing_of
from convenor.people.models import Person


@dataclass(frozen=True, slots=True)
class EditPage:
    """Everything the page shows; `version` is the meeting's sequence, `people` those who work beside the reader.

    `others` tells the last thing that one of them did.
    """

    version: int
    title: str
    purpose: str
    days: Sequence[ReadDay]
    corrections: Sequence[Told]
    undoes: bool
    redoes: str
    people: Sequence[str]
    others: str

    @property
    def last(self) -> str:
        """What was done last, by whoever, in words; empty where nothing was."""
        return self.corrections[0].words if self.corrections else ""


def edit_page(work: Work, *, reader: Person, now: datetime | None = None) -> EditPage:
    """Gather the page; at a moment, with where each day is expected to end."""
    log = work.log
    names = dict(Person.objects.filter(pk__in={one.by for one in log.done} - {reader.pk}).values_list("pk", "name"))
    again = last_of(log.undone, reader.pk)
    done = [Told(one.number, changes_in_words(one), who=names.get(one.by, "")) for one in reversed(log.done)]
    return EditPage(
        version=log.version,
        title=work.agenda.title or "",
        purpose=work.agenda.purpose or "",
        days=_with_ends(Lines(work.agenda.days).all(), work.meeting, now),
        corrections=done,
        undoes=last_of(log.done, reader.pk) is not None,
        redoes=changes_in_words(again) if again else "",
        people=sorted(set(names.values())),
        others=next((f"{one.who}: {one.words}" for one in done if one.who), ""),
    )


def _with_ends(days: Sequence[ReadDay], meeting: Meeting, now: datetime | None) -> list[ReadDay]:
    """Say of each day where it is expected to end, if the meeting is under way and that is not as planned."""
    rows = days_of(meeting) if now else []
    timing = timing_of(meeting, rows, now=now) if now else None
    if timing is None:
        return list(days)
    times = AgendaTimes.of_days(timing, rows)
    ends = {key_of(row): times.day(key_of(row), row.date) for row in rows}
    said = {
        key: _("now expected to end at %(time)s (%(off)s)") % {"time": one.expected, "off": one.off}
        for key, one in ends.items()
        if one.expected
    }
    return [replace(day, facts=[*day.facts, said[day.key]]) if day.key in said else day for day in days]
