"""Gender in people's own words, put into four classes for statistics."""

from django.utils.translation import gettext as _

# Words that people use for the two genders that statistics name; all other words count as self-described.
WOMEN, MEN = {"woman", "female", "f", "femme"}, {"man", "male", "m", "homme"}


def gender_class(words: str) -> str:
    """Put somebody's own words into a class of the statistics: women, men, own, none."""
    word = words.strip().casefold()
    return "none" if not word else "women" if word in WOMEN else "men" if word in MEN else "own"


def gender_names() -> list[tuple[str, str]]:
    """Name the classes in order."""
    return [("women", _("Women")), ("men", _("Men")), ("own", _("Self-described")), ("none", _("Not stated"))]
