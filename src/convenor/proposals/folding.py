"""Texts as a search compares them: without case, accents and vowel marks; pure.

“Société”, “SOCIETE” and “societe” fold to the same; so do Arabic words with and without their vowel marks, whatever
form of alef they are written with, and Chinese in full and half width. Both what is kept and what is looked for are
folded, so that every database compares plain letters.
"""

from functools import lru_cache
from unicodedata import combining, normalize

# Letters that Unicode does not take apart, as people type them who have no such key.
_ALIKE = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th", "ð": "d",
        "ـ": None,  # tatweel, which only stretches a word
        "ى": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ی": "ي",
        "\u200c": None, "\u200d": None, "\u00ad": None,  # joiners and soft hyphens, which nobody sees
    }
)  # fmt: skip


def folded(text: str) -> str:
    """Fold a text; words stay apart by one space, and folding again changes nothing."""
    if text.isascii():
        return " ".join(text.lower().split())
    parts = normalize("NFKD", text.casefold())
    bare = "".join([sign for sign in parts if not combining(sign)])
    return " ".join(normalize("NFKC", bare.casefold().translate(_ALIKE)).split())


@lru_cache(maxsize=50_000)
def folded_name(name: str) -> str:
    """Fold a name: the same names come back with every search."""
    return folded(name)
