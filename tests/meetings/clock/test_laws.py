"""Laws of the clock that hold for every plan, whatever happened."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convenor.meetings.clock import Act, Fact, Plan, PlannedBlock, PlannedDay, Projection, State, project
from convenor.meetings.clock.timetable import timetable
from tests.examples import examples
from tests.meetings.clock.plans import MINUTE, START, facts, meetings_in_order, moments, plans

FAR = settings(max_examples=examples(100), deadline=None, derandomize=True)


def replanned(plan: Plan, projection: Projection) -> Plan:
    """Return the plan one would print now: what is expected becomes what is planned, in the order of time."""
    lengths, times = defaultdict(timedelta), {}
    for one in projection.occurrences():
        if one.expected is not None:
            lengths[one.item] += one.expected.end - one.expected.start
    for day in projection.days:
        times.update((block.key, block.expected) for block in day.blocks if block.expected)

    def of(block: PlannedBlock) -> PlannedBlock:
        span = times[block.key]
        items = tuple(replace(item, length=lengths.get(item.key, item.length), parts=()) for item in block.items)
        is_kept = block.pinned_end and span.end <= block.end
        end = block.end if is_kept else None if items else span.end
        return replace(block, start=span.start, end=end, items=items, pinned_end=is_kept)

    def blocks(day: PlannedDay) -> tuple[PlannedBlock, ...]:
        return tuple(sorted((of(block) for block in day.blocks if block.key in times), key=lambda one: one.start))

    return Plan(tuple(replace(day, blocks=blocks(day)) for day in plan.days))


def without_links(plan: Plan) -> Plan:
    """Return a plan in which no item continues another: what was left over comes before the rest of its matter."""

    def of(block: PlannedBlock) -> PlannedBlock:
        return replace(block, items=tuple(replace(item, continues=None) for item in block.items))

    return Plan(tuple(replace(day, blocks=tuple(map(of, day.blocks))) for day in plan.days))


def times(projection: Projection) -> list[tuple[object, ...]]:
    """Give what is expected of every stretch of every item."""
    return [
        (one.item, one.number, one.expected.start, one.expected.end, one.state)
        for one in sorted(projection.occurrences(), key=lambda one: (one.item, one.number))
        if one.expected is not None
    ]


def drawn(data: st.DataObject, *, is_plain: bool = False) -> tuple[Plan, list[Fact], datetime]:
    """Draw a plan, facts and now."""
    plan = data.draw(plans(is_plain=is_plain))
    return plan, data.draw(facts(plan)), data.draw(moments())


@given(meeting=meetings_in_order())
@FAR
def test_projecting_the_projection_gives_the_same(meeting: tuple[Plan, list[Fact], datetime]):
    plan, happened, now = meeting
    once = project(plan, happened, now)

    assert times(project(replanned(plan, once), happened, now)) == times(once)


@given(data=st.data())
@FAR
def test_nothing_that_has_not_begun_is_expected_before_now(data: st.DataObject):
    plan, happened, now = drawn(data)

    for one in project(plan, happened, now).occurrences():
        if one.state is State.TO_COME:
            assert one.expected.start >= now
        if one.state is State.RUNNING:
            assert one.expected.end >= now


@given(data=st.data())
@FAR
def test_stretches_of_a_track_follow_each_other_without_overlap(data: st.DataObject):
    plan, happened, now = drawn(data, is_plain=True)
    projection = project(plan, happened, now)

    for day in projection.days:
        spans = [row.expected for row in day.running_order()]
        assert all(above.end <= below.start for above, below in pairwise(spans) if below.start >= now)


@given(data=st.data())
@FAR
def test_what_is_to_come_keeps_its_order(data: st.DataObject):
    plan = without_links(data.draw(plans(is_plain=True, is_simple=True)))
    happened, now = data.draw(facts(plan)), data.draw(moments())
    projection = project(plan, [fact for fact in happened if fact.act is not Act.POSTPONED], now)

    order = {item.key: at for at, item in enumerate(plan.items())}
    for day, planned in zip(projection.days, timetable(plan), strict=True):
        own = {slot.item.key for block in planned.blocks for slot in block.slots}
        coming = [one for one in day.occurrences if one.number == 1 and one.state is State.TO_COME]
        places = [order[one.item] for one in sorted(coming, key=lambda one: one.expected.start) if one.item in own]
        assert places == sorted(places)


@given(data=st.data())
@FAR
def test_a_pinned_break_keeps_its_times_while_it_is_to_come(data: st.DataObject):
    plan, happened, now = drawn(data, is_plain=True)

    for day, planned in zip(project(plan, happened, now).days, timetable(plan), strict=True):
        for block, found in zip(planned.blocks, day.blocks, strict=True):
            if block.cuts and block.plan.pinned_end and found.state is State.TO_COME:
                assert found.expected.end == block.end
                if block.plan.pinned_start:
                    assert found.expected.start >= block.start


@given(data=st.data())
@FAR
def test_more_delay_makes_nothing_earlier(data: st.DataObject):
    plan, happened, now = drawn(data, is_plain=True)
    later = now + data.draw(st.integers(0, 180)) * MINUTE
    happened = [fact for fact in happened if fact.at <= now]
    before, after = project(plan, happened, now), project(plan, happened, later)
    assume([day.state for day in before.days] == [day.state for day in after.days])
    if any(one.state is State.RUNNING for one in before.occurrences()):  # running into a break is work done in it
        fixed = [
            block for day in timetable(plan) for block in day.blocks if block.plan.pinned_start or block.plan.pinned_end
        ]
        assume(all(block.start > later for block in fixed))

    ends = {one.item: one.expected.end for one in before.occurrences() if one.expected}
    firsts = {(one.item, one.number): one.expected.start for one in before.occurrences() if one.expected}
    after_ends: dict[str, datetime] = {}
    for one in after.occurrences():
        if one.expected is not None:
            after_ends[one.item] = max(one.expected.end, after_ends.get(one.item, one.expected.end))
            assert one.number > 1 or one.expected.start >= firsts.get((one.item, 1), one.expected.start)
    assert all(end >= ends[item] for item, end in after_ends.items() if item in ends)


@given(plan=plans(is_plain=True), late=st.integers(0, 120), later=st.integers(0, 120))
@FAR
def test_opening_later_makes_nothing_earlier(plan: Plan, late: int, later: int):
    first = plan.days[0].blocks[0].start
    soon = first + late * MINUTE
    then = soon + later * MINUTE
    before = project(plan, [Fact(Act.OPENED, "0", soon)], soon)
    after = project(plan, [Fact(Act.OPENED, "0", then)], then)

    found = {(one.item, one.number): one.expected for one in after.occurrences() if one.expected}
    for one in before.occurrences():
        if one.expected is not None and one.number == 1:
            assert found[one.item, 1].start >= one.expected.start


@given(data=st.data())
@FAR
def test_what_was_held_is_never_changed(data: st.DataObject):
    plan, happened, now = drawn(data)
    happened = [fact for fact in happened if fact.at <= now]
    held = {(one.item, one.actual) for one in project(plan, happened, now).occurrences() if one.actual}
    again = {(one.item, one.actual) for one in project(plan, happened, now + timedelta(days=30)).occurrences()}

    assert {span.start for _, span in held} <= {fact.at for fact in happened}
    assert {one for one in held if one[1].end} <= again


@given(data=st.data())
@FAR
def test_noting_a_thing_twice_changes_nothing(data: st.DataObject):
    plan, happened, now = drawn(data)
    twice = [fact for fact in happened for _ in range(2)]

    assert project(plan, twice, now).days == project(plan, happened, now).days


@given(data=st.data())
@FAR
def test_minutes_are_kept_across_continuations(data: st.DataObject):
    plan, happened, now = drawn(data)
    happened = [fact for fact in happened if fact.act not in (Act.CLOSED, Act.POSTPONED)]
    projection = project(plan, happened, now)

    lengths = defaultdict(timedelta)
    for day in timetable(plan):
        for block in day.blocks:
            for slot in block.slots:
                lengths[slot.item.key] += slot.length
    called = {fact.key for fact in happened}
    for item in plan.items():
        stretches = projection.of(item.key)
        if called & {one.key for one in item.walk()} or any(one.expected is None for one in stretches):
            continue
        assert sum((one.expected.end - one.expected.start for one in stretches), timedelta(0)) == lengths[item.key]


@given(plan=plans())
@FAR
def test_with_nothing_noted_all_goes_as_planned(plan: Plan):
    projection = project(plan, [], START - timedelta(days=1))
    fits = all(block.filled_until <= block.end for day in timetable(plan) for block in day.blocks)
    has_guests = any(item.guests for item in plan.items())

    for one in projection.occurrences():
        if fits and not has_guests:
            assert one.expected == one.planned
