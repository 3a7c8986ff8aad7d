"""The worker's part: the agenda of a meeting as a paper, PDF and DOCX. No page may import it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Block, Day, Item, Meeting
from convenor.meetings.shelves import AGENDA
from convenor.meetings.storing import children_of
from convenor.meetings.wording import day_name, label_as_printed
from convenor.shared import documents as paper
from convenor.shared.documents.making import make
from convenor.shared.documents.text import direction_of
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.languages.days import date_format

WIDTHS = (22.0, 78.0)  # of the columns for times and for items
Children = Mapping[int | None, Sequence[Item]]


def make_agenda(form: str, values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the paper of a meeting's agenda in a form.

    Raises:
        Refused: the meeting is gone, or its agenda is more than the form holds.
    """
    meeting = Meeting.objects.select_related("cycle__forum").filter(pk=values["meeting"]).first()
    if meeting is None:
        raise Refused(_("No agenda was made: the meeting is no longer here."))
    report(None, _("Writing the document."))
    made = agenda_paper(meeting, days_of(meeting), at=at)
    return make(
        made,
        form,
        kind=AGENDA,
        scope=meeting.cycle.scope,
        subject=meeting.pk,
        version=meeting.sequence,
        at=at,
    )


make_pdf = partial(make_agenda, "pdf")
make_docx = partial(make_agenda, "docx")


def agenda_paper(meeting: Meeting, days: Sequence[Day], *, at: datetime) -> paper.Document:
    """Give the agenda as conferences print it: purpose, then each day with its place and a table of times and items.

    Labels, titles and times are as in the document the agenda was read from; `days` come with blocks and items. The
    paper can be read back into the same agenda.
    """
    blocks: list[paper.Block] = []
    if meeting.purpose:
        blocks.append(paper.Paragraph.of(meeting.purpose))
    for day in days:
        blocks += _day(day)
    return paper.Document(
        title=meeting.title,
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        at=at,
        author=_author(meeting.cycle),
        subject=_("Times are those of %(zone)s.") % {"zone": meeting.zone},
        blocks=tuple(blocks),
    )


def _author(cycle: Cycle) -> str:
    return f"{cycle.forum}, {cycle}"


def _day(day: Day) -> Iterator[paper.Block]:
    yield paper.Heading(_day_heading(day))
    if day.place:
        yield paper.Paragraph((paper.Run(_("Place: %(place)s") % {"place": day.place}, italic=True),))
    rows = tuple((_times(block), paper.Listing(_items(block), marker="")) for block in day.blocks.all())
    if rows:
        yield paper.Table((_("Time"), _("Agenda item")), rows, widths=WIDTHS)


def _day_heading(day: Day) -> str:
    """Name the day as documents do: "Day 2: 13 June 2017 – Committee meeting (open to observers)"."""
    named = _date(day, day.date) if day.date else ""
    start = f"{day.label}: {named}" if day.label and named else named or day_name(day)
    return f"{start} – {day.heading}" if day.heading else start


def _date(day: Day, on: date) -> str:
    """Write a day in words, or in figures where the printed words run the other way and would mix with the month's."""
    runs_against = direction_of(f"{day.label} {day.heading}") not in (None, "rtl" if get_language_bidi() else "ltr")
    return on.isoformat() if runs_against else date_format(on, "j F Y")


def _times(block: Block) -> str:
    times = f"{block.starts:%H:%M}" if block.starts else ""
    if block.starts and block.ends:
        times = f"{times} – {block.ends:%H:%M}"
    notes = [_("(continued below)")] if block.is_marked_continued else []
    return "\n".join([part for part in (" ".join([times, *notes]).strip(), block.room) if part])


def _items(block: Block) -> tuple[paper.Item, ...]:
    under: Children = children_of(block)

    def build(parent: int | None) -> tuple[paper.Item, ...]:
        return tuple(
            paper.Item((paper.Run(_title(item)),), label_as_printed(item.label), build(item.pk))
            for item in under.get(parent, ())
        )

    return build(None)


def _title(item: Item) -> str:
    if item.minutes is None:
        return item.title
    return _("%(title)s (%(minutes)s min)") % {"title": item.title, "minutes": item.minutes}
