"""The order of speaking: each rule by an example and by what holds for every list, and the chair's word over it."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.meetings.floor import Barred, Channel, Code, Rule, Wish, lists, turns
from convenor.meetings.floor.orders import Place, Reason, order, side
from tests.meetings.floor.making import PEOPLE, Held, opened

ROOM, ONLINE = Channel.ROOM, Channel.ONLINE
few = settings(max_examples=60, deadline=None, derandomize=True)


def reasons(held: Held) -> list[tuple[str, int, str, dict]]:
    """Give the list with reasons: who, the place by time, the code and its values."""
    return [
        (held.state.requests[place.request].person, place.asked, reason.code, dict(reason.values))
        for place in order(held.state, held.setting)
        for reason in place.reasons
    ]


# ---- each rule by an example


def test_who_asks_first_speaks_first():
    held = opened(Rule.FIRST_COME)
    for person in ("ben", "ana", "dee"):
        held.ask(person)

    assert reasons(held) == [
        ("ben", 1, "asked_first", {}),
        ("ana", 2, "asked_first", {}),
        ("dee", 3, "asked_first", {}),
    ]


def test_a_hand_noted_without_a_connection_has_the_place_of_its_moment():
    held = opened(Rule.FIRST_COME)
    held.ask("ben")
    held.later(60)
    ana = held.ask("ana")
    ask = partial(lists.ask, person="cem", wish=Wish.INTERVENTION, seat=ROOM)
    cem = held.do(partial(ask, raised_at=held.now - timedelta(seconds=30)))
    eva = held.do(partial(ask, person="eva", raised_at=held.now + timedelta(seconds=30)))  # a clock that is ahead
    held.later(10)
    held.ask("dee")

    assert held.queue == ["ben", "cem", "ana", "eva", "dee"]
    assert [place.request for place in order(held.state, held.setting)][1:4] == [cem, ana, eva]
    assert reasons(held)[2] == ("ana", 3, "asked_first", {})


def test_points_of_order_come_first_whatever_the_rules():
    held = opened(Rule.MEMBERS_FIRST)
    held.ask("ana")
    held.ask("ben", Wish.POINT_OF_ORDER)

    assert reasons(held) == [("ben", 2, "point_of_order", {}), ("ana", 1, "asked_first", {})]


def test_room_and_online_take_turns_when_ten_flags_go_up_at_once():
    held = opened(Rule.ALTERNATE)
    flags = [held.ask(person) for person in ("ana", "ben", "cem")]
    held.ask("dee", seat=ONLINE)
    held.ask("eva", seat=Channel.HUB)

    assert reasons(held) == [
        ("ana", 1, "asked_first", {}),
        ("dee", 4, "alternate", {"over": flags[1], "side": "online"}),
        ("ben", 2, "waited", {"before": 1}),
        ("eva", 5, "alternate", {"over": flags[2], "side": "online"}),
        ("cem", 3, "waited", {"before": 2}),
    ]


def test_the_alternation_goes_on_from_who_has_the_floor():
    held = opened(Rule.ALTERNATE)
    held.ask("ana")
    held.ask("ben")
    held.ask("dee", seat=ONLINE)
    held.next()

    assert (held.speaker, held.queue) == ("ana", ["dee", "ben"])


def test_the_community_or_the_members_come_first():
    for rule, queue in ((Rule.COMMUNITY_FIRST, ["ben", "dee", "ana"]), (Rule.MEMBERS_FIRST, ["ana", "ben", "dee"])):
        held = opened(rule)
        ana = held.ask("ana")
        held.ask("ben")
        held.ask("dee")

        assert held.queue == queue
        if rule is Rule.COMMUNITY_FIRST:
            assert reasons(held)[0] == ("ben", 2, "community_first", {"over": ana})


@pytest.mark.parametrize(
    ("rule", "first", "second", "other", "classes"),
    [
        (Rule.GROUP, "ana", "dee", "ben", ("gov", "civ")),
        (Rule.REGION, "cem", "fay", "ben", ("af", "weo")),
        (Rule.GENDER, "ana", "dee", "ben", ("men", "women")),
    ],
)
def test_the_class_that_has_had_fewer_turns_comes_first(rule, first, second, other, classes):
    held = opened(rule)
    held.ask(first)
    held.next()
    waits = held.ask(second)
    held.ask(other)

    values = {"over": waits, "class": classes[0], "other": classes[1], "turns": 0, "others": 1}
    assert reasons(held) == [(other, 2, rule.value, values), (second, 1, "waited", {"before": 1})]


def test_who_has_spoken_least_often_or_least_long_comes_first():
    for rule, first in ((Rule.FEWEST_TURNS, "ben"), (Rule.LEAST_TIME, "ana")):
        held = opened(rule)
        for person, seconds in (("ana", 10), ("ana", 10), ("ben", 300)):
            held.ask(person)
            held.next()
            held.later(seconds)
            held.do(turns.end_turn)
        held.ask("ana" if first == "ben" else "ben")
        held.ask(first)

        assert held.queue[0] == first


def test_replies_and_points_of_order_are_nobodys_turn():
    held = opened(Rule.FEWEST_TURNS)
    held.ask("ana", Wish.REPLY)
    held.next()
    held.do(turns.end_turn)
    held.ask("ana")
    held.ask("ben")

    assert held.queue == ["ana", "ben"]


def test_rules_follow_each_other_in_weight():
    held = opened(Rule.COMMUNITY_FIRST, Rule.ALTERNATE)
    for person, seat in (("ana", ROOM), ("ben", ROOM), ("dee", ROOM), ("eva", ONLINE)):
        held.ask(person, seat=seat)

    assert held.queue == ["ben", "eva", "dee", "ana"]


def test_the_day_before_does_not_count():
    from convenor.meetings.floor import days

    held = opened(Rule.FEWEST_TURNS)
    held.ask("ana")
    held.next()
    held.do(days.close_day)
    held.do(partial(days.open_day, day="d2", rules=[Rule.FEWEST_TURNS]))
    held.ask("ana", item="i2")
    held.ask("ben", item="i2")

    assert [held.state.requests[place.request].person for place in order(held.state, held.setting, "i2")] == [
        "ana",
        "ben",
    ]


# ---- the chair's word


def test_the_chair_puts_somebody_first_and_the_list_says_so():
    held = opened()
    ids = {person: held.ask(person) for person in ("ana", "ben", "dee")}
    held.do(partial(lists.place, request=ids["dee"]))

    assert held.queue == ["dee", "ana", "ben"]
    assert reasons(held)[0] == ("dee", 3, "chair", {"would": 3})
    assert held.entries[-1].values == {"request": ids["dee"], "behind": 0, "ahead": [], "was": 3, "is": 1}


def test_who_was_put_behind_somebody_follows_when_they_have_spoken():
    held = opened()
    ids = {person: held.ask(person) for person in ("ana", "ben", "dee")}
    held.do(partial(lists.place, request=ids["dee"], behind=ids["ana"]))
    held.next()
    held.ask("eva")

    assert (held.speaker, held.queue) == ("ana", ["dee", "ben", "eva"])


def test_points_of_order_are_not_placed_and_stay_first():
    held = opened()
    ana, dee = held.ask("ana"), held.ask("dee", Wish.POINT_OF_ORDER)
    with pytest.raises(Barred) as caught:
        held.do(partial(lists.place, request=dee))
    assert caught.value.code is Code.NOT_IN_LIST
    with pytest.raises(Barred):
        held.do(partial(lists.place, request=ana, behind=999))

    held.do(partial(lists.place, request=ana))

    assert held.queue == ["dee", "ana"]


# ---- what holds for every list

asking = st.lists(
    st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from(list(Wish)), st.sampled_from([ROOM, ONLINE])),
    max_size=18,
)
rules = st.lists(st.sampled_from(list(Rule)), min_size=1, max_size=3, unique=True)


def held_with(rules: list[Rule], requests: list, speak: int = 0) -> Held:
    """Give a meeting in which some have asked, and some of them spoken."""
    held = opened(*rules)
    for person, wish, seat in requests:
        try:
            held.ask(person, wish, seat)
        except Barred:
            continue
        if speak:
            speak -= 1
            held.next()
            held.later(20)
    return held


@few
@given(rules, asking, st.integers(0, 6))
def test_everybody_who_waits_is_in_the_list_once_with_a_reason(rules, requests, speak):
    held = held_with(rules, requests, speak)
    places = order(held.state, held.setting)

    assert sorted(place.request for place in places) == [one.id for one in held.state.waiting("i1")]
    assert sorted(place.asked for place in places) == list(range(1, len(places) + 1))
    assert all(len(place.reasons) == 1 for place in places)
    assert places == order(held.state, held.setting)


@few
@given(rules, asking)
def test_points_of_order_are_first_in_every_list(rules, requests):
    held = held_with(rules, requests)
    is_order = [
        held.state.requests[place.request].wish is Wish.POINT_OF_ORDER for place in order(held.state, held.setting)
    ]

    assert is_order == sorted(is_order, reverse=True)


@few
@given(asking)
def test_first_come_is_the_order_of_asking(requests):
    held = held_with([Rule.FIRST_COME], [one for one in requests if one[1] is not Wish.POINT_OF_ORDER])

    assert [place.asked for place in order(held.state, held.setting)] == list(
        range(1, len(order(held.state, held.setting)) + 1)
    )


@few
@given(asking)
def test_the_sides_take_turns_as_long_as_both_wait(requests):
    held = held_with([Rule.ALTERNATE], [one for one in requests if one[1] is Wish.INTERVENTION])
    sides = [side(held.state.requests[place.request].seat) for place in order(held.state, held.setting)]

    both = sides[: 2 * min(sides.count("room"), sides.count("online"))]
    assert all(one != other for one, other in pairwise(both))


@few
@given(asking)
def test_within_a_side_the_order_of_asking_stays(requests):
    held = held_with([Rule.ALTERNATE], [one for one in requests if one[1] is Wish.INTERVENTION])
    for wanted in ("room", "online"):
        ids = [place.request for place in order(held.state, held.setting)]
        mine = [one for one in ids if side(held.state.requests[one].seat) == wanted]
        assert mine == sorted(mine)


@few
@given(st.sampled_from([Rule.COMMUNITY_FIRST, Rule.MEMBERS_FIRST]), asking)
def test_nobody_of_the_second_part_comes_before_one_of_the_first(rule, requests):
    held = held_with([rule], [one for one in requests if one[1] is not Wish.POINT_OF_ORDER])
    members = [PEOPLE[held.state.requests[place.request].person].is_member for place in order(held.state, held.setting)]

    assert members == sorted(members, reverse=rule is Rule.MEMBERS_FIRST)


@few
@given(st.sampled_from([Rule.GROUP, Rule.REGION, Rule.GENDER]), asking)
def test_the_head_is_of_a_class_with_the_fewest_turns(rule, requests):
    held = held_with([rule], [one for one in requests if one[1] is Wish.INTERVENTION], 3)
    name = {Rule.GROUP: "group", Rule.REGION: "region", Rule.GENDER: "gender"}[rule]
    had = [getattr(PEOPLE[turn.person], name) for turn in (*held.state.turns, held.state.turn) if turn]
    queue = [getattr(PEOPLE[person], name) for person in held.queue]

    assert not queue or had.count(queue[0]) == min(had.count(one) for one in queue)


@few
@given(rules, asking, st.integers(0, 17), st.integers(0, 17))
def test_the_chairs_word_puts_a_request_where_it_was_put(rules, requests, which, where):
    held = held_with(rules, [one for one in requests if one[1] is not Wish.POINT_OF_ORDER])
    ids = [place.request for place in order(held.state, held.setting)]
    if len(ids) < 2:
        return
    mine, behind = ids[which % len(ids)], [0, *ids][where % len(ids)]
    if behind == mine:
        return
    held.do(partial(lists.place, request=mine, behind=behind))
    now = [place.request for place in order(held.state, held.setting)]

    assert now.index(mine) == (now.index(behind) + 1 if behind else 0)
    assert [one for one in now if one != mine] == [one for one in ids if one != mine]


def test_a_place_is_made_of_plain_values():
    assert Place(3, 1, (Reason("asked_first"),)) == Place(3, 1, (Reason("asked_first", {}),))
