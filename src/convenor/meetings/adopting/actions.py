"""Shows rules or a selection at an agenda item, and takes them away again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.cycle import processes
from convenor.meetings.agenda.edits import Impossible, Set, Tree, apply
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Meeting
from convenor.meetings.participants.actions import locked
from convenor.meetings.storing import agenda_of
from convenor.meetings.syncing import sync
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed


@transaction.atomic
def show_at(meeting: Meeting, key: str, kind: str, id: int, *, by: Person, at: datetime) -> None:
    """Show rules or a selection at an item; shown already, it changes nothing.

    Raises:
        Refused: the item is no longer on the agenda, or there is no such version.
    """
    meeting = locked(meeting)
    found = processes.find(meeting.cycle, kind, id)
    if found is None:
        raise Refused(_("Nothing was changed: this version is not here any more. Choose another one."))
    line = f"{settings.ORIGIN}{found.url} {found.words}"
    links = _links(meeting, key)
    if any(processes.at_address(meeting.cycle, one.split(" ")[0]) == (kind, id) for one in links):
        return
    _set(meeting, key, (*links, line), at=at)
    template = marked("“%(what)s” is before “%(title)s”, to be adopted.")
    _journal(meeting, "process.shown", template, found.words, by=by, at=at)


@transaction.atomic
def take_from(meeting: Meeting, key: str, kind: str, id: int, *, by: Person, at: datetime) -> None:
    """Take rules or a selection away from an item.

    Raises:
        Refused: the item is no longer on the agenda.
    """
    meeting = locked(meeting)
    links = _links(meeting, key)
    kept = tuple(one for one in links if processes.at_address(meeting.cycle, one.split(" ")[0]) != (kind, id))
    if kept == links:
        return
    _set(meeting, key, kept, at=at)
    words = ", ".join(one.partition(" ")[2] for one in links if one not in kept)
    _journal(meeting, "process.taken-away", marked("“%(what)s” is no longer before “%(title)s”."), words, by=by, at=at)


def _links(meeting: Meeting, key: str) -> tuple[str, ...]:
    try:
        part = Tree(agenda_of(meeting, days_of(meeting))).node(key).part
    except Impossible as reason:
        raise Refused(_("Nothing was changed: the item is no longer on the agenda.")) from reason
    return tuple(getattr(part, "links", ()))


def _set(meeting: Meeting, key: str, links: tuple[str, ...], *, at: datetime) -> None:
    standing = agenda_of(meeting, days_of(meeting))
    sync(meeting, apply(standing, Set(key, "links", links, _links(meeting, key))))
    meeting.count_change(at=at)


def _journal(meeting: Meeting, verb: str, template: str, what: str, *, by: Person, at: datetime) -> None:
    record(
        scope=meeting.cycle.scope,
        verb=verb,
        template=template,
        private={"title": typed(meeting.title), "what": typed(what)},
        actor=by,
        subject=meeting,
        at=at,
    )
