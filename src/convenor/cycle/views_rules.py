"""Pages where the rules of a year are changed, and their versions compared."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle import permissions, rule_words
from convenor.cycle import rule_drafts as drafts
from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.consequences import consequences
from convenor.cycle.differences import differences
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rule_data import faults
from convenor.cycle.rule_entries import SectionForm
from convenor.cycle.rule_forms import FORMS
from convenor.cycle.rules import Rules
from convenor.cycle.rules_in_use import uses_of
from convenor.shared.errors import Refused


@in_cycle(permissions.EDIT_THE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the sections, what the draft changes and what follows; save it."""
    refusal, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            saved = drafts.save_rules(cycle, reason=reason, seen=seen, by=person_of(request), at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The rules are saved as version %(n)s.") % {"n": saved.version})
            return redirect("cycle:rules", *cycle.address)
    context = {**_drafted(cycle), "refusal": refusal, "reason": reason}
    return render(request, "cycle/rules/edit.html", context, status=422 if refusal else 200)


@in_cycle(permissions.EDIT_THE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, cycle: Cycle, section: str) -> HttpResponse:
    """Show the form of one section, and keep it in the draft."""
    if section not in FORMS:
        raise Http404(_("The rules have no such section."))
    data = drafts.data_of(cycle, drafts.draft_of(cycle))
    form = FORMS[section](request.POST or None, key=section, rules=data)
    seen, refusal = request.POST.get("seen", drafts.mark_of(data[section])), ""
    if request.method == "POST" and form.is_valid():
        try:
            who, at = person_of(request), timezone.now()
            drafts.keep_section(cycle, key=section, part=form.part(), seen=seen, by=who, at=at)
        except Refused as refused:
            refusal, seen = str(refused), drafts.mark_of(data[section])  # whoever sends it again has read theirs
        else:
            return redirect("cycle:rules-edit", *cycle.address)
    context = {
        "form": form,
        "section": section,
        "title": rule_words.word(rule_words.SECTIONS, section),
        "seen": seen,
        "refusal": refusal,
        "instead": _instead(data, section, form) if refusal else [],
    }
    return render(request, "cycle/rules/section.html", context, status=422 if form.is_bound else 200)


@in_cycle(permissions.EDIT_THE_RULES)
@require_POST
def discard(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Throw the draft away."""
    if drafts.throw_away(cycle):
        messages.success(request, _("The draft is thrown away. The rules in force are as they were."))
    return redirect("cycle:rules", *cycle.address)


@in_cycle(permissions.EDIT_THE_RULES)
@require_POST
def carry(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Carry the draft over to rules that somebody else saved."""
    drafts.carry_over(cycle, by=person_of(request), at=timezone.now())
    messages.success(request, _("Your draft now stands on the rules in force. Look at what it changes."))
    return redirect("cycle:rules-edit", *cycle.address)


@in_cycle(permissions.SEE_THE_RULES)
@require_safe
def versions(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the versions, and say what differs between two of them."""
    known = drafts.versions_of(cycle)
    older, newer = _chosen(known, request.GET.get("from", "")), _chosen(known, request.GET.get("to", ""))
    if older is None or newer is None:
        newer = next((one for one in known if one.pk == cycle.rule_set_id), known[0])
        older = newer.origin if newer.origin in known else newer
    found = differences(older.rules, newer.rules, get_language() or "en") if older and older != newer else []
    context = {"versions": known, "older": older, "newer": newer, "differences": found}
    return render(request, "cycle/rules/versions.html", context)


def _chosen(known: Sequence[RuleSet], typed: str) -> RuleSet | None:
    return next((one for one in known if str(one.pk) == typed), None)


def _instead(theirs: drafts.Data, key: str, form: SectionForm) -> list[str]:
    """Say what would change in what somebody else wrote if this form were kept instead."""
    yours = drafts.without_orphans({**theirs, key: form.part()})
    return differences(Rules.draft(theirs), Rules.draft(yours), get_language() or "en")


def _drafted(cycle: Cycle) -> dict[str, object]:
    """Give what the overview of the editor shows."""
    draft, language = drafts.draft_of(cycle), get_language() or "en"
    before, data = cycle.rules, drafts.data_of(cycle, draft)
    after = Rules.draft(data)
    return {
        "draft": draft,
        "sections": [(key, str(name), _is_changed(cycle, data, key)) for key, name in rule_words.SECTIONS.items()],
        "differences": differences(before, after, language),
        "consequences": consequences(cycle, before, after) if draft else [],
        "uses": uses_of(cycle.rule_set, cycle),
        "is_overtaken": draft is not None and drafts.is_overtaken(cycle, draft),
        "may_save": not faults(data),
        "seen": drafts.mark_of(data),
    }


def _is_changed(cycle: Cycle, data: drafts.Data, key: str) -> bool:
    return bool(data[key] != drafts.whole(cycle.rule_set.data)[key])
