"""Texts alike enough to be asked whether they should merge."""

from random import Random

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from convenor.optimise.similar import CHUNK, LARGE, Pair, similar_pairs

CABLES = "Sharing the cost of submarine cables among small island states"
CABLES_TOO = "Submarine cables and small island states: sharing the cost"
LIBRARIES = "Libraries as access points for rural youth"


def test_two_alike_among_three_are_found():
    found = similar_pairs({30: CABLES_TOO, 10: CABLES, 20: LIBRARIES})

    assert [(pair.a, pair.b) for pair in found] == [(10, 30)]
    assert 0.35 <= found[0].likeness < 1


def test_the_same_words_are_wholly_alike():
    assert similar_pairs({1: CABLES, 2: CABLES.upper()}) == (Pair(1, 2, 1.0),)


def test_words_of_any_script_count():
    arabic = {1: "حوكمة الإنترنت في أفريقيا", 2: "حوكمة الإنترنت في أفريقيا", 3: "المكتبات العامة والشباب"}

    assert similar_pairs(arabic) == (Pair(1, 2, 1.0),)


@pytest.mark.parametrize("texts", [{}, {1: CABLES}, {1: "", 2: " "}, {1: "!", 2: "a ?"}, {1: CABLES, 2: LIBRARIES}])
def test_nothing_alike_is_no_pair(texts):
    assert similar_pairs(texts) == ()


def test_an_empty_text_is_like_nothing():
    assert similar_pairs({1: "", 2: CABLES, 3: CABLES, 4: ""}) == (Pair(2, 3, 1.0),)


def test_the_limits_cut_from_below():
    texts = {1: CABLES, 2: CABLES, 3: CABLES_TOO, 4: CABLES_TOO}

    assert similar_pairs(texts, most=1) == (Pair(1, 2, 1.0),)
    assert similar_pairs(texts, most=0) == ()
    assert similar_pairs(texts, least=1.0) == (Pair(1, 2, 1.0), Pair(3, 4, 1.0))


def random_texts(count: int) -> dict[int, str]:
    generator = Random(count)
    return {number: " ".join(generator.choices([f"word{one}" for one in range(60)], k=12)) for number in range(count)}


def test_the_order_of_the_texts_changes_nothing():
    texts = random_texts(80)

    assert similar_pairs(dict(reversed(texts.items())), least=0.2) == similar_pairs(texts, least=0.2)


def test_pairs_across_chunks_are_those_of_the_full_table():
    texts = random_texts(CHUNK + 40)
    weights = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts.values()).toarray()
    table = np.triu(weights @ weights.T, k=1)
    best = sorted(((-table[a, b], a, b) for a, b in np.argwhere(table > 0.3)))[:20]

    found = similar_pairs(texts, least=0.3)

    assert [(pair.a, pair.b) for pair in found] == [(int(a), int(b)) for _, a, b in best]
    assert [pair.likeness for pair in found] == pytest.approx([-negative for negative, _, _ in best])


def test_in_a_large_call_words_of_everybody_tell_nothing():
    texts = {number: f"internet governance topic{number} question{number}" for number in range(LARGE)}
    texts[LARGE] = texts[7]

    assert similar_pairs(texts, least=0.1) == (Pair(7, LARGE, 1.0),)


@pytest.mark.parametrize("limits", [{"least": 0.0}, {"least": 1.5}, {"most": -1}])
def test_limits_that_make_no_sense_are_refused(limits):
    with pytest.raises(ValueError, match="are needed"):
        similar_pairs({1: CABLES}, **limits)
