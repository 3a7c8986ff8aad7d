"""People whose names are the word "example" in the languages and scripts of their countries."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Sequence
from random import Random

from convenor.example.records import Organisation, Person
from convenor.example.words import Language, countries, languages

DOMAINS = ("example.org", "example.net", "example.com")
GENDERS = (("woman", 0.44), ("man", 0.49), ("self-described", 0.01), (None, 0.06))
NATIVE_SCRIPT_SHARE = 0.45
FAMILY_NAME_FIRST = frozenset({"zh", "ja", "ko", "hu"})
NO_SPACE = frozenset({"zh", "ja", "ko"})
BEYOND_ASCII = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "ə": "e", "Þ": "Th", "ı": "i", "æ": "ae"}
)


class People:
    """The register of everybody invented so far; keys count up from 0."""

    def __init__(self, rng: Random, organisations: Sequence[Organisation]) -> None:
        self.rng = rng
        self.organisations = organisations
        self.made: list[Person] = []
        self._names: set[str] = set()
        self._mailboxes: set[str] = set()

    def add(self, organisation: int) -> int:
        """Invent somebody who works for an organisation, and return the key."""
        home = self.organisations[organisation]
        (gender,) = self.rng.choices([name for name, _ in GENDERS], [share for _, share in GENDERS])
        language = languages()[self.rng.choice(countries()[home.country])]
        written, latin = self._unused_name(language, gender)
        key = len(self.made)
        email = self._mailbox(latin)
        self.made.append(Person(key, written, email, organisation, home.country, home.group, gender))
        return key

    def _unused_name(self, language: Language, gender: str | None) -> tuple[str, str]:
        for with_initial in (*(False,) * 5, *(True,) * 50):
            written, latin = invented_name(self.rng, language, gender, initial=with_initial)
            if written not in self._names:
                break
        self._names.add(written)
        return written, latin

    def _mailbox(self, latin: str) -> str:
        local = ascii_slug(latin)
        number = 1
        while (mailbox := f"{local}{number}" if number > 1 else local) in self._mailboxes:
            number += 1
        self._mailboxes.add(mailbox)
        return f"{mailbox}@{DOMAINS[len(self.made) % len(DOMAINS)]}"


def invented_name(rng: Random, language: Language, gender: str | None, *, initial: bool) -> tuple[str, str]:
    """Invent a full name as (written, Latin); `initial` puts a letter in the middle to tell namesakes apart."""
    given_names = {"woman": language.women, "man": language.men}.get(gender or "", language.women + language.men)
    given, example = rng.choice(given_names), rng.choice(language.examples)
    letter = f"{rng.choice(string.ascii_uppercase)}. " if initial else ""
    latin = full_name(language.code, given[1], example[1], letter)
    if given[0] == given[1] or initial or rng.random() > NATIVE_SCRIPT_SHARE:
        return latin, latin
    return full_name(language.code, given[0], example[0], ""), latin


def full_name(language: str, given: str, example: str, letter: str) -> str:
    """Put a name in its language's order, without a space where the script has none."""
    if language in NO_SPACE and not given.isascii():
        return example + given if language != "zh" else given + example
    if language == "zh":
        return f"{given} {letter}{example}"
    if language in FAMILY_NAME_FIRST:
        return f"{example} {letter}{given}"
    return f"{given} {letter}{example}"


def ascii_slug(latin: str) -> str:
    """Turn a Latin name into the left side of a mail address."""
    plain = unicodedata.normalize("NFKD", latin.translate(BEYOND_ASCII)).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isalnum() else " " for letter in plain.lower()).split()
    return ".".join(words)
