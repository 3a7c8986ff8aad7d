"""Words are counted, texts compared."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenor.proposals.drafting.counting import count_words
from convenor.proposals.drafting.differing import Piece, differences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("One two,\nthree.", 3),
        ("– and – so on …", 3),
        ("l’accès à l’Internet", 3),
        ("state-of-the-art 5G", 2),
        ("النفاذ إلى الإنترنت", 3),
        ("接入互联网", 5),
        ("IPv6 部署 2017", 4),
        ("网络abc", 3),
        ("____ ---", 0),
    ],
)
def test_words_are_what_holds_a_letter_or_a_digit_between_spaces(text: str, words: int):
    assert count_words(text) == words


def test_differences_are_told_in_words():
    assert differences("Cables cost a lot.\nIt rains.", "Cables cost too much.\nIt rains.") == [
        Piece("same", "Cables cost "),
        Piece("went", "a lot"),
        Piece("came", "too much"),
        Piece("same", ".\nIt rains."),
    ]


def test_chinese_is_compared_sign_by_sign():
    assert differences("接入互联网", "接入网") == [Piece("same", "接入"), Piece("went", "互联"), Piece("same", "网")]


@given(before=st.text("ab \n.中", max_size=40), after=st.text("ab \n.中", max_size=40))
def test_pieces_hold_both_texts_whole(before: str, after: str):
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "came") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "went") == after


def test_a_text_made_to_be_slow_is_shown_as_replaced_at_once():
    started = time.process_time()

    pieces = differences("a " * 9_000, "a " * 9_001 + "b")

    assert [piece.kind for piece in pieces] == ["went", "came"]
    assert time.process_time() - started < 1
