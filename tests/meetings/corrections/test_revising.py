"""A new version goes into an agenda that people have worked on: their work stays, and what both changed is told."""

import pytest
from hypothesis import given

from convenor.meetings.agenda import Agenda, Block, Item
from convenor.meetings.agenda.edits import Add, Move, Operation, Place, Remove, Set, apply, keys_in, rekeyed, unkeyed
from convenor.meetings.corrections.revising import Revision, revise
from tests.meetings.agenda.two_days import AGENDA, AGENDAS, LAW, titles, whole

NAMES = {key: f"row{at}" for at, key in enumerate(keys_in(AGENDA))}
STANDING = rekeyed(AGENDA, [NAMES[key] for key in keys_in(AGENDA)])


def named(key: str) -> str:
    """Give the row of a part of the sample."""
    return NAMES.get(key, key)


def revised(by_people: list[Operation], by_document: list[Operation], *, taking: tuple[int, ...] = ()) -> Revision:
    """Let people work on the agenda, and the document change, from the same start."""
    mine = apply(AGENDA, *by_people)
    standing = rekeyed(mine, [named(key) for key in keys_in(mine)])
    return revise(STANDING, standing, unkeyed(apply(AGENDA, *by_document)), taking=taking)


OPENING = Set("1.1.1", "title", "Opening of the meeting", "Welcome")


def test_with_nothing_changed_nothing_changes() -> None:
    found = revised([], [])

    assert whole(found.agenda) == whole(STANDING)
    assert (found.changes, found.clashes) == ((), ())


@pytest.mark.parametrize(
    "change",
    [
        Set("1.1.1", "minutes", 10, 5),
        Set("1.2", "end", "14:00", "15:00"),
        Remove("1.3"),
        Move("1.1.2", Place("2.1")),
        Add(Place("1.1", "1.1.1"), Item("2", "Statements", key="n1", children=(Item("a", "Host", key="n2"),))),
        Add(Place("1", "1.3"), Block("16:00", "17:00", items=(Item("4", "Closing words", key="n2"),), key="n1")),
    ],
)
def test_what_the_document_changed_is_done_and_every_other_row_stays(change: Operation) -> None:
    found = revised([], [change])
    expected = apply(AGENDA, change)

    assert found.agenda == expected
    assert found.clashes == ()
    kept = [named(key) for key in keys_in(expected) if key in NAMES]
    assert [key for key in keys_in(found.agenda) if key.startswith("row")] == kept


def test_what_people_changed_stays() -> None:
    by_people = [
        OPENING,
        Move("1.1.2", Place("2.1")),
        Remove("1.2"),
        Add(Place("1.3"), Item(None, "Statements", key="i9")),
    ]

    found = revised(by_people, [Set("1.1.1", "minutes", 10, 5)])

    expected = apply(AGENDA, *by_people, Set("1.1.1", "minutes", 10, 5))
    assert found.agenda == expected
    assert found.clashes == ()


def test_what_both_did_is_done_once() -> None:
    added = Item(None, "Statements of the partners", key="i9")

    found = revised([OPENING, Add(Place("1.3"), added)], [OPENING, Add(Place("1.3"), added)])

    assert found.agenda == apply(AGENDA, OPENING, Add(Place("1.3"), added))
    assert (found.changes, found.clashes) == ((), ())


@pytest.mark.parametrize(
    ("by_people", "by_document", "code"),
    [
        ([Set("1.1.1", "minutes", 7, 5)], [Set("1.1.1", "minutes", 10, 5)], "changed_since"),
        ([Set("1.1.1", "minutes", 7, 5)], [Remove("1.1.1")], "changed_inside"),
        ([Add(Place("1.1.1"), Item(None, "Film", key="i9"))], [Remove("1.1.1")], "changed_inside"),
        ([Move("1.1.2", Place("2.1"))], [Move("1.1.2", Place("1.3"))], "moved_since"),
    ],
)
def test_what_both_changed_is_told_and_taken_only_when_said(
    by_people: list[Operation], by_document: list[Operation], code: str
) -> None:
    found = revised(by_people, by_document)

    assert found.agenda == apply(AGENDA, *by_people)
    assert [clash.code for clash in found.clashes] == [code]
    assert found.clashes[0].changes

    taken = revised(by_people, by_document, taking=(0,))
    assert taken.clashes == ()
    assert taken.agenda == apply(AGENDA, *(by_document if code != "moved_since" else [Move("1.1.2", Place("1.3"))]))


def test_what_people_took_out_stays_out() -> None:
    found = revised([Remove("1.1.1")], [Set("1.1.1", "minutes", 10, 5)])

    assert found.agenda == apply(AGENDA, Remove("1.1.1"))
    assert found.clashes == ()


def test_an_item_added_beside_one_that_people_took_out_stands_behind_the_nearest_that_stayed() -> None:
    found = revised([Remove("1.1.2")], [Add(Place("1.1", "1.1.2"), Item("3", "Election of officers", key="n"))])

    assert [title for depth, title in titles(found.agenda) if not depth][:2] == ["Welcome", "Election of officers"]


def test_an_item_of_a_block_that_people_took_out_goes_to_the_block_before() -> None:
    found = revised([Remove("1.3")], [Add(Place("1.3"), Item("3", "Election of officers", key="n"))])

    assert found.agenda.days[0].blocks[1].items[-1].title == "Election of officers"


def test_without_knowing_the_rows_they_are_found_again_by_their_words() -> None:
    mine = apply(AGENDA, Set("1.1.2", "label", "3", "2"), OPENING)
    standing = rekeyed(mine, [named(key) for key in keys_in(mine)])

    found = revise(unkeyed(AGENDA), standing, unkeyed(apply(AGENDA, Set("1.1.2", "minutes", 5, None), Remove("1.3"))))

    assert found.agenda == apply(mine, Set("1.1.2", "minutes", 5, None), Remove("1.3"))
    assert keys_in(found.agenda) == [named(key) for key in keys_in(apply(AGENDA, Remove("1.3")))]


@LAW
@given(AGENDAS, AGENDAS)
def test_where_people_changed_nothing_the_new_version_stands(old: Agenda, new: Agenda) -> None:
    standing = rekeyed(old, [f"row{at}" for at in range(len(keys_in(old)))])

    found = revise(unkeyed(old), standing, unkeyed(new))

    assert found.agenda == new
    assert found.clashes == ()


@LAW
@given(AGENDAS, AGENDAS, AGENDAS)
def test_whatever_people_did_it_comes_to_something_whole(old: Agenda, standing: Agenda, new: Agenda) -> None:
    standing = rekeyed(standing, [f"row{at}" for at in range(len(keys_in(standing)))])

    found = revise(unkeyed(old), standing, unkeyed(new))
    keys = keys_in(found.agenda)
    assert len(keys) == len(set(keys))

    taken = revise(unkeyed(old), standing, unkeyed(new), taking=range(len(found.clashes)))
    assert len(taken.clashes) == 0
