"""Pages that correct a draft: a part and its steps, answers, undo and redo, and a new version of the document.

Every page does one change and goes back to the draft; a script on the draft's page does the same in place.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.corrections import actions, pages
from convenor.meetings.corrections.carrying import Carried
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.corrections.desk import DraftDesk
from convenor.meetings.corrections.forms import VersionForm, whole_number
from convenor.meetings.corrections.revision import hand_in_version
from convenor.meetings.forms import ReadForm
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.meetings.permissions import KEEP
from convenor.shared.errors import Refused
from convenor.shared.pages.access import signed_in


def _on_desk(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Open a page of `corrections.pages` on the owner's draft."""

    @signed_in
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, /, pk: int, **values: str) -> HttpResponse:
        return page(request, DraftDesk(request, _draft(request, pk)), **values)

    return view


part = _on_desk(pages.part_page)
add = _on_desk(pages.add_page)
drop_at = _on_desk(pages.drop_page)


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question."""
    code, key, given = (request.POST.get(name, "") for name in ("code", "key", "answer"))
    return _step(request, pk, lambda draft: actions.answer(draft, code, key, given, seen=_seen(request)), anchor="h-q")


@signed_in
@require_POST
def unlink(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Say that an item does not continue another."""
    return _step(request, pk, lambda draft: actions.unlink(draft, key, seen=_seen(request)), anchor=f"at-{key}")


@signed_in
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last correction."""
    return _step(request, pk, actions.undo)


@signed_in
@require_POST
def redo(request: HttpRequest, pk: int) -> HttpResponse:
    """Redo what was undone last."""
    return _step(request, pk, actions.redo)


@signed_in
@require_POST
def take_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take one correction back."""
    return _step(request, pk, lambda draft: actions.take_back(draft, number))


@signed_in
@require_POST
def drop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Drop a correction that no longer fits."""
    return _step(request, pk, lambda draft: actions.drop(draft, number), anchor="h-left")


@signed_in
@require_POST
def insist(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Do a correction that no longer fitted all the same."""
    return _step(request, pk, lambda draft: actions.insist(draft, number), anchor="h-left")


@signed_in
@require_POST
def renumber(request: HttpRequest, pk: int) -> HttpResponse:
    """Number the items anew."""
    return pages.renumber_page(request, DraftDesk(request, _draft(request, pk)))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a new version of a draft's document, or change its text."""
    draft = _draft(request, pk)
    form = VersionForm(request.POST or None, request.FILES or None, initial={"text": draft.text})
    if request.method == "POST" and form.is_valid():
        carried = actions.read_again(draft, form.given, at=timezone.now(), file_name=form.file_name)
        messages.success(request, _carried_in_words(carried))
        return redirect("reading:draft", pk)
    shown = {"form": form, "draft": draft, "back": reverse("reading:draft", args=(pk,))}
    return render(request, "meetings/version.html", shown, status=422 if form.errors else 200)


@in_cycle(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_version(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Hand in a new version of a meeting's document; nothing changes before its keeper has seen what would."""
    found = get_object_or_404(Meeting, cycle=cycle, slug=meeting)
    form = ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        draft = hand_in_version(found, form.given, by=person_of(request), at=timezone.now(), file_name=form.file_name)
        return redirect("reading:draft", draft.pk)
    shown = {"form": form, "meeting": found, "back": found.get_absolute_url()}
    return render(request, "meetings/version.html", shown, status=422 if form.errors else 200)


def _step(
    request: HttpRequest, pk: int, step: Callable[[AgendaDraft], Corrected], *, anchor: str = "h-a"
) -> HttpResponse:
    """Do one step and go back to the draft; a refusal is said there."""
    draft = _draft(request, pk)
    try:
        step(draft)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('reading:draft', args=(pk,))}#{anchor}")


def _draft(request: HttpRequest, pk: int) -> AgendaDraft:
    return get_object_or_404(AgendaDraft, pk=pk, owner=person_of(request))


def _seen(request: HttpRequest) -> int:
    return whole_number(request.POST.get("seen", ""))


def _carried_in_words(carried: Carried) -> str:
    """Say what became of the corrections."""
    said = [_("The new version was read.")]
    if carried.kept:
        words = ngettext("%(count)s correction was kept.", "%(count)s corrections were kept.", carried.kept)
        said.append(words % {"count": carried.kept})
    if carried.fulfilled:
        words = ngettext(
            "%(count)s is in the document by now.", "%(count)s are in the document by now.", carried.fulfilled
        )
        said.append(words % {"count": carried.fulfilled})
    if left := len(carried.log.left):
        words = ngettext("%(count)s no longer fits: see below.", "%(count)s no longer fit: see below.", left)
        said.append(words % {"count": left})
    return " ".join(said)
