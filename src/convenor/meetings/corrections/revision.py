"""Puts a new version of its document into the agenda of a meeting: what would change, and the change itself."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import keys_in, rekeyed
from convenor.meetings.agenda_page import days_of
from convenor.meetings.corrections import log as logs
from convenor.meetings.corrections.actions import state_of
from convenor.meetings.corrections.answers import AS_PRINTED
from convenor.meetings.corrections.carrying import carry
from convenor.meetings.corrections.corrected import Corrected, corrected, parts, rows_by_key
from convenor.meetings.corrections.log import Log, Mark, as_stored, log_of
from convenor.meetings.corrections.revising import Revision, revise
from convenor.meetings.documents import understood
from convenor.meetings.models import AgendaDraft, Continuation, Doubt, Meeting
from convenor.meetings.reader import Reading
from convenor.meetings.storing import Rows, agenda_of, doubt_rows, store_links, sync
from convenor.meetings.storing import as_stored as as_rows
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new version would do to a meeting: the revision, and both versions as they were read and corrected."""

    revision: Revision
    old: Reading
    new: Corrected


@transaction.atomic
def hand_in_version(meeting: Meeting, text: str, *, by: Person, at: datetime, file_name: str = "") -> AgendaDraft:
    """Keep a new version of a meeting's document, with the corrections of the last that find their place in it."""
    last = AgendaDraft.objects.filter(meeting=meeting).first()
    earlier = last.text if last else meeting.source
    log = carry(understood(earlier), understood(text), _with_settled(last, meeting)).log if last else Log()
    return AgendaDraft.objects.create(
        owner=by,
        text=text,
        file_name=file_name[:200],
        handed_in_at=at,
        revises=meeting,
        earlier=earlier,
        corrections=as_stored(log),
    )


def _with_settled(draft: AgendaDraft, meeting: Meeting) -> Log:
    """Give the corrections of a draft, with what was settled in its meeting since, so that nobody is asked again."""
    log, parts_of_rows = log_of(draft.corrections), {row: key for key, row in draft.rows.items()}
    marks = []
    for doubt in Doubt.objects.filter(meeting=meeting).exclude(settled_at=None):
        place = f"i{doubt.item_id}" if doubt.item_id else f"b{doubt.block_id}" if doubt.block_id else f"d{doubt.day_id}"
        key, words = parts_of_rows.get(place), " ".join(meeting.source[doubt.start : doubt.end].split())
        if key and (doubt.code, key) not in log.marks:
            marks.append(Mark(doubt.code, key, AS_PRINTED, {**doubt.values, "words": words, "said": doubt.values}))
    return logs.record(state_of(draft).base.agenda, log, (), marks) if marks else log


def proposal(draft: AgendaDraft, meeting: Meeting, *, taking: Collection[int] = ()) -> Proposal:
    """Say what putting a draft into a meeting would change; nothing is written."""
    last = AgendaDraft.objects.filter(meeting=meeting).first()
    old = state_of(last) if last else corrected(understood(meeting.source), Log())
    new, standing = state_of(draft), agenda_of(meeting, days_of(meeting))
    before, after = (_comparable(state.reading.agenda, standing) for state in (old, new))
    rows = last.rows if last else {}
    before = rekeyed(before, [rows.get(key, "") for key in keys_in(before)])
    return Proposal(revise(before, standing, after, taking=taking), old.reading, new)


def _comparable(agenda: Agenda, standing: Agenda) -> Agenda:
    """Give what was read as it comes back from rows; title and purpose are the meeting's own."""
    return replace(as_rows(agenda), title=standing.title, purpose=standing.purpose)


@transaction.atomic
def revise_meeting(draft: AgendaDraft, *, taking: Collection[int] = (), seen: int, by: Person, at: datetime) -> Meeting:
    """Put a new version of the document into the meeting's agenda.

    What stays keeps its row, so that links, open points and records stay where they are. Locks the draft and the
    meeting.

    Raises:
        Refused: the meeting changed since the person looked (`seen` is its sequence).
    """
    draft = AgendaDraft.objects.select_for_update().get(pk=draft.pk)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("cycle__forum").get(new_versions=draft)
    if draft.meeting_id is not None:
        return meeting
    if meeting.sequence != seen:
        raise Refused(
            _("“%(title)s” was not changed: somebody changed its agenda since you looked. See what would change now.")
            % {"title": meeting.title}
        )
    found = proposal(draft, meeting, taking=taking)
    rows = _rows_as_printed(found, sync(meeting, found.revision.agenda))
    _sync_links(found, rows, by=by, at=at)
    _sync_doubts(meeting, found, rows, by=by, at=at)
    Meeting.objects.filter(pk=meeting.pk).update(source=found.new.reading.source)
    draft.meeting, draft.rows = meeting, rows_by_key(found.new.reading.agenda, rows.keys)
    draft.save(update_fields=["meeting", "rows"])
    record(
        scope=meeting.cycle.scope,
        verb="meeting.revised",
        template=marked("A new version of the agenda of “%(title)s” was read in; changes: %(count)s."),
        values={"count": len(found.revision.changes)},
        private={"title": typed(meeting.title)},
        actor=by,
        subject=meeting,
        at=at,
    )
    meeting.count_change(at=at)
    return meeting


def _rows_as_printed(found: Proposal, rows: Rows) -> Rows:
    """Give the rows by their paths in the new version as it was read, where the agenda holds them."""
    at = {key: path for path, key, _part in parts(found.revision.agenda)}
    printed = Rows()
    for path, key, _part in parts(found.revision.printed):
        if (here := at.get(key)) in rows.days:
            printed.days[path] = rows.days[here]
        elif here in rows.blocks:
            printed.blocks[path] = rows.blocks[here]
        elif here in rows.items:
            printed.items[path] = rows.items[here]
    return printed


def _sync_links(found: Proposal, rows: Rows, *, by: Person, at: datetime) -> None:
    """Make the links that the new version adds; take away those that only the old one had."""
    keys = {path: key for path, key, _part in parts(found.revision.old)}
    items = {key: rows.items[path].pk for path, key, _part in parts(found.revision.printed) if path in rows.items}
    old = {(items.get(keys[link.source]), items.get(keys[link.target])) for link in found.old.links}
    new = {
        (rows.items[link.source].pk, rows.items[link.target].pk): link
        for link in found.new.reading.links
        if link.source in rows.items and link.target in rows.items
    }
    known = {(link.earlier_id, link.later_id): link for link in Continuation.objects.filter(later__in=items.values())}
    gone = [link.pk for pair, link in known.items() if pair in old and pair not in new]
    Continuation.objects.filter(pk__in=gone).delete()
    store_links([link for pair, link in new.items() if pair not in known], found.new, rows, by=by, at=at)


def _sync_doubts(meeting: Meeting, found: Proposal, rows: Rows, *, by: Person, at: datetime) -> None:
    """Keep the open points that the new version raises again, with what people said of them; the others go."""
    placed = {(), *rows.days, *rows.blocks, *rows.items}
    raised = tuple(doubt for doubt in found.new.reading.warnings if doubt.path in placed)
    state = replace(found.new, reading=replace(found.new.reading, warnings=raised))
    known = {_place(doubt): doubt for doubt in Doubt.objects.filter(meeting=meeting)}
    new, kept = list[Doubt](), list[Doubt]()
    for doubt in doubt_rows(meeting, state, rows, by=by, at=at):
        earlier = known.pop(_place(doubt), None)
        if earlier is None:
            new.append(doubt)
            continue
        earlier.values, earlier.start, earlier.end = doubt.values, doubt.start, doubt.end
        if earlier.settled_at is None:
            earlier.settled_at, earlier.settled_by = doubt.settled_at, doubt.settled_by
        kept.append(earlier)
    Doubt.objects.filter(pk__in=[doubt.pk for doubt in known.values()]).delete()
    Doubt.objects.bulk_update(kept, ["values", "start", "end", "settled_at", "settled_by"])
    Doubt.objects.bulk_create(new)


def _place(doubt: Doubt) -> tuple[str, int | None, int | None, int | None]:
    return doubt.code, doubt.day_id, doubt.block_id, doubt.item_id
