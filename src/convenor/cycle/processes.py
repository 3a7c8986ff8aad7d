"""What a meeting can be shown and asked to adopt: versions of the rules, selections; each with its address and number.

Parts that keep such things register in their `apps.ready()`:

    processes.register(Source("selection.scenario", "selection:workbench", "scenario", find, latest))
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.adoption import RULES
from convenor.cycle.differences import differences
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rule_drafts import versions_of

_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Process:
    """One of them: its words, what it changes, and where it is amended, where it can be; `name` is for sentences."""

    kind: str
    id: int
    words: str
    url: str
    changes: Sequence[str] = ()
    amend: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind: the page that shows one by a parameter of its address, how some are found, and which can be chosen."""

    kind: str
    url_name: str
    parameter: str
    find: Callable[[Cycle, Collection[int]], Sequence[Process]]
    latest: Callable[[Cycle], Sequence[Process]]

    def address(self, cycle: Cycle, id: int) -> str:
        """Give the address of one."""
        return f"{reverse(self.url_name, args=cycle.address)}?{self.parameter}={id}"


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a kind."""
    SOURCES[source.kind] = source


def choices(cycle: Cycle) -> list[Process]:
    """Give everything that can be put before a meeting, the latest of each kind first."""
    return [one for source in SOURCES.values() for one in source.latest(cycle)]


def find(cycle: Cycle, kind: str, id: int) -> Process | None:
    """Give one of a cycle by kind and number."""
    source = SOURCES.get(kind)
    return next(iter(source.find(cycle, [id])), None) if source else None


def find_all(cycle: Cycle, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Process]:
    """Give many; a few queries per kind that is among them."""
    found: dict[tuple[str, int], Process] = {}
    for kind, source in SOURCES.items():
        if ids := {id for one, id in wanted if one == kind}:
            found |= {(kind, one.id): one for one in source.find(cycle, ids)}
    return found


def at_address(cycle: Cycle, address: str) -> tuple[str, int] | None:
    """Say what an address of this site leads to; None where it is no page of these of this year."""
    try:
        parts = urlsplit(address.removeprefix(settings.ORIGIN))
    except ValueError:  # such as “//[”: no address at all
        return None
    if parts.netloc or not address.startswith(settings.ORIGIN):
        return None
    query = dict(parse_qsl(parts.query))
    for kind, source in SOURCES.items():
        number = query.get(source.parameter, "")
        if parts.path == reverse(source.url_name, args=cycle.address) and _NUMBER.fullmatch(number):
            return kind, int(number)
    return None


def rules_found(cycle: Cycle, ids: Collection[int]) -> list[Process]:
    """Give versions of the rules, each with what it changes against the one it was made from."""
    rows = RuleSet.objects.filter(pk__in=ids, forum__in=(cycle.forum_id,)) | RuleSet.objects.filter(
        pk__in=ids, forum=None
    )
    return [_rules(cycle, row) for row in rows.select_related("origin")]


def rules_latest(cycle: Cycle) -> list[Process]:
    """Give the versions of the year's rules."""
    return [_rules(cycle, row) for row in versions_of(cycle)]


def _rules(cycle: Cycle, row: RuleSet) -> Process:
    words = _("Rules: %(name)s, version %(number)s") % {"name": _(row.name), "number": row.version}
    origin = row.origin
    changes = differences(origin.rules, row.rules, get_language() or "en") if origin else []
    amend = reverse("cycle:rules-edit", args=cycle.address) if row.pk == cycle.rule_set_id else ""
    return Process(RULES, row.pk, words, SOURCES[RULES].address(cycle, row.pk), changes, amend, str(row))


def register_rules() -> None:
    """Register the rules of the year."""
    register(Source(RULES, "cycle:rules-versions", "to", rules_found, rules_latest))
