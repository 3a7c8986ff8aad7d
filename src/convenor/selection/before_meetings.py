"""Selections as something that a meeting can be shown and asked to adopt."""

from collections.abc import Collection

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.models import Cycle
from convenor.cycle.processes import Process, Source, register
from convenor.selection.models import Scenario
from convenor.shared.languages.days import date_format

KIND = "selection.scenario"
MOST_SHOWN = 10


def found(cycle: Cycle, ids: Collection[int]) -> list[Process]:
    """Give selections of a year by their numbers."""
    return _processes(cycle, ids)


def latest(cycle: Cycle) -> list[Process]:
    """Give the latest selections in which the rules held."""
    return _processes(cycle, list(cycle.scenarios.kept().values_list("pk", flat=True)[:MOST_SHOWN]))


def _processes(cycle: Cycle, ids: Collection[int]) -> list[Process]:
    rows = Scenario.objects.filter(cycle=cycle, pk__in=ids)
    counted = rows.annotate(taken=Count("choices", filter=Q(choices__is_in=True)))
    taken = dict(counted.order_by().values_list("pk", "taken"))
    return [_process(cycle, row, taken[row.pk]) for row in rows]


def _process(cycle: Cycle, row: Scenario, taken: int) -> Process:
    row.cycle = cycle
    at = date_format(localtime(row.computed_at, cycle.zone_info), "j F Y, H:i")
    words = _("Selection of %(places)s places, computed on %(at)s") % {"places": row.places, "at": at}
    changes = [ngettext("%(n)s proposal is in.", "%(n)s proposals are in.", taken) % {"n": taken}]
    return Process(KIND, row.pk, words, row.get_absolute_url(), changes)


def register_all() -> None:
    """Register the kind."""
    register(Source(KIND, "selection:workbench", "scenario", found, latest))
