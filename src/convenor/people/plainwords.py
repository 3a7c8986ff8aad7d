"""Words as they are compared: without what people write now this way, now that. Pure."""

import re
import unicodedata

_FILLER = frozenset(
    ["the", "of", "and", "de", "la", "le", "les", "des", "du", "et", "y", "el", "los", "s", "a", "и", "和", "و"]
)


def bare(text: str) -> str:
    """Give words without case, accents, punctuation and filler words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(word for word in re.split(r"[\W_]+", plain) if word and word not in _FILLER)
