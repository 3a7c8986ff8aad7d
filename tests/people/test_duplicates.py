"""Duplicates: what counts as one person in two rows, what does not, and how long looking takes."""

import time

import pytest

from convenor.people.duplicates import Pair, Row, Why, address_key, name_key, pairs


def row(key: int, name: str = "", email: str = "", country: str = "", organisation: str = "") -> Row:
    return Row(key, name, email, country, organisation)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amina@Example.org", "amina@example.org "),
        ("amina+igf@example.org", "amina@example.org"),
        ("a.mina@gmail.com", "amina@googlemail.com"),
    ],
)
def test_spellings_of_one_address_are_one(one: str, other: str):
    assert address_key(one) == address_key(other)


def test_dots_count_where_they_are_not_ignored():
    assert address_key("a.mina@example.org") != address_key("amina@example.org")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prof. Amina  MFANO", "Mfano, Amina"),
        ("José Ñandú", "Jose Nandu"),
        ("Łukasz Øre", "lukasz ore"),
        ("李 明", "李-明"),
        ("أمينة مثال", "مثال أمينة"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str):
    assert name_key(one) == name_key(other) != ""


def test_the_surest_reason_comes_first_and_each_pair_once():
    people = [
        row(1, "Amina Mfano", "amina@example.org", "KE", "Lab"),
        row(2, "Mfano, Amina", "amina+x@example.org", "KE", "Lab"),
        row(3, "Bahati Mfano", "b@example.org", "KE", "Union"),
        row(4, "Bahati Mfano", "c@example.org", "UG", "Union"),
        row(5, "Chidi Esempio", "", "NG", ""),
        row(6, "CHIDI  ESEMPIO", "", "NG", "Net"),
        row(7, "Deborah Beispiel", "", "DE", ""),
        row(8, "Debora Beispiel", "", "DE", ""),
        row(9, "Emil Beispiel", "", "", "Netz"),
        row(10, "Emill Beispiel", "", "AT", "Netz"),
    ]

    assert pairs(reversed(people)) == [
        Pair(1, 2, Why.ADDRESS),
        Pair(3, 4, Why.NAME_ORGANISATION),
        Pair(5, 6, Why.NAME_COUNTRY),
        Pair(9, 10, Why.NEAR_ORGANISATION),
        Pair(7, 8, Why.NEAR_COUNTRY),
    ]


def test_what_is_not_alike_is_left_alone():
    people = [
        row(1, "Amina Mfano", country="KE", organisation="Lab"),
        row(2, "Amina Mfano", country="UG", organisation="Union"),
        row(3, "Amina Otieno", country="KE", organisation="Lab"),
        row(4, "", "", "KE", "Lab"),
        row(5, "", "", "KE", "Lab"),
        row(6, "Amina Mfano"),
        row(7, "Amina Mfano"),
    ]

    assert pairs(people) == []


def test_five_thousand_people_take_less_than_five_seconds():
    first = ["Amina", "Bahati", "Chidi", "Deborah", "Emeka", "Fatou", "Grace", "Hassan", "Ines", "José"]
    people = [
        Row(
            number,
            f"{first[number % 10]} {chr(97 + number % 26)}{'aeiou'[number % 5]}name{number // 7}",
            f"p{number // 2 if number % 50 == 0 else number}@example.org",
            ("KE", "FR", "BR")[number % 3],
            f"Body {number % 40}",
        )
        for number in range(5_000)
    ]
    started = time.process_time()
    found = pairs(people)

    assert time.process_time() - started < 5
    assert len(found) > 0
