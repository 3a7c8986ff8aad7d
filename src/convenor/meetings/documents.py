"""From what somebody handed in, bytes or text, to what the reader understood; refusals are sentences."""

from django.utils.translation import gettext as _

from convenor.meetings.reader import Reading, Unreadable, read
from convenor.meetings.sentences import refusal
from convenor.shared.errors import Refused

LIMIT_BYTES = 1_000_000
# First bytes of what people often hand in instead of text, with the name they know it by.
FORMATS = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "DOCX/XLSX/ZIP"), (b"\xd0\xcf\x11\xe0", "DOC"), (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"\x1f\x8b", "GZIP"),
)  # fmt: skip
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 4096
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b")


def text_of(data: bytes) -> str:
    """Decode a text file: UTF-8 or UTF-16 by its mark or its bytes, else Windows-1252.

    Raises:
        Refused: it is too large, empty, or no text.
    """
    check_size(len(data))
    known = next((name for start, name in FORMATS if data.startswith(start)), None)
    if known:
        raise Refused(
            _("The file is %(format)s, and only text can be read here. Open it, copy everything, and paste it as text.")
            % {"format": known}
        )
    text = _decoded(data)
    if not text.strip():
        raise Refused(_("The document is empty. Paste the text of the agenda, or choose another file."))
    return text


def check_size(size_bytes: int) -> None:
    """Refuse what is larger than the limit."""
    if size_bytes > LIMIT_BYTES:
        raise Refused(
            _("The document has %(size)s kB, and %(limit)s kB are allowed. Hand in only the pages of the agenda.")
            % {"size": size_bytes // 1000, "limit": LIMIT_BYTES // 1000}
        )


def understood(text: str) -> Reading:
    """Read an agenda.

    Raises:
        Refused: the text is too long, or no text at all.
    """
    try:
        return read(text)
    except Unreadable as error:
        raise Refused(refusal(error)) from error


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None) or _by_nulls(data[:_SAMPLE])
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = "" if encoding else data.decode("cp1252", errors="replace")
        if encoding or _is_binary(data):
            raise _binary() from None
    if "\x00" in text or (encoding is None and _is_binary(data)):
        raise _binary()
    return text


def _by_nulls(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark from where its zero bytes stand: most at odd places, or most at even ones."""
    even, odd, pairs = sample[::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > pairs * 0.4 and even <= pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.4 and odd <= pairs * 0.1 else None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)  # noqa: PLR2004 - the first printable ASCII byte
    return controls * 50 > len(sample)


def _binary() -> Refused:
    return Refused(
        _("The file is not text, so no agenda can be read from it. Choose a text file, or paste the agenda.")
    )
