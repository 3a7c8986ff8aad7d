"""Pages of the record that are read: the minutes, an item's extract, the stages, what became of corrections."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.meetings.permissions import READ_MINUTES
from convenor.meetings.record.comparing import compared
from convenor.meetings.record.corrections import corrections_of, edits_of
from convenor.meetings.record.edited import without_empty
from convenor.meetings.record.page import Text, sections_of, text_of
from convenor.meetings.record.showing import opened, readable

PER_PAGE = 100


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def page(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the minutes to those who may read them now, and to others how far they have come."""
    found = opened(request, cycle, meeting)
    if not found.rights.reads:
        return render(request, "meetings/record/waiting.html", found.shown(**found.now()))
    text = text_of(found.minutes)
    corrigenda = found.minutes.corrigenda.all() if found.minutes.pk else ()
    read = Text(without_empty(text.report), text.lines)
    more = {"report": read.report, "sections": sections_of(found.minutes, read), "corrigenda": corrigenda}
    return render(request, "meetings/record/page.html", found.shown(**more, **found.now()))


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def extract(request: HttpRequest, cycle: Cycle, meeting: str, key: str) -> HttpResponse:
    """Show what the minutes say of one item."""
    found = readable(request, cycle, meeting)
    text = text_of(found.minutes)
    part = without_empty(text.report.of_item(key))
    if not part.sections:
        raise Http404(_("The minutes have no such item."))
    more = {"report": part, "sections": sections_of(found.minutes, Text(part, text.lines)), "key": key}
    return render(request, "meetings/record/extract.html", found.shown(**more))


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def stages(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show what differs, word by word, between the texts of two stages."""
    found = readable(request, cycle, meeting)
    if not found.rights.sees_corrections:
        raise Http404(_("The texts of earlier stages are shown to those who took part, and to the committee."))
    seen = compared(found.minutes, request.GET.get("from", ""), request.GET.get("to", ""))
    return render(request, "meetings/record/stages.html", found.shown(compared=seen, **found.now()))


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def corrections(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show every correction that was proposed, and what became of it."""
    found = readable(request, cycle, meeting)
    if not found.rights.sees_corrections:
        raise Http404(_("The proposed corrections are shown to those who took part, and to the committee."))
    rows = corrections_of(found.minutes, request.user)
    return render(request, "meetings/record/corrections.html", found.shown(rows=rows, **found.now()))


@in_cycle(READ_MINUTES)
@require_safe
@never_cache
def edits(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show every entry: who changed which paragraph, when, from what to what."""
    found = readable(request, cycle, meeting)
    if not found.rights.sees_corrections:
        raise Http404(_("The edits are shown to those who took part, and to the committee."))
    page = Paginator(edits_of(found.minutes), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/record/edits.html", found.shown(page=page))
