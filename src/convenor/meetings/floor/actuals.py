"""What the log says to the clock of the meeting: when each day, break and item began, rested and ended."""

from collections.abc import Iterable, Iterator

from convenor.meetings.clock.facts import Act, Fact
from convenor.meetings.floor.entries import Entry, Kind

# The entries that change when something is or is expected.
OF_TIME = frozenset(
    {
        Kind.DAY_OPENED, Kind.DAY_CLOSED, Kind.BLOCK_STARTED, Kind.BLOCK_ENDED, Kind.TAKEN_UP, Kind.CONTINUED,
        Kind.PAUSED, Kind.CLOSED, Kind.POSTPONED, Kind.MOVED,
    }
)  # fmt: skip


def actuals(entries: Iterable[Entry]) -> list[Fact]:
    """Return what happened, in order; everything that followed from an entry is said, nothing is left to be guessed.

    Of blocks the clock wants to know breaks only: an item that rests because its block ended is said to rest.
    """
    found, running = list[Fact](), ""  # the break that runs
    for entry in entries:
        for act, key, to in _of(entry, running):
            if key:
                found.append(Fact(act, key, entry.at, to))
        if entry.kind in (Kind.BLOCK_STARTED, Kind.BLOCK_ENDED, Kind.DAY_CLOSED, Kind.TAKEN_UP, Kind.CONTINUED):
            running = entry.text("block") if entry.values.get("is_break") else ""
    return found


def _of(entry: Entry, running: str) -> Iterator[tuple[Act, str, str | None]]:
    match entry.kind:
        case Kind.DAY_OPENED:
            yield Act.OPENED, entry.text("day"), None
        case Kind.DAY_CLOSED | Kind.BLOCK_STARTED | Kind.BLOCK_ENDED:
            yield Act.PAUSED, entry.text("pauses"), None
            yield Act.ENDED, running, None
            yield Act.STARTED, entry.text("block") if entry.values.get("is_break") else "", None
            yield Act.ADJOURNED, entry.text("day"), None
        case Kind.TAKEN_UP | Kind.CONTINUED:
            if entry.text("leaves"):
                yield Act(entry.text("as")), entry.text("leaves"), None
            yield Act.ENDED, running, None
            yield Act(entry.kind.value), entry.text("item"), None
        case Kind.PAUSED | Kind.CLOSED:
            yield Act(entry.kind.value), entry.text("item"), None
        case Kind.POSTPONED:
            yield Act.POSTPONED, entry.text("item"), entry.text("to") or None
