"""A run of visible text that knows where each character stands in the source."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from convenor.meetings.agenda import Span

_INNER_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """Visible text and the spans of the source it is made of, in order, without gaps in the text."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, source: str, start: int, end: int) -> "Run":
        """Return the run of one stretch of the source."""
        return cls(source[start:end], (Span(start, end),) if end > start else ())

    def cut(self, start: int, end: int | None = None) -> "Run":
        """Return characters `start` to `end` of the text, as a run."""
        end = len(self.text) if end is None else min(end, len(self.text))
        start = max(0, start)
        if start >= end:
            return EMPTY
        if len(self.spans) == 1:
            first = self.spans[0].start
            return Run(self.text[start:end], (Span(first + start, first + end),))
        kept, at = [], 0
        for span in self.spans:
            length = span.end - span.start
            low, high = max(start - at, 0), min(end - at, length)
            if low < high:
                kept.append(Span(span.start + low, span.start + high))
            at += length
        return Run(self.text[start:end], tuple(kept))

    def strip(self, characters: str | None = None) -> "Run":
        """Return the run without the given characters (white space by default) at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(left, len(self.text.rstrip(characters)))

    def without(self, start: int, end: int) -> "Run":
        """Return the run with characters `start` to `end` taken out."""
        return join((self.cut(0, start), self.cut(end)))

    @property
    def words(self) -> str:
        """The text with white space collapsed: what a field shows."""
        return " ".join(self.text.split())

    def __bool__(self) -> bool:
        return bool(self.text) and not self.text.isspace()


EMPTY = Run("", ())


def join(runs: Iterable[Run]) -> Run:
    """Return the runs as one, neighbouring spans merged."""
    text, spans = "", list[Span]()
    for run in runs:
        text += run.text
        for span in run.spans:
            if spans and spans[-1].end == span.start:
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
    return Run(text, tuple(spans))


def said(source: str, spans: Iterable[Span]) -> str:
    """Return what stands at the spans, joined, with white space collapsed."""
    return _INNER_SPACE.sub(" ", "".join(source[span.start : span.end] for span in spans)).strip()
