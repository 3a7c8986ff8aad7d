"""What the tests of minutes share: the whole meeting, held once."""

import pytest

from convenor.meetings.minutes import Record, Report, Verbatim, Wording, record_of, report_of, verbatim_of
from convenor.meetings.minutes_words import wording_in
from tests.meetings.minutes.sample import ATTENDANCE, Meeting, captions, whole


@pytest.fixture(scope="session")
def english() -> Wording:
    """Give the words of English."""
    return wording_in("en")


@pytest.fixture(scope="session")
def held() -> Meeting:
    """Give the whole meeting."""
    return whole()


@pytest.fixture(scope="session")
def record(held: Meeting) -> Record:
    """Give its record."""
    return record_of(held.sources(attendance=ATTENDANCE))


@pytest.fixture(scope="session")
def report(record: Record, english: Wording) -> Report:
    """Give its summary report."""
    return report_of(record, english)


@pytest.fixture(scope="session")
def verbatim(held: Meeting, record: Record, english: Wording) -> Verbatim:
    """Give its verbatim record."""
    return verbatim_of(record, captions(held), english)
