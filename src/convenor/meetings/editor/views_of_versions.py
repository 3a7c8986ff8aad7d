"""Pages of the versions of an agenda, and of new meetings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.editor.forms import StartForm, VersionForm
from convenor.meetings.editor.starting import start_meeting
from convenor.meetings.editor.versions import make_version, snapshot
from convenor.meetings.editor.versions_page import versions_page
from convenor.meetings.finding import meeting_at
from convenor.meetings.lines import Lines
from convenor.meetings.models import Meeting, Standing, Version
from convenor.meetings.permissions import KEEP, SEE
from convenor.shared.errors import Refused

MOST_EARLIER = 20  # meetings offered to begin with


@in_cycle(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the versions and what differs between two; whoever keeps the agenda makes the next."""
    agenda, keeps = meeting_at(cycle, meeting), may(request, KEEP, cycle)
    if request.method == "POST" and not keeps:
        raise Http404
    page = versions_page(agenda, request.GET.dict(), keeps=keeps)
    form = VersionForm(request.POST or None, now=page.history.state, seen=agenda.sequence) if keeps else None
    if form and request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            version = make_version(
                agenda,
                Standing(values["state"]),
                note=values["note"],
                seen=values["seen"],
                by=person_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Version %(number)s is made.") % {"number": version.number})
            return redirect("meetings:versions", *cycle.address, agenda.slug)
    status = 422 if form and form.errors else 200
    shown = {"meeting": agenda, "page": page, "form": form, "keeps": keeps}
    return render(request, "meetings/versions.html", shown, status=status)


@in_cycle(SEE)
@require_safe
def version(request: HttpRequest, cycle: Cycle, meeting: str, number: int) -> HttpResponse:
    """Show the agenda as a version froze it; drafts are their keepers' own."""
    agenda = meeting_at(cycle, meeting)
    kept = get_object_or_404(Version, meeting=agenda, number=number)
    if kept.state == Standing.DRAFT and not may(request, KEEP, cycle):
        raise Http404
    frozen = snapshot(kept)
    shown = {"meeting": agenda, "version": kept, "agenda": frozen, "days": Lines(frozen.days).all()}
    return render(request, "meetings/version_kept.html", shown)


@in_cycle(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Start a meeting from an earlier one or from a kind."""
    earlier = Meeting.objects.filter(cycle__forum=cycle.forum).select_related("cycle").order_by("-pk")[:MOST_EARLIER]
    form = StartForm(request.POST or None, meetings=list(earlier), zone=cycle.zone)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = start_meeting(
            cycle,
            form.begins_with,
            title=values["title"],
            first_day=values["first_day"],
            zone=values["zone"],
            by=person_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("The meeting has a draft agenda. Change what is different this time."))
        return redirect(reverse("meetings:edit", args=(*cycle.address, made.slug)))
    return render(request, "meetings/start.html", {"form": form}, status=422 if form.errors else 200)
