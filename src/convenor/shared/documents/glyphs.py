"""Which characters the shipped fonts can draw: asked before a document is made, so that none stops it."""

import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from convenor.shared.documents.text import FALLBACK, UNKNOWN, clusters

FONTS = Path(__file__).parent / "fonts"
# Latin first; symbols before Chinese, whose arrows and circles are wider.
FIRST, LAST = ("Noto Sans",), ("Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans CJK SC")
IGNORED = "\u200c\u200d\u200e\u200f"  # steer the letters beside them and are never drawn


@cache
def coverage() -> dict[str, frozenset[int]]:
    """Give the code points of each family, in the order in which families are tried."""
    found: dict[str, set[int]] = {}
    for path in sorted(FONTS.glob("*.?tf")):
        with TTFont(path, lazy=True) as font:
            name = font["name"].getDebugName(16) or font["name"].getDebugName(1)
            found.setdefault(name, set()).update(font.getBestCmap())
    order = [*FIRST, *sorted(set(found) - set(FIRST) - set(LAST)), *LAST]
    return {name: frozenset(found[name]) for name in order}


def drawable(text: str, lost: Counter[int]) -> str:
    """Replace each character that no shipped font draws by the fallback sign, and count it in `lost`.

    A letter and its marks are drawn with one font: a mark that no font has together with its letter is replaced too,
    and so is a mark without a letter.
    """
    if text.isascii():
        return text
    kept = []
    for cluster in clusters(text):
        drawn, missing = _drawn(cluster)
        kept.append(drawn)
        lost.update(missing)
    return "".join(kept)


def bare(text: str, lost: Counter[int]) -> str:
    """Give letters only, one by one, without marks and joiners: the last resort for text that no shaping can take."""
    kept = []
    for letter in text:
        drawn, missing = _drawn(letter)
        if letter in IGNORED or unicodedata.category(letter)[0] == "M":
            drawn, missing = FALLBACK, (ord(letter),)
        kept.append(drawn)
        lost.update(missing)
    return "".join(kept)


@lru_cache(maxsize=20_000)
def _drawn(cluster: str) -> tuple[str, tuple[int, ...]]:
    wanted = {ord(letter) for letter in cluster if letter not in IGNORED and letter != "\n"}
    if cluster == UNKNOWN:
        return FALLBACK, ()  # counted when it was found
    is_orphan = unicodedata.category(cluster.lstrip(IGNORED)[:1] or " ")[0] == "M"
    if not wanted or (not is_orphan and any(wanted <= codes for codes in coverage().values())):
        return cluster, ()
    if is_orphan:
        marks = [letter for letter in cluster if letter not in IGNORED]
        return FALLBACK * len(marks), tuple(map(ord, marks))
    first, others = cluster[0], cluster[1:]
    together = next((codes for codes in coverage().values() if ord(first) in codes), None)
    kept, missing = ([first], []) if together is not None else ([FALLBACK], [ord(first)])
    for letter in others:
        if unicodedata.category(letter)[0] == "M":
            kept.append(FALLBACK)
            missing.append(ord(letter))
        elif letter not in IGNORED:
            drawn, also = _drawn(letter)
            kept.append(drawn)
            missing += also
    return "".join(kept), tuple(missing)
