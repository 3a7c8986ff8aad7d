"""What can be done with the timetable: make the sessions, keep a computed board, release."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from convenor.cycle.models import Cycle
from convenor.optimise.timetable.check import check
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.programme.models import Kind, Placement, Release, Session, Solution
from convenor.programme.problem import cells_of, problem_of
from convenor.programme.sentences import names_for, violation_sentence
from convenor.proposals.models import Contributor, Proposal
from convenor.selection.models import Scenario
from convenor.shared.errors import Refused
from convenor.shared.journal import record

#: A refusal names so many broken rules; the rest is counted.
MOST_NAMED = 5


def lock_cycle(cycle: Cycle) -> None:
    """Hold the cycle until the transaction ends, so that two people change its timetable one after the other."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)


@transaction.atomic
def make_sessions(cycle: Cycle) -> int:
    """Make a session of every proposal that the newest scenario takes; return how many sessions are to be held.

    Sessions that stand keep what was changed in them. The session of a proposal that is out again goes, unless it was
    released: then it stays in its releases and leaves the board. Without a scenario nothing changes.
    """
    lock_cycle(cycle)
    scenario = Scenario.objects.filter(cycle=cycle, choices__is_in=True).first()
    if scenario is not None:
        taken = Proposal.objects.filter(choices__scenario=scenario, choices__is_in=True)
        _drop(Session.objects.filter(cycle=cycle, proposal__isnull=False).exclude(proposal__in=taken))
        Session.objects.filter(cycle=cycle, proposal__in=taken, is_held=False).update(is_held=True)
        _add(cycle, taken.filter(session=None))
    return Session.objects.filter(cycle=cycle, is_held=True).count()


def _drop(sessions: "QuerySet[Session]") -> None:
    """Take sessions off the board; delete those that no release holds."""
    gone = list(sessions.values_list("pk", flat=True))
    Placement.objects.filter(session__in=gone, release=None).delete()
    Session.objects.filter(pk__in=gone, placements=None).delete()
    Session.objects.filter(pk__in=gone).update(is_held=False)


def _add(cycle: Cycle, proposals: "QuerySet[Proposal]") -> None:
    """Make sessions under the proposals' numbers, or under the next free ones where a number is taken."""
    used = set(Session.objects.filter(cycle=cycle).values_list("number", flat=True))
    new = list(proposals.order_by("number"))
    fresh = count(1 + max(used | {one.given_number for one in new}, default=0))
    made = Session.objects.bulk_create(
        Session(
            cycle=cycle,
            number=next(fresh) if one.number in used else one.given_number,
            kind=Kind.WORKSHOP,
            title=one.title,
            summary=one.summary,
            language=one.language,
            proposal=one,
            organisation_id=one.organisation_id,
            theme=one.theme,
            minutes=one.minutes,
            seats=one.seats,
        )
        for one in new
    )
    session_of = {session.proposal_id: session.pk for session in made}
    pairs = Contributor.objects.filter(proposal__in=[one.pk for one in new]).values_list("proposal_id", "person_id")
    through = Session.people.through
    through._default_manager.bulk_create(
        through(session_id=session_of[proposal], person_id=person) for proposal, person in sorted(set(pairs))
    )


@transaction.atomic
def keep_timetable(
    cycle: Cycle,
    *,
    cells: Iterable[Any],
    is_proven: bool,
    cost: int,
    bound: int,
    price: Mapping[str, Mapping[str, int]],
    at: datetime,
) -> Solution:
    """Put a computed timetable on the board in place of what is not locked there, and note what was proved.

    Args:
        cells: placements by row key, each with `session`, `slot`, `room`.

    Raises:
        Refused: rows were changed meanwhile so that the saved board breaks a rule; nothing is kept.
    """
    lock_cycle(cycle)
    board = Placement.objects.filter(session__cycle=cycle, release=None)
    locked = set(board.filter(is_locked=True).values_list("session_id", flat=True))
    board.filter(is_locked=False).delete()
    Placement.objects.bulk_create(
        Placement(session_id=one.session, slot_id=one.slot, room_id=one.room)
        for one in cells
        if one.session not in locked
    )
    if broken := broken_rules(cycle):
        raise Refused(
            _(
                "The timetable was not kept: the programme was changed while it was computed. %(rules)s "
                "Compute it again; the board is as it was."
            )
            % {"rules": in_words(broken)}
        )
    solution = Solution.objects.create(
        cycle=cycle, computed_at=at, is_proven=is_proven, cost=cost, bound=bound, price=dict(price)
    )
    record(
        scope=cycle.scope,
        verb="timetable.computed",
        template=gettext_noop("A timetable of %(sessions)s sessions was computed: cost %(cost)s, at best %(bound)s."),
        values={"sessions": board.count(), "cost": cost, "bound": bound},
        actor=None,
        subject=None,
        at=at,
    )
    return solution


@transaction.atomic
def keep_findings(cycle: Cycle, *, findings: Sequence[Mapping[str, Any]], at: datetime) -> Solution:
    """Note why no timetable exists; the board stays as it is."""
    lock_cycle(cycle)
    return Solution.objects.create(cycle=cycle, computed_at=at, findings=[dict(one) for one in findings])


@transaction.atomic
def release(cycle: Cycle, *, by: Person | None, at: datetime) -> Release:
    """Publish the board as the next numbered release.

    When the latest release holds the very same timetable it is given back, so that two clicks release once.

    Raises:
        Refused: there is nothing on the board, a session has no place, or a rule is broken.
    """
    lock_cycle(cycle)
    board = list(Placement.objects.filter(session__cycle=cycle, release=None))
    if not board:
        raise Refused(_("Nothing was released: no session has a place yet. Compute the timetable first."))
    if broken := broken_rules(cycle):
        raise Refused(
            _("Nothing was released: %(rules)s Compute the timetable again, then release it; the board is as it was.")
            % {"rules": in_words(broken)}
        )
    latest = Release.objects.filter(cycle=cycle).first()
    if latest is not None and cells_of(latest.placements.all()) == cells_of(board):
        return latest
    return _publish(cycle, board, by=by, at=at)


def _publish(cycle: Cycle, board: Sequence[Placement], *, by: Person | None, at: datetime) -> Release:
    last = Release.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
    made = Release.objects.create(cycle=cycle, number=last + 1, released_at=at, released_by=by)
    Placement.objects.bulk_create(
        Placement(
            session_id=one.session_id, slot_id=one.slot_id, room_id=one.room_id, release=made, is_locked=one.is_locked
        )
        for one in board
    )
    record(
        scope=cycle.scope,
        verb="timetable.released",
        template=gettext_noop("Release %(number)s of the programme was published: %(sessions)s sessions."),
        values={"number": made.number, "sessions": len(board)},
        actor=by,
        subject=made,
        at=at,
    )
    return made


def broken_rules(cycle: Cycle) -> list[str]:
    """Say in words which hard rules the board of a cycle breaks; an empty list means it can be held."""
    board = Placement.objects.filter(session__cycle=cycle, release=None)
    violations = [asdict(one) for one in check(problem_of(cycle), cells_of(board))]
    names = names_for(cycle, violations, held={Role.CHAIR})  # the least of those who may release
    return [violation_sentence(one, names) for one in violations]


def in_words(broken: Sequence[str]) -> str:
    """Join the first broken rules to one text and count the rest."""
    named = " ".join(broken[:MOST_NAMED])
    if (more := len(broken) - MOST_NAMED) > 0:
        rest = ngettext("%(count)s more rule is broken.", "%(count)s more rules are broken.", more) % {"count": more}
        return f"{named} {rest}"
    return named
