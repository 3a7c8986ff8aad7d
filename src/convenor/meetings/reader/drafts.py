"""The agenda while it is being built: runs instead of words, and what nesting needs to know."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from convenor.meetings.agenda import Agenda, Audience, Block, Day, Item, Kind, Span, Spans
from convenor.meetings.reader.runs import EMPTY, Run, join
from convenor.meetings.reader.timed import Timed


@dataclass(slots=True)
class DraftItem:
    """An item in the making; `form` is "section", "word", "label", "bullet", "plain" or "row".

    A section is the heading of a part, with its `level`; a word is a title such as "Session 2: ...". `inner` says
    that the label begins a series inside the one it stands in, `style` which brackets stand around it.
    """

    title: Run
    form: str
    label: Run = EMPTY
    kind: str = ""
    order: tuple[int, ...] = ()
    bullet: str = ""
    indent: int = 0
    level: int = 0
    inner: bool = False
    style: str = ""
    lines: int = 1
    minutes: int | None = None
    length: Run = EMPTY
    mark: Run = EMPTY
    presenters: list[Run] = field(default_factory=list)
    documents: list[Run] = field(default_factory=list)
    children: list["DraftItem"] = field(default_factory=list)

    def finished(self) -> Item:
        # Words in the place of a length that say none ("Duration: all day") are no length.
        length = EMPTY if self.minutes is None else self.length
        people, papers = _distinct(self.presenters), _distinct(self.documents)
        return Item(
            self.label.words or None,
            self.title.words,
            self.minutes,
            children=tuple(child.finished() for child in self.children),
            presenters=tuple(run.words for run in people),
            documents=tuple(run.words for run in papers),
            spans=_spans(
                label=self.label, title=self.title, minutes=length, presenters=join(people), documents=join(papers)
            ),
        )


@dataclass(slots=True)
class DraftBlock:
    """A block in the making; `start` and `end` are (as "HH:MM", where printed).

    `level` is that of the heading its time stands under, 0 where there is none; `frames` says that its time stands
    on a day line, so that it may be the hours of the day; `is_open` that a sign stands where its time would.
    """

    start: tuple[str, Run] | None = None
    end: tuple[str, Run] | None = None
    room: Run = EMPTY
    mark: Run = EMPTY
    zone: Run = EMPTY
    kind: Kind = Kind.ITEMS
    level: int = 0
    frames: bool = False
    is_open: bool = False
    items: list[DraftItem] = field(default_factory=list)

    @classmethod
    def of(cls, timed: Timed | None, ends: Timed | None = None) -> "DraftBlock":
        """Return the block that a printed time opens; `ends` is the time of a column of ends."""
        if timed is None:
            return cls()
        end = (timed.end, timed.end_run) if timed.end else (ends.start, ends.start_run) if ends else None
        return cls((timed.start, timed.start_run), end, zone=timed.zone_run)

    def finished(self) -> Block:
        spans = _spans(
            start=self.start[1] if self.start else EMPTY,
            end=self.end[1] if self.end else EMPTY,
            room=self.room,
            continued=self.mark,
            zone=self.zone,
        )
        return Block(
            start=self.start[0] if self.start else None,
            end=self.end[0] if self.end else None,
            kind=self.kind,
            room=self.room.words or None,
            continued=bool(self.mark),
            items=tuple(item.finished() for item in self.items),
            zone=self.zone.words or None,
            spans=spans,
        )

    def holds(self, other: "DraftBlock") -> bool:
        """Say whether the other block lies in the hours of this one."""
        return bool(self.start and self.end and other.start and self.start[0] <= other.start[0] < self.end[0])


@dataclass(slots=True)
class DraftDay:
    """A day in the making; `key` is its month and day."""

    label: Run = EMPTY
    date: str | None = None
    date_run: Run = EMPTY
    key: tuple[int, int] | None = None
    heading: Run = EMPTY
    place: Run = EMPTY
    audience: Audience | None = None
    audience_run: Run = EMPTY
    blocks: list[DraftBlock] = field(default_factory=list)

    def without_frames(self) -> list[DraftBlock]:
        """Return the blocks without the hours of the day, which have nothing of their own and hold the next block."""
        kept = list[DraftBlock]()
        for block, following in zip(self.blocks, [*self.blocks[1:], None], strict=True):
            if not (block.frames and not block.items and following and block.holds(following)):
                kept.append(block)
        return kept

    def finished(self) -> Day:
        spans = _spans(
            date=self.date_run,
            label=self.label,
            heading=self.heading,
            place=self.place,
            audience=self.audience_run,
        )
        return Day(
            date=self.date,
            label=self.label.words or None,
            heading=self.heading.words or None,
            place=self.place.words or None,
            audience=self.audience,
            blocks=tuple(block.finished() for block in self.blocks),
            spans=spans,
        )


def finished(title: Run, purpose: Run, days: Iterable[DraftDay]) -> Agenda:
    """Return the agenda of the drafts."""
    return Agenda(
        title=title.words or None,
        purpose=purpose.words or None,
        days=tuple(day.finished() for day in days),
        spans=_spans(title=title, purpose=purpose),
    )


def _distinct(runs: Iterable[Run]) -> list[Run]:
    """Return the runs in the order of the source, each wording once."""
    found: dict[str, Run] = {}
    for run in sorted((run for run in runs if run), key=lambda run: run.spans[0]):
        found.setdefault(run.words, run)
    return list(found.values())


def _spans(**runs: Run) -> Spans:
    found: dict[str, tuple[Span, ...]] = {name: run.spans for name, run in runs.items() if run}
    return found
