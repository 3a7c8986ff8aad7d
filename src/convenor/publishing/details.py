"""One session as its page shows it: what, who, where, and how it came here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.programme.models import Release, Room, Session, Solution
from convenor.proposals.contributing.models import NAMED
from convenor.proposals.models import Part, Proposal
from convenor.publishing.talks import Programme, Talk
from convenor.publishing.visible import Shown
from convenor.selection.models import Choice
from convenor.selection.sentences import Words

#: So many sessions of the same theme are named.
MOST_NEAR = 6
#: Why a session was selected, as everybody may read it; the codes are those of the selection.
REASONS: Mapping[str, Callable[[], str]] = {
    "in_by_score": lambda: _("by its score"),
    "in_by_lot": lambda: _("by lot among equal scores"),
    "in_for_quota": lambda: _("for the balance: %(rules)s"),
    "in_required": lambda: _("the committee required it"),
}


@dataclass(frozen=True, slots=True)
class Contribution:
    """A person's part in the session."""

    part: str | Promise
    name: str
    organisation: str  # of the day the person was named, where a proposal says so
    group: str
    region: str
    is_online: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One station on the session's way, with the day it was reached."""

    title: str
    at: datetime | None
    note: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """Everything a session's page shows: nothing that the rule set hides from the public."""

    talk: Talk
    session: Session
    room: Room | None
    summary: str
    policy_questions: list[str]
    contributions: list[Contribution]
    steps: list[Step]
    near: list[Talk]
    release: Release


def details_of(cycle: Cycle, programme: Programme, number: int, *, now: datetime) -> Details | None:
    """Read what a page says of a session of the latest release; None when the release does not hold it."""
    talk = next((one for one in programme.talks if one.number == number), None)
    if talk is None or programme.release is None:
        return None
    session = Session.objects.select_related("proposal", "organisation").get(pk=talk.id)
    shown = Shown.of(cycle)
    asks = session.proposal is not None and "policy-questions" in shown.fields
    return Details(
        talk=talk,
        session=session,
        room=Room.objects.filter(cycle=cycle, name=talk.room).first(),
        summary=shown.value("summary", session.summary),
        policy_questions=list(session.proposal.policy_questions) if session.proposal and asks else [],
        contributions=list(_contributions(session, shown)),
        steps=_steps(cycle, session, talk, shown, now),
        near=_near(talk, programme.talks),
        release=programme.release,
    )


def _contributions(session: Session, shown: Shown) -> Iterable[Contribution]:
    if session.proposal is None:
        for person in session.people.select_related("organisation"):
            if shown.names(person.pk, None):
                yield _contribution("", person, person.organisation, shown, is_online=False)
        return
    owner = session.proposal.owner_id
    named = session.proposal.contributors.filter(NAMED, person__erased_at=None)
    for one in named.select_related("person", "organisation"):
        is_online = not one.is_on_site and one.part != Part.ONLINE_MODERATOR
        if shown.names(one.person_id, owner):
            yield _contribution(Part(one.part).label, one.person, one.organisation, shown, is_online=is_online)


def _contribution(
    part: str | Promise, person: Person, organisation: Organisation | None, shown: Shown, *, is_online: bool
) -> Contribution:
    return Contribution(
        part,
        person.name,
        shown.value("organisation", organisation.name if organisation else ""),
        shown.value("group", person.group),
        shown.value("region", person.region),
        is_online=is_online,
    )


def _near(talk: Talk, talks: Iterable[Talk]) -> list[Talk]:
    """Give the other sessions of the theme, the nearest in time first."""
    others = [one for one in talks if talk.theme and one.theme == talk.theme and one.id != talk.id]
    nearest = sorted(others, key=lambda one: (abs(one.starts_at - talk.starts_at), one.number))[:MOST_NEAR]
    return sorted(nearest, key=lambda one: (one.starts_at, one.number))


def _steps(cycle: Cycle, session: Session, talk: Talk, shown: Shown, now: datetime) -> list[Step]:
    """Tell the way from the proposal to the room; the last station is the day it is held."""
    steps = _beginnings(cycle, session.proposal, shown) if session.proposal else []
    released = Release.objects.filter(placements__session=session).order_by("number").first()
    solution = Solution.objects.filter(cycle=cycle, cost__isnull=False)
    if released is not None:
        solution = solution.filter(computed_at__lte=released.released_at)
    if (found := solution.first()) is not None:
        steps.append(Step(_("Placed"), found.computed_at))
    if released is not None:
        steps.append(Step(_("Released"), released.released_at, _("release %(number)s") % {"number": released.number}))
    return [*steps, Step(_("Held") if talk.ends_at <= now else _("To be held"), talk.starts_at, is_here=True)]


def _beginnings(cycle: Cycle, proposal: Proposal, shown: Shown) -> list[Step]:
    first = shown.value("first-proposal", _("first proposal ever") if proposal.is_first else "")
    steps = [Step(_("Proposed"), proposal.submitted_at if "submitted-at" in shown.fields else None, first)]
    choices = Choice.objects.filter(proposal=proposal, is_in=True).select_related("scenario")
    choice = choices.order_by("-scenario_id").first()
    if choice is not None:
        steps.append(Step(_("Selected"), choice.scenario.computed_at, _reason(cycle, choice, shown)))
    return steps


def _reason(cycle: Cycle, choice: Choice, shown: Shown) -> str:
    """Say why a proposal was selected without any score, for these are the committee's, and without a hidden class."""
    if any(
        rule.get("dimension") in cycle.rules.visibility.keys() - shown.fields for rule in choice.values.get("rules", ())
    ):
        return ""
    words = Words(cycle.rules, get_language() or "en")
    rules = words.rules_in_words(choice.values.get("rules", ()))
    return REASONS[choice.reason]() % {"rules": rules} if choice.reason in REASONS else ""
