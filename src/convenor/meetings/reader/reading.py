"""Reads the draft agenda of a meeting: text → agenda, doubts and inferred links."""

from dataclasses import dataclass

from convenor.meetings.agenda import Agenda
from convenor.meetings.formats import text_of
from convenor.meetings.reader.checks import check
from convenor.meetings.reader.classify import Classified, classify
from convenor.meetings.reader.columns import regrouped
from convenor.meetings.reader.context import in_context
from convenor.meetings.reader.drafts import DraftBlock, DraftDay, finished
from convenor.meetings.reader.grammar import Grammar
from convenor.meetings.reader.header import Header, read_header
from convenor.meetings.reader.lines import split
from convenor.meetings.reader.links import Link, infer
from convenor.meetings.reader.outline import body_start, real_days, without_apart
from convenor.meetings.reader.presenters import attach
from convenor.meetings.reader.relines import with_lone_labels, with_whole_ranges, writes_dotted_times
from convenor.meetings.reader.rows import rows_of
from convenor.meetings.reader.series import with_inner
from convenor.meetings.reader.source import normalise
from convenor.meetings.reader.spaced import with_columns
from convenor.meetings.reader.texture import texture_of
from convenor.meetings.reader.twelve import shift
from convenor.meetings.reader.warnings import Doubt, Path

HEADER_ROWS = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the agenda, what is doubtful, what was inferred, and the text all spans refer to."""

    source: str
    agenda: Agenda
    warnings: tuple[Doubt, ...]
    links: tuple[Link, ...]


def read(text: str) -> Reading:
    """Read the agenda in a text.

    Deterministic. Every title word, label, date and time of the result stands in `Reading.source` at the spans
    of its field; nothing is invented, no number is mended.

    Raises:
        Unreadable: the text is too long, or is no text.
    """
    source = normalise(text)
    lines = with_columns(with_whole_ranges(with_lone_labels(split(source), source), source))
    dotted = writes_dotted_times(lines)
    rows = without_apart(in_context(classify(rows_of(lines, dotted=dotted), dotted=dotted)))
    agenda, afternoon = _agenda(rows, source)
    links = infer(agenda, source)
    doubts = check(agenda, links, source, afternoon=afternoon)
    return Reading(source, agenda, doubts, links)


def read_document(data: bytes) -> Reading:
    """Read the agenda in a document: plain text in any encoding, Markdown, HTML, DOCX, ODT, RTF or PDF with text.

    The kind is told by the content. `Reading.source` is the text that was made of the document.

    Raises:
        Unreadable: the document is none of these, damaged, protected, too large, or has no text.
    """
    return read(text_of(data))


def _agenda(rows: tuple[Classified, ...], source: str) -> tuple[Agenda, list[Path]]:
    """Return the agenda, and the blocks whose times were read on a 12-hour clock."""
    days = real_days(rows)
    start = body_start(rows, days)
    header = read_header(rows[: min(start, HEADER_ROWS)], source)
    opening = {id(rows[at].row) for at in days}
    body = with_inner(regrouped(rows[start:]))
    grammar = Grammar(header, texture_of(rows[start:]), source)
    grammar.read(
        body,
        day_rows=frozenset(at for at, one in enumerate(body) if id(one.row) in opening),
        level=next((one.row.line.level for one in reversed(rows[:start]) if one.row.line.level), 0),
    )
    _give_session_time(grammar.days, header, len(days))
    kept = [day for day in grammar.days if day.blocks]
    for day in kept:
        day.blocks = day.without_frames()
    afternoon = shift(kept)
    attach(kept, source)
    return finished(header.title, header.purpose, kept), afternoon


def _give_session_time(days: list[DraftDay], header: Header, printed: int) -> None:
    """Give the time printed for a single session to its only block, which has none."""
    dates = header.firm or header.dates
    named = {(date.month, date.days) for date, _ in dates}
    if printed > 1 or len(days) != 1 or header.session is None or len(named) > 1:
        return
    if any(not date.is_single for date, _ in dates):
        return
    blocks = days[0].blocks
    if len(blocks) == 1 and blocks[0].start is None:
        block = DraftBlock.of(header.session)
        blocks[0].start, blocks[0].end, blocks[0].zone = block.start, block.end, block.zone
