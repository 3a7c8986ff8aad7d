"""Sixth stage: infers which items are one matter that goes on, from the words of the agenda alone."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from convenor.meetings.agenda import Agenda, Item, Span
from convenor.meetings.reader.runs import Run
from convenor.meetings.reader.warnings import Path
from convenor.meetings.reader.words import CONTINUED

LOOKED_AT = 200
_CONTINUE = re.compile(
    r"(?:(?:to\s+)?(?:continue[sd]?|continuing|continuation|cont['’]d|resume[sd]?|resuming|resumption|finali[sz]e|conclude|"
    r"suite|poursuite|reprise|continuaci[oó]n|continuar|continuaç[aã]o|fortsetzung|wiederaufnahme|prosecuzione|seguito)"
    r"(?:\s*(?:,|and|or|&|et|y|e|und)\s*)?\s*)+(?:(?:of|the|with|on|to|de|du|des|la|le|del|der|da|do|di|von)\b\s*)*",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset({"the", "and", "for", "with", "from", "des", "les", "los", "las", "und", "der", "die", "das", "del"})


class Reason(StrEnum):
    """Why two items are taken for one matter."""

    CONTINUE_WORDS = "continue_words"
    """The later title says that it continues what an earlier one names."""
    SAME_TITLE = "same_title"
    """The earlier block or the later title is marked as continued, and both titles are the same."""


@dataclass(frozen=True, slots=True)
class Link:
    """The item at `target` continues the item at `source`.

    `spans` are the words of the later title it was inferred from, `matched` those of the earlier one. Paths are
    (day, block, item), each an index from 0.
    """

    source: Path
    target: Path
    reason: Reason
    spans: tuple[Span, ...]
    matched: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Title:
    path: Path
    words: frozenset[str]
    plain: str
    run: Run
    marked: bool


def infer(agenda: Agenda, source: str) -> tuple[Link, ...]:
    """Return the links between items, in the order of the later item; at most one link leads to an item."""
    links: list[Link] = []
    earlier: dict[str, list[_Title]] = defaultdict(list)
    same: dict[str, _Title] = {}
    for path, item, marked in _top_items(agenda):
        title = _title(path, item, source, marked=marked)
        link = _by_words(title, earlier) or _by_title(title, same)
        links += [link] if link else []
        for part in item.walk():
            told = _title(path, part, source, marked=marked)
            for word in told.words:
                earlier[word].append(told)
        same[title.plain] = title
    return tuple(links)


def _top_items(agenda: Agenda) -> Iterator[tuple[Path, Item, bool]]:
    for day, told in enumerate(agenda.days):
        for block, time in enumerate(told.blocks):
            for place, item in enumerate(time.items):
                yield (day, block, place), item, time.continued


def _title(path: Path, item: Item, source: str, *, marked: bool) -> _Title:
    spans = item.spans.get("title", ())
    run = Run("".join(source[span.start : span.end] for span in spans), spans)
    opening = _CONTINUE.match(run.text)
    plain = " ".join(CONTINUED.sub("", run.text).casefold().split())
    has_mark = plain != " ".join(run.text.casefold().split())
    return _Title(path, _words(run.text[opening.end() if opening else 0 :]), plain, run, marked or has_mark)


def _words(text: str) -> frozenset[str]:
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in _STOP)


def _by_words(title: _Title, earlier: dict[str, list[_Title]]) -> Link | None:
    """Find the last earlier title that holds every word the title says it continues."""
    if not _CONTINUE.match(title.run.text) or not title.words:
        return None
    rarest = min(sorted(title.words), key=lambda word: len(earlier.get(word, ())))
    for other in reversed(earlier.get(rarest, [])[-LOOKED_AT:]):
        if title.words <= other.words and other.path != title.path:
            return Link(other.path, title.path, Reason.CONTINUE_WORDS, title.run.spans, other.run.spans)
    return None


def _by_title(title: _Title, same: dict[str, _Title]) -> Link | None:
    other = same.get(title.plain)
    if other is None or not title.plain or not (other.marked or title.marked) or other.path[:2] == title.path[:2]:
        return None
    return Link(other.path, title.path, Reason.SAME_TITLE, title.run.spans, other.run.spans)
