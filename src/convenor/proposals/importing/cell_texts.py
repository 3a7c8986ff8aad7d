"""Texts of cells as the house takes them: without tags and invisible signs, and no longer than a field holds. Pure."""

import html
import re
import unicodedata
from collections.abc import Callable

from convenor.proposals.importing.tables import Note

Tell = Callable[[Note], None]
_TAGS = (
    "a|abbr|article|b|base|big|blockquote|body|br|button|center|code|div|em|embed|font|footer|form|frame|h[1-6]|head|"
    "header|hr|html|i|iframe|img|input|li|link|meta|object|ol|option|p|pre|s|section|select|small|source|span|strong|"
    "sub|sup|svg|table|tbody|td|textarea|th|thead|title|tr|u|ul|video"
)
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rf"</?(?:{_TAGS}|script|style)(?:[\s/][^<>]*)?>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str, code: str, most: int, tell: Tell) -> str:
    """Give a text of several lines; say what was taken out and whether it was shortened."""
    if "<" in text and (bare_text := _untagged(text)) != text:
        tell(Note("tags-out", {"field": code}))
        text = bare_text
    text = _BAD.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = "".join(sign for sign in text if not "\ud800" <= sign <= "\udfff") if not text.isascii() else text
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()
    if len(text) > most:
        tell(Note("shortened", {"field": code, "found": len(text), "most": most}))
        text = text[: most - 1].rstrip() + "…"
    return text


def one_line(text: str, code: str, most: int, tell: Tell) -> str:
    """Give a text on one line."""
    return clean(" ".join(text.split()), code, most, tell).replace("\n", " ")


def entries_of(text: str, code: str, most: int, tell: Tell) -> list[str]:
    """Give the entries of a cell: its lines, else what stands between semicolons or, of tags, commas."""
    marks = ("\n", ";", "|", ",") if code == "tags" else ("\n", ";", "|")
    mark = next((mark for mark in marks if mark in text.strip()), "\n")
    parts = [re.sub(r"^\s*(?:[-•*–]|\(?\d{1,2}[.)])\s+", "", part) for part in text.split(mark)]
    found = [part for part in (one_line(part, code, 100 if code == "tags" else 1_000, tell) for part in parts) if part]
    if len(found) > most:
        tell(Note("too-many-entries", {"field": code, "found": len(found), "most": most}))
    return list(dict.fromkeys(found[:most]))


def _untagged(text: str) -> str:
    plain = _TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", text)))
    return html.unescape(plain) if plain != text else text
