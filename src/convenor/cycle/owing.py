"""What is owed, as pages and files show it: who, what, until when, and where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle.models import Forum, Obligation, ObligationQuerySet, end_of
from convenor.people.account_sections import Row as AccountRow
from convenor.people.account_sections import Section
from convenor.people.models import Person
from convenor.shared import references, spreadsheets
from convenor.shared.languages.days import date_format

DUE, OVERDUE, FILED = "due", "overdue", "filed"
STATES: dict[str, Promise] = {
    DUE: gettext_lazy("due"),
    OVERDUE: gettext_lazy("overdue"),
    FILED: gettext_lazy("filed"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; it lives in the address."""

    state: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """Read them from an address."""
        state = query.get("state", "")
        return cls(state if state in STATES else "", query.get("q", "").replace("\0", "").strip()[:100])

    @property
    def address(self) -> str:
        """The filters as an address has them."""
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in (("state", self.state), ("q", self.words)) if value})
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation with its pages."""

    obligation: Obligation
    state: str
    source: references.Page | None
    filing: references.Page | None

    @property
    def word(self) -> str:
        """Where it stands, in words."""
        return str(STATES[self.state])


def found(forum: Forum, filters: Filters, *, on: date) -> ObligationQuerySet:
    """Give what is owed to one forum and fits the filters."""
    rows = Obligation.objects.filter(forum=forum).select_related("person", "organisation")
    if filters.state == FILED:
        rows = rows.exclude(pk__in=Obligation.objects.filter(forum=forum).open_on(on).values("pk"))
    elif filters.state == OVERDUE:
        rows = rows.overdue_on(on)
    elif filters.state == DUE:
        rows = rows.open_on(on).filter(due_on__gte=on)
    for word in filters.words.split():
        rows = rows.filter(
            Q(what__icontains=word) | Q(person__name__icontains=word) | Q(organisation__name__icontains=word)
        )
    return rows


def state_on(obligation: Obligation, day: date) -> str:
    """Say where an obligation stands on a day."""
    if obligation.filed_at is not None and obligation.filed_at < end_of(day):
        return FILED
    return OVERDUE if obligation.due_on < day else DUE


def rows_of(obligations: Iterable[Obligation], *, on: date) -> list[Row]:
    """Put the pages of sources and filings beside obligations; one query per kind."""
    some = list(obligations)
    wanted = [(one.source_kind, one.source_id) for one in some] + [(one.filed_kind, one.filed_id) for one in some]
    pages = references.resolve_all(wanted)
    return [
        Row(
            one,
            state_on(one, on),
            pages.get((one.source_kind, one.source_id or 0)),
            pages.get((one.filed_kind, one.filed_id or 0)),
        )
        for one in some
    ]


def as_csv(obligations: QuerySet[Obligation], *, on: date) -> str:
    """Write obligations as a table."""
    header = [_("Owed by"), _("What is owed"), _("Due"), _("Where it stands"), _("Filed")]
    return spreadsheets.as_csv(header, _cells(obligations, on))


def _cells(obligations: QuerySet[Obligation], on: date) -> Iterator[Sequence[str]]:
    for one in obligations.iterator(chunk_size=1000):
        filed = localtime(one.filed_at).date().isoformat() if one.filed_at else ""
        yield str(one.subject), one.what, one.due_on.isoformat(), str(STATES[state_on(one, on)]), filed


def owed_by(person: Person, on: date) -> Section | None:
    """Tell somebody on their account page what they owe, and nobody else."""
    rows = rows_of(Obligation.objects.of(person).open_on(on).select_related("forum", "person"), on=on)
    if not rows:
        return None
    lines = [
        AccountRow(
            one.obligation.what,
            one.source.url if one.source else one.obligation.forum.get_absolute_url(),
            _("%(forum)s, %(state)s: %(day)s")
            % {
                "forum": one.obligation.forum.name,
                "state": one.word,
                "day": date_format(one.obligation.due_on, "j F Y"),
            },
        )
        for one in rows
    ]
    return Section(_("What I owe"), lines)
