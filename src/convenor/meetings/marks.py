"""The source of an agenda as safe HTML, with what was recognised marked in place."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from convenor.meetings.agenda import Agenda, Block, Item, Kind, Span
from convenor.meetings.reader import Doubt, Reading

# From the one that wins where marks overlap to the one that yields.
QUESTION, BREAK, TIME, PART = CLASSES = ("q", "b", "t", "")
_GLUE = re.compile(r"[^\w\n]{0,4}")
Mark = tuple[Span, str]


def marked(reading: Reading) -> SafeString:
    """Give the source with `mark` elements; doubt number n carries the id `s<n>` and a link to `#w<n>`.

    Every character of the source is escaped, so that no word of a document becomes mark-up.
    """
    source, doubts = reading.source, list(reading.warnings)
    notes = _notes(doubts)
    pieces: list[str] = []
    for text, style, end in _segments(source, [*_marks(reading.agenda, source), *_questions(doubts)], notes):
        pieces.append(_piece(text, style))
        pieces.extend(_note(number) for number in notes.get(end, ()))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above, see `_piece`


def _piece(text: str, style: str | None) -> str:
    if style is None or not text.strip():
        return escape(text)
    return f'<mark class="{style}">{escape(text)}</mark>' if style else f"<mark>{escape(text)}</mark>"


def _note(number: int) -> str:
    name = escape(_("Open point %(number)s") % {"number": number})
    return f'<sup id="s{number}"><a href="#w{number}" aria-label="{name}">{number}</a></sup>'


def _notes(doubts: Sequence[Doubt]) -> dict[int, list[int]]:
    """Give the numbers of the doubts by the offset after which their note stands."""
    notes: defaultdict[int, list[int]] = defaultdict(list)
    for number, doubt in enumerate(doubts, start=1):
        if doubt.spans:
            notes[doubt.spans[0].end].append(number)
    return notes


def _segments(source: str, marks: Sequence[Mark], stops: Iterable[int]) -> Iterator[tuple[str, str | None, int]]:
    """Cut the source wherever a mark begins or ends; each piece gets the strongest class that covers it."""
    turns: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for span, style in marks:
        turns[span.start][style] += 1
        turns[span.end][style] -= 1
    active: Counter[str] = Counter()
    edges = sorted({0, len(source), *turns, *stops})
    for start, end in pairwise(edges):
        for style, change in turns.get(start, {}).items():
            active[style] += change
        yield source[start:end], next((style for style in CLASSES if active[style] > 0), None), end


def _questions(doubts: Iterable[Doubt]) -> Iterator[Mark]:
    return ((span, QUESTION) for doubt in doubts for span in doubt.spans)


def _marks(agenda: Agenda, source: str) -> Iterator[Mark]:
    yield from _all(agenda.spans.values(), PART)
    for day in agenda.days:
        yield from _all(day.spans.values(), PART)
        for block in day.blocks:
            yield from _block_marks(block, source)


def _block_marks(block: Block, source: str) -> Iterator[Mark]:
    yield from _all((spans for name, spans in block.spans.items() if name != "room"), TIME)
    yield from _all((block.spans.get("room", ()),), PART)
    style = PART if block.kind is Kind.ITEMS else BREAK
    for item in block.items:
        for part in item.walk():
            yield from ((span, style) for span in _joined(part, source))


def _joined(item: Item, source: str) -> Iterator[Span]:
    """Give the spans of an item, label and title in one where only punctuation parts them."""
    last: Span | None = None
    for span in sorted(span for spans in item.spans.values() for span in spans):
        if last is None:
            last = span
        elif span.start <= last.end or _GLUE.fullmatch(source, last.end, span.start):
            last = Span(last.start, max(last.end, span.end))
        else:
            yield last
            last = span
    if last is not None:
        yield last


def _all(groups: Iterable[tuple[Span, ...]], style: str) -> Iterator[Mark]:
    return ((span, style) for spans in groups for span in spans)
