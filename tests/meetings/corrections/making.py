"""A short document for the tests of corrections, and what is asked about it."""

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.corrections.corrected import Corrected, corrected
from convenor.meetings.corrections.log import Log
from convenor.meetings.reader import Reading, read

EMPTY = Log()
TEXT = """Meeting of the Example Forum

Day 1: 12 June 2017
10:00 - 10:50 Welcome
2. Adoption of the agenda
10:50 - 11:10 3. Updates from the initiatives and
4. Policy options
13:00 - 15:00 Lunch
15:00 - 16:00 5. Open discussion

Day 2: 13 June 2017
10:00 - 11:00 1. Selection of workshops
11:00 - 12:00 (continued below) 2. Main sessions
13:00 - 14:00 3. Any other business
"""


def reading(text: str = TEXT) -> Reading:
    """Read the document."""
    return read(text)


def state(log: Log = EMPTY, text: str = TEXT) -> Corrected:
    """Read the document and do the corrections."""
    return corrected(read(text), log)


def titles(agenda: Agenda) -> list[str]:
    """Give the items with their labels, in reading order."""
    return [said(item) for day in agenda.days for block in day.blocks for top in block.items for item in top.walk()]


def said(item: Item) -> str:
    """Give an item as one line."""
    return " ".join(part for part in (item.label, item.title) if part)
