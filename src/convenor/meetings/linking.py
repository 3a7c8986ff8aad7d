"""What agenda items link to: an address with words, a proposal of the year as "#45"; other words stay words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from convenor.cycle import processes
from convenor.cycle.adoption import Adopted, adoptions_of
from convenor.cycle.models import Cycle
from convenor.meetings.models import Item
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
    changes: Sequence[str] = ()  # of rules or a selection that the item is to adopt
    adoptions: Sequence[Adopted] = ()
    amend: str = ""
    is_process: bool = False


def shown_links(lines: Iterable[str], cycle: Cycle) -> Mapping[str, Shown]:
    """Give the links of all items of an agenda, by their line; one query, if there is a proposal among them."""
    lines = set(lines)
    numbers = {line: int(match[1]) for line in lines if (match := _NUMBER.fullmatch(line))}
    pages = references.resolve_numbers(PROPOSALS, cycle.scope, set(numbers.values()))
    shown = {line: _shown(line, numbers.get(line), pages) for line in lines}
    return shown | _processes(lines, cycle)


def _processes(lines: Iterable[str], cycle: Cycle) -> dict[str, Shown]:
    """Show rules and selections with what they change and who adopted them."""
    wanted = {line: found for line in lines if (found := processes.at_address(cycle, line.split(" ")[0]))}
    known = processes.find_all(cycle, set(wanted.values())) if wanted else {}
    shown = {}
    for line, key in wanted.items():
        if one := known.get(key):
            adoptions = adoptions_of(cycle, *key)
            shown[line] = Shown(
                one.words, one.url, changes=one.changes, adoptions=adoptions, amend=one.amend, is_process=True
            )
    return shown


def register_items() -> None:
    """Say where items are found, and that they speak of proposals; called once, when the parts are ready."""
    references.register("meetings.item", references.by_model(Item, "block__day__meeting__cycle__forum"))
    references.register_mentions(PROPOSALS, speaking_of)


def speaking_of(scope: str, number: int) -> list[references.Page]:
    """Give the agenda items of a year that link to a proposal, by its number; one query."""
    forum, _slash, year = scope.partition("/")
    items = Item.objects.filter(block__day__meeting__cycle__forum__slug=forum, block__day__meeting__cycle__slug=year)
    items = items.exclude(links=[]).select_related("block__day__meeting__cycle__forum").order_by("pk")
    return [
        references.Page(item.get_absolute_url(), f"{item.block.day.meeting.title}: {item}")
        for item in items
        if any((match := _NUMBER.fullmatch(line)) and int(match[1]) == number for line in item.links)
    ]


def _shown(line: str, number: int | None, pages: Mapping[int, references.Page]) -> Shown:
    if number is not None:
        words = _("Proposal %(number)s") % {"number": number}
        page = pages.get(number)
        return Shown(f"{words}: {page.sentence}", page.url) if page else Shown(words, "")
    if match := _ADDRESS.fullmatch(line):
        return Shown(match[2] or match[1], match[1], is_outside=True)
    return Shown(line, "")
