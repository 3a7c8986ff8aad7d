"""Makes action items of what is minuted at the floor, and follows what becomes of it there."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from convenor.meetings.floor import Kind, fold
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.state import Minuted
from convenor.meetings.floor_log import entries_of, state_of
from convenor.meetings.floor_models import FloorEntry, FloorWords
from convenor.meetings.floor_people import found_by_keys, names_of
from convenor.meetings.followup.actions import Wanted, change, enter, settle
from convenor.meetings.followup.models import LONGEST_WHAT, ActionItem, State
from convenor.meetings.minutes.noting import OWNER, WORDS
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Person
from convenor.shared.errors import Refused

NOTHING = "–"  # where the floor left it open
KINDS = (Kind.MINUTED, Kind.MINUTED_SETTLED)


def follow(meeting: Meeting, row: FloorEntry, by: Person, at: datetime) -> None:
    """Do to the action items what an entry of the log says; an entry that is no action item's changes nothing."""
    if row.kind not in KINDS:
        return
    number = row.sequence if row.kind == Kind.MINUTED else int(row.values.get("minuted") or 0)
    one = state_of(meeting).minuted.get(number)
    if one is None or one.sort != Sort.ACTION:
        return
    known = ActionItem.objects.filter(meeting=meeting, entry=number).select_related("meeting__cycle__forum").first()
    if known is None:
        enter(meeting, wanted_of(meeting, one), by=by, at=at, entry=number)
    elif one.fate == Fate.WITHDRAWN:
        _withdraw(known, by=by, at=at)
    elif row.values.get("as") == Fate.CORRECTED:
        earlier = fold(entry for entry in entries_of(meeting) if entry.sequence < row.sequence)
        was, now = wanted_of(meeting, earlier.minuted[number]), wanted_of(meeting, one)
        change(known, _merged(known, was, now), by=by, at=at)


def _merged(row: ActionItem, was: Wanted, now: Wanted) -> Wanted:
    """Take over what a correction changed; what was changed on the page of the action item meanwhile stays."""
    whose: ActionItem | Wanted = row if (was.owner, was.owner_words) == (now.owner, now.owner_words) else now
    return Wanted(
        what=row.what if was.what == now.what else now.what,
        owner=whose.owner,
        owner_words=whose.owner_words,
        due=row.due if was.due == now.due else now.due,
        item=row.item,
    )


def _withdraw(row: ActionItem, *, by: Person, at: datetime) -> None:
    try:
        settle(row, State.DROPPED, _("Withdrawn at the floor."), by=by, at=at)
    except Refused:  # it is done or dropped already
        return


def wanted_of(meeting: Meeting, one: Minuted) -> Wanted:
    """Read what was minuted: its words as they were corrected last."""
    entries = [one.id, one.corrected_by] if one.corrected_by else [one.id]
    rows = FloorWords.objects.filter(entry__meeting=meeting, entry__sequence__in=entries)
    said = {(entry, field): text for entry, field, text in rows.values_list("entry__sequence", "field", "text")}
    what = said.get((entries[-1], WORDS)) or said.get((one.id, WORDS), "")
    person = found_by_keys([one.person]).get(one.person) if one.person else None
    named = "" if person or not one.person else names_of(meeting, [one.person]).get(one.person, "")  # a guest
    item = Item.objects.filter(block__day__meeting=meeting, pk=int(one.item[1:])).first() if one.item else None
    return Wanted(
        what=what[:LONGEST_WHAT] or NOTHING,
        owner=person,
        owner_words=(said.get((entries[-1], OWNER), "") or named)[:200] or ("" if person else NOTHING),
        due=date.fromisoformat(one.due) if one.due else None,
        item=item,
    )
