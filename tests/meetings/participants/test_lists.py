"""The list of participants: who sees whom, as page, spreadsheet and paper; figures; what is kept, and joined."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.meetings.models import Meeting
from convenor.meetings.participants import paper as papers
from convenor.meetings.participants import privacy
from convenor.meetings.participants.listing import counts_of
from convenor.meetings.participants.models import Attendance, Capacity, Coming, Mode, Registration, State
from convenor.meetings.participants.shelves import PUBLIC_LIST, WHOLE_LIST
from convenor.people.merging import fold
from convenor.people.models import Group, Person
from convenor.people.privacy import HOLDINGS
from convenor.people.roles import Role
from convenor.shared import documents as paper
from tests.meetings.participants.conftest import AT

pytestmark = pytest.mark.django_db
QUERIES = {
    ("list", Role.PUBLIC): 6,
    ("list", Role.MEMBER): 15,
    ("list", Role.SECRETARIAT): 15,
    ("export", Role.PUBLIC): 5,
    ("export", Role.MEMBER): 10,
    ("export", Role.SECRETARIAT): 10,
    ("attendance", Role.SECRETARIAT): 11,
}


def take_part(meeting: Meeting, name: str, **more: object) -> Registration:
    """Put somebody on the list."""
    person, _made = Person.objects.get_or_create(name=name, defaults={"country": "KE", "group": Group.CIVIL})
    values = {"capacity": Capacity.OBSERVER, "mode": Mode.ROOM, "state": State.CONFIRMED, "registered_at": AT}
    return Registration.objects.create(meeting=meeting, person=person, **{**values, **more})


@pytest.fixture
def listed(meeting: Meeting) -> Meeting:
    """Give a meeting with somebody of each sort."""
    take_part(meeting, "Ana Named", is_listed=True, organisation="Cable Union", position="Chair", needs="Secret ramp")
    hidden = take_part(meeting, "Bo Unnamed", mode=Mode.ONLINE)
    take_part(meeting, "Cy Waiting", state=State.ASKED)
    take_part(meeting, "Dee Gone", state=State.WITHDRAWN)
    take_part(meeting, "Em Member", capacity=Capacity.MEMBER, is_listed=True, contact="em@example.org")
    day = meeting.days.first()
    Coming.objects.create(registration=hidden, day=day, mode=Mode.ONLINE)
    Attendance.objects.create(registration=hidden, day=day, mode=Mode.ROOM, marked_at=AT)
    return meeting


def names_on(text: str) -> list[str]:
    """Say whom a page names."""
    return [name for name in ("Ana Named", "Bo Unnamed", "Cy Waiting", "Dee Gone", "Em Member") if name in text]


@pytest.mark.parametrize(
    ("role", "query", "names"),
    [
        (Role.PUBLIC, "", ["Ana Named", "Em Member"]),
        (Role.SIGNED_IN, "?state=all", ["Ana Named", "Em Member"]),
        (Role.PUBLIC, "?q=Bo", []),
        (Role.PUBLIC, "?q=cable", ["Ana Named"]),
        (Role.PUBLIC, "?capacity=member", ["Em Member"]),
        (Role.MEMBER, "", ["Ana Named", "Bo Unnamed", "Em Member"]),
        (Role.MEMBER, "?mode=online", ["Bo Unnamed"]),
        (Role.CHAIR, "?state=all", ["Ana Named", "Bo Unnamed", "Cy Waiting", "Dee Gone", "Em Member"]),
        (Role.SECRETARIAT, "?state=asked", ["Cy Waiting"]),
        (Role.SECRETARIAT, "?region=af&group=civ&q=Em", ["Em Member"]),
        (Role.SECRETARIAT, "?day=x", []),
        (Role.SECRETARIAT, "?page=x&region=nowhere", []),
    ],
)
def test_page_and_spreadsheet_name_whom_the_reader_may_know_of(
    listed: Meeting, address, client_as: Callable[[Role], Client], role, query, names
):
    client = client_as(role)

    assert names_on(client.get(address("list") + query).content.decode()) == names
    assert names_on(client.get(address("export") + query).content.decode()) == names


def test_needs_and_addresses_are_the_secretariats_to_see(listed: Meeting, address, client_as: Callable[[Role], Client]):
    def seen(role: Role) -> list[bool]:
        text = client_as(role).get(address("export")).content.decode()
        return [word in text for word in ("Secret ramp", "em@example.org")]

    assert [seen(role) for role in (Role.PUBLIC, Role.CHAIR, Role.SECRETARIAT)] == [
        [False, False],
        [False, False],
        [True, True],
    ]


def test_a_spreadsheet_runs_nothing_that_somebody_typed(meeting: Meeting, address, client: Client):
    take_part(meeting, "=1+1", is_listed=True, organisation="@SUM(A1)")
    text = client.get(address("export")).content.decode()

    assert "'=1+1" in text
    assert "'@SUM(A1)" in text


def test_the_list_in_figures(listed: Meeting):
    counts = counts_of(listed, list(listed.days.all()), shown=("group", "region"), sees_all=True)

    assert (counts.confirmed, counts.waiting, counts.shown) == (3, 1, 3)
    assert [[(bar.name, bar.count) for bar in chart.bars if bar.count] for chart in counts.charts] == [
        [("committee member", 1), ("observer", 2)],
        [("on site", 2), ("online", 1)],
        [("Civil society", 3)],
        [("African Group", 3)],
    ]
    assert [(day.expected_room, day.expected_online, day.room, day.online) for day in counts.days] == [
        (0, 1, 1, 0),
        (0, 0, 0, 0),
        (0, 0, 0, 0),
    ]


def test_the_public_learns_no_more_from_figures_than_from_names(listed: Meeting, address, client: Client):
    text = " ".join(client.get(address("list")).content.decode().split())

    assert "3 people take part." in text
    assert "2 of them agreed to be named here." in text
    assert "Expected on site" not in text


def cells(kind: str, meeting: Meeting) -> list[list[str]]:
    """Give the rows of a paper's tables of people."""
    document = papers.list_paper(meeting, kind, at=AT)
    return [
        [str(cell) for cell in row]
        for block in document.blocks
        if isinstance(block, paper.Table) and block.header[0] == "Name"
        for row in block.rows
    ]


def test_papers_hold_by_capacity_and_name_who_may_be_named(listed: Meeting):
    assert cells(PUBLIC_LIST, listed) == [
        ["Em Member", "", "Kenya", "Civil society", "African Group", "on site"],
        ["Ana Named", "Chair, Cable Union", "Kenya", "Civil society", "African Group", "on site"],
    ]
    assert cells(WHOLE_LIST, listed) == [
        ["Em Member", "", "Kenya", "Civil society", "African Group", "on site", "", "", ""],
        ["Ana Named", "Chair, Cable Union", "Kenya", "Civil society", "African Group", "on site", "", "", ""],
        ["Bo Unnamed", "", "Kenya", "Civil society", "African Group", "online", "×", "", ""],
    ]


@pytest.mark.parametrize("make", [papers.make_pdf, papers.make_docx, papers.make_pdf_of_all, papers.make_docx_of_all])
def test_every_paper_is_made(listed: Meeting, make):
    make({"meeting": listed.pk, "cycle": listed.cycle.pk}, at=AT, report=lambda _share, _words: None)


@pytest.mark.parametrize(("page", "role"), QUERIES)
def test_a_list_costs_the_same_however_long_it_is(
    meeting: Meeting, address, client_as: Callable[[Role], Client], django_assert_num_queries, role, page
):
    client, counts = client_as(role), []
    for number in (2, 300):
        people = Person.objects.bulk_create(Person(name=f"P{number}-{n}", country="KE") for n in range(number))
        values = {"capacity": "observer", "mode": "room", "state": "confirmed", "is_listed": True, "registered_at": AT}
        rows = Registration.objects.bulk_create(Registration(meeting=meeting, person=one, **values) for one in people)
        day = meeting.days.first()
        Coming.objects.bulk_create(Coming(registration=row, day=day, mode="room") for row in rows)
        Attendance.objects.bulk_create(Attendance(registration=row, day=day, mode="room", marked_at=AT) for row in rows)
        client.get(address(page))  # what is asked once per process
        with django_assert_num_queries(QUERIES[page, role]):
            counts.append(client.get(address(page)).status_code)
    assert counts == [200, 200]


# ---- what is kept, and joined


def test_a_download_holds_it_and_erasing_leaves_figures_only(meeting: Meeting):
    row = take_part(
        meeting, "Ana Named", is_listed=True, organisation="Cable Union", needs="Ramp", contact="a@b.example"
    )
    Coming.objects.create(registration=row, day=meeting.days.first(), mode="room")
    gone = take_part(
        Meeting.objects.create(cycle=meeting.cycle, slug="m", title="M", zone="UTC", created_at=AT),
        "Ana Named",
        state=State.ASKED,
    )
    mine = HOLDINGS["registrations"]

    assert [one["organisation"] for one in mine.rows(row.person)] == ["Cable Union", ""]
    assert HOLDINGS["coming"].rows(row.person) == [
        {"registration_meeting_title": meeting.title, "day_label": "Day 1", "day_date": "2100-06-12", "mode": "room"}
    ]
    mine.erase(mine.find(row.person), AT)

    assert list(Registration.objects.values_list("pk", "organisation", "needs", "contact", "is_listed", "mode")) == [
        (row.pk, "", "", "", False, "room")
    ]
    assert not Registration.objects.filter(pk=gone.pk).exists()


def test_needs_and_guests_count_from_the_last_day(meeting: Meeting, cycle: Cycle):
    row = take_part(meeting, "Ana Guest", capacity=Capacity.GUEST, needs="Ramp")
    take_part(meeting, "Bo Guest")

    assert privacy.needs(cycle.forum) == {row.pk: date(2100, 6, 14)}
    assert privacy.guests(cycle.forum) == {
        one.pk: date(2100, 6, 14) for one in Person.objects.filter(name__in=("Ana Guest", "Bo Guest"))
    }
    assert (privacy.needs(None), privacy.guests(None)) == ({}, {})


def test_two_entries_of_one_person_become_one_registration_with_every_day(meeting: Meeting):
    kept = take_part(meeting, "Ana", state=State.WITHDRAWN)
    lost = take_part(meeting, "Anna", mode=Mode.ONLINE)
    first, second, _third = meeting.days.all()
    Attendance.objects.create(registration=kept, day=first, mode="room", marked_at=AT)
    Attendance.objects.create(registration=lost, day=second, mode="online", marked_at=AT)
    fold(kept.person, lost.person, email="ana@example.org")

    row = Registration.objects.get()
    assert (row.person, row.state, row.mode) == (kept.person, State.CONFIRMED, Mode.ONLINE)
    assert list(row.attendance.values_list("day", flat=True)) == [first.pk, second.pk]
