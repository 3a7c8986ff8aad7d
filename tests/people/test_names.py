"""Names made safe to print, and names of countries."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import convenor.people.countries
from convenor.people.countries import country_name, country_names
from convenor.people.names import tidy_name
from convenor.people.regions import COARSE, GROUPS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Amina \t Mfano\r\n", "Amina Mfano"),
        ("O’Neill-Ó Súilleabháin (IE)", "O’Neill-Ó Súilleabháin (IE)"),
        ("علی‌رضا", "علی‌رضا"),  # the joiner that Persian needs stays
        ("क्‍ष", "क्‍ष"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\u2067a\u2069\u200bb\ufeff", "ab"),
        ("a\x00b\x1bc", "abc"),
        ("e\u0301", "é"),
        ("👩🏽‍🚀", "👩🏽‍🚀"),
        ("\u202e \u2066", ""),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_misleads(typed, kept):
    assert tidy_name(typed) == kept


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_more(text):
    assert tidy_name(tidy_name(text)) == tidy_name(text)


def test_every_country_has_three_names_of_its_own():
    table = json.loads((Path(convenor.people.countries.__file__).parent / "data/countries.json").read_text("utf-8"))
    assert len(table) == 249
    assert [code for code, names in table.items() if len(names) != 3 or not all(names)] == []
    assert [len(set(column)) for column in zip(*table.values(), strict=True)] == [249, 249, 249]
    assert list(table) == sorted(table)


def test_every_country_of_a_region_can_be_chosen():
    assert set().union(*GROUPS.values()) - set(country_names("en")) == COARSE


def test_names_come_in_the_readers_language_else_in_english():
    assert [country_name("ch", language) for language in ("en", "fr", "fr-ca", "ar", "zh-hans")] == [
        "Switzerland",
        "Suisse",
        "Suisse",
        "سويسرا",
        "Switzerland",
    ]
    assert country_name("ZZ", "en") == "ZZ"
