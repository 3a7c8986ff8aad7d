"""Guess the time zone of somebody from their country; pure but for the table that the zones come with."""

from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH

TABLE = "zone.tab"


def zone_of_country(country: str) -> str:
    """Give the zone of a country's largest place; "" where the country is not known."""
    return _zones().get(country.upper(), "")


@cache
def _zones() -> dict[str, str]:
    """Read country → first zone from the table of the zones' own release; none where it was not installed."""
    found: dict[str, str] = {}
    for line in _table().splitlines():
        country, *rest = line.split("\t")
        if len(rest) > 1 and not line.startswith("#"):
            found.setdefault(country, rest[1])
    return found


def _table() -> str:
    for folder in TZPATH:
        if (path := Path(folder) / TABLE).is_file():
            return path.read_text("utf-8")
    try:
        return resources.files("tzdata.zoneinfo").joinpath(TABLE).read_text("utf-8")
    except (FileNotFoundError, ModuleNotFoundError):
        return ""
