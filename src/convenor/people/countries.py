"""Names of countries and territories: the codes of ISO 3166-1, and a table of short names in six languages.

English, French and Arabic names are our own; Spanish, Russian and Chinese ones come from the Unicode CLDR
(`tools/country_names.py`).
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_TABLE = Path(__file__).parent / "data" / "countries.json"
LANGUAGES = ("en", "fr", "ar", "es", "ru", "zh")  # the order of the columns


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Give code → name in a language (a region after a dash is ignored); English where we have none.

    Unsorted: the order of names is the page's affair.
    """
    known = language.lower().partition("-")[0]
    column = LANGUAGES.index(known) if known in LANGUAGES else 0
    table: dict[str, list[str]] = json.loads(_TABLE.read_text("utf-8"))
    return MappingProxyType({code: names[column] for code, names in table.items()})


def country_name(code: str, language: str) -> str:
    """Give a country's name, or the code where it is unknown."""
    return country_names(language).get(code.upper(), code)
