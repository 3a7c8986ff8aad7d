"""Charts as plain figures."""

import io

import pytest
from django.utils.translation import override

from convenor.shared.charts import Bar, Scale, balance, from_start
from convenor.shared.progress import ProgressLine

NAMES = [("a", "Alpha"), ("b", "Beta")]


def test_a_part_is_compared_with_the_whole():
    chart = balance("Title", NAMES, {"a": 1, "b": 1}, {"a": 3, "b": 1})

    assert chart.bars == (
        Bar("Alpha", 1, share=50.0, mark=75.0, width=66.67, mark_at=100.0),
        Bar("Beta", 1, share=50.0, mark=25.0, width=66.67, mark_at=33.33),
    )
    assert chart.compares


def test_without_a_whole_nothing_is_compared():
    chart = balance("Title", NAMES, {"a": 3})

    assert [(bar.count, bar.share) for bar in chart.bars] == [(3, 100.0), (0, 0.0)]
    assert not chart.compares


def test_what_has_no_class_is_shown_as_not_stated():
    chart = balance("Title", NAMES, {"a": 1, "": 1}, {"a": 2, "": 1, "gone": 1})

    assert [(bar.name, bar.count, bar.mark) for bar in chart.bars] == [
        ("Alpha", 1, 50.0),
        ("Beta", 0, 0.0),
        ("Not stated", 1, 50.0),
    ]


def test_nothing_at_all_is_drawn_as_nothing():
    assert [(bar.share, bar.width) for bar in balance("Title", NAMES, {}, {}).bars] == [(0.0, 0.0), (0.0, 0.0)]


@pytest.mark.parametrize(
    ("low", "high", "lines"),
    [(3.6, 4.45, [3.6, 3.8, 4.0, 4.2, 4.4]), (1, 5, [1, 2, 3, 4, 5]), (4, 4, [4]), (3.61, 3.64, [])],
)
def test_grid_lines_stand_at_round_values(low: float, high: float, lines: list[float]):
    assert Scale(low, high).lines == lines


def test_a_scale_of_one_value_does_not_divide_by_nothing():
    assert Scale(4, 4).at(4) == 0.0


def test_x_is_counted_from_where_reading_starts():
    with override("ar"):
        assert from_start(10.0) == 90.0
    assert from_start(10.0) == 10.0


def test_progress_is_silent_where_nobody_watches():
    stream = io.StringIO()
    line = ProgressLine("Results", stream)

    line(0.5, "half")
    line.done("done.")

    assert stream.getvalue().startswith("Results: done. (")
    assert stream.getvalue().count("\n") == 1
