"""The worker's part: the list of participants as a paper, PDF and DOCX. No page may import it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby

from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from convenor.cycle.members import shown_to
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants.listing import country_of, counts_of, rows_of, with_attendance
from convenor.meetings.participants.models import Capacity, Registration, State
from convenor.meetings.participants.shelves import PUBLIC_LIST, WHOLE_LIST
from convenor.meetings.wording import dates_in_words, day_name
from convenor.people.roles import Role
from convenor.shared import documents as paper
from convenor.shared.charts import Balance
from convenor.shared.documents.making import make
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report

READERS: Mapping[str, frozenset[Role]] = {
    PUBLIC_LIST: frozenset({Role.PUBLIC}),
    WHOLE_LIST: frozenset({Role.PUBLIC, Role.MEMBER}),
}
THERE = "×"  # somebody was there on a day


def make_list(kind: str, form: str, values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make one of the two lists of a meeting in a form.

    Raises:
        Refused: the meeting is gone.
    """
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").filter(pk=values["meeting"]).first()
    if meeting is None:
        raise Refused(_("No list was made: the meeting is no longer here."))
    report(None, _("Writing the document."))
    return make(list_paper(meeting, kind, at=at), form, kind=kind, scope=meeting.cycle.scope, subject=meeting.pk, at=at)


make_pdf = partial(make_list, PUBLIC_LIST, "pdf")
make_docx = partial(make_list, PUBLIC_LIST, "docx")
make_pdf_of_all = partial(make_list, WHOLE_LIST, "pdf")
make_docx_of_all = partial(make_list, WHOLE_LIST, "docx")


def list_paper(meeting: Meeting, kind: str, *, at: datetime) -> paper.Document:
    """Give the list as United Nations meetings annex it: by capacity, then by name, with figures at its end.

    The public's holds whoever agreed to it, the committee's everybody who is confirmed; each only with the columns its
    readers may see, and only the committee's says on which days somebody was there.
    """
    sees_all = kind == WHOLE_LIST
    shown, days = shown_to(meeting.cycle, READERS[kind]), list(meeting.days.all())
    rows = list(with_attendance(rows_of(meeting, sees_all=sees_all).filter(state=State.CONFIRMED)))
    counts = counts_of(meeting, days, shown=shown, sees_all=sees_all)
    marked = days if sees_all and any(row.attendance.all() for row in rows) else []
    blocks: list[paper.Block] = [
        paper.Paragraph.of(line) for line in _opening(meeting, days, counts.confirmed, counts.shown)
    ]
    for capacity, some in groupby(rows, key=lambda row: row.capacity):
        blocks += [paper.Heading(_heading(capacity)), _table(list(some), shown, marked)]
    blocks += _figures(counts.charts)
    return paper.Document(
        title=f"{meeting.title}: {_('List of participants')}",
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        at=at,
        author=f"{meeting.cycle.forum}, {meeting.cycle}",
        subject=_("Not for the public.") if sees_all else _("Those who agreed to be named."),
        blocks=tuple(blocks),
        is_landscape=len(marked) > 3,  # noqa: PLR2004 - columns of days that an upright page has room for
    )


def _opening(meeting: Meeting, days: Sequence[Day], confirmed: int, shown: int) -> Iterator[str]:
    places = dict.fromkeys(day.place for day in days if day.place)
    if line := ", ".join([part for part in (dates_in_words(days), *places) if part]):
        yield line
    yield ngettext("%(count)s person takes part.", "%(count)s people take part.", confirmed) % {"count": confirmed}
    if shown < confirmed:
        yield ngettext(
            "This list names the %(count)s who agreed to it.", "This list names the %(count)s who agreed to it.", shown
        ) % {"count": shown}


def _heading(capacity: str) -> str:
    return {
        Capacity.MEMBER: _("Members of the committee"),
        Capacity.SECRETARIAT: pgettext("heading of a list of people", "Secretariat"),
        Capacity.OBSERVER: _("Observers"),
        Capacity.GUEST: _("Guests"),
    }[Capacity(capacity)]


def _table(rows: Sequence[Registration], shown: Collection[str], days: Sequence[Day]) -> paper.Table:
    language = get_language() or "en"
    rules = rows[0].meeting.cycle.rules
    columns: list[tuple[str, str, Callable[[Registration], str]]] = [
        ("", _("Name"), lambda row: row.person.shown_name),
        ("organisation", _("Position, organisation"), _speaks_for),
        ("country", _("Country"), lambda row: country_of(row, language)),
        ("group", _("Group"), lambda row: rules.named("groups", row.person.group, language)),
        ("region", _("Region"), lambda row: rules.named("regions", row.person.region, language)),
        ("", _("Takes part"), lambda row: row.get_mode_display()),
    ]
    used = [(title, value) for field, title, value in columns if not field or field in shown]
    header = (*(title for title, _value in used), *map(day_name, days))
    return paper.Table(header, tuple(_cells(row, [value for _title, value in used], days) for row in rows))


def _cells(row: Registration, values: Sequence[Callable[[Registration], str]], days: Sequence[Day]) -> tuple[str, ...]:
    there = {mark.day_id for mark in row.attendance.all()}
    return (*(value(row) for value in values), *(THERE if day.pk in there else "" for day in days))


def _speaks_for(row: Registration) -> str:
    return ", ".join(part for part in (row.position, row.organisation) if part)


def _figures(charts: Sequence[Balance]) -> Iterator[paper.Block]:
    """Give a table per way in which they divide."""
    for place, chart in enumerate(charts):
        bars = [bar for bar in chart.bars if bar.count]
        if not bars:
            continue
        if place == 0:
            yield paper.Heading(_("In figures"))
        rows = tuple((bar.name, str(bar.count), f"{bar.share:.0f} %") for bar in bars)
        header = (chart.title, _("Number"), _("Share"))
        yield paper.Table(header, rows, alignment=("start", "end", "end"), widths=(60.0, 20.0, 20.0))
