"""Names made safe to print, and names of countries."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

import convenor.people.countries
from convenor.people.countries import LANGUAGES, country_name, country_names
from convenor.people.names import tidy_name
from convenor.people.regions import COARSE, GROUPS
from tools import country_names as country_tool


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


def test_every_country_has_a_name_of_its_own_in_six_languages():
    table = json.loads((Path(convenor.people.countries.__file__).parent / "data/countries.json").read_text("utf-8"))
    assert len(table) == 249
    assert [code for code, names in table.items() if len(names) != len(LANGUAGES) or not all(names)] == []
    assert [len(set(column)) for column in zip(*table.values(), strict=True)] == [249] * 6
    assert list(table) == sorted(table)


def test_the_table_is_what_its_tool_makes():
    table = json.loads(country_tool.TABLE.read_text("utf-8"))

    assert country_tool.filled(table) == table
    assert country_tool.COLUMNS == LANGUAGES


def test_every_language_of_the_interface_has_its_names():
    assert [code for code, _name in settings.LANGUAGES if country_name("CH", code) == "Switzerland"] == ["en"]


def test_every_country_of_a_region_can_be_chosen():
    assert set().union(*GROUPS.values()) - set(country_names("en")) == COARSE


def test_names_come_in_the_readers_language_else_in_english():
    assert [country_name("ch", language) for language in ("en", "fr-ca", "es", "ar", "ru", "zh-hans", "sw")] == [
        "Switzerland",
        "Suisse",
        "Suiza",
        "سويسرا",
        "Швейцария",
        "瑞士",
        "Switzerland",
    ]
    assert country_name("ZZ", "en") == "ZZ"
