"""What differs between two texts, word by word; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")  # Chinese has no gaps between words


class Fate(StrEnum):
    """What became of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph before and after; empty where it was not there."""

    key: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of both."""
        return tuple(words_between(self.before, self.after))


def words_between(before: str, after: str) -> Iterator[Piece]:
    """Yield the words of both texts in order; what was replaced stands before what replaced it."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for code, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            yield Piece(Fate.SAME, "".join(new[k:m]))
            continue
        if i < j:
            yield Piece(Fate.GONE, "".join(old[i:j]))
        if k < m:
            yield Piece(Fate.NEW, "".join(new[k:m]))


def paired(before: Mapping[str, str], after: Mapping[str, str]) -> Sequence[Pair]:
    """Pair the paragraphs of two texts that differ, in the order of the later one; what is gone comes last."""
    found = [Pair(key, before.get(key, ""), text) for key, text in after.items() if before.get(key, "") != text]
    return found + [Pair(key, text, "") for key, text in before.items() if key not in after]
