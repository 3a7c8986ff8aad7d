"""What is done about requests to a meeting: ask, change, withdraw; place on the agenda, decline."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings import agenda as plain
from convenor.meetings.agenda.edits import Add, Place, apply
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Item, Meeting
from convenor.meetings.participants.actions import locked
from convenor.meetings.participants.opening import is_open, until_words
from convenor.meetings.requests import letters
from convenor.meetings.requests.models import NEXT, SlotRequest, State
from convenor.meetings.storing import agenda_of
from convenor.meetings.syncing import Path, key_of, sync
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

MOST_REQUESTS = 10  # of one person to one meeting
NEW = "request"  # the key of the part that is added, until its row has one


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for."""

    kind: str
    title: str
    about: str
    organisation: str
    speaker: str
    minutes: int
    documents: list[str]  # addresses
    day: int | None  # the key of the day that suits best


class Where(StrEnum):
    """Where a request stands to the item that was chosen for it."""

    UNDER = "under"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a request goes: under an item, or as an item of its own beside it; and as what it is printed there."""

    item: int
    where: Where
    title: str
    minutes: int
    presenter: str
    sentence: str


@transaction.atomic
def ask(meeting: Meeting, wanted: Wanted, *, by: Person, at: datetime) -> SlotRequest:
    """Ask a meeting to hear or take up something; whoever asks gets a receipt.

    Raises:
        Refused: requests are not open, or this person has asked for much already.
    """
    meeting = locked(meeting)
    _check_open(meeting, at=at)
    if meeting.requests.filter(asked_by=by).count() >= MOST_REQUESTS:
        raise Refused(
            _("Your request was not sent: %(most)s of yours are here already. Change one of those.")
            % {"most": MOST_REQUESTS}
        )
    request = SlotRequest(meeting=meeting, asked_by=by, asked_at=at)
    _fill(request, wanted)
    letters.send(request, at=at)
    return request


@transaction.atomic
def change(request: SlotRequest, wanted: Wanted, *, at: datetime) -> None:
    """Change what is asked for as long as requests are open; one that was withdrawn is asked again.

    Raises:
        Refused: requests are not open any more, or this one is answered already.
    """
    meeting = locked(request.meeting)
    row = meeting.requests.select_related("asked_by").get(pk=request.pk)
    if row.state not in (State.OPEN, State.WITHDRAWN):
        raise Refused(
            _("Nothing was changed: your request is answered already. It is: %(state)s.")
            % {"state": row.get_state_display()}
        )
    _check_open(meeting, at=at)
    is_back, row.state = row.state == State.WITHDRAWN, State.OPEN
    row.meeting = meeting
    _fill(row, wanted)
    if is_back:
        letters.send(row, at=at)


@transaction.atomic
def withdraw(request: SlotRequest) -> None:
    """Take a request back.

    Raises:
        Refused: it is answered already.
    """
    row = locked(request.meeting).requests.get(pk=request.pk)
    if State.WITHDRAWN not in NEXT[State(row.state)]:
        raise Refused(
            _("Nothing was changed: your request is: %(state)s. Write to the secretariat.")
            % {"state": row.get_state_display()}
        )
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])


@transaction.atomic
def place(request: SlotRequest, placing: Placing, *, by: Person, at: datetime) -> Item:
    """Put a request on the agenda as a new item with its minutes and presenters, and tell whoever asked.

    The agenda is changed through the same operations as by hand, so that every other part keeps its row; subscribed
    calendars take the new state. Locks the meeting.

    Raises:
        Refused: it is placed or withdrawn already, or the item is no longer on the agenda.
    """
    meeting = locked(request.meeting)
    row = _open_row(meeting, request, State.PLACED)
    new = plain.Item(
        label=None,
        title=placing.title,
        minutes=placing.minutes,
        presenters=(placing.presenter,) if placing.presenter else (),
        documents=tuple(row.documents),
        key=NEW,
    )
    item = _added(meeting, placing, new)
    row.state, row.item = State.PLACED, item
    _answer(row, placing.sentence, by=by, at=at)
    _record(
        meeting,
        verb="request.placed",
        template=marked("“%(what)s” was asked for and is on the agenda of “%(title)s” now, with %(minutes)s minutes."),
        by=by,
        at=at,
        what=placing.title[:200],
        minutes=placing.minutes,
    )
    meeting.count_change(at=at)
    return item


@transaction.atomic
def decline(request: SlotRequest, sentence: str, *, by: Person, at: datetime) -> None:
    """Decline a request with a sentence for whoever asked.

    Raises:
        Refused: it is answered or withdrawn already, or there is no sentence.
    """
    meeting = locked(request.meeting)
    row = _open_row(meeting, request, State.DECLINED)
    if not sentence:
        raise Refused(_("Nothing was changed: say in a sentence why; it goes to whoever asked."))
    row.state = State.DECLINED
    _answer(row, sentence, by=by, at=at)
    template = marked("A request to “%(title)s” was declined.")
    _record(meeting, verb="request.declined", template=template, by=by, at=at)


def _fill(row: SlotRequest, wanted: Wanted) -> None:
    for one in fields(wanted):
        if one.name != "day":
            setattr(row, one.name, getattr(wanted, one.name))
    row.day = row.meeting.days.filter(pk=wanted.day).first() if wanted.day else None
    row.save()


def _check_open(meeting: Meeting, *, at: datetime) -> None:
    if is_open(meeting.requests_until, meeting.cycle.moment(at)):
        return
    if meeting.requests_until is None:
        raise Refused(
            _("This meeting takes no requests now. What you typed is kept on this page; ask the secretariat.")
        )
    raise Refused(
        _("Requests to this meeting closed on %(until)s. What you typed is kept on this page; ask the secretariat.")
        % {"until": until_words(meeting.requests_until, meeting.zone)}
    )


def _open_row(meeting: Meeting, request: SlotRequest, to: State) -> SlotRequest:
    row = meeting.requests.select_related("asked_by").get(pk=request.pk)
    if not (row.can_be_placed if to == State.PLACED else to in NEXT[State(row.state)]):
        raise Refused(_("Nothing was changed: “%(title)s” is: %(state)s.") % {"title": row.title, "state": row.stands})
    row.meeting = meeting
    return row


def _added(meeting: Meeting, placing: Placing, new: plain.Item) -> Item:
    """Add an item to the agenda; give its row."""
    standing = agenda_of(meeting, days_of(meeting))
    row = Item.objects.filter(pk=placing.item, block__day__meeting=meeting).first()
    if row is None:
        raise Refused(_("It was not placed: the item you chose is no longer on the agenda. Choose another one."))
    after = apply(standing, Add(_place(row, placing.where), new))
    rows = sync(meeting, after)
    return rows.items[_path_of(after)]


def _place(row: Item, where: Where) -> Place:
    """Say where a part goes that goes under an item (as the last there), before it or after it."""
    if where == Where.UNDER:
        last = row.children.order_by("order").last()
        return Place(key_of(row), key_of(last) if last else None)
    parent = f"i{row.parent_id}" if row.parent_id else f"b{row.block_id}"
    if where == Where.AFTER:
        return Place(parent, key_of(row))
    beside = Item.objects.filter(block=row.block, parent=row.parent, order__lt=row.order).order_by("order").last()
    return Place(parent, key_of(beside) if beside else None)


def _path_of(agenda: plain.Agenda) -> Path:
    """Give the path of the item that was added."""
    waiting: list[tuple[Path, plain.Item]] = [
        ((i, j, k), item)
        for i, day in enumerate(agenda.days)
        for j, block in enumerate(day.blocks)
        for k, item in enumerate(block.items)
    ]
    while waiting:
        path, item = waiting.pop()
        if item.key == NEW:
            return path
        waiting += [((*path, k), child) for k, child in enumerate(item.children)]
    raise ValueError("the item that was added is not there")


def _answer(row: SlotRequest, sentence: str, *, by: Person, at: datetime) -> None:
    row.sentence, row.decided_by, row.decided_at = sentence, by, at
    row.save(update_fields=["state", "item", "sentence", "decided_by", "decided_at"])
    letters.send(row, at=at)


def _record(
    meeting: Meeting, *, verb: str, template: str, by: Person, at: datetime, what: str = "", minutes: int = 0
) -> None:
    record(
        scope=meeting.cycle.scope,
        verb=verb,
        template=template,
        values={"minutes": minutes} if minutes else {},
        private={"title": typed(meeting.title), **({"what": typed(what)} if what else {})},
        actor=by,
        subject=meeting,
        at=at,
    )
