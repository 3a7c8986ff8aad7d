"""Pages of a committee for its secretariat: roles and terms, a pasted list, invitations."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle import people_actions as actions
from convenor.cycle.access import holds_everywhere, in_cycle, person_of
from convenor.cycle.members import PER_PAGE, Narrowing, committee_balance, meetings_of, members_of, terms_in
from convenor.cycle.models import Cycle
from convenor.cycle.people_actions import Fate, Planned
from convenor.cycle.people_forms import EndForm, PasteForm, RoleForm, TermForm
from convenor.cycle.permissions import KEEP_ROLES
from convenor.people import invitations, paste, role_actions
from convenor.people.models import Answer, Invitation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.people.terms import NAMES
from convenor.shared.errors import Refused

FATES = {
    Fate.GIVEN: (gettext_lazy("gets the role"), "good"),
    Fate.CHANGED: (gettext_lazy("gets these days"), "good"),
    Fate.INVITED: (gettext_lazy("is invited"), "good"),
    Fate.KEPT: (gettext_lazy("nothing to do"), ""),
    Fate.REFUSED: (gettext_lazy("cannot be used"), "bad"),
}
STATES = {Answer.OPEN: "warn", Answer.ACCEPTED: "good", Answer.DECLINED: "bad", Answer.WITHDRAWN: ""}
TERM_CHOICES = (
    ("", gettext_lazy("Now")),
    ("past", gettext_lazy("Past")),
    ("to-come", gettext_lazy("To come")),
    ("all", gettext_lazy("All")),
)


def is_wide(request: HttpRequest, cycle: Cycle) -> bool:
    """Say whether the reader is secretariat in every year of the forum, so may give and end roles of every year."""
    return holds_everywhere(person_of(request), Role.SECRETARIAT, cycle, on=cycle.day_of(timezone.now()))


@in_cycle(KEEP_ROLES)
@require_safe
@never_cache
def roles(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List who holds which role, and how the committee divides."""
    today, asked = cycle.day_of(timezone.now()), Narrowing.of(request.GET)
    page = Paginator(asked.apply(terms_in(cycle), on=today), PER_PAGE).get_page(request.GET.get("page"))
    meetings, wide = dict(meetings_of(cycle)), is_wide(request, cycle)
    context = {
        "asked": asked,
        "page": page,
        "rows": [
            (term, NAMES[Role(term.role)], meetings.get(term.meeting, term.meeting), bool(term.cycle) or wide)
            for term in page
        ],
        "charts": committee_balance(cycle, get_language() or "en", on=today),
        "role_names": [(role.value, name) for role, name in NAMES.items()],
        "term_choices": TERM_CHOICES,
        "rules": cycle.rules,
        "today": today,
        "waiting": Invitation.objects.filter(
            forum=cycle.forum.slug, cycle__in=("", cycle.slug), state=Answer.OPEN
        ).count(),
    }
    return render(request, "people/roles.html", context)


@in_cycle(KEEP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give a role to somebody of the directory (`?person=`), or to whoever has an address."""
    person = _of_directory(request, cycle)
    form = RoleForm(request.POST or None, cycle=cycle, is_wide=is_wide(request, cycle), person=person)
    if request.method == "POST" and form.is_valid():
        try:
            said = _give(request, cycle, form, person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("cycle:members:roles", *cycle.address)
    status = 422 if form.errors else 200
    return render(request, "people/role_add.html", {"form": form, "person": person}, status=status)


def _of_directory(request: HttpRequest, cycle: Cycle) -> Person | None:
    asked = request.GET.get("person", "")
    people = members_of(cycle.forum).select_related("organisation")
    return get_object_or_404(people, pk=int(asked)) if asked.isdecimal() and asked.isascii() else None


def _give(request: HttpRequest, cycle: Cycle, form: RoleForm, person: Person | None) -> str:
    by, at = person_of(request), timezone.now()
    if person is not None:
        made: RoleTerm | Invitation = role_actions.give_role(person, form.term, scope=cycle.scope, by=by, at=at)
    else:
        made = actions.give_or_invite(cycle, form.term, **form.said, by=by, at=at)
    said = {"role": NAMES[form.term.role], "email": getattr(made, "email", "")}
    if isinstance(made, Invitation):
        return _("%(email)s is invited as “%(role)s”. The role begins when the invitation is accepted.") % said
    return _("The role “%(role)s” is given.") % said


@in_cycle(KEEP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def term(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show one role of somebody, and change its days."""
    found = _term(request, cycle, pk)
    stands = {"since": found.since, "until": found.until}
    form = TermForm(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        days, by = form.cleaned_data, person_of(request)
        try:
            role_actions.change_term(found, **days, scope=cycle.scope, by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The term is kept."))
            return redirect("cycle:members:roles", *cycle.address)
    return _show_term(request, cycle, found, form, EndForm(initial={"last_day": cycle.day_of(timezone.now())}))


@in_cycle(KEEP_ROLES)
@require_POST
def end(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """End a role."""
    found = _term(request, cycle, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        day, by = form.cleaned_data["last_day"], person_of(request)
        try:
            role_actions.end_role(found, last_day=day, scope=cycle.scope, by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is ended. What was done in it stays."))
            return redirect("cycle:members:roles", *cycle.address)
    return _show_term(request, cycle, found, TermForm(initial={"since": found.since, "until": found.until}), form)


def _term(request: HttpRequest, cycle: Cycle, pk: int) -> RoleTerm:
    found = get_object_or_404(terms_in(cycle), pk=pk)
    if not found.cycle and not is_wide(request, cycle):
        raise Refused(
            _("This role counts in every year of the forum, and yours only in this one. Ask a colleague of every year.")
        )
    return found


def _show_term(request: HttpRequest, cycle: Cycle, found: RoleTerm, form: TermForm, ends: EndForm) -> HttpResponse:
    place = dict(meetings_of(cycle)).get(found.meeting) or (cycle.name if found.cycle else cycle.forum.name)
    context = {"term": found, "role": NAMES[Role(found.role)], "place": place, "form": form, "ends": ends}
    return render(request, "people/role.html", context, status=422 if form.errors or ends.errors else 200)


@in_cycle(KEEP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paste_page(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Take a pasted list: show what becomes of each line, then do what was shown."""
    form = PasteForm(request.POST or None, cycle=cycle, is_wide=is_wide(request, cycle))
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/paste.html", {"form": form}, status=422 if form.errors else 200)
    where = {"year": form.year, "meeting": form.meeting}
    planned = actions.plan(cycle, paste.read(form.cleaned_data["text"], role=form.cleaned_data["role"]), **where)
    if form.cleaned_data["seen"] != actions.digest(planned):
        if form.cleaned_data["seen"]:
            messages.warning(request, _("Something changed since you looked: nothing was saved. Look once more."))
        return _show_plan(request, form, planned)
    left = actions.take_in(cycle, planned, **where, by=person_of(request), at=timezone.now())
    _say_taken(request, planned)
    return _show_left(request, cycle, form, left) if left else redirect("cycle:members:roles", *cycle.address)


def _say_taken(request: HttpRequest, planned: list[Planned]) -> None:
    counts = {fate: sum(1 for one in planned if one.fate is fate) for fate in Fate}
    said = _("Roles given: %(given)s; terms changed: %(changed)s; invited: %(invited)s; as it was: %(kept)s.")
    messages.success(request, said % {fate.value: number for fate, number in counts.items()})


def _show_plan(request: HttpRequest, form: PasteForm, planned: list[Planned]) -> HttpResponse:
    rows = [(one, *FATES[one.fate], NAMES[Role(one.line.role)] if one.line.role else "") for one in planned]
    useful = sum(1 for one in planned if one.fate not in (Fate.REFUSED, Fate.KEPT))
    refused = sum(1 for one in planned if one.fate is Fate.REFUSED)
    seen = actions.digest(planned)
    context = {"form": form, "rows": rows, "useful": useful, "refused": refused, "seen": seen}
    return render(request, "people/paste.html", context)


def _show_left(request: HttpRequest, cycle: Cycle, form: PasteForm, left: list[Planned]) -> HttpResponse:
    """Give the lines back that could not be used, as they were typed, with their reasons."""
    typed = {**request.POST.dict(), "text": "\n".join(one.line.text for one in left), "seen": ""}
    again = PasteForm(typed, cycle=cycle, is_wide=is_wide(request, cycle))
    again.is_valid()
    return _show_plan(request, again, left)


@in_cycle(KEEP_ROLES)
@require_safe
@never_cache
def invited(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the invitations, the newest first."""
    page = Paginator(_invitations(cycle), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [
        (
            one,
            NAMES[Role(one.role)],
            _("expired") if one.is_expired(now) else Answer(one.state).label,
            STATES[Answer(one.state)],
        )
        for one in page
    ]
    return render(request, "people/invitations.html", {"page": page, "rows": rows})


def _invitations(cycle: Cycle) -> QuerySet[Invitation]:
    return Invitation.objects.filter(forum=cycle.forum.slug, cycle__in=("", cycle.slug))


@in_cycle(KEEP_ROLES)
@require_POST
def invite_again(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Send an invitation once more."""
    found = get_object_or_404(_invitations(cycle), pk=pk)
    return _done(request, cycle, lambda: invitations.send_again(found, by=person_of(request), at=timezone.now()),
                 _("The invitation to %(email)s is sent again.") % {"email": found.email})  # fmt: skip


@in_cycle(KEEP_ROLES)
@require_POST
def withdraw(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(_invitations(cycle), pk=pk)
    return _done(request, cycle, lambda: invitations.withdraw(found, by=person_of(request), at=timezone.now()),
                 _("The invitation to %(email)s is withdrawn.") % {"email": found.email})  # fmt: skip


def _done(request: HttpRequest, cycle: Cycle, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("cycle:members:invitations", *cycle.address)
