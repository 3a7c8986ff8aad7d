"""What a change of rules would do to what is already there, said before anything is saved.

Domains above add what they know; they register in `apps.ready()`:

    consequences.CHECKS.append(changed)  # changed(cycle, before, after) -> [Consequence(…)]
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.cycle.rule_data import DIMENSIONS
from convenor.cycle.rules import Rules
from convenor.cycle.wording import DIMENSION_NAMES
from convenor.people.models import Group
from convenor.people.regions import GROUPS as REGIONS
from convenor.shared.languages.lists import listed


@dataclass(frozen=True, slots=True)
class Consequence:
    """One sentence; `stops` where the rules could not be kept at all, so that they cannot be saved."""

    sentence: str
    stops: bool = False


Check = Callable[[Cycle, Rules, Rules], Iterable[Consequence]]
CHECKS: list[Check] = []


def consequences(cycle: Cycle, before: Rules, after: Rules) -> list[Consequence]:
    """Give what would follow from `after` in place of `before`, what stops it first."""
    found = [
        *_places(before, after),
        *_sums(after),
        *_unknown_people(before, after),
        *chain.from_iterable(check(cycle, before, after) for check in CHECKS),
    ]
    return sorted(found, key=lambda one: not one.stops)


def gone(before: Rules, after: Rules, kind: str) -> set[str]:
    """Give the codes of a kind that a change takes away."""
    return {one.code for one in getattr(before, kind)} - {one.code for one in getattr(after, kind)}


def _places(before: Rules, after: Rules) -> Iterator[Consequence]:
    old, new = before.budget, after.budget
    words = {"old": old.places, "new": new.places}
    if new.places < old.places:
        yield Consequence(_("The budget falls from %(old)s to %(new)s places.") % words)
    elif new.places > old.places:
        yield Consequence(_("The budget rises from %(old)s to %(new)s places.") % words)
    if new.by_score != old.by_score:
        words = {"old": old.by_score, "new": new.by_score}
        yield Consequence(_("By score are filled %(new)s places instead of %(old)s: the line moves.") % words)


def _sums(after: Rules) -> Iterator[Consequence]:
    places = after.budget.places
    for dimension, kind in DIMENSIONS.items():
        quotas = [quota for quota in after.quotas if quota.dimension == dimension]
        least = sum(quota.least or 0 for quota in quotas)
        words = {"dimension": DIMENSION_NAMES[dimension], "asked": least, "places": places}
        if least > places:
            said = _("%(dimension)s: quotas ask for %(asked)s of %(places)s places: no selection is possible.")
            yield Consequence(said % words, stops=True)
        most = [quota.most for quota in quotas if quota.most is not None]
        if len(most) == len(getattr(after, kind)) > 0 and sum(most) < places:
            said = _("%(dimension)s: quotas allow %(asked)s of %(places)s places: they can never be filled.")
            yield Consequence(said % {**words, "asked": sum(most)}, stops=True)


def _unknown_people(before: Rules, after: Rules) -> Iterator[Consequence]:
    """Warn of groups and regions that no account can have, because they follow from accounts and countries."""
    language = get_language() or "en"
    for kind, known in (("groups", set(Group.values)), ("regions", set(REGIONS))):
        for choice in getattr(after, kind):
            if choice.code not in known and before.find(kind, choice.code) is None:
                said = _("Nobody can belong to “%(name)s”: accounts and countries know only %(known)s.")
                words = {"name": choice.name(language), "known": listed(sorted(known))}
                yield Consequence(said % words)
