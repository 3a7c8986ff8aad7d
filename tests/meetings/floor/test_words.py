"""Words of the floor: every code, kind and rule has its sentence, and each can be filled."""

import re
from functools import partial

import pytest

from convenor.meetings import floor_words
from convenor.meetings.floor import Barred, Channel, Code, Kind, Rule, Wish, items, lists
from convenor.meetings.floor.entries import STEERING
from convenor.meetings.floor.orders import Reason, order
from convenor.meetings.floor.state import Answer, Outcome
from convenor.meetings.floor_words import move, reason, refusal
from tests.meetings.floor.making import opened

NAMES = {"i1": "1. Welcome", "i2": "2. Reports", "i3": "3. Selection", "i4": "4. Any other business", "af": "Africa"}
VALUES = {"item": "i1", "day": "d1", "number": 0, "counted": 2, "counts": 6}


def test_every_word_of_the_rules_is_said():
    assert set(floor_words.REFUSALS) | {Code.MOVED_ON} == set(Code)
    assert set(floor_words.MEANWHILE) == STEERING
    assert set(floor_words.RULES) == set(Rule)
    assert (set(floor_words.WISHES), set(floor_words.ANSWERS)) == (set(Wish), set(Answer))
    assert set(floor_words.OUTCOMES) == set(Outcome)


@pytest.mark.parametrize("code", [code for code in Code if code is not Code.MOVED_ON])
def test_every_refusal_is_a_whole_sentence(code):
    said = refusal(Barred(code, **VALUES), NAMES)

    assert re.fullmatch(r"[A-Z0-9“].*[.]", said)
    assert "%" not in said


def test_what_has_happened_meanwhile_is_told_to_the_second():
    assert refusal(Barred(Code.MOVED_ON, kind="", mark=0)) == floor_words.AGAIN
    for kind in STEERING:
        said = refusal(Barred(Code.MOVED_ON, kind=kind.value, mark=3))
        assert said == f"{floor_words.MEANWHILE[kind]} {floor_words.AGAIN}"


def test_the_reasons_of_a_list_are_sentences():
    held = opened(Rule.COMMUNITY_FIRST, Rule.ALTERNATE)
    for person, seat in (("ana", Channel.ROOM), ("ben", Channel.ROOM), ("dee", Channel.ROOM), ("eva", Channel.ONLINE)):
        held.ask(person, seat=seat)
    held.ask("cem", Wish.POINT_OF_ORDER)
    said = [reason(place.reasons[0], NAMES) for place in order(held.state, held.setting)]

    assert said == [
        "Points of order come first.",
        "The community speaks before the members of the committee.",
        "The community speaks before the members of the committee.",
        "The community speaks before the members of the committee.",
        "3 people who asked later come before, by the order of the day.",
    ]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Reason("asked_first"), "Next in the order of asking."),
        (Reason("waited", {"before": 1}), "One person who asked later comes before, by the order of the day."),
        (Reason("chair", {"would": 3}), "Placed by the chair; place 3 by the order of the day."),
        (
            Reason("alternate", {"over": 2, "side": "online"}),
            "Room and online speak in turn, and it is the turn of those online.",
        ),
        (
            Reason("alternate", {"over": 2, "side": "room"}),
            "Room and online speak in turn, and it is the turn of the room.",
        ),
        (
            Reason("group", {"over": 2, "class": "gov", "other": "", "turns": 0, "others": 2}),
            "Fewer turns today: Government 0, not stated 2 (balanced by stakeholder group).",
        ),
        (
            Reason("region", {"over": 2, "class": "af", "other": "zz", "turns": 1, "others": 2}),
            "Fewer turns today: Africa 1, zz 2 (balanced by region).",
        ),
        (
            Reason("gender", {"over": 2, "class": "women", "other": "men", "turns": 1, "others": 2}),
            "Fewer turns today: Women 1, Men 2 (balanced by gender).",
        ),
        (
            Reason("fewest_turns", {"over": 2, "turns": 0, "others": 2}),
            "Has spoken 0 times today, whoever asked earlier 2 times.",
        ),
        (
            Reason("least_time", {"over": 2, "turns": 0, "others": 90}),
            "Has spoken 0 seconds today, whoever asked earlier 90 seconds.",
        ),
        (Reason("members_first", {"over": 2}), "The members of the committee speak first."),
    ],
)
def test_each_reason_is_said(one, said):
    assert reason(one, NAMES) == said


def test_a_move_is_said():
    held = opened()
    held.do(partial(items.move, item="i4", behind="i1"))
    assert move(held.entries[-1], NAMES) == "4. Any other business is taken before 2. Reports, 3. Selection."
    held.do(partial(items.move, item="i4", behind="i3"))
    assert move(held.entries[-1], NAMES) == "4. Any other business is taken after 2. Reports, 3. Selection."


def test_every_kind_of_entry_has_a_short_word_that_fits_its_column():
    assert max(len(kind) for kind in Kind) <= 20
    assert lists.ask.__doc__
