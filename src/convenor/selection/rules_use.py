"""What the selection knows of a change of rules: scenarios computed under them, and whether they would still hold."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.consequences import Consequence
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rules import Rules
from convenor.selection.models import Scenario


def uses(rule_set: RuleSet) -> list[str]:
    """Say how many selections were computed under a rule set."""
    number = Scenario.objects.filter(rule_set=rule_set).count()
    words = ngettext("%(n)s selection was computed under it.", "%(n)s selections were computed under it.", number)
    return [words % {"n": number}] if number else []


def changed(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    """Say that the selection that stands was made under other places or quotas."""
    same = (before.budget, before.quotas) == (after.budget, after.quotas)
    if not same and Scenario.objects.filter(cycle=cycle).exists():
        yield Consequence(_("The selection that stands was computed under other places or quotas: compute it again."))
