"""The form of a kind before anybody writes in it: the very fields, of a proposal that no database knows."""

from dataclasses import dataclass
from functools import cached_property

from convenor.cycle.models import Cycle
from convenor.cycle.rules import Kind
from convenor.proposals.drafting.merging import Value
from convenor.proposals.drafting.page import FormPage
from convenor.proposals.drafting.people import Row
from convenor.proposals.models import Proposal


@dataclass(frozen=True)
class BlankPage(FormPage):
    """A form that stores nothing: nobody is named in it yet."""

    is_blank = True

    @cached_property
    def people(self) -> list[Row]:
        """Nobody."""
        return []


def blank_page(cycle: Cycle, kind: Kind, format_code: str) -> BlankPage:
    """Give the form of a kind in a format; no format: as it is before one is chosen, if there is more than one."""
    formats = [one for one in cycle.rules.formats if kind.allows(one.code)]
    chosen = next((one for one in formats if one.code == format_code or len(formats) == 1), None)
    content: dict[str, Value] = {"format": chosen.code} if chosen else {}
    if chosen and len(lengths := kind.lengths(chosen)) == 1:
        content["minutes"] = lengths[0]
    return BlankPage(Proposal(cycle=cycle, kind=kind.code), content)
