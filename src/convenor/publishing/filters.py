"""What the address asks for: filters and the grouping of the programme, pure over talks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from convenor.publishing.talks import Talk

BY_ROOM = "room"


@dataclass(frozen=True, slots=True)
class Filters:
    """The reader's wish: a day (ISO), a room, a theme (code), words, and "room" to group by room; empty for any."""

    day: str = ""
    room: str = ""
    theme: str = ""
    q: str = ""
    by: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Filters":
        """Read the values of an address; what is not known is left out."""
        found = {name: values.get(name, "").replace("\0", "").strip()[:200] for name in cls.__slots__}
        return replace(cls(**found), by=BY_ROOM if found["by"] == BY_ROOM else "")

    @property
    def narrows(self) -> bool:
        """Whether some sessions may be left out."""
        return bool(self.day or self.room or self.theme or self.q)

    def query(self, **changes: str) -> str:
        """Give the query string for an address, "?…" or empty, with some values changed."""
        wanted = replace(self, **changes)
        values = {name: value for name in self.__slots__ if (value := getattr(wanted, name))}
        return f"?{urlencode(values)}" if values else ""

    def narrow(self, talks: Iterable[Talk], people: Mapping[int, Iterable[str]]) -> tuple[Talk, ...]:
        """Keep the talks that fit; every word must stand in its title, body, room, theme, kind, number or people."""
        words = self.q.casefold().split()
        return tuple(
            talk
            for talk in talks
            if (not self.day or talk.day.isoformat() == self.day)
            and (not self.room or talk.room == self.room)
            and (not self.theme or talk.theme == self.theme)
            and (not words or _has(talk, words, people.get(talk.id, ())))
        )


def _has(talk: Talk, words: Iterable[str], people: Iterable[str]) -> bool:
    parts = (talk.title, talk.organisation, talk.room, talk.theme_name, talk.kind_name, str(talk.number), *people)
    text = " ".join(parts).casefold()
    return all(word in text for word in words)
