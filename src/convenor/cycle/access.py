"""Who somebody is towards a cycle, and the one door through which every page of it goes."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import reduce, wraps
from operator import or_
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role, Verb

P = ParamSpec("P")
# Further roles that follow from what somebody did, registered by the domain that knows (proposals: PROPOSER).
FOLLOWING: list[Callable[[Person, Cycle], Role | None]] = []


def roles_of(person: object, cycle: Cycle, *, on: date, meeting: str = "") -> frozenset[Role]:
    """Give the roles that a person, or an anonymous reader, has in a cycle on a day.

    Roles held for one meeting only count where that meeting is named.
    """
    if not isinstance(person, Person):
        return frozenset({Role.PUBLIC})
    terms = person.terms_on(on).filter(forum=cycle.forum.slug, cycle__in=("", cycle.slug), meeting__in={"", meeting})
    held = {Role(role) for role in terms.order_by().values_list("role", flat=True)}
    held |= {role for follow in FOLLOWING if (role := follow(person, cycle)) is not None}
    if person.is_superuser:
        held.add(Role.SECRETARIAT)
    return frozenset(held | {Role.PUBLIC, Role.SIGNED_IN})


def cycles_where(person: Person, verb: Verb, *, at: datetime) -> list[Cycle]:
    """Give the cycles in which a person's terms allow something at a moment: the door, asked for a whole list."""
    cycles = Cycle.objects.select_related("forum")
    if person.is_superuser and Role.SECRETARIAT in verb.roles:
        return list(cycles)
    terms = list(person.terms_about(at).filter(role__in=verb.roles, meeting=""))
    years = (Q(forum__slug=term.forum) & (Q(slug=term.cycle) if term.cycle else Q()) for term in terms)
    return [
        cycle
        for cycle in cycles.filter(reduce(or_, years, Q(pk__in=())))
        if any(
            term.forum == cycle.forum.slug and term.cycle in ("", cycle.slug) and term.runs_on(cycle.day_of(at))
            for term in terms
        )
    ]


def holds_everywhere(person: Person, role: Role, cycle: Cycle, *, on: date) -> bool:
    """Say whether somebody holds a role in every year of a cycle's forum."""
    terms = person.terms_on(on).filter(role=role, forum=cycle.forum.slug, cycle="", meeting="")
    return person.is_superuser or terms.exists()


def may(request: HttpRequest, verb: Verb, cycle: Cycle) -> bool:
    """Say whether the person of a request may do this in a cycle; the database is asked once, if it matters."""
    is_somebody = isinstance(request.user, Person)
    certain = {Role.PUBLIC, Role.SIGNED_IN} if is_somebody else {Role.PUBLIC}
    return allows(verb, certain, cycle) or (is_somebody and allows(verb, request_roles(request, cycle), cycle))


def allows(verb: Verb, held: Collection[Role], cycle: Cycle) -> bool:
    """Say whether these roles may do something in a cycle, whose rules may show less than the verb would."""
    return verb.allows(held) and (not verb.field or cycle.rules.visible(verb.field, held))


def request_roles(request: HttpRequest, cycle: Cycle) -> frozenset[Role]:
    """Give the roles of a request's person in a cycle, or in the meeting of its address, looked up once."""
    known: dict[int, frozenset[Role]] = request.__dict__.setdefault("_roles", {})
    if cycle.pk not in known:
        route = request.resolver_match
        meeting = str(route.kwargs.get("meeting", "")) if route else ""
        known[cycle.pk] = roles_of(request.user, cycle, on=cycle.day_of(timezone.now()), meeting=meeting)
    return known[cycle.pk]


def person_of(request: HttpRequest) -> Person:
    """Give the person of a request behind a door that lets only signed-in people in.

    Raises:
        TypeError: nobody is signed in; the page lacks its door.
    """
    if not isinstance(request.user, Person):
        raise TypeError("this page has no door that asks for an account")
    return request.user


def refuse(request: HttpRequest, verb: Verb) -> HttpResponseBase:
    """Send a stranger to sign in; tell somebody signed in that their roles do not allow it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied(_("Your roles in this forum do not allow you to %(verb)s.") % {"verb": _(verb.name)})


def in_cycle(
    verb: Verb,
) -> Callable[[Callable[Concatenate[HttpRequest, Cycle, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Load the cycle of the address, check the verb, and hand the cycle to the view."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Cycle, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, forum: str, year: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            cycle = Cycle.objects.at(forum, year).first()
            if cycle is None:
                raise Http404(_("There is no such forum or year here."))
            request.cycle = cycle  # type: ignore[attr-defined]  # read by the page frame
            if not may(request, verb, cycle):
                return refuse(request, verb)
            with timezone.override(cycle.zone_info):
                return view(request, cycle, *args, **kwargs)

        inner.verb = verb  # type: ignore[attr-defined]  # read by the test that walks every route
        return inner

    return decorate
