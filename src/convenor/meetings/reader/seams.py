"""Tells whether a line goes on with the title above it, because the line was broken in the middle."""

import re

from convenor.meetings.reader.texture import Texture

SHORTEST = 40
_OPEN = re.compile(
    r"(?:(?<![\w-])(?:of|the|and|for|to|in|with|on|by|a|an|or|from|at|as|its|their|our|de|del|da|do|dos|das|la|le|les|des|du|"
    r"et|y|und|der|die|das|den|von|für|mit|zum|zur|di|della|con|por|para|pour|sur|sous|avec|e)|[&,(/–—-])\s*$",
    re.I,
)
_HALF_NAMED = re.compile(r"\b(?:the|of the|du|de la|der|des)\s+\w+(?:al|ic|an|ed|ese|ive|ary|ale|aux|en)\s*$", re.I)


def goes_on(above: str, below: str, *, width: int, texture: Texture) -> bool:
    """Say whether `below` is the rest of `above`.

    `width` is the column at which the line above ends. Signs: the line above ends in a word that announces more,
    or inside brackets; the line below begins small; or its first word would not have fitted above.
    """
    if above.count("(") > above.count(")") or _OPEN.search(above) or _HALF_NAMED.search(above):
        return True
    first = below.split(maxsplit=1)[0] if below.split() else ""
    small = first.rstrip(",;:").isalpha() and first.islower() and len(first) > 1
    if small and not above.rstrip().endswith((".", ":", "?", "!")):
        return True
    return bool(texture.wrap) and width > SHORTEST and width + 1 + len(first) > texture.wrap
