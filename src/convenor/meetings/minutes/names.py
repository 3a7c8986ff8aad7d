"""Names people and parts of the agenda in the sentences of a record."""

from datetime import date

from convenor.meetings.floor import Channel
from convenor.meetings.minutes.record import ItemRecord, Record
from convenor.meetings.minutes.wording import Say, Wording


class Names:
    """Says things of one record; people are named as far as they may be."""

    def __init__(self, record: Record, wording: Wording) -> None:
        """Gather the names of the parts of the agenda."""
        self.record, self.wording = record, wording
        self.body = record.body or wording.say(Say.BODY)
        self.of_keys: dict[str, str] = {}
        for day in record.days:
            on = wording.on_day(date.fromisoformat(day.date)) if day.date else ""
            self.of_keys[day.key] = day.label or on or day.heading
            for one in day.breaks:
                self.of_keys[one.key] = one.title or wording.say(Say.BREAK)
        self.labels: dict[str, str] = {}
        for item in record.items:
            label = self.labels[item.key] = self._label(item)
            named = wording.say(Say.ITEM, label=label) if label else wording.say(Say.QUOTED, words=item.title)
            self.of_keys[item.key] = named

    def _label(self, item: ItemRecord) -> str:
        """Give the label by which sentences call an item: "2", "2.1", and "2 a)" of what is printed "a)" under it."""
        above = self.labels.get(item.parent, "")
        if not item.label or not above or item.label.startswith(above):
            return item.label
        return f"{above} {self.wording.label(item.label)}"

    def say(self, what: Say, /, **values: object) -> str:
        """Say a sentence; the body that meets is among its values."""
        return self.wording.say(what, **{"body": self.body, **values})

    def item(self, key: str) -> str:
        """Name an item; "" where the agenda has none of this key."""
        return self.of_keys.get(key, "")

    def person(self, key: str, words: str = "") -> str:
        """Name somebody with what they speak for; who is not known is somebody. Typed words stand for a key."""
        person = self.record.people.get(key)
        if person is None or not person.name:
            return words or (self.wording.say(Say.SOMEBODY) if key else "")
        notes = [person.organisation or person.country] if person.organisation or person.country else []
        return self._with_notes(person.name, notes)

    def speaker(self, key: str, channel: Channel) -> str:
        """Name somebody who spoke, with whether they were online."""
        person = self.record.people.get(key)
        notes = [person.organisation or person.country] if person and (person.organisation or person.country) else []
        if channel is not Channel.ROOM:
            notes.append(self.wording.channels[channel.value])
        name = person.name if person and person.name else self.wording.say(Say.SOMEBODY)
        return self._with_notes(name, notes)

    def _joined(self, notes: list[str]) -> str:
        return self.wording.comma.join(self.wording.closed(one) for one in notes)

    def _with_notes(self, name: str, notes: list[str]) -> str:
        return self.wording.say(Say.PERSON, name=name, notes=self._joined(notes)) if notes else name
