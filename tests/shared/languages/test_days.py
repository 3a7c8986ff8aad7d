"""Days, numbers and counted things are said as each language says them."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.formats import number_format
from django.utils.translation import ngettext, override

from convenor.cycle.templatetags.days import stretch
from convenor.shared.languages.catalogue import entries
from convenor.shared.languages.days import date_format

FIRST, TWELFTH = date(2017, 6, 1), date(2017, 6, 12)


@pytest.mark.parametrize(
    ("language", "first", "whole", "whole_stretch"),
    [
        ("en", "1 June", "12 June 2017", "12 – 14 June"),
        ("fr", "1er juin", "12 juin 2017", "12 – 14 juin"),
        ("es", "1 de junio", "12 de junio de 2017", "12 – 14 de junio"),
        ("ar", "1 يونيو", "12 يونيو 2017", "12 – 14 يونيو"),
        ("ru", "1 июня", "12 июня 2017 г.", "12 – 14 июня"),
        ("zh-hans", "6月1日", "2017年6月12日", "6月12日至14日"),
    ],
)
def test_days_are_said_as_the_language_says_them(language: str, first: str, whole: str, whole_stretch: str):
    with override(language):
        assert date_format(FIRST, "j F") == first
        assert date_format(TWELFTH, "j F Y") == whole
        assert stretch(TWELFTH, date(2017, 6, 14)).replace("\u00a0", " ") == whole_stretch


def test_the_year_and_month_that_days_share_are_said_once():
    with override("zh-hans"):
        assert stretch(TWELFTH, date(2017, 7, 2), with_year=True) == "2017年6月12日至7月2日"
        assert stretch(TWELFTH, date(2018, 7, 2), with_year=True) == "2017年6月12日至2018年7月2日"
    assert stretch(TWELFTH, date(2017, 7, 2), with_year=True) == "12 June – 2 July 2017"
    assert stretch(TWELFTH, date(2018, 7, 2), with_year=True) == "12 June 2017 – 2 July 2018"


@pytest.mark.parametrize(
    ("language", "said", "standard"),
    [
        ("en", "1 June 2017", "1 June 2017"),
        ("fr", "1er juin 2017", "1er juin 2017"),
        ("ru", "1 июня 2017 г.", "1 июня 2017 г."),
        ("zh-hans", "2017年6月1日", "2017年6月1日"),
    ],
)
def test_the_filter_of_templates_says_them_too(language: str, said: str, standard: str):
    page = Template('{{ day|date:"j F Y" }}|{{ day|date:"DATE_FORMAT" }}|{{ day|date:"Y-m-d" }}|{{ none|date:"j F" }}')

    with override(language):
        assert page.render(Context({"day": FIRST, "none": None})).split("|") == [said, standard, "2017-06-01", ""]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "0.5"), ("fr", "0,5"), ("es", "0,5"), ("ar", "0,5"), ("ru", "0,5"), ("zh-hans", "0.5")],
)
def test_numbers_have_the_languages_decimal_sign(language: str, said: str):
    with override(language):
        assert number_format(0.5, 1) == said


FORMS = {
    "en": {0: 1, 1: 0, 2: 1},
    "fr": {0: 0, 1: 0, 2: 1},
    "es": {0: 1, 1: 0, 2: 1, 11: 1},
    "ru": {1: 0, 2: 1, 5: 2, 11: 2, 21: 0, 22: 1, 25: 2, 111: 2},
    "ar": {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 5, 99: 5, 100: 4, 103: 3},
    "zh-hans": {0: 0, 1: 0, 2: 0, 100: 0},
}
SAID = ("%(found)s proposal was handed in.", "%(found)s proposals were handed in.")


@pytest.mark.parametrize(("language", "number", "form"), [(c, n, f) for c, of in FORMS.items() for n, f in of.items()])
def test_counted_things_take_the_form_of_their_number(language: str, number: int, form: int):
    forms = SAID if language == "en" else next(e.strings for e in entries(language).values() if e.originals == SAID)

    assert all(forms)
    with override(language):
        assert ngettext(*SAID, number) == forms[form]
