"""The page of a job, and the list of one's own."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.shared.errors import Refused
from convenor.shared.jobs.listing import listing
from convenor.shared.jobs.models import Job
from convenor.shared.jobs.queue import cancel, run_again
from convenor.shared.jobs.schedules import SCHEDULES
from convenor.shared.jobs.titles import title_of
from convenor.shared.pages.access import signed_in


def _seen(request: HttpRequest) -> QuerySet[Job]:
    """Give the person's own jobs; whoever runs the installation sees all."""
    person: Any = request.user
    return Job.objects.all() if person.is_superuser else Job.objects.filter(by=person.pk)


@signed_in
@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List one's own jobs; for whoever runs the installation all of them, and what comes back by itself."""
    person: Any = request.user
    now = timezone.now()
    ahead = [(title_of(one.task), one.next_at(now)) for one in SCHEDULES.values()] if person.is_superuser else []
    context = {
        "list": listing(request, _seen(request), pages="jobs:"),
        "ahead": sorted(ahead, key=lambda one: one[1]),
        "sees_all": person.is_superuser,
    }
    return render(request, "jobs/index.html", context)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; its own page asks again until it has ended."""
    return render(request, "jobs/job.html", {"job": get_object_or_404(_seen(request), pk=pk)})


@signed_in
@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a job; one that ended in the meantime shows how."""
    job = get_object_or_404(_seen(request), pk=pk)
    try:
        cancel(job.pk, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(job)


@signed_in
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Run a failed job again."""
    job = get_object_or_404(_seen(request), pk=pk)
    try:
        run_again(job.pk, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(job)
