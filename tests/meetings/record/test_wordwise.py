"""Two texts are compared word by word."""

from convenor.meetings.record.wordwise import Pair, paired, words_between


def told(before: str, after: str) -> str:
    """Write gone words in brackets and new ones in braces."""
    marks = {"same": "{}", "gone": "[{}]", "new": "<{}>"}
    return "".join(marks[piece.fate].format(piece.text) for piece in words_between(before, after))


def test_words_are_told_apart():
    assert told("Two main sessions are held.", "Six main sessions are planned.") == (
        "[Two ]<Six >main sessions are [held.]<planned.>"
    )
    assert told("同意六场", "同意七场") == "同意[六]<七>场"
    assert told("", "New.") == "<New.>"
    assert told("Same.", "Same.") == "Same."


def test_only_paragraphs_that_differ_are_paired_and_what_is_gone_comes_last():
    before = {"a": "A.", "b": "B.", "gone": "G."}

    assert paired(before, {"new": "N.", "a": "A.", "b": "B!"}) == [
        Pair("new", "", "N."), Pair("b", "B.", "B!"), Pair("gone", "G.", ""),
    ]  # fmt: skip
