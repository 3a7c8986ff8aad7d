"""Pages that correct a draft: a part and its steps, answers, undo and redo, and a new version of the document.

Every page does one change and goes back to the draft; a script on the draft's page does the same in place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.agenda.edits import ROOT, Add, Impossible, Operation, Tree, keys_in
from convenor.meetings.agenda.edits.fields import Part
from convenor.meetings.corrections import actions
from convenor.meetings.corrections.carrying import Carried
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.corrections.forms import PartForm, RenumberForm, VersionForm, whole_number
from convenor.meetings.corrections.revision import hand_in_version
from convenor.meetings.corrections.sentences import impossible_in_words, name_of
from convenor.meetings.corrections.steps import EMPTY, STEPS, can_add, neighbour, place_for, possible_steps
from convenor.meetings.forms import ReadForm
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.meetings.permissions import KEEP
from convenor.shared.errors import Refused
from convenor.shared.pages.access import signed_in

WHOLE = "all"  # the agenda itself, in an address


@dataclass(frozen=True, slots=True)
class _Desk:
    """One part of a draft on somebody's desk."""

    request: HttpRequest
    draft: AgendaDraft
    state: Corrected
    key: str
    part: Part

    @property
    def seen(self) -> int:
        """The version of the corrections that the page which was handed in had shown."""
        typed = self.request.POST.get("part-seen") or self.request.POST.get("seen", "")
        return whole_number(typed, otherwise=self.state.log.version)

    def form(self, data: Any = None) -> PartForm:
        """Give the form of the part."""
        return PartForm(data, part=self.part, seen=self.state.log.version)

    def show(self, form: PartForm, *, status: int = 200) -> HttpResponse:
        """Show the form with the steps that are possible."""
        agenda = self.state.reading.agenda
        shown = {
            "draft": self.draft,
            "form": form,
            "name": name_of(
                form.kind,
                {one: getattr(self.part, one, None) for one in ("label", "title", "date", "start", "end", "heading")},
            ),
            "address": reverse("reading:part", args=(self.draft.pk, self.key or WHOLE)),
            "key": self.key,
            "steps": possible_steps(agenda, self.key),
            "adds": [(what, self.address_to_add(what)) for what in can_add(self.part)],
        }
        return render(self.request, "meetings/part.html", shown, status=status)

    def address_to_add(self, what: str) -> str:
        """Give the address where a part beside or under this one is added."""
        return reverse("reading:add", args=(self.draft.pk, self.key or WHOLE, what))

    def refused(self, form: PartForm, refusal: Exception, *, typed: bool) -> HttpResponse:
        """Say why nothing was done; what was typed stays in the form."""
        said = _said(refusal)
        if not typed:
            messages.error(self.request, said)
            return _back(self.draft, self.key)
        form = form.with_what_stands_now(self.part, self.state.log.version)
        form.add_error(None, said)
        return self.show(form, status=409)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Correct one part: its fields, its place, what it is split into or joined with."""
    desk = _desk(request, pk, key)
    if isinstance(desk, HttpResponse):
        return desk
    if request.method != "POST":
        return desk.show(desk.form())
    step, typed = request.POST.get("do", "save"), "part-seen" in request.POST
    form = desk.form(request.POST)
    if typed and step != "remove" and not form.is_valid():
        return desk.show(form, status=422)
    try:
        operations = _operations(desk, form if typed else None, step)
        after = actions.correct(desk.draft, operations, seen=desk.seen)
    except (Refused, Impossible) as refusal:
        return desk.refused(form, refusal, typed=typed)
    stays = neighbour(desk.state.reading.agenda, desk.key) if step == "remove" else desk.key
    return _back(desk.draft, _new_key(desk.state, after) or stays)


def _operations(desk: _Desk, form: PartForm | None, step: str) -> Sequence[Operation]:
    if step == "split" and form is not None:
        return form.splits()
    typed = form.operations() if form is not None and step != "remove" else []
    if step == "save":
        return typed
    if step not in STEPS:
        raise Http404
    return [*typed, STEPS[step](desk.state.reading.agenda, desk.key)]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, key: str, what: str) -> HttpResponse:
    """Add a part beside or under another."""
    desk = _desk(request, pk, key)
    if isinstance(desk, HttpResponse):
        return desk
    if what not in can_add(desk.part):
        raise Http404
    form = PartForm(request.POST or None, part=EMPTY[what], seen=desk.state.log.version, is_new=True)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            new = Add(place_for(desk.state.reading.agenda, desk.key, what), form.new_part())
            after = actions.correct(desk.draft, [new], seen=desk.seen)
        except (Refused, Impossible) as refusal:
            form.add_error(None, _said(refusal))
            status = 409
        else:
            return _back(desk.draft, _new_key(desk.state, after))
    shown = {"draft": desk.draft, "form": form, "what": what, "key": desk.key, "address": desk.address_to_add(what)}
    return render(request, "meetings/part_new.html", shown, status=422 if form.errors and status == 200 else status)  # noqa: PLR2004


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
    form = RenumberForm(request.POST)
    if not form.is_valid():
        raise Http404
    return _step(request, pk, lambda draft: actions.correct(draft, [form.operation()], seen=_seen(request)))


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


def _desk(request: HttpRequest, pk: int, key: str) -> "_Desk | HttpResponse":
    """Put a part on the desk; where it is gone, say so on the draft's page."""
    draft = _draft(request, pk)
    state, key = actions.state_of(draft), "" if key == WHOLE else key
    try:
        return _Desk(request, draft, state, key, Tree(state.reading.agenda).node(key).part)
    except Impossible as reason:
        messages.error(request, _said(reason))
        return redirect("reading:draft", pk)


def _seen(request: HttpRequest) -> int:
    return whole_number(request.POST.get("seen", ""))


def _said(refusal: Exception) -> str:
    return impossible_in_words(refusal.code, refusal.values) if isinstance(refusal, Impossible) else str(refusal)


def _back(draft: AgendaDraft, key: str) -> HttpResponse:
    """Go back to the draft, to where a part stands; `at` tells the script, which sees no fragment."""
    anchor = f"at-{key or WHOLE}"
    return redirect(f"{reverse('reading:draft', args=(draft.pk,))}?{urlencode({'at': anchor})}#{anchor}")


def _new_key(before: Corrected, after: Corrected) -> str:
    known = set(keys_in(before.reading.agenda))
    return next((key for key in keys_in(after.reading.agenda) if key not in known), ROOT)


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
