"""The list of participants as pages and papers show it: who is on it, narrowed how, and how they divide."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.members import Asked
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants.models import Attendance, Capacity, Coming, Mode, Registration, State
from convenor.meetings.wording import day_name
from convenor.people.countries import country_name
from convenor.people.regions import COARSE, GROUPS, region_of
from convenor.shared import spreadsheets
from convenor.shared.charts import Balance, balance

PER_PAGE = 100
LONGEST_KEY = 18  # digits that a key of the database holds
ON = "confirmed"  # the state that is shown where none is asked for
ALL = "all"


@dataclass(frozen=True, slots=True)
class Search(Asked):
    """Filters of the list."""

    q: str = ""
    capacity: str = ""
    mode: str = ""
    group: str = ""
    region: str = ""
    state: str = ""
    day: str = ""

    def apply(self, rows: QuerySet[Registration], *, shown: Collection[str], sees_all: bool) -> QuerySet[Registration]:
        """Narrow by what the reader is shown; anything unknown finds nothing."""
        for word in self.q.split():
            found = Q(person__name__icontains=word)
            if "organisation" in shown:
                found |= Q(organisation__icontains=word) | Q(position__icontains=word)
            rows = rows.filter(found)
        if self.capacity:
            rows = rows.filter(capacity=self.capacity)
        if self.mode:
            rows = rows.filter(mode=self.mode)
        if self.group and "group" in shown:
            rows = rows.filter(person__group=self.group)
        if self.region and "region" in shown:
            rows = rows.filter(person__country__in=GROUPS.get(self.region, frozenset()))
        return self._for_the_committee(rows) if sees_all else rows

    def _for_the_committee(self, rows: QuerySet[Registration]) -> QuerySet[Registration]:
        if self.state != ALL:
            rows = rows.filter(state=self.state or ON)
        if self.day:
            is_number = self.day.isdecimal() and len(self.day) <= LONGEST_KEY
            rows = rows.filter(attendance__day=int(self.day)) if is_number else rows.none()
        return rows


def rows_of(meeting: Meeting, *, sees_all: bool) -> QuerySet[Registration]:
    """Give the registrations a reader may know of, as United Nations lists print them: by capacity, then by name."""
    order = Case(
        *(When(capacity=one, then=Value(place)) for place, one in enumerate(Capacity)), output_field=IntegerField()
    )
    rows = meeting.registrations.select_related("person").order_by(order, Lower("person__name"), "pk")
    return rows if sees_all else rows.filter(state=State.CONFIRMED, is_listed=True)


def with_attendance(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add on which days each means to be there, and was; two queries."""
    return rows.prefetch_related("coming", "attendance")


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many mean to be there on a day, and were."""

    name: str
    expected_room: int
    expected_online: int
    room: int
    online: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The list in figures: everybody who is confirmed, how many of them the reader is shown, and how those divide."""

    confirmed: int
    waiting: int
    shown: int
    charts: Sequence[Balance]
    days: Sequence[DayCount]


def counts_of(meeting: Meeting, days: Sequence[Day], *, shown: Collection[str], sees_all: bool) -> Counts:
    """Count the list; three queries. Charts count those whom the reader is shown: no figure tells of others."""
    columns = meeting.registrations.order_by().values_list(
        "state", "is_listed", "capacity", "mode", "person__group", "person__country"
    )
    rows = list(columns)
    confirmed = [row for row in rows if row[0] == State.CONFIRMED]
    known = [row for row in confirmed if sees_all or row[1]]
    return Counts(
        confirmed=len(confirmed),
        waiting=sum(row[0] == State.ASKED for row in rows),
        shown=len(known),
        charts=_charts(meeting, known, shown),
        days=_day_counts(meeting, days) if sees_all else [],
    )


def _charts(
    meeting: Meeting, known: Sequence[tuple[str, bool, str, str, str, str]], shown: Collection[str]
) -> list[Balance]:
    language, rules = get_language() or "en", meeting.cycle.rules
    capacities = [(one.value, str(one.label)) for one in Capacity]
    modes = [(one.value, str(one.label)) for one in Mode]
    charts = [
        balance(_("Capacity"), capacities, Counter(row[2] for row in known)),
        balance(_("On site or online"), modes, Counter(row[3] for row in known)),
    ]
    if "group" in shown:
        groups = [(one.code, one.name(language)) for one in rules.groups]
        charts.append(balance(_("Stakeholder group"), groups, Counter(row[4] for row in known)))
    if "region" in shown:
        regions = [(one.code, one.name(language)) for one in rules.regions]
        charts.append(balance(_("Region"), regions, Counter(region_of(row[5]) for row in known)))
    return charts


def _day_counts(meeting: Meeting, days: Sequence[Day]) -> list[DayCount]:
    expected, there = (_by_day(model.objects, meeting) for model in (Coming, Attendance))
    if not expected and not there:
        return []
    keys = [(day, (day.pk, Mode.ROOM), (day.pk, Mode.ONLINE)) for day in days]
    return [
        DayCount(day_name(day), expected[room], expected[online], there[room], there[online])
        for day, room, online in keys
    ]


def _by_day(rows: Any, meeting: Meeting) -> Counter[tuple[int, str]]:
    confirmed = rows.filter(registration__meeting=meeting, registration__state=State.CONFIRMED)
    counted = confirmed.order_by().values_list("day", "mode").annotate(Count("pk"))
    return Counter({(day, mode): count for day, mode, count in counted})


# ---- columns, for a spreadsheet and for papers


def country_of(row: Registration, language: str) -> str:
    """Name somebody's country; of somebody who was erased only the region is known."""
    code = row.person.country
    return "" if not code or code in COARSE else country_name(code, language)


def as_csv(
    rows: Iterable[Registration], meeting: Meeting, days: Sequence[Day], *, shown: Collection[str], sees_needs: bool
) -> str:
    """Write the list as a table of words; what a spreadsheet would take for a formula is kept as text."""
    lines = _lines(rows, meeting, days, frozenset(shown), sees_needs)
    return spreadsheets.as_csv(next(lines), lines)


def _lines(
    rows: Iterable[Registration], meeting: Meeting, days: Sequence[Day], shown: frozenset[str], sees_needs: bool
) -> Iterator[list[str]]:
    language, rules = get_language() or "en", meeting.cycle.rules
    columns: dict[str, tuple[str, Callable[[Registration], str]]] = {
        "organisation": (_("Organisation"), lambda row: row.organisation),
        "position": (_("Position"), lambda row: row.position),
        "group": (_("Stakeholder group"), lambda row: rules.named("groups", row.person.group, language)),
        "region": (_("Region"), lambda row: rules.named("regions", row.person.region, language)),
        "country": (_("Country"), lambda row: country_of(row, language)),
        "email": (_("E-mail address"), lambda row: row.person.email or row.contact),
        "needs": (_("Needs"), lambda row: row.needs),
    }
    seen = shown | ({"position"} if "organisation" in shown else set()) | ({"needs"} if sees_needs else set())
    used = [column for field, column in columns.items() if field in seen]
    yield [
        _("Capacity"),
        _("Name"),
        *(title for title, _value in used),
        _("Takes part"),
        _("State"),
        *map(day_name, days),
    ]
    for row in rows:
        there = {one.day_id: one.get_mode_display() for one in row.attendance.all()}
        cells = [value(row) for _title, value in used]
        states = [row.get_mode_display(), row.get_state_display()]
        yield [
            row.get_capacity_display(),
            row.person.shown_name,
            *cells,
            *states,
            *(there.get(day.pk, "") for day in days),
        ]
