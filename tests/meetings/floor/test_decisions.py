"""Decisions: the slow count and objections, the sense of the room, what the chair states."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.meetings.floor import Barred, Code, decisions, items
from convenor.meetings.floor.decisions import LEAST_IN_GROUP, OTHERS, joined
from convenor.meetings.floor.state import About, Answer, Count, CountEnd, Decision, Outcome
from tests.examples import examples
from tests.meetings.floor.making import NINE, Held, opened


def refused(held: Held, step, **words) -> Code:
    """Give why a step is refused."""
    with pytest.raises(Barred) as caught:
        held.do(step, **words)
    return caught.value.code


def adopt(held: Held) -> int:
    """State the adoption at the meeting's time."""
    return held.do(partial(decisions.adopt, at=held.now))


def test_silence_to_the_end_of_the_count_adopts():
    held = opened()
    count = held.do(partial(decisions.begin_count, about=About("proposals.proposal", 7)))
    held.later(5)
    assert held.state.count == Count(count, "i1", About("proposals.proposal", 7), NINE, 6, 2)
    assert held.state.count.counted(held.now) == 2
    assert refused(held, partial(decisions.adopt, at=held.now)) is Code.STILL_COUNTING
    held.later(7)
    assert held.state.count.counted(held.now + timedelta(hours=1)) == 6

    number = adopt(held)

    assert held.state.decisions == (
        Decision(number, Outcome.ADOPTED, "i1", About("proposals.proposal", 7), held.now, count),
    )
    assert (held.state.count, held.state.counts[0].end) == (None, CountEnd.ADOPTED)


def test_an_objection_of_anybody_stops_the_count_whatever_they_saw():
    held = opened()
    count = held.do(decisions.begin_count)
    held.later(60)  # counted to the end, not yet stated: who is online hears it later
    held.do(partial(decisions.object_to, count=count, person="dee"), by="dee")

    assert (held.state.count, held.state.counts[0].end, held.state.counts[0].objector) == (
        None,
        CountEnd.OBJECTED,
        "dee",
    )
    assert held.state.decisions == ()
    assert refused(held, partial(decisions.adopt, at=held.now)) is Code.NO_COUNT
    assert refused(held, partial(decisions.object_to, count=count, person="ben"), by="ben") is Code.NO_COUNT


def test_the_chair_who_had_not_seen_the_objection_does_not_adopt():
    held = opened()
    count = held.do(decisions.begin_count)
    seen = held.state.mark
    held.later(12)
    held.do(partial(decisions.object_to, count=count, person="dee"))

    assert refused(held, partial(decisions.adopt, at=held.now), expected=seen) is Code.MOVED_ON


def test_a_count_is_stopped_without_a_result_and_keeps_the_item():
    held = opened()
    held.do(decisions.begin_count)

    assert refused(held, partial(items.take_up, item="i2")) is Code.COUNT_RUNS
    assert refused(held, decisions.begin_count) is Code.COUNT_RUNS
    held.do(decisions.stop_count)
    assert (held.state.counts[0].end, held.state.decisions) == (CountEnd.STOPPED, ())
    assert refused(held, decisions.stop_count) is Code.NO_COUNT
    assert refused(held, partial(decisions.begin_count, counts=0)) is Code.BAD_NUMBER


def test_a_decision_is_about_an_item_or_something_that_is_pointed_at():
    held = opened(item="")

    assert refused(held, decisions.begin_count) is Code.NO_ITEM
    assert refused(held, partial(decisions.begin_count, item="i9")) is Code.UNKNOWN_PART
    number = held.do(partial(decisions.decide, outcome=Outcome.NOTED, about=About("cycle.ruleset", 3)))
    held.do(partial(decisions.decide, outcome=Outcome.AGREED_ON_CONDITION, item="i2"))
    held.do(partial(decisions.decide, outcome=Outcome.DEFERRED, item="i2"))
    assert held.state.decisions[0] == Decision(number, Outcome.NOTED, "", About("cycle.ruleset", 3), NINE)
    assert [one.outcome.value for one in held.state.decisions] == ["noted", "agreed_on_condition", "deferred"]
    with pytest.raises(ValueError, match="counted"):
        held.do(partial(decisions.decide, outcome=Outcome.ADOPTED, item="i2"))


def test_a_named_check_counts_the_last_answer_of_each_by_group():
    held = opened()
    check = held.do(partial(decisions.begin_check, is_anonymous=False))
    say = partial(decisions.answer, check=check)
    for person, answer in (
        ("ana", Answer.SUPPORT),
        ("dee", Answer.OBJECT),
        ("ben", Answer.LIVE_WITH),
        ("dee", Answer.SUPPORT),
    ):
        held.do(partial(say, person=person, answer=answer), by=person)
    assert refused(held, partial(say, person="ana", answer=Answer.SUPPORT)) is Code.ALREADY_ANSWERED
    assert refused(held, partial(decisions.answer, check=99, person="ana", answer=Answer.OBJECT)) is Code.NO_CHECK

    held.do(decisions.close_check)

    assert held.state.checks[0].numbers == {"civ": {"support": 2}, "gov": {"live_with": 1}}
    held.do(partial(decisions.decide, outcome=Outcome.AGREED, basis=check))
    assert held.state.decisions[0].basis == check
    assert refused(held, partial(decisions.decide, outcome=Outcome.AGREED, basis=77)) is Code.NO_CHECK
    assert refused(held, decisions.close_check) is Code.NO_CHECK


def test_an_anonymous_check_takes_no_answer_into_the_log():
    held = opened()
    check = held.do(partial(decisions.begin_check, is_anonymous=True))

    assert (
        refused(held, partial(decisions.answer, check=check, person="ana", answer=Answer.OBJECT)) is Code.IS_ANONYMOUS
    )
    assert refused(held, decisions.begin_count) is Code.CHECK_RUNS
    with pytest.raises(ValueError, match="handed in"):
        held.do(decisions.close_check)
    held.do(partial(decisions.close_check, numbers={"civ": {"support": 4}, "gov": {"object": 1}, "igo": {"object": 2}}))
    assert held.state.checks[0].numbers == {"civ": {"support": 4}, OTHERS: {"object": 3}}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({}, {}),
        ({"civ": {"support": 2}}, {}),
        ({"civ": {"support": 3}}, {"civ": {"support": 3}}),
        ({"civ": {"support": 3}, "gov": {}}, {"civ": {"support": 3}}),
        # One small group alone could be reckoned back: it takes the smallest of the others in.
        (
            {"civ": {"support": 5}, "prv": {"object": 3}, "gov": {"object": 1}},
            {"civ": {"support": 5}, OTHERS: {"object": 4}},
        ),
        ({"civ": {"support": 2}, "gov": {"support": 1, "object": 1}}, {OTHERS: {"support": 3, "object": 1}}),
    ],
)
def test_groups_with_few_answers_are_joined(numbers, shown):
    assert joined(numbers) == shown


groups = st.dictionaries(
    st.sampled_from(["civ", "gov", "igo", "prv", "tec", ""]),
    st.dictionaries(st.sampled_from(["support", "live_with", "object"]), st.integers(1, 6)),
)


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(groups)
def test_joining_loses_no_answer_and_shows_no_small_group(numbers):
    shown = joined(numbers)
    total = sum(sum(answers.values()) for answers in numbers.values())

    assert sum(sum(answers.values()) for answers in shown.values()) == (total if total >= LEAST_IN_GROUP else 0)
    assert all(sum(answers.values()) >= LEAST_IN_GROUP for answers in shown.values())
    hidden = [group for group, answers in numbers.items() if answers and group not in shown]
    assert len(hidden) != 1 or not shown
