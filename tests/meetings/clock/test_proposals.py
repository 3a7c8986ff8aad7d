"""Three ways to end a day in time; times are minutes after ten."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.meetings.clock import (
    Change,
    Deed,
    Finding,
    Guest,
    Plan,
    PlannedBlock,
    PlannedDay,
    Proposal,
    Way,
    project,
    proposals,
    reordered,
)
from tests.examples import examples
from tests.meetings.clock.build import MINUTE, at, block, day, facts, item, lunch, plan, times
from tests.meetings.clock.plans import facts as any_facts
from tests.meetings.clock.plans import moments, plans

ZERO = timedelta(0)
DAY = timedelta(days=1)


def found(meeting: Plan, *lines: str, now: float) -> dict[Way, Proposal]:
    """Give the proposals by their way."""
    return {one.way: one for one in proposals(meeting, facts(*lines), at(now))}


def tomorrow(*blocks: PlannedBlock, key: str) -> PlannedDay:
    """Make a day of blocks a day later."""
    later = tuple(
        PlannedBlock(one.key, one.start and one.start + DAY, one.end and one.end + DAY, one.kind, one.items)
        for one in blocks
    )
    return PlannedDay(key, date(2017, 6, 13), "UTC", later)


def test_a_day_that_ends_in_time_needs_no_proposal():
    assert proposals(plan(block("one", 0, 60, item("a"))), [], at(-5)) == ()


def test_shortening_is_in_proportion():
    meeting = plan(block("one", 0, 90, item("a", 60), item("b", 30)))
    proposal = found(meeting, "30 opened day", now=30)[Way.SHORTEN]

    assert proposal.changes == (
        Change("a", Deed.SHORTENED, 60 * MINUTE, 40 * MINUTE),
        Change("b", Deed.SHORTENED, 30 * MINUTE, 20 * MINUTE),
    )


def test_nothing_is_shortened_below_its_minimum():
    meeting = plan(block("one", 0, 90, item("a", 60, minimum=55 * MINUTE), item("b", 30)))
    proposal = found(meeting, "20 opened day", now=20)[Way.SHORTEN]

    assert proposal.changes == (
        Change("a", Deed.SHORTENED, 60 * MINUTE, 55 * MINUTE),
        Change("b", Deed.SHORTENED, 30 * MINUTE, 15 * MINUTE),
    )
    assert proposal.notes == ()


def test_what_minimums_do_not_allow_stays_in_the_way():
    meeting = plan(block("one", 0, 60, item("a", 30, minimum=30 * MINUTE), item("b", 30, minimum=25 * MINUTE)))
    proposal = found(meeting, "20 opened day", now=20)[Way.SHORTEN]

    assert proposal.changes == (Change("b", Deed.SHORTENED, 30 * MINUTE, 25 * MINUTE),)
    assert [(note.code, note.length) for note in proposal.notes] == [(Finding.DAY_OVERRUNS, 15 * MINUTE)]


def test_before_lunch_only_what_lunch_cuts_off_can_help():
    meeting = plan(block("one", 0, 60, item("a", 60)), lunch("lunch", 60, 120), block("two", 120, 180, item("b", 60)))
    proposal = found(meeting, "10 opened day", now=10)[Way.SHORTEN]

    assert proposal.changes == (
        Change("a", Deed.SHORTENED, 60 * MINUTE, 55 * MINUTE),
        Change("b", Deed.SHORTENED, 60 * MINUTE, 55 * MINUTE),
    )
    assert times(project(proposal.plan, facts("10 opened day"), at(10))) == {
        "a": (10, 60),
        "lunch": (60, 120),
        "a 2": (120, 125),
        "b": (125, 180),
    }


def test_an_item_under_way_keeps_what_it_had():
    meeting = plan(block("one", 0, 60, item("a", 40), item("b", 20)))
    proposal = found(meeting, "20 taken_up a", now=50)[Way.SHORTEN]

    assert proposal.changes == (
        Change("a", Deed.SHORTENED, 40 * MINUTE, 33 * MINUTE),
        Change("b", Deed.SHORTENED, 20 * MINUTE, 7 * MINUTE),
    )


def test_the_last_goes_to_the_head_of_the_next_day_in_order():
    first = day(block("one", 0, 90, item("a", 30), item("b", 30), item("c", 30)), key="first")
    second = tomorrow(block("two", 0, 60, item("d", 60)), key="second")
    proposal = found(Plan((first, second)), "40 opened first", now=40)[Way.NEXT_DAY]

    assert proposal.changes == (
        Change("b", Deed.TO_DAY, 30 * MINUTE, 10 * MINUTE, "second"),
        Change("c", Deed.TO_DAY, 30 * MINUTE, 30 * MINUTE, "second"),
    )
    assert [one.key for one in proposal.plan.days[1].blocks[0].items] == ["b+", "c", "d"]
    assert [(note.key, note.length) for note in proposal.notes] == [("second", 40 * MINUTE)]


def test_without_a_next_day_nothing_is_moved():
    proposal = found(plan(block("one", 0, 60, item("a"))), "20 opened day", now=20)[Way.NEXT_DAY]

    assert (proposal.changes, [note.code for note in proposal.notes]) == ((), [Finding.DAY_OVERRUNS])


def test_as_little_as_possible_is_dropped():
    meeting = plan(block("one", 0, 120, item("a", 45), item("b", 20), item("c", 15), item("d", 40)))
    proposal = found(meeting, "30 opened day", now=30)[Way.DROP]

    assert proposal.changes == (Change("b", Deed.DROPPED, 20 * MINUTE), Change("c", Deed.DROPPED, 15 * MINUTE))
    assert proposal.ends[0].after == at(115)


def test_what_has_begun_is_not_dropped():
    meeting = plan(block("one", 0, 60, item("a", 40), item("b", 20)))

    assert found(meeting, "20 taken_up a", now=30)[Way.DROP].changes == (Change("b", Deed.DROPPED, 20 * MINUTE),)


def test_the_hard_end_counts_where_it_is_earlier():
    meeting = plan(block("one", 0, 60, item("a", 60)), hard_end=at(45))

    assert found(meeting, now=-5)[Way.SHORTEN].ends[0].after == at(45)


def test_a_guest_who_is_late_is_taken_at_the_nearest_place_at_which_nobody_waits():
    minister = (Guest("minister", at(25)),)
    meeting = plan(block("one", 0, 60, item("a", 10, guests=minister), item("b", 20), item("c", 30)))
    proposal = reordered(meeting, [], at(-5))

    assert proposal is not None
    assert proposal.changes == (Change("a", Deed.PLACED, 10 * MINUTE, 10 * MINUTE, "c"),)
    assert times(project(proposal.plan, [], at(-5))) == {"b": (0, 20), "c": (20, 50), "a": (50, 60)}


def test_without_late_guests_no_other_order_is_proposed():
    meeting = plan(block("one", 0, 60, item("a", guests=(Guest("minister", at(0)),)), item("b")))

    assert reordered(meeting, [], at(-5)) is None


@given(data=st.data())
@settings(max_examples=examples(40), deadline=None, derandomize=True)
def test_no_proposal_makes_the_day_end_later_or_changes_what_was_held(data: st.DataObject):
    meeting = data.draw(plans(is_plain=True))
    happened, now = data.draw(any_facts(meeting)), data.draw(moments())
    held = {(one.item, one.actual) for one in project(meeting, happened, now).occurrences() if one.actual}

    for proposal in proposals(meeting, happened, now):
        late = next(end for end in proposal.ends if end.after != end.before) if proposal.changes else None
        assert late is None or late.after is None or late.before is None or late.after <= late.before
        after = project(proposal.plan, happened, now)
        assert {(one.item, one.actual) for one in after.occurrences() if one.actual} == held
