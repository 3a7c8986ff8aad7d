"""What agenda items link to: an address with words, a proposal of the year as "#45"; other words stay words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.shared import references

PROPOSALS = "proposals.proposal"
MOST_DIGITS = 9
_NUMBER = re.compile(rf"#\s?(\d{{1,{MOST_DIGITS}}})")
_ADDRESS = re.compile(r"(https?://\S+)(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A link as a page shows it; without an address it is words only."""

    words: str
    url: str
    is_outside: bool = False


def shown_links(lines: Iterable[str], cycle: Cycle) -> Mapping[str, Shown]:
    """Give the links of all items of an agenda, by their line; one query, if there is a proposal among them."""
    lines = set(lines)
    numbers = {line: int(match[1]) for line in lines if (match := _NUMBER.fullmatch(line))}
    pages = references.resolve_numbers(PROPOSALS, cycle.scope, set(numbers.values()))
    return {line: _shown(line, numbers.get(line), pages) for line in lines}


def _shown(line: str, number: int | None, pages: Mapping[int, references.Page]) -> Shown:
    if number is not None:
        words = _("Proposal %(number)s") % {"number": number}
        page = pages.get(number)
        return Shown(f"{words}: {page.sentence}", page.url) if page else Shown(words, "")
    if match := _ADDRESS.fullmatch(line):
        return Shown(match[2] or match[1], match[1], is_outside=True)
    return Shown(line, "")
