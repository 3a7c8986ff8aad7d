"""Hypertext → its tags and texts, in one pass that no text can make slow."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from convenor.meetings.formats.errors import Unreadable, Why

WINDOW, MOST_ATTRIBUTES = 500, 2_000
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>:-])")
# A ">" inside quotes does not end a tag; looked for in a short window only, so that open quotes cost nothing.
_QUOTED = re.compile(r"""[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([a-zA-Z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_RAW = frozenset({"script", "style", "title", "textarea", "xmp"})


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag."""

    name: str
    closes: bool
    written: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes as they are meant."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.written[:MOST_ATTRIBUTES]):
            said = next((group for group in match.groups()[1:] if group is not None), "")
            found.setdefault(match[1].lower(), html.unescape(said))
        return found


def tags_and_texts(text: str) -> Iterator[Tag | str]:
    """Yield the tags, and the texts between them with entities decoded; comments, scripts and styles are left out.

    Raises:
        Unreadable: the document type declares entities of its own.
    """
    at = 0
    while at < len(text):
        opening = text.find("<", at)
        if opening < 0:
            break
        if opening > at:
            yield html.unescape(text[at:opening])
        match = _NAME.match(text, opening)
        if match is None:
            end = _after_declaration(text, opening)
            if end == opening:
                yield "<"
                end += 1
            at = end
            continue
        end = _tag_end(text, match.end())
        if end < 0:
            return
        tag = Tag(match[1].lower(), text[opening + 1] == "/", text[match.end() : end - 1])
        yield tag
        at = end
        if tag.name in _RAW and not tag.closes and not tag.written.endswith("/"):
            closing = re.compile(f"</{tag.name}", re.I).search(text, end)
            at = closing.start() if closing else len(text)
    if at < len(text):
        yield html.unescape(text[at:])


def _tag_end(text: str, start: int) -> int:
    """Return the place after the tag that goes on at `start`, or -1 where it never ends."""
    if match := _QUOTED.match(text, start, start + WINDOW):
        return match.end()
    return text.find(">", start) + 1 or -1


def _after_declaration(text: str, opening: int) -> int:
    """Return the place after a comment or declaration, or `opening` where there is none."""
    if text.startswith("<!--", opening):
        return text.find("-->", opening + 4) + 3 if text.find("-->", opening + 4) >= 0 else len(text)
    if text[opening + 1 : opening + 2] not in ("!", "?", "/"):
        return opening
    end = text.find(">", opening)
    if text[opening : opening + 9].upper() == "<!DOCTYPE" and "[" in text[opening : end if end >= 0 else len(text)]:
        raise Unreadable(Why.UNSAFE, {"kind": "HTML"})
    return end + 1 if end >= 0 else len(text)
