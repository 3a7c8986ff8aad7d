"""Pages of forums and years."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle import actions, home, permissions, wording
from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.adoption import RULES, adoptions_of, plans_of
from convenor.cycle.closing import closings_of, past
from convenor.cycle.finding import forums_for, latest_decisions
from convenor.cycle.forms import PhasesForm, StartForm
from convenor.cycle.models import Cycle, PhaseKind
from convenor.cycle.phases import day_at, line, next_of
from convenor.shared.errors import Refused
from convenor.shared.pages.access import everybody, signed_in


@everybody
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the forums here, the reader's own first."""
    return render(request, "cycle/index.html", {"forums": forums_for(request.user, now=timezone.now())})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a forum and its first year; start them."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = actions.start_forum(**form.cleaned_data, by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error("short_name", str(refusal))
        else:
            messages.success(request, _("“%(name)s” is started. You are its secretariat.") % {"name": cycle.name})
            return redirect(cycle)
    presets = [
        (code, _(actions.PRESETS[code]), wording.implied(rules)) for code, rules in actions.preset_rules().items()
    ]
    return render(request, "cycle/start.html", {"form": form, "presets": presets}, status=422 if form.errors else 200)


@in_cycle(permissions.SEE_THE_YEAR)
@require_safe
def year_home(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the year as a line, what is open to the reader, and what was decided."""
    moment = cycle.moment(timezone.now())
    closings = closings_of(cycle)
    stations = line([one.phase for one in closings.values()], moment, cycle.zone_info)
    facts, documents = home.facts_of(cycle), home.documents_of(cycle)
    return render(
        request,
        "cycle/home.html",
        {
            "stations": [
                (PhaseKind(one.kind).label, one, facts.get(one.kind, ""), closings[one.kind]) for one in stations
            ],
            "closed": past(closings, moment),
            "here": next(((PhaseKind(s.kind).label, s) for s in stations if s.is_here), None),
            "next": next(((PhaseKind(s.kind).label, s) for s in [next_of(stations)] if s), None),
            "offers": home.offers_to(request, cycle),
            "dates": home.dates_after(cycle, day_at(moment, cycle.zone_info)),
            "documents": documents,
            "decisions": latest_decisions(cycle.scope),
            "is_new": not facts and all(one.is_standing for one in documents) and not cycle.forum.is_example,
        },
    )


@in_cycle(permissions.SEE_THE_RULES)
@require_safe
def rules(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the rule set in plain words."""
    found, language = cycle.rules, get_language() or "en"
    return render(
        request,
        "cycle/rules.html",
        {
            "rules": found,
            "implied": wording.implied(found),
            "limits": wording.limits(found),
            "taken": wording.taken(found),
            "by_discussion": found.budget.places - found.budget.by_score,
            "quotas": wording.quotas(found, language),
            "formats": [(one, wording.lengths(one.minutes)) for one in found.formats],
            "criteria": [(one, wording.scale(one)) for one in found.criteria],
            "life": wording.life(found, language),
            "may_edit": may(request, permissions.EDIT_THE_RULES, cycle),
            "adoptions": adoptions_of(cycle, RULES, cycle.rule_set_id),
            "plans": plans_of(cycle, RULES, cycle.rule_set_id),
        },
    )


@in_cycle(permissions.SET_THE_PHASES)
@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the days of the phases to the secretariat, and set them."""
    stated = {kind: one.stated for kind, one in closings_of(cycle).items()}
    form = PhasesForm(request.POST or None, phases=list(cycle.phases.all()), deadlines=stated)
    if request.method == "POST" and form.is_valid():
        changed = actions.set_phases(cycle, spans=form.spans(), by=person_of(request), at=timezone.now())
        said = _("The phases are set; the journal names each change.") if changed else _("No day was changed.")
        messages.success(request, said)
        return redirect(cycle)
    return render(request, "cycle/phases.html", {"form": form}, status=422 if form.errors else 200)


@in_cycle(permissions.REMOVE_THE_EXAMPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Ask, then remove the example."""
    if not cycle.forum.is_example:
        raise Refused(_("“%(name)s” is no example, so it is not removed here.") % {"name": cycle.forum.name})
    if request.method != "POST":
        return render(request, "cycle/remove.html")
    actions.remove_forum(cycle.forum, by=person_of(request), at=timezone.now())
    messages.success(request, _("The example is removed. Your own forums are as they were."))
    return redirect("cycle:index")
