"""Drawings say the same as the table behind them, in a page and in a document, in both directions."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from convenor.shared.charts import Estimate, Stretch, balance, draw_balance, draw_intervals, draw_phases
from convenor.shared.documents import Document, Figure
from convenor.shared.documents.pdf import to_pdf

NAMES = [("af", "Africa"), ("ap", "Asia <Pacific> & more")]
SVG = "{http://www.w3.org/2000/svg}"


def bars() -> Figure:
    """Draw a balance with a comparison."""
    return draw_balance(balance("Region", NAMES, {"af": 1, "ap": 3}, {"af": 2, "ap": 2}))


def intervals() -> Figure:
    """Draw two values around a line."""
    return draw_intervals("Scores", [Estimate("1. First", 3.0, 3.5, 4.0), Estimate("2. Next", 2.5, 3.0, 3.5)], 3.25)


def phases() -> Figure:
    """Draw two phases and a day."""
    stretches = [
        Stretch("Call", date(2017, 3, 1), date(2017, 5, 3)),
        Stretch("Screening", date(2017, 5, 4), date(2017, 5, 10)),
    ]
    return draw_phases("The year", stretches, date(2017, 5, 5))


ALL = [bars, intervals, phases]


def test_bars_have_their_table_and_words():
    figure = bars()

    assert figure.table.rows == (("Africa", "1", "25 %", "50 %"), ("Asia <Pacific> & more", "3", "75 %", "50 %"))
    assert figure.words == "Region: Africa 25 %, Asia <Pacific> & more 75 %."


def test_intervals_have_their_table_and_words():
    figure = intervals()

    assert figure.table.rows == (("1. First", "3.00", "3.50", "4.00"), ("2. Next", "2.50", "3.00", "3.50"))
    assert figure.words == "Scores: 2 values with their intervals."


def test_phases_have_their_table_and_words():
    figure = phases()

    assert figure.table.rows == (("Call", "1 March 2017", "3 May 2017"), ("Screening", "4 May 2017", "10 May 2017"))
    assert figure.words == "The year: Call, 1 March 2017 – 3 May 2017; Screening, 4 May 2017 – 10 May 2017."


@pytest.mark.parametrize("draw", ALL)
def test_a_drawing_is_well_formed_says_its_words_and_has_no_style_of_its_own(draw):
    figure = draw()
    root = ET.fromstring(figure.svg)  # noqa: S314 - made here

    assert (root.get("role"), root.get("aria-label")) == ("img", figure.words)
    assert [node.tag for node in root.iter() if node.get("style") or node.tag in (f"{SVG}style", f"{SVG}script")] == []


@pytest.mark.parametrize("draw", ALL)
def test_a_drawing_is_mirrored_where_reading_starts_at_the_right(draw):
    def bars_at(svg: str) -> list[float]:
        return sorted(float(node.get("x", "0")) for node in ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314

    from_left = bars_at(draw().svg)
    with translation.override("ar"):
        from_right = bars_at(draw().svg)

    assert from_right == [round(640 - x, 1) for x in reversed(from_left)]


@pytest.mark.parametrize("draw", ALL)
def test_a_drawing_goes_into_a_document(draw):
    document = Document("t", "en", datetime(2017, 6, 12, tzinfo=UTC), (draw(),))

    assert to_pdf(document).missing == ()


def test_nothing_to_draw_is_a_drawing_of_nothing():
    empty = [draw_balance(balance("Region", [], {})), draw_intervals("Scores", []), draw_phases("The year", [])]

    assert [len(list(ET.fromstring(one.svg).iter(f"{SVG}circle"))) for one in empty] == [0, 0, 0]  # noqa: S314
    assert [one.table.rows for one in empty] == [(), (), ()]
