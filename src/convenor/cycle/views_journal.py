"""The page of the journal."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from convenor.cycle import permissions
from convenor.cycle.access import in_cycle, request_roles
from convenor.cycle.finding import decisions, seers_of
from convenor.cycle.models import Cycle
from convenor.shared.journal import sentences
from convenor.shared.journal.models import Entry
from convenor.shared.journal.verbs import VERBS

PER_PAGE = 50


@in_cycle(permissions.READ_THE_JOURNAL)
@require_safe
def journal(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the decisions of a cycle, newest first, narrowed by verb and by words of their sentences."""
    everything = Entry.objects.filter(scope=cycle.scope).order_by("-number")
    verb, words = request.GET.get("verb", ""), request.GET.get("q", "").strip()[:200]
    seers = seers_of(request_roles(request, cycle))
    found = list(everything.filter(verb=verb) if verb else everything)
    if words:  # sentences are made in the reader's language, so they are searched here and not in the database
        said = zip(found, sentences(found, seers=seers), strict=True)
        found = [entry for entry, sentence in said if words.casefold() in sentence.casefold()]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "journal/journal.html",
        {
            "page": page,
            "decisions": decisions(page.object_list, seers=seers),
            "verbs": _verbs(everything),
            "newest": everything.first(),
            "verb": verb,
            "words": words,
            "address": _address(verb=verb, q=words),
        },
    )


def _address(**filters: str) -> str:
    query = QueryDict(mutable=True)
    query.update({key: value for key, value in filters.items() if value})
    return query.urlencode()


def _verbs(entries: QuerySet[Entry]) -> list[tuple[str, str]]:
    """Give the verbs in use and how a reader calls them."""
    used = entries.order_by("verb").values_list("verb", flat=True).distinct()
    return [(verb, str(VERBS.get(verb, verb))) for verb in used]
