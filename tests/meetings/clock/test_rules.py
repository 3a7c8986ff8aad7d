"""Each rule of the clock with a small example of its own; times are minutes after ten."""

from dataclasses import replace
from datetime import date

import pytest

from convenor.meetings.agenda import Kind
from convenor.meetings.clock import Finding, Guest, Note, Plan, PlannedItem, Reason, State, Why, project
from tests.meetings.clock.build import MINUTE, at, block, day, facts, item, lunch, minutes, pause, plan, times


def test_explicit_minutes_come_first_and_the_rest_is_shared():
    meeting = plan(block("one", 0, 60, item("a"), item("b", 30), item("c")))

    assert times(project(meeting, [], at(-10))) == {"a": (0, 15), "b": (15, 45), "c": (45, 60)}


def test_shares_are_whole_minutes_that_add_up():
    meeting = plan(block("one", 0, 50, item("a"), item("b"), item("c")))

    assert times(project(meeting, [], at(-10))) == {"a": (0, 16), "b": (16, 33), "c": (33, 50)}


def test_sub_items_share_the_time_of_their_parent():
    parts = (item("a.1"), item("a.2", 20), item("a.3", parts=(item("a.3.1", 5), item("a.3.2", 5))))
    meeting = plan(block("one", 0, 60, item("a", parts=parts)))
    (stretch,) = project(meeting, [], at(-10)).of("a")

    assert [(part.key, minutes(part.expected)) for part in stretch.parts] == [
        ("a.1", (0, 30)),
        ("a.2", (30, 50)),
        ("a.3", (50, 60)),
        ("a.3.1", (50, 55)),
        ("a.3.2", (55, 60)),
    ]


def test_an_open_end_reaches_to_the_next_start():
    meeting = plan(block("one", 0, None, item("a")), block("two", 40, None, item("b", 20)))

    assert times(project(meeting, [], at(-10))) == {"a": (0, 40), "b": (40, 60)}


def test_items_follow_the_delay():
    meeting = plan(block("one", 0, 30, item("a")), block("two", 30, 60, item("b")))

    assert times(project(meeting, facts("12 opened day"), at(12))) == {"a": (12, 42), "b": (42, 72)}


def test_a_gap_absorbs_the_delay():
    meeting = plan(block("one", 0, 30, item("a")), block("two", 50, 80, item("b")))

    assert times(project(meeting, facts("12 opened day"), at(12))) == {"a": (12, 42), "b": (50, 80)}
    assert times(project(meeting, facts("25 opened day"), at(25))) == {"a": (25, 55), "b": (55, 85)}


def test_time_that_the_items_of_a_block_leave_absorbs_the_delay():
    meeting = plan(block("one", 0, 30, item("a", 20)), block("two", 30, 60, item("b")))

    assert times(project(meeting, facts("8 opened day"), at(8))) == {"a": (8, 28), "b": (30, 60)}


def test_what_stands_close_together_begins_early_when_there_is_time():
    meeting = plan(block("one", 0, 30, item("a")), block("two", 30, 60, item("b")))
    projection = project(meeting, facts("0 taken_up a", "20 closed a"), at(20))

    assert times(projection) == {"a": (0, 20), "b": (20, 50)}
    assert projection.of("b")[0].notes == (Reason(Why.EARLY, length=10 * MINUTE),)


def test_a_pinned_start_waits():
    meeting = plan(block("one", 0, 30, item("a")), block("two", 30, 60, item("b"), pinned_start=True))

    assert times(project(meeting, facts("0 taken_up a", "20 closed a"), at(20))) == {"a": (0, 20), "b": (30, 60)}


def test_a_pinned_start_is_kept_and_what_it_interrupts_comes_behind_it():
    meeting = plan(
        block("one", 0, 30, item("a")),
        block("two", 30, 50, item("b"), pinned_start=True),
        block("three", 50, 60, item("c")),
    )

    assert times(project(meeting, facts("10 opened day"), at(10))) == {
        "a": (10, 30),
        "b": (30, 50),
        "a 2": (50, 60),
        "c": (60, 70),
    }


def test_lunch_does_not_move_and_what_it_interrupts_goes_on_after_it():
    meeting = plan(
        block("one", 0, 60, item("a", 30), item("b", 30)), lunch("lunch", 60, 120), block("two", 120, 150, item("c"))
    )

    assert times(project(meeting, facts("20 opened day"), at(20))) == {
        "a": (20, 50),
        "b": (50, 60),
        "lunch": (60, 120),
        "b 2": (120, 140),
        "c": (140, 170),
    }


def test_an_item_is_not_begun_for_less_than_its_minimum():
    meeting = plan(
        block("one", 0, 60, item("a", 30), item("b", 30, minimum=15 * MINUTE)),
        lunch("lunch", 60, 120),
        block("two", 120, 150, item("c")),
    )

    assert times(project(meeting, facts("20 opened day"), at(20))) == {
        "a": (20, 50),
        "lunch": (60, 120),
        "b": (120, 150),
        "c": (150, 180),
    }


def test_a_break_that_is_not_pinned_moves_with_the_delay():
    meeting = plan(block("one", 0, 30, item("a")), pause("coffee", 30, 45), block("two", 45, 60, item("b")))

    assert times(project(meeting, facts("10 opened day"), at(10))) == {"a": (10, 40), "coffee": (40, 55), "b": (55, 70)}


def test_a_break_of_which_only_the_end_is_pinned_becomes_shorter_down_to_its_minimum():
    coffee = replace(pause("coffee", 30, 60, pinned_end=True), minimum=10 * MINUTE)
    meeting = plan(block("one", 0, 30, item("a")), coffee, block("two", 60, 90, item("b")))

    assert times(project(meeting, facts("15 opened day"), at(15))) == {"a": (15, 45), "coffee": (45, 60), "b": (60, 90)}
    assert times(project(meeting, facts("25 opened day"), at(25))) == {
        "a": (25, 50),
        "coffee": (50, 60),
        "a 2": (60, 65),
        "b": (65, 95),
    }


def test_a_break_at_the_end_of_the_day_gives_way():
    meeting = plan(block("one", 0, 60, item("a")), lunch("lunch", 60, 120))
    projection = project(meeting, facts("20 opened day"), at(20))

    assert times(projection) == {"a": (20, 80), "lunch": (80, 120)}
    assert projection.notes == (
        Note(Finding.DAY_OVERRUNS, "day", 20 * MINUTE, at(60)),
        Note(Finding.HARD_END, "day", 20 * MINUTE, at(60)),
        Note(Finding.PIN_MISSED, "lunch", 20 * MINUTE, at(60)),
    )


def test_running_into_lunch_the_item_is_interrupted_now_and_lunch_keeps_its_end():
    meeting = plan(block("one", 0, 60, item("a", 90)), lunch("lunch", 60, 120), block("two", 120, 150, item("b")))

    assert times(project(meeting, facts("0 taken_up a"), at(70))) == {
        "a": (0, 70),
        "lunch": (70, 120),
        "a 2": (120, 140),
        "b": (140, 170),
    }


def test_lunch_needs_no_note():
    meeting = plan(block("one", 0, 60, item("a")), lunch("lunch", 60, 120), block("two", 120, 150, item("b")))
    held = facts("0 taken_up a", "55 closed a")

    shown = project(meeting, held, at(80)).days[0].blocks[1]
    assert (minutes(shown.expected), shown.state) == ((60, 120), State.RUNNING)
    later = project(meeting, [*held, *facts("125 taken_up b")], at(130))
    assert times(later) == {"a": (0, 55), "lunch": (60, 120), "b": (125, 155)}
    assert later.of("b")[0].delayed == (Reason(Why.TAKEN_UP_LATE, "b", 5 * MINUTE),)


def test_noted_breaks_are_as_noted():
    meeting = plan(block("one", 0, 60, item("a")), pause("coffee", 60, 75), block("two", 75, 105, item("b")))
    held = facts("0 taken_up a", "50 started coffee", "70 ended coffee", "70 continued a")

    assert times(project(meeting, held, at(72))) == {"a": (0, 50), "coffee": (50, 70), "a 2": (70, 80), "b": (80, 110)}


def test_an_overrunning_item_is_expected_to_end_now():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 30)))
    projection = project(meeting, facts("0 taken_up a"), at(42))

    assert times(projection) == {"a": (0, 42), "b": (42, 72)}
    assert projection.of("b")[0].delayed == (Reason(Why.OVERRAN, "a", 12 * MINUTE),)


def test_taking_up_the_next_item_closes_the_one_before():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 30)))

    assert times(project(meeting, facts("0 taken_up a", "20 taken_up b"), at(25))) == {"a": (0, 20), "b": (20, 50)}


def test_a_paused_item_goes_on_behind_the_one_that_interrupts_it():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 20), item("c", 10)))
    held = facts("0 taken_up a", "10 paused a", "10 taken_up c")

    assert times(project(meeting, held, at(15))) == {"a": (0, 10), "c": (10, 20), "a 2": (20, 40), "b": (40, 60)}


def test_an_item_of_a_later_block_taken_first_stands_where_it_was_taken():
    meeting = plan(block("one", 0, 30, item("a", 15), item("b", 15)), block("two", 30, 60, item("c", 30)))
    projection = project(meeting, facts("0 taken_up a", "15 closed a", "15 taken_up c"), at(20))

    assert times(projection) == {"a": (0, 15), "c": (15, 45), "b": (45, 60)}
    assert [(one.item, one.block) for one in projection.days[0].occurrences] == [
        ("a", "one"),
        ("c", "two"),
        ("b", "one"),
    ]
    assert projection.of("c")[0].notes == (Reason(Why.EARLY, length=15 * MINUTE),)
    assert projection.of("b")[0].delayed == (Reason(Why.ANOTHER_ORDER, length=30 * MINUTE),)


def test_an_item_can_be_put_off_to_a_block_or_to_no_time():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 30)), block("two", 60, 90, item("c", 30)))

    assert times(project(meeting, facts("5 postponed a two"), at(5))) == {"b": (5, 35), "c": (35, 65), "a": (65, 95)}
    projection = project(meeting, facts("5 postponed a"), at(5))
    assert times(projection) == {"a": None, "b": (5, 35), "c": (35, 65)}
    assert projection.of("a")[0].state is State.POSTPONED


def test_taking_up_a_later_part_of_a_matter_ends_the_earlier():
    meeting = plan(
        block("one", 0, 60, item("a")), lunch("lunch", 60, 120), block("two", 120, 180, item("b", continues="a"))
    )
    held = facts("20 taken_up a", "60 paused a")

    assert times(project(meeting, held, at(60)))["a 2"] == (120, 140)
    assert times(project(meeting, [*held, *facts("120 taken_up b")], at(121))) == {
        "a": (20, 60),
        "lunch": (60, 120),
        "b": (120, 180),
    }


def test_an_item_closed_before_it_began_is_not_needed():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 30)))
    projection = project(meeting, facts("0 taken_up a", "10 closed b"), at(20))

    assert times(projection) == {"a": (0, 30), "b": None}
    assert projection.of("b")[0].state is State.NOT_NEEDED


def test_an_item_left_running_ends_with_its_day_when_the_next_begins():
    first = day(block("one", 0, 60, item("a", 30), item("b", 30)), key="first")
    second = replace(day(block("two", 1440, 1500, item("c", 30)), key="second"), date=date(2017, 6, 13))
    projection = project(Plan((first, second)), facts("0 taken_up a", "1442 opened second"), at(1442))

    assert times(projection) == {"a": (0, 60), "b": (1442, 1472), "c": (1472, 1502)}
    assert [one.state for one in projection.days] == [State.HELD, State.RUNNING]


def test_a_pinned_end_with_a_gap_behind_it_holds_like_a_break():
    meeting = plan(block("one", 0, 60, item("a", 60), pinned_end=True), block("two", 120, 150, item("b", 30)))
    projection = project(meeting, facts("20 opened day"), at(20))

    assert times(projection) == {"a": (20, 60), "a 2": (120, 140), "b": (140, 170)}
    assert projection.of("a")[0].notes == (Reason(Why.STOPS, "one", 20 * MINUTE, at(120)),)


def test_sub_items_that_are_called_tell_what_is_left():
    parts = (item("a.1"), item("a.2"))
    meeting = plan(block("one", 0, 60, item("a", 40, parts=parts), item("b", 20)))
    held = facts("0 taken_up a.1", "10 closed a.1", "10 taken_up a.2")
    projection = project(meeting, held, at(15))

    assert times(projection) == {"a": (0, 30), "b": (30, 50)}
    assert [(part.key, minutes(part.expected), part.state) for part in projection.of("a")[0].parts] == [
        ("a.1", (0, 10), State.HELD),
        ("a.2", (10, 30), State.RUNNING),
    ]


def test_guests_are_waited_for_and_said():
    meeting = plan(block("one", 0, 60, item("a", 30, guests=(Guest("minister", at(20), at(40)),)), item("b", 30)))
    projection = project(meeting, facts("0 opened day"), at(0))

    assert times(projection) == {"a": (20, 50), "b": (50, 80)}
    assert projection.of("b")[0].delayed == (Reason(Why.WAITS_FOR_GUEST, "minister", 20 * MINUTE, at(20)),)
    assert projection.notes[1:] == (
        Note(Finding.GUEST_LATE, "a", 20 * MINUTE, at(20), "minister"),
        Note(Finding.GUEST_GONE, "a", 10 * MINUTE, at(40), "minister"),
    )


def test_reasons_add_up_to_the_delay():
    meeting = plan(block("one", 0, 60, item("a", 20), item("b", 20), item("c", 20)))
    held = facts("5 opened day", "5 taken_up a", "30 closed a", "33 taken_up b")
    (stretch,) = project(meeting, held, at(33)).of("c")

    assert stretch.delay == 13 * MINUTE
    assert stretch.delayed == (
        Reason(Why.OPENED_LATE, "day", 5 * MINUTE),
        Reason(Why.OVERRAN, "a", 5 * MINUTE),
        Reason(Why.TAKEN_UP_LATE, "b", 3 * MINUTE),
    )


def test_rooms_beside_each_other_are_projected_each_by_itself():
    meeting = plan(
        block("hall", 0, 60, item("a", 60)),
        block("room", 0, 60, item("b", 60)),
        block("hall again", 60, 90, item("c", 30)),
    )

    assert times(project(meeting, facts("0 taken_up a", "0 taken_up b"), at(70))) == {
        "a": (0, 70),
        "b": (0, 70),
        "c": (70, 100),
    }


def test_a_day_of_which_nothing_is_known_is_not_guessed():
    meeting = plan(block("one", 0, 60, item("a")))
    projection = project(meeting, [], at(18 * 60))

    assert times(projection) == {"a": None}
    assert (projection.days[0].state, projection.of("a")[0].state) == (State.UNKNOWN, State.UNKNOWN)
    assert projection.notes == ()


def test_what_is_left_of_the_last_day_is_left_over():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 30)))
    projection = project(meeting, facts("0 taken_up a", "40 closed a", "40 adjourned day"), at(50))

    assert projection.of("b")[0].state is State.LEFT_OVER
    assert projection.notes == (Note(Finding.LEFT_OVER, "b", 30 * MINUTE),)


def test_a_hard_end_is_guarded():
    meeting = plan(block("one", 0, 60, item("a")), hard_end=at(70))

    assert project(meeting, facts("15 opened day"), at(15)).notes == (
        Note(Finding.DAY_OVERRUNS, "day", 15 * MINUTE, at(60)),
        Note(Finding.HARD_END, "day", 5 * MINUTE, at(70)),
    )


def test_a_block_that_is_too_full_says_so():
    meeting = plan(block("one", 0, 30, item("a", 25), item("b", 15)), block("two", 30, 60, item("c")))
    projection = project(meeting, [], at(-10))

    assert times(projection)["c"] == (40, 70)
    assert Note(Finding.OVERFULL, "one", 10 * MINUTE) in projection.notes


def test_facts_of_later_than_now_are_not_known_yet():
    meeting = plan(block("one", 0, 60, item("a", 30), item("b", 30)))
    held = facts("10 taken_up a", "50 closed a")

    assert project(meeting, held, at(20)) == project(meeting, held[:1], at(20))


def test_a_fact_about_nothing_planned_is_told():
    meeting = plan(block("one", 0, 60, item("a")))

    assert project(meeting, facts("1 taken_up gone"), at(1)).notes[-1] == Note(Finding.UNKNOWN_FACT, "gone", at=at(1))


def test_a_day_without_times_begins_when_it_is_opened():
    meeting = plan(block("one", None, None, item("a", 10), item("b", 20)))

    assert times(project(meeting, [], at(0))) == {"a": None, "b": None}
    assert times(project(meeting, facts("5 opened day"), at(5))) == {"a": (5, 15), "b": (15, 35)}


def test_a_social_event_holds_the_day_in_its_bounds():
    reception = block("reception", 60, 120, kind=Kind.SOCIAL, pinned_start=True)

    assert project(plan(block("one", 0, 60, item("a")), reception), [], at(-5)).days[0].latest == at(60)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Plan((day(key="x"), day(key="x"))),
        lambda: plan(block("one", 60, 0)),
        lambda: plan(block("one", 0, 60), block("one", 60, 90)),
        lambda: plan(block("day", 0, 60)),
        lambda: Plan((day(replace(block("one", 0, 60), start=at(0).replace(tzinfo=None))),)),
        lambda: project(plan(block("one", 0, 60, PlannedItem("a"))), [], at(0).replace(tzinfo=None)),
    ],
)
def test_plans_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"given twice|no zone|ends before"):
        wrong()


def test_what_was_held_on_a_day_without_blocks_is_told():
    first = day(block("one", 0, 60, item("a", 30), item("b", 30)), key="first")
    second = replace(day(key="second"), date=date(2017, 6, 13))
    projection = project(Plan((first, second)), facts("1440 taken_up b", "1450 closed b"), at(1460))

    assert [(one.item, minutes(one.actual)) for one in projection.days[1].occurrences] == [("b", (1440, 1450))]
    assert projection.of("a")[0].state is State.UNKNOWN  # nobody noted anything on its day
