"""Words one after the other, and what is sorted or cut by its letters, as each language does it."""

import pytest
from django.conf import settings
from django.utils import translation

from convenor.people.forms import country_choices
from convenor.shared.charts import MOST_LETTERS, shortened
from convenor.shared.languages.lists import listed


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a, b, 3"), ("fr", "a, b, 3"), ("ar", "a، b، 3"), ("zh-hans", "a、b、3")]
)
def test_words_are_parted_as_the_language_parts_them(language: str, said: str):
    with translation.override(language):
        assert listed(["a", "", "b", 3]) == said


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"]),
        ("es", ["Afganistán", "Albania", "Alemania"]),
        ("ru", ["Австралия", "Австрия", "Азербайджан"]),
        ("zh-hans", ["阿尔巴尼亚", "阿尔及利亚", "阿富汗"]),
    ],
)
def test_countries_stand_in_the_order_of_their_language(language: str, first: list[str]):
    assert [name for _code, name in country_choices(language)][1:4] == first


def test_every_language_of_the_interface_offers_every_country():
    assert {len(country_choices(code)) for code, _name in settings.LANGUAGES} == {250}


def test_a_name_beside_a_bar_is_cut_by_the_room_that_its_signs_take():
    assert shortened("x" * MOST_LETTERS) == "x" * MOST_LETTERS
    assert shortened("x" * (MOST_LETTERS + 1)) == "x" * (MOST_LETTERS - 1) + "…"
    assert shortened("网" * (MOST_LETTERS // 2)) == "网" * (MOST_LETTERS // 2)
    assert shortened("网" * MOST_LETTERS) == "网" * (MOST_LETTERS // 2 - 1) + "…"
