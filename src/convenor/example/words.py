"""The word data of the example world, read from the text files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

THEMES: Mapping[str, tuple[str, int]] = {
    "access": ("Access and infrastructure", 44),
    "trust": ("Security and trust", 40),
    "rights": ("Human rights online", 34),
    "inclusion": ("Inclusion and diversity", 30),
    "economy": ("Digital economy", 26),
    "data": ("Data and privacy", 24),
    "governance": ("Governance and cooperation", 20),
    "emerging": ("Emerging technologies", 12),
}
"""Theme code → its name and how many of 230 proposals it has."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One matter of internet governance, with what can be said about it."""

    theme: str
    name: str
    tags: tuple[str, ...]
    subjects: tuple[str, ...]
    problems: tuple[str, ...]
    tensions: tuple[str, ...]
    questions: tuple[str, ...]
    outcomes: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Names of one language: the words for "example", and given names; each as (written, Latin)."""

    code: str
    examples: tuple[tuple[str, str], ...]
    women: tuple[tuple[str, str], ...]
    men: tuple[tuple[str, str], ...]


def lines(name: str) -> list[str]:
    """Read a data file into its non-empty lines."""
    text = files("convenor.example").joinpath("data", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read a file of sections: a heading after "# ", then one phrase a line."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in lines(name):
        if line.startswith("# "):
            heading = line[2:]
            found[heading] = []
        else:
            found[heading].append(line)
    return {key: tuple(phrases) for key, phrases in found.items()}


def parse_issue(heading: str, phrases: tuple[str, ...]) -> Issue:
    """Read one issue: heading "theme | name | tags", lines led by S, P, T, Q, O or W."""
    theme, name, tags = (part.strip() for part in heading.split("|"))

    def of(letter: str) -> tuple[str, ...]:
        return tuple(line[2:] for line in phrases if line[0] == letter)

    return Issue(theme, name, tuple(tags.split("; ")), of("S"), of("P"), of("T"), of("Q"), of("O"), of("W"))


@cache
def issues() -> tuple[Issue, ...]:
    """Read the issues of all themes, in the order of `THEMES`."""
    return tuple(
        parse_issue(heading, phrases)
        for theme in THEMES
        for heading, phrases in sections(f"issues_{theme}.txt").items()
    )


@cache
def countries() -> Mapping[str, tuple[str, ...]]:
    """Read the languages of each country by its ISO 3166 code."""
    rows = [line.split() for line in lines("countries.txt") if not line.startswith("#")]
    return {code: tuple(spoken.split(",")) for code, spoken in rows}


@cache
def languages() -> Mapping[str, Language]:
    """Read the names of each language."""
    found = {}
    for line in lines("names.txt"):
        if line.startswith("#"):
            continue
        code, *lists = (part.strip() for part in line.split(";"))
        examples, women, men = (tuple(map(_both_writings, part.split())) for part in lists)
        found[code] = Language(code, examples, women, men)
    return found


def _both_writings(word: str) -> tuple[str, str]:
    written, _, latin = word.partition("/")
    return written, latin or written
