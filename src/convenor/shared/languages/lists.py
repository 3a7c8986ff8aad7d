"""Words one after the other, parted as the reader's language parts them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

COMMA = ", "
OWN: Mapping[str, str] = {"ar": "، ", "zh": "、"}


def listed(words: Iterable[object]) -> str:
    """Join words in the reader's language; empty ones are left out."""
    comma = OWN.get((get_language() or "en").partition("-")[0], COMMA)
    return comma.join(word for one in words if (word := str(one)))
