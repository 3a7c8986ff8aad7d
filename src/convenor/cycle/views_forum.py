"""The page of a forum with its years, and the start of the next one."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle import permissions
from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.facts import Facts, correct_year
from convenor.cycle.finding import forums_for
from convenor.cycle.models import Cycle
from convenor.cycle.next_year import proposed_after, start_next
from convenor.cycle.year_forms import FactsForm, NextYearForm
from convenor.shared.errors import Refused
from convenor.shared.pages.access import everybody


@everybody
@require_safe
def forum(request: HttpRequest, forum: str) -> HttpResponse:
    """Show the years of a forum."""
    card = next(iter(forums_for(request.user, now=timezone.now(), slug=forum)), None)
    if card is None:
        raise Http404(_("There is no such forum or year here."))
    newest = card.years[0].cycle if card.years else None
    may_start = newest is not None and may(request, permissions.START_THE_NEXT_YEAR, newest)
    return render(request, "cycle/forum.html", {"card": card, "newest": newest, "may_start": may_start})


@in_cycle(permissions.CORRECT_THE_YEAR)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Correct what the year says of itself."""
    form = FactsForm(request.POST or None, initial=asdict(Facts.of(cycle)))
    if request.method == "POST" and form.is_valid():
        try:
            changed = correct_year(cycle, Facts(**form.cleaned_data), by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Saved; the journal names each change.") if changed else _("Nothing was changed.")
            )
            return redirect(cycle)
    return render(request, "cycle/facts.html", {"form": form}, status=422 if form.errors else 200)


@in_cycle(permissions.START_THE_NEXT_YEAR)
@require_http_methods(["GET", "HEAD", "POST"])
def next_year(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Propose the next year, and start it."""
    form = NextYearForm(request.POST or None, proposal=proposed_after(cycle))
    if request.method == "POST" and form.is_valid():
        try:
            new = start_next(cycle, **form.typed(), by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” is started. You are its secretariat.") % {"name": new.name})
            return redirect(new)
    return render(request, "cycle/next.html", {"form": form}, status=422 if form.errors else 200)
