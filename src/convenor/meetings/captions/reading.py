"""Reads captions: WebVTT, or text whose lines may begin with a time. Pure; what comes in is hostile."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

MOST_CHARACTERS = 5_000_000
MOST_LINES = 50_000
MOST_IN_LINE = 2_000
_CUE = re.compile(r"^((?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{3})[ \t]+-->[ \t]+(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{3}")
_TAG = re.compile(r"<[^<>]{0,200}>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>]{1,100})>")
_STAMP = re.compile(r"^[\[(]?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,3})?[\])]?(?=[\s\-–])[\s\-–]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Said:
    """Something said, with how long after the beginning; None where nothing says when."""

    after: timedelta | None
    text: str


class Unreadable(ValueError):  # noqa: N818 - it is an answer to a person
    """What came in cannot be taken; `code` is one of "empty", "long"."""


def read(text: str) -> list[Said]:
    """Read captions of either kind.

    Raises:
        Unreadable: there is nothing in it, or too much.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("long")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    is_cues = text.lstrip().startswith("WEBVTT") or any(map(_CUE.match, text.split("\n", 40)[:40]))
    found = list(_cues(text) if is_cues else _lines(text))
    if not found:
        raise Unreadable("empty")
    if len(found) > MOST_LINES:
        raise Unreadable("long")
    return found


def _cues(text: str) -> Iterator[Said]:
    """Read WebVTT, or SubRip: blocks with an arrow are cues, all others are notes, styles and regions."""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines[:2]) if _CUE.match(line)), None)
        if at is None:
            continue
        start = _CUE.match(lines[at])
        said = clean(" ".join(lines[at + 1 :]))
        if start and said:
            yield Said(_moment(start[1]), said)


def _lines(text: str) -> Iterator[Said]:
    after: timedelta | None = None
    for line in text.split("\n"):
        if stamp := _STAMP.match(line):
            hours, minutes, seconds = int(stamp[1]), int(stamp[2]), int(stamp[3] or 0)
            after, line = timedelta(hours=hours, minutes=minutes, seconds=seconds), line[stamp.end() :]  # noqa: PLW2901
        if said := clean(line):
            yield Said(after, said)


def clean(line: str) -> str:
    """Give what is said without markup; the name of a voice stands before its words."""
    line = _VOICE.sub(lambda voice: f"{voice[1].strip()}: ", line)
    line = html.unescape(_TAG.sub("", line))
    return " ".join(_CONTROL.sub(" ", line).split())[:MOST_IN_LINE]


def _moment(stamp: str) -> timedelta:
    clock, _dot, thousandths = stamp.replace(",", ".").partition(".")
    *hours, minutes, seconds = map(int, clock.split(":"))
    whole = sum(hours) * 3600 + minutes * 60 + seconds
    return timedelta(seconds=whole, milliseconds=int(thousandths))
