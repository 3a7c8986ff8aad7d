"""Writes the draft summary report of a record: what is said of the meeting, of each item, and at the end."""

from collections.abc import Iterator, Mapping
from datetime import date

from convenor.meetings.minutes.annexes import annexes
from convenor.meetings.minutes.happenings import happenings
from convenor.meetings.minutes.item_telling import LATE, ItemTelling
from convenor.meetings.minutes.names import Names
from convenor.meetings.minutes.record import DayRecord, Minuted, Record
from convenor.meetings.minutes.report import Does, Paragraph, Report, Section, numbered
from convenor.meetings.minutes.wording import Say, Wording

NEVER = "9999-99-99"  # behind every date


def report_of(record: Record, wording: Wording) -> Report:
    """Return the draft summary report, numbered, in the language of the wording."""
    return _Telling(record, wording).report()


class _Telling:
    """Tells one record."""

    def __init__(self, record: Record, wording: Wording) -> None:
        self.record, self.wording = record, wording
        self.names = Names(record, wording)
        self.happened = happenings(record, self.names)

    def report(self) -> Report:
        """Return the whole."""
        record, names = self.record, self.names
        telling = ItemTelling(record, names, self.happened)
        items = tuple(telling.section(one) for one in record.items)
        return numbered(
            Report(
                title=names.say(Say.TITLE, title=record.title),
                language=self.wording.language,
                direction=self.wording.direction,
                zone=record.zone,
                at=record.until,
                forum=record.forum,
                lines=tuple(self._lines()),
                sections=(self._opening(), *items, *self._other(), *self._closing(items)),
                annexes=tuple(annexes(record, names)),
            )
        )

    # The meeting

    def _lines(self) -> Iterator[str]:
        dates = sorted(date.fromisoformat(day.date) for day in self.record.days if day.date)
        places = dict.fromkeys(day.place for day in self.record.days if day.place)
        if line := self.wording.comma.join([*([self.wording.period(dates[0], dates[-1])] if dates else []), *places]):
            yield line
        if self.record.chairs:
            yield self.names.say(Say.CHAIRED, names=self.wording.listed(self.record.chairs))
        yield self.names.say(Say.ZONE, zone=self.record.zone)

    def _opening(self) -> Section:
        paragraphs = [one for day in self.record.days if (one := self._day(day))]
        if there := self._attendance():
            paragraphs.append(there)
        return Section("opening", self.names.say(Say.OPENING), paragraphs=tuple(paragraphs))

    def _day(self, day: DayRecord) -> Paragraph | None:
        if day.actual is None:
            return None
        zone, start, end = self.record.zone, day.actual.start, day.actual.end
        named = {"day": self.wording.day_of(start, zone), "start": self.wording.clock(start, zone)}
        said = (
            self.names.say(Say.DAY_HELD, **named, end=self.wording.clock(end, zone))
            if end
            else self.names.say(Say.DAY_OPEN, **named)
        )
        if day.planned and abs(start - day.planned.start) >= LATE:
            planned = self.names.say(Say.DAY_PLANNED, times=self.wording.span(day.planned, zone))
            said = self.wording.joined(said, planned)
        entries = tuple(one for one in (day.opened, day.closed) if one)
        return Paragraph(f"day:{day.key}", said, entries=entries)

    def _attendance(self) -> Paragraph | None:
        there = {one.person for one in self.record.attendance}
        people = [one for one in self.record.people.values() if one.key in there]
        if not people:
            return None
        parts = []
        for capacity, name in self.wording.capacities.items():
            if number := sum(one.capacity is capacity for one in people):
                parts.append(self.names.say(Say.NAMED, name=name, value=number))
        said = self.names.say(Say.TOOK_PART, people=self.wording.took_part(len(people)), capacities="; ".join(parts))
        return Paragraph("attendance", said)

    # The end

    def _other(self) -> Iterator[Section]:
        """Yield what belongs to no item and to no closing part."""
        if found := tuple(one for one in self.happened.loose if one.does in (Does.TELLS, Does.PROPOSES)):
            yield Section("other", self.names.say(Say.OTHER), paragraphs=found)

    def _closing(self, items: tuple[Section, ...]) -> Iterator[Section]:
        above = [one for section in items for one in section.paragraphs]
        parts = (
            ("announcements", Say.ANNOUNCEMENTS, Does.ANNOUNCES, Say.NONE_ANNOUNCED),
            ("decisions", Say.DECISIONS, Does.DECIDES, Say.NONE_DECIDED),
            ("next_steps", Say.NEXT_STEPS, Does.ASKS, Say.NONE_TO_DO),
        )
        for key, heading, does, none in parts:
            repeated = [
                Paragraph(f"again:{one.key}", one.text, does, one.entries, one.item, repeats=one.key)
                for one in above
                if one.does is does
            ]
            found = [*repeated, *(one for one in self.happened.loose if one.does is does)]
            found.sort(key=self._due if does is Does.ASKS else lambda one: ("", one.entries))
            if not found:
                found = [Paragraph(f"{key}:none", self.names.say(none))]
            yield Section(key, self.names.say(heading), paragraphs=tuple(found))

    def _due(self, paragraph: Paragraph) -> tuple[str, tuple[int, ...]]:
        due: Mapping[int, Minuted] = {one.entry: one for one in self.record.actions}
        action = due.get(paragraph.entries[0])
        return (action.due if action and action.due else NEVER), paragraph.entries
