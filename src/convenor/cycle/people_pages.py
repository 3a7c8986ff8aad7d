"""Pages of a forum's people: the directory, its export, and duplicates."""

import csv
from collections.abc import Callable, Iterable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle import people_actions as actions
from convenor.cycle.access import in_cycle, may, person_of, request_roles
from convenor.cycle.members import PER_PAGE, Search, members_of, members_shown, shown_to
from convenor.cycle.models import Cycle
from convenor.cycle.people_forms import MergeForm
from convenor.cycle.permissions import EXPORT_DIRECTORY, KEEP_ROLES, MERGE_PEOPLE, SEE_DIRECTORY
from convenor.people.countries import country_name
from convenor.people.duplicates import Why
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.people.terms import NAMES
from convenor.shared.errors import Refused
from convenor.shared.languages.lists import listed
from convenor.shared.spreadsheets import MARK, as_text

WHY = {
    Why.ADDRESS: gettext_lazy("the same e-mail address in another spelling"),
    Why.NAME_ORGANISATION: gettext_lazy("the same name and organisation"),
    Why.NAME_COUNTRY: gettext_lazy("the same name and country"),
    Why.NEAR_ORGANISATION: gettext_lazy("nearly the same name, and the same organisation"),
    Why.NEAR_COUNTRY: gettext_lazy("nearly the same name, and the same country"),
}


@in_cycle(SEE_DIRECTORY)
@require_safe
@never_cache
def directory(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the people of the forum, as much of each as the rule set shows to the reader."""
    shown, today = shown_to(cycle, request_roles(request, cycle)), cycle.day_of(timezone.now())
    search, everybody = Search.of(request.GET), members_shown(cycle, shown)
    found = search.apply(everybody, cycle, on=today, shown=shown)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "rows": [(one, held_names(one)) for one in page],
        "shown": shown,
        "rules": cycle.rules,
        "role_names": [(role.value, name) for role, name in NAMES.items()],
        "keeps": may(request, KEEP_ROLES, cycle),
    }
    return render(request, "people/directory.html", context)


@in_cycle(EXPORT_DIRECTORY)
@require_safe
@never_cache
def export(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the directory, filtered as it was looked at, for a spreadsheet."""
    shown, today = shown_to(cycle, request_roles(request, cycle)), cycle.day_of(timezone.now())
    people = Search.of(request.GET).apply(members_shown(cycle, shown), cycle, on=today, shown=shown)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{cycle.forum.slug}-people.csv"'
    answer.write(MARK)
    write_rows(answer, people, cycle, shown)
    return answer


def write_rows(answer: HttpResponse, people: Iterable[Person], cycle: Cycle, shown: Iterable[str]) -> None:
    """Write a line of headings and one per person, only with fields that the reader is shown."""
    language, rules = get_language() or "en", cycle.rules
    columns: dict[str, tuple[str, Callable[[Person], str]]] = {
        "organisation": (_("Organisation"), lambda one: one.organisation.name if one.organisation else ""),
        "group": (_("Stakeholder group"), lambda one: one.group and rules.named("groups", one.group, language)),
        "region": (_("Region"), lambda one: one.region and rules.named("regions", one.region, language)),
        "country": (_("Country"), lambda one: one.country and country_name(one.country, language)),
        "email": (_("E-mail address"), lambda one: one.email or ""),
    }
    used = [column for field, column in columns.items() if field in set(shown)]
    lines = csv.writer(answer)
    lines.writerow([_("Name"), *(title for title, _value in used), _("Roles")])
    for one in people:
        cells = [one.name, *(value(one) for _title, value in used), listed(held_names(one))]
        lines.writerow([as_text(str(cell)) for cell in cells])


def held_names(person: Person) -> list[str]:
    """Name the roles of a row of the directory, each once, the weightiest first."""
    held = {Role(term.role) for term in person.held_here}  # type: ignore[attr-defined]  # prefetched by Search.apply
    return [str(name) for role, name in NAMES.items() if role in held]


@in_cycle(MERGE_PEOPLE)
@require_safe
@never_cache
def duplicates(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the pairs that look like one person."""
    page = Paginator(actions.candidates(cycle), PER_PAGE).get_page(request.GET.get("page"))
    keys = {key for pair in page for key in (pair.first, pair.second)}
    people = Person.objects.select_related("organisation").in_bulk(keys)
    rows = [(people[pair.first], people[pair.second], WHY[pair.why]) for pair in page]
    return render(request, "people/duplicates.html", {"page": page, "rows": rows})


@in_cycle(MERGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pair(request: HttpRequest, cycle: Cycle, first: int, second: int) -> HttpResponse:
    """Show two entries side by side, and make them one."""
    people = _two(cycle, first, second)
    form = MergeForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        kept, lost = people if form.cleaned_data["keep"] == str(first) else people[::-1]
        email, by = form.cleaned_data.get("email", ""), person_of(request)
        try:
            made = actions.merge(cycle, kept, lost, email=email, by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("They are one entry now. Rows moved: %(moved)s; on both sides, so left out: %(dropped)s.")
            messages.success(request, said % {"moved": made.moved, "dropped": sum(made.dropped.values())})
            return redirect("cycle:members:duplicates", *cycle.address)
    context = {"form": form, "sides": people, "blocked": _blocked(cycle, people, request)}
    return render(request, "people/pair.html", context, status=422 if form.errors else 200)


@in_cycle(MERGE_PEOPLE)
@require_POST
def distinct(request: HttpRequest, cycle: Cycle, first: int, second: int) -> HttpResponse:
    """Keep two people apart."""
    actions.say_distinct(cycle, *_two(cycle, first, second))
    messages.success(request, _("They stay two people, and are not listed here again."))
    return redirect("cycle:members:duplicates", *cycle.address)


def _two(cycle: Cycle, first: int, second: int) -> tuple[Person, Person]:
    people = members_of(cycle.forum).select_related("organisation")
    keys: Sequence[int] = (first, second) if first != second else (first, 0)
    one, other = (get_object_or_404(people, pk=key) for key in keys)
    return one, other


def _blocked(cycle: Cycle, people: tuple[Person, Person], request: HttpRequest) -> str:
    """Give the sentence that forbids the merge whichever entry is kept, or nothing."""
    said = ""
    for kept, lost in (people, people[::-1]):
        try:
            actions.check_mergeable(cycle, kept, lost, by=person_of(request))
        except Refused as refusal:
            said = str(refusal)
        else:
            return ""
    return said
