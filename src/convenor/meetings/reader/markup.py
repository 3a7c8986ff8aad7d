"""Cuts markup out of a line: what is left are the words, each still knowing its place in the source.

Markup is Markdown emphasis, code marks, links and images, struck-through marks, tags, comments, and the
comment marks of shared documents ("mins[b]"), and the spaces between letters set apart ("M O N D A Y"). One pass
from left to right, no backtracking.
"""

import re
from itertools import pairwise

from convenor.meetings.agenda import Span
from convenor.meetings.reader.runs import Run

CUT = "\x00"  # stands for what was cut out of a line before; no normalised text has it
_ANY = re.compile(r"[\x00<\[*~`_\\]|''")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|s|small|span|strike"
    r"|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|details|summary)\b[^<>]{0,2000}>",
    re.I,
)
_CUTS = re.compile(rf"{CUT}+")
_COMMENT_MARK = re.compile(r"\[[a-z]{1,2}\]")
_REFERENCE = re.compile(r"\[[\w-]{1,40}\]")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])")
_STRONG = re.compile(r"\*\*|~~|`+|'{2,5}")
_WIKI_LINK = re.compile(
    r"\[\[(?:[^\[\]|\n]{0,200}\|)?([^\[\]\n]{1,300})\]\]|\[https?://\S{1,300}[ ]([^\[\]\n]{1,300})\]"
)
_UNDERLINED = re.compile(r"(?<![\w_])_(?=[^\s_])[^_\n]{1,2000}(?<=[^\s_])_(?![\w_])")
_SET_APART = re.compile(r"(?<!\S)[^\W\d_a-z](?: {1,3}[^\W\d_a-z]){4,}(?!\S)")
_LETTERS = re.compile(r"(?<!\S)[^\W\d_a-z](?: [^\W\d_a-z])+(?!\S)")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
MAX_TARGET = 2_000


def visible(source: str, start: int, end: int) -> Run:
    """Return what a reader of the rendered stretch would see."""
    text = source[start:end]
    apart = _apart_cuts(text)
    if not apart and not _ANY.search(text):
        return Run.of(source, start, end)
    cuts = [(0, 0), *_merged(_cuts(text) + apart), (len(text), len(text))]
    spans = [Span(start + left, start + right) for (_, left), (right, _) in pairwise(cuts) if right > left]
    return Run("".join(source[span.start : span.end] for span in spans), tuple(spans))


def _apart_cuts(text: str) -> list[tuple[int, int]]:
    """Return the single spaces inside words whose letters are set apart, in a text that sets a long word so."""
    if not _SET_APART.search(text):
        return []
    return [
        (place, place + 1)
        for match in _LETTERS.finditer(text)
        for place in range(match.start(), match.end())
        if text[place] == " "
    ]


def _cuts(text: str) -> list[tuple[int, int]]:
    """Return the stretches to leave out, in order, none overlapping."""
    code = _code_cuts(text)
    inside = _Inside(code)
    found = [cut for pair in code for cut in pair]
    found += [match.span() for match in _CUTS.finditer(text)]
    found += _link_cuts(text, inside)
    for pattern in (_TAG, _ESCAPE):
        found += [match.span() for match in pattern.finditer(text) if not inside(match.start())]
    for match in _WIKI_LINK.finditer(text):
        if not inside(match.start()):
            shown = match.span(1) if match[1] else match.span(2)
            found += [(match.start(), shown[0]), (shown[1], match.end())]
    for match in _EMPHASIS.finditer(text):
        if not inside(match.start()):
            width = len(match[1])
            found += [(match.start(), match.start() + width), (match.end() - width, match.end())]
    found += [match.span() for match in _STRONG.finditer(text) if not inside(match.start())]
    for match in _UNDERLINED.finditer(text):
        if not inside(match.start()):
            found += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    return _merged(found)


class _Inside:
    """Says whether a character stands inside a code span, where nothing is markup."""

    def __init__(self, code: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._places = {place for opening, closing in code for place in range(opening[1], closing[0])}

    def __call__(self, place: int) -> bool:
        return place in self._places


def _code_cuts(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the opening and closing marks of code spans."""
    pairs, opening = [], None
    for match in re.finditer(r"`+", text):
        if opening is None:
            opening = match.span()
        elif match.end() - match.start() == opening[1] - opening[0]:
            pairs.append((opening, match.span()))
            opening = None
    return pairs


def _link_cuts(text: str, inside: _Inside) -> list[tuple[int, int]]:
    """Return the brackets and targets of links, whole images, and comment marks."""
    cuts: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"[\[\]]", text):
        place = match.start()
        if inside(place):
            continue
        if match[0] == "[":
            opened.append(place)
        elif opened:
            cuts += _closed(text, opened.pop(), place)
    return cuts


def _closed(text: str, opening: int, closing: int) -> list[tuple[int, int]]:
    """Return what to cut for the bracket pair at `opening` and `closing`."""
    after = text[closing + 1 : closing + 2]
    if after == "(" and (end := _target_end(text, closing + 1)):
        if opening and text[opening - 1] == "!":
            return [(opening - 1, end)]
        return [(opening, opening + 1), (closing, end)]
    if after == "[" and (match := _REFERENCE.match(text, closing + 1)):
        return [(opening, opening + 1), (closing, match.end())]
    glued = opening and not text[opening - 1].isspace() and text[opening - 1] != "["
    if glued and _COMMENT_MARK.fullmatch(text, opening, closing + 1):
        return [(opening, closing + 1)]
    return []


def _target_end(text: str, opening: int) -> int | None:
    """Return where the link target that opens at `opening` ends, or None where it is no target."""
    depth, quoted = 0, False
    for place in range(opening, min(len(text), opening + MAX_TARGET)):
        character = text[place]
        if character == '"':
            quoted = not quoted
        elif character.isspace() and not quoted and text[place + 1 : place + 2] != '"':
            return None
        elif character == "(" and not quoted:
            depth += 1
        elif character == ")" and not quoted:
            depth -= 1
            if not depth:
                return place + 1
    return None


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
