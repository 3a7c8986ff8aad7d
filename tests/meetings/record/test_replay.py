"""Log and entries give the minutes again: what was edited keeps its words, what the log adds comes in its place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenor.meetings.record.replay import Change, Line, Part, before, replay, standing

PARTS = (
    Part("one", (("a", "A."), ("b", "B."))),
    Part("two", (("c", "C."),)),
    Part("next", ()),
)


def texts(lines: list[Line]) -> list[str]:
    """Give part and words of what stands."""
    return [f"{line.part} {line.text}" for line in standing(lines)]


def test_without_entries_the_minutes_are_those_of_the_log():
    assert texts(replay(PARTS, [])) == ["one A.", "one B.", "two C."]


def test_an_edited_paragraph_keeps_its_words_and_says_when_the_log_changed():
    edit = Change(1, "edit", "b", "a", "Better.", "B.")
    longer = (Part("one", (("a", "A."), ("b", "B, and more."))), *PARTS[1:])

    assert texts(replay(PARTS, [edit])) == ["one A.", "one Better.", "two C."]
    assert [line.is_stale for line in replay(PARTS, [edit])] == [False, False, False]
    assert [(line.text, line.is_stale) for line in replay(longer, [edit])] == [
        ("A.", False), ("Better.", True), ("C.", False),
    ]  # fmt: skip


def test_what_the_log_adds_later_comes_in_its_place():
    add = Change(1, "insert", "own:1", "a", "Mine.")
    longer = (Part("one", (("a", "A."), ("a2", "A2."), ("b", "B."), ("b2", "B2."))), *PARTS[1:])

    assert texts(replay(longer, [add])) == ["one A.", "one Mine.", "one A2.", "one B.", "one B2.", "two C."]


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        ("section:one", ["one Mine.", "one A.", "one B.", "two C."]),
        ("b", ["one A.", "one B.", "one Mine.", "two C."]),
        ("section:next", ["one A.", "one B.", "two C.", "next Mine."]),
        ("gone", ["one A.", "one B.", "two C.", "next Mine."]),
    ],
)
def test_an_added_paragraph_stands_where_it_was_put(after: str, stands: list[str]):
    assert texts(replay(PARTS, [Change(1, "module", "own:1", after, "Mine.")])) == stands


def test_what_was_taken_out_is_kept_and_can_come_back():
    out = Change(1, "remove", "a", "section:one", "A.", "A.")
    back = Change(2, "edit", "a", "section:one", "A.", "A.")

    assert texts(replay(PARTS, [out])) == ["one B.", "two C."]
    assert [line.text for line in replay(PARTS, [out]) if line.is_out] == ["A."]
    assert texts(replay(PARTS, [out, back])) == texts(replay(PARTS, []))


def test_a_paragraph_moves_within_its_part_or_to_another():
    assert texts(replay(PARTS, [Change(1, "move", "a", "b")])) == ["one B.", "one A.", "two C."]
    assert texts(replay(PARTS, [Change(1, "move", "a", "c")])) == ["one B.", "two C.", "two A."]


def test_an_edited_paragraph_stays_when_the_log_no_longer_says_it():
    edit = Change(1, "edit", "b", "a", "Better.", "B.")
    shorter = (Part("one", (("a", "A."),)), *PARTS[1:])

    found = replay(shorter, [edit])

    assert texts(found) == ["one A.", "one Better.", "two C."]
    assert [line.is_orphan for line in found] == [False, True, False]


def test_what_a_paragraph_stands_behind():
    lines = replay(PARTS, [])

    assert [before(lines, key) for key in "abcz"] == ["section:one", "a", "section:two", ""]


KEYS = st.sampled_from(["a", "b", "c", "own:1", "own:2", "section:one", "section:next", "gone"])
CHANGES = st.lists(
    st.builds(
        Change,
        number=st.integers(1, 99),
        kind=st.sampled_from(["edit", "insert", "module", "remove", "move"]),
        key=st.sampled_from(["a", "b", "c", "own:1", "own:2", "gone"]),
        after=KEYS,
        text=st.sampled_from(["X.", "Y."]),
    ),
    unique_by=lambda one: one.number,
    max_size=12,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES)
def test_the_same_entries_give_the_same_minutes_in_whichever_order_they_are_read(changes: list[Change]):
    found = replay(PARTS, changes)

    assert replay(PARTS, reversed(changes)) == found
    assert len({line.key for line in found}) == len(found)
    assert {"a", "b", "c"} <= {line.key for line in found}
