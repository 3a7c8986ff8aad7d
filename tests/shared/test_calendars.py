"""What calendars share: the tables of zones, held against the zones themselves."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from convenor.shared.calendars import clean_lines, one_line, zone_table

ZONES = ["Europe/Zurich", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca",
         "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Apia"]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_another_program_reads_the_same_clocks_from_the_table(zone: str) -> None:
    read = tzical(StringIO(zone_table(zone, 2017, 2017).to_ical().decode())).get()
    start = datetime(2017, 1, 1, tzinfo=UTC)

    for hours in range(0, 365 * 24, 5):
        moment = (start + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
        assert moment.replace(tzinfo=read).utcoffset() == moment.utcoffset(), moment


def test_summer_begins_on_the_clock_of_winter() -> None:
    text = zone_table("Europe/Zurich", 2017, 2017).to_ical().decode()

    assert "BEGIN:DAYLIGHT\r\nDTSTART:20170326T020000\r\nTZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20171029T030000\r\nTZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100" in text


def test_words_cannot_forge_lines() -> None:
    assert one_line("a\r\nATTENDEE:x\u2028\x00b") == "a ATTENDEE:x b"
    assert clean_lines("a\r\n b\n\n") == "a\nb"
