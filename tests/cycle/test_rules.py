"""Rule sets: the presets as they ship, and every fault said in a sentence."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from convenor.cycle.rule_data import faults
from convenor.cycle.rule_shapes import in_language
from convenor.cycle.rules import Quota, Rules

FOLDER = Path(__file__).parents[2] / "src/convenor/cycle/presets"
IGF_2017 = json.loads((FOLDER / "igf-2017.json").read_text("utf-8"))
Change = Callable[[dict[str, Any]], object]


def preset(code: str) -> Rules:
    """Read a preset."""
    return Rules.parse(json.loads((FOLDER / f"{code}.json").read_text("utf-8")))


def changed(change: Change) -> dict[str, Any]:
    """Give the rules of 2017 with a change."""
    data = deepcopy(IGF_2017)
    change(data)
    return data


def test_2017_has_the_figures_of_its_guidelines():
    rules = preset("igf-2017")

    assert (rules.budget.grid, dict(rules.budget.taken)) == (103, {"open-forum": 12, "coalition": 7, "bpf": 4})
    assert (rules.budget.places, rules.budget.by_score) == (80, 72)
    assert [(one.code, one.low, one.high) for one in rules.criteria] == [
        ("relevance", 1, 5),
        ("content", 1, 5),
        ("diversity", 1, 5),
        ("format", 1, 5),
    ]
    assert {one.code: one.minutes for one in rules.formats} == {
        "break-out": (60, 90),
        "debate": (60, 90),
        "round-table": (60, 90),
        "birds-of-a-feather": (30, 60),
        "flash": (30,),
        "panel": (60, 90),
        "other": (60, 90),
    }
    assert (rules.least_speakers, rules.proposals_per_person, rules.sessions_per_speaker) == (3, 3, 3)
    assert (rules.description_words, rules.evaluations_per_proposal) == (250, 8)


def test_2021_gives_its_two_focus_areas_the_greater_part():
    rules = preset("igf-2021")

    assert len(rules.criteria) == 6
    least = {quota.value: quota.least for quota in rules.quotas if quota.dimension == "theme"}
    assert least == {
        "inclusion": 20,
        "access": 20,
        "regulation": 5,
        "environment": 5,
        "cooperation": 5,
        "trust": 5,
    }
    assert (rules.budget.places, rules.evaluations_per_proposal) == (84, 12)


def test_the_light_preset_has_one_grade_and_hears_at_least_three_groups():
    rules = preset("national-light")

    assert [(one.code, one.low, one.high) for one in rules.criteria] == [("overall", 1, 5)]
    assert (rules.budget.places, rules.budget.by_score) == (20, 16)
    caps = [quota for quota in rules.quotas if quota.dimension == "group"]
    assert caps == [Quota("group", code, None, 9) for code in ("gov", "igo", "prv", "civ", "tec")]
    assert rules.budget.places > 2 * 9  # two groups can never fill the places, so three are heard
    assert [one.code for one in rules.formats] == ["round-table", "panel", "flash"]


@pytest.mark.parametrize("code", ["igf-2017", "igf-2021", "national-light"])
def test_every_name_of_a_preset_is_in_every_language_that_is_offered(code: str):
    rules = preset(code)
    choices = (*rules.themes, *rules.regions, *rules.groups, *rules.formats, *rules.criteria, *rules.reasons)
    offered, known = set(settings.OFFERED_LANGUAGES), {code for code, _name in settings.LANGUAGES}

    assert [choice.code for choice in choices if not offered <= set(choice.names) <= known] == []


@pytest.mark.parametrize("code", ["igf-2017", "igf-2021", "national-light"])
def test_a_preset_takes_the_words_of_every_language_of_the_interface(code: str):
    data = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    lists = ("themes", "regions", "groups", "formats", "criteria", "reasons", "statuses", "screening")
    for language, _name in settings.LANGUAGES:
        for one in (one for kind in lists for one in data[kind]):
            one["names"][language] = f"{one['code']} in {language}"
        data["reports"]["template"][language] = f"Report in {language}"

    assert faults(data) == ()
    rules = Rules.parse(data)
    for language, _name in settings.LANGUAGES:
        assert rules.named("themes", rules.themes[0].code, language) == f"{rules.themes[0].code} in {language}"
        assert in_language(rules.reports.template, language) == f"Report in {language}"


@pytest.mark.parametrize("language", ["fr", "fr-ch"])
def test_names_follow_the_language_and_fall_back(language: str):
    rules = preset("igf-2017")

    assert rules.named("themes", "access", language) == "Accès et infrastructure"
    assert rules.named("themes", "access", "sw") == "Access and infrastructure"
    assert rules.named("themes", "gone", "en") == "gone"
    assert rules.short("regions", "weo", "ar") == "WEO"


@pytest.mark.parametrize(
    ("names", "language", "said"),
    [
        ({"en": "Access", "zh-hans": "接入"}, "zh-hans", "接入"),
        ({"en": "Access", "zh": "接入"}, "zh-hans", "接入"),
        ({"en": "Access", "zh-hans": "接入"}, "zh-hant", "Access"),
        ({"en": "Access", "ru": "Доступ", "es": "Acceso"}, "ru", "Доступ"),
        ({"en": "Access", "ru": ""}, "ru", "Access"),
        ({}, "ru", ""),
    ],
)
def test_a_text_by_language_is_found_by_its_tag_its_wider_tag_or_in_english(
    names: dict[str, str], language: str, said: str
):
    assert in_language(names, language) == said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.pop("quotas"), "The rule set lacks “quotas”."),
        (
            lambda d: d.update(quota=[]),
            "The rule set has “quota”, which no rule knows: remove it, or mend its spelling.",
        ),
        (lambda d: d.update(themes={}), "“themes” is no list."),
        (lambda d: d.update(criteria=[]), "“criteria” is empty: name at least one."),
        (
            lambda d: d["themes"][0].update(color="red"),
            "Entry 1 of “themes” has “color”, which no rule knows: remove it, or mend its spelling.",
        ),
        (
            lambda d: d["themes"][0].update(code="A b"),
            "Entry 1 of “themes” has the code “A b”: use up to 40 small Latin letters, digits and hyphens.",
        ),
        (
            lambda d: d["reasons"][1].update(names={"fr": "Non"}),
            "Entry 2 of “reasons” needs “names” as words by language, English among the names.",
        ),
        (
            lambda d: d["themes"][0]["names"].update({"zh_Hans": "接入"}),
            "Entry 1 of “themes” has words in the language “zh_Hans”: write it like en, fr or zh-hans.",
        ),
        (
            lambda d: d["reports"]["template"].update({"Chinese": "…"}),
            "“template” of “reports” has words in the language “Chinese”: write it like en, fr or zh-hans.",
        ),
        (lambda d: d["reasons"].append(d["reasons"][0]), "“reasons” has the code “too-general” 2 times."),
        (
            lambda d: d["formats"][0].update(minutes=[]),
            "Entry 1 of “formats” allows no length: give a list of minutes.",
        ),
        (
            lambda d: d["formats"][0].update(minutes=[60, 4]),
            "Entry 1 of “formats” allows 4 minutes: a session lasts from 5 to 600.",
        ),
        (lambda d: d["formats"][0].update(minutes=[60, 60]), "Entry 1 of “formats” allows 60 minutes 2 times."),
        (
            lambda d: d["criteria"][0].update(low=5),
            "Entry 1 of “criteria” is graded from 5 to 5: give two whole numbers from 0 to 100, the lower first.",
        ),
        (
            lambda d: d["criteria"][0].update(weight=0),
            "Entry 1 of “criteria” weighs 0: give a number above 0, at most 100.",
        ),
        (
            lambda d: d["criteria"][0].update(weight=float("nan")),
            "Entry 1 of “criteria” weighs nan: give a number above 0, at most 100.",
        ),
        (
            lambda d: d["budget"].update(by_score_percent=101),
            "“by_score_percent” is 101: give a whole number from 0 to 100.",
        ),
        (
            lambda d: d["budget"].update(grid=23),
            "The grid holds 23 sessions and 23 are taken: no place is left for proposals.",
        ),
        (
            lambda d: d["budget"].update(grid=True),
            "“grid” is True: give the sessions that fit on the grid, from 1 to 10000.",
        ),
        (lambda d: d["budget"].update(taken={"bpf": -1}), "“taken” needs whole numbers of sessions by kind."),
        (
            lambda d: d["limits"].update(description_words=0),
            "“description_words” is 0: give a whole number from 20 to 5000.",
        ),
        (
            lambda d: d["limits"].update(least_speaker=3),
            "“limits” has “least_speaker”, which no rule knows: remove it, or mend its spelling.",
        ),
        (lambda d: d.update(source=7), "“source” is to be text of at most 500 characters."),
        (
            lambda d: d.update(quotas=[{"dimension": "age", "value": "x", "least": 1}]),
            "Quota 1 is about “age”: choose one of theme, region, group.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "space", "least": 1}]),
            "Quota 1 names the theme “space”, which “themes” does not have.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "data"}]),
            "Quota 1 says neither “least” nor “most”.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "data", "least": 5, "most": 4}]),
            "Quota 1 asks for at least 5 and at most 4 places.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "data", "least": "5"}]),
            "Quota 1 asks for 5 to None places: give whole numbers.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "data", "least": 1}] * 2),
            "The theme “data” has 2 quotas: keep one.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "data", "least": 81}]),
            "The least numbers by theme add up to 81, but there are 80 places.",
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "group", "value": g["code"], "most": 15} for g in d["groups"]]),
            "The greatest numbers by group add up to 75, which can never fill 80 places.",
        ),
    ],
)
def test_a_fault_is_said_in_one_sentence(change: Change, sentence: str):
    data = changed(change)

    assert faults(data) == (sentence,)
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        Rules.parse(data)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("data", [None, [], "rules", 7])
def test_what_is_no_object_is_said_to_be_none(data: object):
    assert faults(data) == ("The rule set is no object with named parts.",)


def test_every_fault_is_reported_at_once():
    data = changed(lambda d: (d["limits"].update(least_speakers=-1), d["budget"].update(grid=0)))

    assert len(faults(data)) == 2
