"""Computing the timetable: what is kept, what is locked, and what is said when there is none."""

import pytest
from django.core.management import CommandError, call_command

from convenor.cycle.models import Cycle
from convenor.programme.actions import broken_rules, keep_timetable, release
from convenor.programme.compute import solve_timetable
from convenor.programme.models import Placement, Session, Solution
from convenor.programme.problem import cells_of
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.programme.making import AT, make_person, make_proposal, make_session, make_venue, place, select, told


def board(cycle: Cycle) -> dict[int, tuple[int, int]]:
    """Read the board: session number → slot and room."""
    rows = Placement.objects.filter(session__cycle=cycle, release=None)
    return {number: (slot, room) for number, slot, room in rows.values_list("session__number", "slot", "room")}


def compute(cycle: Cycle) -> str:
    """Compute for five seconds at most."""
    return solve_timetable({"cycle": cycle.pk, "seconds": 5}, at=AT, report=told([]))


def test_every_session_gets_a_place_and_the_run_is_kept_with_its_proof(cycle: Cycle):
    make_venue(cycle)
    select(cycle, [make_proposal(cycle, number) for number in range(1, 7)])
    reports: list[tuple[float | None, str]] = []

    words = solve_timetable({"cycle": cycle.pk, "seconds": 5}, at=AT, report=told(reports))

    solution = Solution.objects.get()
    assert sorted(board(cycle)) == [1, 2, 3, 4, 5, 6]
    assert broken_rules(cycle) == []
    assert (solution.is_proven, solution.cost == solution.bound) == (True, True)
    assert sum(one["cost"] for one in solution.price.values()) == solution.cost
    assert words == (
        f"6 sessions placed, no rule broken: cost {solution.cost}, and none can cost less than {solution.bound}."
    )
    assert reports[0] == (0.0, "Looking for a first timetable of 6 sessions.")
    assert Entry.objects.get().verb == "timetable.computed"


def test_somebody_in_two_sessions_is_never_in_two_places(cycle: Cycle):
    make_venue(cycle, slots=2)
    person = make_person("Busy")
    select(cycle, [make_proposal(cycle, number, people=[person]) for number in (1, 2)])

    compute(cycle)

    assert len({slot for slot, _room in board(cycle).values()}) == 2


def test_what_is_locked_stays_where_it_is(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    opening = make_session(cycle, 1001, kind="ceremony")
    place(opening, slots[3], rooms[1], locked=True)
    select(cycle, [make_proposal(cycle, number) for number in range(1, 6)])

    compute(cycle)

    assert board(cycle)[1001] == (slots[3].pk, rooms[1].pk)
    assert Placement.objects.get(session=opening).is_locked


def test_what_was_released_does_not_move_for_a_better_price(cycle: Cycle):
    make_venue(cycle)
    select(cycle, [make_proposal(cycle, number) for number in range(1, 6)])
    compute(cycle)
    before = board(cycle)
    release(cycle, by=None, at=AT)
    make_session(cycle, 1001)

    compute(cycle)

    assert {number: cell for number, cell in board(cycle).items() if number != 1001} == before


def test_an_impossible_timetable_is_explained_and_the_board_kept(cycle: Cycle):
    rooms, slots = make_venue(cycle, seats=(100, 50))
    place(make_session(cycle, 1001), slots[0], rooms[0])
    select(cycle, [make_proposal(cycle, 1, seats=300)])

    words = compute(cycle)

    assert words == (
        "There is no timetable that obeys every rule: “Title 1” expects 300 people, and the largest room seats 100. "
        "The board is as it was."
    )
    assert Solution.objects.get().findings[0]["code"] == "no_place"
    assert board(cycle) == {1001: (slots[0].pk, rooms[0].pk)}


@pytest.mark.parametrize(
    ("has_sessions", "sentence"),
    [(False, "there are no sessions yet"), (True, "there are no rooms or no slots yet")],
)
def test_with_nothing_to_place_or_nowhere_to_place_it_the_run_is_refused(
    cycle: Cycle, has_sessions: bool, sentence: str
):
    if has_sessions:
        make_session(cycle, 1001)

    with pytest.raises(Refused, match=sentence):
        compute(cycle)


def test_a_result_that_breaks_a_rule_by_now_is_not_kept(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    first, late = make_session(cycle, 1001), make_session(cycle, 1002)
    place(first, slots[0], rooms[0])
    cells = cells_of([Placement(session=first, slot=slots[1], room=rooms[1])])

    with pytest.raises(Refused, match="“Forum 1002” has no place"):
        keep_timetable(cycle, cells=cells, is_proven=True, cost=0, bound=0, price={}, at=AT)

    assert late.placements.count() == 0
    assert board(cycle) == {1001: (slots[0].pk, rooms[0].pk)}
    assert not Solution.objects.exists()


def test_the_command_ends_with_sessions_violations_cost_and_bound(cycle: Cycle, capsys: pytest.CaptureFixture[str]):
    make_venue(cycle)
    select(cycle, [make_proposal(cycle, 1)])

    call_command("timetable", cycle="igf/2017", seconds=5)

    cost = Solution.objects.get().cost
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last.startswith(
        f"Timetable: 1 session placed, no rule broken: cost {cost}, and none can cost less than {cost}. "
        "Violations found by the checker: 0. ("
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"cycle": "igf/1999"}, "There is no year “igf/1999” here"),
        ({"seconds": 0}, "--seconds is 0"),
        ({}, "there are no sessions yet"),
    ],
)
def test_the_command_refuses_in_a_sentence(cycle: Cycle, options: dict[str, object], sentence: str):
    with pytest.raises(CommandError, match=sentence):
        call_command("timetable", **options)


def test_the_command_says_why_there_is_no_timetable(cycle: Cycle):
    make_venue(cycle, seats=(10,))
    make_session(cycle, 1001)

    with pytest.raises(CommandError, match="the largest room seats 10"):
        call_command("timetable", seconds=5)


def test_sessions_of_another_forum_stay_out(cycle: Cycle):
    make_venue(cycle)
    make_session(cycle, 1001)
    other = Cycle.objects.get(pk=cycle.pk)
    other.pk, other.slug = None, "2018"
    other.save()
    stranger = make_session(other, 1001)

    compute(cycle)

    assert list(Session.objects.filter(placements__isnull=False).values_list("cycle", flat=True)) == [cycle.pk]
    assert stranger.placements.count() == 0
