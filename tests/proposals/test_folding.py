"""Texts as a search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenor.proposals.folding import folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SOCIÉTÉ  civile", "societe civile"),
        ("Łódź, Ørsted, œuvre", "lodz, orsted, oeuvre"),
        ("Straße", "strasse"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("Ёлка", "елка"),
        ("مُحَمَّد أحمد إلى", "محمد احمد الي"),
        ("ＡＢＣ互联网", "abc互联网"),
        ("a\u00adb", "ab"),
    ],
)
def test_what_reads_alike_folds_alike(text: str, found: str):
    assert folded(text) == found


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text: str):
    assert folded(folded(text)) == folded(text)
