"""From what somebody handed in, bytes or text, to what the reader understood; refusals are sentences."""

from convenor.meetings.reader import MAX_BYTES, Reading, Unreadable, Why, read
from convenor.meetings.reader import text_of as read_bytes
from convenor.meetings.sentences import refusal
from convenor.shared.errors import Refused

LIMIT_BYTES = MAX_BYTES


def text_of(data: bytes) -> str:
    """Return the text of a document of any kind that is read.

    Raises:
        Refused: it is too large, damaged, empty, or none of these kinds.
    """
    try:
        return read_bytes(data)
    except Unreadable as error:
        raise Refused(refusal(error)) from error


def check_size(size_bytes: int) -> None:
    """Refuse what is larger than the limit."""
    if size_bytes > LIMIT_BYTES:
        error = Unreadable(Why.TOO_LARGE, {"kilobytes": size_bytes // 1000, "limit": LIMIT_BYTES // 1000})
        raise Refused(refusal(error))


def understood(text: str) -> Reading:
    """Read an agenda.

    Raises:
        Refused: the text is too long, or no text at all.
    """
    try:
        return read(text)
    except Unreadable as error:
        raise Refused(refusal(error)) from error
