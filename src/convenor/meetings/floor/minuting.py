"""What is minuted while it is spoken: announcements, action items, proposals made in the discussion, notes.

Nothing here holds what was said: words stand beside the log, where they can be erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from convenor.meetings.floor.days import require_open
from convenor.meetings.floor.entries import Barred, Code, Draft, Entry, Kind
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import Minuted, State


class Sort(StrEnum):
    """What is minuted. The log keeps these words, so none is ever renamed."""

    ANNOUNCEMENT = "announcement"
    ACTION = "action"
    PROPOSAL = "proposal"
    NOTE = "note"


class Fate(StrEnum):
    """What became of it. The log keeps these words, so none is ever renamed."""

    AGREED = "agreed"
    ACTION = "action"
    """It was taken up as an action item."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


# What can become of each sort. What was withdrawn stays so; otherwise the last word counts.
FATES: Mapping[Sort, frozenset[Fate]] = {
    Sort.ANNOUNCEMENT: frozenset({Fate.WITHDRAWN, Fate.CORRECTED}),
    Sort.ACTION: frozenset({Fate.WITHDRAWN, Fate.CORRECTED}),
    Sort.PROPOSAL: frozenset(Fate),
    Sort.NOTE: frozenset({Fate.WITHDRAWN, Fate.CORRECTED}),
}
OWNED = frozenset({Sort.ACTION, Sort.PROPOSAL})  # whose it is, or who made it, can be said


@dataclass(frozen=True, slots=True)
class Whose:
    """The key of whoever an action item is for or a proposal is from, and until when: "YYYY-MM-DD", or ""."""

    person: str = ""
    due: str = ""


NOBODY = Whose()


def minute(state: State, setting: Setting, *, sort: Sort, item: str = "", whose: Whose = NOBODY) -> Draft:
    """Minute something of an item, or of the one under way; an announcement can be of none.

    Raises:
        ValueError: the date is none, or the sort has no owner or date.
    """
    require_open(state)
    item = item or state.item
    if item and not setting.has_item(item):
        raise Barred(Code.UNKNOWN_PART, part=item)
    return Draft(Kind.MINUTED, {"sort": sort.value, "item": item, **_checked(sort, whose)})


def settle(
    state: State, _setting: Setting, *, minuted: int, fate: Fate, by_entry: int = 0, whose: Whose = NOBODY
) -> Draft:
    """Say what became of something that was minuted; `by_entry` is the decision or the action item that settles it.

    A correction says anew whose it is and until when. It can be said whether or not a day is open.

    Raises:
        ValueError: this cannot become of its sort.
    """
    found = state.minuted.get(minuted)
    if found is None:
        raise Barred(Code.NOT_MINUTED, minuted=minuted)
    if found.fate in (Fate.WITHDRAWN, fate):
        raise Barred(Code.ALREADY_SETTLED, fate=found.fate)
    sort = Sort(found.sort)
    if fate not in FATES[sort]:
        raise ValueError(f"{sort} is never {fate}")
    if by_entry and not _settles(state, fate, by_entry):
        raise Barred(Code.NOT_MINUTED, minuted=by_entry)
    values = _checked(sort, whose) if fate is Fate.CORRECTED else {}
    return Draft(Kind.MINUTED_SETTLED, {"minuted": minuted, "as": fate.value, "by_entry": by_entry, **values})


def _checked(sort: Sort, whose: Whose) -> dict[str, str]:
    if whose.person and sort not in OWNED:
        raise ValueError(f"{sort} is nobody's")
    if whose.due and sort is not Sort.ACTION:
        raise ValueError(f"{sort} has no date")
    if whose.due:
        date.fromisoformat(whose.due)
    return {"person": whose.person, "due": whose.due}


def _settles(state: State, fate: Fate, entry: int) -> bool:
    if fate is Fate.ACTION:
        return entry in state.minuted and state.minuted[entry].sort == Sort.ACTION
    return any(one.id == entry for one in state.decisions)


def minuted(state: State, entry: Entry) -> State:
    """Keep what was minuted."""
    one = Minuted(
        entry.sequence, entry.text("sort"), entry.text("item"), entry.at, entry.text("person"), entry.text("due")
    )
    return replace(state, minuted={**state.minuted, one.id: one})


def settled(state: State, entry: Entry) -> State:
    """Keep what became of it."""
    one = state.minuted.get(entry.number("minuted"))
    if one is None:
        return state
    if entry.text("as") == Fate.CORRECTED:
        one = replace(one, person=entry.text("person"), due=entry.text("due"), corrected_by=entry.sequence)
    else:
        one = replace(one, fate=entry.text("as"), settled_by=entry.sequence, by_entry=entry.number("by_entry"))
    return replace(state, minuted={**state.minuted, one.id: one})
