"""Translations: French and Arabic lack nothing, keep every placeholder, and the compiled form is up to date."""

import re

import pytest

from tools import catalogue


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_no_translation_is_missing(language: str):
    assert catalogue.missing(language) == []


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
        if not keeps(originals, string)
    ]

    assert wrong == []


def test_an_unmarked_or_new_string_would_be_noticed():
    known = {message.id for message in catalogue.template_catalogue()}

    assert "Skip to content" in known
    assert any(isinstance(one, tuple) and one[0] == "%(found)s proposal was handed in." for one in known)
    assert "A string nobody wrote" not in known
