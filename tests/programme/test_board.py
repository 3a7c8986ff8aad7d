"""The board: who sees it, what it shows, and in how many queries."""

import pytest

from convenor.cycle.models import Cycle
from convenor.people.roles import Role
from convenor.programme.actions import keep_findings
from convenor.programme.models import Closure, Solution
from convenor.shared.jobs.models import Job
from tests.programme.making import AT, make_proposal, make_session, make_venue, place, select

BOARD = "/igf/2017/timetable/"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PUBLIC, 302), (Role.SIGNED_IN, 403), (Role.MEMBER, 200), (Role.CHAIR, 200), (Role.SECRETARIAT, 200),
    ],
)  # fmt: skip
def test_the_committee_sees_the_board(cycle: Cycle, client_as, role: Role, status: int):
    assert client_as(role).get(BOARD).status_code == status


def test_only_those_who_steer_are_offered_to_compute_and_release(cycle: Cycle, client_as):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])

    pages = {role: client_as(role).get(BOARD).content.decode() for role in (Role.MEMBER, Role.CHAIR)}

    assert {role: "Compute the timetable" in page for role, page in pages.items()} == {
        Role.MEMBER: False,
        Role.CHAIR: True,
    }
    assert {role: "Release 1</button>" in page for role, page in pages.items()} == {
        Role.MEMBER: False,
        Role.CHAIR: True,
    }


def test_the_board_shows_one_day_with_locks_closures_and_what_has_no_place(cycle: Cycle, client_as):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001, title="Opening"), slots[0], rooms[0], locked=True)
    place(make_session(cycle, 1002, title="Another day"), slots[2], rooms[0])
    make_session(cycle, 1003, title="Left over")
    Closure.objects.create(room=rooms[1], slot=slots[1], reason="Set-up")

    answer = client_as(Role.MEMBER).get(BOARD + "?day=2017-12-18")

    board = answer.context["board"]
    shown = [[cell.placement and cell.placement.session.title for cell in line.cells] for line in board.lines]
    assert shown == [["Opening", None], [None, None]]
    assert [(day.on.isoformat(), day.placed) for day in board.days] == [("2017-12-18", 1), ("2017-12-19", 1)]
    assert [session.title for session in board.unplaced] == ["Left over"]
    page = answer.content.decode()
    assert "Open forum · locked" in page
    assert "closed: <bdi>Set-up</bdi>" in page
    assert "2 of 3 sessions have a place." in page


@pytest.mark.parametrize("day", ["", "1999-01-01", "x' or 1=1", "%00"])
def test_an_unknown_day_is_the_first_one(cycle: Cycle, client_as, day: str):
    make_venue(cycle)

    assert client_as(Role.MEMBER).get(BOARD, {"day": day}).context["board"].day.isoformat() == "2017-12-18"


def test_an_empty_board_says_what_to_do(cycle: Cycle, client_as):
    page = client_as(Role.SECRETARIAT).get(BOARD).content.decode()

    assert 'href="/igf/2017/timetable/venue/">Enter rooms and slots' in page
    assert "There are no sessions yet." in page


def test_the_last_run_is_said_with_its_gap_and_its_wishes(cycle: Cycle, client_as):
    make_venue(cycle)
    price = {"same_theme": {"units": 18, "cost": 180}, "theme_days": {"units": 5, "cost": 20}}
    Solution.objects.create(cycle=cycle, computed_at=AT, cost=200, bound=190, price=price)

    answer = client_as(Role.MEMBER).get(BOARD)

    outcome = answer.context["board"].outcome
    assert outcome.gap == 5.0
    assert [(wish.sentence, wish.cost) for wish in outcome.wishes] == [
        ("18 pairs of sessions of one theme at the same time", 180),
        ("5 sessions above their theme’s share of a day", 20),
    ]


def test_findings_are_said_when_there_is_no_timetable(cycle: Cycle, client_as):
    make_venue(cycle)
    session = make_session(cycle, 1001, title="<script>alert(1)</script>")
    finding = {
        "code": "no_place", "sessions": [session.pk], "people": [], "slots": [], "rooms": [], "rules": ["room_size"],
        "need": 300, "have": 200, "more_than_seats": None, "minimal": True,
    }  # fmt: skip
    keep_findings(cycle, findings=[finding], at=AT)

    page = client_as(Role.MEMBER).get(BOARD).content.decode()

    assert "“&lt;script&gt;alert(1)&lt;/script&gt;” expects 300 people, and the largest room seats 200." in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_takes_as_many_queries_for_thirty_sessions_as_for_one(
    cycle: Cycle, client_as, count: int, django_assert_num_queries
):
    rooms, slots = make_venue(cycle, seats=[100] * 10)
    for number in range(count):
        place(make_session(cycle, 1001 + number), slots[number // 10], rooms[number % 10])
    client = client_as(Role.MEMBER)

    with django_assert_num_queries(12):
        client.get(BOARD)


def test_two_clicks_compute_once(cycle: Cycle, client_as):
    make_venue(cycle)
    select(cycle, [make_proposal(cycle, 1)])
    client = client_as(Role.SECRETARIAT)

    answers = [client.post(BOARD + "compute/") for _click in range(2)]

    job = Job.objects.get()
    assert job.task == "convenor.programme.compute.solve_timetable"
    assert [answer["Location"] for answer in answers] == [job.get_absolute_url()] * 2
