"""Every code of the timetable's rules, findings and wishes has a sentence with its figures."""

from typing import Any

import pytest

from convenor.optimise.timetable import findings
from convenor.optimise.timetable.check import UNKNOWN
from convenor.optimise.timetable.explain import TANGLED
from convenor.optimise.timetable.rules import BARS, RULES
from convenor.optimise.timetable.wishes import WEIGHTS
from convenor.programme.sentences import (
    FINDINGS,
    RULE_WORDS,
    VIOLATIONS,
    WISHES,
    Names,
    finding_sentence,
    violation_sentence,
    wish_sentence,
)

NAMES = Names(
    sessions={1: "“Cables”", 2: "“Names”", **{key: f"“S{key}”" for key in range(3, 12)}},
    people={7: "Amina Mfano"},
    slots={5: "18 December, 10:15"},
    rooms={3: "XXI"},
)


def data(**values: Any) -> dict[str, Any]:
    """Fill up what a violation or finding holds."""
    empty = {"sessions": [], "people": [], "slots": [], "rooms": [], "rules": [], "need": None, "have": None}
    return {**empty, "more_than_seats": None, "minimal": True, **values}


CODES_OF_FINDINGS = {
    findings.NO_PLACE, findings.LOCKS_COLLIDE, findings.PERSON_TOO_BUSY, findings.TOO_FEW_PLACES, TANGLED,
}  # fmt: skip


def test_the_tables_hold_every_code_and_no_other():
    rules = {one.name for one in (*RULES, *BARS)}

    assert set(VIOLATIONS) == rules | {UNKNOWN}
    assert set(RULE_WORDS) == rules
    assert set(FINDINGS) == CODES_OF_FINDINGS
    assert set(WISHES) == set(WEIGHTS)


@pytest.mark.parametrize(
    ("rule", "values", "sentence"),
    [
        ("unknown", {}, "The timetable names a session, a slot or a room that is gone."),
        ("once", {"have": 0, "need": 1}, "“Cables” has no place."),
        ("once", {"have": 2, "need": 1}, "“Cables” has 2 places instead of one."),
        (
            "room_once",
            {"sessions": [1, 2]},
            "“Cables” and “Names” are both in XXI at the same time (18 December, 10:15).",
        ),
        (
            "people_apart",
            {"sessions": [1, 2]},
            "Amina Mfano would be in two places at a time: “Cables” and “Names” (18 December, 10:15).",
        ),
        ("slot_length", {"need": 90, "have": 60}, "“Cables” needs 90 minutes; its slot (18 December, 10:15) has 60."),
        ("room_size", {"need": 180, "have": 120}, "“Cables” expects 180 people; XXI seats 120."),
        ("allowed_days", {}, "“Cables” is on a day that it may not be on (18 December, 10:15)."),
        ("presence", {}, "Amina Mfano cannot be there when “Cables” is held (18 December, 10:15)."),
        ("room_open", {}, "XXI cannot be used for “Cables” at that time (18 December, 10:15)."),
        ("locked", {}, "“Cables” is not where it is locked."),
    ],
)
def test_a_violation_in_words(rule: str, values: dict[str, Any], sentence: str):
    one = data(**{"rule": rule, "sessions": [1], "people": [7], "slots": [5], "rooms": [3], **values})

    assert violation_sentence(one, NAMES) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"code": "no_place", "rules": ["slot_length"], "need": 180, "have": 90},
            "“Cables” needs 180 minutes, and the longest slot has 90.",
        ),
        (
            {"code": "no_place", "rules": ["room_size"], "need": 300, "have": 100},
            "“Cables” expects 300 people, and the largest room seats 100.",
        ),
        (
            {"code": "no_place", "rules": ["room_size", "locked"]},
            (
                "There is no place for “Cables”; what stands against it: the room is large enough and "
                "what is locked stays."
            ),
        ),
        ({"code": "locks_collide"}, "“Cables” is locked to two places at once."),
        (
            {"code": "locks_collide", "sessions": [1, 2]},
            "“Cables” and “Names” are locked to the same room at the same time.",
        ),
        (
            {"code": "locks_collide", "sessions": [1, 2], "people": [7]},
            "“Cables” and “Names” are locked to the same time, and Amina Mfano would have to be in both.",
        ),
        (
            {"code": "person_too_busy", "sessions": [1, 2], "people": [7], "need": 2, "have": 1},
            "Amina Mfano must be in 2 sessions, but there are only 1 times one after another: “Cables” and “Names”.",
        ),
        (
            {"code": "too_few_places", "sessions": [1, 2], "need": 2, "have": 1},
            "2 sessions must share 1 place: “Cables” and “Names”.",
        ),
        (
            {"code": "too_few_places", "sessions": list(range(1, 10)), "need": 9, "have": 4, "more_than_seats": 300},
            (
                "9 sessions expect more than 300 people, yet there are 4 such places: "
                "“Cables”, “Names”, “S3”, “S4”, “S5”, “S6” and 3 more."
            ),
        ),
        (
            {"code": "tangled", "sessions": [1, 2], "rules": ["people_apart"]},
            (
                "These 2 sessions have no timetable together, though any fewer have: “Cables” and “Names”. "
                "What stands against it: nobody is in two places at a time."
            ),
        ),
        (
            {"code": "tangled", "sessions": [1, 99], "rules": ["room_once"], "minimal": False},
            (
                "These 2 sessions have no timetable together: “Cables” and ?. "
                "What stands against it: a room holds one session at a time."
            ),
        ),
    ],
)
def test_a_finding_in_words(values: dict[str, Any], sentence: str):
    assert finding_sentence(data(**{"sessions": [1], **values}), NAMES) == sentence


@pytest.mark.parametrize("name", sorted(WISHES))
def test_a_wish_in_words_has_a_singular_and_a_plural(name: str):
    one, many = wish_sentence(name, 1), wish_sentence(name, 12)

    assert (one.split()[0], many.split()[0]) == ("1", "12")
    assert one.split()[1:] != many.split()[1:]


def test_a_title_with_a_percent_sign_is_only_a_title():
    names = Names(sessions={1: "“100 %(need)s”"}, people={}, slots={}, rooms={})

    assert violation_sentence(data(rule="once", sessions=[1], have=0), names) == "“100 %(need)s” has no place."
