"""The record of a meeting: worked examples of what it holds beside the report."""

from functools import partial

from convenor.meetings.floor import Channel, Wish, days, decisions, turns
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.state import CountEnd
from convenor.meetings.minutes import Record, record_of
from convenor.meetings.minutes.record import Share
from tests.meetings.minutes.sample import AGENDA, ATTENDANCE, Meeting


def test_speaking_time_is_divided_by_group_region_and_channel(record: Record):
    assert record.by_group == (Share("civ", 335, 3, 2), Share("gov", 180, 2, 1), Share("prv", 60, 1, 1))
    assert record.by_region == (
        Share("ap", 200, 1, 1), Share("af", 180, 2, 1), Share("lac", 135, 2, 1), Share("ee", 60, 1, 1),
    )  # fmt: skip
    assert record.by_channel == (Share("room", 425, 5, 4), Share("online", 150, 1, 1))


def test_speakers_stand_in_order_with_times_and_what_rested_does_not_count(record: Record):
    assert [(one.person, one.wish, one.channel, one.item, one.seconds) for one in record.speeches] == [
        ("ana", Wish.INTERVENTION, Channel.ROOM, "i1", 90),
        ("ben", Wish.INTERVENTION, Channel.ONLINE, "i2", 150),
        ("cem", Wish.QUESTION, Channel.ROOM, "i2", 60),
        ("ana", Wish.REPLY, Channel.ROOM, "i2", 45),
        ("ben", Wish.INTERVENTION, Channel.ROOM, "i2", 30),
        ("dee", Wish.INTERVENTION, Channel.ROOM, "i3", 200),
    ]
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.ask("ana")
    held.next()
    held.later(10)
    held.do(turns.pause_time)
    held.later(100)
    held.do(turns.resume_time)
    held.later(5)
    held.ask("ben")  # the last entry: who still speaks is reckoned up to it

    assert [(one.seconds, one.span.end) for one in record_of(held.sources()).speeches] == [(15, None)]


def test_attendance_stands_by_day_and_person_whatever_order_it_comes_in():
    found = record_of(Meeting().sources(attendance=tuple(reversed(ATTENDANCE)))).attendance

    assert [(one.day, one.person) for one in found] == [("d1", "ana"), ("d1", "ben"), ("d1", "dee"), ("d2", "ana")]


def test_a_day_that_is_opened_again_lasts_from_its_first_opening_to_its_last_close():
    held = Meeting().at("10:00")
    held.open("d1")
    held.at("12:00").do(days.close_day)
    held.at("14:00").open("d1")
    open_again = record_of(held.sources()).days[0].actual
    held.at("16:00").do(days.close_day)
    closed = record_of(held.sources()).days[0].actual

    assert open_again is not None
    assert closed is not None
    assert (f"{open_again.start:%H:%M}", open_again.end) == ("08:00", None)
    assert (f"{closed.start:%H:%M}", closed.end) == ("08:00", held.now)


def test_decisions_know_what_they_rest_on_and_the_objections_they_overcame(record: Record):
    adopted, agreed, noted, about = record.decisions

    assert (adopted.words, adopted.overcame) == ("The list of main sessions as in version 3", (record.counts[0].entry,))
    assert adopted.count is not None
    assert [(one.end, one.objector) for one in record.counts] == [(CountEnd.OBJECTED, "ben"), (CountEnd.ADOPTED, "")]
    assert (agreed.condition, agreed.check) == ("Rooms are confirmed by 1 July", None)
    assert (noted.words, noted.check) == ("The budget as circulated", record.checks[1])
    assert (about.about, about.words) == ("Rules of 2017", "")


def test_an_anonymous_check_holds_no_answer_of_anybody(record: Record):
    unnamed, named = record.checks

    assert (unnamed.is_anonymous, unnamed.answers, unnamed.totals) == (
        True, {}, {"support": 5, "object": 1, "live_with": 4},
    )  # fmt: skip
    assert (named.is_anonymous, named.totals) == (False, {"support": 1, "live_with": 1, "object": 1})


def test_a_check_that_was_never_closed_has_no_numbers():
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.do(partial(decisions.begin_check, is_anonymous=False))

    assert [one.numbers for one in record_of(held.sources()).checks] == [None]


def test_an_action_keeps_its_number_its_first_words_and_where_it_was_said(record: Record):
    first, second = record.actions

    assert (first.number, first.words, first.earlier, first.owner, first.owner_words, first.due, first.item) == (
        1,
        "Publish the list of main sessions with their rooms",
        ("Publish the list of main sessions",),
        "sec",
        "",
        "2017-07-03",
        "i2",
    )
    assert (second.number, second.day) == (2, "d2")
    assert [(one.fate, one.settled_by) for one in record.proposals] == [(Fate.AGREED, record.decisions[1].entry)]


def test_what_was_withdrawn_is_in_the_record_and_does_not_stand():
    held = Meeting().at("10:00")
    held.open("d1")
    held.settle(held.minute(Sort.NOTE, "A slip"), Fate.WITHDRAWN, "Somebody else said it")
    note = record_of(held.sources()).notes[0]

    assert (note.stands, note.fate_words) == (False, "Somebody else said it")


def test_an_empty_log_has_the_agenda_and_nothing_else():
    record = record_of(Meeting().sources())

    assert [one.title for one in record.items] == [
        item.title
        for day in AGENDA.days
        for block in day.blocks
        if block.kind == "items"
        for top in block.items
        for item in top.walk()
    ]
    assert (record.until, record.speeches, record.decisions, record.by_group) == (None, (), (), ())
