"""Where an item belongs, told by labels alone: each example gives the labels of lines and the depth of each."""

import pytest

from convenor.meetings.reader.drafts import DraftItem
from convenor.meetings.reader.items import entries
from convenor.meetings.reader.labels import label_of
from convenor.meetings.reader.nesting import Nesting
from convenor.meetings.reader.runs import Run
from convenor.meetings.reader.series import restarts
from tests.meetings.reader.test_classify import rows as classified


def _item(line: str) -> DraftItem:
    text = line.lstrip()
    found = label_of(Run.of(text, 0, len(text)))
    indent = len(line) - len(text)
    if text[0] in "•-":
        return DraftItem(Run.of(text, 2, len(text)), "bullet", bullet=text[0], indent=indent)
    if not found:
        return DraftItem(Run.of(text, 0, len(text)), "plain", indent=indent)
    return DraftItem(found.title, "label", found.label, found.kind, found.order, indent=indent, style=found.style)


def _depths(lines: list[str], *, by_indent: bool = False) -> list[int]:
    nesting, open_items, depths = Nesting(by_indent=by_indent), list[DraftItem](), list[int]()
    for line in lines:
        item = _item(line)
        depth = nesting.depth_of(open_items, item)
        open_items = [*open_items[:depth], item]
        depths.append(depth)
    return depths


@pytest.mark.parametrize(
    ("lines", "depths"),
    [
        (["1. A", "2. B", "3. C"], [0, 0, 0]),
        (["1. A", "a) B", "b) C", "2. D"], [0, 1, 1, 0]),
        (["1. A", "A. B", "B. C", "2. D", "A. E"], [0, 1, 1, 0, 1]),
        (["A. A", "1. B", "2. C", "B. D", "1. E"], [0, 1, 1, 0, 1]),
        (["I. A", "1. B", "II. C", "2. D"], [0, 1, 0, 1]),
        (["1. A", "1.1 B", "1.1.1 C", "1.2 D", "2. E"], [0, 1, 2, 1, 0]),
        (["1.0 A", "1.1 B", "2.0 C", "2.1 D"], [0, 1, 0, 1]),
        (["3. A", "5.1 B"], [0, 0]),
        (["c. A", "d. B", "3. C"], [0, 0, 0]),
        (["1. A", "(a) B", "(i) C", "(ii) D", "(b) E", "2. F"], [0, 1, 2, 2, 1, 0]),
        (["三、A", "（一）B", "（二）C", "四、D"], [0, 1, 1, 0]),
        (["Headline", "1. A", "2. B"], [0, 1, 1]),
        (["Headline", "2. A", "3. B"], [0, 0, 0]),
        (["1. A", "• B", "  • C", "• D", "2. E"], [0, 1, 2, 1, 0]),
        (["• A", "• B"], [0, 0]),
    ],
)
def test_labels_nest_by_their_sense(lines: list[str], depths: list[int]) -> None:
    assert _depths(lines) == depths


def test_indentation_decides_where_every_number_is_alike() -> None:
    assert _depths(["1. A", "    1. B", "    1. C", "1. D"], by_indent=True) == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        ([5, 1, 2, 6], {1}),
        ([4, 1, 6], set()),
        ([1, 2, 3, 1, 2, 3, 4], set()),
        ([1, 2, 1, 2, 3, 3], {2}),
        ([1, 2, 0, 1, 3], set()),
        ([2, None, 1, None, 3], {2}),
    ],
)
def test_a_series_is_inside_another_only_where_that_one_goes_on_after_it(
    numbers: list[int | None], places: set[int]
) -> None:
    assert restarts(numbers) == places


def test_one_row_may_hold_several_items() -> None:
    (one,) = classified("3. Possible approaches. a) Programme b) Structure")
    assert [(item.label.words, item.title.words) for item in entries(one)] == [
        ("3", "Possible approaches."),
        ("a", "Programme"),
        ("b", "Structure"),
    ]
