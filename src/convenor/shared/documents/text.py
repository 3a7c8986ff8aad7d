"""Text as documents take it: what commands, hides or cannot be stored goes out, the rest stays as typed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from convenor.shared.documents import Direction, Missing

FALLBACK = "□"  # stands for a character that cannot be drawn
UNKNOWN = "\ufffd"  # stands for what is no character at all
_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Marks that reorder or hide the text after them, breaks nobody sees, and selectors of colour pictures or variants.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x200B, 0x3164, 0xFEFF, 0xFFA0,
        *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC),
        *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000),
    ]
)  # fmt: skip
_NO_CHARACTER = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_JOINERS = "\u200c\u200d"
_ALONE = "\n\u200e\u200f"  # nothing is drawn on a line's end or on a mark of direction
_MODIFIERS = range(0x1F3FB, 0x1F400)  # colours of skin
BREAK = "\u200b"  # a place where a word may break


def tidied(text: str, lost: Counter[int]) -> str:
    """Give a text in composed form without controls, overrides and invisible marks; line ends are "\\n".

    What is no character (a lone surrogate, a code point that never will be one) becomes U+FFFD and is counted in
    `lost`. The result of a result is the same result.
    """
    if text.isascii() and text.isprintable():
        return text

    def unknown(found: re.Match[str]) -> str:
        lost[ord(found[0])] += 1
        return UNKNOWN

    text = _NO_CHARACTER.sub(unknown, _LINES.sub("\n", text)).translate(_INVISIBLE)
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text.replace("\t", " ")))


def clusters(text: str) -> Iterator[str]:
    """Give letters with the marks and joined letters that are drawn with them."""
    start = 0
    for place in range(1, len(text)):
        if not _belongs(text, place):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _belongs(text: str, place: int) -> bool:
    """Say whether the character at a place is drawn with the one before it."""
    letter = text[place]
    if text[place - 1] in _ALONE:
        return False
    if letter in _JOINERS or unicodedata.category(letter)[0] == "M" or ord(letter) in _MODIFIERS:
        return True
    return text[place - 1] in _JOINERS and not letter.isspace()


def breakable(text: str, most: int) -> str:
    """Let a word of more than `most` letters break, so that it cannot run out of its line."""
    if len(text) <= most:
        return text
    return re.sub(rf"\S{{{most + 1},}}", lambda word: _with_breaks(word[0], most), text)


def _with_breaks(word: str, most: int) -> str:
    letters = list(clusters(word))
    return BREAK.join("".join(letters[start : start + most]) for start in range(0, len(letters), most))


def direction_of(text: str) -> Direction | None:
    """Give the direction of the first letter that has one, as a page's `dir="auto"` does."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None


def listed(lost: Counter[int]) -> tuple[Missing, ...]:
    """Give what was counted, by code point."""
    return tuple(Missing(code, count) for code, count in sorted(lost.items()))
