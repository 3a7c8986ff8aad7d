"""The demo: the example year made once, everything computed, links to sign in with."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from convenor.cycle.models import Cycle
from convenor.example.load import FORUM, YEAR, load_example
from convenor.people.actions import sign_in_link
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.programme.actions import release
from convenor.programme.models import Placement
from convenor.proposals.models import Proposal
from convenor.shared.journal.models import Entry
from convenor.shared.progress import ProgressLine

PROPOSALS, SEED = 230, 2017
SECONDS = 15  # for the timetable; the gap is small by then


# When each step was done in the example's own year.
RESULTS_AT = datetime(2017, 6, 1, 8, 0, tzinfo=UTC)
SELECTION_AT = datetime(2017, 6, 14, 9, 0, tzinfo=UTC)
TIMETABLE_AT = datetime(2017, 9, 14, 13, 0, tzinfo=UTC)
RELEASE_AT = datetime(2017, 9, 15, 10, 0, tzinfo=UTC)


def prepare() -> Cycle | None:
    """Make the example and compute what is missing; each step is kept, so that an interrupted demo goes on.

    Returns None when somebody has removed the example: it is not forced on them again.
    """
    cycle = Cycle.objects.filter(forum__slug=FORUM, slug=YEAR).first()
    if cycle is None:
        if Entry.objects.filter(verb="forum.removed").exists():
            return None
        cycle = _make_example()
    for is_missing, compute in _steps(cycle):
        if is_missing:
            compute()
    return cycle


def _make_example() -> Cycle:
    from convenor.example.world import make_world  # noqa: PLC0415 - only the first run makes it

    line = ProgressLine("Example")
    line(0.0, "inventing")
    world = make_world(seed=SEED, proposals=PROPOSALS)
    cycle = load_example(world, report=line, is_held=True)
    line.done(f"{len(world.proposals)} proposals, {len(world.people)} people; the agenda of 12–14 June 2017 is read")
    return cycle


def _steps(cycle: Cycle) -> Iterator[tuple[bool, Callable[[], None]]]:
    """Give each step with whether it still has to be done; the solvers load only when one has."""

    def run(title: str, path: str, at: datetime, **more: int) -> None:
        from django.utils.module_loading import import_string  # noqa: PLC0415

        line = ProgressLine(title)
        line.done(import_string(path)({"cycle": cycle.pk, **more}, at=at, report=line))

    yield not cycle.rankings.exists(), lambda: run("Results", "convenor.evaluation.compute.compute_results", RESULTS_AT)
    yield (
        not cycle.scenarios.exists(),
        lambda: run("Selection", "convenor.selection.compute.compute_selection", SELECTION_AT),
    )
    yield (
        not Placement.objects.filter(session__cycle=cycle, is_locked=False).exists(),
        lambda: run("Timetable", "convenor.programme.compute.solve_timetable", TIMETABLE_AT, seconds=SECONDS),
    )
    yield not cycle.releases.exists(), lambda: _release(cycle)


def _release(cycle: Cycle) -> None:
    line = ProgressLine("Programme")
    number = release(cycle, by=_holder(cycle, Role.SECRETARIAT), at=RELEASE_AT).number
    line.done(f"release {number} is public")


def links(cycle: Cycle, *, at: datetime) -> list[tuple[str, str]]:
    """Give a sign-in path per role."""
    people = [(role.value, _holder(cycle, role)) for role in (Role.SECRETARIAT, Role.CHAIR, Role.MEMBER)]
    first = Proposal.objects.filter(cycle=cycle).select_related("owner").first()
    people.append((Role.PROPOSER.value, first.owner if first else None))
    return [(name, sign_in_link(person, at=at)) for name, person in people if person is not None]


def _holder(cycle: Cycle, role: Role) -> Person | None:
    term = RoleTerm.objects.filter(role=role, forum=cycle.forum.slug).select_related("person").first()
    return term.person if term else None
