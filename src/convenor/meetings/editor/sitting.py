"""What can be done to the agenda of a meeting: change it, undo, redo, take back, and say that one has finished.

Everything is written at once. A sitting remembers where the work began and what was done since; the journal gets one
entry when it ends.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.agenda import Agenda, Block
from convenor.meetings.agenda.edits import (
    ROOT,
    Add,
    Impossible,
    Operation,
    Set,
    SplitBlock,
    fresh,
    keys_in,
    part_from_dict,
    part_to_dict,
    rekeyed,
    renamed,
)
from convenor.meetings.agenda_page import days_of
from convenor.meetings.corrections import log as logs
from convenor.meetings.corrections.corrected import parts
from convenor.meetings.corrections.log import Entry, Log, as_stored, log_of
from convenor.meetings.corrections.sentences import impossible_in_words
from convenor.meetings.editor.aside import put_back, set_aside, together
from convenor.meetings.models import Meeting, Sitting
from convenor.meetings.storing import agenda_of, sync
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

REST = timedelta(hours=1)  # after which a sitting in which nothing was changed is over
MOST_STORED = 4_000_000  # characters of one sitting's log
Change = Callable[[Agenda, Log], Log]


@dataclass(frozen=True, slots=True)
class Work:
    """The agenda of a meeting as it stands, and what was done to it in this sitting.

    The version of the log is the meeting's sequence, so that it grows from one sitting to the next.
    """

    meeting: Meeting
    agenda: Agenda
    log: Log


def work_on(meeting: Meeting) -> Work:
    """Load the agenda of a meeting with the log of the sitting, if there is one."""
    agenda = agenda_of(meeting, days_of(meeting))
    sitting = Sitting.objects.filter(meeting=meeting).first()
    log = log_of(sitting.log) if sitting and sitting.stands == digest(agenda) else Log()
    return Work(meeting, agenda, replace(log, version=meeting.sequence))


def change(meeting: Meeting, operations: Sequence[Operation], *, seen: int, by: Person, at: datetime) -> Work:
    """Change an agenda; `seen` is the version that the person had before their eyes.

    Raises:
        Refused: it cannot be done, or what it changes was changed since; the agenda is as it was.
    """

    def do(base: Agenda, log: Log) -> Log:
        number = log.version + 1
        named = [_as_kept(fresh(one, f"n{number}-{place}")) for place, one in enumerate(operations)]
        return logs.record(base, log, named, seen=seen, by=by.pk)

    return _work(meeting, do, by=by, at=at, seen=seen, guarded=any(not isinstance(one, Set) for one in operations))


def undo(meeting: Meeting, *, by: Person, at: datetime) -> Work:
    """Undo what the person did last.

    Raises:
        Refused: somebody built on it since.
    """
    return _work(meeting, lambda base, log: logs.undo_own(base, log, by=by.pk), by=by, at=at)


def redo(meeting: Meeting, *, by: Person, at: datetime) -> Work:
    """Redo what the person undid last.

    Raises:
        Refused: it no longer fits.
    """
    return _work(meeting, lambda base, log: logs.redo(base, log, by=by.pk), by=by, at=at)


def take_back(meeting: Meeting, number: int, *, by: Person, at: datetime) -> Work:
    """Take one change of the sitting back, whoever made it.

    Raises:
        Refused: a later one was built on it.
    """
    return _work(meeting, lambda base, log: logs.withdraw(base, log, number), by=by, at=at)


@transaction.atomic
def finish(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """End the sitting, if there is one, and say in the journal how much was changed in it."""
    meeting = locked(meeting)
    if sitting := Sitting.objects.filter(meeting=meeting).first():
        end(meeting, sitting, by=by, at=at)


@transaction.atomic
def _finish_resting(meeting: Meeting, *, at: datetime) -> bool:
    """End the sitting of a meeting unless somebody has changed something meanwhile; say whether it ended."""
    meeting = locked(meeting)
    resting = Sitting.objects.filter(meeting=meeting, changed_at__lte=at - REST).select_related("changed_by").first()
    if resting:
        end(meeting, resting, by=resting.changed_by, at=at)
    return resting is not None


def finish_resting(*, at: datetime) -> int:
    """End the sittings in which nothing was changed for an hour; give their number."""
    resting = Sitting.objects.filter(changed_at__lte=at - REST).select_related("meeting")
    return sum(_finish_resting(sitting.meeting, at=at) for sitting in list(resting))


def end(meeting: Meeting, sitting: Sitting, *, by: Person | None, at: datetime) -> int:
    """End a sitting of a meeting that is locked; give the number of changes it held."""
    count = len(log_of(sitting.log).done)
    sitting.delete()
    if count:
        record(
            scope=meeting.cycle.scope,
            verb="meeting.edited",
            template=marked("The agenda of “%(title)s” was edited; changes: %(count)s."),
            values={"count": count},
            private={"title": typed(meeting.title)},
            actor=by,
            subject=meeting,
            at=at,
        )
    return count


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting, so that two windows write one after the other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("cycle__forum").get(pk=meeting.pk)


def digest(agenda: Agenda) -> str:
    """Give the digest by which an agenda, with its keys, is known again."""
    return sha256(json.dumps(part_to_dict(agenda), sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def _work(
    meeting: Meeting, change: Change, *, by: Person, at: datetime, seen: int | None = None, guarded: bool = False
) -> Work:
    meeting = locked(meeting)
    agenda = agenda_of(meeting, days_of(meeting))
    sitting = _sitting(meeting, agenda, by=by, at=at)
    if guarded and seen is not None and seen < sitting.began_with:
        raise Refused(
            _("It was not done: the agenda has changed since you opened this page. See how it stands now; try again.")
        )
    base = part_from_dict(sitting.base)
    assert isinstance(base, Agenda)  # noqa: S101 - nothing else is stored there
    before = replace(log_of(sitting.log), version=meeting.sequence)
    try:
        log = change(base, before)
    except Impossible as reason:
        raise Refused(impossible_in_words(reason.code, reason.values)) from reason
    if log == before:
        return Work(meeting, agenda, before)
    after, log = logs.standing(base, log)
    if log.left:  # taking one back is refused where others were built on it, so that none is left
        raise Refused(impossible_in_words("built_upon", {}))
    _check(after)
    return _write(meeting, sitting, agenda, after, log, by=by, at=at)


def _sitting(meeting: Meeting, agenda: Agenda, *, by: Person, at: datetime) -> Sitting:
    """Give the sitting that goes on, or a new one; one that rests, or that others wrote past, ends."""
    sitting = Sitting.objects.filter(meeting=meeting).select_related("changed_by").first()
    if sitting and (at - sitting.changed_at > REST or sitting.stands != digest(agenda)):
        end(meeting, sitting, by=sitting.changed_by, at=at)
        sitting = None
    return sitting or Sitting(
        meeting=meeting, base=part_to_dict(agenda), began_at=at, began_with=meeting.sequence, log={}, aside={}
    )


def _check(agenda: Agenda) -> None:
    if not (agenda.title or "").strip():
        raise Refused(_("The title was not taken away: a meeting needs one. Type the new title instead."))


def _write(
    meeting: Meeting, sitting: Sitting, before: Agenda, after: Agenda, log: Log, *, by: Person, at: datetime
) -> Work:
    """Write the rows, and the sitting with the keys that new rows got."""
    known = set(keys_in(before))
    gone = set_aside(known - set(keys_in(after)))
    rows = sync(meeting, after)
    named = {key: rows.keys[path] for path, key, _part in parts(after) if key != ROOT}
    after = rekeyed(after, [named[key] for key in keys_in(after)])
    log = _renamed(log, {key: row for key, row in named.items() if key != row})
    aside = put_back(together(sitting.aside, gone), set(keys_in(after)) - known)
    meeting.title, meeting.purpose, meeting.sequence = after.title or "", after.purpose or "", log.version
    meeting.save(update_fields=["title", "purpose"])
    sitting.log, sitting.aside = as_stored(log), aside
    if len(json.dumps(sitting.log)) > MOST_STORED:
        raise Refused(_("It was not done: too much was changed in one sitting. Finish editing, and go on."))
    stored = agenda_of(meeting, days_of(meeting))
    sitting.stands, sitting.changed_at, sitting.changed_by = digest(stored), at, by
    sitting.save()
    meeting.count_change(at=at, to=log.version)
    return Work(meeting, stored, log)


def _renamed(log: Log, keys: dict[str, str]) -> Log:
    """Name the parts of a log by the keys of their rows."""

    def entries(some: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(replace(one, operations=tuple(_operation(each, keys) for each in one.operations)) for one in some)

    return replace(log, done=entries(log.done), undone=entries(log.undone)) if keys else log


def _operation(operation: Operation, keys: dict[str, str]) -> Operation:
    operation = renamed(operation, keys)
    if isinstance(operation, Add):
        part = operation.part
        return replace(operation, part=rekeyed(part, [keys.get(key, key) for key in keys_in(part)]))
    return operation


def _as_kept(operation: Operation) -> Operation:
    """Write midnight at the end of a day as rows keep it, so that the log and the rows say the same."""

    def time(value: Any) -> Any:
        return "00:00" if value == "24:00" else value

    match operation:
        case Set(field="start" | "end", value=value):
            return replace(operation, value=time(value))
        case SplitBlock(time=value):
            return replace(operation, time=time(value))
        case Add(part=Block() as block):
            return replace(operation, part=replace(block, start=time(block.start), end=time(block.end)))
    return operation
