"""Reads the log once, from the first entry to the last, and notes what the record of a meeting holds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.clock import Guest, Occurrence, Part, Plan, Projection, Reason, Span, Why, project
from convenor.meetings.floor import Entry, Kind, State, change
from convenor.meetings.floor.actuals import actuals
from convenor.meetings.minutes.deciding import decided
from convenor.meetings.minutes.noting import noted
from convenor.meetings.minutes.record import BreakRecord, DayRecord, ItemRecord, Record, Speech, Stretch
from convenor.meetings.minutes.sources import Sources
from convenor.meetings.minutes.speaking import shares, speeches

BEGINS = frozenset({Kind.TAKEN_UP, Kind.CONTINUED})
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def record_of(sources: Sources) -> Record:
    """Return everything the log says; the same sources give the same record, in whatever order people are given."""
    seen = _seen(sources.entries)
    times, printed = _times(sources.plan, sources.entries), None
    if sources.printed is not None:
        printed = _times(sources.printed, ())
    state, until = seen.state, sources.entries[-1].at if sources.entries else None
    spoken = tuple(speeches(state, until))
    minuted = noted(sources, state, seen.day_at)
    counts, checks, decisions = decided(sources, state, seen.day_at)
    order = {day.key: place for place, day in enumerate(sources.agenda.days)}
    return Record(
        title=sources.title,
        forum=sources.forum,
        body=sources.body,
        zone=sources.zone,
        language=sources.language,
        until=until,
        chairs=sources.chairs,
        days=tuple(_days(sources.agenda, seen, times, printed or times)),
        blocks={key: span for key, span in sorted(times.blocks.items()) if span},
        items=tuple(_items(sources, seen, (times, printed or times), spoken)),
        speeches=spoken,
        counts=counts,
        checks=checks,
        decisions=decisions,
        announcements=minuted.announcements,
        actions=minuted.actions,
        proposals=minuted.proposals,
        notes=minuted.notes,
        attendance=tuple(sorted(sources.attendance, key=lambda one: (order.get(one.day, len(order)), one))),
        people={key: sources.people[key] for key in sorted(sources.people)},
        groups=dict(sorted(sources.groups.items())),
        regions=dict(sorted(sources.regions.items())),
        by_group=shares(spoken, lambda one: person.group if (person := sources.people.get(one.person)) else ""),
        by_region=shares(spoken, lambda one: person.region if (person := sources.people.get(one.person)) else ""),
        by_channel=shares(spoken, lambda one: one.channel.value),
    )


@dataclass(slots=True)
class _Seen:
    """What one reading of the log notes: the last state, and of days, breaks and items when each began and ended."""

    state: State = field(default_factory=State)
    day_at: dict[int, str] = field(default_factory=dict)
    opened: dict[str, Entry] = field(default_factory=dict)
    closed: dict[str, Entry] = field(default_factory=dict)
    breaks: dict[str, Span] = field(default_factory=dict)
    stretches: defaultdict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    put_off: dict[str, str] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Take one more entry."""
        before, self.state = self.state, change(self.state, entry)
        after = self.state
        self.day_at[entry.sequence] = after.day or before.day
        if entry.kind is Kind.DAY_OPENED:
            self.opened.setdefault(after.day, entry)
            self.closed.pop(after.day, None)
        elif entry.kind is Kind.DAY_CLOSED:
            self.closed[before.day] = entry
        elif entry.kind is Kind.POSTPONED:
            self.put_off[entry.text("item")] = entry.text("to")
        self._take_break(before, entry)
        self._take_item(before, entry)

    def _take_break(self, before: State, entry: Entry) -> None:
        was, now = (one.block if one.is_break else "" for one in (before, self.state))
        if was and was != now:
            self.breaks[was] = self.breaks[was]._replace(end=entry.at)
        if now and was != now:
            first = self.breaks.get(now)
            self.breaks[now] = Span(first.start if first else entry.at)

    def _take_item(self, before: State, entry: Entry) -> None:
        after = self.state
        if before.item and before.item != after.item:
            last = self.stretches[before.item][-1]
            self.stretches[before.item][-1] = replace(last, span=last.span._replace(end=entry.at))
        if entry.kind in BEGINS:
            self.put_off.pop(after.item, None)
            is_continued = entry.kind is Kind.CONTINUED or bool(self.stretches[after.item])
            self.stretches[after.item].append(Stretch(entry.sequence, after.day, Span(entry.at), is_continued))


def _seen(entries: tuple[Entry, ...]) -> _Seen:
    seen = _Seen()
    for entry in entries:
        seen.take(entry)
    return seen


@dataclass(frozen=True, slots=True)
class _Times:
    """What the clock says: the planned times of days, blocks and items, and why an item began late."""

    days: dict[str, Span | None] = field(default_factory=dict)
    blocks: dict[str, Span | None] = field(default_factory=dict)
    items: dict[str, Span | None] = field(default_factory=dict)
    delayed: dict[str, tuple[Reason, ...]] = field(default_factory=dict)


def _times(plan: Plan, entries: Sequence[Entry]) -> _Times:
    times = _Times()
    if not plan.days:
        return times
    projection = project(plan, actuals(entries), entries[-1].at if entries else LONG_AGO)
    for day in projection.days:
        times.days[day.key] = day.planned
        times.blocks.update((block.key, block.planned) for block in day.blocks)
    guests = {item.key: item.guests for item in plan.items()}
    for key, one in _first_stretches(projection):
        times.items[key] = one.planned
        times.delayed[key] = _delayed(one, guests.get(key, ())) if isinstance(one, Occurrence) else ()
    return times


def _delayed(one: Occurrence, guests: Sequence[Guest]) -> tuple[Reason, ...]:
    """Say why an item began late: of one that was simply taken up late, for which guest it had to wait."""
    if one.planned is None or one.actual is None:
        return one.delayed
    planned, began = one.planned.start, one.actual.start
    for guest in guests:
        if guest.arrives is not None and planned < guest.arrives <= began:
            waits = Reason(Why.WAITS_FOR_GUEST, guest.name, guest.arrives - planned, guest.arrives)
            return (*(why for why in one.delayed if (why.code, why.key) != (Why.TAKEN_UP_LATE, one.item)), waits)
    return one.delayed


def _first_stretches(projection: Projection) -> Iterator[tuple[str, Occurrence | Part]]:
    for one in projection.occurrences():
        if one.number == 1:
            yield one.item, one
            for part in one.parts:
                yield part.key, part


def _days(agenda: Agenda, seen: _Seen, times: _Times, printed: _Times) -> Iterator[DayRecord]:
    for day in agenda.days:
        opened, closed = seen.opened.get(day.key), seen.closed.get(day.key)
        yield DayRecord(
            key=day.key,
            date=day.date or "",
            label=day.label or "",
            heading=day.heading or "",
            place=day.place or "",
            planned=times.days.get(day.key),
            printed=printed.days.get(day.key),
            actual=Span(opened.at, closed.at if closed else None) if opened else None,
            breaks=tuple(
                BreakRecord(
                    block.key,
                    "; ".join(item.title for item in block.items),
                    times.blocks.get(block.key),
                    printed.blocks.get(block.key),
                    seen.breaks.get(block.key),
                )
                for block in day.blocks
                if block.kind != "items"
            ),
            opened=opened.sequence if opened else 0,
            closed=closed.sequence if closed else 0,
        )


def _items(
    sources: Sources, seen: _Seen, both: tuple[_Times, _Times], spoken: tuple[Speech, ...]
) -> Iterator[ItemRecord]:
    times, printed = both
    under = defaultdict[str, list[Speech]](list)
    for one in spoken:
        under[one.item].append(one)
    for item, day, depth, parent in _walk(sources.agenda):
        yield ItemRecord(
            key=item.key,
            label=item.label or "",
            title=item.title,
            depth=depth,
            parent=parent,
            day=day,
            planned=times.items.get(item.key),
            printed=printed.items.get(item.key),
            stretches=tuple(seen.stretches.get(item.key, ())),
            state=seen.state.items.get(item.key),
            put_off_to=seen.put_off.get(item.key, ""),
            continues=sources.continues.get(item.key, ""),
            delayed=times.delayed.get(item.key, ()),
            presenters=item.presenters,
            documents=item.documents,
            speeches=tuple(under.get(item.key, ())),
        )


def _walk(agenda: Agenda) -> Iterator[tuple[Item, str, int, str]]:
    """Yield each item with its day, its depth and the item above, in reading order; breaks hold none."""

    def below(items: tuple[Item, ...], day: str, depth: int, parent: str) -> Iterator[tuple[Item, str, int, str]]:
        for item in items:
            yield item, day, depth, parent
            yield from below(item.children, day, depth + 1, item.key)

    for day in agenda.days:
        for block in day.blocks:
            if block.kind == "items":
                yield from below(block.items, day.key, 0, "")
