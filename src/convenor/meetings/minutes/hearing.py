"""Joins captions and turns to the verbatim record: what was said while somebody had the floor is theirs."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from convenor.meetings.clock.projection import Span
from convenor.meetings.floor import Wish
from convenor.meetings.minutes.names import Names
from convenor.meetings.minutes.record import Record, Speech
from convenor.meetings.minutes.sources import Caption
from convenor.meetings.minutes.verbatim import Sitting, Utterance, Verbatim, Voice
from convenor.meetings.minutes.wording import Say, Wording

SILENCE = timedelta(seconds=5)
"""After so long without words a new paragraph begins."""
LONG = 700  # characters, from which on a paragraph ends with its sentence
ENDS = (".", "!", "?", "…", "。", "！", "？", "؟")


def verbatim_of(
    record: Record, captions: Sequence[Caption], wording: Wording, *, days: Collection[str] | None = None
) -> Verbatim:
    """Return what was said, by speaker and by item; `days` are those that the reader may see, None for all.

    Captions belong to whoever had the floor when they were said. Outside of turns a name that the captions give
    counts; without one it is the chair while an item is treated or a day is open, and nobody known else.
    """
    names = Names(record, wording)
    lines = [one for one in captions if days is None or one.day in days]
    turns = [one for one in record.speeches if days is None or one.day in days]
    pieces = list(_pieces(sorted(lines, key=lambda one: one.at), turns, record)) if lines else []
    sittings = tuple(_sittings(pieces, record, names))
    return Verbatim(
        title=names.say(Say.VERBATIM_TITLE, title=record.title),
        language=wording.language,
        direction=wording.direction,
        zone=record.zone,
        at=record.until,
        forum=record.forum,
        lines=(names.say(Say.ZONE, zone=record.zone),),
        sittings=sittings,
        silence=names.say(Say.NO_WORDS),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one voice said without another in between."""

    voice: Voice
    turn: Speech | None
    name: str
    day: str
    item: str
    lines: tuple[Caption, ...] = ()

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return self.turn.span.start if self.turn and not self.lines else self.lines[0].at


class _Heard:
    """Finds who had the floor and what was treated at a moment, in a meeting of any length."""

    def __init__(self, record: Record, turns: Sequence[Speech]) -> None:
        self.record = record
        self.turns = sorted(turns, key=lambda one: (one.span.start, one.entry))
        self.starts = [one.span.start for one in self.turns]
        treated = [(one.entry, item.key, one.span) for item in record.items for one in item.stretches]
        self.items = [(key, span) for _entry, key, span in sorted(treated, key=lambda one: one[0])]
        self.item_starts = [span.start for _key, span in self.items]

    def piece(self, line: Caption) -> _Piece:
        """Say whose a line is."""
        turn, day, item = self.turn_at(line.at), line.day or self.day_at(line.at), self.item_at(line.at)
        if turn is not None:
            person = self.record.people.get(turn.person)
            if not line.by or person is None or not person.name or _is_same(line.by, person.name):
                return _Piece(Voice.SPEAKER, turn, "", turn.day, turn.item)
        if line.by:
            return _Piece(Voice.NAMED, None, line.by, day, item)
        is_pause = any(_within(one.actual, line.at) for each in self.record.days for one in each.breaks)
        is_led = bool(self.day_at(line.at)) and not is_pause
        return _Piece(Voice.CHAIR if is_led else Voice.UNKNOWN, None, "", day, item)

    def turn_at(self, at: datetime) -> Speech | None:
        """Give the turn that lasted at a moment; behind one that was interrupted stand those that cut in."""
        for place in range(bisect_right(self.starts, at) - 1, -1, -1):
            one = self.turns[place]
            if one.span.end is None or at < one.span.end:
                return one
            if one.wish is not Wish.POINT_OF_ORDER:
                return None
        return None

    def item_at(self, at: datetime) -> str:
        """Give the item that was treated at a moment, or ""."""
        place = bisect_right(self.item_starts, at) - 1
        return self.items[place][0] if place >= 0 and _within(self.items[place][1], at) else ""

    def day_at(self, at: datetime) -> str:
        """Give the day that was open at a moment, or ""."""
        return next((one.key for one in self.record.days if _within(one.actual, at)), "")


def _pieces(lines: Sequence[Caption], turns: Sequence[Speech], record: Record) -> Iterator[_Piece]:
    """Yield the pieces in the order of time; turns without words are among them."""
    heard, found = _Heard(record, turns), list[_Piece]()
    some = list[Caption]()
    for line in lines:
        piece = heard.piece(line)
        if found and found[-1] == piece:
            some.append(line)
            continue
        if found:
            found[-1] = replace(found[-1], lines=tuple(some))
        found.append(piece)
        some = [line]
    if found:
        found[-1] = replace(found[-1], lines=tuple(some))
    said = {piece.turn.entry for piece in found if piece.turn}
    silent = [_Piece(Voice.SPEAKER, one, "", one.day, one.item) for one in turns if one.entry not in said]
    yield from sorted((*found, *silent), key=lambda one: one.began_at)


def _within(span: Span | None, at: datetime) -> bool:
    return span is not None and span.start <= at and (span.end is None or at < span.end)


def _is_same(said: str, name: str) -> bool:
    """Say whether a name in captions ("MS. ADA OBI") is that of somebody ("Ada Obi")."""
    words = set(name.casefold().split())
    return bool(words & {word.strip(".,:;()") for word in said.casefold().split()})


def _sittings(pieces: Sequence[_Piece], record: Record, names: Names) -> Iterator[Sitting]:
    counts: Counter[int] = Counter()
    days = {day.key: day for day in record.days}
    for (day, item), some in groupby(pieces, key=lambda one: (one.day, one.item)):
        found = record.item(item)
        yield Sitting(
            day=day,
            date=names.wording.on_day(date.fromisoformat(days[day].date)) if day in days and days[day].date else "",
            item=item,
            label=names.wording.label(found.label) if found else "",
            heading=found.title if found else "",
            utterances=tuple(_utterance(one, counts, names) for one in some),
        )


def _utterance(piece: _Piece, counts: Counter[int], names: Names) -> Utterance:
    turn = piece.turn
    key = f"said:{piece.began_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    if turn is not None:
        counts[turn.entry] += 1
        key = f"turn:{turn.entry}" + (f":{counts[turn.entry]}" if counts[turn.entry] > 1 else "")
    last = piece.lines[-1].at if piece.lines else piece.began_at
    return Utterance(
        key=key,
        voice=piece.voice,
        person=turn.person if turn else "",
        name=_name(piece, names),
        began_at=piece.began_at,
        ended_at=turn.span.end if turn and turn.span.end and not piece.lines else last,
        paragraphs=tuple(_paragraphs(piece.lines)),
        item=piece.item,
    )


def _name(piece: _Piece, names: Names) -> str:
    if piece.turn is not None:
        return names.speaker(piece.turn.person, piece.turn.channel)
    if piece.voice is Voice.NAMED:
        return piece.name
    return names.say(Say.THE_CHAIR if piece.voice is Voice.CHAIR else Say.UNIDENTIFIED)


def _paragraphs(lines: Sequence[Caption]) -> Iterator[str]:
    """Join lines to paragraphs: a new one after a silence, or when it is long and a sentence has ended."""
    some: list[str] = []
    size, before = 0, None
    for line in lines:
        is_apart = before is not None and line.at - before > SILENCE and some[-1].endswith(ENDS)
        if some and (is_apart or (size > LONG and some[-1].endswith(ENDS))):
            yield " ".join(some)
            some, size = [], 0
        some.append(line.text)
        size, before = size + len(line.text), line.at
    if some:
        yield " ".join(some)
