"""Reads and locks the minutes of a meeting, and writes what every action on them writes."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.minutes import Report
from convenor.meetings.models import Meeting
from convenor.meetings.participants.actions import locked as locked_meeting
from convenor.meetings.record.edited import edited, lines_of
from convenor.meetings.record.frozen import from_plain, to_plain
from convenor.meetings.record.generated import report_of
from convenor.meetings.record.models import EditKind, Minutes, MinutesEdit, MinutesText, Stage
from convenor.meetings.record.replay import Change, Line
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed


def minutes_of(meeting: Meeting) -> Minutes:
    """Give the minutes of a meeting; a row that nobody needed yet is not kept."""
    found = Minutes.objects.filter(meeting=meeting).select_related("decision").first() or Minutes(meeting=meeting)
    found.meeting = meeting
    return found


def locked(meeting: Meeting) -> Minutes:
    """Lock a meeting's minutes, one writer at a time; the row is made when it is needed first."""
    meeting = locked_meeting(meeting)
    found, _is_new = Minutes.objects.get_or_create(meeting=meeting)
    found.meeting = meeting
    return found


def require(minutes: Minutes, *stages: Stage) -> None:
    """Refuse what the stage of the minutes does not allow.

    Raises:
        Refused: they are at another stage.
    """
    if minutes.stage not in stages:
        raise Refused(
            _("Nothing was changed: the minutes are at the stage “%(stage)s”, where this is not possible.")
            % {"stage": minutes.get_stage_display()}
        )


def changes_of(minutes: Minutes, *, until: int | None = None) -> list[Change]:
    """Give the entries of the edits in order, all or those up to a number."""
    if minutes.pk is None:
        return []
    rows = minutes.edits.order_by("number")
    if until is not None:
        rows = rows.filter(number__lte=until)
    return [Change(*row) for row in rows.values_list("number", "kind", "key", "after", "text", "source")]


def lines_now(minutes: Minutes) -> tuple[Report, list[Line]]:
    """Give the report that the log gives, and its paragraphs with what was edited."""
    made = report_of(minutes.meeting)
    return made, lines_of(made, changes_of(minutes))


def text_now(minutes: Minutes) -> Report:
    """Give the text of the minutes: what was adopted, else what log and edits give now."""
    if minutes.stage == Stage.LOCKED and (kept := last_text(minutes)):
        return from_plain(kept.report)
    return edited(*lines_now(minutes))


def last_text(minutes: Minutes) -> MinutesText | None:
    """Give the text of the latest stage that was frozen."""
    return minutes.texts.order_by("number").last() if minutes.pk else None


def freeze(minutes: Minutes, *, at: datetime) -> MinutesText:
    """Keep the text as it stands under its stage."""
    last = minutes.texts.aggregate(last=Max("number"))["last"] or 0
    entries = FloorEntry.objects.filter(meeting=minutes.meeting).aggregate(last=Max("sequence"))["last"]
    edits = minutes.edits.aggregate(last=Max("number"))["last"]
    return MinutesText.objects.create(
        minutes=minutes,
        number=last + 1,
        stage=minutes.stage,
        report=to_plain(edited(*lines_now(minutes))),
        last_entry=entries or 0,
        last_edit=edits or 0,
        at=at,
    )


def add_edit(
    minutes: Minutes, kind: EditKind, line: Line | None, *, text: str, after: str, by: Person, at: datetime
) -> MinutesEdit:
    """Add an entry about a paragraph, or about a new one."""
    last = minutes.edits.aggregate(last=Max("number"))["last"] or 0
    return MinutesEdit.objects.create(
        minutes=minutes,
        number=last + 1,
        kind=kind,
        key=line.key if line else f"own:{last + 1}",
        after=after,
        text=text,
        was=line.text if line and not line.is_out else "",
        source=line.made if line else "",
        by=by,
        at=at,
    )


def journal(
    minutes: Minutes, *, verb: str, template: str, by: Person | None, at: datetime,
    values: Mapping[str, str | int] | None = None, words: str = "",
) -> None:  # fmt: skip
    """Write what was done with the minutes into the journal."""
    meeting = minutes.meeting
    record(
        scope=meeting.cycle.scope,
        verb=verb,
        template=template,
        values=dict(values or {}),
        private={"title": typed(meeting.title), **({"words": typed(words)} if words else {})},
        actor=by,
        subject=meeting,
        at=at,
    )
