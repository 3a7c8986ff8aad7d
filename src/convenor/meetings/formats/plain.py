"""Bytes → text: the encoding is told by its mark, by its own rules, or by the letters it would make."""

import codecs
import re

from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.mojibake import mended

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_SAMPLE, _LETTERS = 4096, 20_000
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b")
_DAMAGE = 0.02
# What a page or a mail says of itself; of such names only those of encodings that letters are written in count.
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*"
    rb"(windows-125\d|iso-8859-\d{1,2}|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr))\b",
    re.I,
)
_COMMON_RUSSIAN = "оеаинтсрвл"
_AS_USED = {"iso-8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_HIGH_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
# Windows-1251 keeps its lower-case letters at E0 to FF; Windows-1256 spreads the Arabic ones between French ones.
_ARABIC = frozenset([*range(0xC1, 0xD7), *range(0xD8, 0xE0), 0xE1, *range(0xE3, 0xE7), 0xEC, 0xED])
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_COMMON_PAIR = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]")


def decoded(data: bytes) -> str:
    """Decode a text: by its mark, as UTF-8, as UTF-16 by its zero bytes, else in the encoding its letters speak for.

    Raises:
        Unreadable: it is no text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _by_nulls(data[:_SAMPLE])
    if encoding is None and _is_binary(data):
        raise _no_text(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding not in (None, "utf-8-sig"):
            raise _no_text(data) from None
        text = data.decode(_legacy(data), errors="replace")
    if "\x00" in text:
        raise _no_text(data)
    return mended(text)


def _no_text(data: bytes) -> Unreadable:
    first = re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data)
    return Unreadable(Why.NOT_TEXT, {"line": data.count(b"\n", 0, first.start() if first else 0) + 1})


def _by_nulls(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark from where its zero bytes stand: most at odd places, or most at even ones."""
    even, odd, pairs = sample[::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > pairs * 0.4 and even <= pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.4 and odd <= pairs * 0.1 else None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)  # noqa: PLR2004 - the first letter
    return controls * 50 > len(sample)


def _legacy(data: bytes) -> str:
    """Return the encoding of a text that is not UTF-8.

    Damaged UTF-8 stays UTF-8; what a page says of itself is believed. Chinese letters are pairs of high bytes; words of
    nothing but high bytes are Cyrillic or Arabic, by which letters they would be; single high bytes among ASCII letters
    are Windows-1252.
    """
    damage = data.decode("utf-8", errors="replace").count("\ufffd")
    high = sum(data.count(bytes([byte])) for byte in range(0x80, 0x100))
    if damage <= high * _DAMAGE:
        return "utf-8"
    if declared := _declared(data):
        return declared
    if _is_chinese(data, high):
        return "gb18030"
    words = [word for word in _HIGH_WORD.findall(data[:_LETTERS]) if max(word) >= 0x80]  # noqa: PLR2004 - the first byte past ASCII
    letters = [byte for word in words for byte in word if byte >= 0xC0]  # noqa: PLR2004 - where the letters are
    wholly = sum(len(word) for word in words if min(word) >= 0x80 and len(word) > 1)  # noqa: PLR2004 - as above
    if not letters or wholly * 2 < sum(map(len, words)):
        return "cp1252"
    arabic = sum(byte in _ARABIC for byte in letters)
    alef_and_lam = letters.count(0xC7) + letters.count(0xE1)
    if arabic * 10 >= len(letters) * 8 and alef_and_lam * 8 >= len(letters):
        return "cp1256"
    return max(("cp1251", "koi8-r"), key=lambda encoding: _common_letters(data, encoding))


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_SAMPLE])
    said = match[1].decode("ascii").lower() if match else ""
    try:
        return codecs.lookup(_AS_USED.get(said, said)).name if said else None
    except LookupError:
        return None


def _common_letters(data: bytes, encoding: str) -> int:
    text = data[:_LETTERS].decode(encoding, errors="replace").casefold()
    return sum(text.count(letter) for letter in _COMMON_RUSSIAN)


def _is_chinese(data: bytes, high: int) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:  # a file that was cut off may end within a letter
            return False
    pairs = _PAIR.findall(data)
    common = sum(1 for pair in pairs if _COMMON_PAIR.fullmatch(pair))
    return common * 2 * 10 >= high * 9
