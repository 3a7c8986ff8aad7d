"""What people take away of a record: the text as paper, data and mark-up, and the shelves where papers wait."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import override

from convenor.cycle.deadlines import zone_of
from convenor.meetings.floorpages.showing import may_see
from convenor.meetings.minutes import Report, Verbatim
from convenor.meetings.minutes_outputs.akoma import report_akn, verbatim_akn
from convenor.meetings.minutes_outputs.data import report_json, verbatim_json
from convenor.meetings.minutes_outputs.paper import report_paper, verbatim_paper
from convenor.meetings.models import Meeting
from convenor.meetings.record.edited import texts_of, without_empty
from convenor.meetings.record.generated import language_of, record_of, report_of, verbatim_of
from convenor.meetings.record.keeping import text_now
from convenor.meetings.record.models import Minutes, Stage
from convenor.shared import documents as paper
from convenor.shared.documents.plain import to_text
from convenor.shared.languages.days import date_format

RUNNING = {  # at the head of every page
    Stage.DRAFT: marked("Draft, not for circulation"),
    Stage.CIRCULATED: marked("Circulated for correction until %(until)s"),
    Stage.ADOPTED: marked("Adopted on %(at)s"),
    Stage.LOCKED: marked("Adopted on %(at)s, locked"),
}


def running_of(minutes: Minutes) -> str:
    """Say in the language of the minutes how far they have come."""
    with override(language_of(minutes.meeting)):
        zone = zone_of(minutes.meeting.zone)
        until, at = minutes.corrections_until, minutes.adopted_at
        words = {
            "until": date_format(until.astimezone(zone), "j F Y, H:i") if until else "…",
            "at": date_format(at.astimezone(zone), "j F Y") if at else "…",
        }
        return _(RUNNING[Stage(minutes.stage)]) % words


@dataclass(frozen=True, slots=True)
class Taken:
    """The minutes, or the extract on one item, in every light form."""

    minutes: Minutes
    report: Report
    item: str = ""

    @classmethod
    def of(cls, minutes: Minutes, item: str = "") -> "Taken | None":
        """Read them; None where they have no such item."""
        report = without_empty(text_now(minutes))
        if item:
            report = report.of_item(item)
        return cls(minutes, report, item) if report.sections or not item else None

    def paper(self, *, at: datetime) -> paper.Document:
        """Give the paper that writers print."""
        return report_paper(self.report, at=at, running=running_of(self.minutes))

    def text(self, *, at: datetime) -> str:
        """Write it as plain text."""
        return to_text(self.paper(at=at))

    def json(self, schema: str) -> str:
        """Write it as data; the whole has beside it what the log says in figures."""
        record = None if self.item else record_of(self.minutes.meeting)
        return report_json(self.report, record, unsaid=self._unsaid(), schema=schema, state=self.minutes.stage)

    def _unsaid(self) -> set[int]:
        """Give the entries of the log of whose paragraphs other words stand here, or none."""
        texts = texts_of(self.report)
        made = [one for one in report_of(self.minutes.meeting).paragraphs() if not one.repeats]
        changed = {entry for one in made if texts.get(one.key) != one.text for entry in one.entries}
        return changed - {entry for one in made if texts.get(one.key) == one.text for entry in one.entries}

    def akn(self) -> str:
        """Write it as Akoma Ntoso."""
        return report_akn(self.report, address=address_of(self.minutes.meeting), on=_day(self.minutes))

    @property
    def version(self) -> int:
        """A number that changes with the text and its stage, for the shelf of papers."""
        content = f"{running_of(self.minutes)}\n{self.report}"
        return int(sha256(content.encode()).hexdigest()[:7], 16)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The verbatim record of the days that a reader may see, in one language of the captions."""

    minutes: Minutes
    verbatim: Verbatim

    @classmethod
    def of(cls, minutes: Minutes, language: str, level: frozenset[str]) -> "Spoken":
        """Read it."""
        days = {f"d{day.pk}" for day in minutes.meeting.days.all() if may_see(day, level)}
        return cls(minutes, verbatim_of(minutes.meeting, language, days))

    def paper(self, *, at: datetime) -> paper.Document:
        """Give the paper that writers print."""
        return verbatim_paper(self.verbatim, at=at)

    def text(self, *, at: datetime) -> str:
        """Write it as plain text."""
        return to_text(self.paper(at=at))

    def json(self, schema: str) -> str:
        """Write it as data."""
        return verbatim_json(self.verbatim, schema=schema, state=self.minutes.stage)

    def akn(self) -> str:
        """Write it as Akoma Ntoso."""
        return verbatim_akn(self.verbatim, address=address_of(self.minutes.meeting), on=_day(self.minutes))

    @property
    def version(self) -> int:
        """A number that changes with what was said, for the shelf of papers."""
        return int(sha256(f"{self.verbatim}".encode()).hexdigest()[:7], 16)


def address_of(meeting: Meeting) -> str:
    """Give the path by which documents know the meeting."""
    return "/".join((*meeting.cycle.address, meeting.slug))


def _day(minutes: Minutes) -> date:
    last = minutes.meeting.days.exclude(date=None).order_by("-date").values_list("date", flat=True).first()
    return last or minutes.meeting.created_at.astimezone(zone_of(minutes.meeting.zone)).date()
