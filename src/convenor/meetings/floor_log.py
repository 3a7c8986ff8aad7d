"""The log of a meeting in the database: read, made a state, added to by one writer at a time."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction

from convenor.meetings.floor import Channel, Entry, Kind, Setting, State, Step, fold, record
from convenor.meetings.floor.actuals import OF_TIME
from convenor.meetings.floor_models import FloorEntry, FloorWords, floor_topic
from convenor.meetings.floor_people import people_in, speakers
from convenor.meetings.models import Block, BlockKind, Continuation, Day, Item, Meeting
from convenor.meetings.syncing import key_of
from convenor.shared.live.news import tell, topic_of

START = "0" * 64  # stands before the first entry
TOKEN = re.compile(r"[A-Za-z0-9-]{0,40}")  # holds no name


def append(
    meeting: Meeting,
    step: Step,
    *,
    by: str,
    at: datetime,
    channel: Channel,
    expected: int | None = None,
    token: str = "",
    words: Mapping[str, str] | None = None,
) -> tuple[FloorEntry, bool]:
    """Add the entry of a step to a meeting's log; give it, and whether it is new.

    A message whose token the same person has used is not entered twice, and gives the entry that it made.

    One at a time: on PostgreSQL the meeting's row is locked, SQLite has one writer. `words` are what was typed with
    it; they stand beside the log.

    Raises:
        Barred: the step cannot be done now; nothing was entered.
        ValueError: the token is none.
    """
    if not TOKEN.fullmatch(token):
        raise ValueError("the token of a message is made of letters, digits and hyphens")
    with transaction.atomic():
        lock(meeting)
        if token and (known := FloorEntry.objects.filter(meeting=meeting, by=by, token=token).first()):
            return known, False
        last = FloorEntry.objects.filter(meeting=meeting).order_by("-sequence").first()
        state = state_of(meeting)
        setting = setting_of(meeting, state, at=at)
        entry = record(state, setting, step, by=by, at=at, channel=channel, expected=expected)
        row = FloorEntry(
            meeting=meeting,
            sequence=entry.sequence,
            kind=entry.kind.value,
            by=entry.by,
            at=entry.at,
            channel=entry.channel.value,
            values=entry.values,
            token=token,
            digest=digest_of(meeting, entry, last.digest if last else START),
        )
        row.save(force_insert=True)
        FloorWords.objects.bulk_create(
            FloorWords(entry=row, field=field, text=text) for field, text in (words or {}).items() if text
        )
        _tell(meeting, entry.kind)
    return row, True


def _tell(meeting: Meeting, kind: Kind) -> None:
    """Have open pages of the floor follow, and of the agenda where its times change."""
    if kind in OF_TIME:
        tell(topic_of(meeting))
    tell(floor_topic(meeting.pk))


def lock(meeting: Meeting) -> None:
    """Wait until nobody else writes about a meeting; call it in a transaction."""
    Meeting.objects.select_for_update(no_key=True).only("pk").get(pk=meeting.pk)


def entries_of(meeting: Meeting, *, after: int = 0, kinds: Collection[Kind] = ()) -> list[Entry]:
    """Give the entries of a meeting in order, all or those after a number, or of some kinds."""
    return [entry for entry, _digest in _rows(meeting, after + 1, kinds)]


def _rows(meeting: Meeting, first: int, kinds: Collection[Kind] = ()) -> list[tuple[Entry, str]]:
    columns = ("sequence", "kind", "by", "at", "channel", "values", "digest")
    rows = FloorEntry.objects.filter(meeting=meeting, sequence__gte=first).order_by("sequence")
    if kinds:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    return [
        (Entry(sequence, Kind(kind), by, at, Channel(channel), values), digest)
        for sequence, kind, by, at, channel, values, digest in rows.values_list(*columns)
    ]


def state_of(meeting: Meeting) -> State:
    """Give where a meeting stands.

    Each process keeps the last state of some meetings, so that it reads only what came since (bench/floor.py says what
    that saves). It is known by its digest, which is that of the whole log before it: a state of a transaction that
    was undone is never taken for the log's.
    """
    known = _KNOWN.get(meeting.pk)
    if known and (rows := _rows(meeting, known.state.sequence)) and rows[0][1] == known.digest:
        state = fold((entry for entry, _digest in rows[1:]), known.state)
    else:
        rows = _rows(meeting, 1)
        state = fold(entry for entry, _digest in rows)
    if rows:
        _KNOWN.pop(meeting.pk, None)
        _KNOWN[meeting.pk] = _Known(state, rows[-1][1])
        if len(_KNOWN) > MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)), None)
    return state


@dataclass(frozen=True, slots=True)
class _Known:
    """The state that a process keeps, and the digest of the last entry in it."""

    state: State
    digest: str


MOST_KNOWN = 16  # meetings whose state a process keeps
_KNOWN: dict[int, _Known] = {}


def setting_of(meeting: Meeting, state: State, *, at: datetime) -> Setting:
    """Give the agenda of a meeting as the floor reads it, and what is known of those who speak or answer."""
    found = Item.objects.filter(block__day__meeting=meeting, block__kind=BlockKind.ITEMS)
    parents = dict(found.order_by("block__day__order", "block__order", "order").values_list("pk", "parent"))
    links = Continuation.objects.filter(later__block__day__meeting=meeting, undone_at=None)
    return Setting(
        days=tuple(key_of(day) for day in Day.objects.filter(meeting=meeting)),
        blocks={
            key_of(block): block.kind != BlockKind.ITEMS
            for block in Block.objects.filter(day__meeting=meeting).order_by("day__order", "order")
        },
        items=tuple(f"i{item}" for item, parent in parents.items() if parent is None),
        parts={f"i{item}": f"i{_top(item, parents)}" for item, parent in parents.items() if parent is not None},
        continues={f"i{later}": f"i{earlier}" for earlier, later in links.values_list("earlier", "later")},
        speakers=speakers(meeting, people_in(state), on=meeting.cycle.day_of(at)),
    )


def _top(item: int, parents: Mapping[int, int | None]) -> int:
    while (above := parents.get(item)) is not None:
        item = above
    return item


def first_fault(meeting: Meeting) -> int | None:
    """Give the number of the first entry that was changed or is missing; None where the log is whole."""
    previous = START
    for number, (entry, digest) in enumerate(_rows(meeting, 1), start=1):
        if entry.sequence != number or digest_of(meeting, entry, previous) != digest:
            return number
        previous = digest
    return None


def digest_of(meeting: Meeting, entry: Entry, previous: str) -> str:
    """Compute the digest of an entry from its content and the digest before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [previous, meeting.pk, entry.sequence, entry.kind, entry.by, at, entry.channel, entry.values]
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
