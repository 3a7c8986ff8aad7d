"""What of a session the programme may say: the rule set's table, as everybody may read it.

The programme is one publication for all, so a member sees the same in it as the public: pages, search, feeds, data
and files ask here.
"""

from dataclasses import dataclass

from convenor.cycle.models import Cycle
from convenor.people.roles import Role


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields of the table of visibility that everybody sees."""

    fields: frozenset[str]

    @classmethod
    def of(cls, cycle: Cycle) -> "Shown":
        """Read the table of a cycle's rules."""
        rules = cycle.rules
        return cls(frozenset(field for field in rules.visibility if rules.visible(field, {Role.PUBLIC})))

    def names(self, person: int, owner: int | None) -> bool:
        """Say whether a person may be named: who proposed and who speaks are two fields."""
        return ("proposer" if person == owner else "speakers") in self.fields

    def value(self, field: str, value: str) -> str:
        """Give a value, or nothing where its field is hidden."""
        return value if field in self.fields else ""
