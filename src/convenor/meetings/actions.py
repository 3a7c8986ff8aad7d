"""What can be done to agendas: hand in, make a meeting, undo what was inferred, settle what was left open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.cycle.actions import start_forum
from convenor.cycle.models import Cycle
from convenor.meetings.agenda import Agenda
from convenor.meetings.corrections.actions import state_of
from convenor.meetings.corrections.corrected import rows_by_key
from convenor.meetings.models import AgendaDraft, Continuation, Doubt, Meeting
from convenor.meetings.storing import store
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import Private, record, typed
from convenor.shared.languages.guess import guess_language

TAKEN = frozenset({"actions", "decisions", "points", "start"})  # addresses beside those of meetings
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewForum:
    """A forum to be started together with its first meeting."""

    name: str
    starts_on: date
    ends_on: date


@transaction.atomic
def hand_in(text: str, *, by: Person, at: datetime, file_name: str = "") -> AgendaDraft:
    """Keep a document as its owner handed it in."""
    return AgendaDraft.objects.create(owner=by, text=text, file_name=file_name[:200], handed_in_at=at)


@transaction.atomic
def make_meeting(
    draft: AgendaDraft, *, into: Cycle | NewForum, title: str, zone: str, by: Person, at: datetime, slug: str = ""
) -> Meeting:
    """Make a meeting from a handed-in agenda, in a year or as the first of a new forum, with everything that was read
    and corrected.

    Locks the draft, so that two clicks make one meeting. Without a `slug` the month of its first day names it.

    Raises:
        Refused: no agenda item was found in the draft, or the new forum cannot be started.
    """
    draft = AgendaDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.meeting is not None:
        return draft.meeting
    state = state_of(draft)
    reading = state.reading
    _need_items(reading.agenda, title)
    language = guess_language(draft.text) or ""
    cycle = _started(into, zone, by, at, language) if isinstance(into, NewForum) else into
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("forum").get(pk=cycle.pk)
    meeting = Meeting.objects.create(
        cycle=cycle,
        slug=slug or free_slug(cycle, reading.agenda),
        title=title[:300],
        purpose=reading.agenda.purpose or "",
        zone=zone,
        language=language,
        source=reading.source,
        created_at=at,
        created_by=by,
    )
    rows = store(meeting, state, by=by, at=at)
    draft.meeting, draft.rows = meeting, rows_by_key(reading.agenda, rows.keys)
    draft.save(update_fields=["meeting", "rows"])
    _journal(meeting, "meeting.made", marked("The agenda of “%(title)s” was read in as a draft."), by=by, at=at)
    return meeting


def free_slug(cycle: Cycle, agenda: Agenda) -> str:
    """Name a meeting by the month of its first day ("june"), else by its title, with a number where that is taken."""
    first = next((day.date for day in agenda.days if day.date), None)
    name = MONTHS[date.fromisoformat(first).month - 1] if first else slugify(agenda.title or "")[:50] or "meeting"
    taken = {*TAKEN, *cycle.meetings.values_list("slug", flat=True)}
    names: Iterator[str] = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


@transaction.atomic
def undo_continuation(link: Continuation, *, by: Person, at: datetime) -> None:
    """Say that two items are two matters; said twice, it counts once."""
    link = _locked_link(link)
    if link.undone_at is None:
        link.undone_at, link.undone_by = at, by
        link.save(update_fields=["undone_at", "undone_by"])
        _changed(link, "continuation.undone", marked("“%(later)s” no longer continues “%(earlier)s”."), by=by, at=at)


@transaction.atomic
def redo_continuation(link: Continuation, *, by: Person, at: datetime) -> None:
    """Say that two items are one matter after all."""
    link = _locked_link(link)
    if link.undone_at is not None:
        link.undone_at, link.undone_by = None, None
        link.save(update_fields=["undone_at", "undone_by"])
        _changed(link, "continuation.redone", marked("“%(later)s” continues “%(earlier)s” again."), by=by, at=at)


@transaction.atomic
def settle_doubt(doubt: Doubt, *, by: Person, at: datetime) -> None:
    """Say that the document stays as printed at a doubtful place."""
    doubt = _locked_doubt(doubt)
    if doubt.settled_at is None:
        doubt.settled_at, doubt.settled_by = at, by
        doubt.save(update_fields=["settled_at", "settled_by"])
        template = marked("Open point %(number)s of “%(title)s” is settled: the document stays as printed.")
        _journal(doubt.meeting, "doubt.settled", template, by=by, at=at, number=_number(doubt))


@transaction.atomic
def reopen_doubt(doubt: Doubt, *, by: Person, at: datetime) -> None:
    """Say that a place of the document is doubtful after all."""
    doubt = _locked_doubt(doubt)
    if doubt.settled_at is not None:
        doubt.settled_at, doubt.settled_by = None, None
        doubt.save(update_fields=["settled_at", "settled_by"])
        template = marked("Open point %(number)s of “%(title)s” is open again.")
        _journal(doubt.meeting, "doubt.reopened", template, by=by, at=at, number=_number(doubt))


def _need_items(agenda: Agenda, title: str) -> None:
    if not any(block.items for day in agenda.days for block in day.blocks):
        raise Refused(
            _(
                "“%(title)s” was not made: no agenda item was found in the document. Give its items times or numbers, "
                "and hand it in again; the text is kept."
            )
            % {"title": title}
        )


def _started(forum: NewForum, zone: str, by: Person, at: datetime, language: str) -> Cycle:
    """Start a forum under the lightest rules that ship; they can be changed before the call opens."""
    return start_forum(
        name=forum.name,
        year=str(forum.starts_on.year),
        zone=zone,
        language=language or "en",
        starts_on=forum.starts_on,
        ends_on=forum.ends_on,
        by=by,
        at=at,
    )


def _locked_link(link: Continuation) -> Continuation:
    related = Continuation.objects.select_related("earlier", "later__block__day__meeting__cycle__forum")
    return related.select_for_update(of=("self",)).get(pk=link.pk)


def _locked_doubt(doubt: Doubt) -> Doubt:
    related = Doubt.objects.select_related("meeting__cycle__forum")
    return related.select_for_update(of=("self",)).get(pk=doubt.pk)


def _changed(link: Continuation, verb: str, template: str, *, by: Person, at: datetime) -> None:
    meeting = link.later.block.day.meeting
    _journal(
        meeting,
        verb,
        template,
        by=by,
        at=at,
        later=typed(link.later.title[:200]),
        earlier=typed(link.earlier.title[:200]),
    )


def _journal(
    meeting: Meeting, verb: str, template: str, *, by: Person | None, at: datetime, **words: int | Private
) -> None:
    """Note a change and count it, so that subscribed calendars and open pages take the new state."""
    record(
        scope=meeting.cycle.scope,
        verb=verb,
        template=template,
        values={name: word for name, word in words.items() if isinstance(word, int)},
        private={"title": typed(meeting.title)}
        | {name: word for name, word in words.items() if isinstance(word, Private)},
        actor=by,
        subject=meeting,
        at=at,
    )
    meeting.count_change(at=at)


def _number(doubt: Doubt) -> int:
    return Doubt.objects.filter(meeting=doubt.meeting_id, pk__lte=doubt.pk).count()
