"""What a meeting has adopted, and what stays closed until it has.

A rule set may say that results or selection do not open before its version in force is adopted. Which meeting
adopted what is known further up, so that part registers in its `apps.ready()`:

    adoption.FINDERS.append(adopted_by)  # adopted_by(cycle, "cycle.ruleset", 3) -> [Adopted(…)]
    adoption.PLANS.append(planned_in)    # planned_in(cycle, "cycle.ruleset", 3) -> [Planned(…)]
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle

P = ParamSpec("P")
RULES = "cycle.ruleset"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A decision that adopted something: in words with its meeting and item, its page, and when."""

    words: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """An item of an agenda under which something is to be decided."""

    words: str
    url: str


class Opens(StrEnum):
    """What may have to wait for the adoption of the rules."""

    RESULTS = "results"
    SELECTION = "selection"


FINDERS: list[Callable[[Cycle, str, int], Sequence[Adopted]]] = []
PLANS: list[Callable[[Cycle, str, int], Sequence[Planned]]] = []


def adoptions_of(cycle: Cycle, kind: str, id: int) -> list[Adopted]:
    """Give the decisions that adopted something, the latest first."""
    found = [one for find in FINDERS for one in find(cycle, kind, id)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def plans_of(cycle: Cycle, kind: str, id: int) -> list[Planned]:
    """Say under which items something is to be decided."""
    return [one for find in PLANS for one in find(cycle, kind, id)]


def is_closed(cycle: Cycle, what: Opens) -> bool:
    """Say whether something waits for the adoption of the rules in force; no query where the rules do not ask."""
    wanted = cycle.rules.adoption
    waits = wanted.before_results if what is Opens.RESULTS else wanted.before_selection
    return waits and not adoptions_of(cycle, RULES, cycle.rule_set_id)


def once_adopted(
    what: Opens,
) -> Callable[[Callable[Concatenate[HttpRequest, Cycle, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Keep a page closed until the rules in force are adopted; stands below the door."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Cycle, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, cycle: Cycle, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if is_closed(cycle, what):
                return _closed(request, cycle, what)
            return view(request, cycle, *args, **kwargs)

        return inner

    return decorate


def _closed(request: HttpRequest, cycle: Cycle, what: Opens) -> HttpResponse:
    titles = {Opens.RESULTS: _("Results of the evaluation"), Opens.SELECTION: _("Selection workbench")}
    context = {"title": titles[what], "rule_set": cycle.rule_set, "plans": plans_of(cycle, RULES, cycle.rule_set_id)}
    return render(request, "cycle/not_adopted.html", context, status=409)
