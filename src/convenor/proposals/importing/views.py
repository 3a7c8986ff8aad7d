"""Pages of imports: hand a file in, say how it is read, look at every row's fate, take it over."""

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.proposals.importing import actions, pages
from convenor.proposals.importing.checking import rows_of, spellings_of
from convenor.proposals.importing.forms import ReadingForm, UploadForm
from convenor.proposals.importing.helps import column_helps, format_lengths
from convenor.proposals.importing.models import Import, ImportState
from convenor.proposals.importing.shelves import template_shelf
from convenor.proposals.permissions import IMPORT
from convenor.shared.documents import shelf
from convenor.shared.errors import Refused

PER_PAGE = 30


@in_cycle(IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the imports of the year, and take a file in."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        name, data, beside = form.handed_in
        by, at = person_of(request), timezone.now()
        source = actions.hand_in(cycle, data, name=name, beside=beside, by=by, at=at)
        actions.ask_to_read(source, by=by, at=at)
        return redirect(source)
    found = cycle.imports.select_related("by", "confirmed_by").defer("data", "beside", "codes", "columns", "header")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "helps": column_helps(cycle.rules), "lengths": format_lengths(cycle.rules)}
    return render(request, "proposals/imports.html", context, status=422 if form.errors else 200)


@in_cycle(IMPORT)
@require_safe
@never_cache
def show(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show an import: what would become of each row, or what did."""
    source = _found(cycle, pk)
    job = actions.job_of(source)
    is_moving = source.state in (ImportState.READING, ImportState.WRITING) and job is not None and job.is_open
    fate = request.GET.get("fate", "")
    page = pages.rows_page(source, fate, request.GET.get("page"))
    context = {
        "source": source,
        "job": job,
        "is_moving": is_moving,
        "is_open": source.is_open or (source.state == ImportState.WRITING and not is_moving),
        "tabs": pages.tabs(source),
        "fate": fate,
        "page": page,
        "rows": pages.shown(source, list(page)),
        "said": pages.file_sentences(source),
        "left_out": pages.left_out_named(source),
    }
    return render(request, "proposals/import.html", context)


@in_cycle(IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reading(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show and change what the columns and spellings of a file mean."""
    source = _found(cycle, pk)
    if not source.is_open:
        if request.method == "POST":
            messages.error(request, _("Nothing was changed: the file is taken over already, or is being read."))
        return redirect(source)
    rows = rows_of(source)
    form = ReadingForm(
        request.POST or None, source=source, rows=rows, spellings=spellings_of(source, rows, cycle.rules)
    )
    if request.method == "POST" and form.is_valid() and _read(source, form):
        messages.success(request, _("It is read so now, and the next file alike. Look at what becomes of each row."))
        return redirect(source)
    return render(request, "proposals/import_reading.html", {"source": source, "form": form}, status=_status(form))


def _read(source: Import, form: ReadingForm) -> bool:
    as_drafts = form.cleaned_data["state"] == "draft"
    try:
        actions.set_reading(
            source, columns=form.columns, codes=form.codes, otherwise=form.otherwise, as_drafts=as_drafts
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _status(form: ReadingForm) -> int:
    return 422 if form.errors else 200


@in_cycle(IMPORT)
@require_POST
def confirm(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Take the rows over that were shown."""
    source = _found(cycle, pk)
    try:
        actions.confirm(source, seen=request.POST.get("seen", ""), by=person_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(source)


@in_cycle(IMPORT)
@require_POST
def drop(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Forget a file that is not taken over."""
    source = _found(cycle, pk)
    try:
        actions.drop(source)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(source)
    messages.success(request, _("“%(name)s” was left; nothing of it was taken over.") % {"name": source.file_name})
    return redirect(reverse("proposals:imports", args=cycle.address))


@in_cycle(IMPORT)
@require_safe
@never_cache
def refused(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Give the refused rows back, to be corrected."""
    return pages.refused_csv(_found(cycle, pk))


def _found(cycle: Cycle, pk: int) -> Import:
    """Give an import of the year, without the file."""
    related = cycle.imports.select_related("by", "confirmed_by").defer("data", "beside")
    found: Import = get_object_or_404(related, pk=pk)
    found.cycle = cycle
    return found


@in_cycle(IMPORT)
@require_safe
def template_csv(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the template as a line of headings."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="proposals-{cycle.forum.slug}-{cycle.slug}.csv"'
    answer.write("\ufeff")  # so that spreadsheets read it as UTF-8
    csv.writer(answer).writerow([one.name for one in column_helps(cycle.rules)])
    return answer


@in_cycle(IMPORT)
@require_safe
def template(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the template that can be fetched as a spreadsheet."""
    return shelf.show(request, template_shelf(cycle), at=timezone.now())


@in_cycle(IMPORT)
@require_POST
def make_template(request: HttpRequest, cycle: Cycle, form: str) -> HttpResponse:
    """Ask the worker for the template."""
    return shelf.make(request, template_shelf(cycle), form, at=timezone.now())


@in_cycle(IMPORT)
@require_safe
def take_template(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Hand the finished template out."""
    return shelf.take(template_shelf(cycle), pk, at=timezone.now())
