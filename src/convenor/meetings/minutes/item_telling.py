"""Tells one item of a meeting: when it was treated, who spoke, what happened, and what became of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from convenor.meetings.clock import Reason, Why
from convenor.meetings.floor.state import ItemState
from convenor.meetings.minutes.happenings import Happenings
from convenor.meetings.minutes.names import Names
from convenor.meetings.minutes.record import ItemRecord, Record, Stretch
from convenor.meetings.minutes.report import Paragraph, Section
from convenor.meetings.minutes.statements import statements
from convenor.meetings.minutes.wording import Say

LATE = timedelta(minutes=5)
"""From so much on the report says that something began late."""
MOST_DEPTH = 3


class ItemTelling:
    """Tells the items of one record."""

    def __init__(self, record: Record, names: Names, happened: Happenings) -> None:
        """Take what is told, and how."""
        self.record, self.names, self.happened, self.wording = record, names, happened, names.wording

    def section(self, item: ItemRecord) -> Section:
        """Tell an item under its printed label and title."""
        found = [*self._of_stretches(item), *self._left(item)]
        level = min(item.depth, MOST_DEPTH) + 1
        label = self.wording.label(item.label)
        return Section(f"item:{item.key}", item.title, label, level, item.key, tuple(found))

    def _of_stretches(self, item: ItemRecord) -> Iterator[Paragraph]:
        if not item.stretches:
            yield from self.happened.of(item.key)
        for place, stretch in enumerate(item.stretches):
            following = item.stretches[place + 1] if place + 1 < len(item.stretches) else None
            if place == 0:
                yield from self.happened.of(item.key, before=stretch.entry)
                yield self._begun(item, stretch)
                yield from self._brought(item)
            else:
                yield self._resumed(item, stretch)
            yield from statements(item, stretch, self.names)
            yield from self.happened.of(item.key, stretch.entry, before=following.entry if following else None)
            rests = following is None and item.state is ItemState.PAUSED and stretch.span.end not in self._ends
            if stretch.span.end and (following or rests):
                time = self.wording.clock(stretch.span.end, self.record.zone)
                key = f"item:{item.key}:suspended:{stretch.entry}"
                yield Paragraph(key, self.names.say(Say.SUSPENDED, time=time), entries=(stretch.entry,), item=item.key)

    @property
    def _ends(self) -> set[datetime | None]:
        """When days were closed: what they let rest needs no words, unless it goes on."""
        return {day.actual.end for day in self.record.days if day.actual}

    def _begun(self, item: ItemRecord, stretch: Stretch) -> Paragraph:
        when = self._when(stretch)
        if label := self.names.labels[item.key]:
            said = self.names.say(Say.TAKEN_UP, label=label, title=item.title, **when)
        else:
            said = self.names.say(Say.TAKEN_UP_BARE, title=item.title, **when)
        earlier = self.record.item(item.continues) if item.continues else None
        if earlier:
            said = self.wording.joined(said, self.names.say(Say.GOES_ON_WITH, item=self.names.item(earlier.key)))
        said = self.wording.joined(said, self._late(item, stretch))
        return Paragraph(f"item:{item.key}:opening:{stretch.entry}", said, entries=(stretch.entry,), item=item.key)

    def _late(self, item: ItemRecord, stretch: Stretch) -> str:
        if item.planned is None or stretch.span.start - item.planned.start < LATE:
            return ""
        zone = self.record.zone
        time = self.wording.clock(item.planned.start, zone)
        causes = [self._cause(one) for one in item.delayed]
        if not causes:
            return self.names.say(Say.LATE, time=time)
        return self.names.say(Say.LATE_BECAUSE, time=time, causes="; ".join(causes))

    def _cause(self, reason: Reason) -> str:
        if reason.code is Why.WAITS_FOR_GUEST and reason.at:
            time = self.wording.clock(reason.at, self.record.zone)
            return self.names.say(Say.COULD_COME, name=reason.key, time=time)
        return self.wording.cause(reason, self.names.of_keys, self.record.zone)

    def _resumed(self, item: ItemRecord, stretch: Stretch) -> Paragraph:
        said = self.names.say(Say.RESUMED, **self._when(stretch))
        return Paragraph(f"item:{item.key}:resumed:{stretch.entry}", said, entries=(stretch.entry,), item=item.key)

    def _when(self, stretch: Stretch) -> Mapping[str, str]:
        start, zone = stretch.span.start, self.record.zone
        return {"time": self.wording.clock(start, zone), "day": self.wording.day_of(start, zone)}

    def _brought(self, item: ItemRecord) -> Iterator[Paragraph]:
        if item.presenters:
            said = self.names.say(Say.INTRODUCED, names=self.wording.listed(item.presenters))
            yield Paragraph(f"item:{item.key}:introduced", said, item=item.key)
        if item.documents:
            said = self.names.say(Say.BEFORE_IT, documents=self.wording.listed(item.documents))
            yield Paragraph(f"item:{item.key}:documents", said, item=item.key)

    def _left(self, item: ItemRecord) -> Iterator[Paragraph]:
        """Say that an item was put off or never came up; while a meeting is held nothing is said of the rest."""
        if item.state is ItemState.POSTPONED:
            to, zone = self.record.blocks.get(item.put_off_to), self.record.zone
            said = self.names.say(Say.PUT_OFF)
            if to:
                when = {"day": self.wording.day_of(to.start, zone), "time": self.wording.clock(to.start, zone)}
                said = self.names.say(Say.PUT_OFF_TO, **when)
            yield Paragraph(f"item:{item.key}:put_off", said, item=item.key)
        elif self._is_over and item.depth == 0 and not any(one.stretches for one in (item, *self._below(item))):
            yield Paragraph(f"item:{item.key}:not_taken_up", self.names.say(Say.NOT_TAKEN_UP), item=item.key)

    def _below(self, item: ItemRecord) -> Iterator[ItemRecord]:
        for one in self.record.items:
            if one.parent == item.key:
                yield one
                yield from self._below(one)

    @property
    def _is_over(self) -> bool:
        days = [day for day in self.record.days if day.actual]
        return bool(days) and len(days) == len(self.record.days) and all(day.actual and day.actual.end for day in days)
