"""What was minuted while it was spoken, each with its last words and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from convenor.meetings.floor import Entry, Kind, State
from convenor.meetings.floor import state as floor
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.minutes.record import Minuted
from convenor.meetings.minutes.sources import Sources

WORDS, OWNER = "minuted", "owner"  # the fields of the words beside the log


@dataclass(frozen=True, slots=True)
class Noted:
    """Everything that was minuted, by sort, in the order of the log."""

    announcements: tuple[Minuted, ...]
    actions: tuple[Minuted, ...]
    proposals: tuple[Minuted, ...]
    notes: tuple[Minuted, ...]


def noted(sources: Sources, state: State, day_at: Mapping[int, str]) -> Noted:
    """Return what was minuted; what was withdrawn is still among it, so that numbers never change."""
    settled = defaultdict[int, list[Entry]](list)
    for entry in sources.entries:
        if entry.kind is Kind.MINUTED_SETTLED:
            settled[entry.number("minuted")].append(entry)
    by_sort = {
        sort: tuple(
            _minuted(sources, one, number, settled[one.id], day_at)
            for number, one in enumerate(_of(state, sort), start=1)
        )
        for sort in Sort
    }
    return Noted(by_sort[Sort.ANNOUNCEMENT], by_sort[Sort.ACTION], by_sort[Sort.PROPOSAL], by_sort[Sort.NOTE])


def _of(state: State, sort: Sort) -> Iterable[floor.Minuted]:
    return (one for one in state.minuted.values() if one.sort == sort)


def _minuted(
    sources: Sources, one: floor.Minuted, number: int, settled: list[Entry], day_at: Mapping[int, str]
) -> Minuted:
    corrections = [entry.sequence for entry in settled if entry.text("as") == Fate.CORRECTED]
    versions = [one.id, *corrections]
    said = [sources.said(entry, WORDS) for entry in versions]
    fated = next((entry for entry in reversed(settled) if entry.text("as") != Fate.CORRECTED), None)
    return Minuted(
        entry=one.id,
        sort=Sort(one.sort),
        number=number,
        day=day_at[one.id],
        item=one.item,
        words=next((words for words in reversed(said) if words), ""),
        at=one.at,
        owner=one.person,
        owner_words=sources.said(versions[-1], OWNER),
        due=one.due,
        fate=Fate(one.fate) if one.fate else None,
        fate_words=sources.said(fated.sequence, WORDS) if fated else "",
        fate_at=fated.at if fated else None,
        settled_by=one.by_entry,
        earlier=tuple(said[:-1]),
        entries=tuple(sorted({one.id, *(entry.sequence for entry in settled)})),
    )
