"""What people take away of a record: text, data, mark-up, papers; of the minutes, an extract, the verbatim record."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.meetings.captions.showing import chosen, language_name, languages_of
from convenor.meetings.floorpages.channel import reader_level
from convenor.meetings.minutes_outputs import data
from convenor.meetings.models import Audience
from convenor.meetings.permissions import READ_MINUTES
from convenor.meetings.record.shelves import minutes_shelf, verbatim_shelf
from convenor.meetings.record.showing import Opened, readable
from convenor.meetings.record.take_away import Spoken, Taken
from convenor.meetings.record.timing import charts_of
from convenor.shared.documents import shelf
from convenor.shared.documents.shelf import Shelf

KINDS = {"txt": "text/plain", "json": "application/json", "xml": "application/akn+xml"}


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def minutes_file(request: HttpRequest, cycle: Cycle, meeting: str, form: str, key: str = "") -> HttpResponse:
    """Give the minutes, or the extract on an item, as text, data or Akoma Ntoso."""
    taken = _taken(readable(request, cycle, meeting), key)
    return _file(_forms(taken, cycle), form, f"{cycle.slug}-{meeting}-minutes{f'-{key}' if key else ''}")


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def verbatim_file(request: HttpRequest, cycle: Cycle, meeting: str, form: str) -> HttpResponse:
    """Give the verbatim record as text, data or Akoma Ntoso."""
    found = readable(request, cycle, meeting)
    return _file(_forms(_spoken(request, found), cycle), form, f"{cycle.slug}-{meeting}-verbatim")


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def verbatim(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show what was said, by speaker and item."""
    found = readable(request, cycle, meeting)
    spoken = _spoken(request, found)
    known = languages_of(found.meeting)
    language = chosen(known, request.GET.get("language", ""))
    names = [(code, language_name(code)) for code in known]
    more = {"verbatim": spoken.verbatim, "spoken": language, "choices": names}
    with timezone.override(found.meeting.zone):
        return render(request, "meetings/record/verbatim.html", found.shown(**more))


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def time_used(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show how the time was used, by group, region and channel."""
    found = readable(request, cycle, meeting)
    return render(request, "meetings/record/time.html", found.shown(charts=charts_of(found.meeting)))


@in_cycle(READ_MINUTES)
@require_safe
def schema(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the schema of minutes as data."""
    return JsonResponse(data.schema(), json_dumps_params={"indent": 1}, content_type="application/schema+json")


@in_cycle(READ_MINUTES)
@require_safe
def documents(request: HttpRequest, cycle: Cycle, meeting: str, key: str = "") -> HttpResponse:
    """Show the papers."""
    taken = _taken(readable(request, cycle, meeting), key)
    return shelf.show(request, minutes_shelf(taken), at=timezone.now())


@in_cycle(READ_MINUTES)
@require_POST
def make_document(request: HttpRequest, cycle: Cycle, meeting: str, form: str, key: str = "") -> HttpResponse:
    """Ask the worker for a paper."""
    taken = _taken(readable(request, cycle, meeting), key)
    return shelf.make(request, minutes_shelf(taken), form, at=timezone.now())


@in_cycle(READ_MINUTES)
@require_safe
def take_document(request: HttpRequest, cycle: Cycle, meeting: str, pk: int, key: str = "") -> HttpResponse:
    """Hand a finished paper out."""
    return shelf.take(minutes_shelf(_taken(readable(request, cycle, meeting), key)), pk, at=timezone.now())


@in_cycle(READ_MINUTES)
@require_safe
def verbatim_documents(request: HttpRequest, cycle: Cycle, meeting: str, language: str) -> HttpResponse:
    """Show the papers of the verbatim record."""
    return shelf.show(request, _verbatim_shelf(request, cycle, meeting, language), at=timezone.now())


@in_cycle(READ_MINUTES)
@require_POST
def make_verbatim(request: HttpRequest, cycle: Cycle, meeting: str, language: str, form: str) -> HttpResponse:
    """Ask the worker for a paper of the verbatim record."""
    return shelf.make(request, _verbatim_shelf(request, cycle, meeting, language), form, at=timezone.now())


@in_cycle(READ_MINUTES)
@require_safe
def take_verbatim(request: HttpRequest, cycle: Cycle, meeting: str, language: str, pk: int) -> HttpResponse:
    """Hand a finished paper of the verbatim record out."""
    return shelf.take(_verbatim_shelf(request, cycle, meeting, language), pk, at=timezone.now())


def _verbatim_shelf(request: HttpRequest, cycle: Cycle, meeting: str, language: str) -> Shelf:
    found = readable(request, cycle, meeting)
    if language not in languages_of(found.meeting):
        raise Http404(_("There are no captions in this language."))
    level = reader_level(request, found.meeting)
    spoken = Spoken.of(found.minutes, language, level)
    return verbatim_shelf(spoken, language, sees_members=Audience.MEMBERS in level)


def _taken(found: Opened, key: str) -> Taken:
    taken = Taken.of(found.minutes, key)
    if taken is None:
        raise Http404(_("The minutes have no such item."))
    return taken


def _spoken(request: HttpRequest, found: Opened) -> Spoken:
    language = chosen(languages_of(found.meeting), request.GET.get("language", ""))
    return Spoken.of(found.minutes, language, reader_level(request, found.meeting))


def _forms(one: Taken | Spoken, cycle: Cycle) -> dict[str, Callable[[], str]]:
    address = f"{settings.ORIGIN}{reverse('meetings:minutes-schema', args=cycle.address)}"
    return {"txt": lambda: one.text(at=timezone.now()), "json": lambda: one.json(address), "xml": one.akn}


def _file(forms: dict[str, Callable[[], str]], form: str, name: str) -> HttpResponse:
    if form not in forms:
        raise Http404(_("There is no such form of this document."))
    headers = {
        "Content-Type": f"{KINDS[form]}; charset=utf-8",
        "Content-Disposition": f'inline; filename="{name}.{form}"',
    }
    return HttpResponse(forms[form](), headers=headers)
