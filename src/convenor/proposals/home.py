"""What proposals put on the year's page, and who counts as a proposer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle, Forum, PhaseKind
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.contributing.models import NAMED
from convenor.proposals.drafting.finding import own_proposals
from convenor.proposals.models import Contributor, Proposal, State


def proposer(person: Person, cycle: Cycle) -> Role | None:
    """Give the role of somebody who owns a proposal of the year that is not withdrawn."""
    owned = Proposal.objects.filter(owner=person, cycle=cycle).exclude(state=State.WITHDRAWN)
    return Role.PROPOSER if owned.exists() else None


def owners(forum: Forum) -> QuerySet[Proposal, Any]:
    """Give the keys of those who handed something in that is public."""
    return _public(forum).values("owner")


def contributors(forum: Forum) -> QuerySet[Contributor, Any]:
    """Give the keys of those who take part in something that is public."""
    return Contributor.objects.filter(NAMED, proposal__in=_public(forum)).values("person")


def _public(forum: Forum) -> QuerySet[Proposal]:
    return Proposal.objects.filter(cycle__forum=forum, state__in=(State.SUBMITTED, State.SCREENED_OUT)).order_by()


def facts(cycle: Cycle) -> Mapping[str, str]:
    """Say how many proposals were received, and how many did not pass screening."""
    counted = Proposal.objects.filter(cycle=cycle).order_by().values_list("state").annotate(Count("pk"))
    by_state: dict[str, int] = dict(counted)
    out = by_state.get(State.SCREENED_OUT, 0)
    received = by_state.get(State.SUBMITTED, 0) + out
    if not received:
        return {}
    found: dict[str, str] = {
        PhaseKind.CALL: ngettext("%(count)s received", "%(count)s received", received) % {"count": received}
    }
    if out:
        words = ngettext("%(count)s did not pass", "%(count)s did not pass", out) % {"count": out}
        found[PhaseKind.SCREENING] = words
    return found


def _of_writers(person: Person, cycle: Cycle) -> Sequence[Offer]:
    """Offer those who write something what they write."""
    drafts = sum(one.state == State.DRAFT for one in own_proposals(cycle, person))
    if not drafts:
        return []
    words = ngettext("%(n)s draft is not handed in.", "%(n)s drafts are not handed in.", drafts) % {"n": drafts}
    return [Offer(_("Your proposals"), reverse("proposals:mine", args=cycle.address), words)]


def offers(request: HttpRequest, cycle: Cycle) -> Sequence[Offer]:
    """Offer everybody the list once there is one, what is wished for main sessions, and proposers their own."""
    handed_in = Proposal.objects.filter(cycle=cycle, state__in=(State.SUBMITTED, State.SCREENED_OUT))
    found = []
    by_kind: dict[str, int] = dict(handed_in.order_by().values_list("kind").annotate(Count("pk")))
    url = reverse("proposals:list", args=cycle.address)
    if by_kind:
        found.append(Offer(_("Read the proposals"), url, _("By theme, region, stakeholder group and format.")))
    for kind in cycle.rules.kinds:
        if not kind.is_graded and (n := by_kind.get(kind.code, 0)):
            words = ngettext("%(count)s received", "%(count)s received", n) % {"count": n}
            found.append(Offer(kind.name(get_language() or "en"), f"{url}?kind={kind.code}", words))
    if isinstance(request.user, Person):
        found += _of_writers(request.user, cycle)
        found += [
            Offer(_("Your proposal %(number)s") % {"number": one.number}, one.get_absolute_url(), one.title)
            for one in handed_in.filter(owner=request.user).select_related("cycle__forum")
        ]
    return found
