"""The refusal of a document that cannot be read as an agenda."""

from collections.abc import Mapping
from enum import StrEnum


class Why(StrEnum):
    """Every reason for which a document is refused; the sentences for people are made where they are shown."""

    TOO_LONG = "too_long"
    """More text than an agenda has: values `characters`, `limit`."""
    TOO_MANY_LINES = "too_many_lines"
    """Values `lines`, `limit`."""
    LINE_TOO_LONG = "line_too_long"
    """Values `line`, `characters`, `limit`."""
    NOT_TEXT = "not_text"
    """Bytes that are no text and no known kind of document: value `line`."""
    EMPTY = "empty"
    """Nothing in it."""
    TOO_LARGE = "too_large"
    """The file has too many bytes: values `kilobytes`, `limit`."""
    OTHER_KIND = "other_kind"
    """A known kind that holds no agenda as text: value `kind`."""
    OLD_WORD = "old_word"
    """The word processor's format of before 2007."""
    BROKEN = "broken"
    """The file is cut off or damaged: value `kind`."""
    ENCRYPTED = "encrypted"
    """The file asks for a password: value `kind`."""
    MACROS = "macros"
    """The file carries programs: value `kind`."""
    UNSAFE = "unsafe"
    """The file declares entities, which a document never needs: value `kind`."""
    INFLATES = "inflates"
    """The file unpacks to more than is allowed: values `kind`, `limit` (megabytes)."""
    TOO_MANY_PAGES = "too_many_pages"
    """Values `pages`, `limit`."""
    TOO_COMPLEX = "too_complex"
    """The file is built of too many parts, or reading it took too long: value `kind`."""
    NO_TEXT = "no_text"
    """The pages are pictures: value `pages`."""


class Unreadable(ValueError):  # noqa: N818  # named after what the document is, as Refused is
    """A document was refused before reading: `code` says why, `values` carries the figures."""

    def __init__(self, code: Why, values: Mapping[str, int | str]) -> None:
        super().__init__(f"{code}: {dict(values)}")
        self.code = code
        self.values = dict(values)
