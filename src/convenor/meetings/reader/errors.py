"""The refusal of a text that cannot be read as an agenda."""

from collections.abc import Mapping


class Unreadable(ValueError):  # noqa: N818  # named after what the text is, as Refused is
    """A text was refused before reading: `code` says why, `values` carries the figures.

    Codes: "too_long" (characters, limit), "too_many_lines" (lines, limit), "line_too_long" (line, characters,
    limit), "not_text" (line). The sentence for people is written where the refusal is shown.
    """

    def __init__(self, code: str, values: Mapping[str, int]) -> None:
        super().__init__(f"{code}: {dict(values)}")
        self.code = code
        self.values = dict(values)
