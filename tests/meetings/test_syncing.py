"""An agenda goes into its rows: what stays keeps its row, what is new gets one, what is gone goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoAssertNumQueries

from convenor.cycle.models import Cycle
from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import Add, Join, Move, Operation, Place, Remove, Set, SplitBlock, apply, keys_in
from convenor.meetings.agenda_page import days_of
from convenor.meetings.matters import Matter
from convenor.meetings.models import Continuation, Doubt, Meeting
from convenor.meetings.models import Item as ItemRow
from convenor.meetings.storing import agenda_of, as_stored, sync
from tests.meetings.agenda.two_days import AGENDA, AGENDAS

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


@pytest.fixture
def meeting(cycle: Cycle) -> Meeting:
    """Give a meeting with the agenda of two days."""
    meeting = Meeting.objects.create(
        cycle=cycle, slug="m", title="Second meeting", zone="Europe/Zurich", created_at=NOW
    )
    sync(meeting, AGENDA)
    return meeting


def stored(meeting: Meeting) -> Agenda:
    """Read the agenda back from its rows."""
    return agenda_of(meeting, days_of(meeting))


def keys(meeting: Meeting) -> dict[str, str]:
    """Give the keys of the rows by those of the sample."""
    return dict(zip(keys_in(AGENDA), keys_in(stored(meeting)), strict=True))


def test_an_agenda_comes_back_as_it_was(meeting: Meeting) -> None:
    assert stored(meeting) == AGENDA
    assert {key[0] for key in keys_in(stored(meeting))} == {"d", "b", "i"}


@pytest.mark.parametrize(
    "change",
    [
        lambda k: Set(k["1.1.1"], "title", "Opening", "Welcome"),
        lambda k: Set(k["1.2"], "pinned_end", value=True, was=False),
        lambda k: Set(k["1"], "audience", "members", None),
        lambda k: Move(k["1.1.1"], Place(k["2.1"])),
        lambda k: Move(k["1.1.2"], Place(k["1.1.1"])),
        lambda k: Move(k["1.1.1.1"], Place(k["1.1"])),
        lambda k: Move(k["1.3"], Place(k["1"])),
        lambda k: Move(k["1.1"], Place(k["2"])),
        lambda k: Move(k["2"], Place("")),
        lambda k: Remove(k["1.1.1"]),
        lambda k: Remove(k["1.1"]),
        lambda k: Remove(k["1"]),
        lambda k: Add(Place(k["1.1"]), Item("0", "Statements", key="n1", children=(Item("a", "Host", key="n2"),))),
        lambda k: Add(Place(k["1"]), Block("09:00", None, key="n1")),
        lambda k: Add(Place(""), Day("2017-06-11", key="n1")),
        lambda k: Join(k["1.1.1"], k["1.1.2"]),
        lambda k: SplitBlock(k["1.1"], k["1.1.2"], "10:20", "n1"),
    ],
)
def test_every_change_is_written_and_what_stays_keeps_its_row(
    meeting: Meeting, change: Callable[[dict[str, str]], Operation]
) -> None:
    before = stored(meeting)
    after = apply(before, change(keys(meeting)))

    rows = sync(meeting, after)

    assert stored(meeting) == after
    kept = [key for key in keys_in(after) if not key.startswith("n")]
    assert [key for key in keys_in(stored(meeting)) if key in keys_in(before)] == kept
    assert set(rows.keys.values()) == set(keys_in(stored(meeting)))


def test_an_item_leaves_a_block_that_goes(meeting: Meeting) -> None:
    known = keys(meeting)
    after = apply(stored(meeting), Move(known["1.1.1.1"], Place(known["2.1"])), Remove(known["1"]))

    sync(meeting, after)

    assert stored(meeting) == after
    assert known["1.1.1.1"] in keys_in(stored(meeting))


def test_what_points_to_a_row_stays_with_it(june: Meeting) -> None:
    before = stored(june)
    doubts = list(Doubt.objects.filter(meeting=june).values_list("pk", "item", "block", "day"))
    link = Continuation.objects.first()
    assert link is not None
    matter = link.later.matter
    assert matter != Matter.OTHER

    sync(june, replace(before, days=before.days[::-1]))

    assert list(Doubt.objects.filter(meeting=june).values_list("pk", "item", "block", "day")) == doubts
    assert Continuation.objects.first() == link
    link.later.refresh_from_db()
    assert link.later.matter == matter, "what it is about, it has from the item it continues"


def test_what_an_item_is_about_follows_its_words(meeting: Meeting) -> None:
    known = keys(meeting)
    sync(meeting, apply(stored(meeting), Set(known["1.1.2"], "title", "Workshop selection", "Adoption of the agenda")))

    assert ItemRow.objects.get(pk=known["1.1.2"][1:]).matter == Matter.SELECTION


def test_syncing_what_is_there_writes_nothing(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agenda = stored(meeting)
    with django_assert_num_queries(4):
        sync(meeting, agenda)


@pytest.mark.parametrize("count", [1, 60])
def test_the_number_of_queries_does_not_depend_on_the_length(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    known = keys(meeting)
    added = [Add(Place(known["2.1"]), Item(None, f"Item {n}", key=f"n{n}")) for n in range(count)]
    changes = [Set(known["1.1.1"], "title", "Opening", "Welcome"), Move(known["2"], Place("")), *added]
    after = apply(stored(meeting), *changes)

    with django_assert_num_queries(11):
        sync(meeting, after)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AGENDAS, AGENDAS)
def test_any_agenda_becomes_any_other(cycle: Cycle, first: Agenda, second: Agenda) -> None:
    meeting = Meeting.objects.create(
        cycle=cycle, slug=f"m{Meeting.objects.count()}", title="x", zone="Europe/Zurich", created_at=NOW
    )
    for agenda in (first, second):
        sync(meeting, agenda)
        assert stored(meeting) == replace(as_stored(agenda), title="x", purpose=None)


def test_who_presents_which_papers_and_the_zone_are_kept_and_come_back(meeting: Meeting) -> None:
    item = Item(
        "1",
        "Budget by Ana Ejemplo",
        presenters=("Ana Ejemplo", "Luc Exemple"),
        documents=("https://example.org/b", "No. 7"),
    )
    agenda = Agenda(
        "Second meeting", days=(Day("2017-06-12", blocks=(Block("10:00", None, zone="UTC", items=(item,)),)),)
    )

    sync(meeting, agenda)

    assert stored(meeting) == agenda
    row = ItemRow.objects.get()
    assert row.named_beside == ["Luc Exemple"]
    assert row.papers == [("https://example.org/b", "https://example.org/b"), ("No. 7", "")]
