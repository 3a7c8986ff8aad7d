"""Names of countries and territories: the codes of ISO 3166-1, our own table of short names."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_TABLE = Path(__file__).parent / "data" / "countries.json"
LANGUAGES = ("en", "fr", "ar")


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Give code → name in a language (a region after a dash is ignored); English where we have none.

    Unsorted: the order of names is the page's affair.
    """
    column = LANGUAGES.index(language[:2]) if language[:2] in LANGUAGES else 0
    table: dict[str, list[str]] = json.loads(_TABLE.read_text("utf-8"))
    return MappingProxyType({code: names[column] for code, names in table.items()})


def country_name(code: str, language: str) -> str:
    """Give a country's name, or the code where it is unknown."""
    return country_names(language).get(code.upper(), code)
