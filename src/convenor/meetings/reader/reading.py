"""Reads the draft agenda of a meeting: text → agenda, doubts and inferred links."""

from dataclasses import dataclass

from convenor.meetings.agenda import Agenda
from convenor.meetings.reader.checks import check
from convenor.meetings.reader.classify import Classified, Sort, classify
from convenor.meetings.reader.columns import regrouped
from convenor.meetings.reader.drafts import DraftBlock, DraftDay, finished
from convenor.meetings.reader.grammar import Grammar
from convenor.meetings.reader.header import Header, read_header
from convenor.meetings.reader.lines import split
from convenor.meetings.reader.links import Link, infer
from convenor.meetings.reader.outline import body_start, real_days, without_apart
from convenor.meetings.reader.rows import rows_of, writes_dotted_times
from convenor.meetings.reader.source import normalise
from convenor.meetings.reader.texture import texture_of
from convenor.meetings.reader.warnings import Warning


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the agenda, what is doubtful, what was inferred, and the text all spans refer to."""

    source: str
    agenda: Agenda
    warnings: tuple[Warning, ...]
    links: tuple[Link, ...]


def read(text: str) -> Reading:
    """Read the agenda in a text.

    Deterministic. Every title word, label, date and time of the result stands in `Reading.source` at the spans
    of its field; nothing is invented, no number is mended.

    Raises:
        Unreadable: the text is too long, or is no text.
    """
    source = normalise(text)
    lines = split(source)
    dotted = writes_dotted_times(lines)
    rows = without_apart(classify(rows_of(lines, dotted=dotted), dotted=dotted))
    agenda = _agenda(rows, source)
    links = infer(agenda, source)
    return Reading(source, agenda, check(agenda, links, source), links)


def _agenda(rows: tuple[Classified, ...], source: str) -> Agenda:
    days = real_days(rows)
    start = body_start(rows, days)
    header = read_header(rows[:start], source)
    opening = {id(rows[at].row) for at in days}
    body = regrouped(rows[start:])
    grammar = Grammar(header, texture_of(rows[start:]), source)
    grammar.read(body, day_rows=frozenset(at for at, one in enumerate(body) if id(one.row) in opening))
    _give_session_time(grammar.days, header, len(days))
    return finished(header.title, header.purpose, [day for day in grammar.days if day.blocks])


def _give_session_time(days: list[DraftDay], header: Header, printed: int) -> None:
    """Give the time printed for a single session to its only block, which has none."""
    if printed > 1 or len(days) != 1 or header.session is None or days[0].date is None:
        return
    blocks = days[0].blocks
    if len(blocks) == 1 and blocks[0].start is None:
        block = DraftBlock.of(header.session)
        blocks[0].start, blocks[0].end = block.start, block.end


__all__ = ["Reading", "Sort", "read"]
