"""Pages of the reader: hand an agenda in, look at what was understood, make a meeting of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convenor.cycle.access import cycles_where, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.documents import understood
from convenor.meetings.draft_page import draft_page
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
        file = request.FILES.get("file")
        text = form.cleaned_data["text"] or form.cleaned_data["file"]
        draft = hand_in(text, by=person, at=timezone.now(), file_name=(file.name or "") if file else "")
        return redirect("reading:draft", draft.pk)
    drafts = person.agenda_drafts.filter(meeting=None).defer("text")[:LATEST]
    status = 422 if form.errors else 200
    return render(request, "meetings/read.html", {"form": form, "drafts": drafts}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was understood, and make a meeting of it."""
    person = person_of(request)
    found = get_object_or_404(AgendaDraft.objects.select_related("meeting__cycle__forum"), pk=pk, owner=person)
    reading = understood(found.text)
    form = MeetingForm(request.POST or None, cycles=_cycles_of(person), reading=reading)
    if request.method == "POST" and form.is_valid() and (meeting := _make(found, form, person)):
        messages.success(request, _("The agenda stands as a draft. Everybody can see it under this address."))
        return redirect(meeting)
    page = draft_page(reading)
    status = 422 if form.errors else 200
    return render(request, "meetings/draft.html", {"draft": found, "form": form, "page": page}, status=status)


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
    text = person.agenda_drafts.filter(pk=int(pk)).values_list("text", flat=True).first() if pk.isdecimal() else None
    return {"text": text} if text else {}


def _cycles_of(person: Person) -> list[Cycle]:
    """Give the years in which a person may make meetings."""
    return list(cycles_where(person, KEEP, on=timezone.now().date()))
