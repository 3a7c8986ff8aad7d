"""The minutes of a meeting as a pure function of its log: the record, the summary report, the verbatim record.

`record_of(sources)` reads the log, `report_of(record, wording)` says it in sentences, `verbatim_of(record,
captions, wording)` joins captions and turns. It imports no Django and reads no clock: the same log gives the same
minutes, byte for byte.
"""

from convenor.meetings.minutes.hearing import verbatim_of
from convenor.meetings.minutes.reading import record_of
from convenor.meetings.minutes.record import Record
from convenor.meetings.minutes.report import Annex, Does, Paragraph, Report, Section, numbered
from convenor.meetings.minutes.sources import Capacity, Caption, Mode, Person, Present, Sources
from convenor.meetings.minutes.telling import report_of
from convenor.meetings.minutes.verbatim import Sitting, Utterance, Verbatim, Voice
from convenor.meetings.minutes.wording import Say, Wording

__all__ = [
    "Annex", "Capacity", "Caption", "Does", "Mode", "Paragraph", "Person", "Present", "Record", "Report", "Say",
    "Section", "Sitting", "Sources", "Utterance", "Verbatim", "Voice", "Wording", "numbered", "record_of", "report_of",
    "verbatim_of",
]  # fmt: skip
