"""The order in which the words of a printed line are read, where it is written from right to left."""

import unicodedata
from collections.abc import Iterable, Sequence

_SWAPPED = str.maketrans("()[]{}«»", ")(][}{»«")


def is_right_to_left(texts: Iterable[str]) -> bool:
    """Say whether most letters are of a script that is written from right to left."""
    right = left = 0
    for text in texts:
        direction = _direction(text)
        right += direction == "R"
        left += direction == "L"
    return right > left


def in_reading_order(words: Sequence[Sequence[str]], *, mirrored: bool = False) -> str:
    """Return the text of words that are given as they stand, from left to right, each a list of signs.

    Words without letters, such as times, run as their page does: from right to left where that is `mirrored`.

    An approximation of the Unicode algorithm run backwards: on lines from right to left, Latin words and the figures
    beside them keep their order among themselves; on lines from left to right the same goes for Arabic words.
    """
    kinds = [_direction("".join(word)) for word in words]
    runs = mirrored if not any(kinds) else is_right_to_left(sign for word in words for sign in word)
    if not runs:
        said = [_word(word) if kind == "R" else "".join(word) for word, kind in zip(words, kinds, strict=True)]
        return " ".join(_with_turned(said, kinds, turned="R"))
    said = [_word(word) if kind == "R" else _foreign(word) for word, kind in zip(words, kinds, strict=True)]
    return " ".join(reversed(_with_turned(said, _with_figures(kinds), turned="L")))


def _with_turned(said: list[str], kinds: list[str], *, turned: str) -> list[str]:
    """Turn the order of each run of words of a direction."""
    found: list[str] = []
    at = 0
    while at < len(said):
        end = at
        while end < len(said) and kinds[end] == turned:
            end += 1
        found += reversed(said[at:end]) if end > at else [said[at]]
        at = max(end, at + 1)
    return found


def _with_figures(kinds: list[str]) -> list[str]:
    """Let figures that follow a Latin word belong to it."""
    found: list[str] = []
    for kind in kinds:
        found.append("L" if kind == "" and found and found[-1] == "L" else kind)
    return found


def _word(signs: Sequence[str]) -> str:
    """Return a word of letters from right to left, its figures and Latin letters as they stand."""
    found: list[str] = []
    run: list[str] = []
    for sign in signs:
        if _direction(sign) == "L" or sign.isdigit() or (run and sign in ".,:/"):
            run.append(sign)
            continue
        found += ["".join(run)] if run else []
        run = []
        found.append(sign)
    found += ["".join(run)] if run else []
    return _upright("".join(reversed(found)))


def _foreign(signs: Sequence[str]) -> str:
    """Return a Latin word or a number on a line from right to left: the marks around it stand on the other side."""
    text = "".join(signs)
    core = text.strip("".join(sign for sign in text if not sign.isalnum()))
    if not core:
        return _upright(text[::-1])
    before, _, after = text.partition(core)
    return _upright(after[::-1] + core + before[::-1])


def _upright(text: str) -> str:
    """Turn brackets whose closing one comes first: some programs write what is seen, others what is meant."""
    opened, closed = text.find("("), text.find(")")
    return text.translate(_SWAPPED) if 0 <= closed < opened else text


def _direction(text: str) -> str:
    """Return R or L for a text with letters of that direction, else nothing."""
    for sign in text:
        if sign.isascii():
            if sign.isalpha():
                return "L"
            continue
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return "R"
        if kind == "L":
            return "L"
    return ""
