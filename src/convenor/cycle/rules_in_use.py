"""Whether a rule set has been used: what has been used is frozen, and a change to it is a new version.

Domains above say what they hold that was made under a rule set; they register in `apps.ready()`:

    rules_in_use.USERS.append(uses)  # uses(rule_set) -> [_("12 proposals were handed in.")]
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.models import Cycle, RuleSet

USERS: list[Callable[[RuleSet], Sequence[str]]] = []


def uses_of(rule_set: RuleSet, cycle: Cycle) -> list[str]:
    """Say why a rule set cannot be edited in place for a cycle; empty when it can."""
    found = []
    if rule_set.forum_id is None:
        found.append(_("It is a preset that every forum here can start from."))
    elif RuleSet.objects.filter(forum=rule_set.forum_id, name=rule_set.name, version__gt=rule_set.version).exists():
        found.append(_("A newer version was made from it."))
    others = Cycle.objects.filter(rule_set=rule_set, forum=cycle.forum_id).exclude(pk=cycle.pk).count()
    if others:
        words = ngettext("%(n)s other year runs under it.", "%(n)s other years run under it.", others)
        found.append(words % {"n": others})
    return found + [sentence for user in USERS for sentence in user(rule_set)]


def has_been_used(rule_set: RuleSet) -> bool:
    """Say whether anything was made under a rule set."""
    return any(user(rule_set) for user in USERS)
