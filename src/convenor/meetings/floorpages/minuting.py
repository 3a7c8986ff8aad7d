"""What the secretariat minutes while it is spoken: its form read, and what is minuted so far shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.meetings.floor import State
from convenor.meetings.floor.minuting import FATES, OWNED, Fate, Sort
from convenor.meetings.floor_minuting_actions import Told, correct, minute, settle
from convenor.meetings.floor_models import FloorEntry, FloorWords
from convenor.meetings.floor_people import names_of
from convenor.meetings.floor_words import OUTCOMES
from convenor.meetings.floorpages.deeds import Press, number
from convenor.meetings.floorpages.hands import Known, known_to, plain
from convenor.meetings.minutes.noting import OWNER, WORDS
from convenor.meetings.models import Item, Meeting
from convenor.meetings.wording import item_name
from convenor.shared.errors import Refused

SORTS: Mapping[Sort, object] = {
    Sort.ACTION: gettext_lazy("Action item"),
    Sort.ANNOUNCEMENT: gettext_lazy("Announcement"),
    Sort.PROPOSAL: gettext_lazy("Proposal"),
    Sort.NOTE: gettext_lazy("Note"),
}
BECAME: Mapping[Fate, object] = {
    Fate.AGREED: gettext_lazy("agreed"),
    Fate.ACTION: gettext_lazy("taken up as an action"),
    Fate.DECLINED: gettext_lazy("not taken up"),
    Fate.WITHDRAWN: gettext_lazy("withdrawn"),
}
LAST = 6  # points that the console shows
SHORT = 80


@dataclass(frozen=True, slots=True)
class Point:
    """Something minuted, with its last words; `owner` is whoever it is for or from, as it was typed or called."""

    entry: int
    sort: Sort
    number: int
    sort_words: str
    words: str
    item: str
    owner: str
    due: date | None
    fate: str = ""
    fate_words: str = ""
    is_withdrawn: bool = False

    @property
    def is_owned(self) -> bool:
        """Whether it is somebody's."""
        return self.sort in OWNED

    @property
    def is_dated(self) -> bool:
        """Whether it has a date."""
        return self.sort is Sort.ACTION

    @property
    def fates(self) -> list[tuple[str, object]]:
        """What can become of it."""
        return [(fate.value, name) for fate, name in BECAME.items() if fate in FATES[self.sort]]

    @property
    def is_settled_by_others(self) -> bool:
        """Whether a decision or an action item can settle it."""
        return Fate.AGREED in FATES[self.sort]


def sorts() -> list[tuple[str, object]]:
    """Give what can be minuted."""
    return [(sort.value, name) for sort, name in SORTS.items()]


def points_of(meeting: Meeting, state: State, *, last: int = 0) -> list[Point]:
    """Give what is minuted, the newest first, all of it or the last points; three queries."""
    counted: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for one in state.minuted.values():
        counted[one.sort] = numbers[one.id] = counted.get(one.sort, 0) + 1
    found = list(state.minuted.values())[-last:] if last else list(state.minuted.values())
    if not found:
        return []
    entries = {entry for one in found for entry in (one.id, one.corrected_by, one.settled_by) if entry}
    rows = FloorWords.objects.filter(entry__meeting=meeting, entry__sequence__in=entries)
    said = {(entry, field): text for entry, field, text in rows.values_list("entry__sequence", "field", "text")}
    names = names_of(meeting, {one.person for one in found if one.person})
    items = _items(meeting, {one.item for one in found})
    return [
        Point(
            one.id,
            Sort(one.sort),
            numbers[one.id],
            str(SORTS[Sort(one.sort)]),
            said.get((one.corrected_by, WORDS)) or said.get((one.id, WORDS), ""),
            items.get(one.item, ""),
            names.get(one.person, "") if one.person else said.get((one.corrected_by or one.id, OWNER), ""),
            date.fromisoformat(one.due) if one.due else None,
            str(BECAME[Fate(one.fate)]) if one.fate else "",
            said.get((one.settled_by, WORDS), ""),
            one.fate == Fate.WITHDRAWN,
        )
        for one in reversed(found)
    ]


def _items(meeting: Meeting, keys: Iterable[str]) -> dict[str, str]:
    rows = Item.objects.filter(block__day__meeting=meeting, pk__in=[int(key[1:]) for key in keys if key])
    return {f"i{row.pk}": item_name(row) for row in rows}


def settlers(meeting: Meeting, state: State, points: Sequence[Point]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Give the decisions and action items by which a proposal can be settled, grouped, the newest first."""
    ids = {entry for one in state.decisions for entry in (one.id, one.basis) if entry}
    rows = FloorWords.objects.filter(entry__meeting=meeting, entry__sequence__in=ids, field="proposal")
    said = dict(rows.values_list("entry__sequence", "text"))
    decisions = [
        (one.id, f"{_(OUTCOMES[one.outcome])}: {said.get(one.id) or said.get(one.basis, '')}"[:SHORT])
        for one in reversed(state.decisions)
    ]
    actions = [(one.entry, f"{one.number}. {one.words}"[:SHORT]) for one in points if one.sort is Sort.ACTION]
    return [(name, some) for name, some in ((_("Decisions"), decisions), (_("Action items"), actions)) if some]


def minuted(press: Press) -> FloorEntry:
    """Minute what stands in the form.

    Raises:
        Refused: words are missing, the date is none, or nothing can be minuted now.
    """
    sort = press.text("sort")
    if sort not in {one.value for one in Sort}:
        raise Refused(
            _("Nothing was minuted: say whether it is an action item, an announcement, a proposal or a note.")
        )
    return minute(press.meeting, Sort(sort), told_in(press), item=press.text("item"), **press.said)


def settled(press: Press, point: int) -> FloorEntry:
    """Enter what became of a point, or its new words.

    Raises:
        Refused: it cannot be entered.
    """
    fate = press.text("fate")
    if fate == Fate.CORRECTED:
        return correct(press.meeting, point, told_in(press), **press.said)
    if fate not in {one.value for one in BECAME}:
        raise Refused(_("Nothing was entered: say what became of it. Choose again from its form."))
    words, by_entry = press.text("why"), number(press.text("by_entry"))
    return settle(press.meeting, point, Fate(fate), words=words, by_entry=by_entry, **press.said)


def told_in(press: Press) -> Told:
    """Read what is minuted from a form; who is called just as somebody who is known is that person."""
    due = press.text("due")
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError as fault:
        raise Refused(
            _("Nothing was minuted: “%(words)s” is no date. Give it as year, month and day, such as 2017-06-30.")
            % {"words": due[:20]}
        ) from fault
    owner = press.text("owner")
    known = _called(known_to(press.meeting, on=press.meeting.cycle.day_of(press.at)), owner) if owner else None
    return Told(press.text("minuted"), known.speaker if known else None, owner, day)


def _called(people: Iterable[Known], words: str) -> Known | None:
    """Give the one person who is called so; part of a name may mean a body as well."""
    found = [one for one in people if plain(one.name) == plain(words)]
    return found[0] if len(found) == 1 else None
