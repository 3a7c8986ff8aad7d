"""Where the parts of a programme are: on this site, or beside each other in a folder of files."""

from typing import Protocol

from django.conf import settings
from django.urls import reverse

from convenor.cycle.models import Cycle

INDEX, ROOMS = "index.html", "rooms.html"


class Links(Protocol):
    """Addresses as a page writes them."""

    def programme(self, query: str = "") -> str:
        """Where the programme is."""

    def session(self, number: int) -> str:
        """Where a session's page is."""

    def session_calendar(self, number: int) -> str:
        """Where a session's calendar file is."""

    def calendar(self, query: str = "") -> str:
        """Where the calendar feed is."""

    def json(self, query: str = "") -> str:
        """Where the programme as data is."""


class SiteLinks:
    """Addresses on this site, for one cycle; `origin` put before them makes them whole."""

    def __init__(self, cycle: Cycle, *, origin: str = "") -> None:
        self.base = origin + reverse("publishing:programme", args=cycle.address)

    def programme(self, query: str = "") -> str:
        """Where the programme is."""
        return self.base + query

    def session(self, number: int) -> str:
        """Where a session's page is; a test compares it with the URL table."""
        return f"{self.base}sessions/{number}/"

    def session_calendar(self, number: int) -> str:
        """Where a session's calendar file is."""
        return f"{self.base}sessions/{number}/calendar.ics"

    def calendar(self, query: str = "") -> str:
        """Where the calendar feed is."""
        return f"{self.base}calendar.ics{query}"

    def json(self, query: str = "") -> str:
        """Where the programme as data is."""
        return f"{self.base}programme.json{query}"


class FileLinks:
    """Relative addresses between files; `up` leads from the page that links to the folder of the index."""

    def __init__(self, up: str = "") -> None:
        self.up = up

    def programme(self, query: str = "") -> str:
        """Where the programme is, by hour or by room; files take no query."""
        return f"{self.up}{ROOMS if 'by=room' in query else INDEX}"

    def session(self, number: int) -> str:
        """Where a session's page is."""
        return f"{self.up}sessions/{number}.html"

    def session_calendar(self, number: int) -> str:
        """Where a session's calendar file is."""
        return f"{self.up}sessions/{number}.ics"

    def calendar(self, query: str = "") -> str:
        """Where the calendar file is."""
        return f"{self.up}calendar.ics"

    def json(self, query: str = "") -> str:
        """Where the programme as data is."""
        return f"{self.up}programme.json"


def whole_links(cycle: Cycle) -> SiteLinks:
    """Give addresses that work from outside, in feeds."""
    return SiteLinks(cycle, origin=settings.ORIGIN)
