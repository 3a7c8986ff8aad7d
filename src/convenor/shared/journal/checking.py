"""The check of a journal: every entry against the one before, every text about people against its seal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from convenor.shared.journal.chain import START, digest_of
from convenor.shared.journal.models import FIRST_FORMAT, Entry, JournalPayload
from convenor.shared.journal.texts import ERASED_TEXTS, digest_of_text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of one scope found; `bad_number` is the first entry that does not fit, `erased` counts texts."""

    scope: str
    entries: int
    digest: str
    bad_number: int | None = None
    reason: str = ""
    erased: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every entry fits the one before."""
        return self.bad_number is None


@dataclass(slots=True)
class _Texts:
    """The texts of a scope: those that exist, by entry; those that some entry says were erased; those found gone."""

    there: Mapping[int, Mapping[str, JournalPayload]]
    said_erased: frozenset[str]
    gone: int = field(default=0)

    def fault(self, entry: Entry) -> str:
        """Say what is wrong with an entry's texts, or nothing."""
        here = self.there.get(entry.pk, {})
        if unknown := sorted(here.keys() - entry.sealed.keys()):
            return f"the text “{unknown[0]}” was put in after it was written"
        for name in sorted(entry.sealed):
            if (row := here.get(name)) is None:
                if f"{entry.number}.{name}" not in self.said_erased:
                    return f"its text “{name}” is gone, and no entry says that it was erased"
                self.gone += 1
            elif not _fits(row, entry.sealed[name]):
                return f"its text “{name}” was changed after it was written"
        return ""


def verify(scope: str) -> Verdict:
    """Check the chain of a scope from its first entry and name the first row that does not fit.

    Texts that were erased are counted; the chain holds without them, because it holds only their digests.
    """
    texts = _texts(scope)
    number, previous = 0, START
    for entry in Entry.objects.filter(scope=scope).order_by("number").iterator():
        reason = _fault(entry, number + 1, previous) or texts.fault(entry)
        if reason:
            return Verdict(scope, number, previous, bad_number=entry.number, reason=reason)
        number, previous = entry.number, entry.digest
    return Verdict(scope, number, previous, erased=texts.gone)


def _texts(scope: str) -> _Texts:
    there: dict[int, dict[str, JournalPayload]] = {}
    for row in JournalPayload.objects.filter(entry__scope=scope):
        there.setdefault(row.entry_id, {})[row.field] = row
    naming = Entry.objects.filter(scope=scope, values__has_key=ERASED_TEXTS).values_list("values", flat=True)
    return _Texts(there, frozenset(place for values in naming for place in str(values[ERASED_TEXTS]).split()))


def _fits(row: JournalPayload, seal: Mapping[str, str]) -> bool:
    return (row.person_key, digest_of_text(row.text, row.salt)) == (seal["of"], seal["digest"])


def _fault(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return f"entry {number} is missing"
    if entry.previous != previous:
        return "it does not follow the entry before it"
    if entry.digest != digest_of(entry) or (entry.format == FIRST_FORMAT and entry.sealed):
        return "its content was changed after it was written"
    return ""
