"""What can be done from an agenda under way: note a guest who is late, take a proposal, move the meeting on.

What changes the agenda is an edit of it: it stands in the sitting, can be undone, and every version shows it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.meetings import agenda as agendas
from convenor.meetings.agenda.edits import Impossible, Set, Tree, keys_in
from convenor.meetings.agenda.windows import Window, window_of
from convenor.meetings.agenda_page import days_of
from convenor.meetings.agenda_times import ADJOURN, CLOSE, CONTINUE, OPEN, PAUSE, TAKE_UP
from convenor.meetings.clock import Proposal, proposals, reordered
from convenor.meetings.corrections.sentences import impossible_in_words
from convenor.meetings.editor import sitting
from convenor.meetings.floor import Step, items
from convenor.meetings.floor_actions import close_day, open_day, steer
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Continuation, Day, Item, Meeting
from convenor.meetings.proposed_edits import edits_of, mark_of
from convenor.meetings.syncing import number_of
from convenor.meetings.timing import Timing, timing_of
from convenor.people.models import Person
from convenor.shared.errors import Refused

STEPS: Mapping[str, Callable[..., Step]] = {
    TAKE_UP: lambda key: partial(items.take_up, item=key),
    CONTINUE: lambda key: partial(items.continue_item, item=key),
    CLOSE: lambda _key: items.close_item,  # what is under way, be it a sub-item
    PAUSE: lambda _key: items.pause_item,
}


def note_guest(
    meeting: Meeting, item: str, *, name: str, arrives: str, seen: int, by: Person, at: datetime
) -> sitting.Work:
    """Note from when a guest of an item can be there; what is known of until when stays.

    Raises:
        Refused: it is no time, there is no name, the item is gone, or its guests were changed since.
    """
    name = " ".join(name.split())
    window = window_of(f"{arrives}– {name}")
    if not name or window is None:
        raise Refused(
            _("It was not noted: “%(time)s %(name)s” is no time with a name. Give both, such as 10:40 and the guest.")
            % {"time": arrives, "name": name}
        )
    try:
        part = Tree(sitting.work_on(meeting).agenda).node(item).part
    except Impossible as reason:
        raise Refused(impossible_in_words(reason.code, reason.values)) from reason
    if not isinstance(part, agendas.Item):
        raise Refused(_("It was not noted: guests belong to an item of the agenda. Choose one."))
    return sitting.change(
        meeting, [Set(item, "arrivals", with_guest(part.arrivals, window), part.arrivals)], seen=seen, by=by, at=at
    )


def with_guest(arrivals: Sequence[str], window: Window) -> tuple[str, ...]:
    """Return the windows of an item with that of one guest, in place of an earlier one of the same name."""
    found, is_known = list[str](), False
    for line in arrivals:
        known = window_of(line)
        if known is None or known.name.casefold() != window.name.casefold():
            found.append(line)
            continue
        is_late = known.leaves is not None and window.arrives is not None and known.leaves <= window.arrives
        found.append(str(Window(known.name, window.arrives, None if is_late else known.leaves)))
        is_known = True
    return tuple(found if is_known else [*found, str(window)])


def proposed(timing: Timing) -> Iterator[Proposal]:
    """Yield what could be done now: another order for guests who are late, then ways to end a day in time.

    Each is reckoned when it is asked for: whoever takes the first waits for no other.
    """
    if other_order := reordered(timing.plan, timing.facts, timing.now):
        yield other_order
    if timing.is_elsewhere:  # its times are not those that the agenda prints, and could not be written into it
        return
    yield from (one for one in proposals(timing.plan, timing.facts, timing.now) if one.changes)


@transaction.atomic
def take_proposal(meeting: Meeting, mark: str, *, seen: int, by: Person, at: datetime, now: datetime) -> Proposal:
    """Make the agenda that of a proposal, known by its mark; give what it does by now.

    Raises:
        Refused: it is not proposed any more, or somebody changed the agenda since.
    """
    meeting = sitting.locked(meeting)
    timing = timing_of(meeting, days_of(meeting), now=now)
    found = next((one for one in proposed(timing) if mark_of(one) == mark), None) if timing else None
    if timing is None or found is None or meeting.sequence != seen:
        raise Refused(
            _(
                "Nothing was changed: the meeting has gone on, and this is not proposed any more. See what is proposed "
                "now."
            )
        )
    before = sitting.work_on(meeting).agenda
    edits = edits_of(found, before, timing.plan)
    after = sitting.change(meeting, edits.operations, seen=seen, by=by, at=at).agenda
    titles = dict(Item.objects.filter(pk__in=[int(key[1:]) for key in edits.parted]).values_list("pk", "title"))
    new = [Tree(after).node(key).part for key in keys_in(after) if key not in set(keys_in(before))]
    for earlier, title in titles.items():
        later = next(part for part in new if isinstance(part, agendas.Item) and part.title == title)
        Continuation.objects.create(earlier_id=earlier, later_id=int(later.key[1:]), words="")
    return found


def move_on(meeting: Meeting, do: str, key: str, *, seen: str, by: Person, at: datetime) -> None:
    """Open or adjourn a day, take up, continue, pause or close an item; `seen` is the item that was under way.

    Raises:
        Refused: it cannot be done now, or the meeting has moved on since the person looked.
    """
    state = state_of(meeting)
    if state.item != seen:
        raise Refused(_("Nothing was done: the meeting has moved on meanwhile. See where it stands now."))
    if do == OPEN:
        day = Day.objects.filter(meeting=meeting, pk=number_of(key, Day)).first()
        if day is None:
            raise Refused(_("The day was not opened: it is not on the agenda any more. See the days that are."))
        open_day(meeting, day, by=by, at=at, expected=state.mark)
    elif do == ADJOURN:
        close_day(meeting, by=by, at=at, expected=state.mark)
    elif do in STEPS:
        steer(meeting, STEPS[do](key), by=by, at=at, expected=state.mark)
    else:
        raise Refused(_("Nothing was done: “%(deed)s” is nothing that can be done here.") % {"deed": do})
