"""Pages of the reader: hand an agenda in, look at what was understood, make a meeting of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convenor.cycle.access import cycles_where, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.corrections.actions import state_of
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.corrections.forms import RenumberForm, whole_number
from convenor.meetings.corrections.revision import revise_meeting
from convenor.meetings.documents import understood
from convenor.meetings.draft_page import draft_page, revision_shown, what_the_document_changed
from convenor.meetings.forms import MeetingForm, ReadForm
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.meetings.permissions import KEEP
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.pages.access import signed_in

LATEST = 5


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """Take an agenda in; a draft's text can be taken up again with `?again=`."""
    person = person_of(request)
    form = ReadForm(request.POST or None, request.FILES or None, initial=_again(request, person))
    if request.method == "POST" and form.is_valid():
        draft = hand_in(form.given, by=person, at=timezone.now(), file_name=form.file_name)
        return redirect("reading:draft", draft.pk)
    drafts = person.agenda_drafts.filter(meeting=None).only("file_name", "handed_in_at")[:LATEST]
    status = 422 if form.errors else 200
    return render(request, "meetings/read.html", {"form": form, "drafts": drafts}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was understood and corrected, and make a meeting of it, or put it into the one it revises."""
    person = person_of(request)
    related = AgendaDraft.objects.select_related("meeting__cycle__forum", "revises__cycle__forum")
    found = get_object_or_404(related, pk=pk, owner=person)
    state = state_of(found)
    if found.revises is not None:
        return _revision(request, found, state, found.revises)
    form = MeetingForm(request.POST or None, cycles=_cycles_of(person), reading=state.reading)
    if request.method == "POST" and form.is_valid() and (meeting := _make(found, form, person)):
        messages.success(request, _("The agenda stands as a draft. Everybody can see it under this address."))
        return redirect(meeting)
    return _show(request, found, state, {"form": form}, status=422 if form.errors else 200)


def _revision(request: HttpRequest, draft: AgendaDraft, state: Corrected, meeting: Meeting) -> HttpResponse:
    """Show what a new version would change in its meeting, and change it."""
    person = person_of(request)
    keeps = meeting.cycle in _cycles_of(person)
    if request.method == "POST" and keeps and draft.meeting is None:
        taking = [whole_number(at, otherwise=-1) for at in request.POST.getlist("take")]
        seen = whole_number(request.POST.get("seen", ""))
        try:
            revise_meeting(draft, taking=taking, seen=seen, by=person, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("reading:draft", draft.pk)
        messages.success(request, _("The new version is in the agenda."))
        return redirect(meeting)
    shown = {} if draft.meeting else revision_shown(draft, meeting)
    return _show(request, draft, state, {"meeting": meeting, "keeps": keeps, **shown})


def _show(
    request: HttpRequest, draft: AgendaDraft, state: Corrected, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    changed = what_the_document_changed(understood(draft.earlier), state.base) if draft.earlier else []
    base = "" if draft.meeting_id else draft.get_absolute_url()
    shown = {"draft": draft, "base": base, "page": draft_page(state), "changed": changed, "numbers": RenumberForm()}
    shown |= more
    return render(request, "meetings/draft.html", shown, status=status)


def _make(draft: AgendaDraft, form: MeetingForm, person: Person) -> Meeting | None:
    """Make the meeting; a refusal is kept in the form."""
    title, zone = form.cleaned_data["title"], form.cleaned_data["zone"]
    try:
        return make_meeting(draft, into=form.target, title=title, zone=zone, by=person, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _again(request: HttpRequest, person: Person) -> dict[str, str]:
    pk = request.GET.get("again", "")
    text = person.agenda_drafts.filter(pk=whole_number(pk)).values_list("text", flat=True).first()
    return {"text": text} if text else {}


def _cycles_of(person: Person) -> list[Cycle]:
    """Give the years in which a person may make meetings."""
    return cycles_where(person, KEEP, at=timezone.now())
