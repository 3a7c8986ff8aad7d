"""The summary report as plain values: numbered paragraphs under the agenda's items, three closing parts, annexes.

A paragraph has a key that stays the same when the log grows, so that one which was edited is found again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

Direction = Literal["ltr", "rtl"]


class Does(StrEnum):
    """What a paragraph does."""

    TELLS = "tells"
    DECIDES = "decides"
    ANNOUNCES = "announces"
    ASKS = "asks"
    """An action item: who is to do what by when."""
    PROPOSES = "proposes"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its number, 0 before it was numbered.

    Args:
        key: "item:<item>:opening:<entry>", "decision:<entry>", "action:<entry>" and the like.
        entries: the entries of the log that it is made from.
        item: the agenda item that it belongs to, "" for none.
        repeats: the key of the paragraph that it says again in a closing part; its text and number follow that one.
    """

    key: str
    text: str
    does: Does = Does.TELLS
    entries: tuple[int, ...] = ()
    item: str = ""
    repeats: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs: the opening, an item of the agenda, or a closing part.

    `key` is "opening", "item:<item>", "other", "announcements", "decisions" or "next_steps"; `level` counts from 1.
    `label` is the item's, as it is printed.
    """

    key: str
    heading: str
    label: str = ""
    level: int = 1
    item: str = ""
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """A table at the end: the timetable, the participants, the use of time. `ends` are columns of figures."""

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    ends: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A summary report; `lines` stand below the title: forum, dates and places. `at` is the last moment it tells of."""

    title: str
    language: str
    zone: str
    at: datetime | None
    forum: str = ""
    lines: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] = ()
    direction: Direction = "ltr"

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph, in order."""
        return (one for section in self.sections for one in section.paragraphs)

    def of_item(self, item: str) -> "Report":
        """Return the extract on an item and its sub-items; numbers stay those of the whole."""
        places = [at for at, one in enumerate(self.sections) if one.item == item]
        if not places:
            return replace(self, sections=(), annexes=())
        first = places[0]
        kept = [self.sections[first]]
        for one in self.sections[first + 1 :]:
            if one.level <= kept[0].level or not one.item:
                break
            kept.append(one)
        return replace(self, sections=tuple(kept), annexes=())


def numbered(report: Report) -> Report:
    """Return the report with its paragraphs numbered through; closing parts say again what stands above.

    What is said again follows the words of its paragraph, and goes where that one was removed. It has no number of
    its own: it carries that of the paragraph it repeats.
    """
    sections: list[Section] = []
    at, known = 0, dict[str, Paragraph]()
    for section in report.sections:
        kept: list[Paragraph] = []
        for one in section.paragraphs:
            if one.repeats:
                if one.repeats in known:
                    above = known[one.repeats]
                    kept.append(replace(one, text=above.text, number=above.number))
                continue
            at += 1
            known[one.key] = replace(one, number=at)
            kept.append(known[one.key])
        sections.append(replace(section, paragraphs=tuple(kept)))
    return replace(report, sections=tuple(sections))
