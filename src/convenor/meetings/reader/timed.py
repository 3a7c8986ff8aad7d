"""Takes the printed time off a text, at its head or at its end, and the mark "(continued ...)"."""

import re
from dataclasses import dataclass

from convenor.meetings.reader.clocks import When, when_at, whens
from convenor.meetings.reader.dates import dates_in
from convenor.meetings.reader.runs import EMPTY, Run, join
from convenor.meetings.reader.words import CONTINUED

LONG = 300
_LEADING = " \t-–—:|,;.·•"


@dataclass(frozen=True, slots=True)
class Timed:
    """A printed time with the run it was found in, so that its spans can be told."""

    when: When
    run: Run

    @property
    def start(self) -> str:
        return self.when.first.said

    @property
    def end(self) -> str | None:
        return self.when.last.said if self.when.last else None

    @property
    def start_run(self) -> Run:
        return self.run.cut(self.when.first.start, self.when.first.end)

    @property
    def end_run(self) -> Run:
        return self.run.cut(self.when.last.start, self.when.last.end) if self.when.last else EMPTY

    @property
    def zone_run(self) -> Run:
        return self.run.cut(*self.when.zone) if self.when.zone else EMPTY


def split_time(run: Run, *, dotted: bool) -> tuple[Timed, Run] | None:
    """Return the time at the head of a text and the rest of it, or None; brackets around both are cut."""
    text = run.text
    place = len(text) - len(text.lstrip(" \t([-–—*•·"))
    when = when_at(text, place, dotted=dotted)
    if when is None:
        return None
    rest = run.cut(when.end)
    if "(" in text[:place] and ")" in rest.text:
        closing = rest.text.index(")")
        rest = rest.without(closing, closing + 1)
    tail = re.match(r"[\s]*(?:hours|hrs|h|Uhr)?[)\]]?[*_]*", rest.text)
    rest = rest.cut(tail.end() if tail else 0)
    return Timed(when, run), rest.cut(len(rest.text) - len(rest.text.lstrip(_LEADING))).strip()


def split_time_at_end(run: Run, *, alone: bool) -> tuple[Timed, Run] | None:
    """Return the time range that closes a text, or stands in brackets of its own, and the rest of the text.

    `alone` admits a single time too, for documents that print their times so. A text that prints a date has none.
    """
    text = run.text
    if not any(character.isdigit() for character in text[1:]) or len(text) > LONG:
        return None
    for when in reversed(whens(text)):
        before, after = text[: when.start].rstrip(), text[when.end :].lstrip()
        bracketed = before.endswith(("(", "[")) and after.startswith((")", "]"))
        closes = not after.strip(")]. ") and (when.last or alone)
        if not before.strip("([") or dates_in(text) or not (closes or (bracketed and when.last)):
            continue
        head = run.cut(0, len(before)).strip(" \t.…·_-–—,:;([")
        rest = run.cut(len(text) - len(after)).strip(")] \t") if bracketed else EMPTY
        return Timed(when, run), join((head, rest))
    return None


def take_mark(run: Run) -> tuple[Run, Run]:
    """Return the text without "(continued ...)", and the mark."""
    match = CONTINUED.search(run.text)
    if not match:
        return run, EMPTY
    glued = run.text[match.end() : match.end() + 1].isalnum()
    left = match.start() if glued else len(run.text[: match.start()].rstrip())
    return run.without(left, match.end()).strip(), run.cut(*match.span())
