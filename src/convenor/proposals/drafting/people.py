"""Who takes part in a session, as its proposer names them: found again by address, added, moved, taken out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from convenor.people.affiliations import find_or_make_organisation
from convenor.people.models import Person
from convenor.people.names import tidy_name
from convenor.proposals.contributing.letters import drop_held
from convenor.proposals.drafting.completing import Somebody
from convenor.proposals.drafting.saving import check_people_may_change, locked
from convenor.proposals.importing.cell_people import LONGEST_NAME, PersonSaid, address_of
from convenor.proposals.importing.resolving import find_or_make_people, person_key
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.errors import Refused

MOST_PEOPLE = 60  # of one proposal
LIVE = (State.SUBMITTED, State.SCREENED_OUT)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as the proposer names them."""

    name: str
    email: str
    organisation: str = ""
    part: str = Part.SPEAKER
    is_on_site: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A contributor with how they are called on the proposer's pages, and in how many other proposals they speak."""

    one: Contributor
    name: str
    others: int
    is_above_cap: bool


def named(name: str, email: str, organisation: str, part: str, *, is_on_site: bool, by: Person) -> Named:
    """Read what was typed about somebody; whom one named before is found again by the address alone.

    What the house knows of an address beyond that is not told: it may be an account of somebody else's choosing.

    Raises:
        Refused: no address, no name, or no such part.
    """
    address, name = address_of(email), tidy_name(name)
    if not address:
        raise Refused(
            _("Nobody was added: “%(email)s” is no e-mail address. What you typed is kept.")
            % {"email": tidy_name(email)[:100]}
            if email.strip()
            else _("Nobody was added: type the e-mail address, by which they will be asked. What you typed is kept.")
        )
    if part not in Part.values or part == Part.ORGANISER:
        raise Refused(_("Nobody was added: choose which part they have. What you typed is kept."))
    known = _named_before(address, by) if not name else None
    name = known.shown_name if known else name
    if not name:
        raise Refused(
            _("Nobody was added: type the name that belongs to %(email)s. What you typed is kept.") % {"email": address}
        )
    organisation = tidy_name(organisation) or (known.organisation.name if known and known.organisation else "")
    for words in (name, organisation):
        if len(words) > LONGEST_NAME:
            raise Refused(
                _("Nobody was added: “%(start)s…” has %(letters)s letters, and %(most)s fit. What you typed is kept.")
                % {"start": words[:40], "letters": len(words), "most": LONGEST_NAME}
            )
    return Named(name, address, organisation, part, is_on_site)


def _named_before(address: str, by: Person) -> Contributor | None:
    found = Contributor.objects.filter(proposal__owner=by, person__email__iexact=address)
    return found.select_related("person", "organisation").order_by("-pk").first()


@transaction.atomic
def add(proposal: Proposal, people: Sequence[Named], *, at: datetime) -> list[Contributor]:
    """Add people to a proposal, known ones found by their address and by nothing else.

    Raises:
        Refused: one stands there in the same part already, they become too many, or it is too late; nobody is added.
    """
    row = locked(proposal)
    check_people_may_change(row, at=at)
    here = {(one.person.email or "", one.part) for one in row.contributors.select_related("person")}
    if doubles := [one.name for one in people if (one.email, one.part) in here]:
        raise Refused(
            _("Nobody was added: %(name)s is named in this part already. What you typed is kept.")
            % {"name": doubles[0]}
        )
    if len(here) + len(people) > MOST_PEOPLE:
        raise Refused(
            _("Nobody was added: with them %(number)s people would be named, and %(most)s fit. What you typed is kept.")
            % {"number": len(here) + len(people), "most": MOST_PEOPLE}
        )
    said = [(0, PersonSaid(one.part, one.name, one.email, one.organisation)) for one in people]
    found = find_or_make_people(said)
    last = row.contributors.aggregate(Max("order"))["order__max"] or 0
    made = [
        _contributor_of(row, one, found[person_key(number, person)], order)
        for order, (one, (number, person)) in enumerate(zip(people, said, strict=True), start=last + 1)
    ]
    return Contributor.objects.bulk_create(made)  # which does not note the organisation of somebody's account


def _contributor_of(row: Proposal, one: Named, person: Person, order: int) -> Contributor:
    body = find_or_make_organisation(one.organisation) if one.organisation else None
    return Contributor(
        proposal=row,
        person=person,
        organisation=body,
        part=one.part,
        is_on_site=one.is_on_site,
        named_as=one.name,
        order=order,
    )


@transaction.atomic
def remove(proposal: Proposal, key: int, *, at: datetime) -> str:
    """Take somebody out of a proposal; give their name. Whoever proposes it stays.

    What is held for them about it is discarded: its link would open nothing.

    Raises:
        Refused: it is the proposer, or too late.
    """
    row = locked(proposal)
    check_people_may_change(row, at=at)
    one = _contributor(row, key)
    if one.part == Part.ORGANISER and one.person_id == row.owner_id:
        raise Refused(_("Nobody was taken out: whoever proposes a session stands in it."))
    one.delete()
    if not row.contributors.filter(person=one.person_id).exists():
        drop_held(row, one.person, because=_("The person was taken out of the proposal before the mail left."))
    return one.shown_name


@transaction.atomic
def move_up(proposal: Proposal, key: int, *, at: datetime) -> str:
    """Put somebody one place up; give their name. The first one stays there.

    Raises:
        Refused: it is too late.
    """
    row = locked(proposal)
    check_people_may_change(row, at=at)
    people = list(row.contributors.select_related("person"))
    one = _contributor(row, key)
    place = next(index for index, other in enumerate(people) if other.pk == one.pk)
    if place:
        people[place - 1], people[place] = people[place], people[place - 1]
    for order, other in enumerate(people, start=1):
        other.order = order
    Contributor.objects.bulk_update(people, ["order"])
    return one.shown_name


@transaction.atomic
def let_edit(proposal: Proposal, key: int, *, by: Person, may: bool) -> str:
    """Let a co-organiser write in the form, or no longer; give their name.

    Raises:
        Refused: only whoever proposes decides that, and only of co-organisers.
    """
    row = locked(proposal)
    one = _contributor(row, key)
    if by.pk != row.owner_id or one.part != Part.CO_ORGANISER:
        raise Refused(_("Nothing was changed: whoever proposes lets co-organisers write here, and nobody else."))
    one.may_edit = may
    one.save(update_fields=["may_edit"])
    return one.shown_name


def _contributor(row: Proposal, key: int) -> Contributor:
    try:
        return row.contributors.select_related("person", "organisation").get(pk=key)
    except ObjectDoesNotExist:
        raise Refused(_("Nothing was changed: this person is no longer named here.")) from None


def others_of(proposal: Proposal, people: Iterable[Contributor]) -> Mapping[int, int]:
    """Count by person in how many other proposals of the year they speak; one query."""
    speaking = Contributor.objects.filter(
        proposal__cycle=proposal.cycle_id,
        proposal__state__in=LIVE,
        part=Part.SPEAKER,
        person__in=[one.person_id for one in people if one.part == Part.SPEAKER],
    ).exclude(proposal=proposal)
    counted = speaking.order_by().values_list("person").annotate(Count("proposal", distinct=True))
    return dict(counted)


_SHOWN = (
    "proposal_id", "part", "is_on_site", "is_confirmed", "named_as", "order", "may_edit",
    "person__name", "person__erased_at", "person__email", "organisation__name",
)  # fmt: skip


def rows_of(proposal: Proposal) -> list[Row]:
    """Give the people of a proposal with the count of their other sessions; two queries."""
    people = list(proposal.contributors.select_related("person", "organisation").only(*_SHOWN))
    others, cap = others_of(proposal, people), proposal.cycle.rules.sessions_per_speaker
    return [
        Row(one, one.shown_name, n := others.get(one.person_id, 0), one.part == Part.SPEAKER and n + 1 > cap)
        for one in people
    ]


def somebodies(rows: Iterable[Row]) -> list[Somebody]:
    """Give people as the rules ask about them."""
    return [Somebody(row.one.part, row.one.is_on_site, row.others, row.one.pk) for row in rows]
