"""How far a language is, its strings as reviewers see them, and what leaves the installation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError

from convenor.shared.languages.catalogue import SOURCE, confirmed_in_file, entries, words_of
from convenor.shared.languages.models import Confirmation, TranslationChange
from convenor.shared.languages.strings import Entry

KEPT_SECONDS = 300
MISSING, MACHINE, CONFIRMED = "missing", "machine", "confirmed"


@dataclass(frozen=True, slots=True)
class Shown:
    """A string with its state and the newest wording proposed for it."""

    entry: Entry
    state: str
    is_confirmed_here: bool = False
    change: TranslationChange | None = None
    is_change_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How many strings of a language are translated, confirmed and proposed anew."""

    strings: int
    translated: int
    confirmed: int
    changed: int

    @property
    def is_by_machine(self) -> bool:
        """Whether some translation was confirmed by nobody yet."""
        return self.confirmed < self.translated


def shown(language: str) -> list[Shown]:
    """Give every string of a language, sorted by its English; two queries."""
    here = set(Confirmation.objects.filter(language=language).values_list("digest", flat=True))
    known = here | confirmed_in_file(language)
    newest: dict[str, TranslationChange] = {}
    for change in TranslationChange.objects.filter(language=language):
        newest.setdefault(change.key, change)
    return [_shown(key, entry, here, known, newest) for key, entry in entries(language).items()]


def _shown(key: str, entry: Entry, here: set[str], known: set[str], newest: dict[str, TranslationChange]) -> Shown:
    state = MISSING if not entry.is_whole else CONFIRMED if entry.digest in known else MACHINE
    change = newest.get(key)
    if change is not None and tuple(change.strings) == entry.strings:
        change = None  # it has become the wording that ships
    return Shown(entry, state, entry.digest in here, change, change is not None and change.digest in known)


def standing(rows: Iterable[Shown]) -> Standing:
    """Count the strings of a language by state."""
    rows = list(rows)
    confirmed = sum(row.state == CONFIRMED for row in rows)
    changed = sum(row.change is not None for row in rows)
    return Standing(len(rows), sum(row.state != MISSING for row in rows), confirmed, changed)


def narrowed(rows: Iterable[Shown], *, show: str, words: str) -> list[Shown]:
    """Keep the strings of a state (`unconfirmed`, `changed`, `missing`; else all) in which every word stands."""
    kinds: dict[str, Callable[[Shown], bool]] = {
        "unconfirmed": lambda row: row.state == MACHINE,
        "changed": lambda row: row.change is not None,
        "missing": lambda row: row.state == MISSING,
    }
    fits = kinds.get(show, bool)
    sought = words.casefold().split()
    return [row for row in rows if fits(row) and all(word in words_of(row.entry) for word in sought)]


def with_next(rows: Sequence[Shown]) -> list[tuple[Shown, str]]:
    """Pair each string with the key of the one to confirm after it, empty after the last."""
    paired: list[tuple[Shown, str]] = []
    following = ""
    for row in reversed(rows):
        paired.append((row, following))
        following = row.entry.key if row.state == MACHINE else following
    return paired[::-1]


def cache_name(language: str) -> str:
    """Name what is kept about a language between requests."""
    return f"languages:machine:{language}"


def is_by_machine(language: str) -> bool:
    """Say whether a language still has strings that no native reader confirmed; looked up every few minutes.

    A page that says that the database is away says this too, so it must not ask for more than it gets.
    """
    if language == SOURCE:
        return False
    known = cache.get(cache_name(language))
    if known is None:
        try:
            known = standing(shown(language)).is_by_machine
        except (DatabaseError, OSError):
            return False
        cache.set(cache_name(language), known, KEPT_SECONDS)
    return bool(known)


def exported(language: str) -> dict[str, Any]:
    """Give what readers said on this installation, for `tools/catalogue.py merge`; nobody is named."""
    rows = shown(language)
    digests: Sequence[str] = sorted(
        set(Confirmation.objects.filter(language=language).values_list("digest", flat=True))
    )
    changes = [
        {"context": row.entry.context, "id": list(row.entry.originals), "strings": list(row.change.strings)}
        for row in rows
        if row.change is not None
    ]
    return {"language": language, "changes": changes, "confirmed": digests}
