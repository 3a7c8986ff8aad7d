"""What somebody is shown behind their link: their parts, what they said, the other sessions that name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.proposals.contributing.forms import about_words
from convenor.proposals.contributing.links import link_of
from convenor.proposals.contributing.models import ContributorNeeds, Said
from convenor.proposals.contributing.opening import is_open, last_day
from convenor.proposals.contributing.parts import answer_of, name_of, parts_in_words, said_of
from convenor.proposals.contributing.standing import hours_in_words
from convenor.proposals.models import Contributor, State
from convenor.shared.languages.days import date_format


@dataclass(frozen=True, slots=True)
class Other:
    """Another session of the year that names the person, with the link to answer for it."""

    title: str
    language: str
    parts: str
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What stands around the form."""

    name: str
    parts: str
    is_open: bool
    is_withdrawn: bool
    until: str
    needs: str
    hours: Sequence[str]  # by the clock of the forum
    has_account: bool
    about: Sequence[str]
    others: Sequence[Other]


def page_of(cycle: Cycle, rows: Sequence[Contributor], *, at: datetime) -> OwnPage:
    """Put together what the page says; two queries."""
    first = rows[0]
    person, proposal = first.person, first.proposal
    answers = (one for row in rows if (one := answer_of(row)) and one.said == Said.CONFIRMED and one.zone)
    said = next(answers, None)
    kept = ContributorNeeds.objects.filter(cycle=cycle, person=person).first()
    is_withdrawn = proposal.state == State.WITHDRAWN
    return OwnPage(
        name=name_of(first),
        parts=parts_in_words(rows),
        is_open=is_open(cycle, at=at) and not is_withdrawn,
        is_withdrawn=is_withdrawn,
        until=date_format(last_day(cycle), "DATE_FORMAT"),
        needs=kept.needs if kept else "",
        hours=hours_in_words(said, cycle.zone_info) if said and said.zone != cycle.zone else (),
        has_account=person.last_login is not None,
        about=about_words(person, cycle),
        others=others_of(cycle, person, besides=proposal.pk),
    )


def others_of(cycle: Cycle, person: Person, *, besides: int) -> list[Other]:
    """Give the other sessions that name somebody and were handed in, or of which they were asked."""
    rows = Contributor.objects.filter(proposal__cycle=cycle, person=person).exclude(proposal=besides)
    rows = (
        rows.exclude(proposal__owner=person).select_related("proposal", "answer", "person").order_by("proposal", "pk")
    )
    together: dict[int, list[Contributor]] = {}
    for row in rows:
        row.proposal.cycle = cycle
        answer = answer_of(row)
        was_asked = answer is not None and answer.asked_at is not None
        if row.proposal.state == State.SUBMITTED or (was_asked and row.proposal.state == State.DRAFT):
            together.setdefault(row.proposal_id, []).append(row)
    return [
        Other(
            parts[0].proposal.title,
            parts[0].proposal.language,
            parts_in_words(parts),
            str(said_of(parts[0]).label),
            link_of(parts[0].proposal, person),
        )
        for parts in together.values()
    ]


def why_over(cycle: Cycle, rows: Sequence[Contributor]) -> str:
    """Say why a link opens nothing."""
    if rows:
        return _("The annual meeting is over, and with it what this link was for.")
    return _(
        "This link is not complete, or you are no longer named in the proposal, or you are written to at another "
        "address. "
        "Copy the whole link from the latest mail."
    )
