"""The parts of a rule set that say what may be proposed and what is asked: kinds, custom fields, consents; pure.

A rule set that is silent has one kind, a session in any format, and no field beside those of every proposal.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from convenor.cycle.rule_shapes import choices, doubles, is_whole, keys, sound, words

# Fields that a proposal may be required to have. Title, theme and format are always asked for.
FIELDS = (
    "summary",
    "issue",
    "policy-questions",
    "expected-outcomes",
    "online-participation",
    "session-agenda",
    "tags",
    "co-organisers",
    "speakers",
    "moderator",
    "online-moderator",
    "rapporteur",
    "background-paper",
    "earlier-report",
)
ALWAYS_ASKED = ("title", "theme", "format", "minutes")
PUBLIC, COMMITTEE, SECRETARIAT = "public", "committee", "secretariat"
SEERS = (PUBLIC, COMMITTEE, SECRETARIAT)
# Who may propose a kind: anybody who signs in; who leads an activity of the forum; whose institution has a member on
# the committee; who never handed anything in to this forum; who was given a code.
ANYONE, ACTIVITY, INSTITUTION, NEWCOMER, CODE = "anyone", "activity", "institution", "newcomer", "code"
WHO = (ANYONE, ACTIVITY, INSTITUTION, NEWCOMER, CODE)
SHORT, LONG, CHOICE, CHOICES, NUMBER, YES_NO, LINK = "short", "long", "choice", "choices", "number", "yes-no", "link"
TYPES = (SHORT, LONG, CHOICE, CHOICES, NUMBER, YES_NO, LINK)
WITH_OPTIONS, WITH_WORDS = (CHOICE, CHOICES), (SHORT, LONG)
MOST_OWN, MOST_WORDS, HELP_LENGTH, CONSENT_LENGTH = 1_000, 5_000, 500, 500
# What a contributor is asked to allow; a rule set says it in its own words, by language.
NAMED, RECORDED, PHOTOGRAPHED = "named", "recorded", "photographed"
CONSENTS = (NAMED, RECORDED, PHOTOGRAPHED)
LEAST_MINUTES, MOST_MINUTES = 5, 600
# What an entry may leave out, with what counts then. Empty lists of formats, kinds and groups mean all of them, an
# empty list of minutes those of the format; `offered` null means every field, and what is not offered is not required
# either; a cap null means that the limits of the rule set count alone.
KIND: Mapping[str, Any] = {
    "formats": [],
    "minutes": [],
    "required": [],
    "offered": None,
    "who": ANYONE,
    "groups": [],
    "per_person": None,
    "per_organisation": None,
    "takes_place": True,
    "graded": True,
    "word": {},
}
FIELD: Mapping[str, Any] = {
    "helps": {},
    "type": SHORT,
    "most_words": None,
    "options": [],
    "kinds": [],
    "formats": [],
    "required": False,
    "visible": PUBLIC,
    "changes_until": None,
}
_SESSION = {
    "en": "Session", "fr": "Session", "es": "Sesión", "ar": "جلسة", "ru": "Заседание", "zh-hans": "会议",
}  # fmt: skip
DEFAULTS: Mapping[str, Any] = {"kinds": [{"code": "session", "names": _SESSION}], "fields": [], "consents": {}}
RESERVED = (*FIELDS, *ALWAYS_ASKED, "language", "seats", "organisation", "kind", "first-proposal")


def call_faults(kinds: object, fields: object, data: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with kinds and custom fields; `data` is the rule set that they stand in."""
    codes = {name: _codes(data.get(name)) for name in ("formats", "groups")} | {"kinds": _codes(kinds)}
    yield from chain(
        choices("kinds", kinds, may=frozenset(KIND), may_be_empty=False),
        choices("fields", fields, may=frozenset(FIELD), may_be_empty=True),
    )
    for place, row in sound(kinds, frozenset({"code"})):
        yield from _kind(f"Entry {place} of “kinds”", {**KIND, **row}, codes)
    for place, row in sound(fields, frozenset({"code"})):
        yield from _field(f"Entry {place} of “fields”", {**FIELD, **row}, codes)


def consent_faults(consents: object) -> Iterator[str]:
    """Find what is wrong with the words in which contributors are asked to allow something."""
    wrong = list(keys("“consents”", consents, frozenset(), frozenset(CONSENTS)))
    yield from wrong
    for code, texts in consents.items() if isinstance(consents, Mapping) and not wrong else ():
        yield from words(f"“{code}” of “consents”", texts)
        said = texts.values() if isinstance(texts, Mapping) else ()
        if any(isinstance(text, str) and len(text) > CONSENT_LENGTH for text in said):
            yield f"“{code}” of “consents” is longer than {CONSENT_LENGTH} characters."


def _codes(values: object) -> set[str]:
    return {str(row["code"]) for _place, row in sound(values, frozenset({"code"}))}


def _kind(where: str, row: Mapping[str, Any], codes: Mapping[str, set[str]]) -> Iterator[str]:
    yield from _among(where, "formats", row["formats"], codes["formats"])
    yield from _among(where, "groups", row["groups"], codes["groups"])
    yield from _minutes(where, row["minutes"])
    yield from _among(where, "required", row["required"], FIELDS)
    if row["offered"] is not None:
        yield from _among(where, "offered", row["offered"], FIELDS)
    yield from _one_of(where, "who", row["who"], WHO)
    yield from _cap(where, "per_person", row["per_person"])
    yield from _cap(where, "per_organisation", row["per_organisation"])
    yield from _flag(where, "takes_place", row["takes_place"])
    yield from _flag(where, "graded", row["graded"])
    yield from words(f"{where}, “word”,", row["word"])


def _field(where: str, row: Mapping[str, Any], codes: Mapping[str, set[str]]) -> Iterator[str]:
    if row["code"] in RESERVED:
        yield f"{where} has the code “{row['code']}”, which every proposal has already: choose another."
    yield from words(f"{where}, “helps”,", row["helps"])
    helps = row["helps"].values() if isinstance(row["helps"], Mapping) else ()
    if any(isinstance(text, str) and len(text) > HELP_LENGTH for text in helps):
        yield f"{where} has a help longer than {HELP_LENGTH} characters."
    yield from _one_of(where, "type", row["type"], TYPES)
    yield from _among(where, "kinds", row["kinds"], codes["kinds"])
    yield from _among(where, "formats", row["formats"], codes["formats"])
    yield from _flag(where, "required", row["required"])
    yield from _one_of(where, "visible", row["visible"], SEERS)
    yield from _by_type(where, row)
    if row["changes_until"] is not None and not _is_day(row["changes_until"]):
        yield f"{where} may change until {row['changes_until']}: give a day such as 2017-06-01, or null."


def _by_type(where: str, row: Mapping[str, Any]) -> Iterator[str]:
    most, options = row["most_words"], row["options"]
    if most is not None and row["type"] not in WITH_WORDS:
        yield f"{where} limits words, but its type is “{row['type']}”: only texts have words."
    elif most is not None and not is_whole(most, 1, MOST_WORDS):
        yield f"{where} allows {most} words: give a whole number from 1 to {MOST_WORDS}, or null."
    if row["type"] in WITH_OPTIONS:
        yield from (f"{where}: {said}" for said in choices("options", options, may_be_empty=False))
    elif options:
        yield f"{where} has options, but its type is “{row['type']}”: only a choice has options."


def _among(where: str, name: str, values: object, known: object) -> Iterator[str]:
    if not isinstance(values, list):
        yield f"{where}: “{name}” is no list."
        return
    allowed: set[str] = set(known)  # type: ignore[call-overload]  # a tuple or a set of codes
    for value in values:
        if not isinstance(value, str) or value not in allowed:
            yield f"{where}: “{name}” has “{value}”, which is not among {', '.join(sorted(allowed))}."
    yield from (f"{where}: “{name}” has “{value}” {n} times." for value, n in doubles(values))


def _minutes(where: str, lengths: object) -> Iterator[str]:
    if not isinstance(lengths, list):
        yield f"{where}: “minutes” is no list."
        return
    for length in lengths:
        if not is_whole(length, LEAST_MINUTES, MOST_MINUTES):
            yield f"{where} allows {length} minutes: a session lasts from {LEAST_MINUTES} to {MOST_MINUTES}."
    yield from (f"{where} allows {length} minutes {n} times." for length, n in doubles(lengths))


def _one_of(where: str, name: str, value: object, known: tuple[str, ...]) -> Iterator[str]:
    if value not in known:
        yield f"{where} has the {name} “{value}”: choose one of {', '.join(known)}."


def _cap(where: str, name: str, value: object) -> Iterator[str]:
    if value is not None and not is_whole(value, 1, MOST_OWN):
        yield f"{where}: “{name}” is {value}: give a whole number from 1 to {MOST_OWN}, or null."


def _flag(where: str, name: str, value: object) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{where}: “{name}” is {value}: give true or false."


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def without_gone(data: Mapping[str, Any]) -> dict[str, Any]:
    """Take away what kinds and fields say of formats, groups and kinds that the rule set no longer has.

    A field that was asked only where nothing is left goes with it; a kind goes on, then for every format or group.
    """
    codes = {name: _codes(data[name]) for name in ("formats", "groups", "kinds")}
    kinds = [_left(row, codes) for row in data["kinds"]]
    fields = [(row, _left(row, codes)) for row in data["fields"]]
    lost = ("kinds", "formats")
    kept = [now for row, now in fields if not any(row.get(name) and not now[name] for name in lost)]
    return {"kinds": kinds, "fields": kept}


def _left(row: Mapping[str, Any], codes: Mapping[str, set[str]]) -> dict[str, Any]:
    return {**row, **{name: [code for code in row[name] if code in codes[name]] for name in codes if name in row}}
