"""The annexes of a summary report: the timetable, the participants, the use of time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from convenor.meetings.minutes.names import Names
from convenor.meetings.minutes.record import BreakRecord, DayRecord, ItemRecord, Record, Share
from convenor.meetings.minutes.report import Annex
from convenor.meetings.minutes.sources import Capacity, Mode, Person
from convenor.meetings.minutes.wording import Say

INDENT = "\u2003"  # before sub-items, so that the cell of a table shows their depth
DASH = "–"
ROMAN = ("I", "II", "III")


def annexes(record: Record, names: Names) -> Iterator[Annex]:
    """Yield the annexes that have something to tell, numbered."""
    found: list[Annex] = []
    if any(day.actual or day.printed for day in record.days):
        found.append(_timetable(record, names))
    if any(person.capacity for person in record.people.values()):
        found.append(_participants(record, names))
    if record.speeches:
        found.append(_use_of_time(record, names))
    for number, annex in zip(ROMAN, found, strict=False):
        yield replace(annex, title=names.say(Say.ANNEX, number=number, title=annex.title))


def _timetable(record: Record, names: Names) -> Annex:
    rows: list[tuple[str, ...]] = []
    zone, wording = record.zone, names.wording
    for day in record.days:
        rows.append((_day_name(day, names), wording.span(day.printed, zone), wording.span(day.actual, zone)))
        for part in _in_order(day, record):
            if isinstance(part, BreakRecord):
                title, held = part.title or names.say(Say.BREAK), [part.actual] if part.actual else []
            else:
                title, held = _item_name(part, names), [one.span for one in part.stretches]
            times = ", ".join(wording.span(span, zone) for span in held)
            rows.append((title, wording.span(part.printed, zone), times or DASH))
    header = (names.say(Say.PART), names.say(Say.PLANNED), names.say(Say.HELD))
    return Annex("timetable", names.say(Say.TIMETABLE), header, tuple(rows), widths=(56.0, 18.0, 26.0))


def _day_name(day: DayRecord, names: Names) -> str:
    on = names.wording.on_day(date.fromisoformat(day.date)) if day.date else ""
    return ": ".join(part for part in (day.label, on) if part) or day.heading


def _in_order(day: DayRecord, record: Record) -> list[ItemRecord | BreakRecord]:
    """Give the items and breaks of a day in the order of the agenda: a break behind what is planned before it."""
    parts: list[ItemRecord | BreakRecord] = [one for one in record.items if one.day == day.key]
    for pause in day.breaks:
        if pause.printed is None:
            parts.append(pause)
            continue
        start = pause.printed.start
        places = [at for at, one in enumerate(parts) if one.printed is not None and one.printed.start < start]
        at = places[-1] + 1 if places else 0
        while at < len(parts) and isinstance(part := parts[at], ItemRecord) and part.depth > 0:
            at += 1
        parts.insert(at, pause)
    return parts


def _item_name(item: ItemRecord, names: Names) -> str:
    label = names.wording.label(item.label)
    return INDENT * item.depth + " ".join(part for part in (label, item.title) if part)


def _participants(record: Record, names: Names) -> Annex:
    known = [one for one in record.people.values() if one.capacity is not None]
    listed = sorted((one for one in known if one.is_listed and one.name), key=_place)
    columns: list[tuple[str, Callable[[Person], str]]] = [
        (names.say(Say.NAME), lambda one: one.name),
        (names.say(Say.ORGANISATION), lambda one: one.organisation),
        (names.say(Say.COUNTRY), lambda one: one.country),
        (names.say(Say.CAPACITY), lambda one: names.wording.capacities[one.capacity] if one.capacity else ""),
    ]
    there = {(one.person, one.day): one.mode for one in record.attendance}
    if there and listed:
        columns.append((names.say(Say.DAYS), lambda one: _days(one, record, there, names)))
    used = [(title, value) for title, value in columns if any(value(one) for one in listed)] or columns[:1]
    rows = tuple(tuple(value(one) for _title, value in used) for one in listed)
    unnamed = len(known) - len(listed)
    notes = (names.wording.not_named(unnamed),) if unnamed else ()
    header = tuple(title for title, _value in used)
    return Annex("participants", names.say(Say.PARTICIPANTS), header, rows, notes)


def _place(person: Person) -> tuple[int, str, str, str]:
    order = list(Capacity).index(person.capacity) if person.capacity else 0
    return order, person.name.casefold(), person.name, person.key


def _days(person: Person, record: Record, there: dict[tuple[str, str], Mode], names: Names) -> str:
    """Say on which days somebody was there, counted from 1; an online day says so."""
    found = []
    for number, day in enumerate(record.days, start=1):
        if mode := there.get((person.key, day.key)):
            found.append(f"{number}" if mode is Mode.ROOM else f"{number} ({names.say(Say.ONLINE)})")
    return ", ".join(found)


def _use_of_time(record: Record, names: Names) -> Annex:
    rows: list[tuple[str, ...]] = []
    parts: Sequence[tuple[Say, Sequence[Share], Callable[[str], str]]] = (
        (Say.BY_GROUP, record.by_group, lambda code: record.groups.get(code, code)),
        (Say.BY_REGION, record.by_region, lambda code: record.regions.get(code, code)),
        (Say.BY_CHANNEL, record.by_channel, lambda code: names.wording.channels.get(code, code)),
    )
    for heading, shares, name_of in parts:
        whole = sum(one.seconds for one in shares)
        if all(not one.code for one in shares):
            continue  # nothing is known, or may be shown
        for one in shares:
            name = name_of(one.code) or names.say(Say.NOT_STATED)
            share = f"{100 * one.seconds / whole:.0f} %" if whole else DASH
            length = names.wording.length(one.seconds)
            rows.append((names.say(heading), name, str(one.turns), str(one.people), length, share))
    header = tuple(names.say(one) for one in (Say.SPOKE_AS, Say.NAME, Say.TURNS, Say.PEOPLE, Say.TIME, Say.SHARE))
    return Annex("use_of_time", names.say(Say.USE_OF_TIME), header, tuple(rows), ends=frozenset({2, 3, 4, 5}))
