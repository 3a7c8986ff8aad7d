"""Which column says what, and which code a spelling means: guessed, for people to correct. Pure and deterministic."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache, partial

from convenor.people.plainwords import bare
from convenor.proposals.importing.fields import FIELD_OF_KIND, FIELDS, KINDS
from convenor.proposals.importing.tables import Table

Words = Mapping[str, Mapping[str, str]]  # kind → spelling as bare words → code
_NEAR_HEADING, _NEAR_VALUE = 0.88, 0.84  # share of letters in common
_LOOKED_AT = 200  # rows that a guess by content looks at
_MOST_OF = 0.7  # share of the cells of a column that have to agree
_LONG = 160  # letters of the mean cell of a description
MOST_NEAR = 400  # different spellings of a kind that are compared letter by letter
_PARTS = re.compile(r"\s*[/|;]\s*|\s+[–—-]\s+|\s*\(|\)\s*")
SURE, NEAR, UNKNOWN = "sure", "near", "unknown"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a spelling was taken for, and how sure that is; no code where it is unknown."""

    code: str
    how: str


def guess_columns(table: Table, words: Words, known: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Give a field for every column, "" for those that are left out.

    First what the forum said before (`known`), then the headings, then headings that are nearly the same, then what
    stands in the cells. No field is given twice unless it may be.

    Args:
        known: heading as bare words → field, "" for one that was left out on purpose.
        names: further headings, such as those of the template in every language.
    """
    if table.fields is not None:
        asked = [field or known.get(bare(heading), "") for heading, field in _paired(table)]
        return tuple(code or "" for code in _once(asked))
    keys = [_key(heading) for heading in table.header]
    found: list[str | None] = [known.get(bare(heading)) for heading in table.header]
    for place, key in enumerate(keys):
        if found[place] is None:
            found[place] = names.get(bare(table.header[place])) or names.get(key)
    for place, key in enumerate(keys):
        if found[place] is None:
            found[place] = _near_heading(key, names)
    found = [*_once(found)]
    for place, code in enumerate(found):
        if code is None:
            found[place] = _by_content([cells[place] for _n, cells in table.rows[:_LOOKED_AT]], words, taken=found)
    return tuple(code or "" for code in found)


def _paired(table: Table) -> list[tuple[str, str]]:
    return list(zip(table.header, table.fields or (), strict=True))


def _key(heading: str) -> str:
    """Give a heading without the number that tells one of several columns, and without what stands in brackets."""
    return re.sub(r"\b\d+\b", " ", bare(re.sub(r"[(\[（].*?[)\]）]", " ", heading))).replace("  ", " ").strip()


def _once(codes: Sequence[str | None]) -> list[str | None]:
    """Leave a field with the first column that says it."""
    seen: set[str] = set()
    kept: list[str | None] = []
    for code in codes:
        is_free = not code or code not in seen or FIELDS[code].may_repeat
        kept.append(code if is_free else None)
        seen.add(code or "")
    return kept


@lru_cache(maxsize=2_000)
def _near(word: str, choices: tuple[str, ...], least: float) -> str:
    found = get_close_matches(word, choices, n=1, cutoff=least)
    return found[0] if found else ""


def _near_heading(key: str, names: Mapping[str, str]) -> str | None:
    if len(key) < len("theme"):
        return None
    return names.get(_near(key[:80], tuple(names), _NEAR_HEADING))


def _by_content(cells: Sequence[str], words: Words, *, taken: Sequence[str | None]) -> str | None:
    """Tell a column by its cells: addresses, codes of the rule set, a long text, short ones that differ."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    if _share(filled, lambda cell: "@" in cell and " " not in cell):
        return _free("proposer-email", taken)
    for kind in KINDS:
        if kind not in ("regions", "languages") and _share(filled, partial(_sure, words=words[kind])):
            return _free(FIELD_OF_KIND[kind], taken)
    mean = sum(map(len, filled)) / len(filled)
    if mean > _LONG:
        return _free("summary", taken)
    return None


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(fits(cell) for cell in cells) >= _MOST_OF * len(cells)


def _sure(cell: str, words: Mapping[str, str]) -> bool:
    return len(cell) <= 80 and guess_value(cell, words, near=False).how == SURE  # noqa: PLR2004 - longer ones are texts


def _free(code: str, taken: Sequence[str | None]) -> str | None:
    return None if code in taken else code


def guess_value(text: str, words: Mapping[str, str], *, near: bool = True) -> Guess:
    """Give the code of a spelling: as a whole, by its parts where they agree, or by the nearest one.

    “Civil society / CS / société civile” is civil society, since none of its parts says something else.
    """
    key = bare(text[:200])
    if code := words.get(key) or words.get(text.strip().casefold()):
        return Guess(code, SURE)
    parts = [part for part in (bare(one) for one in _PARTS.split(text[:200])) if part]
    codes = {words[part] for part in parts if part in words}
    if len(parts) > 1 and len(codes) == 1:
        return Guess(codes.pop(), SURE if all(part in words for part in parts) else NEAR)
    if near and len(codes) < 2 and len(key) >= len("abc") and (found := _near_word(key, words)):  # noqa: PLR2004 - two disagree
        return Guess(words[found], NEAR)
    return Guess("", UNKNOWN)


def _near_word(key: str, words: Mapping[str, str]) -> str:
    return max(
        (word for word in words if _alike(key, word)),
        key=lambda word: (SequenceMatcher(None, key, word, autojunk=False).ratio(), word),
        default="",
    )


def _alike(key: str, word: str) -> bool:
    if not 0.7 < len(key) / len(word or " ") < 1.43:  # noqa: PLR2004 - else the ratio cannot reach the least
        return False
    compared = SequenceMatcher(None, key, word, autojunk=False)
    return (
        compared.real_quick_ratio() >= _NEAR_VALUE
        and compared.quick_ratio() >= _NEAR_VALUE
        and compared.ratio() >= _NEAR_VALUE
    )


def guess_values(spellings: Sequence[str], words: Mapping[str, str], told: Mapping[str, str]) -> dict[str, Guess]:
    """Give what every spelling of a kind was taken for; what people told, by bare words, counts first."""
    found: dict[str, Guess] = {}
    compared = 0
    for text in spellings:
        key = bare(text[:200])
        if key in told:
            found[text] = Guess(told[key], SURE if told[key] else UNKNOWN)
            continue
        guess = guess_value(text, words, near=compared < MOST_NEAR)
        compared += guess.how != SURE
        found[text] = guess
    return found
