"""A line of progress on a terminal."""

import sys
import time
from typing import TextIO

WIDTH = 78


class ProgressLine:
    """Prints "title: sentence" over itself on a terminal; elsewhere only the closing line."""

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self.title = title
        self.stream = stream or sys.stderr
        self.started = time.monotonic()

    def __call__(self, share: float | None, sentence: str) -> None:
        """Show how far it is; silent where nobody watches."""
        if self.stream.isatty():
            percent = "" if share is None else f"{round(100 * share):3d} % "
            line = f"{self.title}: {percent}{sentence}"
            self.stream.write(f"\r{line[:WIDTH]:{WIDTH}}")
            self.stream.flush()

    def done(self, sentence: str) -> None:
        """Close the line with what came out and how long it took."""
        line = f"{self.title}: {sentence} ({time.monotonic() - self.started:.1f} s)"
        self.stream.write(f"\r{line:{WIDTH}}\n" if self.stream.isatty() else f"{line}\n")
        self.stream.flush()
