"""Proposed corrections as pages show them: the words before and after, and what became of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convenor.meetings.record.keeping import text_now
from convenor.meetings.record.models import Answer, Correction, EditKind, Minutes, MinutesEdit, Wish
from convenor.meetings.record.wordwise import Piece, words_between
from convenor.people.models import Person


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """A correction: the number of its paragraph where it still stands, and what it changes, word by word."""

    row: Correction
    number: int
    pieces: Sequence[Piece]
    is_own: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.row.state == Answer.OPEN


def corrections_of(minutes: Minutes, reader: object) -> list[ShownCorrection]:
    """Give the corrections in the order of the paragraphs."""
    if minutes.pk is None:
        return []
    numbers = {one.key: one.number for one in text_now(minutes).paragraphs() if not one.repeats}
    rows = minutes.corrections.select_related("by__organisation", "edit")
    shown = [shown_as(row, numbers.get(row.key, 0), reader) for row in rows]
    return sorted(shown, key=lambda one: (one.number or len(numbers) + 1, one.row.at, one.row.pk))


def shown_as(row: Correction, number: int, reader: object) -> ShownCorrection:
    """Give one correction as its page shows it."""
    pieces = tuple(words_between(row.was, row.text)) if row.wish == Wish.WORDING else ()
    return ShownCorrection(row, number, pieces, isinstance(reader, Person) and row.by_id == reader.pk)


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """An entry with its words before and after."""

    row: MinutesEdit

    @property
    def pieces(self) -> Sequence[Piece]:
        """Its words; compared only when a page shows them."""
        return tuple(_pieces(self.row))


def edits_of(minutes: Minutes) -> list[ShownEdit]:
    """Give the entries, the latest first."""
    if minutes.pk is None:
        return []
    rows = minutes.edits.select_related("by").order_by("-number")
    return [ShownEdit(row) for row in rows]


def _pieces(row: MinutesEdit) -> Iterator[Piece]:
    match row.kind:
        case EditKind.REMOVE:
            return words_between(row.was, "")
        case EditKind.MOVE:
            return words_between(row.text, row.text)
        case _:
            return words_between(row.was, row.text)
