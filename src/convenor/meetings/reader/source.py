"""First stage: any text → the normalised text that every span refers to."""

import html
import re

from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.html import flatten, is_hypertext
from convenor.meetings.formats.limits import MAX_CHARACTERS, MAX_LINE, MAX_LINES
from convenor.meetings.formats.mojibake import mended
from convenor.meetings.reader.wikitext import unfolded

CONTROLS_FREE, CONTROLS_TOLERATED = 2, 0.02

_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffc\ufffd]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile(r"<br\s{0,3}/?>", re.I)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_NARROW = " " * 120
_WIDE = re.compile(r"[ \t]{121,}")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def normalise(text: str) -> str:
    """Return the text with one kind of line break and space, no invisible characters, no hypertext, no wiki table.

    Words that were read in a wrong encoding are mended where that is certain.

    Hypertext becomes plain lines: headings as Markdown headings, table cells parted by tabs.

    Raises:
        Unreadable: the text is too long, has too many or too long lines, or is no text.
    """
    hyper = is_hypertext(text)
    if hyper:
        text = flatten(text)
    _refuse_size(text)
    text = _LINE_BREAKS.sub("\n", _SURROGATES.sub("", text))
    _refuse_shape(text)
    text = mended(text)
    if not hyper:
        text = unfolded(_ENTITY.sub(_decode, _BREAK.sub("\n", text)))
    return _WIDE.sub(_NARROW, _SPACES.sub(" ", _INVISIBLE.sub("", text)))


def _decode(match: re.Match[str]) -> str:
    decoded = html.unescape(match[0])
    return match[0] if decoded in "<>\n\r" else decoded


def _refuse_size(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(Why.TOO_LONG, {"characters": len(text), "limit": MAX_CHARACTERS})


def _refuse_shape(text: str) -> None:
    count = text.count("\n") + 1
    if count > MAX_LINES:
        raise Unreadable(Why.TOO_MANY_LINES, {"lines": count, "limit": MAX_LINES})
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise Unreadable(Why.LINE_TOO_LONG, {"line": number, "characters": len(line), "limit": MAX_LINE})
    controls = len(_CONTROLS.findall(text))
    if controls > CONTROLS_FREE and controls > CONTROLS_TOLERATED * len(text):
        first = _CONTROLS.search(text)
        raise Unreadable(Why.NOT_TEXT, {"line": text.count("\n", 0, first.start() if first else 0) + 1})
