"""The access codes of a year as the secretariat sees them: for whom, how often used, how often still."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from convenor.cycle.models import Cycle
from convenor.proposals.call_models import AccessCode


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with how many drafts were begun with it."""

    row: AccessCode
    used: int

    @property
    def left(self) -> int | None:
        """How many it still lets in; None: any number."""
        return None if self.row.limit is None else max(self.row.limit - self.used, 0)


def codes_of(cycle: Cycle) -> dict[str, list[CodeLine]]:
    """Give the codes by kind, oldest first; one query."""
    found: defaultdict[str, list[CodeLine]] = defaultdict(list)
    for row in AccessCode.objects.filter(cycle=cycle).annotate(used=Count("proposals")).select_related("made_by"):
        found[row.kind].append(CodeLine(row, row.used))
    return dict(found)
