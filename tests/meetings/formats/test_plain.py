"""Plain text: every encoding is told by its bytes, and words read wrongly are mended only where that is certain."""

import pytest

from convenor.meetings.formats import text_of
from convenor.meetings.formats.mojibake import mended

FRENCH = "10:00 – Séance d’ouverture\n1. Élection du président, désignation des rapporteurs\n"
SPANISH = "Día 1: sesión de apertura\n¿Qué cuestiones quedan? Aprobación del orden del día\n"
GERMAN = "Begrüßung durch die Präsidentin, Änderungen der Geschäftsordnung\n"
RUSSIAN = "Первый день\n10:00 Открытие заседания\n1. Утверждение повестки дня\n"
ARABIC = "اليوم الأول\n10:00 افتتاح الاجتماع\n1. اعتماد جدول الأعمال\n"
CHINESE = "第一天\n10:00 开幕\n1. 通过议程\n2. 秘书处的报告\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, encoding) for text in (FRENCH, RUSSIAN, ARABIC, CHINESE) for encoding in ("utf-8", "utf-8-sig")),
        *((text, encoding) for text in (FRENCH, RUSSIAN, ARABIC, CHINESE) for encoding in ("utf-16", "utf-32")),
        *((FRENCH, encoding) for encoding in ("utf-16-le", "utf-16-be", "cp1252")),
        (SPANISH, "cp1252"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN.upper(), "cp1251"),
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
        ("10:00 " + ARABIC + "ITU, IGF, ICANN and others\n" * 9, "cp1256"),
    ],
)  # fmt: skip
def test_the_encoding_is_told_by_the_bytes(text: str, encoding: str):
    assert text_of(text.encode(encoding)) == text


def test_damaged_utf_8_stays_utf_8():
    data = (FRENCH * 20).encode()
    at = data.index(b"sident")

    assert text_of(data[:at] + b"\xff" + data[at:]).replace("\ufffd", "") == FRENCH * 20


def test_a_text_cut_within_a_chinese_letter_is_read():
    assert text_of(CHINESE.encode("gb18030")[:-2]).startswith("第一天\n10:00 开幕\n1. 通过议程\n2. 秘书处的")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("10:00 â€“ 11:00 the chairâ€™s report", "10:00 – 11:00 the chair’s report"),
        ("SÃ©ance plÃ©niÃ¨re â€“ 10:00", "Séance plénière – 10:00"),
        ("SÃ©ance plÃ©niÃ¨re", "Séance plénière"),
        ("â€‹SC ADM-2", "\u200bSC ADM-2"),
        ("ÐžÑ‚ÐºÑ€Ñ‹Ñ‚Ð¸Ðµ", "Открытие"),
    ],
)
def test_words_read_as_windows_1252_are_mended(wrong: str, right: str):
    assert mended(wrong) == right


@pytest.mark.parametrize(
    "text", ["Séance à 10 h", "NÃO, «SÃ»", "Ã© alone", "5 Â° C", "naïve — coöperate", "Â± 5 and Ã‡a? no: Ã"]
)
def test_what_may_be_meant_is_left_as_it_is(text: str):
    assert mended(text) == text
