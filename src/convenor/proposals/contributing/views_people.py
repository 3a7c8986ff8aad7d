"""Pages of the people of a proposal: who has answered, for its proposer; everybody's answers, for the secretariat."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.proposals.contributing import asking, listing
from convenor.proposals.contributing.models import Said
from convenor.proposals.contributing.opening import is_open
from convenor.proposals.contributing.shelves import table_shelf
from convenor.proposals.contributing.standing import lines_of, standing_of
from convenor.proposals.models import Contributor, Part, Proposal
from convenor.proposals.permissions import ASK_PEOPLE, SEE_CONTRIBUTORS
from convenor.shared.documents import shelf
from convenor.shared.errors import Refused


@in_cycle(ASK_PEOPLE)
@require_safe
@never_cache
def people(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Show the proposer who was asked, who has answered and what."""
    proposal = _own(request, cycle, key)
    context = {
        "proposal": proposal,
        "standing": standing_of(proposal),
        "is_open": is_open(cycle, at=timezone.now()),
    }
    return render(request, "proposals/contributing/people.html", context)


@in_cycle(ASK_PEOPLE)
@require_POST
def ask(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Ask everybody of a proposal who was not asked yet."""
    proposal = _own(request, cycle, key)
    try:
        count = asking.ask(proposal, by=person_of(request), at=timezone.now())
        messages.success(
            request,
            ngettext("%(count)s person was asked by mail.", "%(count)s people were asked by mail.", count)
            % {"count": count},
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, proposal)


@in_cycle(ASK_PEOPLE)
@require_POST
def ask_again(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Ask one person, once more."""
    row = get_object_or_404(asking.rows_with_everything(Contributor.objects.filter(proposal__cycle=cycle)), pk=key)
    proposal = _own(request, cycle, row.proposal_id)
    try:
        name = asking.ask_again(row, by=person_of(request), at=timezone.now())
        messages.success(request, _("%(name)s was asked by mail.") % {"name": name})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, proposal)


def _own(request: HttpRequest, cycle: Cycle, key: int) -> Proposal:
    """Give a proposal to whoever keeps it: its proposer, a co-organiser, the secretariat."""
    by = person_of(request)
    sees = Q(owner=by) | Q(contributors__person=by, contributors__may_edit=True)
    if may(request, SEE_CONTRIBUTORS, cycle):
        sees |= Q(number__isnull=False)  # what was never handed in is the affair of those who write it
    proposals = cycle.proposals.filter(sees).distinct()
    found: Proposal = get_object_or_404(proposals.select_related("owner", "organisation"), pk=key)
    found.cycle = cycle
    return found


def _back(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Go back to the page of this site that the buttons stood on."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return redirect(wanted)
    return redirect("proposals:contributing:people", *proposal.cycle.address, proposal.pk)


@in_cycle(SEE_CONTRIBUTORS)
@require_safe
@never_cache
def table(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the secretariat everybody whom the proposals name."""
    search = listing.Search.of(request.GET)
    rows = search.apply(listing.rows_of(cycle), cycle)
    page = Paginator(rows, listing.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "lines": lines_of(cycle, list(page)),
        "counts": listing.counts_of(cycle),
        "choices": {"said": Said.choices, "part": Part.choices, "flag": listing.flags()},
        "is_open": is_open(cycle, at=timezone.now()),
    }
    return render(request, "proposals/contributing/list.html", context)


@in_cycle(SEE_CONTRIBUTORS)
@require_POST
def ask_shown(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Write to those shown who were not asked yet; the mails are held."""
    search = listing.Search.of(request.POST)
    keys = list(search.apply(listing.rows_of(cycle), cycle).values_list("pk", flat=True))
    try:
        count = asking.hold_questions(cycle, keys, by=person_of(request), at=timezone.now())
        words = ngettext(
            "%(count)s mail is written and held: release it under “Mail”.",
            "%(count)s mails are written and held: release them under “Mail”.",
            count,
        )
        messages.success(request, words % {"count": count})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('proposals:contributing:list', args=cycle.address)}?{search.query}")


@in_cycle(SEE_CONTRIBUTORS)
@require_safe
@never_cache
def export(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the table as it is shown, for a spreadsheet."""
    rows = listing.Search.of(request.GET).apply(listing.rows_of(cycle), cycle)
    name = f"{cycle.forum.slug}-{cycle.slug}-people.csv"
    return HttpResponse(
        listing.as_csv(cycle, rows),
        headers={"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'},
    )


@in_cycle(SEE_CONTRIBUTORS)
@require_safe
def documents(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the table as a spreadsheet to be fetched."""
    return shelf.show(request, table_shelf(cycle), at=timezone.now())


@in_cycle(SEE_CONTRIBUTORS)
@require_POST
def make_document(request: HttpRequest, cycle: Cycle, form: str) -> HttpResponse:
    """Ask the worker for it."""
    return shelf.make(request, table_shelf(cycle), form, at=timezone.now())


@in_cycle(SEE_CONTRIBUTORS)
@require_safe
def take_document(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Hand it out."""
    return shelf.take(table_shelf(cycle), pk, at=timezone.now())
