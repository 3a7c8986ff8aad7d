"""What the pages of a record show: the text with what can be done beside each paragraph, and how far it has come."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from convenor.meetings.minutes import Paragraph, Report
from convenor.meetings.participants.opening import until_words
from convenor.meetings.record.edited import edited
from convenor.meetings.record.frozen import from_plain
from convenor.meetings.record.keeping import last_text, lines_now
from convenor.meetings.record.models import Answer, Minutes, Stage
from convenor.meetings.record.replay import Line

DEEPEST_HEADING = 4


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph with what is known of it: `above` is the anchor of the one it says again."""

    row: Paragraph
    line: Line | None
    waiting: int
    anchor: str
    above: str = ""

    @property
    def lines(self) -> list[str]:
        """Its words, line by line."""
        return self.row.text.splitlines()


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A heading with its paragraphs, and those that were taken out."""

    key: str
    label: str
    heading: str
    level: int
    item: str
    anchor: str
    paragraphs: Sequence[ShownParagraph]
    out: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Text:
    """The minutes as a reader sees them."""

    report: Report
    lines: Sequence[Line]

    @property
    def stale(self) -> list[Line]:
        """The edited paragraphs whose log says something else since."""
        return [line for line in self.lines if line.is_stale]


def text_of(minutes: Minutes) -> Text:
    """Give the text with its lines; of locked minutes as it was locked, without lines."""
    if minutes.stage == Stage.LOCKED and (kept := last_text(minutes)):
        return Text(from_plain(kept.report), ())
    made, lines = lines_now(minutes)
    return Text(edited(made, lines), lines)


def sections_of(minutes: Minutes, text: Text) -> list[ShownSection]:
    """Give the sections for a page; at most one query."""
    waiting = _waiting(minutes)
    known = {line.key: line for line in text.lines}
    return [
        ShownSection(
            section.key,
            section.label,
            section.heading,
            min(section.level + 1, DEEPEST_HEADING),
            section.item,
            f"s-{at}",
            [_paragraph(one, known, waiting) for one in section.paragraphs],
            [line for line in text.lines if line.is_out and line.part == section.key],
        )
        for at, section in enumerate(text.report.sections, start=1)
    ]


def _paragraph(one: Paragraph, known: dict[str, Line], waiting: Counter[str]) -> ShownParagraph:
    anchor = f"p-{one.number}"
    if one.repeats:
        return ShownParagraph(one, None, 0, "", anchor)
    return ShownParagraph(one, known.get(one.key), waiting[one.key], anchor)


def _waiting(minutes: Minutes) -> Counter[str]:
    if minutes.pk is None:
        return Counter()
    return Counter(minutes.corrections.filter(state=Answer.OPEN).values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way, with the moment it was reached."""

    name: str
    at: datetime | None
    is_here: bool
    is_done: bool


def steps_of(minutes: Minutes) -> Iterator[Step]:
    """Yield the stages in order."""
    moments = {
        Stage.CIRCULATED: minutes.circulated_at,
        Stage.ADOPTED: minutes.adopted_at,
        Stage.LOCKED: minutes.locked_at,
    }
    stages = list(Stage)
    here = stages.index(Stage(minutes.stage))
    for at, stage in enumerate(stages):
        yield Step(str(stage.label), moments.get(stage) if at <= here else None, at == here, at < here)


def sentence_of(minutes: Minutes, now: datetime) -> str:
    """Say how far the minutes have come, and what comes next."""
    until = until_words(minutes.corrections_until, minutes.meeting.zone) if minutes.corrections_until else ""
    match Stage(minutes.stage):
        case Stage.DRAFT:
            return _("The minutes are being written. They are circulated for correction next.")
        case Stage.CIRCULATED if minutes.takes_corrections(now):
            return _("Whoever took part can propose corrections until %(until)s.") % {"until": until}
        case Stage.CIRCULATED:
            return _("Corrections were taken until %(until)s. The minutes are adopted next.") % {"until": until}
        case Stage.ADOPTED:
            return _("The minutes are adopted. What was amended with the adoption is entered before they are locked.")
        case _:
            return _("The minutes are adopted and locked. Nothing changes them; a corrigendum stands beside them.")
