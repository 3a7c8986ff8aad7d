"""Pages where rapporteurs write: the sheet of paragraphs, one paragraph beside its log, a new one, text modules."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.permissions import WRITE_MINUTES
from convenor.meetings.record import editing
from convenor.meetings.record import modules as sentences
from convenor.meetings.record.forms import AddForm, ModuleForm, ParagraphForm
from convenor.meetings.record.page import sections_of, text_of
from convenor.meetings.record.replay import SECTION, Line
from convenor.meetings.record.showing import Opened, opened
from convenor.meetings.record.wordwise import words_between
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]
DEEDS: dict[str, Callable[..., Any]] = {
    "remove": editing.remove,
    "bring-back": editing.bring_back,
    "as-log": editing.as_log,
    "up": lambda meeting, key, **who: editing.move(meeting, key, is_up=True, **who),
    "down": lambda meeting, key, **who: editing.move(meeting, key, is_up=False, **who),
}
MOST_LETTERS = 60  # of a paragraph where a place behind it is chosen


@in_cycle(WRITE_MINUTES)
@require_safe
@never_cache
def sheet(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show every paragraph with what can be done to it."""
    found = opened(request, cycle, meeting)
    text = text_of(found.minutes)
    more = {"sections": sections_of(found.minutes, text), "stale": text.stale}
    return render(request, "meetings/record/edit.html", found.shown(**more, **found.now()))


@in_cycle(WRITE_MINUTES)
@require_http_methods(FORM)
@never_cache
def paragraph(request: HttpRequest, cycle: Cycle, meeting: str, key: str) -> HttpResponse:
    """Give a paragraph other words, beside those of the log."""
    found = opened(request, cycle, meeting)
    line = _line(found, key, is_sent=request.method == "POST")
    form = ParagraphForm(request.POST or None, initial={"text": line.text, "seen": line.text})
    if request.method == "POST" and form.is_valid():
        words = {"seen": form.cleaned_data["seen"], "by": person_of(request), "at": timezone.now()}
        try:
            editing.edit(found.meeting, key, form.cleaned_data["text"], **words)
        except Refused as refusal:
            form.add_error("text", str(refusal))
            form.read_again(line.text)
        else:
            messages.success(request, _("The paragraph is saved."))
            return redirect(f"{found.base}edit/#{_anchor(key)}")
    more = {"form": form, "line": line, "pieces": tuple(words_between(line.made, line.text)) if line.made else ()}
    return render(request, "meetings/record/paragraph.html", found.shown(**more), status=422 if form.errors else 200)


@in_cycle(WRITE_MINUTES)
@require_http_methods(FORM)
@never_cache
def add(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Add a paragraph, from a text module or from nothing."""
    found = opened(request, cycle, meeting)
    form = _add_form(request, found)
    if request.method == "POST" and "take" not in request.POST and form.is_valid():
        given = form.cleaned_data
        who: dict[str, Any] = {"by": person_of(request), "at": timezone.now(), "module": bool(given["module"])}
        try:
            row = editing.insert(found.meeting, given["after"], given["text"], **who)
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The paragraph is added."))
            return redirect(f"{found.base}edit/#{_anchor(row.key)}")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/record/add.html", found.shown(form=form), status=status)


@in_cycle(WRITE_MINUTES)
@require_POST
def do(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Do with a paragraph what a button says: take out, bring back, move, take the log's words."""
    found, key = opened(request, cycle, meeting), request.POST.get("key", "")
    deed = DEEDS.get(request.POST.get("what", ""))
    if deed is None:
        raise Http404(_("There is no such button."))
    try:
        deed(found.meeting, key, by=person_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{found.base}edit/?{urlencode({'moved': key})}#{_anchor(key)}")  # its buttons stay at hand


@in_cycle(WRITE_MINUTES)
@require_http_methods(FORM)
@never_cache
def modules(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Keep the text modules of the forum."""
    found = opened(request, cycle, meeting)
    form = ModuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sentences.add(cycle.forum, **form.cleaned_data, by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The text module is kept."))
            return redirect(f"{found.base}edit/modules/")
    more = {"form": form, "modules": sentences.modules_of(cycle.forum)}
    return render(request, "meetings/record/modules.html", found.shown(**more), status=422 if form.errors else 200)


@in_cycle(WRITE_MINUTES)
@require_POST
def remove_module(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Remove a text module of the forum."""
    found = opened(request, cycle, meeting)
    if not sentences.remove(cycle.forum, pk):
        raise Http404
    messages.success(request, _("The text module is removed; minutes that used it keep their words."))
    return redirect(f"{found.base}edit/modules/")


def _add_form(request: HttpRequest, found: Opened) -> AddForm:
    """Give the form; “Take the module” puts the words of the chosen module into it."""
    offered = sentences.modules_of(found.meeting.cycle.forum, get_language() or "")
    places = _places(found)
    if "take" in request.POST:
        chosen = next((one for one in offered if one.code == request.POST.get("module")), None)
        kept = {"after": request.POST.get("after"), "module": chosen.code if chosen else ""}
        text = chosen.text if chosen else request.POST.get("text", "")
        return AddForm(initial={**kept, "text": text}, places=places, modules=offered)
    return AddForm(request.POST or None, initial={"after": request.GET.get("after")}, places=places, modules=offered)


def _places(found: Opened) -> list[tuple[str, str]]:
    """Give every place where a paragraph can be added, in words."""
    places = []
    for section in sections_of(found.minutes, text_of(found.minutes)):
        name = f"{section.label} {section.heading}".strip()[:MOST_LETTERS]
        places.append((f"{SECTION}{section.key}", _("first under “%(heading)s”") % {"heading": name}))
        for one in section.paragraphs:
            if one.line:
                said = {"number": one.row.number, "words": one.row.text[:MOST_LETTERS]}
                places.append((one.row.key, _("after paragraph %(number)s: %(words)s") % said))
    return places


def _line(found: Opened, key: str, *, is_sent: bool) -> Line:
    """Find it; where it went while somebody wrote, an empty one stands for it, so that what was sent is not lost."""
    for line in text_of(found.minutes).lines:
        if line.key == key:
            return line
    if is_sent:
        return Line(key, "", "")
    raise Http404(_("The minutes have no such paragraph, or are locked."))


def _anchor(key: str) -> str:
    return f"at-{key.replace(':', '-')}"[:100]
