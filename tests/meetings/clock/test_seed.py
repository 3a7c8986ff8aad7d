"""The seed agenda under way: three worked examples with the times a clock in Geneva shows."""

from dataclasses import replace
from datetime import timedelta

from convenor.meetings.clock import (
    Change,
    Deed,
    Finding,
    Guest,
    Note,
    Plan,
    PlannedBlock,
    Projection,
    Proposal,
    Reason,
    Way,
    Why,
    project,
    reordered,
)
from convenor.meetings.clock import proposals as propose
from tests.meetings.clock.seed import at, expected, happened, seed, shown

MINUTE = timedelta(minutes=1)
PLANNED_DAY_3 = [
    "3.1.1 10:00-11:30",
    "3.2.1 11:30-13:00",
    "3.3 13:00-15:00",
    "3.4.1 15:00-17:00",
    "3.5.1 17:00-17:45",
    "3.6.1 17:45-18:00",
]


def ends(projection: Projection) -> list[str]:
    """Give the expected end of each day."""
    return [shown(day.expected.end if day.expected else None) for day in projection.days]


def with_guest(plan: Plan, key: str, guest: Guest) -> Plan:
    """Give an item a guest."""

    def block(one: PlannedBlock) -> PlannedBlock:
        items = (replace(item, guests=(guest,)) if item.key == key else item for item in one.items)
        return replace(one, items=tuple(items))

    return Plan(tuple(replace(day, blocks=tuple(map(block, day.blocks))) for day in plan.days))


def test_before_it_begins_all_is_expected_as_printed():
    projection = project(seed(), [], at("09:00"))

    assert expected(projection, "1") == [
        "1.1.1 10:00-10:10",
        "1.1.2 10:10-10:20",
        "1.1.3 10:20-10:30",
        "1.1.4 10:30-10:40",
        "1.1.5 10:40-10:50",
        "1.2.1 10:50-11:10",
        "1.3.1 11:10-11:30",
        "1.3.2 11:30-11:50",
        "1.4.1 11:50-13:00",
        "1.5 13:00-15:00",
        "1.6.1 15:00-15:30",
        "1.6.2 15:30-16:00",
        "1.7.1 16:00-17:15",
        "1.8.1 17:15-18:00",
    ]
    assert ends(projection) == ["18:00", "18:00", "18:00"]
    assert projection.notes == ()


def test_the_opening_is_25_minutes_late():
    projection = project(seed(), happened("10:25 opened 1"), at("10:25"))

    assert expected(projection, "1") == [
        "1.1.1 10:25-10:35",
        "1.1.2 10:35-10:45",
        "1.1.3 10:45-10:55",
        "1.1.4 10:55-11:05",
        "1.1.5 11:05-11:15",
        "1.2.1 11:15-11:35",
        "1.3.1 11:35-11:55",
        "1.3.2 11:55-12:15",
        "1.4.1 12:15-13:00",
        "1.5 13:00-15:00",
        "1.4.1 (2) 15:00-15:25",
        "1.6.1 15:25-15:55",
        "1.6.2 15:55-16:25",
        "1.7.1 16:25-17:40",
        "1.8.1 17:40-18:25",
    ]
    assert ends(projection) == ["18:25", "18:00", "18:00"]
    late = (Reason(Why.OPENED_LATE, "1", 25 * MINUTE),)
    planned = [one for one in projection.days[0].occurrences if one.planned]
    assert {(one.delay, one.delayed) for one in planned} == {(25 * MINUTE, late)}
    assert projection.of("1.4.1")[0].notes == (Reason(Why.GOES_ON, "1.5", 25 * MINUTE, at("15:00")),)
    assert projection.of("1.4.1")[1].notes == (Reason(Why.CONTINUES, "1.4.1"),)
    assert projection.notes == (Note(Finding.DAY_OVERRUNS, "1", 25 * MINUTE, at("18:00")),)


def test_nobody_opens_and_the_clock_says_the_same():
    noted = project(seed(), happened("10:25 opened 1"), at("10:25"))
    waiting = project(seed(), [], at("10:25"))

    assert expected(waiting, "1") == expected(noted, "1")
    assert waiting.of("1.1.1")[0].delayed == (Reason(Why.NOT_OPENED, "1", 25 * MINUTE),)
    assert waiting.notes == (
        Note(Finding.DAY_OVERRUNS, "1", 25 * MINUTE, at("18:00")),
        Note(Finding.NOT_OPENED, "1", 25 * MINUTE, at("10:00")),
    )


def test_a_guest_comes_at_10_40_instead_of_10_05():
    plan = with_guest(seed(), "1.1.2", Guest("Secretary-General", at("10:40")))
    facts, now = happened("10:00 opened 1", "10:00 taken_up 1.1.1"), at("10:02")
    waiting = project(plan, facts, now)

    assert expected(waiting, "1")[:5] == [
        "1.1.1 10:00-10:10",
        "1.1.2 10:40-10:50",
        "1.1.3 10:50-11:00",
        "1.1.4 11:00-11:10",
        "1.1.5 11:10-11:20",
    ]
    assert ends(waiting)[0] == "18:30"
    assert waiting.notes == (
        Note(Finding.DAY_OVERRUNS, "1", 30 * MINUTE, at("18:00")),
        Note(Finding.GUEST_LATE, "1.1.2", 30 * MINUTE, at("10:40"), "Secretary-General"),
    )

    proposal = reordered(plan, facts, now)

    assert proposal is not None
    assert proposal.changes == (Change("1.1.2", Deed.PLACED, 10 * MINUTE, 10 * MINUTE, "1.1.5"),)
    assert expected(project(proposal.plan, facts, now), "1") == [
        "1.1.1 10:00-10:10",
        "1.1.3 10:10-10:20",
        "1.1.4 10:20-10:30",
        "1.1.5 10:30-10:40",
        "1.1.2 10:40-10:50",
        "1.2.1 10:50-11:10",
        "1.3.1 11:10-11:30",
        "1.3.2 11:30-11:50",
        "1.4.1 11:50-13:00",
        "1.5 13:00-15:00",
        "1.6.1 15:00-15:30",
        "1.6.2 15:30-16:00",
        "1.7.1 16:00-17:15",
        "1.8.1 17:15-18:00",
    ]
    assert [(end.day, shown(end.before), shown(end.after)) for end in proposal.ends] == [
        ("1", "18:30", "18:00"),
        ("2", "18:00", "18:00"),
        ("3", "18:00", "18:00"),
    ]
    assert proposal.notes == ()


SELECTION = happened(
    "10:00 opened 2",
    "10:00 taken_up 2.1.1",
    "10:30 closed 2.1.1",
    "10:30 taken_up 2.2.1",
    "13:00 paused 2.2.1",
    "15:00 continued 2.2.1",
    "17:00 closed 2.2.1",
    day=13,
)


def proposals() -> dict[Way, Proposal]:
    """Give what is proposed when the selection has overrun by two hours."""
    return {one.way: one for one in propose(seed(), SELECTION, at("17:00", 13))}


def test_the_selection_overruns_by_two_hours_and_lunch_stays():
    projection = project(seed(), SELECTION, at("17:00", 13))

    assert expected(projection, "2") == [
        "2.1.1 10:00-10:30",
        "2.2.1 10:30-13:00",
        "2.3 13:00-15:00",
        "2.2.1 (2) 15:00-17:00",
        "2.4.1 17:00-20:00",
    ]
    assert projection.of("2.4.1")[0].delayed == (Reason(Why.OVERRAN, "2.2.1", 120 * MINUTE),)
    assert projection.notes == (Note(Finding.DAY_OVERRUNS, "2", 120 * MINUTE, at("18:00", 13)),)
    assert expected(projection, "3") == PLANNED_DAY_3


def test_while_it_overruns_it_is_expected_to_end_now():
    projection = project(seed(), SELECTION[:-1], at("16:30", 13))

    assert expected(projection, "2")[3:] == ["2.2.1 (2) 15:00-16:30", "2.4.1 16:30-19:30"]


def test_shortened_the_day_ends_in_time():
    proposal = proposals()[Way.SHORTEN]

    assert proposal.changes == (Change("2.4.1", Deed.SHORTENED, 180 * MINUTE, 60 * MINUTE),)
    assert [shown(end.after) for end in proposal.ends[1:]] == ["18:00", "18:00"]
    assert proposal.notes == ()


def test_moved_to_the_next_day_it_comes_before_the_rest_of_its_matter():
    proposal = proposals()[Way.NEXT_DAY]
    after = project(proposal.plan, SELECTION, at("17:00", 13))

    assert proposal.changes == (Change("2.4.1", Deed.TO_DAY, 180 * MINUTE, 120 * MINUTE, "3"),)
    assert expected(after, "2")[-1] == "2.4.1 17:00-18:00"
    assert expected(after, "3") == [
        "2.4.1+ 10:00-12:00",
        "3.1.1 12:00-13:00",
        "3.3 13:00-15:00",
        "3.1.1 (2) 15:00-15:30",
        "3.2.1 15:30-17:00",
        "3.4.1 17:00-19:00",
        "3.5.1 19:00-19:45",
        "3.6.1 19:45-20:00",
    ]
    assert [shown(end.after) for end in proposal.ends[1:]] == ["18:00", "20:00"]
    assert proposal.notes == (Note(Finding.DAY_OVERRUNS, "3", 120 * MINUTE, at("18:00", 14)),)


def test_dropped_the_day_ends_early_and_the_matter_goes_on_tomorrow():
    proposal = proposals()[Way.DROP]

    assert proposal.changes == (Change("2.4.1", Deed.DROPPED, 180 * MINUTE),)
    assert [shown(end.after) for end in proposal.ends[1:]] == ["17:00", "18:00"]
    assert proposal.notes == ()
    assert expected(project(proposal.plan, SELECTION, at("17:00", 13)), "3") == PLANNED_DAY_3


def test_adjourned_with_work_left_it_goes_on_the_next_day_before_the_rest_of_its_matter():
    facts = [*SELECTION, *happened("17:00 taken_up 2.4.1", "18:10 adjourned 2", day=13)]
    projection = project(seed(), facts, at("18:10", 13))

    assert expected(projection, "2")[-1] == "2.4.1 17:00-18:10"
    assert expected(projection, "3")[:2] == ["2.4.1 (2) 10:00-11:50", "3.1.1 11:50-13:00"]
    assert projection.of("2.4.1")[1].notes == (Reason(Why.CONTINUES, "2.4.1"), Reason(Why.FROM_DAY, "2"))
    assert ends(projection)[2] == "19:50"
