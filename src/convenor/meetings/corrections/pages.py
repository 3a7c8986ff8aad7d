"""Pages that change an agenda on a desk: a part and its steps, undo and redo, numbers, where a dragged part may go.

Every page does one change and goes back to the agenda; a script there does the same in place. The doors are in
`corrections.views` for drafts and in `editor.views` for meetings.
"""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import ROOT, Add, Impossible, Operation, Tree, keys_in
from convenor.meetings.agenda.edits.fields import Part
from convenor.meetings.corrections.desk import WHOLE, Desk
from convenor.meetings.corrections.forms import PartForm, RenumberForm
from convenor.meetings.corrections.sentences import impossible_in_words, name_of
from convenor.meetings.corrections.steps import (
    EMPTY,
    STEPS,
    can_add,
    dropped,
    neighbour,
    place_for,
    possible_steps,
)
from convenor.meetings.corrections.verdict import verdict
from convenor.shared.errors import Refused

CONFLICT, INVALID = 409, 422


def part_page(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Change one part: its fields, its place, what it is split into or joined with."""
    key, before = _key(key), desk.agenda
    try:
        part = Tree(before).node(key).part
    except Impossible as reason:
        messages.error(request, said(reason))
        return redirect(desk.address)
    if request.method != "POST":
        return _show(request, desk, key, desk.form(part))
    step, typed = request.POST.get("do", "save"), "part-seen" in request.POST
    form = desk.form(part, data=request.POST)
    if typed and step != "remove" and not form.is_valid():
        return _show(request, desk, key, form, status=INVALID)
    try:
        desk.change(_operations(desk, key, form if typed else None, step), seen=desk.seen)
    except (Refused, Impossible) as refusal:
        if typed:
            return _refused(request, desk, key, form, refusal)
        messages.error(request, said(refusal))
        return back(desk, key)
    stays = neighbour(before, key) if step == "remove" else key
    return back(desk, _new_key(before, desk.agenda) or stays)


def _operations(desk: Desk, key: str, form: PartForm | None, step: str) -> Sequence[Operation]:
    if step == "split" and form is not None:
        return form.splits()
    typed = form.operations() if form is not None and step != "remove" else []
    if step == "save":
        return typed
    if step not in STEPS:
        raise Http404
    return [*typed, *STEPS[step](desk.agenda, key)]


def _show(request: HttpRequest, desk: Desk, key: str, form: PartForm, *, status: int = 200) -> HttpResponse:
    """Show the form with the steps that are possible."""
    part = Tree(desk.agenda).node(key).part
    shown = {
        **desk.shown,
        "base": desk.address,
        "form": form,
        "name": part_in_words(part),
        "address": desk.address_of(key),
        "key": key,
        "steps": possible_steps(desk.agenda, key),
        "adds": [(what, f"{desk.address_of(key)}add/{what}/") for what in can_add(part)],
    }
    return render(request, "meetings/part.html", shown, status=status)


def _refused(request: HttpRequest, desk: Desk, key: str, form: PartForm, refusal: Exception) -> HttpResponse:
    """Say why nothing was done; what was typed stays in the form, over what stands there by now."""
    desk = desk.again()
    try:
        part = Tree(desk.agenda).node(key).part
    except Impossible:
        messages.error(request, said(refusal))
        return redirect(desk.address)
    form = form.with_what_stands_now(part, desk.log.version)
    form.add_error(None, said(refusal))
    return _show(request, desk, key, form, status=CONFLICT)


def add_page(request: HttpRequest, desk: Desk, key: str, what: str) -> HttpResponse:
    """Add a part beside or under another."""
    key, before = _key(key), desk.agenda
    try:
        part = Tree(before).node(key).part
    except Impossible as reason:
        messages.error(request, said(reason))
        return redirect(desk.address)
    if what not in can_add(part):
        raise Http404
    form = desk.form(EMPTY[what], data=request.POST or None, is_new=True)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            desk.change([Add(place_for(before, key, what), form.new_part())], seen=desk.seen)
        except (Refused, Impossible) as refusal:
            form.add_error(None, said(refusal))
            status = CONFLICT
        else:
            return back(desk, _new_key(before, desk.agenda))
    address = f"{desk.address_of(key)}add/{what}/"
    shown = {**desk.shown, "base": desk.address, "form": form, "what": what, "key": key, "address": address}
    status = INVALID if form.errors and status == 200 else status  # noqa: PLR2004 - the answer to a form with faults
    return render(request, "meetings/part_new.html", shown, status=status)


def drop_page(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Say what dropping a part at another would do (GET), or do it (POST): `to` is its key, `side` where at it."""
    given = request.POST if request.method == "POST" else request.GET
    to, side = _key(given.get("to", "")), given.get("side", "")
    try:
        operation = dropped(desk.agenda, key, to, side)
        if request.method != "POST":
            return HttpResponse(verdict(desk.agenda, operation), content_type="text/plain; charset=utf-8")
        desk.change([operation], seen=desk.seen)
    except (Refused, Impossible) as refusal:
        if request.method != "POST":
            return HttpResponse(said(refusal), content_type="text/plain; charset=utf-8", status=CONFLICT)
        messages.error(request, said(refusal))
    return back(desk, key)


def renumber_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Number the items anew."""
    form = RenumberForm(request.POST)
    if not form.is_valid():
        raise Http404
    return step(request, desk, lambda: desk.change([form.operation()], seen=desk.seen))


def step(request: HttpRequest, desk: Desk, do: Callable[[], object], *, anchor: str = "h-a") -> HttpResponse:
    """Do one step and go back to the agenda; a refusal is said there."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{desk.address}#{anchor}")


def back(desk: Desk, key: str) -> HttpResponse:
    """Go back to the agenda, to where a part stands; `at` tells the script, which sees no fragment."""
    anchor = f"at-{key or WHOLE}"
    return redirect(f"{desk.address}?{urlencode({'at': anchor})}#{anchor}")


def said(refusal: Exception) -> str:
    """Say why something was not done."""
    return impossible_in_words(refusal.code, refusal.values) if isinstance(refusal, Impossible) else str(refusal)


def part_in_words(part: Part) -> str:
    """Name a part."""
    fields = ("label", "title", "date", "start", "end", "heading")
    kind = type(part).__name__.lower()
    return name_of(kind, {name: getattr(part, name, None) for name in fields})


def _key(given: str) -> str:
    return ROOT if given == WHOLE else given


def _new_key(before: Agenda, after: Agenda) -> str:
    known = set(keys_in(before))
    return next((key for key in keys_in(after) if key not in known), ROOT)
