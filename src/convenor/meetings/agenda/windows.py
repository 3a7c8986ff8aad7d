"""When a guest can be there: "10:40–11:30 Name", "10:40– Name" from then on, "–11:30 Name" until then."""

import re
from dataclasses import dataclass

_TIME = r"(?:([01]?\d|2[0-3])[:.h]([0-5]\d))"
_LINE = re.compile(rf"\s*{_TIME}?\s*(?:([–—-])\s*{_TIME}?)?\s+(\S.*?)\s*")


@dataclass(frozen=True, slots=True)
class Window:
    """A guest's name, and from when until when they can be there ("HH:MM", None where it is open)."""

    name: str
    arrives: str | None
    leaves: str | None

    def __str__(self) -> str:
        """Write the window as it is kept."""
        return f"{self.arrives or ''}–{self.leaves or ''} {self.name}"


def window_of(line: str) -> Window | None:
    """Read a window as somebody typed it, or as it is kept; a single time is that of the arrival."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    arrives, leaves = _time(match[1], match[2]), _time(match[4], match[5])
    if arrives is None and leaves is None:
        return None
    if arrives and leaves and leaves <= arrives:
        return None
    return Window(match[6], arrives, leaves)


def _time(hour: str | None, minute: str | None) -> str | None:
    return f"{int(hour):02d}:{minute}" if hour else None
