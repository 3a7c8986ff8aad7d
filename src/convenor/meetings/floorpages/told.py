"""What the person at a button is told: what was done, or who has moved the meeting on before them."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.floor import Barred, Channel, Code, Entry, Kind
from convenor.meetings.floor.entries import STEERING
from convenor.meetings.floor_log import entries_of, state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.floor_people import names_of
from convenor.meetings.floor_words import AGAIN, MEANWHILE, move
from convenor.meetings.floorpages.deeds import Press
from convenor.meetings.models import Item, Meeting
from convenor.meetings.wording import item_name
from convenor.shared.errors import Refused

# What the page does not say by itself.
DONE: Mapping[Kind, str] = {
    Kind.DAY_OPENED: marked("The day is open."),
    Kind.DAY_CLOSED: marked("The day is closed."),
    Kind.POSTPONED: marked("The item is put off."),
    Kind.CLOSED: marked("The item is closed."),
    Kind.SET_ASIDE: marked("The request is not called for now. It can be let in again."),
    Kind.READMITTED: marked("The request is on the list again, with its time of asking."),
    Kind.PLACED: marked("Placed. The list shows the place by the order of the day beside it."),
    Kind.LIST_CLOSED: marked("The list is closed: whoever waits is still heard."),
    Kind.LIST_REOPENED: marked("The list is open again."),
    Kind.ORDER_SET: marked("The order of speakers is set for the rest of the day."),
    Kind.LIMIT_SET: marked("The limit holds from the next speaker on."),
    Kind.WITHDRAWN: marked("The request is withdrawn."),
    Kind.END_UNDONE: marked("The last speaker has the floor again."),
    Kind.CHECK_BEGUN: marked("The check has begun. Close it when enough have answered."),
    Kind.ADOPTED: marked("The adoption is stated, and stands in the journal."),
    Kind.DECIDED: marked("The decision is stated, and stands in the journal."),
    Kind.MINUTED: marked("It is minuted."),
    Kind.MINUTED_SETTLED: marked("It is entered, and the minutes follow."),
}
FORWARD = frozenset({Kind.FLOOR_GIVEN, Kind.FLOOR_ENDED})


def done(meeting: Meeting, row: FloorEntry) -> str:
    """Say what was done, where the page does not show it by itself."""
    kind = Kind(row.kind)
    if kind is Kind.MOVED:
        keys = [int(key[1:]) for key in (str(row.values["item"]), *row.values["passes"])]
        items = Item.objects.filter(block__day__meeting=meeting, pk__in=keys)
        names = {f"i{item.pk}": item_name(item) for item in items}
        said = move(Entry(row.sequence, kind, row.by, row.at, Channel(row.channel), row.values), names)
        return said[:1].upper() + said[1:]
    return _(DONE[kind]) if kind in DONE else ""


def why_not(press: Press, refusal: Refused) -> tuple[str, bool]:
    """Say why nothing was done, and whether that is bad news: the second of two clicks of one person is none."""
    reason = refusal.__cause__
    if not isinstance(reason, Barred) or reason.code is not Code.MOVED_ON:
        return str(refusal), True
    since = [entry for entry in entries_of(press.meeting, after=press.seen) if entry.kind in STEERING]
    if not since:
        return str(refusal), True
    if all(entry.by in press.by.keys for entry in since):
        return _("Done once, at %(time)s.") % {"time": clock_of(press.meeting, since[0].at)}, False
    first = next(entry for entry in since if entry.by not in press.by.keys)
    said = {
        "name": names_of(press.meeting, {first.by}).get(first.by, _("Somebody")),
        "time": clock_of(press.meeting, first.at),
    }
    if press.deed == "next" and first.kind in FORWARD:
        return _moved_once(press.meeting, first, said), True
    who = _("It was %(name)s, at %(time)s.") % said
    return f"{_(MEANWHILE[first.kind])} {who} {_(AGAIN)}", True


def _moved_once(meeting: Meeting, entry: Entry, said: Mapping[str, str]) -> str:
    request = state_of(meeting).requests.get(entry.number("request"))
    to = names_of(meeting, {request.person}).get(request.person, "") if request else ""
    if to:
        return _("%(name)s also pressed Next at %(time)s. The list moved once, to %(to)s.") % {**said, "to": to}
    return _("%(name)s also pressed Next at %(time)s. The list moved once.") % said


def clock_of(meeting: Meeting, at: datetime) -> str:
    """Write a moment as the clocks of the meeting show it, with seconds."""
    return f"{at.astimezone(ZoneInfo(meeting.zone)):%H:%M:%S}"
