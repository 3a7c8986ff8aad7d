"""Dates are read in several languages and forms; a day that does not exist has no ISO form."""

import pytest

from convenor.meetings.reader.dates import dates_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 June 2017", "2017-06-12"),
        ("Wednesday, 6th July, 2022", "2022-07-06"),
        ("October 07, 2024", "2024-10-07"),
        ("le 1er mars 2019", "2019-03-01"),
        ("16 de julio de 2014", "2014-07-16"),
        ("16 de julho de 2014", "2014-07-16"),
        ("Mittwoch, 14. Juni 2017", "2017-06-14"),
        ("3 settembre 2019", "2019-09-03"),
        ("2017-06-12", "2017-06-12"),
        ("12/06/2017", "2017-06-12"),
        ("06/13/2017", "2017-06-13"),
        ("31.12.2017", "2017-12-31"),
        ("31 June 2017", None),
    ],
)
def test_a_date_is_read(text: str, expected: str | None) -> None:
    assert [one.iso() for one in dates_in(text)] == [expected]


def test_a_range_holds_the_days_between_and_a_list_only_its_own() -> None:
    (week,), (two,) = dates_in("11-13 July 2018"), dates_in("13 & 15 June 2017")
    assert (week.is_range, two.is_range) == (True, False)
    assert week.holds(dates_in("12 July 2018")[0])
    assert not two.holds(dates_in("14 June 2017")[0])


def test_the_year_of_another_line_completes_a_date() -> None:
    assert [(one.year, one.iso(2014)) for one in dates_in("16 de julio")] == [(None, "2014-07-16")]
