"""The words of a year: its themes, formats, groups and regions in every language, countries, and usual spellings."""

from collections.abc import Iterator, Mapping
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, get_language_info

from convenor.cycle.rules import Choice, Rules
from convenor.people.countries import country_names
from convenor.people.plainwords import bare
from convenor.people.spellings import spelled
from convenor.proposals.importing.guessing import Words
from convenor.proposals.importing.wording import KIND_NAMES

OF_RULES = ("themes", "formats", "groups", "regions")
_LANGUAGES = {
    "en": "english|anglais|inglés|английский|英语|الإنجليزية",
    "fr": "french|francés|французский|法语|الفرنسية",
    "es": "spanish|espagnol|испанский|西班牙语|الإسبانية",
    "ar": "arabic|arabe|árabe|арабский|阿拉伯语",
    "ru": "russian|russe|ruso|русский|俄语|الروسية",
    "zh-hans": "chinese|zh|zh cn|mandarin|chinois|chino|китайский|中文|الصينية",
}


def vocabulary(rules: Rules) -> Words:
    """Give kind → spelling as bare words → code; what the rule set says counts before usual spellings."""
    own = {kind: dict(_of_rules(getattr(rules, kind))) for kind in OF_RULES}
    for kind in ("groups", "regions"):
        codes = {choice.code for choice in getattr(rules, kind)}
        usual = {word: code for word, code in spelled(kind).items() if code in codes}
        own[kind] = {**usual, **own[kind]}
    return {**own, "countries": _countries(), "languages": _languages()}


def _of_rules(choices: tuple[Choice, ...]) -> Iterator[tuple[str, str]]:
    for choice in choices:
        for word in (*choice.shorts.values(), *choice.names.values(), choice.code):
            yield bare(word) or word.strip().casefold(), choice.code


@cache
def _countries() -> Mapping[str, str]:
    return {**spelled("countries"), **{code.casefold(): code for code in country_names("en")}}


@cache
def _languages() -> Mapping[str, str]:
    found = {bare(word): code for code, words in _LANGUAGES.items() for word in words.split("|")}
    for code, _name in settings.LANGUAGES:
        found[bare(code)] = found[bare(get_language_info(code)["name_local"])] = code
    return found


def choices_of(kind: str, rules: Rules) -> list[tuple[str, str]]:
    """Give the codes of a kind with their names in the reader's language, as a select or a drop-down lists them."""
    language = get_language() or "en"
    if kind in OF_RULES:
        return [(one.code, one.name(language)) for one in getattr(rules, kind)]
    if kind == "countries":
        return sorted(country_names(language).items(), key=lambda one: one[1])
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def kinds() -> Iterator[tuple[str, str]]:
    """Yield the kinds of codes with their names."""
    yield from ((kind, str(name)) for kind, name in KIND_NAMES.items())
