"""The catalogues that ship: the strings of a language, its plural forms, and what native readers confirmed."""

import gettext
import json
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from convenor.shared.languages.strings import Entry, read_strings

SOURCE = "en"
COUNTED = (*range(21), *range(100, 106), 111, 1000)  # numbers that show which plural form is for which
EXAMPLES = 6


def reviewed() -> list[str]:
    """Give the codes of the languages that are translations."""
    return [code for code, _name in settings.LANGUAGES if code != SOURCE]


def folder(language: str) -> Path:
    """Give the folder of a language's catalogue."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language)


def entries(language: str) -> Mapping[str, Entry]:
    """Give the strings of a language by key, sorted by their English; read again only when the file changes."""
    path = folder(language) / "LC_MESSAGES/django.po"
    return _entries(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _entries(path: Path, _changed: int) -> Mapping[str, Entry]:
    return {entry.key: entry for entry in read_strings(path.read_text("utf-8"))}


def confirmed_in_file(language: str) -> frozenset[str]:
    """Give the digests that ship as confirmed."""
    path = folder(language) / "confirmed.json"
    return _confirmed(path, path.stat().st_mtime_ns) if path.exists() else frozenset()


@lru_cache(maxsize=16)
def _confirmed(path: Path, _changed: int) -> frozenset[str]:
    return frozenset(json.loads(path.read_text("utf-8")))


@lru_cache(maxsize=16)
def plural_examples(language: str) -> tuple[tuple[int, ...], ...]:
    """Give some numbers for each plural form of a language, in the order of its forms."""
    with (folder(language) / "LC_MESSAGES/django.mo").open("rb") as file:
        rule = gettext.GNUTranslations(file).plural  # type: ignore[attr-defined]  # set by the parser, as Django reads it
    of_form: defaultdict[int, list[int]] = defaultdict(list)
    for number in COUNTED:
        of_form[rule(number)].append(number)
    return tuple(tuple(of_form[form][:EXAMPLES]) for form in range(1 + max(of_form)))


def forms_of(language: str, entry: Entry) -> int:
    """Say how many forms a string has in a language."""
    return len(plural_examples(language)) if len(entry.originals) > 1 else 1


def words_of(entry: Entry) -> str:
    """Give everything that a search looks at, in one letter case."""
    return " ".join(chain(entry.originals, entry.strings, entry.files)).casefold()
