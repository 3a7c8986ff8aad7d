"""What differs between two texts, in words. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_TOKENS = re.compile(r"(?:[\u3400-\u9fff\u3040-\u30ff]|\w+|[^\w\s]|^)\s*")  # a word and the space after it
MOST_PAIRS = 300_000  # of like words: a text of one word repeated has the square of its length, and is not compared


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: str  # same, came, went
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Give both texts as one line of pieces: without what came it is the first text, without what went the second.

    Paragraphs are compared first, then the words of those that changed.
    """
    found = list[Piece]()
    for old, new in _blocks(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        found += [Piece("same", old)] if old == new else _words(old, new)
    return list(_joined(found))


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    for _tag, a, b, c, d in _matcher(before, after):
        yield "".join(before[a:b]), "".join(after[c:d])


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    for tag, a, b, c, d in _matcher(old, new):
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield from (Piece("went", "".join(old[a:b])), Piece("came", "".join(new[c:d])))


def _matcher(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    counted, others = Counter(before), Counter(after)
    if sum(number * others[word] for word, number in counted.items()) > MOST_PAIRS:
        return [("replace", 0, len(before), 0, len(after))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()  # type: ignore[return-value]  # tags are plain words


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Put neighbours of a kind together."""
    said = [piece for piece in pieces if piece.text]
    for kind, group in groupby(said, key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))
