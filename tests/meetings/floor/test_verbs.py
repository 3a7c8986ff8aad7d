"""Each verb of the floor, by an example: what it does, and when it is refused."""

from datetime import timedelta
from functools import partial

import pytest

from convenor.meetings.floor import (
    Barred,
    Channel,
    Code,
    Kind,
    Rule,
    State,
    Wish,
    days,
    fold,
    items,
    lists,
    orders,
    record,
    turns,
)
from convenor.meetings.floor.setting import running_order
from convenor.meetings.floor.state import ItemState, Stage
from tests.meetings.floor.making import NINE, Held, opened


def refused(held: Held, step, **words):
    """Give why a step is refused, after making sure that nothing was entered."""
    before = (held.state, len(held.entries))
    with pytest.raises(Barred) as caught:
        held.do(step, **words)
    assert (held.state, len(held.entries)) == before
    return caught.value.code, dict(caught.value.values)


# ---- days and blocks


def test_a_day_is_opened_once_and_must_be_on_the_agenda():
    held = opened(Rule.COMMUNITY_FIRST, Rule.ALTERNATE, item="")

    assert (held.state.day, held.state.rules) == ("d1", (Rule.COMMUNITY_FIRST, Rule.ALTERNATE))
    assert refused(held, partial(days.open_day, day="d2", rules=())) == (Code.ALREADY_OPEN, {"day": "d1"})
    held.do(days.close_day)
    assert refused(held, partial(days.open_day, day="d9", rules=())) == (Code.UNKNOWN_PART, {"part": "d9"})
    assert refused(held, days.close_day) == (Code.NOT_OPEN, {})


def test_nothing_is_taken_up_and_nobody_asks_before_the_day_is_open():
    held = Held()

    assert refused(held, partial(items.take_up, item="i1")) == (Code.NOT_OPEN, {})
    assert refused(held, partial(lists.ask, person="ana", wish=Wish.QUESTION, seat=Channel.ROOM, item="i1")) == (
        Code.NOT_OPEN,
        {},
    )


def test_in_a_break_the_item_rests_and_taking_up_ends_the_break():
    held = opened(item="i2")
    held.do(partial(days.start_block, block="lunch"))

    assert (held.state.item, held.state.is_break, held.state.items) == ("", True, {"i2": ItemState.PAUSED})
    assert refused(held, turns.call_next) == (Code.IS_BREAK, {})
    assert refused(held, partial(days.start_block, block="lunch")) == (Code.ALREADY_STARTED, {"part": "lunch"})
    held.do(partial(items.continue_item, item="i2"))
    assert (held.state.item, held.state.is_break, held.state.block) == ("i2", False, "")
    assert refused(held, days.end_block) == (Code.NOT_STARTED, {})
    assert refused(held, partial(days.start_block, block="b9")) == (Code.UNKNOWN_PART, {"part": "b9"})


def test_a_block_that_ends_lets_the_item_rest():
    held = opened()
    held.do(partial(days.start_block, block="b1"))
    assert held.state.item == "i1"

    held.do(days.end_block)

    assert (held.state.item, held.state.items["i1"]) == ("", ItemState.PAUSED)


def test_the_close_of_the_day_lets_the_item_rest_and_points_of_order_lapse():
    held = opened()
    order, ana = held.ask("dee", Wish.POINT_OF_ORDER), held.ask("ana")
    held.do(days.close_day)

    assert (held.state.item, held.state.items["i1"]) == ("", ItemState.PAUSED)
    assert [held.state.requests[one].stage for one in (order, ana)] == [Stage.LAPSED, Stage.WAITING]


# ---- items


def test_taking_up_the_next_item_closes_the_one_before_or_lets_it_rest():
    held = opened()
    held.do(partial(items.take_up, item="i2"))
    held.do(partial(items.take_up, item="i3", leaving=ItemState.PAUSED))

    assert dict(held.state.items) == {"i1": ItemState.CLOSED, "i2": ItemState.PAUSED, "i3": ItemState.UNDER_WAY}
    assert refused(held, partial(items.take_up, item="i3")) == (Code.ALREADY_UNDER_WAY, {"item": "i3"})
    assert refused(held, partial(items.take_up, item="i9")) == (Code.UNKNOWN_PART, {"part": "i9"})


def test_what_continues_later_keeps_its_queue():
    held = opened(item="i2")
    held.ask("ana")
    held.ask("ben")
    held.next()
    held.do(items.pause_item)
    held.do(partial(items.take_up, item="i3"))
    assert held.queue == []

    held.do(partial(items.take_up, item="i5"))  # the agenda has it as the continuation of i2

    assert held.queue == ["ben"]
    assert held.ask("cem")
    assert held.queue == ["ben", "cem"]


def test_only_what_rests_is_continued():
    held = opened()

    assert refused(held, partial(items.continue_item, item="i1")) == (Code.ALREADY_UNDER_WAY, {"item": "i1"})
    assert refused(held, partial(items.continue_item, item="i2")) == (Code.NOT_RESTING, {"item": "i2"})
    held.do(items.pause_item)
    assert refused(held, items.pause_item) == (Code.NOT_UNDER_WAY, {})
    held.do(partial(items.continue_item, item="i1"))
    assert held.state.item == "i1"


def test_an_item_is_closed_once_and_can_be_reopened():
    held = opened()
    held.do(items.close_item)

    assert refused(held, partial(items.close_item, item="i1")) == (Code.ALREADY_CLOSED, {"item": "i1"})
    assert refused(held, items.close_item) == (Code.NOT_UNDER_WAY, {})
    held.do(partial(items.take_up, item="i1"))
    assert held.state.items == {"i1": ItemState.UNDER_WAY}


def test_an_item_is_put_off_with_its_list():
    held = opened(item="i2")
    held.ask("ana")
    held.do(partial(items.postpone_item, item="i2", to="b2"))

    assert (held.state.item, held.state.items) == ("", {"i2": ItemState.POSTPONED})
    assert refused(held, partial(items.postpone_item, item="i3", to="b9")) == (Code.UNKNOWN_PART, {"part": "b9"})
    held.do(partial(items.continue_item, item="i2"))
    assert held.queue == ["ana"]


def test_leaving_an_item_ends_the_turn():
    held = opened()
    held.ask("ana")
    held.next()
    held.later(60)
    held.do(items.pause_item)

    assert held.speaker == ""
    assert [turn.spoken(held.now) for turn in held.state.turns] == [timedelta(minutes=1)]


def test_a_move_says_what_it_passes():
    held = opened()
    held.do(partial(items.move, item="i4", behind="i1"))
    assert held.entries[-1].values == {"item": "i4", "behind": "i1", "passes": ["i2", "i3"], "is_earlier": True}
    held.do(partial(items.move, item="i2", behind="i5"))
    assert held.entries[-1].values == {"item": "i2", "behind": "i5", "passes": ["i3", "i5"], "is_earlier": False}

    assert running_order(held.state, held.setting) == ["i1", "i4", "i3", "i5", "i2"]
    assert refused(held, partial(items.move, item="i2", behind="i5")) == (Code.NOT_MOVED, {"item": "i2"})
    assert refused(held, partial(items.move, item="i1", behind="i5")) == (Code.NOT_TO_COME, {"item": "i1"})
    assert refused(held, partial(items.move, item="i2a", behind="i5")) == (Code.UNKNOWN_PART, {"part": "i2a"})


# ---- requests


def test_somebody_waits_once_for_each_kind():
    held = opened()
    first = held.ask("ana")

    assert refused(held, partial(lists.ask, person="ana", wish=Wish.INTERVENTION, seat=Channel.ONLINE)) == (
        Code.ALREADY_WAITING,
        {"request": first, "wish": "intervention"},
    )
    held.ask("ana", Wish.QUESTION)
    held.ask("ana", item="i3")
    held.next()
    held.ask("ana")  # who has the floor may ask for it again
    assert held.queue == ["ana", "ana"]


def test_the_secretariat_enters_a_raised_hand_and_it_says_from_where():
    held = opened()
    step = partial(lists.ask, person="guest-7", wish=Wish.INTERVENTION, seat=Channel.HUB)
    number = held.do(step, by="secretary", channel=Channel.SECRETARIAT)

    request, entry = held.state.requests[number], held.entries[-1]
    assert (request.person, request.seat, entry.by, entry.channel) == ("guest-7", "hub", "secretary", "secretariat")


def test_one_takes_back_only_ones_own():
    held = opened()
    ana = held.ask("ana")

    assert refused(held, partial(lists.withdraw, request=ana, person="ben")) == (Code.NOT_YOURS, {"request": ana})
    held.do(partial(lists.withdraw, request=ana, person="ana"))
    assert held.queue == []
    assert refused(held, partial(lists.withdraw, request=ana)) == (Code.NOT_WAITING, {"request": ana})


def test_who_is_declined_for_now_keeps_the_time_of_asking():
    held = opened()
    ana, ben = held.ask("ana"), held.ask("ben")
    held.do(partial(lists.set_aside, request=ana))
    assert held.queue == ["ben"]
    assert refused(held, partial(lists.set_aside, request=ana)) == (Code.NOT_WAITING, {"request": ana})
    assert refused(held, partial(lists.readmit, request=ben)) == (Code.NOT_SET_ASIDE, {"request": ben})

    held.do(partial(lists.readmit, request=ana))

    assert held.queue == ["ana", "ben"]


def test_who_asked_again_meanwhile_is_not_let_in_twice():
    held = opened()
    ana = held.ask("ana")
    held.do(partial(lists.set_aside, request=ana))
    again = held.ask("ana")

    assert refused(held, partial(lists.readmit, request=ana)) == (
        Code.ALREADY_WAITING,
        {"request": again, "wish": "intervention"},
    )


def test_a_closed_list_keeps_who_waits_and_takes_points_of_order():
    held = opened()
    held.ask("ana")
    held.do(lists.close_list)

    ask = partial(lists.ask, person="ben", wish=Wish.INTERVENTION, seat=Channel.ROOM)
    assert refused(held, ask) == (Code.LIST_CLOSED, {"item": "i1"})
    assert refused(held, lists.close_list) == (Code.LIST_CLOSED_BEFORE, {"item": "i1"})
    held.ask("dee", Wish.POINT_OF_ORDER)
    assert held.queue == ["dee", "ana"]
    held.do(lists.reopen_list)
    assert refused(held, lists.reopen_list) == (Code.LIST_OPEN, {"item": "i1"})
    held.ask("ben")
    assert held.queue == ["dee", "ana", "ben"]


def test_nobody_joins_the_list_of_a_closed_item_or_of_none():
    held = opened()
    held.do(items.close_item)

    ask = partial(lists.ask, person="ben", wish=Wish.INTERVENTION, seat=Channel.ROOM)
    assert refused(held, ask) == (Code.NO_ITEM, {})
    assert refused(held, partial(ask, item="i1")) == (Code.ALREADY_CLOSED, {"item": "i1"})
    assert refused(held, partial(ask, item="i9")) == (Code.UNKNOWN_PART, {"part": "i9"})


# ---- turns


def test_two_who_click_next_advance_once():
    held = opened()
    for person in ("ana", "ben", "cem"):
        held.ask(person)
    seen = held.state.mark
    held.do(turns.call_next, expected=seen)

    assert refused(held, turns.call_next, expected=seen) == (
        Code.MOVED_ON,
        {"kind": "floor_given", "mark": held.state.mark},
    )
    assert (held.speaker, held.queue) == ("ana", ["ben", "cem"])


def test_requests_that_come_in_do_not_stop_the_chair():
    held = opened()
    held.ask("ana")
    seen = held.state.mark
    held.ask("ben")

    held.do(turns.call_next, expected=seen)

    assert held.speaker == "ana"


def test_who_came_before_the_one_on_the_button_is_not_called_unseen():
    held = opened()
    ana = held.ask("ana")
    order = held.ask("dee", Wish.POINT_OF_ORDER)

    assert refused(held, partial(turns.call_next, head=ana)) == (Code.ANOTHER_IS_NEXT, {"request": order})
    held.next(head=order)
    assert held.speaker == "dee"


def test_moving_on_without_a_mark_is_a_programmers_fault():
    held = opened()
    held.ask("ana")

    with pytest.raises(ValueError, match="floor_given needs the mark"):
        record(held.state, held.setting, turns.call_next, by="chair", at=NINE, channel=Channel.ROOM)
    with pytest.raises(ValueError, match="moment with a zone"):
        record(held.state, held.setting, turns.call_next, by="", at=NINE.replace(tzinfo=None), channel=Channel.ROOM)


def test_next_ends_the_turn_where_nobody_waits_and_is_refused_where_nobody_speaks():
    held = opened()
    held.ask("ana")
    held.next()
    held.next()

    assert held.speaker == ""
    assert refused(held, turns.call_next) == (Code.NOBODY_WAITS, {})
    assert refused(held, turns.end_turn) == (Code.NOBODY_SPEAKS, {})


def test_the_chair_calls_another_and_that_is_entered():
    held = opened()
    ana, ben = held.ask("ana"), held.ask("ben")
    held.do(partial(turns.give_floor, request=ben))

    assert held.entries[-1].values == {"request": ben, "proposed": ana, "interrupts": False}
    assert held.state.turn
    assert held.state.turn.is_deviation
    assert refused(held, partial(turns.give_floor, request=ben)) == (Code.NOT_WAITING, {"request": ben})


def test_a_point_of_order_cuts_in_and_the_speaker_goes_on_with_the_time_that_was_left():
    held = opened()
    held.do(partial(days.set_limit, seconds=180))
    held.ask("ana")
    held.ask("ben")
    held.next()
    held.later(60)
    held.ask("dee", Wish.POINT_OF_ORDER)
    held.next()
    assert (held.speaker, held.queue) == ("dee", ["ben"])
    held.later(30)

    held.next()  # nobody else with a point of order: ana goes on

    assert held.speaker == "ana"
    held.later(10)
    assert held.state.turn
    assert held.state.turn.left(held.now) == timedelta(seconds=110)
    held.next()
    assert held.speaker == "ben"
    assert [turn.person for turn in held.state.turns] == ["dee", "ana"]


def test_two_points_of_order_follow_each_other_and_then_the_speaker_goes_on():
    held = opened()
    held.ask("ana")
    held.next()
    held.ask("dee", Wish.POINT_OF_ORDER)
    held.ask("eva", Wish.POINT_OF_ORDER)
    said = []
    for _ in range(3):
        held.next()
        said.append(held.speaker)

    assert said == ["dee", "eva", "ana"]


def test_the_chair_may_call_somebody_else_after_a_point_of_order():
    held = opened()
    held.ask("ana")
    ben = held.ask("ben")
    held.next()
    held.ask("dee", Wish.POINT_OF_ORDER)
    held.next()

    held.do(partial(turns.give_floor, request=ben))

    assert (held.speaker, held.state.interrupted) == ("ben", None)
    assert [turn.person for turn in held.state.turns] == ["dee", "ana"]


def test_time_rests_runs_and_is_made_longer():
    held = opened()
    held.ask("ana")
    held.next()
    assert refused(held, partial(turns.extend_time, seconds=60)) == (Code.NO_LIMIT, {})
    assert refused(held, partial(days.set_limit, seconds=0)) == (Code.BAD_NUMBER, {"number": 0})
    held.do(partial(days.set_limit, seconds=120))
    held.ask("ben")
    held.next()  # the limit is that of turns that begin from now on
    held.later(30)
    held.do(turns.pause_time)
    assert refused(held, turns.pause_time) == (Code.TIME_STANDS, {})
    held.later(300)
    assert held.state.turn
    assert held.state.turn.left(held.now) == timedelta(seconds=90)
    held.do(turns.resume_time)
    assert refused(held, turns.resume_time) == (Code.TIME_RUNS, {})
    held.do(partial(turns.extend_time, seconds=60))
    held.later(160)

    assert held.state.turn.left(held.now) == timedelta(seconds=-10)
    assert refused(held, partial(turns.extend_time, seconds=0)) == (Code.BAD_NUMBER, {"number": 0})


def test_a_premature_next_is_undone():
    held = opened()
    held.do(partial(days.set_limit, seconds=180))
    held.ask("ana")
    held.ask("ben")
    held.next()
    held.later(60)
    held.next()
    held.later(5)

    held.do(turns.undo_end)

    assert (held.speaker, held.queue, held.state.turns) == ("ana", ["ben"], ())
    held.later(20)
    assert held.state.turn
    assert held.state.turn.left(held.now) == timedelta(seconds=100)
    assert refused(held, turns.undo_end) == (Code.NOTHING_TO_UNDO, {})


def test_a_premature_end_is_undone_until_something_else_has_happened():
    held = opened()
    held.ask("ana")
    held.next()
    held.do(turns.end_turn)
    held.do(turns.undo_end)
    assert held.speaker == "ana"
    held.do(turns.end_turn)
    held.do(partial(items.take_up, item="i2"))

    assert refused(held, turns.undo_end) == (Code.NOTHING_TO_UNDO, {})


def test_the_premature_end_of_a_point_of_order_is_undone_and_the_speaker_waits_on():
    held = opened()
    held.ask("ana")
    held.next()
    held.later(10)
    held.ask("dee", Wish.POINT_OF_ORDER)
    held.next()
    held.next()
    held.later(5)
    held.do(turns.undo_end)
    assert held.speaker == "dee"
    held.later(60)
    held.next()

    assert held.speaker == "ana"
    assert held.state.turn
    assert held.state.turn.spoken(held.now) == timedelta(seconds=10)


# ---- the log


def test_the_log_alone_makes_the_state_and_no_entry_may_be_missing():
    held = opened()
    held.ask("ana")
    held.next()

    assert fold(held.entries) == held.state
    assert fold(held.entries[2:], fold(held.entries[:2])) == held.state
    with pytest.raises(ValueError, match="entry 2 is missing: the next one is 3"):
        fold([held.entries[0], held.entries[2]])


def test_an_entry_is_never_before_the_one_it_follows():
    held = opened()
    held.later(-60)
    held.ask("ana")

    assert held.entries[-1].at == NINE


def test_every_kind_of_entry_is_carried_out():
    from convenor.meetings.floor.log import CHANGES

    assert set(CHANGES) == set(Kind)
    assert State().sequence == 0
    assert orders.order(State(), Held().setting) == []
