"""The language of a text is guessed among the six, or not at all."""

import pytest

from convenor.shared.languages.guess import guess_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "09:00 Opening of the meeting by the chair\n09:30 Adoption of the agenda and work for the day"),
        ("fr", "Ouverture de la réunion par la présidence\nAdoption de l’ordre du jour et des travaux"),
        ("es", "Apertura de la reunión por la presidencia y aprobación del orden del día"),
        ("ar", "افتتاح الاجتماع من قبل الرئيس واعتماد جدول الأعمال في اليوم الأول من الدورة على أن يستمر"),
        ("ru", "Открытие заседания и утверждение повестки дня на первый день, доклад о работе"),
        ("zh-hans", "主席宣布会议开幕\n通过会议议程和工作安排\nIGF 2017"),
        (None, "会議の開会と議題の採択について議長が説明します"),
        (None, "Otvaranje sastanka i usvajanje dnevnog reda, kratka pauza"),
        (None, "1. IGF"),
        (None, ""),
    ],
)
def test_script_and_common_words_tell_the_language(language: str | None, text: str):
    assert guess_language(text) == language


def test_a_text_in_two_languages_is_not_guessed():
    assert guess_language("the opening of the meeting\nl’ouverture de la réunion et la suite du jour, the end") is None
