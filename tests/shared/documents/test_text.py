"""What commands, hides or cannot be stored goes out of a text; the rest stays as typed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenor.shared.documents.glyphs import bare, coverage, drawable
from convenor.shared.documents.text import breakable, clusters, direction_of, tidied

NO_CHARACTERS = st.characters(codec=None)


def tidy(text: str) -> str:
    """Tidy without counting."""
    return tidied(text, Counter())


def drawn(text: str) -> tuple[str, dict[int, int]]:
    """Give what would be drawn and what is missing."""
    lost: Counter[int] = Counter()
    return drawable(tidied(text, lost), lost), dict(lost)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("a\u2066b\u2069c\u200bd\ufeff", "abcd"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x1bc\x7fd\te", "abcd e"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("☎\ufe0f", "☎"),
    ],
)
def test_marks_that_mislead_go_and_joiners_stay(typed: str, kept: str):
    assert tidy(typed) == kept


def test_what_is_no_character_is_counted():
    lost: Counter[int] = Counter()

    assert tidied("a\ud800b\ufffec\ud800", lost) == "a\ufffdb\ufffec\ufffd".replace("\ufffe", "\ufffd")
    assert lost == {0xD800: 2, 0xFFFE: 1}


@given(st.text(NO_CHARACTERS))
def test_tidying_twice_is_tidying_once(text: str):
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(NO_CHARACTERS))
def test_every_tidied_text_can_be_stored(text: str):
    assert tidy(text).encode("utf-8").decode("utf-8") == tidy(text)


@given(st.text())
def test_clusters_are_the_text(text: str):
    assert "".join(clusters(text)) == text


def test_letters_are_drawn_with_their_marks():
    assert list(clusters("e\u0301x")) == ["e\u0301", "x"]
    assert list(clusters("👩\u200d👧!")) == ["👩\u200d👧", "!"]
    assert list(clusters("कि")) == ["कि"]


def test_a_name_of_five_scripts_needs_no_fallback():
    assert drawn("محمد 王小明 देवनागरी አማርኛ 🌍") == ("محمد 王小明 देवनागरी አማርኛ 🌍", {})


def test_what_no_font_has_is_a_box_and_is_counted():
    assert drawn("x𓀀𓀀🥇y") == ("x□□□y", {0x13000: 2, 0x1F947: 1})


def test_a_family_of_emoji_is_drawn_one_by_one():
    assert drawn("👩\u200d👩\u200d👧") == ("□□□", {0x1F467: 1, 0x1F469: 2})


def test_a_mark_that_no_font_has_with_its_letter_is_a_box():
    assert drawn("a\u093f") == ("a□", {0x93F: 1})


def test_a_mark_without_a_letter_is_a_box():
    assert drawn("\n\u0303\u200f\u200d\u0e4d") == ("\n□\u200f□", {0x303: 1, 0xE4D: 1})
    assert drawn("\u034e\u2de5x") == ("□□x", {0x34E: 1, 0x2DE5: 1})
    assert drawn("x \u0301") == ("x \u0301", {})


def test_an_unassigned_and_a_lone_surrogate_are_boxes():
    assert drawn("\u0378\ud912") == ("□□", {0x378: 1, 0xD912: 1})


def test_the_last_resort_has_no_marks():
    lost: Counter[int] = Counter()

    assert bare("q\u0303 कि", lost) == "q□ क□"
    assert lost == {0x303: 1, 0x93F: 1}


def test_the_languages_of_the_house_are_covered():
    every = frozenset().union(*coverage().values())
    texts = (
        "ÆŒßğłșũẹ Привет ελληνικά العربية فارسی 中文简体繁體 日本語かな 한국어 עברית ไทย বাংলা தமிழ் ქართული հայերեն ትግርኛ"
    )

    assert sorted({letter for letter in texts if ord(letter) not in every}) == []


def test_long_words_may_break_and_short_ones_stay():
    assert breakable("short words stay", 5) == "short words stay"
    assert breakable("x" * 12 + " y", 5) == "xxxxx\u200bxxxxx\u200bxx y"
    assert breakable("é" * 3 + "e\u0301" * 4, 6).count("\u200b") == 1


def test_the_first_letter_gives_the_direction():
    assert [direction_of(text) for text in ("12 abc", "“مرحبا” abc", "(א)", "123 –")] == ["ltr", "rtl", "rtl", None]
