"""When a guest can be there, as people type it and as it is kept."""

import pytest

from convenor.meetings.agenda.windows import Window, window_of


@pytest.mark.parametrize(
    ("typed", "name", "arrives", "leaves"),
    [
        ("10:40–11:30 H.E. Example", "H.E. Example", "10:40", "11:30"),
        ("9.30 - 10h15  Example", "Example", "09:30", "10:15"),
        ("10:40– Example", "Example", "10:40", None),
        ("10:40 Example", "Example", "10:40", None),
        ("–11:30 Example", "Example", None, "11:30"),
        ("10:00-11:30 منسق", "منسق", "10:00", "11:30"),
    ],
)
def test_a_window_is_read(typed: str, name: str, arrives: str | None, leaves: str | None):
    found = window_of(typed)

    assert found == Window(name, arrives, leaves)
    assert window_of(str(found)) == found


@pytest.mark.parametrize(
    "typed", ["", "Example", "– Example", "25:00 Example", "11:30–10:40 Example", "10:40–11:30", "10:40–10:40 A"]
)
def test_what_is_no_window_is_none(typed: str):
    assert window_of(typed) is None
