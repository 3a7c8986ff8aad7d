"""Translations: no language lacks anything, each keeps every placeholder, and the compiled form is up to date."""

import json
import re
from typing import Any

import pytest
from django.conf import settings

from convenor.shared.languages.strings import faults, read_strings
from tools import catalogue


@pytest.mark.parametrize("language", sorted(set(settings.OFFERED_LANGUAGES) - {"en"}))
def test_no_translation_is_missing_in_a_language_that_is_offered(language: str):
    assert catalogue.missing(catalogue.locale_of(language)) == []


def test_strings_are_marked_by_names_that_the_catalogue_looks_for():
    imported = re.compile(r"\bn?p?gettext\w* as (\w+)")
    names = {name for path in catalogue.PACKAGE.rglob("*.py") for name in imported.findall(path.read_text("utf-8"))}
    assert names - set(catalogue.KEYWORDS) == set()


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language: str):
    assert catalogue.path_of(language).with_suffix(".mo").read_bytes() == catalogue.compiled(language)


def placeholders(text: str) -> set[str]:
    """Name what a sentence is filled with."""
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def keeps(originals: tuple[str, ...], string: str) -> bool:
    """Whether a translation is filled with what its original is; a plural form may say its number in a word."""
    known = set().union(*map(placeholders, originals))
    return placeholders(string) <= known if len(originals) > 1 else placeholders(string) == known


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_translations_keep_their_placeholders(language: str):
    wrong = [
        (originals[0], string)
        for message in catalogue.read(language)
        if message.id
        for originals in [(message.id,) if isinstance(message.id, str) else tuple(message.id)]
        for string in ((message.string,) if isinstance(message.string, str) else message.string)
        if string and not keeps(originals, string)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_translations_bring_no_marks_of_their_own(language: str):
    entries = list(read_strings(catalogue.path_of(language).read_text("utf-8")))
    forms = catalogue.read(language).num_plurals
    marked = [
        entry.originals[0]
        for entry in entries
        if entry.is_whole and "tags" in faults(entry, entry.strings, forms=forms)
    ]

    assert marked == []


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_what_is_marked_as_confirmed_is_a_wording_that_stands(language: str):
    confirmed = json.loads(catalogue.confirmed_path(language).read_text("utf-8"))
    standing = {entry.digest for entry in read_strings(catalogue.path_of(language).read_text("utf-8"))}

    assert set(confirmed) <= standing
    assert confirmed == sorted(set(confirmed))


def test_every_language_of_the_settings_has_its_catalogue(settings: Any):
    assert sorted(catalogue.locale_of(code) for code, _name in settings.LANGUAGES if code != "en") == sorted(
        catalogue.LANGUAGES
    )


def test_an_unmarked_or_new_string_would_be_noticed():
    known = {message.id for message in catalogue.template_catalogue()}

    assert "Skip to content" in known
    assert any(isinstance(one, tuple) and one[0] == "%(found)s proposal was handed in." for one in known)
    assert "A string nobody wrote" not in known
