"""The page of a job."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job
from convenor.shared.jobs.queue import cancel
from convenor.shared.pages.access import signed_in


def _own(request: HttpRequest, pk: int) -> Job:
    person: Any = request.user
    return get_object_or_404(Job, pk=pk, **({} if person.is_superuser else {"by": person.pk}))


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; its own page asks again until it has ended."""
    return render(request, "jobs/job.html", {"job": _own(request, pk)})


@signed_in
@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a job; one that ended in the meantime shows how."""
    job = _own(request, pk)
    try:
        cancel(job.pk, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(job)
