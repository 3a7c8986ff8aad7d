"""The jobs of a year for its secretariat, whoever asked; what people have done for themselves is not among them."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.cycle.permissions import SEE_THE_JOBS, STEER_THE_JOBS
from convenor.people.account_sections import Row, Section
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.jobs.listing import listing
from convenor.shared.jobs.models import Job
from convenor.shared.jobs.queue import cancel, run_again


@in_cycle(SEE_THE_JOBS)
@require_safe
@never_cache
def index(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the year's jobs, narrowed by state and kind."""
    found = listing(request, _jobs_of(cycle), pages="year-jobs:", address=cycle.address)
    return render(request, "jobs/year.html", {"list": found})


@in_cycle(STEER_THE_JOBS)
@require_POST
def call_off(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Cancel a job."""
    return _steered(request, cycle, pk, lambda key, at: cancel(key, at=at), _("The job is cancelled."))


@in_cycle(STEER_THE_JOBS)
@require_POST
def again(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Run a failed job again."""
    return _steered(request, cycle, pk, lambda key, at: run_again(key, at=at), _("The job waits for its turn again."))


def _jobs_of(cycle: Cycle) -> QuerySet[Job]:
    return Job.objects.filter(scope=cycle.scope)


def _steered(
    request: HttpRequest, cycle: Cycle, pk: int, act: Callable[[int, datetime], Job], done: str
) -> HttpResponse:
    job = get_object_or_404(_jobs_of(cycle), pk=pk)
    try:
        act(job.pk, timezone.now())
        messages.success(request, done)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("year-jobs:index", *cycle.address)


def my_jobs(person: Person, on: date) -> Section | None:
    """Tell somebody on their account page where the jobs are that they asked for."""
    count = Job.objects.filter(by=person).count()
    if not count:
        return None
    words = ngettext("%(count)s job was asked for by me", "%(count)s jobs were asked for by me", count)
    return Section(_("My jobs"), [Row(words % {"count": count}, reverse("jobs:index"))])
