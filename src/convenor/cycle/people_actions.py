"""What a secretariat does to many people at once: take a pasted list in, merge duplicates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.members import members_of
from convenor.cycle.models import Cycle
from convenor.people.duplicates import Pair, Row, pairs
from convenor.people.invitations import invite
from convenor.people.links import forums_of
from convenor.people.merging import fold
from convenor.people.models import Answer, Distinct, Invitation, Merge, Person, RoleTerm
from convenor.people.paste import Line
from convenor.people.role_actions import Term, change_term, give_role
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import record


class Fate(StrEnum):
    """What becomes of a pasted line."""

    GIVEN = "given"
    CHANGED = "changed"
    INVITED = "invited"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(slots=True)
class Planned:
    """A line with what would become of it, and the person or term that it meets."""

    line: Line
    fate: Fate
    person: Person | None = None
    term: RoleTerm | None = None


def plan(cycle: Cycle, lines: Sequence[Line], *, year: str, meeting: str) -> list[Planned]:
    """Say what would become of each line; nothing is changed.

    People of this forum get the role at once; every other address is invited, whether it is known elsewhere or not.
    """
    addresses = {line.email for line in lines if not line.faults}
    people = {one.email: one for one in members_of(cycle.forum).filter(email__in=addresses)}
    terms: dict[tuple[int, str], list[RoleTerm]] = {}
    slug = cycle.forum.slug
    for term in RoleTerm.objects.filter(person__in=people.values(), forum=slug, cycle=year, meeting=meeting):
        terms.setdefault((term.person_id, term.role), []).append(term)
    invited = set(
        Invitation.objects.filter(
            email__in=addresses, forum=slug, cycle=year, meeting=meeting, state=Answer.OPEN
        ).values_list("email", "role")
    )
    seen: dict[tuple[str, str], int] = {}
    planned = []
    for line in lines:
        first = seen.setdefault((line.email, line.role), line.number)
        if first != line.number and not line.faults:
            line.faults.append(_("The same address and role stand in line %(number)s.") % {"number": first})
        planned.append(_fate(line, people.get(line.email), terms, invited))
    return planned


def _fate(
    line: Line, person: Person | None, terms: dict[tuple[int, str], list[RoleTerm]], invited: set[tuple[str, str]]
) -> Planned:
    if line.faults:
        return Planned(line, Fate.REFUSED)
    if person is None:
        return Planned(line, Fate.KEPT if (line.email, line.role) in invited else Fate.INVITED)
    meets = [term for term in terms.get((person.pk, line.role), []) if _share_a_day(term, line)]
    if not meets:
        return Planned(line, Fate.GIVEN, person)
    if len(meets) > 1:
        line.faults.append(_("This person has two terms in that time; change them one by one."))
        return Planned(line, Fate.REFUSED, person)
    same = (meets[0].since, meets[0].until) == (line.since, line.until)
    return Planned(line, Fate.KEPT if same else Fate.CHANGED, person, meets[0])


def _share_a_day(term: RoleTerm, line: Line) -> bool:
    ends_before = term.until is not None and line.since is not None and term.until < line.since
    begins_after = term.since is not None and line.until is not None and term.since > line.until
    return not ends_before and not begins_after


def digest(planned: Sequence[Planned]) -> str:
    """Give a mark of what a reader was shown, so that something else is not done in its place."""
    said = [(one.line.text, one.fate, one.line.role, one.person.pk if one.person else 0) for one in planned]
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def take_in(
    cycle: Cycle, planned: Sequence[Planned], *, year: str, meeting: str, by: Person, at: datetime
) -> list[Planned]:
    """Do what was planned, line by line; give the lines that were refused, each with its reason. They stay as typed."""
    for one in planned:
        if one.fate is Fate.REFUSED:
            continue
        term = Term(Role(one.line.role), cycle.forum.slug, year, meeting, one.line.since, one.line.until)
        try:
            with transaction.atomic():
                _take(cycle, one, term, by=by, at=at)
        except Refused as refusal:
            one.line.faults.append(str(refusal))
            one.fate = Fate.REFUSED
    return [one for one in planned if one.fate is Fate.REFUSED]


def _take(cycle: Cycle, one: Planned, term: Term, *, by: Person, at: datetime) -> None:
    line = one.line
    if one.fate is Fate.INVITED:
        said = {"name": line.name, "country": line.country, "group": line.group}
        invite(line.email, term, scope=cycle.scope, by=by, at=at, **said)
    elif one.fate is Fate.GIVEN and one.person is not None:
        fill_blanks(one.person, name=line.name, country=line.country, group=line.group)
        give_role(one.person, term, scope=cycle.scope, by=by, at=at)
    elif one.fate is Fate.CHANGED and one.term is not None:
        change_term(one.term, since=line.since, until=line.until, scope=cycle.scope, by=by, at=at)


def fill_blanks(person: Person, **said: str) -> None:
    """Note what a list says of somebody where they have said nothing themselves."""
    news = {field: value for field, value in said.items() if value and not getattr(person, field)}
    for field, value in news.items():
        setattr(person, field, value)
    person.save(update_fields=list(news))


@transaction.atomic
def give_or_invite(
    cycle: Cycle, term: Term, *, email: str, name: str, country: str, group: str, by: Person, at: datetime
) -> RoleTerm | Invitation:
    """Give a role to somebody of this forum; invite every other address, known elsewhere or not.

    Raises:
        Refused: the person has the role in that time, or is invited to it.
    """
    person = members_of(cycle.forum).filter(email=email.lower()).first()
    if person is None:
        return invite(email, term, scope=cycle.scope, by=by, at=at, name=name, country=country, group=group)
    fill_blanks(person, name=name, country=country, group=group)
    return give_role(person, term, scope=cycle.scope, by=by, at=at)


def candidates(cycle: Cycle) -> list[Pair]:
    """Give the pairs of a forum's people that look like one person, without those that were said to be two."""
    people = members_of(cycle.forum).values_list("pk", "name", "email", "country", "organisation__name")
    rows = (
        Row(key, name, email or "", country, organisation or "")
        for key, name, email, country, organisation in people.order_by("pk")
    )
    apart = set(Distinct.objects.filter(forum=cycle.forum.slug).values_list("first", "second"))
    return [pair for pair in pairs(rows) if (pair.first, pair.second) not in apart]


@transaction.atomic
def say_distinct(cycle: Cycle, one: Person, other: Person) -> None:
    """Keep two people apart: they are not offered as duplicates again."""
    first, second = sorted((one.pk, other.pk))
    Distinct.objects.get_or_create(forum=cycle.forum.slug, first_id=first, second_id=second)


@transaction.atomic
def merge(cycle: Cycle, kept: Person, lost: Person, *, email: str, by: Person, at: datetime) -> Merge:
    """Make one person of two: everything that points at the second points at the first afterwards.

    The address that is not kept stands in the merge's record.

    Raises:
        Refused: it is not for this secretariat to say; the sentence names the reason and no other forum.
    """
    people = {
        one.pk: one for one in Person.objects.select_for_update().filter(pk__in=(kept.pk, lost.pk)).order_by("pk")
    }
    if len(people) < len((kept, lost)):
        raise Refused(_("Nothing was merged: this is one person already."))
    kept, lost = people[kept.pk], people[lost.pk]
    check_mergeable(cycle, kept, lost, by=by)
    _check_address(kept, lost, email)
    other = next((one for one in (kept.email, lost.email) if one and one != email), "")
    lost_key = lost.pk  # gone from the row once it is deleted
    done = fold(kept, lost, email=email)
    made = Merge.objects.create(
        forum=cycle.forum.slug,
        kept=kept,
        lost_key=lost_key,
        lost_email=other,
        moved=done.moved,
        dropped=dict(done.dropped),
        by=by,
        at=at,
    )
    record(
        scope=cycle.scope,
        verb="people.merged",
        at=at,
        actor=by,
        subject=made,
        template=gettext_noop("Two entries of one person were made one; rows moved: %(moved)s, left out: %(dropped)s."),
        values={"moved": done.moved, "dropped": sum(done.dropped.values())},
    )
    return made


def check_mergeable(cycle: Cycle, kept: Person, lost: Person, *, by: Person) -> None:
    """Refuse what another forum, or the person alone, may decide.

    Raises:
        Refused: with the reason.
    """
    here = {cycle.forum.slug}
    if not by.is_superuser and (forums_of(kept) | forums_of(lost)) - here:
        raise Refused(
            _(
                "Nothing was merged: one of the two also takes part outside this forum, so it is not for this forum "
                "alone to say that they are one. Whoever runs this site can."
            )
        )
    if kept.is_superuser or lost.is_superuser:
        raise Refused(_("Nothing was merged: one of the two runs this site."))
    if lost.joined_at is not None and kept.joined_at is None:
        raise Refused(
            _("Nothing was merged: only “%(name)s” has signed in, so that entry is the one to keep.")
            % {"name": lost.name or lost.email}
        )
    if by.pk in (kept.pk, lost.pk) and kept.joined_at is not None and lost.joined_at is not None:
        raise Refused(
            _("Nothing was merged: both are accounts that sign in, and one is yours. Let a colleague merge them.")
        )


def _check_address(kept: Person, lost: Person, email: str) -> None:
    if email not in {kept.email or "", lost.email or ""}:
        raise Refused(_("Nothing was merged: “%(email)s” is the address of neither.") % {"email": email})
    if kept.joined_at is not None and email != (kept.email or ""):
        raise Refused(
            _("Nothing was merged: “%(name)s” signs in with %(email)s, so this address stays.")
            % {"name": kept.name, "email": kept.email}
        )
