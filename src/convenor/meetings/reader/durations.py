"""Printed lengths of items: "(5 mins)", "*20 mins each", "1h30", "10'"."""

import re

from convenor.meetings.reader.runs import Run

TAIL = 60
_UNIT = r"(?:minutes|minutos|minuten|minuti|minute|minuto|mins|min|m|['’′]|минут[аы]?|мин|دقيقة|دقائق|د|分钟|分鐘|分)"
_HOURS = r"(?:hours|hour|hrs|hr|h|heures|heure|horas|hora|stunden|stunde)"
_LENGTH = rf"(?:\d{{1,2}}(?:[.,]5)?\s*{_HOURS}(?:\s*\d{{1,2}}\s*{_UNIT}?)?|\d{{1,3}}\s*{_UNIT})(?![^\W_])"
_FIGURES = re.compile(
    rf"(?P<hours>\d{{1,2}}(?:[.,]5)?)\s*{_HOURS}(?:\s*(?P<rest>\d{{1,2}}))?|(?P<minutes>\d{{1,3}})\s*{_UNIT}", re.I
)
_ALONE = re.compile(rf"\s*[(\[*~]*\s*(?:ca\.?|approx\.?|about)?\s*{_LENGTH}\.?\s*(?:each)?\s*[)\]*]*\s*", re.I)
_AT_END = re.compile(
    rf"(?:\s*[(\[（]\s*(?:ca\.?\s+|approx\.?\s+)?{_LENGTH}\.?(?:\s+each)?\s*[)\]）]"
    rf"|(?:\s+\*|\s*[,;:–—-]\s+|\s+){_LENGTH}\.?(?:\s+each)?)\s*\.?\s*$",
    re.I,
)
_AT_START = re.compile(
    rf"[(\[]\s*{_LENGTH}\s*[)\]]\s*[:,–—-]?\s*(?=\S)"
    rf"|{_LENGTH}\s*(?:[:–—|-]\s+|\s{{2,}})(?=\S)",
    re.I,
)
_REST = r"(?=[\s,;)\]])(?!\s*(?:limit|max|each|-|–|break))[^()\[\]]*[)\]]"
_INSIDE = re.compile(rf"[(\[]\s*{_LENGTH}{_REST}", re.I)
_AFTER_NAME = re.compile(
    rf"[(\[][^()\[\]\d]{{1,60}}[\s,;](?P<minutes>\d{{1,3}})\s*(?:m|mins?|minutes?)\.?{_REST}", re.I
)
_UNCLEAR = re.compile(r"\d\s*(?:-|–|—|to|a|à)\s*$|(?:up to|limited to|max\.?|at most|less than|under|≤|<)\s*$", re.I)


def minutes_alone(text: str) -> int | None:
    """Return the minutes of a text that is nothing but a length, or None."""
    match = _ALONE.fullmatch(text)
    return _minutes(match) if match else None


def take(title: Run) -> tuple[Run, int | None, Run | None]:
    """Return the title without the length that closes or opens it, the minutes, and where they stand.

    A length inside the title ("(15m, slides)") counts and stays; a range or a limit does not count.
    """
    text = title.text
    tail = text[-TAIL:]
    match = _AT_END.search(tail)
    if match and not _UNCLEAR.search(tail[: match.start() + _lead(match)]) and (match.start() or len(text) > TAIL):
        start = len(text) - len(tail) + match.start()
        return title.cut(0, start).strip(), _minutes(match), title.cut(start).strip()
    if match := _AT_START.match(text):
        return title.cut(match.end()), _minutes(match), title.cut(0, match.end()).strip()
    if match := _INSIDE.search(text):
        return title, _minutes(match), title.cut(*match.span())
    if (match := _AFTER_NAME.search(text)) and not _UNCLEAR.search(match[0][: match.start("minutes") - match.start()]):
        return title, int(match["minutes"]), title.cut(*match.span())
    return title, None, None


def _lead(match: re.Match[str]) -> int:
    """Return how far into the match the figures begin."""
    return len(match[0]) - len(match[0].lstrip(" \t(（*[,;:–—-"))


def _minutes(match: re.Match[str]) -> int:
    figures = _FIGURES.search(match[0])
    if figures is None:
        return 0
    if figures["minutes"]:
        return int(figures["minutes"])
    return round(float(figures["hours"].replace(",", ".")) * 60) + int(figures["rest"] or 0)
