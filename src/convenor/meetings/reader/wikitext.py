"""Wiki tables → rows of pipes, one line each; the rest of wiki text is read as it stands."""

import re

_OPENS = re.compile(r"^[ \t:]*\{\|.*$", re.M)
_ATTRIBUTES = re.compile(r"^[ \t]*(?:[a-z-]+[ \t]*=[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|\w+)[ \t]*)+\|(?!\|)[ \t]*", re.I)
_DOUBLED = re.compile(r"[ \t]*(?:\|\||\^).*(?:\|\||\^)[ \t]*")


def unfolded(text: str) -> str:
    """Return the text with every table row of a wiki on one line, its cells parted by pipes."""
    text = "\n".join(_single(line) if _DOUBLED.fullmatch(line) else line for line in text.split("\n"))
    if not _OPENS.search(text):
        return text
    lines: list[str] = []
    row: list[str] | None = None
    for line in text.split("\n"):
        bare = line.strip()
        if row is None:
            lines += [] if _OPENS.match(line) else [line]
            row = [] if _OPENS.match(line) else None
        elif bare.startswith(("|-", "|}")):
            lines += [_joined(row)] if row else []
            row = [] if bare.startswith("|-") else None
        elif bare.startswith(("|", "!")) and not bare.startswith("|+"):
            row += _cells(bare)
        elif bare and row:
            row[-1] += " " + bare
    return "\n".join([*lines, *([_joined(row)] if row else [])])


def _single(line: str) -> str:
    """Return a row of doubled pipes or of carets with single pipes."""
    return line.replace("||", "|").replace("^", "|") if line.lstrip().startswith(("||", "^")) else line


def _cells(line: str) -> list[str]:
    parts = re.split(r"\|\||!!", line[1:])
    return [_ATTRIBUTES.sub("", part).strip() for part in parts]


def _joined(cells: list[str]) -> str:
    return "| " + " | ".join(_LINK.sub(r"\1", cell) for cell in cells) + " |"


_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
