"""Pages of deadlines: what is stated, its history, and the form that sets or extends it."""

from datetime import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle import permissions
from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.closing import closings_of, overrun, set_deadline, stated
from convenor.cycle.models import Cycle
from convenor.cycle.year_forms import DeadlineForm
from convenor.shared.errors import Refused

LAST_MINUTE = time(23, 59)


@in_cycle(permissions.SEE_THE_YEAR)
@require_safe
def deadlines(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show every phase with its deadline and the history of it."""
    context = {
        "closings": closings_of(cycle).values(),
        "grace": cycle.rules.grace_minutes,
        "may_set": may(request, permissions.SET_THE_DEADLINES, cycle),
    }
    return render(request, "cycle/deadlines.html", context)


@in_cycle(permissions.SET_THE_DEADLINES)
@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """Set the deadline of a phase, or extend it."""
    phase = get_object_or_404(cycle.phases, kind=kind)
    last = phase.deadlines.first()
    given = {"on": phase.ends_on, "clock": LAST_MINUTE, "zone": cycle.zone}
    if last:
        given = {"on": last.on, "clock": last.clock, "zone": last.zone}
    form = DeadlineForm(request.POST or None, initial=given, is_first=last is None)
    if request.method == "POST" and form.is_valid():
        try:
            new = set_deadline(phase, **form.cleaned_data, by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The deadline is %(stated)s.") % {"stated": stated(new)})
            for later in overrun(new.phase):
                words = {"phase": later.get_kind_display()}
                messages.warning(request, _("“%(phase)s” now begins before this ends: move its days.") % words)
            return redirect("cycle:deadlines", *cycle.address)
    context = {"form": form, "phase": phase, "stated": stated(last) if last else ""}
    return render(request, "cycle/deadline.html", context, status=422 if form.errors else 200)
